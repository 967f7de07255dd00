"""A sentence's numbers in, readings out: each value with its interval, p-value and measure; contrasts of values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from extractors.facts.folds import is_of_risk
from extractors.facts.groupvalues import UNIT, VERSUS, is_of_group
from extractors.facts.heterogeneity import tests_heterogeneity
from extractors.facts.quantities import TIME_UNITS, quantity
from extractors.facts.sentence import BRACKETED, Contents, names_slashed
from schemas.anchor import Span
from schemas.mention import IntervalMention, MeasureMention, PValueMention, ValueMention

ROUNDABOUT = regex.compile(rf"^[\s,;()\[\]]*{UNIT}?[\s,;()\[\]]*(?:(?:as )?compared (?:with|to)|rather than)[\s(\[]*$")
AND = regex.compile(rf"^[\s,;()\[\]]*{UNIT}?[\s,;()\[\]]*and[\s(\[]*$")
LISTED = regex.compile(rf"^[\s()\[\]]*{UNIT}?[\s()\[\]]*,\s*$")
FROM = regex.compile(r"\bfrom\s*$")
TO = regex.compile(rf"^[\s,;()\[\]]*{UNIT}?[\s,;()\[\]]*to[\s(\[]*$")
FROM_GAP = regex.compile(rf"^[\s,;()\[\]]*{UNIT}?[\s,;()\[\]]*from[\s(\[]*$")
TO_BEFORE = regex.compile(r"\bto\s*$")
# "4.5% of the endovascular and 0.7% of the medical group": the first has a group of its own, whatever it is called.
OWN_GROUP = regex.compile(
    r"^\s*%?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:of|in|with|among|for)\s+(?!all\b|women\b|men\b|participants\b)"
    r"[^.;:()%\d]{2,60}?,?\s(?:and|versus|vs\.?|compared\s(?:with|to)|against)\s(?:in\s|of\s)?(?:only\s)?$"
)
# "A lowered it by 4.1 days and placebo by 1.0".
BY_OTHER = regex.compile(
    rf"^[\s)\]]*{UNIT}?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?,?\s*(?:and|but|while|whereas|versus|vs\.?|against)\s"
    r"(?!by\b)[^.;:,\d]{2,50}\s(?:only\s)?by\s(?:only\s)?$"
)
SIGNS = frozenset({"HR", "OR", "RR"})
# The rule of the measure that is in standard deviations, whatever the scale.
STANDARDISED = "measures:standardised mean difference"
INTERACTION = regex.compile(r"interaction|heterogeneity", regex.IGNORECASE)
SHARED_P = regex.compile(r"\b(?:both|all|each|either)\s*,?\s*[(*_]*$", regex.IGNORECASE)
LABELLED = regex.compile(r"^\s*[;,]\s*[^\d;()\[\]]{1,40}$")
RIGHT_BEHIND = regex.compile(r"^[\s,;)\]]*$")
RESTART = regex.compile(r"[;]")


@dataclass
class Reading:
    """One value with what is printed for it."""

    value: ValueMention
    interval: IntervalMention | None = None
    p: PValueMention | None = None
    measure: MeasureMention | None = None

    @property
    def span(self) -> Span:
        """The value's own place."""
        return self.value.span


@dataclass
class Unit:
    """Readings that share endpoint and population: one alone, or several set against each other ("A vs B")."""

    readings: list[Reading]
    from_to: bool = False
    p: PValueMention | None = None

    @property
    def span(self) -> Span:
        """From the first value to the last."""
        return Span(self.readings[0].span.start, self.readings[-1].span.end)

    @property
    def contrast(self) -> bool:
        """Whether two or more values are set against each other."""
        return len(self.readings) > 1


@dataclass
class Numbers:
    """The effect measures, the units of estimates, and p-values that stand for a whole comparison."""

    effects: list[Reading] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    loose_p: list[tuple[PValueMention, Unit | None]] = field(default_factory=list)


def read_numbers(contents: Contents, *, skip: Sequence[Span] = (), measure: MeasureMention | None = None) -> Numbers:
    """The numbers of a sentence; `skip` are values that belong to counts ("104 patients (70.3%)")."""
    values = [v for v in contents.values if v.span not in skip]
    readings = [Reading(v, measure=_measure(contents, v, values)) for v in values]
    _give_intervals(readings, contents.intervals)
    for reading in readings:
        risky = reading.interval is not None or is_of_risk(contents, reading.span)
        if reading.measure is None and reading.value.unit == "times" and risky:
            # "a 1.3-fold increased risk (95% CI, 1.0-1.6)"
            reading.measure = MeasureMention(span=reading.span, statistic="RR", rule="measures:fold")
    _go_on(contents, readings, measure)
    numbers = Numbers()
    estimates = [r for r in readings if r.measure is None]
    numbers.effects = [r for r in readings if r.measure is not None]
    numbers.units = _group(contents, estimates, readings)
    for a, b in pairwise(numbers.units):
        bare = b.readings[0].value.unit in (None, "") and not a.contrast and not b.contrast
        if bare and BY_OTHER.match(_gap(contents, a.readings[0], b.readings[0])) and a.readings[0].value.unit:
            b.readings[0].value = b.readings[0].value.model_copy(update={"unit": a.readings[0].value.unit})
    _give_p_values(contents, readings, numbers)
    return numbers


BESIDE = 12  # characters from a value to a measure told behind it


def _measure(contents: Contents, value: ValueMention, values: Sequence[ValueMention]) -> MeasureMention | None:
    """The effect measure a value belongs to: the last one named before it, with no other value between."""
    start = max((v.span.end for v in values if v.span.end <= value.span.start), default=contents.span.start)
    named = [m for m in contents.measures if start <= m.span.start and m.span.end <= value.span.start]
    if (
        named
        and value.span.start - named[-1].span.end <= 140
        and (
            value.unit in (None, "ratio", "")
            or (named[-1].statistic == "difference" and not _in_percent(named[-1], value))
        )
        and not (named[-1].statistic == "difference" and is_of_group(contents, value, named[-1], values))
    ):
        return named[-1]
    if value.unit in (None, "ratio", ""):
        before = [m for m in contents.measures if m.span.end <= value.span.start]
        if before and value.unit == "ratio":
            return before[-1]
        if value.number is None:
            return None
        after = [m for m in contents.measures if 0 <= m.span.start - value.span.end < BESIDE]
        taken = after and any(0 <= v.span.start - after[0].span.end < BESIDE for v in values)  # "1.73 (RR 0.59"
        return after[0] if after and not taken else _printed_with(value)
    return None


def _in_percent(measure: MeasureMention, value: ValueMention) -> bool:
    """Whether a value in per cent stands behind a measure without a unit: "effect size versus placebo, 28.5%"."""
    return measure.rule == STANDARDISED and value.unit == "%"


# Between an effect and the next of a list: "1.49 (0.97 to 2.29) for X, 1.04 (0.73 to 1.49) for Y".
NEXT_EFFECT = regex.compile(r"^[^.;]*(?:,|\band\b|;|\bthan\b|\bunlike\b|\bversus\b)[^.;]*$")
# The end of the brackets that an effect stands in, with how alike its studies were: "; I2 = 51%) for".
CLOSED = regex.compile(r"^[^()\[\]]*[)\]]")
# "4.9% with B (difference 70.3%, ...) and 42.0% with C (33.5%, 22.7-44.3)": the brackets behind the next group's value.
NEXT_BRACKETS = regex.compile(r"^[^()]*\)[\s,;]+(?:and|but|versus|vs\.?|against|or)?\s*[^();]{3,80}?\s\(\s?$")
# A time or a dose that tells the items of a list apart.
MEASURED = regex.compile(
    rf"(?:\d+(?:\.\d+)?\s?(?:[‐-―-]|to|and)\s?)?\d+(?:\.\d+)?[\s-]?(?:{UNIT}|h|hours?|min(?:utes)?|d|mg|g|mL)(?!\w)"
)


# "the corresponding rates were 1.02 and 1.73 (rate ratio 0.59": of groups.
RATES = regex.compile(r"\brates?\s(?:was|were|of)\s(?:only\s)?$")


def _go_on(contents: Contents, readings: Sequence[Reading], measure: MeasureMention | None) -> None:
    """Give a bare number with an interval the measure of the effect before it in a list that names it once.

    `measure` is that of the part of the sentence before ("Smith reported an RR of 2.1 (...), Jones 1.4 (...)"), or of
    the study's last effect: a bare number with an interval is no group's value.
    """
    rates = RATES.search(contents.words(contents.span.start, readings[0].span.start)) if readings else None
    own = any(m.span.end <= r.span.start for r in readings[:1] for m in contents.measures)
    if measure is not None and not own and rates is None:
        for reading in readings:
            if reading.measure is not None:
                break
            if _is_bare(reading, measure) and reading.value.spread is None:
                reading.measure = measure
    before: Reading | None = None
    last: Reading | None = None
    for reading in readings:
        if before is not None and before.measure is not None and _is_bare(reading, before.measure, like=before):
            end = before.interval.span.end if before.interval is not None else before.span.end
            gap = CLOSED.sub(" ", BRACKETED.sub(" ", _without_tests(contents, end, reading.span.start)))
            if NEXT_EFFECT.match(MEASURED.sub(" ", gap)) and not regex.search(r"\d", MEASURED.sub(" ", gap)):
                reading.measure = before.measure
        if reading.measure is None and last is not None and last.interval is not None and last.measure is not None:
            gap = contents.words(last.interval.span.end, reading.span.start)
            if _is_bare(reading, last.measure, like=last) and NEXT_BRACKETS.match(gap):
                reading.measure = last.measure
        told = (*SIGNS, "difference")
        ratio = reading.measure is not None and reading.measure.statistic in told and reading.interval is not None
        before = reading if ratio else before if quantity(reading.value) == "time" else None
        last = reading if ratio else last
    for first, second in pairwise(readings):
        if second.measure is None and _likewise(contents, first, second):
            second.measure = first.measure


# "of 3.9 points at the spine and 3.2 points at the hip", "of -10.2 to week 6 and -10.9 to week 12".
AT_PLACE = regex.compile(r"^[^.;:,%]{0,25}\s(?:at|for|in|on|to|from)\s[^.;:,\d]{2,60}\sand\s$")


def _likewise(contents: Contents, before: Reading, reading: Reading) -> bool:
    """Whether a value goes on about the difference before it, of another place, measure or time."""
    if before.measure is None or before.measure.statistic != "difference" or before.value.number is None:
        return False
    spreads = before.value.spread is not None and reading.value.spread is not None
    gap = BRACKETED.sub(" ", _without_tests(contents, before.span.end, reading.span.start))
    return (spreads or before.value.unit == reading.value.unit) and AT_PLACE.match(gap) is not None


def _without_tests(contents: Contents, start: int, end: int) -> str:
    """The words between two places, p-values blanked out."""
    text = contents.words(start, end)
    for p in contents.p_values:
        if start <= p.span.start and p.span.end <= end:
            text = text[: p.span.start - start] + " " * (p.span.end - p.span.start) + text[p.span.end - start :]
    return text


def _is_bare(reading: Reading, measure: MeasureMention, *, like: Reading | None = None) -> bool:
    """Whether a number has an interval and no unit of its own, but for that of the difference before it."""
    number, unit = reading.value.number, reading.value.unit
    difference = measure.statistic == "difference"
    units = {None, "", "points"} if difference else {None, "", "ratio"}
    if difference and like is not None:
        units.add(like.value.unit)
    unitless = reading.measure is None and unit in units
    return unitless and reading.interval is not None and number is not None and (difference or number.value > 0)


def _printed_with(value: ValueMention) -> MeasureMention | None:
    """The measure whose sign is printed with the number, where the vocabulary knows no measure beside it."""
    sign = value.rule.removeprefix("value:")
    if value.unit != "ratio" or sign not in SIGNS:
        return None
    return MeasureMention(span=value.span, statistic=sign, rule=f"measures:{sign}")


def _give_intervals(readings: list[Reading], intervals: Sequence[IntervalMention]) -> None:
    """Each run of intervals goes to the run of values before it, one to one from the right."""
    waiting: list[Reading] = []
    run: list[IntervalMention] = []
    ordered: list[Reading | IntervalMention] = sorted([*readings, *intervals], key=lambda item: item.span)
    for item in [*ordered, None]:
        if isinstance(item, IntervalMention):
            run.append(item)
            continue
        if run:
            for reading, interval in zip(reversed(waiting), reversed(run), strict=False):
                reading.interval = interval
            waiting, run = [], []
        if item is not None:
            waiting.append(item)


def _group(contents: Contents, estimates: list[Reading], readings: list[Reading]) -> list[Unit]:
    units: list[Unit] = []
    for reading in estimates:
        if units and readings.index(reading) == readings.index(units[-1].readings[-1]) + 1:
            last = units[-1].readings[-1]
            gap = _gap(contents, last, reading)
            same = last.value.unit == reading.value.unit or last.value.number is None or reading.value.number is None
            if not same and VERSUS.match(gap) and _leaves_unit(last, reading):
                reading.value = reading.value.model_copy(update={"unit": last.value.unit})
                same = True
            if same and (VERSUS.match(gap) or ROUNDABOUT.match(gap) or _slashed(contents, last, reading)):
                units[-1].readings.append(reading)
                continue
            if (
                same
                and AND.match(gap)
                and _two_of_two(contents, estimates, last)
                and not _last_of_list(contents, units)
            ):
                units[-1].readings.append(reading)
                continue
            if same and TO.match(gap) and FROM.search(contents.words(last.span.start - 8, last.span.start)):
                units[-1].readings.append(reading)
                units[-1].from_to = True
                continue
            if same and FROM_GAP.match(gap) and TO_BEFORE.search(contents.words(last.span.start - 6, last.span.start)):
                units[-1].readings.append(reading)  # "fell to 14% from 26%"
                continue
        units.append(Unit([reading]))
    return units


# "95 (58%) / 69 (41%)": the two groups' own.
SLASHED = regex.compile(rf"^(?:\s?{UNIT})?\s?[)\]]?\s?/\s?(?:\d[\d,]*\s?)?[(\[]?$")


def _slashed(contents: Contents, left: Reading, right: Reading) -> bool:
    """Whether a slash sets shares or times of two groups side by side: not "6/21", maybe of two outcomes."""
    if left.value.unit not in ("%", *TIME_UNITS) or left.measure is not None:
        return False
    text = contents.words(left.span.end, right.span.start)
    said = regex.search(r"[%\p{L}]", contents.words(left.span.start, right.span.start))
    return said is not None and SLASHED.match(text) is not None and not names_slashed(contents, left.span.start)


def _leaves_unit(left: Reading, right: Reading) -> bool:
    """Whether a number leaves its unit to the one it is set against: "755 ± 65 ml vs 928 ± 102"."""
    measured = left.value.unit not in (None, "", "ratio", "%") and right.value.unit in (None, "")
    return measured and left.measure is None and (left.value.spread is None) == (right.value.spread is None)


def _last_of_list(contents: Contents, units: Sequence[Unit]) -> bool:
    """Whether a comma sets the value before the last unit beside it: "x, y" of "x, y and z"."""
    if len(units) < 2 or units[-2].contrast:
        return False
    gap = _gap(contents, units[-2].readings[-1], units[-1].readings[0])
    return LISTED.match(gap) is not None and units[-2].readings[0].value.unit == units[-1].readings[0].value.unit


def _two_of_two(contents: Contents, estimates: list[Reading], first: Reading) -> bool:
    """Whether "x and y" are a study's two groups: "respectively", and nothing here to pair them with."""
    start = max((e.span.end for e in estimates if e.span.end <= first.span.start), default=contents.span.start)
    named = [e for e in contents.endpoints if start <= e.span.start and e.span.end <= first.span.start]
    if len({e.code for e in named} | {e.text for e in named}) > 1 and regex.search(
        r"\band\b|,|/", contents.words(named[0].span.end, named[-1].span.start)
    ):
        return False  # "fever and rash were seen in 42% and 30%, respectively"
    if not any(c.role == "respectively" for c in contents.cues) or contents.drugs or contents.populations:
        return False
    return len(contents.timepoints) < 2 and len(contents.endpoints) < len(estimates)


def _gap(contents: Contents, left: Reading, right: Reading) -> str:
    """The words between two values, their intervals and p-values left out."""
    text = contents.words(left.span.end, right.span.start)
    for span in (*(i.span for i in contents.intervals), *(p.span for p in contents.p_values)):
        if left.span.end <= span.start and span.end <= right.span.start:
            a, b = span.start - left.span.end, span.end - left.span.end
            text = text[:a] + " " * (b - a) + text[b:]
    return text


def _give_p_values(contents: Contents, readings: list[Reading], numbers: Numbers) -> None:
    """A p-value belongs to the effect before it in its clause; else to the contrast; else it stands alone."""
    for p in (q for q in contents.p_values if not tests_heterogeneity(contents, q)):
        if INTERACTION.search(contents.words(p.span.start, p.span.end)):
            numbers.loose_p.append((p, None))  # between subgroups: no effect's own
            continue
        before = [r for r in readings if r.span.end <= p.span.start]
        if not before:
            after = [r for r in readings if r.measure is not None]
            if after and after[0].p is None:
                after[0].p = p
            else:
                numbers.loose_p.append((p, numbers.units[0] if numbers.units else None))
            continue
        ahead = _effect_ahead(contents, p, readings)
        if ahead is not None:
            ahead.p = p
            continue
        last = before[-1]
        effects = [r for r in before if r.measure is not None and r.p is None]
        unit = next((u for u in numbers.units if last in u.readings), None)
        if last.measure is not None and last.p is None:
            last.p = p
            for earlier in effects if SHARED_P.search(contents.words(p.span.start - 12, p.span.start)) else ():
                earlier.p = earlier.p or p  # "both p < 0.001"
        elif (
            effects
            and unit is not None
            and not RESTART.search(contents.words(effects[-1].span.end, p.span.start))
            and _close(contents, effects[-1], last)
        ):
            effects[-1].p = p
        else:
            numbers.loose_p.append((p, unit))


def _effect_ahead(contents: Contents, p: PValueMention, readings: Sequence[Reading]) -> Reading | None:
    """The effect that a p-value is printed right before: "(6.9 vs 8.7 months; P = .01; HR, 0.74)"."""
    after = next((r for r in readings if r.span.start >= p.span.end), None)
    if after is None or after.measure is None or after.p is not None:
        return None
    last = next((r for r in reversed(readings) if r.span.end <= p.span.start), None)
    told = last.interval if last is not None and last.measure is not None and last.p is None else None
    if told is not None and RIGHT_BEHIND.match(contents.words(told.span.end, p.span.start)):
        return None  # "(OR 1.82, 95% CI 1.23-2.68, P = 0.003, NNH 7)"
    if LABELLED.match(contents.words(p.span.end, after.span.start)) is None:
        return None
    following = next((q for q in contents.p_values if q.span.start >= after.span.end), None)
    end = min((r.span.start for r in readings if r.span.start > after.span.start), default=contents.span.end)
    return after if following is None or following.span.start >= end else None


def _close(contents: Contents, effect: Reading, last: Reading) -> bool:
    """Whether a value stands shortly behind an effect, whose brackets do not close between them."""
    gap = contents.words(effect.span.end, last.span.start)
    return len(gap) < 40 and CLOSED.match(gap) is None
