"""What the browser tests share: a dataset of a sample review and a text, the page served, Debian's Chromium, people."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from pipeline.review import build_app
from pipeline.review.access import Door
from pipeline.store import open_store
from tests.browser.opening import CHROMIUM, opened
from tests.pipeline.review.conftest import TEXT
from tests.pipeline.review.filling import fill, lexicon, served

ROOT = Path(__file__).resolve().parents[2]


class Place(NamedTuple):
    """Where the page answers, and the folder of its dataset."""

    address: str
    folder: Path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; the tests are skipped where it is not installed.

    For one module alone: as long as Playwright is open its event loop runs, and no other test could run one of its own.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium, or set TRIALTRACE_CHROMIUM to another")
    with opened() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a sample review and a small text, before anyone reviewed them; the files lie beside it."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "in").mkdir()
    shutil.copy(ROOT / "corpus" / "myeloma_relapse.pdf", folder / "in")
    (folder / "in" / "small.txt").write_text(TEXT, encoding="utf-8")
    with open_store(folder / "trialtrace.db", create=True) as store:
        fill(store, [folder / "in"])
    return folder / "trialtrace.db"


@pytest.fixture
def place(read_once: Path, tmp_path: Path) -> Iterator[Place]:
    """The page over a store of its own."""
    shutil.copy(read_once, tmp_path / "trialtrace.db")
    with open_store(tmp_path / "trialtrace.db") as store:
        app = build_app(store, folder=tmp_path, door=Door(), hosts={"127.0.0.1"}, lexicon=lexicon())
        with served(app) as address:
            yield Place(address, tmp_path)


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, place: Place) -> Iterator[Visit]:
    """A reviewer's own window, signed in; what its console says of errors, and requests to elsewhere, fail the test."""
    contexts = []
    wrong: list[str] = []

    def arrive(name: str = "Ada", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}} | options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if _is_complaint(said) else None)
        page.on("request", lambda sent: None if sent.url.startswith(place.address) else wrong.append(sent.url))
        page.goto(place.address)
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url(f"{place.address}/**")
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert wrong == []


def _is_complaint(said: ConsoleMessage) -> bool:
    """An error of the page's own; that the server refused a form is told on the page and expected here."""
    if "ERR_FAILED" in said.text or said.text.startswith(("htmx:afterRequest", "htmx:sendError")):
        return False  # a test cut the connection
    refused = any(f"status of {code}" in said.text or f"Code {code}" in said.text for code in (403, 405, 409, 422))
    return said.type == "error" and not refused
