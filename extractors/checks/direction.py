"""Sentences that say which way a result goes in; findings on printed orders and ratios that say the opposite out.

Method: the meaning of the words. "A extended PFS (x vs y)" prints A's value first, so x is the greater; a hazard ratio
below 1 means fewer events in the group named first, hence the longer median; "reduced the risk" means a ratio below 1.
Reviews turn groups round, so these are warnings; orders after a leading "compared with ..., " are left alone.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.checks.case import Case, Findings, position
from extractors.checks.claims import divided, moves_of
from extractors.checks.sizes import fold
from extractors.checks.wording import spell_interval, spell_value
from schemas.document import Sentence
from schemas.evidence import Comparison, Estimate
from schemas.finding import Finding
from schemas.number import Number
from schemas.record import Record

SURVIVALS = {"PFS", "OS", "DFS", "iDFS", "EFS", "RFS", "MFS"}
MORE_IS_BETTER = SURVIVALS | {"ORR", "CR", "PR", "DCR", "CBR", "pCR", "DOR"}
AGAINST = re.compile(r"\s*(?:%|[a-z]{1,8}\.?)?\s*(?:\([^()]*\)\s*)?(?:vs\.?|versus|v)\s*\(?\s*", re.IGNORECASE)
TURNED = re.compile(r"\b(?:compared|relative|versus|vs\.?)\b[^,]*,|\bthan\b.*,", re.IGNORECASE)
RISK = re.compile(
    r"\b(?P<down>reduc\w+|lower(?:ed|s|ing)?|decreas\w+)\s+(?:\w+\s+){0,3}?(?:risk|hazard|odds)\b"
    r"|\b(?P<up>increas\w+|higher|raised|elevated|greater)\s+(?:\w+\s+){0,3}?(?:risk|hazard|odds)\b",
    re.IGNORECASE,
)

Value = tuple[Record, Estimate, Number]


def check_direction(case: Case) -> Findings:
    """At most one finding for each comparison, or for each pair of values without one."""
    judged: set[str] = set()
    for finding in (*_printed_orders(case), *_medians_against_ratios(case), *_risks(case)):
        if finding.record_ids[0] not in judged:
            judged.add(finding.record_ids[0])
            yield finding


def _pairs(case: Case) -> Iterator[tuple[Sentence, Value, Value]]:
    """Neighbouring values of one outcome printed as "x vs y" in running text."""
    for records in case.by_sentence.values():
        values: list[Value] = [
            (record, record.fact, record.fact.value)
            for record in sorted(records, key=position)
            if isinstance(record.fact, Estimate) and record.fact.value is not None
        ]
        for one, other in pairwise(values):
            sentence = case.sentence(one[0])
            if sentence is not None and one[1].outcome == other[1].outcome and one[1].statistic == other[1].statistic:
                start = position(one[0]) + len(one[2].raw)
                if AGAINST.fullmatch(case.document.reading[start : position(other[0])]):
                    yield sentence, one, other


def _comparison_of(case: Case, sentence: Sentence, last: Value) -> tuple[Record, Comparison] | None:
    """The comparison of the same outcome that follows the last value of a pair first, in its sentence."""
    following = [
        (record, record.fact)
        for record in case.by_sentence.get(sentence.sentence_id, [])
        if isinstance(record.fact, Comparison) and position(record) > position(last[0])
        if record.fact.outcome.endpoint == last[1].outcome.endpoint
    ]
    return min(following, key=lambda pair: position(pair[0]), default=None)


def _printed_orders(case: Case) -> Iterator[Finding]:
    """The word of direction that governs a pair against the pair's order."""
    reading = case.document.reading
    for sentence, one, other in _pairs(case):
        endpoint = one[1].outcome.endpoint
        place = position(one[0])
        moves = moves_of(
            reading[sentence.span.start : place], offset=sentence.span.start, good=endpoint in MORE_IS_BETTER
        )
        if not moves or TURNED.search(reading[sentence.span.start : place]) or divided(reading[moves[-1].end : place]):
            continue
        if len({move.way for move in moves}) > 1:
            continue
        rises = one[2].lowest > other[2].highest
        falls = one[2].highest < other[2].lowest
        if not rises and not falls:
            continue
        move = moves[-1]
        comparison = _comparison_of(case, sentence, other)
        records, number, ratio = [one[0], other[0]], one[2], ""
        if comparison is not None:
            records.insert(0, comparison[0])
            if comparison[1].value is not None:
                number, ratio = comparison[1].value, f", with {spell_value(comparison[1])}"
        printed = f"{one[2].raw} vs {other[2].raw}"
        agree = rises == (move.way == "up")
        yield case.state(
            "direction",
            "consistent" if agree else "inconsistent",
            records,
            about=number,
            printed=printed,
            expected=printed if agree else f"{other[2].raw} vs {one[2].raw}",
            message=f'{endpoint} is "{move.text}"{"" if agree else ", but"} {printed} is the printed order{ratio}.',
            severity="note" if agree else "warning",
        )


def _medians_against_ratios(case: Case) -> Iterator[Finding]:
    """A hazard ratio whose interval lies below 1 with the shorter median in its first group, or the other way round."""
    for record, fact in case.comparisons:
        if fact.statistic != "HR" or fact.value is None or fact.interval is None:
            continue
        if fact.outcome.endpoint not in SURVIVALS:
            continue
        low, high = fact.interval.low, fact.interval.high
        if low is None or high is None or not (high.highest < 1 or low.lowest > 1):
            continue
        medians: dict[str, Value] = {}
        doubled: set[str] = set()
        for other in case.by_sentence.get(record.provenance.sentence_id, []):
            estimate = other.fact
            if isinstance(estimate, Estimate) and estimate.statistic == "median" and estimate.value is not None:
                same = estimate.outcome.endpoint == fact.outcome.endpoint and estimate.outcome.site == fact.outcome.site
                if same and fold(estimate.group.population) == fold(fact.group.population):
                    arm = fold(estimate.group.arm)
                    if arm in medians and medians[arm][2].value != estimate.value.value:
                        doubled.add(arm)  # one of the two is another result, or another group's
                    medians[arm] = (other, estimate, estimate.value)
        one, two = medians.get(fold(fact.group.arm)), medians.get(fold(fact.comparator))
        if one is None or two is None or one[0] is two[0] or doubled:
            continue
        favours = high.highest < 1
        if one[2].highest < two[2].lowest if favours else one[2].lowest > two[2].highest:
            medians_said = f"the medians {one[2].raw} vs {two[2].raw}"
            ratio = f"{spell_value(fact)} ({spell_interval(fact.interval)})"
            yield case.state(
                "direction",
                "inconsistent",
                [record, one[0], two[0]],
                about=fact.value,
                printed=f"{one[2].raw} vs {two[2].raw}; {spell_value(fact)}",
                expected=f"{two[2].raw} vs {one[2].raw}",
                message=f"{ratio} speaks for {fact.group.arm}, {medians_said} against it."
                if favours
                else f"{ratio} speaks against {fact.group.arm}, {medians_said} for it.",
                severity="warning",
            )


def _risks(case: Case) -> Iterator[Finding]:
    """ "Reduced the risk" with a ratio above 1, "increased the odds" with one below."""
    reading = case.document.reading
    for record, fact in case.comparisons:
        sentence = case.sentence(record)
        if fact.statistic not in ("HR", "OR", "RR") or fact.value is None or sentence is None:
            continue
        ahead = reading[sentence.span.start : position(record)]
        matches = list(RISK.finditer(ahead))
        if not matches or divided(ahead[matches[-1].end() :]) or len({m.lastgroup for m in matches}) > 1:
            continue
        down = matches[-1].lastgroup == "down"
        ends = (fact.interval.low, fact.interval.high) if fact.interval is not None else (fact.value,)
        bounds = [end for end in ends if end is not None]
        opposite = all(n.lowest > 1 for n in bounds) if down else all(n.highest < 1 for n in bounds)
        if bounds and opposite:
            yield case.state(
                "direction",
                "inconsistent",
                [record],
                about=fact.value,
                severity="warning",
                aspect="risk",
                printed=spell_value(fact),
                expected=f"a ratio {'below' if down else 'above'} 1",
                message=f'"{matches[-1][0]}" is said of {spell_value(fact)}, a ratio {"above" if down else "below"} 1.',
            )
