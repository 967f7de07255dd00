"""A table cell under a header such as "95% CI" in, the interval it holds out."""

from decimal import Decimal

import regex

from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.number import Interval

# A header of nothing but an interval: the cells hold bounds of the value in the column before.
HEADED = regex.compile(
    r"^\W*(?:(?P<level>\d\d(?:\.\d)?)\s*%?\W*)?(?:CIs?|C\.I\.|conf(?:idence|\.)? (?:intervals?|limits?|int\.?)"
    r"|CrIs?|credible intervals?)\W*$",
    regex.IGNORECASE,
)


def heads_interval(header: str) -> bool:
    """Whether a header cell says that its column holds intervals and nothing else."""
    return HEADED.match(header) is not None


def read_bounds(contents: Contents, header: str) -> Interval | None:
    """The interval a cell prints, with the level its header gives; null where it does not hold two numbers."""
    match = HEADED.search(header) or HEADED.search(header[-24:])
    level = Decimal(match["level"]) if match is not None and match["level"] else None
    if contents.intervals:
        found = contents.intervals[0].interval
        return found if found.level is not None or level is None else found.model_copy(update={"level": level})
    numbers = [v.number for v in contents.values if v.number is not None]
    numbers += [o.number for o in contents.others if o.number is not None]
    ordered = sorted((n for n in numbers if n.span is not None), key=lambda n: n.span or contents.span)
    if len(ordered) != 2 or ordered[0].span is None or ordered[1].span is None:
        return None
    low, high = ordered
    if low.value > high.value:  # "0.807–1.586" read as a number and a negative one
        high = high.model_copy(update={"value": abs(high.value)})
    if low.value > high.value:
        return None
    span = Span(ordered[0].span.start, ordered[1].span.end)
    return Interval(raw=contents.words(span.start, span.end), low=low, high=high, level=level, span=span)
