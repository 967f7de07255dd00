"""A cell's numbers in forms that its header explains in, the same cell with each number in its own place out."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.headwords import name_outcome
from extractors.facts.sentence import Contents
from extractors.facts.tabletimes import read_time
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention, PValueMention, ValueMention
from schemas.number import Number, Operator, PValue

# "n (%)", "No. (%)": a count and in brackets its share.
COUNT_SHARE = regex.compile(
    r"\b(?:n|no\.?|number|events|patients)\W{0,3}(?:/\s*N\W{0,3})?\(\s*%\s*\)", regex.IGNORECASE
)
COUNTED = regex.compile(
    r"^\D{0,3}(?P<n>\d[\d, ]*)(?:\s*/\s*(?P<of>\d[\d, ]*))?\s*[(\[]\s*(?P<share>\d+(?:\.\d+)?)\s*%?\s*[)\]]"
)


def split_share(clause: Clause, contents: Contents, header: str) -> Contents:
    """A cell such as "26 (22.8)" under "n (%)" as the share alone; its count becomes the part the share is of."""
    match = COUNTED.match(contents.text)
    if match is None or not (COUNT_SHARE.search(header) or match["of"]):
        return contents
    start = contents.span.start
    numbers: dict[int, Number] = {
        m.span.start - start: m.number
        for kind in (contents.others, contents.values, contents.counts)
        for m in kind
        if m.number is not None
    }
    part, share = numbers.get(match.start("n")), numbers.get(match.start("share"))
    if part is None or share is None or part.span is None or share.span is None:
        return contents
    value = ValueMention(span=share.span, number=share, unit="%", rule="table:share")
    of = [c.of for c in contents.counts if c.of is not None and c.span.start - start == match.start("n")]
    whole = (numbers.get(match.start("of")) or next(iter(of), None)) if match["of"] else None
    clause.parts[share.span] = CountMention(span=part.span, number=part, of=whole, rule="table:count")
    used = [n.span for n in (part, share, whole) if n is not None and n.span is not None]
    return contents._replace(
        values=[*(v for v in contents.values if not any(v.span.overlaps(u) for u in used)), value],
        others=[o for o in contents.others if not any(o.span.overlaps(u) for u in used)],
        counts=[c for c in contents.counts if not any(c.span.overlaps(u) for u in used)],
    )


# "mean (SD)", "median (IQR)": the number in brackets says how widely the values lie.
SPREAD = regex.compile(r"\(\s*(?:±\s*)?(?:SD|SE|SEM|standard (?:deviation|error)|IQR)\s*\)", regex.IGNORECASE)
ONE_AND_SPREAD = regex.compile(r"^\s*[−–-]?\d+(?:\.\d+)?\s*\(\s*(?:±\s*)?\d+(?:\.\d+)?\s*\)\W*$")
SPREAD_OUT = regex.compile(r"\d\s*\(\s*(?:±\s*)?(?P<spread>\d+(?:\.\d+)?)\s*\)")


def split_spread(contents: Contents, header: str, endpoint: EndpointMention) -> Contents:
    """A cell such as "19.0 (13.8)" under "mean (SD)", or of a measured outcome, without the number in brackets."""
    measured = endpoint.family == "continuous" and ONE_AND_SPREAD.match(contents.text) is not None
    if SPREAD.search(header) is None and not measured:
        return contents
    inside = [
        Span(contents.span.start + m.start("spread"), contents.span.start + m.end("spread"))
        for m in SPREAD_OUT.finditer(contents.text)
    ]
    return contents._replace(
        values=[v for v in contents.values if v.span not in inside],
        others=[o for o in contents.others if o.span not in inside],
    )


PER = regex.compile(r"(?P<n>\d[\d.]*)\s+(?P<unit>per\s+(?P<of>1[,  ]?000(?:[,  ]?000)?|100))\b")


def split_per(contents: Contents) -> Contents:
    """A cell such as "52 per 1000" as one value in that unit."""
    values, taken = list(contents.values), []
    for match in PER.finditer(contents.text):
        number = _number_at(contents, match.start("n"))
        if number is not None and number.span is not None:
            span = Span(contents.span.start + match.start(), contents.span.start + match.end())
            taken.append(span)
            unit = " ".join(match["unit"].split())
            values = [v for v in values if not v.span.overlaps(span)]
            values.append(ValueMention(span=number.span, number=number, unit=unit, rule="table:per"))
    others = [o for o in contents.others if not any(o.span.overlaps(t) for t in taken)]
    return contents._replace(values=sorted(values, key=lambda v: v.span), others=others)


# "Difference (95% CI); p": behind the effect, its p-value.
P_BEHIND = regex.compile(r"[;,/]\s*p(?:[\s-]*values?)?\W*$", regex.IGNORECASE)
LAST = regex.compile(r"[;,/]\s*(?P<sign>[<>=≤≥]?)\s*(?P<p>0?\.\d+)\W*$")


def split_p(contents: Contents, header: str) -> Contents:
    """A cell such as "1.7 (1.3 to 2.1); 0.014" under a header that ends in "; p", its last number as the p-value."""
    match = LAST.search(contents.text) if P_BEHIND.search(header) else None
    number = _number_at(contents, match.start("p")) if match is not None else None
    if match is None or number is None or number.span is None or contents.p_values:
        return contents
    p = PValue(raw=number.raw, operator=OPERATORS.get(match["sign"], "="), number=number, span=number.span)
    mention = PValueMention(span=number.span, p=p, rule="table:p_behind")
    return contents._replace(
        p_values=[mention],
        values=[v for v in contents.values if not v.span.overlaps(number.span)],
        others=[o for o in contents.others if not o.span.overlaps(number.span)],
    )


OPERATORS: dict[str, Operator] = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "=": "=", "": "="}


def _number_at(contents: Contents, start: int) -> Number | None:
    place = contents.span.start + start
    found = [m.number for kind in (contents.others, contents.values, contents.counts) for m in kind]
    return next((n for n in found if n is not None and n.span is not None and n.span.start == place), None)


# "HAM-D17, day 15: 14.1 vs 12.3": the cell says itself what was measured, and when.
OPENING = regex.compile(r"^\W*(?P<what>\p{L}[^:;()=]{1,50}):\s+(?=[<>≤≥−–-]?\s?\d)")


def read_opening(contents: Contents, *, family: str) -> tuple[EndpointMention | None, str | None]:
    """The outcome and the landmark that a cell's own words before a colon name; null where it has none.

    An outcome no vocabulary knows is of `family`.
    """
    match = OPENING.match(contents.text)
    if match is None:
        return None, None
    parts = [part.strip() for part in match["what"].split(",")]
    times = [t for part in parts if (t := read_time(part)) is not None]
    words = ", ".join(part for part in parts if read_time(part) is None)
    start = contents.span.start + match.start("what")
    span = Span(start, start + len(match["what"]))
    known = [e for e in contents.endpoints if span.holds(e.span)]
    return (known[0] if known else name_outcome(words, span, family=family)), (times[0] if times else None)
