"""The order of the queue, and what a reviewer may see of a record."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams

from pipeline.review.desk import Desk
from pipeline.review.index import Entry
from pipeline.review.queue import order
from pipeline.review.wanted import Wanted, read_wanted
from pipeline.store import open_store
from schemas.record import Decision
from tests.pipeline.review.conftest import TEXT
from tests.pipeline.review.filling import fill


def entry(name: str, *, worst: int = 0, sure: float = 0.5, flagged: bool = False, place: int = 0) -> Entry:
    """A record in short."""
    values = dict.fromkeys(Entry._fields, "") | {"record_id": name, "document": "d", "names": "alpha beta"}
    marks = {"worst": worst, "flags": (), "flagged": flagged or worst > 0, "place": place}
    return Entry(**values | marks | {"confidence": sure, "checks": (), "lot": name[::-1], "mark": (0, 1)})


FLAGGED = [entry(f"f{i}", flagged=True, place=i) for i in range(18)]
OTHERS = [entry(f"u{i}", place=i) for i in range(40)]


def test_the_worst_come_first() -> None:
    entries = [
        entry("unsure", sure=0.2, flagged=True),
        entry("warning", worst=2),
        entry("error, unsure", worst=3, sure=0.3),
        entry("error", worst=3),
        entry("error, further on", worst=3, place=9),
        entry("unflagged"),
    ]
    found = order(entries, Wanted(rate=0)).ids
    assert found == ("error, unsure", "error", "error, further on", "warning", "unsure", "unflagged")


def test_unflagged_records_are_mixed_in_at_the_rate_asked_for() -> None:
    found = order([*OTHERS, *FLAGGED], Wanted(rate=10))
    head = found.ids[:20]
    assert [each for each in head if each.startswith("f")] == [each.record_id for each in FLAGGED]
    assert {each for each in head if each.startswith("u")} == found.drawn
    assert len(found.drawn) == 2
    places = sorted(found.place[each] for each in found.drawn)
    assert places[0] < 10 <= places[1], "spread, not heaped"


def test_who_is_drawn_is_a_matter_of_lot_and_stays_so_when_more_are_drawn() -> None:
    few, many = (order([*OTHERS, *FLAGGED], Wanted(rate=rate)).drawn for rate in (10, 50))
    by_lot = sorted((each.lot, each.record_id) for each in OTHERS)
    assert few < many
    assert many == {name for _, name in by_lot[: len(many)]}


def test_everything_is_in_the_queue_once() -> None:
    for rate in (0, 5, 50):
        ids = order([*OTHERS, *FLAGGED], Wanted(rate=rate)).ids
        assert sorted(ids) == sorted(each.record_id for each in (*OTHERS, *FLAGGED))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", Wanted()),
        ("status=done&rate=20&study=KEST", Wanted(status="done", rate=20, study="KEST")),
        ("status=nonsense&rate=7&kind=cohort", Wanted(kind="cohort")),
        ("rate=٢", Wanted()),
        (f"study={'x' * 5000}", Wanted(study="x" * 200)),
    ],
)
def test_a_query_is_read(query: str, wanted: Wanted) -> None:
    assert read_wanted(QueryParams(query)) == wanted
    assert read_wanted(QueryParams(wanted.query)) == wanted


def say(desk: Desk, record_id: str, reviewer: str, verdict: str, role: str = "blind") -> None:
    """A decision."""
    desk.keep(Decision(record_id=record_id, verdict=verdict, reviewer=reviewer, at=datetime.now(UTC), role=role))


def test_blind_reviewers_see_nothing_of_each_other_until_both_are_done(desk: Desk) -> None:
    first = next(iter(desk.index.entries))
    desk.assign([first], reviewers=["Ada", "Ben"], by="Cy")
    say(desk, first, "Ada", "accept")
    assert desk.seen(first, "Ben").visible == {}
    assert (desk.seen(first, "Ben").state, desk.seen(first, "Ben").mine) == ("open", True)
    assert (desk.seen(first, "Ada").state, desk.seen(first, "Ada").mine) == ("waiting", False)
    assert (desk.seen(first, "Cy").visible, desk.seen(first, "Cy").mine) == ({}, False)
    assert not desk.matches(first, Wanted(status="accept", reviewer="Ada"), "Ben")
    say(desk, first, "Ben", "reject")
    for viewer in ("Ada", "Ben", "Cy"):
        assert desk.seen(first, viewer).state == "conflict"
        assert set(desk.seen(first, viewer).visible) == {"Ada", "Ben"}


def test_decisions_of_another_process_are_taken_in(desk: Desk) -> None:
    other = Desk(desk.store)
    first = next(iter(desk.index.entries))
    say(other, first, "Ada", "accept", role="single")
    assert desk.standing(first).state == "open"
    desk.refresh()
    assert desk.standing(first).state == "accept"
    say(other, first, "Ada", "withdraw", role="single")
    say(desk, first, "Ben", "reject", role="single")
    assert desk.standing(first).state == "reject"
    assert [each.verdict for each in desk.all_logged()] == ["accept", "withdraw", "reject"]


def test_next_and_before_go_through_what_is_asked_for(desk: Desk) -> None:
    wanted = Wanted(rate=0)
    ids = desk.ordered(wanted).ids
    assert desk.after(ids[0], wanted, "Ada") == ids[1]
    say(desk, ids[1], "Ada", "accept", role="single")
    assert desk.after(ids[0], wanted, "Ada") == ids[2]
    assert desk.after(ids[2], wanted, "Ada", back=True) == ids[0]
    assert desk.after(ids[-1], wanted, "Ada") == ids[0]
    assert desk.after(ids[0], wanted._replace(status="conflict"), "Ada") is None


def test_a_decision_goes_with_its_record_into_another_version_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "small.txt"
    file.write_text(TEXT, encoding="utf-8")
    with open_store(tmp_path / "trialtrace.db", create=True) as store:
        fill(store, [file])
        desk = Desk(store)
        ratio = next(each for each in desk.index.entries.values() if each.worst > 0)
        say(desk, ratio.record_id, "Ada", "reject", role="single")
        file.write_text(f"A note set before.\n\n{TEXT}", encoding="utf-8")
        fill(store, [file], code="2")
        desk.refresh()
        moved = next(each for each in desk.index.entries.values() if each.worst > 0)
        assert moved.record_id != ratio.record_id
        assert desk.standing(moved.record_id).state == "reject"
        say(desk, moved.record_id, "Ada", "withdraw", role="single")
        assert desk.standing(moved.record_id).state == "open"
        assert [each.record_id for each in Desk(store).all_logged()] == [moved.record_id] * 2
