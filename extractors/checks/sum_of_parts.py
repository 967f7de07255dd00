"""Records of one study in; findings on parts that do not add up to their whole out.

Method: addition. Complete and partial responders make up the responders, with stable disease those with disease control
(RECIST 1.1); the four best responses never exceed all patients; randomised groups make up the study.
Each printed number may be off by half its last digit, so a sum of rounded parts may be off by as many halves.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractors.checks.case import Case, Findings
from extractors.checks.sizes import Sizes, fold
from schemas.evidence import Estimate
from schemas.finding import Finding, Severity, Verdict
from schemas.number import Number
from schemas.record import Record

Part = tuple[Record, Estimate, Number]
SUMS = [(("CR", "PR"), "ORR"), (("CR", "PR", "SD"), "DCR"), (("ORR", "SD"), "DCR")]
SMALLEST = 20
"""No arm is smaller than that part of its study."""
BEST_RESPONSES = ("CR", "PR", "SD", "PD")


def check_sum_of_parts(case: Case) -> Findings:
    """One finding for each sum whose parts and whole are printed in one sentence, or in one row of a table."""
    for parts in _responses(case):
        yield from _of_responses(case, parts)
    yield from _of_arms(case)


def _responses(case: Case) -> Iterator[dict[str, Part]]:
    """Response rates of one group in one place by endpoint, where each endpoint has one value."""
    places: dict[tuple[str, ...], dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for record, fact in case.estimates:
        if fact.statistic == "rate" and fact.unit == "%" and fact.value is not None:
            group, place = fact.group, record.provenance
            where = place.sentence_id if place.source == "text" else f"{place.source} {place.page}"
            names = (group.study.name, group.population, group.arm, fact.outcome.site, fact.outcome.timepoint)
            places[(where, *map(fold, names))][fact.outcome.endpoint].append((record, fact, fact.value))
    for found in places.values():
        yield {endpoint: parts[0] for endpoint, parts in found.items() if len({p[2].value for p in parts}) == 1}


def _of_responses(case: Case, parts: dict[str, Part]) -> Iterator[Finding]:
    for names, total in SUMS:
        if total in parts and all(name in parts for name in names):
            members = [parts[name] for name in names]
            low = sum((value.lowest for _, _, value in members), Decimal(0))
            high = sum((value.highest for _, _, value in members), Decimal(0))
            target = parts[total][2]
            fits = low <= target.highest and target.lowest <= high
            # stable disease may have to last for months to count as disease control: a greater sum says nothing
            if not fits and "SD" in names and low > target.highest:
                continue
            yield _state(case, [parts[total], *members], names, total, fits=fits)
    if all(name in parts for name in BEST_RESPONSES):
        members = [parts[name] for name in BEST_RESPONSES]
        low = sum((value.lowest for _, _, value in members), Decimal(0))
        if low > 100:
            yield _state(case, members, BEST_RESPONSES, "all patients", fits=False)


def _state(case: Case, members: list[Part], names: tuple[str, ...], total: str, *, fits: bool) -> Finding:
    values = [value for _, _, value in members[-len(names) :]]
    amount = sum((value.value for value in values), Decimal(0))
    whole_value = members[0][2].value if len(members) > len(names) else Decimal(100)
    spelled = " + ".join(f"{name} {value.value}%" for name, value in zip(names, values, strict=True))
    message = f"{spelled} is {amount}%; {total} is {'' if fits else 'printed as '}{whole_value}%."
    verdict: Verdict = "consistent" if fits else "inconsistent"
    severity: Severity = "note" if fits else "warning"
    return case.state(
        "sum_of_parts",
        verdict,
        [record for record, _, _ in members],
        about=members[0][2],
        message=message,
        printed=f"{whole_value}%",
        expected=f"{amount}%",
        severity=severity,
        aspect=total,
    )


def _of_arms(case: Case) -> Iterator[Finding]:
    """The arms of a study that one sentence sizes together with their whole."""
    sizes = Sizes(case)
    for records in case.by_sentence.values():
        cohorts = [size for r in records for size in sizes.of_study(r.fact.group) if size.record is r]
        for population, study in sorted({(s.population, fold(s.record.fact.group.study.name)) for s in cohorts}):
            group = [s for s in cohorts if s.population == population and fold(s.record.fact.group.study.name) == study]
            wholes = [s for s in group if not s.arm]
            arms = {s.arm: s for s in group if s.arm}
            if len({s.n for s in wholes}) != 1 or len(arms) < 2 or len(wholes) + len(arms) < len(group):
                continue
            if min(s.n for s in arms.values()) * SMALLEST < wholes[0].n:
                continue  # "one of them" is no arm
            total, amount = wholes[0], sum(s.n for s in arms.values())
            complete = sizes.arms(total.record.fact.group) <= set(arms)
            if amount < total.n and not complete:
                continue
            fits = amount == total.n
            spelled = " + ".join(str(s.n) for s in arms.values())
            yield case.state(
                "sum_of_parts",
                "consistent" if fits else "inconsistent",
                [total.record, *(s.record for s in arms.values())],
                about=total.record.fact.n,
                printed=str(total.n),
                expected=str(amount),
                aspect="arms",
                message=f"{spelled} patients in the arms are {amount}; {total.n} are printed for all.",
                severity="note" if fits else "warning",
            )
