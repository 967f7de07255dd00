"""Records with intervals in; findings on confidence intervals printed without their level out.

Method: an interval can be read only with its level (CONSORT 2010, item 17a, asks for the precision "such as 95%").
A level printed for another interval of the sentence or in the table's caption and headers covers the bare ones.
"""

import re

from extractors.checks.case import Case, Findings
from extractors.checks.wording import spell_interval, spell_value
from schemas.evidence import Comparison, Estimate
from schemas.number import Interval
from schemas.record import Record

NAMED = re.compile(r"\bCI\b|confidence\s+interval", re.IGNORECASE)
LEVELLED = re.compile(r"\d\s*%\s*-?\s*(?:CI\b|CrI\b|(?:confidence|credible)\s+interval)", re.IGNORECASE)
REACH = 24
MANY = 6
"""From so many on, bare intervals that outnumber levelled ones are a document's style: one finding for all."""


def check_interval_level(case: Case) -> Findings:
    """One finding for each interval called CI without a level, or one for all where that is the document's style."""
    bare: list[tuple[Record, Estimate | Comparison, Interval]] = []
    levelled = 0
    for record, fact in case.effects:
        interval = fact.interval
        if interval is None or interval.kind != "confidence":
            continue
        if interval.level is not None:
            levelled += 1
        elif _named(case, interval) and not _covered(case, record):
            bare.append((record, fact, interval))
    if len(bare) >= MANY and len(bare) > levelled:
        message = f"{len(bare)} intervals are called CI and print no level, the first at {spell_value(bare[0][1])}."
        records = [record for record, _, _ in bare]
        yield case.state("interval_level", "inconsistent", records, about=bare[0][1].value, message=message)
        return
    for record, fact, interval in bare:
        message = f'{spell_value(fact)}: "{interval.raw}" prints no level; most are 95% intervals.'
        yield case.state(
            "interval_level",
            "inconsistent",
            [record],
            about=fact.value,
            message=message,
            printed=spell_interval(interval),
        )


def _named(case: Case, interval: Interval) -> bool:
    """Whether the interval is called one right where it is printed."""
    if NAMED.search(interval.raw):
        return True
    return interval.span is not None and NAMED.search(case.before(interval.span.start, width=REACH)) is not None


def _covered(case: Case, record: Record) -> bool:
    """Whether the sentence, or the table the record stands in, prints a level for intervals."""
    if LEVELLED.search(record.provenance.sentence):
        return True
    for table in case.document.tables:
        if record.provenance.source == f"table {table.number}":
            spans = [table.span, *table.footnotes, *([table.caption] if table.caption is not None else [])]
            return any(LEVELLED.search(span.of(case.document.text)) for span in spans)
    return False
