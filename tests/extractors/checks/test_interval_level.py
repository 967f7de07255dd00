"""Intervals called CI without a level."""

from extractors.checks.case import Case
from extractors.checks.interval_level import MANY, check_interval_level
from schemas.finding import Finding
from schemas.record import Record
from tests.extractors.checks.making import comparison, document


def findings(*records: Record) -> list[Finding]:
    return list(check_interval_level(Case(records, document())))


def test_a_bare_ci() -> None:
    (finding,) = findings(comparison("HR", "0.80", ci="CI 0.65-0.98"))
    assert (finding.verdict, finding.severity, finding.value) == ("inconsistent", "note", 0.8)


def test_a_level_is_printed() -> None:
    assert findings(comparison("HR", "0.80", ci="95% CI 0.65-0.98")) == []


def test_numbers_that_nobody_called_an_interval() -> None:
    assert findings(comparison("HR", "0.80", ci="0.65-0.98")) == []


def test_a_level_elsewhere_in_the_sentence_covers_it() -> None:
    sentence = "HR 0.70 (95% CI, 0.5-0.9) and 0.80 (CI 0.65-0.98)"
    assert findings(comparison("HR", "0.80", ci="CI 0.65-0.98", sentence=sentence)) == []


def test_a_documents_style_is_one_finding() -> None:
    bare = [comparison("HR", "0.80", ci="CI 0.65-0.98") for _ in range(MANY)]
    (finding,) = findings(*bare, comparison("HR", "0.80", ci="95% CI 0.65-0.98"))
    assert finding.record_ids == tuple(record.record_id for record in bare)
    assert len(findings(*bare[1:])) == MANY - 1
