"""A share in its sentence in, whether it is how far a vaccine protects, and from what, out."""

from collections.abc import Sequence

import regex

from extractors.facts.sentence import Contents
from extractors.facts.values import Unit
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import EndpointMention

EFFICACY = Gated(r"\b(?:efficacy|effectiveness|VE)\b")
VACCINE = Gated(r"\b[A-Z]\w*[Vv]ac\b|\b[Vv]accin\w+|\b[Ii]mmuni[sz]ation|\bVE\b|\b[Bb]ooster\b")
# What may not stand between the efficacy and its share: another outcome's own words.
OTHER = regex.compile(
    r"\b(?:sero\w+|titres?|titers?|antibod\w+|occurred|incidence|participants\s+(?:had|with)|patients\s+(?:had"
    r"|with)|adverse|safety|reported\s+in"
    r"|response|coverage|uptake)\b|\bCI\b[^)]{0,20}$"
)
OF_PEOPLE = regex.compile(
    r"^\s*%?\s*(?:\([^()]*\)\s*)?of\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){0,2}?(?:participants|patients|people"
    r"|women|men|adults)\b"
)
WHAT = (
    r"(?:the\s+)?(?P<what>[\p{L}][\p{L}\d/'’-]*(?:\s"
    r"(?!(?:in|at|among|after|was|were|and|with|by|for|of|compared)\b)[\p{L}\d][\p{L}\d/'’-]*){0,4})"
)
BEHIND = regex.compile(
    r"^\s*%?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:(?:at|by|after|within)\s[^.;,()]{3,30}?\s)?"
    rf"(?:against|for(?:\s+the)?(?:\s+prevention\s+of)?|in\s+preventing|prevention\s+of)\s+{WHAT}"
)
BEFORE = regex.compile(
    rf"\b(?:efficacy|effectiveness|VE)\s+(?:of\s+[^.;,()\d]{{3,40}}?\s+)?(?:against|for"
    rf"|in\s+preventing)\s+{WHAT}\s+(?:[(\[][^()\[\]]*[)\]]\s*)?"
    r"(?:(?:at|by|after|within|among|in)\s[^.;,()]{3,40}?\s)?(?:was|were|of|reached|fell|rose|declined)\b[^.;]{0,60}$"
)
AT_START = regex.compile(rf"^\W*(?:For|Against)\s+{WHAT}(?:\s[^.;,()]{{3,50}})?,")


def is_protection(contents: Contents, place: Span) -> bool:
    """Whether a share at a place of a sentence is a vaccine's efficacy or effectiveness."""
    if EFFICACY.search(contents.text) is None or VACCINE.search(contents.text) is None:
        return False
    before = contents.words(contents.span.start, place.start)
    told = list(EFFICACY.finditer(before))
    if not told or OF_PEOPLE.match(contents.words(place.end, place.end + 60)):
        return False
    return OTHER.search(before[told[-1].end() :]) is None


def part_protection(contents: Contents, units: Sequence[Unit]) -> list[Unit]:
    """The units with the shares of one vaccine over time each for itself: "fell from 83% to 62%"."""
    found: list[Unit] = []
    for unit in units:
        shares = all(r.value.unit == "%" for r in unit.readings)
        if unit.contrast and shares and is_protection(contents, unit.readings[0].span):
            found += [Unit([reading]) for reading in unit.readings]
        else:
            found.append(unit)
    return found


def protected_from(contents: Contents, place: Span) -> EndpointMention | None:
    """What a vaccine protects from by the share at `place`; null where the sentence does not say."""
    end, start = place.end, contents.span.start
    match, offset = BEHIND.match(contents.words(end, contents.span.end)), end
    if match is None:
        match, offset = BEFORE.search(contents.words(start, place.start)), start
    if match is None:
        match, offset = AT_START.match(contents.text), start
    if match is None:
        return None
    span = Span(offset + match.start("what"), offset + match.end("what"))
    named = next((e for e in contents.endpoints if e.span.overlaps(span)), None)
    if named is not None and named.code != "AE":
        return named
    what = regex.sub(r"(?<=[^siu])s$", "", match["what"])  # "against infections": what one has
    what = what if regex.search(r"[A-Z]", what[1:]) else what.lower()
    return EndpointMention(span=span, code=what, family="event", text=what, rule="endpoint:protected_from")
