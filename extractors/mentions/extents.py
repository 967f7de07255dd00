"""Endpoint mentions and the shares that bound a change in, mentions of the outcomes that these define out."""

from collections.abc import Sequence

import regex

from schemas.anchor import Span
from schemas.mention import EndpointMention, OtherNumber

NOUN = r"(?:loss(?:es)?|reductions?|improvements?|decreases?|declines?|drops?|increases?|gains?|responses?)"
NO_OBJECT = (
    r"(?!(?:at|least|no|less|more|a|an|the|of|in|by|with|and|or|had|achieved|was|were|to|for|from|significant|clinical"
    r"|mean)\b)"
)
# "weight reductions of at least", "a reduction in seizures of".
BEFORE = regex.compile(
    rf"(?P<what>(?:{NO_OBJECT}[\p{{L}}-]+\s){{0,2}}{NOUN}(?:\s(?:in|of)\s(?:the\s|their\s)?(?:{NO_OBJECT}[\p{{L}}\d-]+\s?){{1,3}}?)?)"
    r"\s?(?:of\s)?(?:at\sleast\s|no\sless\sthan\s|[≥⩾>]\s?)?(?:an?\s)?$",
    regex.IGNORECASE,
)
LOST = regex.compile(r"\b(?:los(?:e|es|t|ing)|shed(?:ding)?)\s(?:at\sleast\s|[≥⩾]\s?)?$", regex.IGNORECASE)
BOUND = regex.compile(r"(?:at\sleast\s|no\sless\sthan\s|[≥⩾>]\s?)(?:an?\s)?$", regex.IGNORECASE)
BEHIND = regex.compile(
    rf"^\s?%(?:\sor\s(?:more|greater))?\s(?P<what>(?:{NO_OBJECT}[\p{{L}}-]+\s){{0,3}}?{NOUN}"
    rf"(?:\s(?:in|from)\s(?:the\s|their\s)?{NO_OBJECT}[\p{{L}}\d-]+(?:\s(?!(?:was|were|had|at|by|with|compared|from|after|among)\b)"
    rf"{NO_OBJECT}[\p{{L}}\d-]+){{0,2}})?)",
    regex.IGNORECASE,
)
OR_MORE = regex.compile(
    r"^\s?%(?:\sor\s(?:more|greater|above|higher))?(?:\sof\s(?:their|its|the)?\s?(?:initial\s|baseline\s|body\s)*weight)?"
    r"(?:\s(?:threshold|mark|cut-?off)s?)?(?:\s(?:was|were|had\sbeen)\s(?:lost|shed)\b)?"
)
WEIGHT = "weight loss"
REACH = 60  # characters before and behind a share that may name what changed
PLURAL = regex.compile(r"(?<=loss)es$|(?<=[^s])s$")


def name_extents(
    reading: str, mentions: Sequence[EndpointMention], others: Sequence[OtherNumber]
) -> tuple[EndpointMention, ...]:
    """Mentions in order, with "a loss of 15% or more" one outcome, named by its bound and by what changed."""
    made: list[EndpointMention] = []
    bounds = sorted((o for o in others if o.rule.endswith("threshold:extent")), key=lambda o: o.span)
    last = ""
    for number, other in enumerate(bounds):
        place, last = _place(reading, other, last)
        follows = [n for n in bounds[number + 1 :] if n.span.start - other.span.end < REACH]
        if not last and follows:
            _, last = _place(reading, follows[-1], "")
        what = last or "change"
        words = " ".join(place.of(reading).split())
        code = f"≥{other.span.of(reading).strip()}% {what}"
        made.append(EndpointMention(span=place, code=code, family="response", text=words, rule="endpoint:extent"))
    kept = [m for m in mentions if not any(m.span.overlaps(n.span) for n in made)]
    return tuple(sorted([*kept, *made], key=lambda m: m.span))


def _place(reading: str, other: OtherNumber, last: str) -> tuple[Span, str]:
    """Where the outcome of a share stands, and what changed; `last` is what changed in the one before."""
    start, end = other.span.start, other.span.end
    before, behind = reading[max(start - REACH, 0) : start], reading[end : end + REACH]
    named, told, lost, bound = BEFORE.search(before), BEHIND.match(behind), LOST.search(before), BOUND.search(before)
    tail = OR_MORE.match(behind)
    last_end = end + (tail.end() if tail is not None else 0)
    if told is not None and named is None:
        first = start - len(bound[0]) if bound is not None else start
        return Span(first, end + told.end("what")), _singular(told["what"], last)
    if named is not None:
        return Span(start - len(before) + named.start("what"), last_end), _singular(named["what"], last)
    if lost is not None or (tail is not None and regex.search(r"lost|shed", tail[0])):
        first = start - len(before) + lost.start() if lost is not None else start
        return Span(first, last_end), WEIGHT
    return Span(start - len(bound[0]) if bound is not None else start, last_end), last


def _singular(what: str, last: str) -> str:
    """The name of a change without plural; a bare "loss" is of what was lost before, or of weight."""
    words = PLURAL.sub("", " ".join(what.split()))
    words = words if regex.search(r"[A-Z]{2}", words) else words.lower()
    return (last or WEIGHT) if words == "loss" else words
