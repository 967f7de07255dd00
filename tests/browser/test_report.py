"""The report in a real browser: nothing is fetched or complains, rows lead to sentences, axe-core has no objection."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pipeline.exports.selection import Selected, Selection
from pipeline.report import gather, spell_page
from pipeline.store import open_store

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a sample review."""
    page = tmp_path_factory.mktemp("report") / "report.html"
    with open_store(read_once) as store:
        page.write_text(spell_page(gather(Selected(store, Selection(rejected=False)))), encoding="utf-8")
    return page


def opened(browser: Browser, written: Path, **options: object) -> tuple[Page, list[str]]:
    """The page, and what it complained of or asked for."""
    page = browser.new_context(**{"viewport": {"width": 1300, "height": 900}} | options).new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: None if sent.url == written.as_uri() else wrong.append(sent.url))
    page.goto(written.as_uri())
    return page, wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_axe_has_no_objection(browser: Browser, written: Path, scheme: str, width: int) -> None:
    page, wrong = opened(browser, written, color_scheme=scheme, viewport={"width": width, "height": 900})
    found = Axe().run(page)
    assert [(each["id"], each["nodes"][0]["target"]) for each in found.response["violations"]] == []
    assert wrong == []


def test_a_row_leads_to_its_sentence(browser: Browser, written: Path) -> None:
    page, wrong = opened(browser, written)
    row = page.locator("svg a", has_text="APOLLO").first
    target = row.get_attribute("href")
    row.click()
    assert target is not None
    assert page.url.endswith(target)
    assert "APOLLO" in page.locator(target).inner_text()
    assert "HR 0.63" in (row.locator("title").first.text_content() or "")
    assert wrong == []
