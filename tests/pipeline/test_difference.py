"""Runs and what lies between them: which run a name means, what is new, gone and changed, what pruning leaves."""

import json
import re
from pathlib import Path

import pytest

from pipeline.difference import Difference, compare
from pipeline.exports.content import contents
from pipeline.store import Store, StorePlace, models, open_store
from pipeline.store.runs import choose
from schemas.errors import UsageError
from schemas.record import Decision
from tests.pipeline.conftest import Ask, Shelf

STORES = ("sqlite", "postgresql")
TWO = "First 5% of 100 ALPHA patients had a good answer. Later 7% of 300 BRAVO patients had a bad one."
LONGER = f"A line that the authors put before everything else. {TWO} Now 9% of 500 CHARLIE patients too."


def between(shelf: Shelf, then: str = "previous", now: str = "latest") -> Difference:
    runs = shelf.store.runs()
    return compare(shelf.store, choose(runs, then), choose(runs, now))


def studies(records: list[dict[str, object]]) -> list[object]:
    return [record["study"] for record in records if record["kind"] == "estimate"]


def test_a_new_file_is_new_and_the_others_are_untouched(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    shelf.write(b_txt="5% of 100 DELTA came.")
    shelf.run()
    found = between(shelf)
    (document,) = found.documents
    assert (document.document, document.how, studies(document.new), found.untouched) == ("b", "new", ["DELTA"], 1)
    (back,) = between(shelf, "latest", "previous").documents
    assert (back.how, studies(back.gone)) == ("gone", ["DELTA"])


def test_a_run_over_new_files_alone_loses_nothing(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO, b_txt="5% of 100 DELTA came.")
    shelf.run("a.txt")
    shelf.run("b.txt")
    assert [(each.document, each.how) for each in between(shelf).documents] == [("b", "new")]


def test_other_code_changes_a_field_of_a_record(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    monkeypatch.setattr("tests.pipeline.fake_core.RATE", re.compile(r"(\d+)% of (\d+) (ALPH|BRAVO)"))
    shelf.run(code="2")
    (document,) = between(shelf).documents
    (cohort, estimate) = document.changed
    assert (document.how, document.new, document.gone, document.same) == ("reread", [], [], 2)
    assert cohort.fields == estimate.fields == {"study": ("ALPHA", "ALPH")}


def test_a_newer_version_of_a_file_is_compared_by_its_words(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    shelf.write(a_txt=LONGER.replace("ALPHA", "ALPHB"))
    shelf.run()
    (document,) = between(shelf).documents
    assert (document.how, document.same, document.moved) == ("changed", 2, 2)
    assert (studies(document.new), studies(document.gone), document.changed) == (
        ["CHARLIE", "ALPHB"][::-1],
        ["ALPHA"],
        [],
    )


def test_a_file_that_became_unreadable_is_gone_with_its_status(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    shelf.write(a_txt="ENCRYPTED")
    shelf.run()
    (document,) = between(shelf).documents
    assert (document.how, document.now.status, len(document.gone)) == ("changed", "encrypted", 4)


def test_a_run_repeated_at_once_is_one_run_and_later_is_another(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO)
    for run, code in ((0, "1"), (0, "1"), (1, "2"), (0, "1")):
        shelf.runs = run
        shelf.run(code=code)
    assert [run.run_id for run in shelf.store.runs()] == ["run-1", "run-2", "run-1.1"]
    assert shelf.store.held()[0].code_version == "1"
    assert shelf.store.held(as_of=shelf.store.runs()[1].number)[0].code_version == "2"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("latest", "run-3"),
        ("previous", "run-2"),
        ("latest~2", "run-1"),
        ("run-2", "run-2"),
        ("latest~3", "the store has 3 runs"),
        ("run-", "several runs begin so: run-3, run-2, run-1"),
        ("xyz-0", "no such run"),
        ("ru", "no such run"),
    ],
)
def test_a_name_means_a_run_or_is_refused(shelf: Shelf, name: str, meant: str) -> None:
    shelf.write(a_txt=TWO)
    for code in "123":
        shelf.run(code=code)
    runs = shelf.store.runs()
    assert [run.new for run in runs] == [1, 1, 1]
    if meant.startswith("run-"):
        assert choose(runs, name).run_id == meant
    else:
        with pytest.raises(UsageError, match=meant):
            choose(runs, name)


def sizes(store: Store) -> dict[str, int]:
    """Rows of every table that readings fill."""
    with store.looking() as session:
        tables = (models.Reading, models.Record, models.Sentence, models.RunDocument, models.Document)
        return {table.__tablename__: session.query(table).count() for table in tables}


def test_pruning_leaves_the_dataset_recent_runs_and_decisions(shelf: Shelf) -> None:
    shelf.write(a_txt=TWO, b_txt="5% of 100 DELTA came.", old_txt="8% of 100 ECHO came.")
    shelf.run()
    shelf.write(a_txt=LONGER)
    shelf.run("a.txt", code="2")
    decided = next(content for content in contents(shelf.store) if content.held.document == "a").records[0]
    at = "2026-01-02T00:00:00Z"
    shelf.store.decide(Decision(record_id=decided["record_id"], verdict="reject", reviewer="me", at=at))
    for code in "345":
        shelf.run("a.txt", "b.txt", code=code)
    before, newest = list(contents(shelf.store)), between(shelf)
    assert shelf.store.prune(keep=2, dry=True) == shelf.store.prune(keep=2, dry=True) == (2, 0, 3)
    assert shelf.store.prune(keep=2) == (2, 0, 3)
    shelf.store.compact()
    assert list(contents(shelf.store)) == before
    assert between(shelf) == newest
    assert shelf.store.lost_decisions() == []
    assert sizes(shelf.store)["readings"] == 8
    assert [run.pruned for run in shelf.store.runs()] == [False, False, True, True, True]
    with pytest.raises(UsageError, match="was pruned"):
        between(shelf, "latest~2")
    assert shelf.store.prune(keep=2) == (0, 0, 0)


def test_what_a_run_under_way_has_read_is_not_pruned(shelf: Shelf, put) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    shelf.store.put(put("5% of 100 DELTA came.", "b.txt"), lexicon_digest="words-1", code_version="9")
    assert shelf.store.prune(keep=1) == (0, 0, 0)


@pytest.fixture
def told(ask: Ask, tmp_path: Path) -> Ask:
    """The command in a folder whose dataset has two runs."""
    store_folder = tmp_path / "outputs"
    store_folder.mkdir()

    with open_store(store_folder / "trialtrace.db", create=True) as store:
        shelf = Shelf(store, tmp_path / "texts")
        shelf.write(a_txt=TWO, b_txt="5% of 100 DELTA came.")
        shelf.run()
        first = next(iter(contents(store))).records[1]
        at = "2026-01-02T00:00:00Z"
        store.decide(Decision(record_id=first["record_id"], verdict="accept", reviewer="ann", at=at))
        shelf.write(a_txt=TWO.replace("5%", "6%"))
        shelf.run()
    return ask


def test_runs_and_their_difference_are_told(told: Ask) -> None:
    runs = told("runs")
    assert runs.exit_code == 0
    assert "previous  run-1" in runs.stdout
    diff = told("diff", "previous", "latest")
    assert diff.exit_code == 0
    assert "Records: 2 new, 2 gone, 0 changed; 2 the same in documents that were read" in diff.stdout
    assert "1 document untouched" in diff.stdout
    assert "a: the file changed" in diff.stdout
    assert "ALPHA | a + b | intracranial ORR rate | 6%" in diff.stdout
    assert "First 6% of 100 ALPHA patients had a good answer." in diff.stdout
    plain = json.loads(told("diff", "previous", "latest", "--json").stdout)
    assert [(each["document"], len(each["new"]), len(each["gone"])) for each in plain["documents"]] == [("a", 2, 2)]
    assert told("diff", "latest~7", "latest").exit_code == 2


def test_decisions_without_a_place_are_told(told: Ask) -> None:
    lost = told("decisions", "--lost")
    assert lost.exit_code == 0
    assert "lost: its words no longer stand in the document" in " ".join(lost.stdout.split())
    (one,) = json.loads(told("decisions", "--json").stdout)
    assert (one["reviewer"], one["document"], one["record_now"]) == ("ann", None, None)


def test_a_decision_is_seen_where_records_are_listed(shelf: Shelf, ask: Ask, place: StorePlace) -> None:
    shelf.write(a_txt=TWO)
    shelf.run()
    first, second = next(iter(contents(shelf.store))).records[1:3]
    at = "2026-01-02T00:00:00Z"
    for record, verdict in ((first, "reject"), (second, "accept")):
        shelf.store.decide(Decision(record_id=record["record_id"], verdict=verdict, reviewer="ann", at=at))
    said = ask("records", "--db", place).stdout
    assert "rejected" in said
    assert "accepted" in said


def test_pruning_says_what_it_did(told: Ask) -> None:
    done = told("prune", "--keep", "1", "--dry-run")
    assert "0 old readings and 0 documents would be deleted; 1 runs can no longer be compared." in done.stdout
    assert json.loads(told("prune", "--keep", "1", "--json").stdout)["readings"] == 0
