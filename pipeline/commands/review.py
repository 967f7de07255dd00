"""`trialtrace review`: the review page, served until it is stopped."""

import socket
from collections.abc import Sequence
from pathlib import Path

from extractors.lexicon import load
from pipeline import screen
from pipeline.review import add_user, build_app, open_door
from pipeline.settings import Settings
from pipeline.store import StorePlace, open_store
from schemas.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def review(database: StorePlace | None, *, host: str, port: int, users: Path | None, names: Sequence[str]) -> int:
    """Serve the page until Ctrl-C; raises UsageError where it would stand open to a network, or cannot be bound."""
    import uvicorn

    settings = Settings()
    place = database if database is not None else settings.database
    users = users if users is not None else settings.review_users
    token = settings.review_token.get_secret_value() if settings.review_token is not None else None
    door = open_door(host=host, users=users, token=token)
    with open_store(place) as store, _bound(host, port) as bound:
        lexicon = load([settings.vocabulary] if settings.vocabulary is not None else [])
        app = build_app(
            store, folder=settings.folder_of(place), door=door, hosts={*LOOPBACK, host, *names}, lexicon=lexicon
        )
        shown = f"[{host}]" if ":" in host else host
        screen.out().print(f"Review page: http://{shown}:{bound.getsockname()[1]}/  (Ctrl-C stops it)", markup=False)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", server_header=False, date_header=False, access_log=False)
        )
        server.run(sockets=[bound])
    return 0


def name_user(name: str, *, users: Path | None, lead: bool) -> int:
    """Give a user a token and say it, this once."""
    file = users if users is not None else Settings().review_users
    if file is None:
        raise UsageError("Say which file the users are in: --users FILE.")
    token = add_user(file, name=name, lead=lead)
    console = screen.out()
    console.print(f"Token of {name} (it is not kept, and will not be shown again):", markup=False)
    console.print(token, markup=False, soft_wrap=True)
    return 0


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named: asyncio sends small pieces at once for TCP alone, otherwise an answer waits for 40 ms
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host.strip("[]"), port))
    except OSError as error:
        found.close()
        raise UsageError(f"{host}:{port}: cannot be used ({error.strerror}). Choose another --port.") from error
    return found
