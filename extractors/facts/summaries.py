"""A single group's value with its outcome and the words before it in, how it is to be read out: median, mean, rate."""

import regex

from extractors.facts.choices import Choice
from extractors.facts.quantities import quantity
from schemas.evidence import Statistic
from schemas.mention import ValueMention

EXTREME = regex.compile(r"\b(?:at least|minimum|maximum|up to|longest)\s*$")
MEDIAN = regex.compile(r"\b[Mm]edian\b")
MEAN = regex.compile(r"\b(?:[Mm]ean|[Aa]verage)\b")
# "During a median of 64.5 months of follow-up, AF was diagnosed in": the median is of the follow-up.
OF_FOLLOW_UP = regex.compile(
    r"\b(?:[Mm]edian|[Mm]ean)\b[^.;%]{0,30}?\d[\d.]*[\s-](?:months?|years?|weeks?|days?)\b(?:(?!\b(?:median|mean)\b)[^;])*$"
)
SUMMARY = regex.compile(r"\b(?:median|mean|average)\b", regex.IGNORECASE)
# "the mean change from baseline was -3%": a change in per cent, and no share of people.
CHANGED = regex.compile(
    r"\b(?P<summary>mean|median)\s(?:[\w-]+\s){0,4}?(?:changes?|decreases?|increases?|reductions?|loss"
    r"|gain)\b[^.;]{0,120}$"
    r"|\b(?P<summary>mean|median)\s(?:[\w-]+\s){0,4}?rates?\s(?:was|were|of)\s[^.;:()]{0,20}$"
    r"|\b(?P<summary>mean|median)\s(?:[\w-]+\s){1,8}?(?:reduced|decreased|increased|improved|dropped|fell|rose"
    r"|declined)"
    r"\sby\s[^.;]{0,80}$",
    regex.IGNORECASE,
)


# How much of a measure makes an outcome of people: "a gain of 15 letters or more", "at least 15 letters".
REACHED = regex.compile(
    r"\d\S*\s(?:\w+\s)?or\s(?:more|better|less|fewer|worse|greater)\b"
    r"|(?:at least|fewer than|less than|more than|[≥≤<>])\s?\d"
)


def statistic_of(choice: Choice, value: ValueMention, before: str) -> Statistic:
    """How a single group's value is to be read: median, mean, rate, count or other."""
    family = choice.mention.family if choice.mention else "continuous"
    kind = quantity(value)
    said = choice.mention.statistic if choice.mention else None
    if kind == "share" and value.spread is not None:
        return "rate" if family == "time_to_event" else "mean"
    change = CHANGED.search(before) if kind == "share" else None
    if change is not None:
        return "mean" if change["summary"].casefold() == "mean" else "median"
    if kind == "incidence" or (kind == "share" and family != "continuous"):
        return "rate"
    if kind == "share" and REACHED.search(choice.mention.text if choice.mention is not None else choice.phrase):
        return "rate"  # "a gain of 15 letters or more was seen in 25%"
    if kind == "count":
        return "count"
    if EXTREME.search(before):
        return "other"
    if kind == "share" and OF_FOLLOW_UP.search(before):
        return "rate"
    spread = getattr(value, "spread", None) is not None
    last = [m.casefold() for m in SUMMARY.findall(before)[-1:]]
    lasts = kind == "time" and (choice.mention is None or family != "continuous")
    if lasts or (value.number is None and family in ("time_to_event", "follow_up")):
        return "mean" if said == "mean" or spread or last in (["mean"], ["average"]) else "median"
    if value.number is None and family in ("response", "event"):
        return "rate"
    if said == "median" or last == ["median"] or (not spread and MEDIAN.search(before)):
        return "median"
    if said == "mean" or spread or MEAN.search(before):
        return "mean"
    frequency = choice.mention is not None and family in ("event", "count") and "rate" in choice.mention.text.casefold()
    return "rate" if kind == "share" or (kind == "any" and frequency) else "other"
