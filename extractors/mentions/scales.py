"""Endpoint mentions and thresholds on scales in, mentions of the outcomes that both name together out."""

from collections.abc import Iterator, Sequence

import regex

from schemas.anchor import Span
from schemas.mention import EndpointMention, OtherNumber

# The scale before its threshold: "PASI 90", "an sPGA score of 0 or 1", "sPGA/IGA 0/1", "mTICI-2b/3".
NAME = regex.compile(
    r"(?P<name>(?:[A-Za-z]*[A-Z][A-Za-z]*/)?[a-z]{0,2}[A-Z][A-Za-z]*(?:-[A-Z]{1,3})?)"
    r"(?P<score>\s(?:scores?|grades?|responses?))?(?:\s(?:of|was|were))?(?P<gap>[\s-]?)(?:[≥≤<>=]\s?)?"
    r"(?P<first>\d{2,3}/)?$"
)
JOINER = regex.compile(r"^[a-c]?\s?(?:[‐-―−/,-]|to|or|and|,\s?(?:and|or))\s?$")
BEHIND = regex.compile(r"^[a-c]?(?:\s(?:non-?)?respon(?:se|der)s?\b)?(?:\srates?\b)?")
LETTER = regex.compile(r"[a-c](?![A-Za-z])")
LARGEST_POINT = 10


def name_scales(
    reading: str, mentions: Sequence[EndpointMention], others: Sequence[OtherNumber]
) -> tuple[EndpointMention, ...]:
    """Mentions in order, with "IGA 0/1" one outcome and "PASI 75/90/100" three, each named with its threshold."""
    made = [m for run in _runs(reading, others) for m in _outcomes(reading, run, mentions)]
    starts = sorted(made, key=lambda m: m.span)
    kept = [m for m in mentions if not any(m.span.overlaps(n.span) for n in starts)]
    return tuple(sorted([*kept, *starts], key=lambda m: m.span))


def _runs(reading: str, others: Sequence[OtherNumber]) -> Iterator[list[OtherNumber]]:
    run: list[OtherNumber] = []
    for other in sorted((o for o in others if o.reason == "threshold"), key=lambda o: o.span):
        if run and not JOINER.match(reading[run[-1].span.end : other.span.start]):
            yield run
            run = []
        run.append(other)
    if run:
        yield run


def _outcomes(
    reading: str, run: Sequence[OtherNumber], mentions: Sequence[EndpointMention]
) -> Iterator[EndpointMention]:
    start = run[0].span.start
    match = NAME.search(reading, max(start - 40, 0), start)
    if match is None:
        return
    name, blank = match["name"], "" if match["gap"] == "" else " "
    letter = LETTER.match(reading, run[-1].span.end)
    end = letter.end() if letter is not None else run[-1].span.end
    tail = BEHIND.match(reading[end : end + 30])
    after = end + (tail.end() if tail is not None else 0)
    known = next((m for m in mentions if m.span.overlaps(Span(match.start("name"), end))), None)
    if match["first"] is not None and known is not None:  # "ACR20/50/70": the first is an outcome already
        yield known.model_copy(update={"span": Span(known.span.start, match.start("first") + len(match["first"]) - 1)})
    family = known.family if known is not None and known.family in ("response", "event") else "response"
    rule = known.rule if known is not None else "endpoint:scale"

    def outcome(first: int, last: int, code: str) -> EndpointMention:
        words = " ".join(reading[first:last].split())
        return EndpointMention(span=Span(first, last), code=code, family=family, text=words, rule=rule)

    points = len(run) == 2 and all(int(o.span.of(reading)) <= LARGEST_POINT for o in run)
    if points:
        joined = reading[run[0].span.end : run[1].span.start]
        sign = "/" if regex.search(r"/|or|and", joined) else "-"
        low = run[0].span.of(reading) + "".join(LETTER.findall(joined[:1]))
        yield outcome(match.start("name"), after, f"{name} {low}{sign}{reading[run[1].span.start : end]}")
        return
    for k, other in enumerate(run):
        first = match.start("name") if k == 0 and match["first"] is None else other.span.start
        last = after if k == len(run) - 1 else other.span.end
        yield outcome(first, last, f"{name}{blank}{other.span.of(reading)}")
