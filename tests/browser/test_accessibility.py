"""Every page held against axe-core's rules, in light and dark, wide and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place, Visit

# Without motion: a page that fades in has other colours until it has come.
STILL = {"reduced_motion": "reduce"}
PHONE = {**STILL, "viewport": {"width": 375, "height": 740}, "has_touch": True}
WINDOWS = {
    "light": {**STILL, "color_scheme": "light"},
    "dark": {**STILL, "color_scheme": "dark"},
    "phone": {**PHONE, "color_scheme": "light"},
    "dark phone": {**PHONE, "color_scheme": "dark"},
}


def violations(page: Page) -> list[str]:
    """What axe-core says against the page as it is, each with where."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.slow
@pytest.mark.parametrize("window", WINDOWS)
def test_no_page_has_a_violation(visit: Visit, place: Place, window: str) -> None:
    page = visit("Ada", **WINDOWS[window])
    other = visit("Ben", **WINDOWS[window])
    found = {"queue": violations(page)}
    page.goto(f"{place.address}/team")
    page.get_by_label("First reviewer").fill("Ada")
    page.get_by_label("Second reviewer").fill("Ben")
    page.get_by_role("combobox", name="Document").select_option("small")
    page.get_by_role("button", name="Hand out").click()
    for who, button in ((page, "Accept"), (other, "Reject")):
        who.goto(f"{place.address}/?document=small&check=interval_vs_p")
        who.get_by_role("link", name="Begin").click()
        who.get_by_role("button", name=button).click()
        expect(who.locator("main")).to_contain_text("Nothing here")
    found["empty queue"] = violations(page)
    page.goto(f"{place.address}/?document=myeloma_relapse&check=interval_vs_p")
    page.get_by_role("link", name="Begin").click()
    expect(page.locator("rect.value")).to_be_visible()
    found["record"] = violations(page)
    page.get_by_role("link", name="Correct").click()
    page.get_by_label("p-value").fill("x")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.locator("#errors")).to_be_visible()
    found["wrong correction"] = violations(page)
    page.get_by_label("p-value").fill("0.018")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.locator("main")).to_contain_text("Nothing here")
    for address in ("documents", "documents/small", "documents/myeloma_relapse", "team", "progress", "undo"):
        page.goto(f"{place.address}/{address}")
        found[address] = violations(page)
    page.goto(f"{place.address}/documents/small")
    page.locator("[data-row]").last.focus()
    page.keyboard.press("m")
    page.get_by_role("button", name="Add the record").click()
    found["wrong record"] = violations(page)
    third = visit("Cy", **WINDOWS[window])
    third.goto(f"{place.address}/?status=conflict")
    third.get_by_role("link", name="Begin").click()
    expect(third.get_by_role("heading", name="They differ")).to_be_visible()
    found["conflict"] = violations(third)
    if "phone" not in window:
        third.keyboard.press("?")
        found["keys"] = violations(third)
        third.keyboard.press("Escape")
    third.get_by_role("button", name="Sign out").click()
    found["signing in"] = violations(third)
    assert [f"{name}: {each}" for name, told in found.items() for each in told] == []


@pytest.mark.parametrize("address", ["", "documents", "documents/myeloma_relapse", "team", "progress"])
def test_nothing_runs_off_a_phone(visit: Visit, place: Place, address: str) -> None:
    page = visit("Ada", **WINDOWS["phone"])
    page.goto(f"{place.address}/{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_record_fits_a_phone(visit: Visit) -> None:
    page = visit("Ada", **WINDOWS["phone"])
    page.get_by_role("link", name="Begin").click()
    expect(page.locator("#leaf .scroll")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    expect(page.get_by_role("button", name="Accept")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Reject")).to_be_in_viewport()
