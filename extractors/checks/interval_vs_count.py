"""Shares of patients with their intervals in; findings on which count, denominator and method give the interval out.

Sources of the methods: see `binomial` (Clopper-Pearson, Wilson, Wald, logit, Agresti-Coull, Jeffreys).
Stratified, mid-p and clustered intervals are none of these but of about the same width, so an interval that no method
gives is a finding only where it is that of another count to the digit, or of a clearly different width.
"""

from decimal import Decimal

from extractors.checks.binomial import Printed
from extractors.checks.case import Case, Findings
from extractors.checks.proportion import counts
from extractors.checks.share import counted, signed
from extractors.checks.sizes import Sizes, spell, whole
from extractors.checks.wording import spell_interval, spell_value
from schemas.evidence import Estimate
from schemas.finding import Finding
from schemas.number import Interval, Number
from schemas.record import Record

LIKE = (0.75, 1.3)
"""Printed width over the exact interval's that another method may explain; Wald's at small n is the narrowest."""
FEW = 3
"""So many fits tell a reader something; more say only that the digits are few."""


def check_interval_against_count(case: Case) -> Findings:
    """One finding for each share of patients with an interval whose count or denominator is known or can be told."""
    sizes = Sizes(case)
    for record, fact in case.estimates:
        value, interval = fact.value, fact.interval
        if fact.statistic != "rate" or fact.unit != "%" or value is None or interval is None or not counted(fact):
            continue
        if not signed(case, value) and value.value <= 1:
            continue  # a share of 1 that a header or a guess gave its percent sign
        if interval.kind == "confidence" and 0 <= value.value <= 100:
            finding = _judge(case, sizes, record, fact, value, interval)
            if finding is not None:
                yield finding


def _judge(
    case: Case, sizes: Sizes, record: Record, fact: Estimate, value: Number, interval: Interval
) -> Finding | None:
    printed = Printed.of(interval)
    if printed is None or value.value < printed.low.value or value.value > printed.high.value:
        return None
    said = f"{spell_value(fact)}, {spell_interval(interval)}"
    n, events = whole(fact.n), whole(fact.events)
    known = [n] if n else sorted({size.n for size in sizes.of_group(fact.group)})
    pairs = [(k, m) for m in known for k in ([events] if events is not None and events <= m else counts(value, n=m))]
    for k, m in pairs:
        method = printed.method_of(k, m)
        if method is not None:
            return case.state(
                "interval_vs_count",
                "consistent",
                [record],
                about=value,
                printed=said,
                expected=f"{k}/{m} ({method})",
                message=f"{said} is the {method} interval of {k}/{m}.",
            )
    fits = printed.fits(value)
    fitting = {m for _, m, _ in fits}
    few = 0 < len(fitting) <= FEW
    listed = ", ".join(dict.fromkeys(f"{k}/{m} ({method})" for k, m, method in fits)) if few else ""
    if not known:
        if not few:
            return None
        message = f"{said} is the interval of {listed}."
        return case.state(
            "interval_vs_count", "consistent", [record], about=value, printed=said, expected=listed, message=message
        )
    whose = str(n) if n else spell(sizes.of_group(fact.group))
    ratio = _widths(printed, value, known)
    alike = LIKE[0] <= ratio <= LIKE[1]
    if len(known) > 1:
        message = f"{said} is the interval of none of the sizes printed for the group, {whose}."
        return case.state("interval_vs_count", "uncheckable", [record], about=value, printed=said, message=message)
    elsewhere = sizes.elsewhere(fact.group, fits=fitting.__contains__, but=known)
    if elsewhere is not None:
        message = f"{said} fits {elsewhere.spell()}, another group of the study, not {whose} patients."
        return case.state(
            "interval_vs_count", "uncheckable", [record, elsewhere.record], about=value, printed=said, message=message
        )
    if few and (value.decimals > 0 or not alike):
        message = f"{said} is the interval of {listed}, not of {whose} patients."
    elif not alike:
        message = f"{said} is {ratio:.1f} times as wide as the exact interval of that share of {whose} patients."
    else:
        message = f"{said} is about as wide as that of {whose} patients, but none of the usual methods gives it."
        return case.state("interval_vs_count", "uncheckable", [record], about=value, printed=said, message=message)
    return case.state(
        "interval_vs_count",
        "inconsistent",
        [record],
        about=value,
        printed=said,
        expected=listed,
        message=message,
        severity="warning",
    )


def _widths(printed: Printed, value: Number, known: list[int]) -> float:
    """Printed width over the width of the exact interval of the share of that known size which comes closest to it."""
    ratios = [
        printed.width() / printed.width_of(int((value.value * m / Decimal(100)).to_integral_value()), m) for m in known
    ]
    return min(ratios, key=lambda ratio: abs(ratio - 1))
