"""What the checks say of numbers that look like results and are in no record."""

from extractors.checks import judge
from schemas.record import Coverage, Leftover
from tests.extractors.facts.reading import Read, read

KNOWN = "In the HARBOR-1 trial, median PFS was 8.1 months with osimertinib."
UNKNOWN = "Survival was longer in 40 patients (HR 0.70, 95% CI 0.50–0.90)."


def told(result: Read, *, coverage: Coverage | None) -> list[tuple[str, str, str, str]]:
    findings = judge(result.records, result.document, coverage=coverage)
    return [(f.verdict, f.severity, f.printed, f.message) for f in findings if f.check == "coverage"]


def test_a_section_with_results_not_understood_is_told_once() -> None:
    result = read(f"{KNOWN}\n\n# Later work\n\n{UNKNOWN}")
    (finding,) = told(result, coverage=result.coverage)
    assert finding[:3] == ("uncheckable", "note", '"Later work"')
    assert finding[3] == (
        '3 numbers look like results in "Later work", in no record: 40 patients, 0.70, 95% CI 0.50–0.90.'
    )


def test_a_document_of_results_without_a_record_is_an_error() -> None:
    result = read(UNKNOWN)
    assert result.records == ()
    (whole, _) = sorted(told(result, coverage=result.coverage), key=lambda finding: finding[1])
    assert whole[:3] == ("uncheckable", "error", "")
    assert "though 3 numbers look like results" in whole[3]


def test_a_number_with_a_reason_is_not_told() -> None:
    result = read(f"{KNOWN} It began in 2014.")
    assert told(result, coverage=result.coverage) == []
    assert told(result, coverage=None) == []


def test_a_table_is_told_by_its_number() -> None:
    result = read(KNOWN)
    left = Leftover(span=result.records[0].provenance.quote.span, text="0.7", sentence_id="table-3", result=True)
    (finding,) = told(result, coverage=Coverage(numbers=1, explained=0, leftovers=(left,)))
    assert finding[2:] == ("table 3", "One number looks like a result in table 3, in no record: 0.7.")
