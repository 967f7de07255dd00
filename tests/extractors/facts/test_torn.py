"""A table that came in as run-on lines: rows by their studies, outcomes in the order of the head."""

from tests.extractors.facts.reading import read

TABLE = """The trials are listed below (Table 1).

Table 1. Trials of adjuvant tablets in the resected disease of the lung, as far as their results are known today.
Trial
(Phase)
Treatment DFS OS
HARBOR-1
(III)
gefitinib vs. placebo
30.8 vs. 19.8 months
(HR 0.56, 95% CI
0.40-0.79, p = 0.001)
75.5 vs. 62.8 months
(HR 0.92, 95% CI
0.62-1.36, p = 0.674)
LINNET-2
(III)
erlotinib vs. placebo
50.5 vs. 48.2 months
(HR 0.90, 95% CI
0.74-1.10, p = 0.324)
Not reached
(HR 1.13, 95% CI
0.88-1.45, p = 0.335)
"""


def found() -> set[tuple[object, ...]]:
    """Study, endpoint, statistic, value, arm and comparator of every result read."""
    rows = [r for r in read(TABLE).flat if r["kind"] != "cohort"]
    return {(r["study"], r["endpoint"], r["statistic"], r["value"], r["arm"], r["comparator"]) for r in rows}


def test_the_numbers_of_a_row_go_to_the_outcomes_of_the_head_in_order() -> None:
    assert {
        ("HARBOR-1", "DFS", "median", 30.8, "gefitinib", None),
        ("HARBOR-1", "DFS", "median", 19.8, "placebo", None),
        ("HARBOR-1", "DFS", "HR", 0.56, "gefitinib", "placebo"),
        ("HARBOR-1", "OS", "median", 75.5, "gefitinib", None),
        ("HARBOR-1", "OS", "HR", 0.92, "gefitinib", "placebo"),
        ("LINNET-2", "DFS", "median", 50.5, "erlotinib", None),
        ("LINNET-2", "OS", "HR", 1.13, "erlotinib", "placebo"),
    } <= found()


def test_each_asks_for_a_look() -> None:
    torn = [r for r in read(TABLE).flat if r["kind"] != "cohort"]
    assert torn
    assert all("torn_table" in r["flags"] and r["needs_review"] for r in torn)


def test_a_torn_table_without_studies_is_read_as_words() -> None:
    nameless = TABLE.replace("HARBOR-1", "Early").replace("LINNET-2", "Late").replace("(III)", "group")
    assert {r["study"] for r in read(nameless).flat} <= {"this review", "this study", "ref 1"}
