"""What must not get through: other sites, other hosts, hostile text, paths, too much of anything."""

import html
import json
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from pipeline.review import add_user, build_app, open_door
from pipeline.review.desk import Desk
from pipeline.store import Store
from tests.pipeline.conftest import Ask
from tests.pipeline.review.filling import Person, lexicon, served

EVIL = "http://evil.example"


@pytest.fixture
def first(desk: Desk) -> str:
    """A record."""
    return next(iter(desk.index.entries))


def test_a_stranger_is_sent_to_sign_in_and_back(address: str) -> None:
    with httpx.Client(base_url=address) as stranger:
        for page in ("/", "/records/x", "/documents", "/progress", "/team", "/log.csv", f"/pages/{'0' * 64}/1.png"):
            answer = stranger.get(page)
            assert (answer.status_code, answer.headers["location"].startswith("/signin?back=")) == (303, True)
        assert stranger.post("/undo", data={"token": ""}).status_code == 303
        assert stranger.get("/static/review.js").status_code == 200
        for back in ("//evil.example", "http://evil.example", "/\\evil.example", "/\tevil"):
            answer = stranger.post("/signin", data={"name": "Eve", "back": back})
            assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8700", "", "[::1]", "localhost.evil"]
)
def test_another_host_is_refused(ada: Person, host: str) -> None:
    answer = ada.get("/", Host=host)
    assert (answer.status_code, "KESTREL" in answer.text) == (421, False)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": EVIL, "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_of_another_site_changes_nothing(ada: Person, first: str, desk: Desk, headers: dict[str, str]) -> None:
    token = ada.get("/progress").text.split('name="token" value="')[1].split('"')[0]
    sent = ada.client.post(f"/records/{first}/decide", data={"token": token, "verdict": "accept"}, headers=headers)
    assert sent.status_code == 403
    desk.refresh()
    assert desk.all_logged() == []


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_the_session_s_token_changes_nothing(ada: Person, first: str, desk: Desk, token: str) -> None:
    sent = ada.client.post(f"/records/{first}/decide", data={"token": token, "verdict": "accept"})
    assert (sent.status_code, "out of date" in sent.text) == (403, True)
    desk.refresh()
    assert desk.all_logged() == []


def test_a_token_of_someone_else_s_session_is_refused(sign_in: Callable[[str], Person], first: str) -> None:
    ada, eve = sign_in("Ada"), sign_in("Eve")
    token = ada.get("/progress").text.split('name="token" value="')[1].split('"')[0]
    assert eve.client.post(f"/records/{first}/decide", data={"token": token, "verdict": "accept"}).status_code == 403


def test_reading_changes_nothing(ada: Person, first: str) -> None:
    for address in (f"/records/{first}/decide?verdict=accept", "/undo", "/dataset", "/team/assign"):
        assert ada.get(address).status_code == 405


def test_script_in_a_document_is_text(ada: Person, desk: Desk) -> None:
    pages = ["/documents/small", *(f"/records/{each}" for each in desk.index.entries)]
    shown = [ada.get(page).text for page in pages]
    assert any(html.escape("<script>alert(1)</script>") in page for page in shown)
    assert not any("<script>alert" in page for page in shown)


def test_script_that_a_reviewer_types_is_text(ada: Person, first: str) -> None:
    evil = '"><script>alert(2)</script>'
    ada.decide(first, "reject", reason=evil)
    for page in (f"/records/{first}", "/progress", f"/?study={evil}", f"/search/endpoints?endpoint={evil}"):
        assert "<script>alert" not in ada.get(page).text


def test_every_answer_forbids_scripts_of_others(ada: Person) -> None:
    for page in ("/", "/nothing-here", "/static/review.css", "/signin"):
        headers = ada.get(page).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert ada.get("/").headers["cache-control"] == "no-store"


def test_the_pages_hold_nothing_the_policy_forbids(ada: Person, first: str) -> None:
    for page in ("/", f"/records/{first}", "/documents/small", "/team", "/progress"):
        text = ada.get(page).text
        for word in (" style=", " onclick=", "<style", "javascript:", "http://", "https://", "hx-on"):
            assert word not in text.replace("http://www.w3.org", ""), (page, word)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../visits.py", "/static/%2e%2e/visits.py", "/static/..%2fvisits.py", "/static//etc/passwd",
        "/documents/..%2f..%2fetc%2fpasswd", "/documents/%2e%2e", "/pages/..%2f..%2fetc/1.png",
        f"/pages/{'0' * 64}/1.png", f"/pages/{'0' * 64}/-1.png", "/records/..%2fx", "/records/%00",
    ],
)  # fmt: skip
def test_paths_lead_nowhere(ada: Person, path: str) -> None:
    answer = ada.client.request("GET", httpx.URL(str(ada.client.base_url)).copy_with(raw_path=path.encode()))
    assert answer.status_code in (404, 422)
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_too_much_is_refused(ada: Person, first: str) -> None:
    assert ada.get(f"/?study={'x' * 5000}").status_code == 414
    long = ada.decide(first, "reject", reason="x" * 1001)
    assert (long.status_code, "1000 characters at most" in long.text) == (422, True)


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 70000\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n" + (b"3e8\r\n" + b"x" * 1000 + b"\r\n") * 67 + b"0\r\n\r\n",
    ],
)
def test_a_body_larger_than_any_form_is_refused(ada: Person, body: bytes) -> None:
    url = ada.client.base_url
    cookie = "; ".join(f"{name}={value}" for name, value in ada.client.cookies.items())
    head = f"POST /undo HTTP/1.1\r\nHost: {url.host}\r\nCookie: {cookie}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection((url.host, url.port), timeout=20) as sent:
        sent.sendall(head.encode() + body)
        assert sent.recv(100).startswith(b"HTTP/1.1 413 ")


def test_cookies_stay_with_this_site(ada: Person) -> None:
    cookie = ada.signed_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_with_users_only_those_come_in_and_only_leads_hand_out(review_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "users.toml"
    tokens = {name: add_user(file, name=name, lead=name == "Ada") for name in ("Ada", "Ben")}
    door = open_door(host="0.0.0.0", users=file, token=None)
    with served(build_app(review_store, folder=tmp_path, door=door, hosts={"127.0.0.1"}, lexicon=lexicon())) as address:
        eve = Person(address, "Eve", token=tokens["Ada"])
        assert (eve.signed_in.status_code, "do not belong together" in eve.signed_in.text) == (403, True)
        ben, ada = (Person(address, name, token=tokens[name]) for name in ("Ben", "Ada"))
        assert ben.get("/").status_code == 200
        assert ben.post("/team/assign", first="Ada", second="Ben", scope="all").status_code == 403
        assert ben.post("/team/release").status_code == 403
        assert ada.post("/team/assign", first="Ada", second="Ben", scope="all").status_code == 303
        for person in (eve, ben, ada):
            person.client.close()


def test_the_command_does_not_open_to_a_network_without_users(ask: Ask, filled: Path) -> None:
    done = ask("review", "--db", filled, "--host", "0.0.0.0", "--port", "0")
    assert (done.exit_code, "can be reached from other machines" in done.stderr) == (2, True)


def test_the_command_makes_users(ask: Ask, tmp_path: Path) -> None:
    done = ask("review", "--users", tmp_path / "users.toml", "--add-user", "Ada", "--lead")
    token = done.stdout.splitlines()[-1]
    door = open_door(host="0.0.0.0", users=tmp_path / "users.toml", token=None)
    assert (done.exit_code, door.admits("Ada", token), door.leads("Ada")) == (0, True, True)


def test_a_store_that_is_not_there_is_wrong_usage(ask: Ask) -> None:
    done = ask("review", "--db", "nothing.db")
    assert (done.exit_code, "no dataset here yet" in done.stderr) == (2, True)


def test_json_is_no_way_in(ada: Person, first: str) -> None:
    sent = ada.client.post(f"/records/{first}/decide", content=json.dumps({"verdict": "accept"}))
    assert sent.status_code == 403
