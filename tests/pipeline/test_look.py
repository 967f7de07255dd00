"""`show`, `records`, `explain`, `lexicon check`: what a person and a program are told."""

import json
from pathlib import Path

import pytest

from pipeline.commands import show
from pipeline.commands.records import Filter, select
from pipeline.exports.conditions import parse_all
from pipeline.store import open_store
from tests.pipeline import fake_core
from tests.pipeline.conftest import RATES, Ask, Shelf


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of two documents in `outputs/`."""
    place = tmp_path_factory.mktemp("look")
    (place / "outputs").mkdir()
    with open_store(place / "outputs" / "trialtrace.db", create=True) as store:
        shelf = Shelf(store, place / "texts")
        shelf.write(a_pdf=RATES, b_txt="5% of 100 BRAVO came.")
        shelf.run()
    return place


@pytest.fixture
def listed(folder: Path, ask: Ask) -> list[dict[str, object]]:
    done = ask("records", "--json", cwd=folder)
    assert done.exit_code == 0
    return json.loads(done.stdout)


def test_records_are_listed_for_a_program(listed: list[dict[str, object]]) -> None:
    assert [(record["document"], record["study"]) for record in listed] == [
        ("a", "PERMEATE"),
        ("a", "PERMEATE"),
        ("a", "TRIAL"),
        ("b", "BRAVO"),
        ("b", "BRAVO"),
    ]


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (Filter(), 5),
        (Filter(document="b"), 2),
        (Filter(study="perm"), 2),
        (Filter(study="nct01"), 4),
        (Filter(endpoint="os"), 1),
        (Filter(endpoint="os", conditions=parse_all(["p<0.01"])), 1),
        (Filter(endpoint="os", conditions=parse_all(["p<0.001"])), 0),
        (Filter(endpoint="O"), 0),
        (Filter(kind="cohort"), 2),
        (Filter(flag="none"), 0),
        (Filter(needs_review=True), 0),
        (Filter(needs_review=False, document="a"), 3),
    ],
)
def test_a_filter_takes_what_it_names(folder: Path, wanted: Filter, number: int) -> None:
    with open_store(folder / "outputs" / "trialtrace.db") as store:
        assert len(list(select(store, wanted))) == number


def test_records_are_listed_for_a_person(folder: Path, ask: Ask) -> None:
    done = ask("records", "--kind", "comparison", "--limit", "5", cwd=folder)
    assert "TRIAL  a vs b; older  OS HR      0.38  0.2 to 0.7, p=0.008" in done.stdout
    assert "1 records" in done.stdout


def test_a_record_is_explained(folder: Path, ask: Ask, listed: list[dict[str, object]]) -> None:
    record = listed[2]
    done = ask("explain", str(record["record_id"])[:8], cwd=folder)
    assert done.exit_code == 0
    for words in (
        "HR 0.38 (0.20-0.70); P = 0.008 was better [7].",
        "page 1, 50 to 343.48 from the left, 40 to 50 from the top (points)",
        "[7] Title 7",
        "fake@1",
        "interval_contains_value  consistent  the interval holds the value",
    ):
        assert words in done.stdout
    told = json.loads(ask("explain", str(record["record_id"]), "--json", cwd=folder).stdout)
    assert {key: told[key] for key in record} == record
    assert [finding["verdict"] for finding in told["findings"]] == ["consistent"]


@pytest.mark.parametrize(("given", "message"), [("abc", "at least 4"), ("zzzzzz", "no such record in the dataset")])
def test_an_unknown_record_is_wrong_usage(folder: Path, ask: Ask, given: str, message: str) -> None:
    done = ask("explain", given, cwd=folder)
    assert (done.exit_code, message in done.stderr) == (2, True)


def test_a_file_is_shown_for_a_program(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "extract", fake_core.extract)
    (tmp_path / "one.txt").write_text(RATES)
    told = json.loads(ask("show", "one.txt", "--json").stdout)
    assert [(record["document"], record["value"]) for record in told["records"]] == [
        ("one", 74.6),
        ("one", None),
        ("one", 0.38),
    ]
    assert told["coverage"]["numbers"] == 9


def test_a_file_that_cannot_be_read_is_told(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "zero.pdf").write_bytes(b"")
    done = ask("show", "zero.pdf")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("trialtrace: zero.pdf: empty: ")
    told = json.loads(ask("show", "zero.pdf", "--json").stdout)
    assert told["status"] == "empty"


GOOD = """[[endpoints]]
id = "ladder score"
code = "ZLS"
family = "continuous"
names = ["zubrin ladder score"]
found_in = ["The zubrin ladder score rose by 30 m."]
"""
BAD = GOOD.replace(
    "found_in = [", 'not_found_in = ["Zubrin ladder score was not measured."]\nfound_in = ["Nothing here.", '
)


@pytest.mark.parametrize(("entry", "status"), [(GOOD, 0), (BAD, 1)])
def test_a_vocabulary_is_held_against_its_examples(ask: Ask, tmp_path: Path, entry: str, status: int) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "endpoints.toml").write_text(entry)
    done = ask("lexicon", "check", "words", "--json")
    assert (done.exit_code, done.stderr) == (status, "")
    told = json.loads(done.stdout)
    assert told["entries"] == {"endpoints": 1}
    assert [problem["message"].split(" found in: ")[-1] for problem in told["problems"]] == (
        []
        if status == 0
        else [
            "Nothing here.",
            "'ladder score' is found, and should not be, in: Zubrin ladder score was not measured.",
        ]
    )


def test_a_vocabulary_that_cannot_be_read_is_wrong_usage(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "endpoints.toml").write_text("[[endpoints]\n")
    done = ask("lexicon", "check", "words")
    assert (done.exit_code, "endpoints.toml" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
