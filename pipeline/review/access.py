"""Who may come in: names and tokens in, sessions as signed cookies out.

On a loopback address a name is enough: whoever reaches it has the machine. Anywhere else a token is wanted, either one
shared by all or one for each user of a file. Tokens are long and random: their plain SHA-256 gives nothing away.
"""

import base64
import hashlib
import hmac
import ipaddress
import secrets
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from schemas.errors import UsageError

DAYS = 14
"""How long a session lasts."""
SHORTEST_TOKEN = 20
LONGEST_NAME = 60


class User(NamedTuple):
    """Someone who may sign in; a lead may hand out records and settle conflicts of others."""

    token_sha256: str
    lead: bool


class Door:
    """Signs people in and knows them again; `users` by name, or one shared `token`, or neither on loopback."""

    def __init__(self, *, users: Mapping[str, User] | None = None, token: str | None = None) -> None:
        self._users = users
        self._token = hashlib.sha256(token.encode()).hexdigest() if token else None
        self._secret = secrets.token_bytes(32)

    @property
    def wants_token(self) -> bool:
        """Whether a name alone is not enough."""
        return self._users is not None or self._token is not None

    def admits(self, name: str, token: str) -> bool:
        """Whether this name may come in with this token."""
        given = hashlib.sha256(token.strip().encode()).hexdigest()
        if self._users is not None:
            user = self._users.get(name)
            known = user.token_sha256 if user is not None else "0" * 64
            return hmac.compare_digest(given, known) and user is not None
        return self._token is None or hmac.compare_digest(given, self._token)

    def leads(self, name: str) -> bool:
        """Whether a reviewer may hand out records; everyone may where users are not told apart."""
        return self._users is None or (name in self._users and self._users[name].lead)

    def open_session(self, name: str) -> str:
        """A cookie that says who this is."""
        ends = int(time.time()) + DAYS * 86_400
        said = f"{base64.urlsafe_b64encode(name.encode()).decode()}.{ends}"
        return f"{said}.{self._sign('session', said)}"

    def who(self, cookie: str | None) -> str | None:
        """The name in a cookie; None where it is not ours, is over, or its user was taken from the file."""
        said, _, signature = (cookie or "").rpartition(".")
        if not said or not hmac.compare_digest(signature.encode(), self._sign("session", said).encode()):
            return None
        coded, _, ends = said.partition(".")
        name = base64.urlsafe_b64decode(coded).decode()
        if int(ends) < time.time() or (self._users is not None and name not in self._users):
            return None
        return name

    def form_token(self, cookie: str) -> str:
        """What a form of this session carries, and one of another site cannot know."""
        return self._sign("form", cookie)

    def _sign(self, use: str, text: str) -> str:
        return hmac.new(self._secret, f"{use}|{text}".encode(), hashlib.sha256).hexdigest()


def read_name(typed: str) -> str:
    """A reviewer's name as it is kept; raises ValueError with a sentence for whoever typed it."""
    name = " ".join(typed.split())
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise ValueError(f"Write a name of 1 to {LONGEST_NAME} letters.")
    return name


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def open_door(*, host: str, users: Path | None, token: str | None) -> Door:
    """The door of a server bound to `host`; raises UsageError where it would stand open to a network."""
    if users is not None:
        return Door(users=read_users(users))
    if token is not None:
        if len(token) < SHORTEST_TOKEN:
            raise UsageError(f"The shared token is too easily guessed: give it {SHORTEST_TOKEN} characters or more.")
        return Door(token=token)
    if not is_loopback(host):
        raise UsageError(
            f"{host} can be reached from other machines, and anyone could decide. Give --users FILE (make it with "
            "--add-user NAME), or set TRIALTRACE_REVIEW_TOKEN to a token that all share; or leave --host out."
        )
    return Door()


def read_users(file: Path) -> dict[str, User]:
    """The users of a file; raises UsageError where there is none or it is not understood."""
    try:
        listed = tomllib.loads(file.read_text(encoding="utf-8")).get("users", {})
        users = {
            read_name(name): User(str(user["token_sha256"]), user.get("lead", False) is True)
            for name, user in listed.items()
        }
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}). Make it with --add-user NAME.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{file}: not understood ({error}). Make it with --add-user NAME.") from error
    if not users:
        raise UsageError(f"{file}: names no user. Add one with --add-user NAME.")
    return users


def add_user(file: Path, *, name: str, lead: bool) -> str:
    """Write a user, or a new token for one, into the file, which only its owner may read; returns the token."""
    try:
        name = read_name(name)
    except ValueError as error:
        raise UsageError(str(error)) from error
    users = read_users(file) if file.exists() else {}
    token = secrets.token_urlsafe(24)
    users[name] = User(hashlib.sha256(token.encode()).hexdigest(), lead)
    lines = ["# Who may sign in to the review page; `trialtrace review --users FILE --add-user NAME` adds to it."]
    for each, user in sorted(users.items()):
        quoted = each.replace("\\", "\\\\").replace('"', '\\"')
        lines += [
            "",
            f'[users."{quoted}"]',
            f'token_sha256 = "{user.token_sha256}"',
            f"lead = {str(user.lead).lower()}",
        ]
    partial = file.with_name(f"{file.name}.partial")
    partial.touch(mode=0o600)
    partial.write_text("\n".join([*lines, ""]), encoding="utf-8")
    partial.replace(file)
    return token
