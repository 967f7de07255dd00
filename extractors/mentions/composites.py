"""Endpoint mentions in order in, the same with composites and "adverse events leading to X" as one mention each out."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from schemas.anchor import Span
from schemas.mention import EndpointMention

REACH = 60  # characters behind a part that may end a composite
PARTS = frozenset({"event", "response"})
COMPOSITE = regex.compile(r"\bcomposite\b[^.;:]{0,60}(?:of|:|comprising|including|\()\s*(?:the\s+)?(?:first\s+)?$")
# Between the parts of a composite.
NEXT = regex.compile(r"^\s*,?\s*(?:or|and|/)?\s*(?:from any cause\s*,?\s*(?:or|and)?\s*)?$")
ALTERNATIVE = regex.compile(r"^\s*(?:,\s*)?or\s+(?:an?\s+|the\s+)?$")
# "kidney failure or death": the bare word is no outcome of its own in the vocabulary.
DEATH = regex.compile(
    r"^,?\s(?:or|and/or)\s(?:(?:any|all)-cause\s|renal\s|kidney\s|cardiovascular\s|cardiac\s)?death"
    r"(?:\s(?:from|due to|of)\s(?:any|all|kidney|renal|cardiovascular|cardiac)(?:\s(?:causes?|disease|failure))?)?\b"
)
LEADING_TO = regex.compile(
    r"\b(?:[Aa]dverse (?:events?|effects?|reactions?)|AEs?|TEAEs?|TRAEs?|[Tt]oxicit(?:y|ies)"
    r"|[Ss]ide[- ]effects?)\s+(?:that\s+)?"
    r"(?:lead(?:ing)? to|led to|requir(?:ing|ed)|result(?:ing|ed) in|necessitat(?:ing|ed)|caus(?:ing|ed))\s+"
    r"(?:the\s+|an?\s+)?(?:(?:permanent|treatment|dose|drug|study)\s+)*$"
)


def merge_composites(reading: str, mentions: Sequence[EndpointMention]) -> tuple[EndpointMention, ...]:
    """One mention for "a composite of A, B, or C", for "A or B", and for "adverse events leading to A".

    Its code is the printed words, for it is none of its parts; harms keep the code AE.
    """
    runs: list[list[EndpointMention]] = []
    for mention in mentions:
        last = runs[-1][-1] if runs else None
        if last is not None and _joined(reading, runs[-1][0], last, mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return tuple(_one(reading, run) for run in runs)


def _joined(reading: str, first: EndpointMention, last: EndpointMention, mention: EndpointMention) -> bool:
    between = reading[last.span.end : mention.span.start]
    if first.family not in PARTS or mention.family not in PARTS or mention.code == last.code != "AE":
        return False
    if LEADING_TO.fullmatch(reading[last.span.start : mention.span.start]):
        return True
    led = first.rule == "endpoint:extent" and mention.family == "event"  # "a 40% decline in eGFR, kidney failure or"
    led = led or COMPOSITE.search(reading[max(first.span.start - 90, 0) : first.span.start]) is not None
    return NEXT.match(between) is not None if led else ALTERNATIVE.match(between) is not None


def _one(reading: str, run: Sequence[EndpointMention]) -> EndpointMention:
    first = run[0]
    start, end = first.span.start, run[-1].span.end
    before = LEADING_TO.search(reading[max(start - 80, 0) : start]) if len(run) == 1 else None
    if before is not None:
        start -= len(reading[max(start - 80, 0) : start]) - before.start()
    death = DEATH.match(reading[end : end + REACH]) if first.family in PARTS and first.code != "AE" else None
    if death is not None:
        end += death.end()
    elif len(run) == 1 and before is None:
        return first
    words = " ".join(reading[start:end].split())
    harm = before is not None or all(m.code == "AE" for m in run) or _harms(reading, run)
    site = first.site if len({m.site for m in run}) == 1 else None
    return EndpointMention(
        span=Span(start, end),
        code="AE" if harm else words,
        family="event",
        text=words,
        site=None if harm else site,
        rule="endpoint:harm" if harm else "endpoint:composite",
    )


def _harms(reading: str, run: Sequence[EndpointMention]) -> bool:
    return any(LEADING_TO.fullmatch(reading[a.span.start : b.span.start]) for a, b in pairwise(run))
