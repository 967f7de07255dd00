"""Records of one document in, findings out: whether the printed numbers agree with each other."""

from collections.abc import Sequence

from extractors.checks.agreement import check_agreement
from extractors.checks.case import Case, Family, position
from extractors.checks.citation import check_citations
from extractors.checks.claim_vs_p import check_claim_against_p
from extractors.checks.coverage import check_coverage
from extractors.checks.difference_vs_values import check_difference_against_values
from extractors.checks.direction import check_direction
from extractors.checks.interval_contains_value import check_interval_holds_value
from extractors.checks.interval_level import check_interval_level
from extractors.checks.interval_vs_count import check_interval_against_count
from extractors.checks.interval_vs_p import check_interval_against_p
from extractors.checks.interval_width import check_interval_width
from extractors.checks.label_conflict import check_labels
from extractors.checks.ordering import check_ordering
from extractors.checks.percent_vs_count import check_percent_against_count
from extractors.checks.plausibility import check_plausibility
from extractors.checks.printed_form import check_printed_form
from extractors.checks.sum_of_parts import check_sum_of_parts
from schemas.document import Document
from schemas.finding import Finding
from schemas.lexicon import Lexicon
from schemas.record import Coverage, Record

__all__ = ["FAMILIES", "judge"]

FAMILIES: tuple[Family, ...] = (
    check_plausibility,
    check_printed_form,
    check_percent_against_count,
    check_interval_holds_value,
    check_interval_level,
    check_interval_width,
    check_interval_against_count,
    check_interval_against_p,
    check_claim_against_p,
    check_direction,
    check_difference_against_values,
    check_sum_of_parts,
    check_ordering,
    check_agreement,
    check_labels,
    check_citations,
    check_coverage,
)


def judge(
    records: Sequence[Record],
    document: Document,
    *,
    lexicon: Lexicon | None = None,
    coverage: Coverage | None = None,
) -> tuple[Finding, ...]:
    """All findings on one document's records, in the order of the numbers they are about, then of the families.

    Findings without records come last; those on the same records and value with the same check are given once. The
    order of `records` decides nothing.
    """
    case = Case(sorted(records, key=lambda record: (position(record), record.record_id)), document, lexicon, coverage)
    place = {record.record_id: position(record) for record in records}
    findings: dict[str, tuple[int, int, Finding]] = {}
    for order, family in enumerate(FAMILIES):
        for finding in family(case):
            first = place[finding.record_ids[0]] if finding.record_ids else len(document.text)
            findings.setdefault(finding.finding_id, (first, order, finding))
    ranked = sorted(findings.values(), key=lambda entry: (entry[0], entry[1], entry[2].finding_id))
    return tuple(finding for _, _, finding in ranked)
