"""Printed forms in, records and documents for tests of the checks out."""

import hashlib
import re
from decimal import Decimal
from itertools import count
from typing import Any

from schemas.anchor import Provenance, Quote, Span
from schemas.document import Document, Sentence, Source
from schemas.evidence import Cohort, Comparison, Estimate, Group, Outcome, Study
from schemas.number import Interval, Number, PValue
from schemas.record import Record, record_id

SHA = hashlib.sha256(b"a review").hexdigest()
_places = count(0, 10)


def number(printed: str | None) -> Number | None:
    """ "0.690" as a Number of three decimals; None stays None."""
    if printed is None:
        return None
    value = Decimal(printed.replace(",", ""))
    return Number(raw=printed, value=value, decimals=max(-int(value.as_tuple().exponent), 0))


def interval(printed: str | None, *, kind: Any = "confidence") -> Interval | None:
    """ "95% CI 0.64-0.86", "CI 3 to NR": level where one is printed, None for an open bound."""
    if printed is None:
        return None
    match = re.fullmatch(r"(?:([\d.]+)%\s*)?(?:CI\s+)?(-?[\d.]+|NR)\s*(?:to|-|–)\s*(-?[\d.]+|NR)(?:\s*\S+)?", printed)
    assert match is not None, printed
    low, high = (None if bound == "NR" else number(bound) for bound in match.group(2, 3))
    level = Decimal(match[1]) if match[1] else None
    return Interval(raw=printed, low=low, high=high, level=level, kind=kind)


def p_value(printed: str | None, *, qualifier: Any = "") -> PValue | None:
    """ "=0.012", "<0.001"."""
    if printed is None:
        return None
    match = re.fullmatch(r"(<=|>=|[=<>~])\s*([\d.]+)", printed)
    assert match is not None, printed
    printed_number = number(match[2])
    assert printed_number is not None
    return PValue(raw=f"P {printed}", operator=match[1], number=printed_number, qualifier=qualifier)


def group(*, study: str = "ALPHA", study_type: Any = None, population: str = "", arm: str | None = None) -> Group:
    return Group(study=Study(name=study, study_type=study_type), population=population, arm=arm)


def record(fact: Cohort | Estimate | Comparison, **place: Any) -> Record:
    """A record that stands alone at a place of its own, unless `start`, `sentence` or `sentence_id` say where."""
    start = place.pop("start", None)
    start = next(_places) if start is None else start
    source = place.pop("source", "text")
    flags = place.pop("flags", ())
    provenance = Provenance(
        document="review",
        source=source,
        section="",
        page=1,
        sentence_id=place.pop("sentence_id", f"s{start}"),
        sentence=place.pop("sentence", ""),
        quote=Quote(span=Span(start, start + 1), text="x"),
        value_start=start,
    )
    assert not place, f"not known: {place}"
    identity = record_id(sha256=SHA, source=source, kind=fact.kind, start=start, end=start + 1)
    return Record(record_id=identity, fact=fact, provenance=provenance, flags=flags)


_GROUP = ("study", "study_type", "population", "arm")
_PLACE = ("start", "source", "sentence", "sentence_id", "flags")


def _split(known: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    place = {key: known.pop(key) for key in _PLACE if key in known}
    people = {key: known.pop(key) for key in _GROUP if key in known}
    outcome: dict[str, Any] = {key: known.pop(key) for key in ("site", "timepoint", "event") if key in known}
    return place, people, outcome


def cohort(n: str | None, *, percent: str | None = None, unit: str = "patients", **known: Any) -> Record:
    place, people, _ = _split(known)
    return record(Cohort(group=group(**people), n=number(n), percent=number(percent), unit=unit), **place)


def estimate(
    endpoint: str, value: str | None, *, ci: str | None = None, kind: Any = "confidence", **known: Any
) -> Record:
    """A rate in percent unless `statistic` and `unit` say otherwise."""
    place, people, outcome = _split(known)
    fact = Estimate(
        group=group(**people),
        outcome=Outcome(endpoint=endpoint, **outcome),
        statistic=known.pop("statistic", "rate"),
        unit=known.pop("unit", "%"),
        value=number(value),
        interval=interval(ci, kind=kind),
        p=p_value(known.pop("p", None)),
        events=number(known.pop("events", None)),
        n=number(known.pop("n", None)),
        percent=number(known.pop("percent", None)),
    )
    assert not known, f"not known: {known}"
    return record(fact, **place)


def comparison(
    statistic: Any, value: str | None, *, ci: str | None = None, p: str | None = None, **known: Any
) -> Record:
    """A ratio of PFS unless `endpoint` and `unit` say otherwise."""
    place, people, outcome = _split(known)
    fact = Comparison(
        group=group(**people),
        comparator=known.pop("comparator", None),
        outcome=Outcome(endpoint=known.pop("endpoint", "PFS"), **outcome),
        statistic=statistic,
        unit=known.pop("unit", "ratio" if statistic in ("HR", "OR", "RR") else None),
        value=number(value),
        interval=interval(ci, kind=known.pop("kind", "confidence")),
        p=p_value(p, qualifier=known.pop("qualifier", "")),
    )
    assert not known, f"not known: {known}"
    return record(fact, **place)


def document(text: str = "") -> Document:
    """A document of one sentence, "s0", which is all of `text`."""
    source = Source(stem="review", name="review.txt", sha256=SHA, format="text")
    sentence = Sentence(
        sentence_id="s0", span=Span(0, len(text)), paragraph=0, section_id="1", role="body", heading="", text=text
    )
    return Document(source=source, text=text, sentences=(sentence,) if text else ())
