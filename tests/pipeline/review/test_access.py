"""Who may come in, and under which conditions a server may stand open."""

import time
from pathlib import Path

import pytest

from pipeline.review import add_user, open_door
from pipeline.review.access import Door, is_loopback, read_users
from schemas.errors import UsageError

TOKEN = "a token that is long enough"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.0.0.1.example.org", ""])
def test_without_users_nothing_but_loopback_is_served(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(UsageError, match="can be reached from other machines"):
        open_door(host=host, users=None, token=None)


def test_a_token_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(UsageError, match="too easily guessed"):
        open_door(host="0.0.0.0", users=None, token="secret")


def test_on_loopback_a_name_is_enough() -> None:
    door = open_door(host="127.0.0.1", users=None, token=None)
    assert door.admits("Ada", "")
    assert not door.wants_token


def test_a_shared_token_lets_in_whoever_has_it() -> None:
    door = open_door(host="0.0.0.0", users=None, token=TOKEN)
    assert door.admits("Ada", f" {TOKEN} ")
    assert not door.admits("Ada", "")
    assert not door.admits("Ada", TOKEN + "x")


def test_users_have_tokens_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "users.toml"
    ada, ben = add_user(file, name="Ada", lead=True), add_user(file, name='Ben "B" \\', lead=False)
    door = open_door(host="0.0.0.0", users=file, token=None)
    assert door.admits("Ada", ada)
    assert door.admits('Ben "B" \\', ben)
    assert not door.admits("Ada", ben)
    assert not door.admits("Eve", ada)
    assert (door.leads("Ada"), door.leads('Ben "B" \\'), door.leads("Eve")) == (True, False, False)
    assert ada not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    again = add_user(file, name="Ada", lead=False)
    assert open_door(host="0.0.0.0", users=file, token=None).admits("Ada", again)
    assert not open_door(host="0.0.0.0", users=file, token=None).admits("Ada", ada)


@pytest.mark.parametrize("content", ["", "users = 3", "[users.Ada]\nlead = true", "[users.Ada"])
def test_a_users_file_that_is_not_understood_is_wrong_usage(tmp_path: Path, content: str) -> None:
    (tmp_path / "users.toml").write_text(content)
    with pytest.raises(UsageError, match="--add-user"):
        read_users(tmp_path / "users.toml")


def test_a_session_is_known_again_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    door, other = Door(), Door()
    cookie = door.open_session("Ada Løvelace")
    assert door.who(cookie) == "Ada Løvelace"
    assert other.who(cookie) is None
    name, ends, signature = cookie.split(".")
    for forged in (
        None,
        "",
        ".",
        "..",
        "x.y.z",
        f"QmVu.{ends}.{signature}",
        f"{name}.{int(ends) + 9}.{signature}",
        "é.1.ü",
    ):
        assert door.who(forged) is None
    monkeypatch.setattr(time, "time", lambda: int(ends) + 1)
    assert door.who(cookie) is None
