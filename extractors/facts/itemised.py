"""A count in a list of what befell people in, the outcome that its item names right before it out."""

from collections.abc import Sequence

import regex

from extractors.facts.befallen import NO_OUTCOME, outcome_named
from extractors.facts.clause import Clause
from extractors.facts.sentence import brackets_around
from extractors.facts.subjects import GOOD
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention

# "haemothorax in 2 and air leak in 1", "haemothorax (n = 2) and air leak (n = 1)".
ITEM = regex.compile(
    r"(?:^|[:,;(]\s?|[)\]]\s*(?:,\s*)?(?:and|or)\s+|\b(?:and|was|were)\s)"
    r"(?P<what>(?:\p{Ll}[\p{L}'’/-]*\s){0,4}?(?:\p{Ll}[\p{L}'’/-]*|\p{Lu}{2,4}))"
    r"(?:\s(?:was|were)\s\p{Ll}+|\soccurred)?\s(?:in\s|[(\[]\s?(?:[nN]\s?=\s?)?)$"
)


def itemised(clause: Clause, counts: Sequence[CountMention], i: int) -> EndpointMention | None:
    """The outcome that an item of a list names right before count `i`; null where it stands in no such list."""
    count, contents = counts[i], clause.contents
    start = counts[i - 1].span.end if i else contents.span.start
    if count.rule == "count:item" or (i + 1 < len(counts) and counts[i + 1].rule == "count:item"):
        return _label(clause, count, start)
    before = brackets_around(contents, counts[i - 1].span) if i and count.of is None else None
    fence = brackets_around(contents, count.span)
    if before is None or fence is None or before == fence:
        return None
    told = any(e.family in ("response", "event") and 0 <= before.start - e.span.end <= 2 for e in contents.endpoints)
    return _label(clause, count, before.end) if told else None


def _label(clause: Clause, count: CountMention, start: int) -> EndpointMention | None:
    """The words of an item, `start` being where the one before it ends."""
    place = count.number.span.start if count.number.span is not None else count.span.start
    match = ITEM.search(clause.contents.words(start, place))
    if match is None or NO_OUTCOME.search(match["what"]) or len(match["what"]) < 2:
        return None
    span, what = Span(start + match.start("what"), start + match.end("what")), match["what"]
    if any(d.span.overlaps(span) for d in clause.contents.drugs):
        return None
    known = next((e for e in reversed(clause.contents.endpoints) if e.span.overlaps(span)), None)
    if known is None and len(what) < 4:
        return None
    return known or outcome_named(span.start, what, what.lower() if GOOD.search(what) else "AE")
