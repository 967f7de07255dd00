"""An Extraction in, flat rows of plain values out: one mapping a row, shared by the store and the exports."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from schemas.anchor import Provenance
from schemas.document import Document
from schemas.evidence import Cohort, Comparison, Estimate, Study
from schemas.finding import Finding
from schemas.number import Interval, Number, PValue
from schemas.record import Coverage, Record

Row = dict[str, Any]
"""Column -> plain value (text, whole or floating number, bool, list, mapping, null)."""


def plain_number(value: Decimal | float | None) -> int | float | None:
    """A number as JSON should carry it: whole numbers without a point, others with the fewest digits that suffice."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def study_id(sha256: str, name: str) -> str:
    """Sixteen hex digits for one study of one document."""
    return hashlib.sha256(f"{sha256}|study|{name}".encode()).hexdigest()[:16]


def study_rows(records: tuple[Record, ...], *, sha256: str) -> list[Row]:
    """The studies that the records name, each once, with all their other names, in order of first mention."""
    found: dict[str, Row] = {}
    for record in records:
        study = record.fact.group.study
        known = found.setdefault(study.name, _study_row(study, sha256=sha256))
        known["study_alt_names"] = list(dict.fromkeys([*known["study_alt_names"], *study.alt_names]))
        known["registry_ids"] = list(dict.fromkeys([*known["registry_ids"], *study.registry_ids]))
        known["study_type"] = known["study_type"] or study.study_type
    return list(found.values())


def _study_row(study: Study, *, sha256: str) -> Row:
    return {
        "study_id": study_id(sha256, study.name),
        "study": study.name,
        "study_alt_names": list(study.alt_names),
        "study_type": study.study_type,
        "registry_ids": list(study.registry_ids),
    }


def record_row(record: Record, *, sha256: str) -> Row:
    """All that is known of one record, without its study's own columns."""
    fact = record.fact
    row: Row = {
        "record_id": record.record_id,
        "kind": fact.kind,
        "study_id": study_id(sha256, fact.group.study.name),
        "population": fact.group.population,
        "arm": fact.group.arm,
        "arm_role": fact.group.arm_role,
        **_provenance_row(record.provenance),
        "rules": list(record.rules),
        "confidence": plain_number(record.confidence),
        "needs_review": record.needs_review,
        "flags": list(record.flags),
    }
    if isinstance(fact, Cohort):
        return row | _cohort_row(fact)
    return row | _outcome_row(fact)


def _cohort_row(fact: Cohort) -> Row:
    printed = fact.n if fact.n is not None else fact.percent
    return {
        "n": _value(fact.n),
        "percent": _value(fact.percent),
        "unit": fact.unit,
        "value_text": printed.raw if printed is not None else "",
    }


def _outcome_row(fact: Estimate | Comparison) -> Row:
    row: Row = {
        "endpoint": fact.outcome.endpoint,
        "endpoint_text": fact.outcome.endpoint_text,
        "event": fact.outcome.event,
        "site": fact.outcome.site,
        "timepoint": fact.outcome.timepoint,
        "statistic": fact.statistic,
        "value": _value(fact.value),
        "value_text": fact.value_text or (fact.value.raw if fact.value is not None else ""),
        "unit": fact.unit,
        "status": fact.status,
        "n": _value(fact.n),
        **_interval_row(fact.interval),
        **_p_row(fact.p),
    }
    if isinstance(fact, Comparison):
        return row | {"comparator": fact.comparator}
    return row | {"events": _value(fact.events), "percent": _value(fact.percent), "spread": _value(fact.spread)}


def _interval_row(interval: Interval | None) -> Row:
    return {
        "interval_kind": interval.kind if interval is not None else None,
        "interval_low": _value(interval.low) if interval is not None else None,
        "interval_high": _value(interval.high) if interval is not None else None,
        "interval_level": plain_number(interval.level) if interval is not None else None,
        "interval_text": interval.raw if interval is not None else None,
    }


def _p_row(p: PValue | None) -> Row:
    return {
        "p": p.text if p is not None else None,
        "p_text": p.raw if p is not None else None,
        "p_qualifier": p.qualifier if p is not None else None,
    }


def _provenance_row(place: Provenance) -> Row:
    return {
        "source": place.source,
        "section": place.section,
        "page": place.page,
        "sentence_id": place.sentence_id,
        "sentence": place.sentence,
        "quote": place.quote.text,
        "quote_start": place.quote.span.start,
        "quote_end": place.quote.span.end,
        "value_start": place.value_start,
        "events_start": place.events_start,
        "sd_start": place.sd_start,
        "boxes": [list(box) for box in place.boxes],
        "refs": list(place.refs),
        "cited": [work.model_dump() for work in place.cited],
    }


def _value(number: Number | None) -> int | float | None:
    return plain_number(number.value) if number is not None else None


def finding_row(finding: Finding) -> Row:
    """One finding; `record_ids` is a list."""
    row = finding.model_dump(exclude={"document", "record_ids"})
    return row | {"value": plain_number(finding.value), "record_ids": list(finding.record_ids)}


def sentence_rows(document: Document) -> Iterator[Row]:
    """The document's sentences with their boxes and the citation markers inside them."""
    marks = _Marks(document)
    for sentence in document.sentences:
        yield {
            "sentence_id": sentence.sentence_id,
            "page": sentence.page,
            "section": sentence.role,
            "heading": sentence.heading,
            "text": sentence.text,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "boxes": [list(box) for box in document.boxes(sentence.span)],
            "citations": marks.within(sentence.span.start, sentence.span.end),
        }


class _Marks:
    """Citation markers by place: one pass over sentences in order meets each citation once."""

    def __init__(self, document: Document) -> None:
        self._citations = sorted(document.citations, key=lambda citation: citation.span)
        self._next = 0

    def within(self, start: int, end: int) -> list[str]:
        while self._next < len(self._citations) and self._citations[self._next].span.start < start:
            self._next += 1
        found: dict[str, None] = {}
        while self._next < len(self._citations) and self._citations[self._next].span.start < end:
            found |= dict.fromkeys(self._citations[self._next].markers)
            self._next += 1
        return list(found)


def reference_rows(document: Document) -> Iterator[Row]:
    """The reference list, numbered from 0."""
    for position, reference in enumerate(document.references):
        span = reference.span
        yield reference.model_dump(exclude={"span"}) | {
            "position": position,
            "start": span.start if span is not None else None,
            "end": span.end if span is not None else None,
        }


def citation_rows(document: Document) -> Iterator[Row]:
    """One row for each reference that each citation marker in the text names."""
    for citation in sorted(document.citations, key=lambda citation: citation.span):
        sentence = document.sentence_at(citation.span.start)
        for position, marker in enumerate(citation.markers):
            yield {
                "start": citation.span.start,
                "end": citation.span.end,
                "position": position,
                "marker": marker,
                "sentence_id": sentence.sentence_id if sentence is not None else None,
            }


def leftover_rows(coverage: Coverage) -> Iterator[Row]:
    """The printed numbers that no record explains."""
    for position, leftover in enumerate(sorted(coverage.leftovers, key=lambda leftover: leftover.span)):
        row = leftover.model_dump(exclude={"span"})
        yield row | {"position": position, "start": leftover.span.start, "end": leftover.span.end}
