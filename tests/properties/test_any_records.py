"""Whatever numbers a document prints, the checks answer: no error, known ids, three verdicts, the same twice."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.checks import judge
from schemas.evidence import Cohort, Comparison, Estimate, Group, Outcome, Study
from schemas.number import Interval, Number, PValue
from schemas.record import Record
from tests.extractors.checks.making import document, record


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    digits = draw(st.integers(0, 4))
    value = draw(st.decimals(-1500, 1500, places=digits) | st.sampled_from([Decimal(0), Decimal(1), Decimal(100)]))
    return Number(raw=f"{value}", value=value, decimals=digits)


LEVELS = st.sampled_from([None, Decimal(95), Decimal("99.5"), Decimal(0), Decimal(100), Decimal(-3), Decimal(950)])
INTERVALS = st.builds(
    Interval,
    raw=st.sampled_from(["", "95% CI", "CI 3-4", "4.5-6.1%", "3 to 4 months"]),
    low=st.none() | numbers(),
    high=st.none() | numbers(),
    level=LEVELS,
    kind=st.sampled_from(["confidence", "credible", "range", "quartiles"]),
)
P_VALUES = st.builds(
    PValue,
    raw=st.just("P"),
    operator=st.sampled_from(["=", "<", ">", "<=", ">=", "~"]),
    number=numbers(),
    qualifier=st.sampled_from(["", "", "trend"]),
)
GROUPS = st.builds(
    Group,
    study=st.builds(Study, name=st.sampled_from(["A", "B"]), study_type=st.sampled_from([None, "meta-analysis"])),
    population=st.sampled_from(["", "elderly", "screened"]),
    arm=st.sampled_from([None, "a", "b"]),
)
ENDPOINTS = st.sampled_from(["ORR", "CR", "PR", "SD", "PD", "DCR", "CBR", "AE", "PFS", "OS", "stroke", ""])
OUTCOMES = st.builds(Outcome, endpoint=ENDPOINTS, timepoint=st.sampled_from([None, "1 year", "0 months", "6 weeks"]))
STATISTICS = st.sampled_from(["median", "mean", "rate", "count", "HR", "OR", "RR", "difference", "p", "other"])
UNITS = st.sampled_from(["%", "months", "ratio", "patients", "mL"])
SENTENCE = "Drug A significantly extended PFS and reduced the risk of death (8.4 vs 11 months), n=50% of all."
COHORTS = st.builds(Cohort, group=GROUPS, n=st.none() | numbers(), percent=st.none() | numbers(), unit=UNITS)
SHARED: dict[str, Any] = {
    "group": GROUPS,
    "outcome": OUTCOMES,
    "statistic": STATISTICS,
    "value": st.none() | numbers(),
    "unit": UNITS,
    "interval": st.none() | INTERVALS,
    "p": st.none() | P_VALUES,
    "n": st.none() | numbers(),
}
ESTIMATES = st.builds(Estimate, **SHARED, events=st.none() | numbers(), percent=st.none() | numbers())
COMPARISONS = st.builds(Comparison, **SHARED, comparator=st.sampled_from([None, "a", "b"]))


@st.composite
def cases(draw: st.DrawFn) -> list[Record]:
    facts = draw(st.lists(COHORTS | ESTIMATES | COMPARISONS, max_size=8))
    starts = draw(st.permutations(range(len(SENTENCE))))
    return [
        record(
            fact,
            start=start,
            sentence_id=draw(st.sampled_from(["s0", "s0", "s1"])),
            source=draw(st.sampled_from(["text", "text", "table 1"])),
            sentence=SENTENCE,
        )
        for fact, start in zip(facts, starts, strict=False)
    ]


@given(records=cases())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_checks_answer_for_any_records(records: list[Record]) -> None:
    findings = judge(records, document(SENTENCE))
    known = {record.record_id for record in records}
    assert len({finding.finding_id for finding in findings}) == len(findings)
    for finding in findings:
        assert set(finding.record_ids) <= known
        assert finding.message
        assert finding.check != "coverage"
    assert judge(list(reversed(records)), document(SENTENCE)) == findings
