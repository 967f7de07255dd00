"""Values without a unit and the scales named before them in, the same values in points out."""

from bisect import bisect_left
from collections.abc import Sequence

import regex

from extractors.mentions.vocabulary import Hit
from schemas.lexicon import Endpoint
from schemas.mention import ValueMention

POINTS = "points"
SCORE = regex.compile(r"\b(?:scores?|rating scales?|visual analogue? scales?)\b", regex.IGNORECASE)
# Only means, their differences and the like are on the scale; effect sizes and ratios are on none.
ON_SCALE = ("value:bare", "value:MD")
END = regex.compile(r"[.;]\s+[A-Z]|\n\s*\n")
REACH = 260  # characters


def give_points(reading: str, values: Sequence[ValueMention], hits: Sequence[Hit]) -> tuple[ValueMention, ...]:
    """Values in order, those that stand behind a score or a scale measured in points with that unit."""
    if not any(v.unit is None and v.rule.startswith(ON_SCALE) for v in values):
        return tuple(values)
    ordered = sorted(hits, key=lambda h: h.end)
    ends = [h.end for h in ordered]
    return tuple(_scored(reading, v, ordered[max(bisect_left(ends, v.span.start + 1) - 1, 0) :][:1]) for v in values)


def _scored(reading: str, value: ValueMention, before: Sequence[Hit]) -> ValueMention:
    if value.unit is not None or value.number is None or not value.rule.startswith(ON_SCALE):
        return value
    start = value.span.start
    named = before[0] if before and before[0].end <= start and start - before[0].end <= REACH else None
    since = named.start if named is not None else max(start - REACH // 3, 0)
    if named is not None and END.search(reading, named.end, start):
        named, since = None, max(start - REACH // 3, 0)
    scale = named is not None and isinstance(named.entry, Endpoint) and named.entry.units[:1] == (POINTS,)
    words = reading[since:start]
    said = [m for m in SCORE.finditer(words) if not END.search(words, m.end())]
    return value.model_copy(update={"unit": POINTS}) if scale or said else value
