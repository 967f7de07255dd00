"""A share that opens the brackets of a list's item in, the outcome the item names right before them out."""

import regex

from extractors.facts.befallen import NO_OUTCOME
from extractors.facts.phrases import SHARED_NOUN
from extractors.facts.sentence import Contents
from extractors.facts.subjects import FOREIGN, GOOD, NAMELESS
from schemas.anchor import Span
from schemas.mention import EndpointMention

_WORD = (
    r"(?!(?:and|or|of|with|in|for|to|by|than|as|the|an?|on|at|more|less|most|compared|versus|vs)\b)"
    r"[\p{L}][\p{L}\d/'’-]*"
)
_WORDS = rf"(?:{_WORD}\s){{0,3}}{_WORD}"
# "..., rash (", "such as rash (", "5%) and loss of appetite (".
ITEM = regex.compile(
    rf"(?:[:,;]\s(?:and\s|or\s)?|[)\]]\s(?:and|or|as\swell\sas)\s|\b(?:includ(?:ed|ing)|such\sas|namely|being|were)\s)"
    rf"(?:(?:more|less|fewer|higher|lower|increased|any)\s)?(?P<what>{_WORDS}(?:\sof\s{_WORDS})?)\s[(\[]$"
)
# A share in brackets ends the item before, or a further item with a share in brackets follows.
_SHARES = r"[^()\[\]]*\d\s?%[^()\[\]]*"
BEFORE = regex.compile(rf"[(\[]{_SHARES}[)\]][,;]?\s(?:(?:and|or|as\swell\sas)\s)?$")
BEHIND = regex.compile(rf"^{_SHARES}[)\]](?:[,;]\s(?:(?:and|or)\s)?|\s(?:and|or)\s)(?:{_WORDS}\s)?{_WORDS}\s[(\[]\d")
NAMED = regex.compile(r"\p{Ll}{3}")  # no schedule, "Q4W"
HARMS = regex.compile(r"\b(?:adverse|side[- ]effects?|toxicit(?:y|ies)|complications?|harms?)\b", regex.IGNORECASE)


def listed_share(contents: Contents, place: Span, carried: EndpointMention | None) -> EndpointMention | None:
    """The item of "hypertension (12% vs 5%), falls (7% vs 3%)" that a share is of; null where something known is named.

    A harm where the list tells harms, or goes on from a sentence that does.
    """
    text = contents.words(contents.span.start, place.start)
    match = ITEM.search(text)
    if (
        match is None
        or not NAMED.search(match["what"])
        or NO_OUTCOME.search(match["what"])
        or FOREIGN.search(match["what"])
    ):
        return None
    if " " not in match["what"] and SHARED_NOUN.match(contents.words(place.end, contents.span.end)) is not None:
        return None  # "early (5% vs 9%) and late (2% vs 8%) infection"
    listed = BEFORE.search(text[: match.start("what")]) or BEHIND.match(contents.words(place.start, contents.span.end))
    start = contents.span.start + match.start("what")
    span, words = Span(start, start + len(match["what"])), match["what"]
    kinds = (contents.endpoints, contents.drugs, contents.studies, contents.populations, contents.measures)
    if not listed or NAMELESS.search(words) or any(m.span.overlaps(span) for kind in kinds for m in kind):
        return None
    harm = any(e.code == "AE" for e in contents.endpoints) or HARMS.search(text) is not None
    harm = (harm or (carried is not None and carried.code == "AE")) and GOOD.search(words) is None
    words = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    return EndpointMention(span=span, code="AE" if harm else words, family="event", text=words, rule="endpoint:listed")
