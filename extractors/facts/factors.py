"""A list of factors with the effect of each in, the factor and the outcome of each effect out.

"Independent predictors of death were age (OR 1.2; ...) and male sex (OR 1.5; ...)".
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.facts.armbook import Arm
from extractors.facts.choices import Choice
from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.estimates import set_endpoint
from extractors.facts.exposures import LEVEL_RULES
from extractors.facts.sentence import Contents, brackets_around
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import EndpointMention

_NOUN = r"(?:predictors?|risk factors?|prognostic (?:factors?|markers?|indicators?)|determinants?|correlates?|factors)"
_TIED = r"(?:\w+ly\s)*(?:associated|correlated|linked|related)\s(?:with|to)"
_OUTCOME = r"(?:an?\s|the\s)?(?P<what>\p{L}[^.;:()\d]{2,60}?)"
_OF_WHOM = r"(?:\s(?:in|among|on|at|by|after|following|for)\s[^.;:()]{3,60}?)?"
HEAD = Gated(
    rf"\b{_NOUN}\s(?:of|for|{_TIED})\s{_OUTCOME}{_OF_WHOM},?\s?(?:were|was|are|is|include[ds]?|including|comprised?|:)\s(?:the\sfollowing:\s)?",
    regex.IGNORECASE,
)
TAIL = Gated(
    r"[)\]],?\s(?:(?:were|was|are|is|remained|emerged\sas)\s(?:(?:\w+ly|also|all|both|each|the|an?|independent|significant|strong|major"
    rf"|important|poor|adverse|negative|positive)\s)*(?:{_NOUN}\s(?:of|for)|{_TIED}|(?:predictive|prognostic)\s(?:of|for))"
    rf"|(?:\w+ly\s)?predicted)\s{_OUTCOME}(?=[.;,(]|\s(?:in|among|on|at|by|after|following)\b|$)",
    regex.IGNORECASE,
)
# What stands before the first factor of a list that opens a sentence.
LED_IN = regex.compile(r"^.*(?:,\s|:\s|\bthat\s)(?=[^,:]*$)", regex.DOTALL)
JOINED = regex.compile(
    r"^[\s,;]*(?:(?:and|or|as well as|plus|along with|while|whereas|but also|followed by"
    r"|also)\b)?[\s,]*(?:both\s|the\s|an?\s)?",
    regex.IGNORECASE,
)
# What is no factor's name: a clause, a measure.
NO_FACTOR = regex.compile(
    r"\b(?:was|were|is|are|had|has|showed|found|reported|compared|versus|vs|HR|OR|RR|CI|ratio|risks?|odds|analys[ei]s|model|respectively"
    r"|studies|trials?|patients|whereas|while|which|who)\b"
)
LONGEST = 9  # words
NEAR = 8  # characters from an effect to its interval
THREE_LETTERS = regex.compile(r"\p{L}{3}")


class Factors(NamedTuple):
    """The outcome of a list of factors, and where the list stands."""

    outcome: EndpointMention
    place: Span


def tell_factors(clause: Clause, drafts: Sequence[Draft]) -> None:
    """Give each effect in brackets behind its factor the factor for its arm, and the outcome of the list."""
    contents = clause.contents
    listed = next(iter(_lists(contents)), None)
    if listed is None:
        return
    effects = sorted((d for d in drafts if d.statistic in ("HR", "OR", "RR")), key=lambda d: d.place)
    last, labels = listed.place.start, list[Span]()
    for draft in effects:
        fence = brackets_around(contents, draft.place)
        if fence is None or not listed.place.holds(fence):
            continue
        label = _label(contents, Span(last, fence.start - 1), first=last == contents.span.start)
        last = fence.end + 1
        if label is None or any(a.span.overlaps(label) and a.rules != LEVEL_RULES for a in clause.arms):
            continue
        labels.append(label)
        _name(draft, contents, label, listed.outcome)
    parts = {p.label for p in clause.populations if any(p.span.overlaps(label) for label in labels)}
    for draft in effects if labels else ():
        draft.population = "" if draft.population in parts else draft.population  # a factor, and no group of people


def _lists(contents: Contents) -> Iterator[Factors]:
    base = contents.span.start
    if not contents.measures:
        return
    for match in HEAD.finditer(contents.text):
        yield Factors(_outcome(contents, match), Span(base + match.end(), contents.span.end))
    for match in TAIL.finditer(contents.text):
        yield Factors(_outcome(contents, match), Span(base, base + match.start() + 1))


def _outcome(contents: Contents, match: "regex.Match[str]") -> EndpointMention:
    span = Span(contents.span.start + match.start("what"), contents.span.start + match.end("what"))
    named = [e for e in contents.endpoints if e.span.overlaps(span)]
    words = " ".join(match["what"].split())
    return (
        named[0]
        if named
        else EndpointMention(span=span, code=words, family="event", text=words, rule="endpoint:of_factors")
    )


def _label(contents: Contents, place: Span, *, first: bool) -> Span | None:
    """Where the factor stands in the words before its brackets; null where they name none."""
    words = contents.words(*place)
    start = 0
    if first and (led := LED_IN.match(words)) is not None:
        start = led.end()
    start += JOINED.match(words[start:]).end()  # it matches nothing too
    name = words[start:].rstrip()
    if (
        not THREE_LETTERS.search(name)
        or NO_FACTOR.search(name)
        or len(name.split()) > LONGEST
        or regex.search(r"[.;:]\s", name)
    ):
        return None
    return Span(place.start + start, place.start + start + len(name))


def _name(draft: Draft, contents: Contents, label: Span, outcome: EndpointMention) -> None:
    draft.take_arm(_factor(contents, label))
    draft.comparator = None
    draft.flags -= {"endpoint_carried", "endpoint_by_distance", "endpoint_as_printed", "no_endpoint", "arm_ambiguous"}
    draft.event = None
    set_endpoint(draft, Choice(outcome, "", "before"))


def _factor(contents: Contents, label: Span) -> Arm:
    words = " ".join(contents.words(*label).split())
    words = words if words[1:2].isupper() or not words[1:2].isalpha() else words[:1].lower() + words[1:]
    return Arm(span=label, drugs=(words,), role="experimental", grouped=True, rules=LEVEL_RULES, active=1)


def label_effects(contents: Contents, drafts: Sequence[Draft], outcome: EndpointMention) -> None:
    """Name the factor of each effect in a cell of factors: "Age OR = 1.2 (1.1-1.3) Male sex OR = 1.5 (1.1-2.1)"."""
    last = contents.span.start
    for draft in sorted((d for d in drafts if d.statistic in ("HR", "OR", "RR")), key=lambda d: d.place):
        measure = next(
            (m for m in reversed(contents.measures) if last <= m.span.start and m.span.end <= draft.place.start), None
        )
        label = _label(contents, Span(last, measure.span.start), first=False) if measure is not None else None
        behind = [i.span.end for i in contents.intervals if 0 <= i.span.start - draft.place.end < NEAR]
        last = max([draft.place.end, *behind[:1]]) + 1
        if label is not None:
            _name(draft, contents, label, outcome)
