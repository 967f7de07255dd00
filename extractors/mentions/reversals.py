"""Mentions of events and what is said of them in, outcomes ("resolution of diarrhea", "free of relapse") out."""

from collections.abc import Sequence

import regex

from schemas.anchor import Span
from schemas.mention import EndpointMention

NOUN = r"(?:remission|resolution|disappearance|clearance|regression|reversal|cessation|normali[sz]ation|persistence)"
# "resolution of the", "complete remission of"; what is resolved stands behind.
BEFORE = regex.compile(
    rf"\b(?:(?:complete|full|partial|spontaneous|sustained)\s)?(?P<noun>{NOUN})\sof\s(?:(?:the|their|any|all)\s)?$",
    regex.IGNORECASE,
)
BEHIND = regex.compile(rf"^\s{NOUN}\b", regex.IGNORECASE)
VERB = regex.compile(
    r"^\s(?:(?:ha[ds]|was|were|have|been|completely|fully|spontaneously|subsequently)\s)*"
    r"(?P<verb>resolved|remitted|disappeared|subsided|regressed|persisted)\b"
)
NOUN_OF = {
    "resolved": "resolution",
    "remitted": "remission",
    "disappeared": "disappearance",
    "subsided": "resolution",
    "regressed": "regression",
    "persisted": "persistence",
}
REACH = 60


def name_reversals(reading: str, mentions: Sequence[EndpointMention]) -> list[EndpointMention]:
    """Mentions in order, a harm that is said to have gone (or to stay) as an outcome of its own and no harm."""
    named = [_spared(reading, mention) if mention.family == "event" else mention for mention in mentions]
    return [_named(reading, mention) if mention.code == "AE" else mention for mention in named]


# "were free of colectomy": those whom an event spared.
FREE = regex.compile(r"\b(?:free|freedom)\s(?:of|from)\s(?:(?:the|any|further|new)\s)?$", regex.IGNORECASE)


def _spared(reading: str, mention: EndpointMention) -> EndpointMention:
    """An event that people are said to be free of, as the outcome of being so."""
    before = reading[max(mention.span.start - REACH, 0) : mention.span.start]
    free = FREE.search(before)
    if free is None:
        return mention
    start = mention.span.start - (len(before) - free.start())
    words = " ".join(reading[start : mention.span.end].split())
    place = Span(start, mention.span.end)
    update = {"span": place, "code": words, "text": words, "family": "response", "rule": "endpoint:spared"}
    return mention.model_copy(update=update)


def _named(reading: str, mention: EndpointMention) -> EndpointMention:
    start, end = mention.span.start, mention.span.end
    before = reading[max(start - REACH, 0) : start]
    noun, behind, verb = BEFORE.search(before), BEHIND.match(reading[end:]), VERB.match(reading[end : end + REACH])
    if noun is not None:
        start -= len(before) - noun.start()
    elif behind is not None:
        end += behind.end()
    elif verb is None:
        return mention
    words = " ".join(reading[start:end].split())
    words = words[:1].lower() + words[1:] if words[1:2].islower() else words
    code = f"{NOUN_OF[verb['verb']]} of {words}" if verb is not None and noun is None and behind is None else words
    return mention.model_copy(
        update={
            "span": Span(start, end),
            "code": code,
            "family": "response",
            "text": words,
            "rule": "endpoint:reversal",
        }
    )
