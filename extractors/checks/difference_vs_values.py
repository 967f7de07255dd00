"""Printed differences with the two values of their sentence in; findings on differences that are not theirs out.

Method: subtraction over what rounding hides of all three numbers. A difference in percent may be one of percentage
points or relative to either value; of two changes, one up and one down in words, the difference is the sum. A
difference of means is often adjusted by a model: one that misses is uncheckable.
"""

import re
from decimal import Decimal

from extractors.checks.case import Case, Findings
from extractors.checks.sizes import fold
from extractors.checks.wording import spell_value
from schemas.evidence import Comparison, Estimate
from schemas.finding import Finding
from schemas.number import Number
from schemas.record import Record

Value = tuple[Record, Estimate, Number]
ROSE = re.compile(r"\b(?:rose|rise|risen|increas\w*|gain\w*|grew|higher)\b", re.IGNORECASE)
FELL = re.compile(r"\b(?:fell|fall\w*|decreas\w*|reduc\w*|drop\w*|declin\w*|lower\w*|los[st]\w*)\b", re.IGNORECASE)


def check_difference_against_values(case: Case) -> Findings:
    """One finding for each difference whose sentence prints both values, and no third of that outcome."""
    for record, fact in case.comparisons:
        if fact.statistic == "difference" and fact.value is not None:
            values = _values(case, record, fact)
            if values is not None:
                finding = _judge(case, record, fact, fact.value, *values)
                if finding is not None:
                    yield finding


def _values(case: Case, record: Record, fact: Comparison) -> tuple[Value, Value] | None:
    """The two values of the difference's own outcome and population in its sentence; None where not just two are."""
    if record.provenance.source != "text":
        return None
    found: list[Value] = [
        (other, other.fact, other.fact.value)
        for other in case.by_sentence.get(record.provenance.sentence_id, [])
        if isinstance(other.fact, Estimate) and other.fact.value is not None
        if _summed_up(other.fact) and _same_outcome(fact, other.fact)
    ]
    if len(found) != 2 or found[0][1].unit != found[1][1].unit or found[0][1].statistic != found[1][1].statistic:
        return None
    return found[0], found[1]


def _summed_up(fact: Estimate) -> bool:
    """Whether a value is one that a difference is taken of; a change in per cent often does not say how."""
    return fact.statistic in ("median", "mean", "rate") or (fact.statistic == "other" and fact.unit == "%")


def _same_outcome(fact: Comparison, other: Estimate) -> bool:
    mine, theirs = fact.outcome, other.outcome
    return (fold(fact.group.study.name), fold(mine.endpoint), mine.site, fold(fact.group.population)) == (
        fold(other.group.study.name),
        fold(theirs.endpoint),
        theirs.site,
        fold(other.group.population),
    ) and mine.timepoint in (None, theirs.timepoint)


def _judge(case: Case, record: Record, fact: Comparison, value: Number, one: Value, other: Value) -> Finding | None:
    a, b = one[2], other[2]
    low, high = _apart(a, b)
    ranges = [(low, high)] if fact.unit in (one[1].unit, "percentage points") else []
    if fact.unit == "%":
        ranges += [(100 * low / base.highest, 100 * high / base.lowest) for base in (a, b) if base.lowest > 0]
    if not ranges:
        return None
    half = value.half_unit
    opposite = (a.value + b.value - a.half_unit - b.half_unit, a.value + b.value + a.half_unit + b.half_unit)
    sentence = record.provenance.sentence
    if ROSE.search(sentence) and FELL.search(sentence) and a.value * b.value > 0:
        ranges.append(opposite)  # "fell by 40% and rose by 8%": the words hold the signs
    fitting = any(low <= abs(value.value) + half and abs(value.value) - half <= high for low, high in ranges)
    records = [record, one[0], other[0]]
    amount = f"{abs(a.value - b.value)}"
    printed, said = f"{spell_value(fact)}", f"{spell_value(one[1])} and {spell_value(other[1])} are {amount} apart"
    if fitting:
        return case.state(
            "difference_vs_values",
            "consistent",
            records,
            about=value,
            message=f"{said}; printed {value.raw}.",
            printed=printed,
            expected=amount,
        )
    if one[1].statistic == "mean":
        return case.state(
            "difference_vs_values",
            "uncheckable",
            records,
            about=value,
            printed=printed,
            expected=amount,
            message=f"{said}; printed {value.raw}. An adjusted difference need not be that of the means.",
        )
    return case.state(
        "difference_vs_values",
        "inconsistent",
        records,
        about=value,
        message=f"{said}; printed {value.raw}.",
        printed=printed,
        expected=amount,
        severity="warning",
    )


def _apart(a: Number, b: Number) -> tuple[Decimal, Decimal]:
    """The least and the greatest distance of two numbers, by what rounding hides."""
    hidden = a.half_unit + b.half_unit
    distance = abs(a.value - b.value)
    return max(distance - hidden, Decimal(0)), distance + hidden
