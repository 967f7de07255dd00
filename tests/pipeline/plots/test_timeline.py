"""Timelines: how large the dataset was after each run."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.exports.conditions import parse_all
from pipeline.exports.selection import Selection
from pipeline.plots import Stage, draw_timeline, grow
from schemas.record import Decision
from tests.pipeline.conftest import RATES, Shelf
from tests.pipeline.plots.drawn import Drawn

ALL = Selection(rejected=False)
OTHER = "In 2021, 50% of 20 OTHER patients answered [3]."


def sizes(stages: list[Stage]) -> list[tuple[int, int, int, int]]:
    return [(stage.documents, stage.unread, stage.studies, stage.records) for stage in stages]


def test_runs_add_up_and_a_file_is_what_its_latest_run_says(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    shelf.write(b_txt=OTHER, c_txt="ENCRYPTED", d_txt=OTHER)
    shelf.run("b.txt", "c.txt", "d.txt")
    shelf.write(b_txt="Nothing.", d_txt="Nothing.")
    shelf.run("b.txt", "d.txt")
    stages = grow(shelf.store, ALL)
    assert sizes(stages) == [(1, 0, 2, 3), (2, 1, 3, 5), (2, 1, 2, 3)]
    assert [stage.run_id for stage in stages] == ["run-1", "run-2", "run-3"]


def test_the_last_stage_is_the_dataset(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES, b_txt=OTHER)
    shelf.run()
    shelf.run("a.txt", code="2")
    held = shelf.store.held()
    assert sizes(grow(shelf.store, ALL))[-1] == (len(held), 0, 3, sum(each.records for each in held))


def test_only_what_is_selected_counts(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES, b_txt=OTHER)
    shelf.run()
    (stage,) = grow(shelf.store, Selection(parse_all(["study=OTHER"])))
    assert (stage.studies, stage.records) == (1, 2)


@pytest.mark.parametrize(("year", "reviewed"), [(2025, 1), (2027, 0)])
def test_reviewed_is_what_was_decided_by_then(shelf: Shelf, year: int, reviewed: int) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    record_id = shelf.store.find_records("")[0][1]
    shelf.store.decide(
        Decision(record_id=record_id, verdict="accept", reviewer="ada", at=datetime(year, 6, 1, tzinfo=UTC))
    )
    assert grow(shelf.store, ALL)[0].reviewed == reviewed


def stage(day: int, **changes: int) -> Stage:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    return Stage(f"run-{day}", at, "1", 3, 0, 5, 20, 0)._replace(**changes)


@pytest.mark.parametrize("days", [1, 2, 30, 300])
def test_a_picture_of_any_length_has_times_that_do_not_overlap(days: int) -> None:
    drawn = Drawn(
        draw_timeline([stage(day, records=10 * day + 10) for day in range(days)], title="Growth", subtitle="")
    )
    assert len(drawn.marks) == 3 * days
    assert f"{10 * days:,}" in drawn.words
    assert "2026-Jan-01 (UTC)" in drawn.words or days > 1


def test_what_never_was_has_no_panel() -> None:
    words = Drawn(draw_timeline([stage(0), stage(1)], title="", subtitle="")).words
    assert {"documents read", "studies", "records"} <= set(words)
    assert not {"documents that could not be read", "records reviewed by a person"} & set(words)
    assert "records reviewed by a person" in Drawn(draw_timeline([stage(0, reviewed=1)], title="", subtitle="")).words
