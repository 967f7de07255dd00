"""The pages as a reviewer's browser asks for them: decisions, corrections, undoing, added records, the dataset."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.exports.content import contents
from pipeline.review.desk import Desk
from pipeline.store import Store
from tests.pipeline.review.conftest import TEXT
from tests.pipeline.review.filling import Person

SignIn = Callable[[str], Person]


@pytest.fixture
def ratio(desk: Desk) -> str:
    """The hazard ratio whose p-value does not fit."""
    return next(each.record_id for each in desk.index.entries.values() if each.worst > 0)


def reviewed(store: Store) -> dict[str, dict[str, object]]:
    """Record id -> what the dataset says of it, of those that were reviewed."""
    return {r["record_id"]: r for content in contents(store) for r in content.records if r["review"] is not None}


def test_the_queue_begins_with_what_disagrees(ada: Person, ratio: str) -> None:
    page = ada.get("/")
    assert page.status_code == 200
    assert re.findall(r'href="/records/(\w+)"', page.text)[0] == ratio
    assert "Interval against p-value" in page.text


@pytest.mark.parametrize(
    ("query", "number"), [("kind=cohort", 1), ("study=kest", 3), ("flag=nothing", 0), ("status=done", 0)]
)
def test_filters_narrow_the_queue(ada: Person, query: str, number: int) -> None:
    assert f"<strong>{number}</strong>" in ada.get(f"/?{query}").text


def test_a_record_shows_its_sentence_fields_and_findings(ada: Person, ratio: str) -> None:
    page = ada.get(f"/records/{ratio}").text
    assert (
        '<mark class="value">HR 0.63, 95% CI 0.47-0.85, P = 0.18</mark>' in page or '<mark class="value">0.63' in page
    )
    for words in ("KESTREL", "osimertinib", "placebo", "printed 0.18", "[2] Another trial", "Cites"):
        assert words in page


def test_accepting_goes_on_to_the_next_and_is_kept(ada: Person, ratio: str, review_store: Store) -> None:
    answer = ada.decide(ratio, "accept", reason="seen twice")
    assert answer.status_code == 303
    assert re.fullmatch(r"/records/\w+", answer.headers["location"])
    assert ratio not in answer.headers["location"]
    review = reviewed(review_store)[ratio]["review"]
    assert (review["verdict"], review["reviewer"]) == ("accept", "Ada")
    assert "accepted" in ada.get(f"/records/{ratio}").text


def test_nothing_is_accepted_without_a_decision(ada: Person, ratio: str, review_store: Store) -> None:
    ada.get("/")
    ada.get(f"/records/{ratio}")
    assert reviewed(review_store) == {}


def test_a_wrong_correction_is_told_and_a_right_one_kept(ada: Person, ratio: str, review_store: Store) -> None:
    wrong = ada.correct(ratio, p="about 0.02")
    assert wrong.status_code == 422
    assert "“about 0.02” is no p-value" in wrong.text
    assert reviewed(review_store) == {}
    same = ada.correct(ratio)
    assert "nothing to correct" in same.text
    right = ada.correct(ratio, p="0.018", endpoint="PFS")
    assert right.status_code == 303
    record = reviewed(review_store)[ratio]
    assert (record["p"], record["endpoint"], record["value"]) == ("=0.018", "PFS", 0.63)
    assert record["review"]["correction"] == {"p": "=0.018", "endpoint": "PFS"}
    assert "<del>=0.18</del> <ins>=0.018</ins>" in ada.get(f"/records/{ratio}").text


def test_undoing_is_a_row_of_the_log_and_brings_back_what_was(ada: Person, ratio: str, review_store: Store) -> None:
    ada.decide(ratio, "accept")
    ada.decide(ratio, "reject")
    assert ada.post("/undo").headers["location"] == f"/records/{ratio}"
    assert reviewed(review_store)[ratio]["review"]["verdict"] == "accept"
    ada.post(f"/records/{ratio}/undo")
    assert reviewed(review_store) == {}
    told = ada.post("/undo")
    assert (told.status_code, "no decision of yours" in told.text) == (409, True)
    log = ada.get("/log.json").json()
    assert [row["verdict"] for row in log] == ["accept", "reject", "withdraw", "withdraw"]


def test_a_page_that_someone_overtook_decides_nothing(sign_in: SignIn, ratio: str) -> None:
    ada, ben = sign_in("Ada"), sign_in("Ben")
    last = re.search(r'name="last" value="(\d+)"', ben.get(f"/records/{ratio}").text)[1]
    ada.decide(ratio, "accept")
    late = ben.decide(ratio, "reject", last=last)
    assert (late.status_code, "while you had it open" in late.text) == (409, True)


def test_the_next_record_comes_as_a_part_where_a_part_is_wanted(ada: Person, ratio: str) -> None:
    page = ada.get(f"/records/{ratio}", **{"HX-Request": "true"}).text
    assert "<html" not in page
    assert '<main id="work"' in page
    restored = ada.get(f"/records/{ratio}", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.text


def test_an_added_record_is_in_the_dataset_until_it_is_taken_back(ada: Person, review_store: Store) -> None:
    start = TEXT.index("The mood")
    end = TEXT.index("steady.") + len("steady.")
    address = f"/documents/small/add?start={start}&end={end}"
    form = ada.get(f"{address}&kind=cohort").text
    number = re.search(r'name="number" value="(\d+)"', form)[1]
    assert TEXT[int(number) : int(number) + 2] == "17"
    assert "Choose the number" in ada.post(address, kind="cohort", study="Mood study").text
    missing = ada.post(address, kind="cohort", number=number, study="")
    assert (missing.status_code, "Study</a>: Study must be filled in." in missing.text) == (422, True)
    done = ada.post(address, kind="cohort", number=number, study="Mood study", population="readers")
    record_id = re.fullmatch(r"/records/(\w+)\?status=all", done.headers["location"])[1]
    record = reviewed(review_store)[record_id]
    assert (record["n"], record["unit"], record["study"], record["flags"]) == (17, "patients", "Mood study", ["added"])
    assert record["review"]["verdict"] == "add"
    assert TEXT[record["quote_start"] : record["quote_end"]] == record["quote"]
    assert record["value_start"] == int(number)
    assert "added" in ada.get(f"/records/{record_id}").text
    ada.post(f"/records/{record_id}/undo")
    assert record_id not in {r["record_id"] for content in contents(review_store) for r in content.records}
    assert f"/records/{record_id}" not in ada.get("/documents/small").text


def test_the_dataset_is_written_with_the_decisions(ada: Person, ratio: str, tmp_path: Path) -> None:
    ada.decide(ratio, "reject", reason="misread")
    assert ada.post("/dataset").status_code == 200
    lines = [json.loads(line) for line in (tmp_path / "records.jsonl").read_text().splitlines()]
    assert {line["record_id"]: line["review"]["verdict"] for line in lines if line["review"]} == {ratio: "reject"}
    assert ",reject,Ada," in (tmp_path / "tables" / "comparisons.csv").read_text()
    assert json.loads((tmp_path / "run.json").read_text())["documents"][0]["document"] == "small"


def test_the_log_is_a_table_no_spreadsheet_computes(ada: Person, ratio: str) -> None:
    ada.decide(ratio, "reject", reason='=HYPERLINK("http://example.org")')
    table = ada.get("/log.csv")
    assert table.headers["content-disposition"] == 'attachment; filename="decisions.csv"'
    assert "'=HYPERLINK" in table.text


def test_counts_add_up(ada: Person, ratio: str) -> None:
    ada.decide(ratio, "accept")
    counts = ada.get("/counts.json").json()
    records = counts["records"]
    assert records["decided"] + records["to decide"] == records["extracted"]
    assert (counts["verdicts"]["accepted"], counts["flagged"]["right"], counts["files"]["read"]) == (1, 1, 1)
    assert counts["flagged"]["low"] == pytest.approx(0.2065, abs=1e-4)
    assert "verdicts,accepted,1\n" in ada.get("/counts.csv").text


def test_text_is_shown_with_its_records_and_numbers(ada: Person) -> None:
    page = ada.get("/documents/small").text
    assert re.search(r'<a class="hit[^>]*>0\.63</a>', page)
    assert re.search(r'<span class="left"[^>]*>17', page)
    assert "Smith A. A trial" not in page, "the reference list is no text to find results in"


def test_suggestions_are_found(ada: Person) -> None:
    assert '<option value="PFS">' in ada.get("/search/endpoints?endpoint=progression").text
    assert '<option value="KESTREL">in this document' in ada.get("/search/studies?study=kes&of=small").text
