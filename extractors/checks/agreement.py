"""Results of one study in; findings on one result printed with different numbers in two places out.

Method: results of one study, group, endpoint, site, statistic and time are one where all but one of their printed
numbers (value, bounds, p-value) are the same and they cite the same work, or where a table or the abstract prints a
number that differs in one digit, or in the order of two, from the only one of the text and stands nowhere else in the
document for that study. Greater differences are left open: a later analysis of the study would make them.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.checks.case import Case, Findings
from extractors.checks.places import Result, results_by_study
from extractors.checks.share import approximate
from extractors.checks.wald import printed_range
from extractors.checks.wording import spell_interval, spell_p, spell_value
from schemas.finding import Finding, Severity, Verdict
from schemas.number import Number, PValue

DIGITS = 3
"""So many digits a number must have before one changed digit is likelier a slip than another result."""


def check_agreement(case: Case) -> Findings:
    """One finding for each pair of results that must be one, and agree or do not."""
    for results in results_by_study(case).values():
        for one, other in combinations(results, 2):
            if (
                one.place != other.place
                and (one.label, one.measure) == (other.label, other.measure)
                and _same_group(one, other)
            ):
                yield from _compare(case, one, other, results)


def _compare(case: Case, one: Result, other: Result, results: Sequence[Result]) -> Iterator[Finding]:
    if not _rounded(one.value, other.value):
        if _bounds_agree(one, other) and _same_work(one, other):
            yield _state(case, one, other, severity="error")
        elif _slip(case, one, other, results):
            yield _state(case, one, other, severity="warning")
        return
    if one.fact.p is not None and other.fact.p is not None and not _p_agree(one.fact.p, other.fact.p):
        if _bounds_agree(one, other) or (one.value.raw == other.value.raw and not any(one.interval + other.interval)):
            yield _state(case, one, other, severity="warning")
    elif _summary(case, one) != _summary(case, other) and _one_bound_off(one, other) and _same_work(one, other):
        yield _state(case, one, other, severity="warning")
    elif _summary(case, one) != _summary(case, other):
        yield _state(case, one, other, severity="note")


def _same_group(one: Result, other: Result) -> bool:
    """Whether two results are of one group; the arms may be unknown where value and interval are the same."""
    if one.group == other.group:
        return True
    return one.group[0] == other.group[0] and one.value.raw == other.value.raw and _bounds_agree(one, other)


def _state(case: Case, one: Result, other: Result, *, severity: Severity) -> Finding:
    verdict: Verdict = "consistent" if severity == "note" else "inconsistent"
    first, second = _spell(one), _spell(other)
    where = [result.spell_place() for result in (one, other)]
    if where[0] == where[1]:
        where = ["one place", "another"]
    message = (
        f"{one.spell_label()} is {first} in {where[0]} and in {where[1]}."
        if severity == "note"
        else f"{one.spell_label()} is {first} in {where[0]}, {second} in {where[1]}."
    )
    return case.state(
        "agreement",
        verdict,
        [one.record, other.record],
        about=one.value,
        printed=first,
        expected=second,
        message=message,
        severity=severity,
    )


def _spell(result: Result) -> str:
    fact = result.fact
    parts = [spell_value(fact)]
    if fact.interval is not None:
        parts.append(spell_interval(fact.interval))
    if fact.p is not None:
        parts.append(spell_p(fact.p))
    return ", ".join(parts)


def _rounded(one: Number, other: Number) -> bool:
    """Whether two numbers may be one, printed with different decimals."""
    if one.decimals == other.decimals:
        return one.value == other.value
    return one.lowest <= other.highest and other.lowest <= one.highest


def _bounds_agree(one: Result, other: Result) -> bool:
    return all(one.interval) and one.interval == other.interval


def _one_bound_off(one: Result, other: Result) -> bool:
    """Whether both intervals are closed and differ in one bound, beyond rounding."""
    if not all(one.interval + other.interval) or one.fact.interval is None or other.fact.interval is None:
        return False
    mine, theirs = one.fact.interval, other.fact.interval
    pairs = [(mine.low, theirs.low), (mine.high, theirs.high)]
    off = [a is not None and b is not None and not _rounded(a, b) for a, b in pairs]
    same = [a is not None and b is not None and a.value == b.value for a, b in pairs]
    return any(off) and any(same)


def _p_agree(one: PValue, other: PValue) -> bool:
    """Whether two printed p-values can be one."""
    first, second = printed_range(one), printed_range(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def _same_work(one: Result, other: Result) -> bool:
    """Whether two results cite a work in common, or one of them cites none."""
    mine, theirs = (set(result.record.provenance.refs) for result in (one, other))
    return not mine or not theirs or bool(mine & theirs)


def _summary(case: Case, result: Result) -> bool:
    """Whether a result stands where a review repeats what its text says: a table, the abstract."""
    sentence = case.sentence(result.record)
    return result.record.provenance.source != "text" or (sentence is not None and sentence.role == "abstract")


def _slip(case: Case, one: Result, other: Result, results: Sequence[Result]) -> bool:
    """Whether one number is the other with a digit changed or two exchanged, and each stands in one place only."""
    if _summary(case, one) == _summary(case, other) or any(approximate(case, r.record) for r in (one, other)):
        return False
    if not _near(one.value.raw, other.value.raw) or not _same_work(one, other):
        return False
    alike = [r for r in results if (r.label, r.group, r.measure) == (one.label, one.group, one.measure)]
    everywhere = [r.value.value for r in results]
    return len(alike) == 2 and all(everywhere.count(result.value.value) == 1 for result in (one, other))


def _near(one: str, other: str) -> bool:
    """Whether two printed numbers of equal length differ in one digit or in the order of two neighbours."""
    if len(one) != len(other) or sum(c.isdigit() for c in one) < DIGITS:
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return one[places[0]].isdigit() and other[places[0]].isdigit()
    return len(places) == 2 and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
