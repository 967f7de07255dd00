"""The review page in a browser, by keys as reviewers use it: what they see, and what the dataset holds afterwards."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place, Visit


def begin(page: Page) -> str:
    """Open the first record of the queue by its key; returns its id."""
    page.keyboard.press("j")
    return record_of(page)


def record_of(page: Page) -> str:
    """The id of the record that is shown."""
    expect(page.locator("#record-title")).to_be_focused()
    found = re.search(r"/records/(\w+)", page.url)
    assert found is not None
    return found[1]


def press(page: Page, key: str) -> str:
    """Press a key that leads to another record; returns that record's id."""
    before = page.locator("#record-title").element_handle()
    page.keyboard.press(key)
    assert before is not None
    page.wait_for_function("old => !old.isConnected", arg=before)
    return record_of(page)


def dataset(place: Place, page: Page) -> dict[str, dict[str, object]]:
    """Have the dataset's files written; returns their reviewed records by id."""
    page.goto(f"{place.address}/progress")
    page.get_by_role("button", name="Write the dataset’s files").click()
    expect(page.get_by_text("every decision that stands")).to_be_visible()
    lines = [json.loads(line) for line in (place.folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    return {line["record_id"]: line for line in lines if line["review"] is not None}


def test_records_are_decided_with_keys(visit: Visit, place: Place) -> None:
    page = visit()
    first = begin(page)
    second = press(page, "a")
    expect(page.locator("#status")).to_contain_text("Accepted")
    third = press(page, "r")
    expect(page.locator("#status")).to_contain_text("Rejected")
    assert len({first, second, third}) == 3
    assert press(page, "u") == second
    expect(page.locator("#status")).to_contain_text("Taken back")
    page.reload()
    assert record_of(page) == second
    expect(page.locator(".chip").first).to_have_text("open")
    press(page, "a")
    verdicts = {name: record["review"]["verdict"] for name, record in dataset(place, page).items()}
    assert verdicts == {first: "accept", second: "accept"}


def test_a_value_is_shown_in_its_place_on_the_page(visit: Visit) -> None:
    page = visit()
    page.goto(f"{page.url.rstrip('/')}/?document=myeloma_relapse&check=interval_vs_p")
    begin(page)
    value = page.locator("rect.value")
    expect(value).to_be_in_viewport()
    expect(page.locator("rect.sentence").first).to_be_visible()
    picture = page.locator("#leaf image").get_attribute("href")
    width = "async url => { const i = new Image(); i.src = url; await i.decode(); return i.naturalWidth }"
    assert page.evaluate(width, picture) > 1000
    narrow = page.locator("#leaf svg").bounding_box()
    page.keyboard.press("+")
    page.wait_for_function(
        "w => document.querySelector('#leaf svg').getBoundingClientRect().width > w", arg=narrow["width"] * 1.1
    )
    expect(value).to_be_in_viewport()
    number = page.locator("#leaf .bar span").first
    expect(number).to_have_text("Page 1 of 3")
    page.keyboard.press("]")
    expect(number).to_have_text("Page 2 of 3")
    expect(value).to_have_count(0)
    page.keyboard.press("f")
    expect(value).to_be_in_viewport()


def test_a_table_s_cell_is_marked(visit: Visit, place: Place) -> None:
    page = visit()
    page.goto(f"{place.address}/documents/myeloma_relapse")
    page.locator(".unit.row a.hit").first.click()
    expect(page.locator("rect.cell")).to_have_count(1)
    cell, value = page.locator("rect.cell").bounding_box(), page.locator("rect.value").bounding_box()
    assert cell["x"] <= value["x"] + value["width"] / 2 <= cell["x"] + cell["width"]
    assert cell["y"] <= value["y"] + value["height"] / 2 <= cell["y"] + cell["height"]


def test_a_wrong_value_is_told_and_a_right_one_kept(visit: Visit, place: Place) -> None:
    page = visit()
    page.goto(f"{place.address}/?check=interval_vs_p&document=small")
    record = begin(page)
    page.keyboard.press("c")
    expect(page.get_by_label("Study")).to_be_focused()
    page.get_by_label("p-value").fill("small")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_contain_text("“small” is no p-value. Write =0.049 or <0.001")
    expect(page.get_by_label("p-value")).to_be_focused()
    page.get_by_label("p-value").fill("0.018")
    page.get_by_label("Endpoint").fill("progression-free")
    option = page.locator("#endpoint-options option").first
    expect(option).to_have_attribute("value", "PFS")
    page.get_by_label("Endpoint").fill("PFS")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Nothing here")
    kept = dataset(place, page)[record]
    assert (kept["p"], kept["endpoint"], kept["review"]["verdict"]) == ("=0.018", "PFS", "correct")


def test_escape_leaves_a_correction(visit: Visit) -> None:
    page = visit()
    record = begin(page)
    page.keyboard.press("c")
    expect(page.get_by_label("Study")).to_be_focused()
    page.get_by_label("p-value").focus()
    page.keyboard.type("a")
    assert record_of_url(page) == record, "letters in a field are no keys"
    page.keyboard.press("Escape")
    expect(page.get_by_label("p-value")).not_to_be_focused()
    assert press(page, "Escape") == record
    expect(page.locator("form.entering")).to_have_count(0)


def record_of_url(page: Page) -> str:
    """The record in the address."""
    return page.url.split("/records/")[1].split("?")[0]


def test_a_missed_record_is_added_from_its_sentence(visit: Visit, place: Place) -> None:
    page = visit()
    page.goto(f"{place.address}/documents/small")
    page.keyboard.press("n")
    expect(page.locator("[data-row]:focus")).to_contain_text("The mood of the 17 readers")
    page.keyboard.press("m")
    expect(page.get_by_role("radio", name="17")).to_be_checked()
    page.get_by_role("link", name="cohort").click()
    page.get_by_label("Study").fill("Mood study")
    page.get_by_role("button", name="Add the record").click()
    page.wait_for_url("**/records/**")
    expect(page.locator("#record-title")).to_contain_text("Mood study cohort 17 patients")
    added = dataset(place, page)[record_id_added(place)]
    assert (added["study"], added["n"], added["review"]["verdict"]) == ("Mood study", 17, "add")


def record_id_added(place: Place) -> str:
    """The id of the record that a reviewer added."""
    lines = (place.folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    (found,) = (row["record_id"] for row in map(json.loads, lines) if "added" in row["flags"])
    return found


def test_two_review_blind_and_a_third_settles(visit: Visit, place: Place) -> None:
    cy = visit("Cy")
    cy.keyboard.press("w")
    cy.get_by_label("First reviewer").fill("Ada")
    cy.get_by_label("Second reviewer").fill("Ben")
    cy.get_by_role("combobox", name="Document").select_option("small")
    cy.get_by_label("Records").select_option("all")
    cy.get_by_role("button", name="Hand out").click()
    expect(cy.get_by_role("row", name="Ada")).to_be_visible()
    ada, ben = visit("Ada"), visit("Ben")
    for page in (ada, ben):
        page.goto(f"{place.address}/?document=small&check=interval_vs_p")
    record = begin(ada)
    ada.keyboard.press("a")
    expect(ada.locator("main")).to_contain_text("Nothing here")
    assert begin(ben) == record
    expect(ben.locator("main")).not_to_contain_text("accepted")
    ben.keyboard.press("r")
    expect(ben.locator("main")).to_contain_text("Nothing here")
    assert record not in dataset(place, cy), "two that differ decide nothing"
    cy.goto(f"{place.address}/team")
    expect(cy.locator("#conflicts-title")).to_have_text("Conflicts (1)")
    expect(cy.get_by_role("row", name="verdict")).to_contain_text("0%")
    cy.locator("#conflicts-title ~ .finding a").click()
    assert record_of(cy) == record
    expect(cy.get_by_role("heading", name="They differ: you settle it")).to_be_visible()
    cy.keyboard.press("r")
    expect(cy.locator("main")).to_contain_text("Nothing here")
    review = dataset(place, cy)[record]["review"]
    assert (review["verdict"], review["reviewer"]) == ("reject", "Cy")


def test_the_keys_are_shown_and_can_be_switched_off(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Single letters are keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.wait_for_timeout(300)
    assert "/records/" not in page.url
    assert "/documents" not in page.url
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_a_key_held_down_decides_one_record(visit: Visit, place: Place) -> None:
    page = visit()
    begin(page)
    page.keyboard.down("a")
    for _ in range(5):
        page.keyboard.down("a")  # what a browser sends while a key is held
    page.wait_for_timeout(500)
    page.keyboard.up("a")
    assert len(dataset(place, page)) == 1


def test_the_next_page_is_there_before_it_is_asked_for(visit: Visit, place: Place) -> None:
    page = visit()
    page.goto(f"{place.address}/?document=myeloma_relapse&rate=0")
    begin(page)
    page.wait_for_load_state("networkidle")
    ahead = page.locator("[data-next-leaf]").get_attribute("data-next-leaf")
    told = page.evaluate("() => performance.getEntriesByType('resource').map(each => each.name)")
    pictures = {name for name in told if name.endswith(".png")}
    assert any(name.endswith(str(ahead)) for name in told)
    press(page, "j")
    shown = page.locator("#leaf image").get_attribute("href")
    assert f"{place.address}{shown}" in pictures


def test_back_leads_to_the_record_before(visit: Visit) -> None:
    page = visit()
    first = begin(page)
    second = press(page, "j")
    page.go_back()
    expect(page.locator("#leaf")).to_be_visible()
    assert record_of_url(page) == first
    assert page.locator("html").count() == 1
    page.go_forward()
    page.wait_for_url(f"**/{second}*")
    expect(page.locator("#record-title")).to_be_visible()


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_file_that_is_no_longer_there_is_told_and_its_text_shown(
    visit: Visit, place: Place, read_once: Path, change: str
) -> None:
    original = read_once.parent / "in" / "myeloma_relapse.pdf"
    kept = original.read_bytes()
    try:
        original.unlink() if change == "gone" else original.write_bytes(kept + b"\n")
        page = visit()
        page.goto(f"{place.address}/?document=myeloma_relapse")
        begin(page)
        said = "lies no longer where it was read" if change == "gone" else "was changed after it was read"
        expect(page.locator("#leaf .notice")).to_contain_text(said)
        expect(page.locator("#leaf mark.value")).to_be_in_viewport()
    finally:
        original.write_bytes(kept)


def test_a_text_shows_its_passage(visit: Visit, place: Place) -> None:
    page = visit()
    page.goto(f"{place.address}/?document=small")
    begin(page)
    expect(page.locator("#leaf mark.value")).to_be_in_viewport()
    expect(page.locator("#leaf")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("#leaf .notice").count() == 0


def test_the_server_s_end_is_told(visit: Visit, place: Place) -> None:
    page = visit()
    begin(page)
    page.route("**/decide*", lambda route: route.abort())
    page.keyboard.press("a")
    expect(page.locator("#notice")).to_contain_text("nothing was kept")
    assert dataset(place, page) == {}
