"""Forest plots: which rows there are, what has whiskers, what is marked, how they are ordered."""

from typing import Any

import pytest

from pipeline.plots import Legend, Sheet, draw_forest, panels_of, results_of
from pipeline.plots.ink import ERROR, MARK, PAPER, WARNING
from pipeline.plots.panels import MOST_RESULTS
from pipeline.plots.rows import LEFT, RIGHT
from pipeline.plots.scale import Scale
from tests.pipeline.plots.drawn import SVG, Drawn
from tests.pipeline.plots.making import finding, flat, median, review

POINTS = 72


def draw(*records: dict[str, Any], findings: tuple[dict[str, Any], ...] = (), **options: Any) -> Drawn:
    return Drawn(sheet(*records, findings=findings, **options))


def sheet(*records: dict[str, Any], findings: tuple[dict[str, Any], ...] = (), link: str | None = None) -> Sheet:
    panels = panels_of(results_of(records, findings))
    return draw_forest(panels, legend=Legend("PFS", "What reviews report.", link=link))


def test_an_interval_has_whiskers_from_bound_to_bound() -> None:
    record = flat()
    scale = Scale.over([0.7], [0.5, 0.95], reference=1.0, log=True, left=LEFT, right=RIGHT)
    lines = draw(record).lines(record)
    level = [line for line in lines if line[1] == line[3]]
    assert [(round(x0, 1), round(x1, 1)) for x0, _, x1, _ in level] == [
        (round(scale.place(0.5) * POINTS, 1), round(scale.place(0.95) * POINTS, 1))
    ]
    assert len(lines) == 3, "a line and two ends"


def test_without_a_printed_interval_there_are_no_whiskers() -> None:
    record = flat(ci=None, ci_level=None, p="<0.001")
    assert draw(record).lines(record) == []


def test_an_open_bound_reaches_the_end_of_the_axis_in_an_arrow() -> None:
    record = median(ci=[5.6, None], ci_level=95, value=8.5)
    (line,) = [line for line in draw(record).lines(record) if line[1] == line[3]]
    assert line[2] == pytest.approx(RIGHT * POINTS, abs=0.01)
    assert draw(record).of(record).words[-2:] == ["8.5 [5.6 to not reached]", "review p. 2"]


def test_a_bound_out_of_all_proportion_does_not_flatten_the_others() -> None:
    wide = flat(value=0.001, value_text="0.001", ci=[0, 0.04])
    scale = Scale.over([0.001, 0.7], [0.5, 0.95, 1e9, 0.0], reference=1.0, log=True, left=0, right=1)
    assert scale.high < 100
    assert scale.place(0) == 0
    drawn = draw(wide, flat())
    (line,) = [line for line in drawn.lines(wide) if line[1] == line[3]]
    assert line[0] == pytest.approx(LEFT * POINTS, abs=0.01)


def test_a_ratio_of_zero_has_no_place_on_a_log_axis_and_says_so() -> None:
    record = flat(value=0, value_text="0.00", ci=[0, 0.04])
    assert "off the axis" in draw(record, flat()).of(record).words


def test_not_reached_is_shown() -> None:
    record = median(value=None, value_text="not reached", status="not reached", ci=None)
    assert "not reached" in draw(record, median()).of(record).words


def test_what_was_not_reported_is_not_drawn() -> None:
    silent = median(value=None, value_text="-", status="not reported")
    p_alone = flat(statistic="p", value=None, value_text="", ci=None, unit=None)
    assert panels_of(results_of([silent, p_alone], [])) == []


def test_statistics_and_units_have_panels_of_their_own_and_comparisons_come_first() -> None:
    records = [median(), median(unit="weeks"), flat(), flat(statistic="OR"), flat(statistic="difference", unit="%")]
    panels = panels_of(results_of(records, []))
    assert [panel.title for panel in panels] == [
        "hazard ratio", "odds ratio", "difference, %", "median, months", "median, weeks",
    ]  # fmt: skip
    assert [(panel.log, panel.reference) for panel in panels[:3]] == [(True, 1.0), (True, 1.0), (False, 0.0)]


def test_studies_stand_in_the_order_of_their_values_or_names() -> None:
    records = [flat(study="C", value=0.9), flat(study="B", value=0.3), flat(study="A", value=0.5)]
    results = results_of(records, [])
    assert [block.study for block in panels_of(results)[0].blocks] == ["B", "A", "C"]
    assert [block.study for block in panels_of(results, order="study")[0].blocks] == ["A", "B", "C"]


def test_rows_show_arms_and_their_study_once() -> None:
    words = draw(median(arm="a"), median(arm="b", value=5.0)).words
    assert words.count("HORIZON") == 1
    assert {"a", "b"} <= set(words)


def test_findings_are_numbered_and_told_below() -> None:
    first, second = flat(), flat(value=0.8, study="OTHER")
    same = "the interval implies another P"
    drawn = draw(
        first, second, findings=(finding(first["record_id"]), finding(first["record_id"], message=same),
        finding(second["record_id"], severity="warning", study="OTHER")),
    )  # fmt: skip
    assert drawn.words.count("1") == 1 + 1, "in the row, and as a tick of the axis"
    assert f"1 HORIZON: {same}" in drawn.words
    assert f"2 OTHER: {same}" in drawn.words
    assert any(ERROR in style for style in drawn.of(first).styles)
    assert any(WARNING in style for style in drawn.of(second).styles)
    assert not any(ERROR in style for style in drawn.of(second).styles)


def test_review_state_is_seen() -> None:
    sure, unsure, seen = flat(), flat(value=0.6, needs_review=True), flat(value=0.5, needs_review=True, review=review())
    drawn = draw(sure, unsure, seen)
    filled = [any(f"fill: {MARK}" in style for style in drawn.of(r).styles) for r in (sure, unsure, seen)]
    assert filled == [True, False, True]
    assert any(f"fill: {PAPER}" in style for style in drawn.of(unsure).styles)
    assert ["✓" in drawn.of(r).words for r in (sure, unsure, seen)] == [False, False, True]


def test_a_row_is_named_by_its_record_and_may_be_a_link() -> None:
    record = flat()
    assert draw(record).of(record).link is None
    drawn = draw(record, link="https://example.org/records/")
    assert drawn.of(record).link == f"https://example.org/records/{record['record_id']}"
    assert record["sentence"] in drawn.of(record).tip


def test_a_row_answers_a_pointer_anywhere() -> None:
    record = flat()
    row = draw(record).of(record)
    shapes = [path.get("d").split() for path in row.element.iter(f"{SVG}path")]
    widths = [max(map(float, d[1::3])) - min(map(float, d[1::3])) for d in shapes if d[-1] == "z" and "C" not in d]
    assert row.element.get("pointer-events") == "all"
    assert max(widths) > 0.9 * 10.4 * POINTS


def test_long_names_wrap_and_more_studies_make_it_higher() -> None:
    name = "A randomised placebo-controlled study of everything in everybody that nobody has heard of until now"
    long, short = sheet(flat(study=name)), sheet(flat())
    assert long.height > short.height
    assert name not in Drawn(long).words
    many = sheet(*(flat(study=f"S{i}", value=0.5 + i / 1000) for i in range(120)))
    assert many.height > 120 * 0.3
    assert many.render("png").startswith(b"\x89PNG")


def test_a_panel_has_an_end_and_says_so() -> None:
    bare = [flat(study=f"S{i}", ci=None, value=0.1 + i / 1000) for i in range(MOST_RESULTS)]
    (panel,) = panels_of(results_of([*bare, flat(study="WITH", value=0.9)], []))
    assert (len(panel.results), panel.left_out) == (MOST_RESULTS, 1)
    assert "WITH" in {block.study for block in panel.blocks}, "an interval says more than a value"
    assert any(word.startswith("and 1 more") for word in Drawn(draw_forest([panel], legend=Legend("", ""))).words)


@pytest.mark.parametrize("low", [0.001, 0.2, 0.62, 0.95, 3.0])
@pytest.mark.parametrize("times", [1.02, 1.5, 10, 5000])
def test_an_axis_has_ticks_that_do_not_crowd(low: float, times: float) -> None:
    for log in (True, False):
        scale = Scale(low, low * times, log, 0, 1)
        ticks = scale.ticks()
        assert len(ticks) <= 7
        assert all(scale.holds(tick) for tick in ticks)
        if times >= 1.5:
            assert ticks
