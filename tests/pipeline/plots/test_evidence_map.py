"""Evidence maps: what a field says, which endpoints have a column."""

import pytest

from pipeline.plots import draw_map, results_of
from pipeline.plots.evidence_map import LEVELS, MOST_ENDPOINTS, MOST_STUDIES, OTHERS, level_of
from pipeline.plots.ink import ERROR
from tests.pipeline.plots.drawn import Drawn
from tests.pipeline.plots.making import finding, flat, median


@pytest.mark.parametrize(
    ("record", "level"),
    [
        (flat(), "a comparison with its interval"),
        (flat(ci=None), "a comparison between groups"),
        (flat(statistic="p", value=None, ci=None, unit=None), "a comparison between groups"),
        (median(ci=[1, None]), "a value in a group with its interval"),
        (median(), "a value in a group"),
        (median(value=0, value_text="0"), "a value in a group"),
        (median(value=None, status="not reached"), "said without a number (not reached, ...)"),
    ],
)
def test_what_is_reported_fills_a_field(record: dict[str, object], level: str) -> None:
    (result,) = results_of([record], [])
    assert LEVELS[level_of(result)][1] == level


def test_a_field_counts_results_and_takes_the_darkest() -> None:
    records = [median(), median(arm="c", value=5), flat(), flat(study="B", endpoint="OS")]
    drawn = Drawn(draw_map(results_of(records, []), title="Map", subtitle="All."))
    fields = {mark.tip.split(":")[0]: mark for mark in drawn.marks.values()}
    assert set(fields) == {"HORIZON, PFS", "B, OS"}
    assert fields["HORIZON, PFS"].words == ["3"]
    assert any(LEVELS[5][0] in style for style in fields["HORIZON, PFS"].styles)
    assert records[0]["sentence"] in fields["HORIZON, PFS"].tip


def test_a_disputed_field_has_its_corner() -> None:
    record = flat()
    drawn = Drawn(
        draw_map(results_of([record, flat(study="B")], [finding(record["record_id"])]), title="", subtitle="")
    )
    marked = [mark.tip.split(",")[0] for mark in drawn.marks.values() if any(ERROR in style for style in mark.styles)]
    assert marked == ["HORIZON"]


def test_sites_have_columns_of_their_own() -> None:
    words = Drawn(draw_map(results_of([flat(), flat(site="intracranial")], []), title="", subtitle="")).words
    assert {"PFS", "PFS, intracranial"} <= set(words)


def test_a_map_has_an_end_and_says_so() -> None:
    records = [flat(study=f"S{i}") for i in range(MOST_STUDIES + 1)] + [flat(study="S0", endpoint="OS")]
    sheet = draw_map(results_of(records, []), title="", subtitle="All.")
    words = Drawn(sheet).words
    assert {"S0", f"S{MOST_STUDIES - 1}"} <= set(words)
    assert f"S{MOST_STUDIES}" not in words
    assert f"Shown are the {MOST_STUDIES} studies with most results" in sheet.description


def test_rare_endpoints_share_a_column() -> None:
    records = [flat(endpoint=f"E{i}") for i in range(MOST_ENDPOINTS + 5)] + [flat(study="B", endpoint="E30")]
    words = Drawn(draw_map(results_of(records, []), title="", subtitle="")).words
    assert OTHERS in words
    assert "E30" in words, "what two studies report comes before what one does"
    assert sum(word.startswith("E") and word[1:].isdigit() for word in words) == MOST_ENDPOINTS - 1
    few = Drawn(draw_map(results_of(records[:MOST_ENDPOINTS], []), title="", subtitle="")).words
    assert OTHERS not in few
