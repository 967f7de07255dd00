"""Sentences that call a comparison significant, or not, in; findings on claims its p-value or interval contradict out.

Method: significance at the usual two-sided 5%. A p-value that rounds to 0.05 contradicts nothing; without a p-value, a
95% interval that holds no effect (1 for a ratio, 0 for a difference) beyond rounding does. A comparison answers to the
nearest claim before it in its sentence, unless the words between turn to something else ("but", "whereas").
"""

from decimal import Decimal

from extractors.checks.case import Case, Findings, position
from extractors.checks.claims import Claim, claims_of, divided
from extractors.checks.interval_vs_p import OTHER_TEST
from extractors.checks.wald import of_heterogeneity, printed_range
from extractors.checks.wording import spell_interval, spell_p, spell_value
from schemas.evidence import Comparison
from schemas.finding import Finding
from schemas.record import Record

LIMIT = 0.05
CLEAR = 0.1
"""Some trials test one-sided or at 10%: a p-value up to here contradicts the word, yet not beyond doubt."""


def check_claim_against_p(case: Case) -> Findings:
    """One finding for each comparison of running text that a claim of significance governs."""
    for record, fact in case.comparisons:
        sentence = case.sentence(record)
        if sentence is None or (fact.p is not None and fact.p.qualifier):
            continue
        if fact.p is not None and of_heterogeneity(fact.p, fact.interval, case.document.reading):
            continue
        reading = sentence.span.of(case.document.reading)
        claims = claims_of(reading, offset=sentence.span.start)
        claim = _governing(case, claims, position(record)) if claims else None
        if claim is not None and not OTHER_TEST.search(reading):
            finding = _judge(case, record, fact, claim)
            if finding is not None:
                yield finding


def _governing(case: Case, claims: list[Claim], place: int) -> Claim | None:
    """The last claim before a place, where nothing between turns away from it."""
    before = [claim for claim in claims if claim.end <= place]
    if not before or divided(case.document.reading[before[-1].end : place]):
        return None
    return before[-1]


def significance(fact: Comparison) -> tuple[bool | None, str]:
    """Whether p-value or interval are significant at 5%, None where they do not say; and the words for it."""
    if fact.p is not None and (allowed := printed_range(fact.p)) is not None:
        words = spell_p(fact.p)
        if allowed[0] > LIMIT or (fact.p.operator == ">" and allowed[0] >= LIMIT):
            return False, words
        return (True, words) if allowed[1] <= LIMIT else (None, words)
    interval = fact.interval
    if interval is None or interval.kind != "confidence" or interval.level not in (None, Decimal(95)):
        return None, ""
    none = Decimal(1) if fact.statistic in ("HR", "OR", "RR") else Decimal(0)
    if fact.statistic not in ("HR", "OR", "RR", "difference") or interval.low is None or interval.high is None:
        return None, ""
    if interval.low.highest < none < interval.high.lowest:
        return False, f"{spell_interval(interval)} holds {none}"
    if interval.low.lowest > none or interval.high.highest < none:
        return True, f"{spell_interval(interval)} leaves out {none}"
    return None, ""


def _judge(case: Case, record: Record, fact: Comparison, claim: Claim) -> Finding | None:
    significant, words = significance(fact)
    if significant is None:
        return None
    said = f"{fact.outcome.endpoint}: {spell_value(fact)}" if fact.value is not None else fact.outcome.endpoint
    about = fact.value if fact.value is not None else fact.p.number if fact.p is not None else None
    called = f'called {"" if claim.positive else "not "}significant ("{claim.text}")'
    if significant == claim.positive:
        return case.state(
            "claim_vs_p",
            "consistent",
            [record],
            about=about,
            message=f"{said} is {called}, with {words}.",
            printed=claim.text,
            expected=words,
        )
    clear = fact.p is None or float(fact.p.number.value) >= CLEAR
    return case.state(
        "claim_vs_p",
        "inconsistent",
        [record],
        about=about,
        message=f"{said} is {called}, with {words}.",
        printed=claim.text,
        expected=words,
        severity="error" if claim.positive and clear else "warning",
    )
