"""A core small enough to predict: every "N% of M NAME" is an estimate, and some first words are accidents."""

import hashlib
import os
import re
import signal
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from schemas.anchor import Box, CitedWork, Provenance, Quote, Span
from schemas.document import Citation, Document, Placed, Reference, Sentence, Source
from schemas.errors import UnreadableDocument
from schemas.evidence import Cohort, Comparison, Estimate, Group, Outcome, Study
from schemas.finding import Finding
from schemas.lexicon import Lexicon
from schemas.number import Interval, Number, PValue
from schemas.record import Coverage, Extraction, Leftover, Record, record_id

FORMATS = {".pdf": "pdf", ".xml": "jats", ".nxml": "jats", ".txt": "text"}
RATE = re.compile(r"(\d+(?:\.\d+)?)% of (\d+) (\w+)")
RATIO = re.compile(r"HR (\d\.\d+) \((\d\.\d+)-(\d\.\d+|NR)\); P ([=<]) (0\.\d+)")


def extract(path: Path, *, lexicon: Lexicon) -> Extraction:  # noqa: ARG001  (the real one's shape)
    """Records by two patterns; some first words are accidents: see `accident`; MISQUOTE and HALF are its own."""
    data = path.read_bytes()
    text = data.decode()
    accident(text, path)
    form = FORMATS[path.suffix.lower()]
    pages = 1 if form == "pdf" else 0
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(stem=path.stem, name=path.name, sha256=sha256, format=form, pages=pages)
    document = annotate(text, source)
    records = tuple(found(document))
    findings = tuple(
        Finding(
            finding_id=f"f-{record.record_id}",
            document=path.stem,
            check="interval_contains_value",
            verdict="consistent",
            record_ids=(record.record_id,),
            study=record.fact.group.study.name,
            value=float(record.fact.value.value),
            message="the interval holds the value",
            severity="note",
        )
        for record in records
        if isinstance(record.fact, Comparison) and record.fact.value is not None
    )
    numbers = list(re.finditer(r"\d+(?:\.\d+)?", text))
    years = tuple(
        Leftover(span=Span(*match.span()), text=match[0], sentence_id="s1", reason="year")
        for match in numbers
        if match[0].startswith("20") and len(match[0]) == 4
    )
    coverage = Coverage(numbers=len(numbers), explained=len(numbers) - len(years), leftovers=years)
    return Extraction(document=document, records=records, findings=findings, coverage=coverage)


def refuse(path: Path, *, lexicon: Lexicon) -> Extraction:
    """A core that must not be called."""
    raise AssertionError(f"{path} is read again with {lexicon.digest}")


def accident(text: str, path: Path) -> None:
    """What the text's first word asks for."""
    word = text.split(" ")[0]
    if word == "BUG":
        raise ValueError("a bug in the core")
    if word == "CRASH":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == "ENCRYPTED":
        raise UnreadableDocument("encrypted", "the file asks for a password; save a copy without one")
    if word == "SLEEP":
        path.with_suffix(".asleep").touch()
        time.sleep(60)
    if word == "NAP":
        path.with_suffix(".asleep").touch()
        time.sleep(0.2)
    if word == "LOOP":
        re.match(r"(a+)+$", "a" * 64 + "b")  # years, inside a library that lets no other thread run
    if word == "EAT":
        eaten = []
        while True:
            eaten.append(bytearray(10_000_000))
    mark = path.with_suffix(".tried")
    if word == "BUSY" and not mark.exists():
        mark.touch()
        raise UnreadableDocument("unreadable_file", "the drive is away") from OSError(5, "Input/output error")


def annotate(text: str, source: Source) -> Document:
    """Sentences end at ". "; "[7]" is a citation; every sentence is a printed line of its own."""
    sentences, placed, start = [], [], 0
    for number, piece in enumerate(re.findall(r"[^.]+(?:\.\d[^.]*)*\.?\s*", text), start=1):
        words = piece.strip()
        span = Span(start, start + len(piece.rstrip()))
        sentences.append(
            Sentence(
                sentence_id=f"s{number}",
                span=span,
                paragraph=0,
                section_id="x1",
                role="body",
                heading="Results",
                text=re.sub(r" \[\d+\]", "", words),
                page=1 if source.format == "pdf" else None,
            )
        )
        if source.format == "pdf":
            placed.append(Placed(span.start, span.end, Box(1, 50.0, 20.0 * number, 500.0, 20.0 * number + 10)))
        start += len(piece)
    marks = list(re.finditer(r"\[(\d+)\]", text))
    return Document(
        source=source,
        text=text,
        title="\ud800" if text.startswith("HALF") else source.stem.title(),
        sentences=tuple(sentences),
        placed=tuple(placed),
        references=tuple(
            Reference(marker=n, text=f"Work {n}", title=f"Title {n}", year=2020) for n in sorted({m[1] for m in marks})
        ),
        citations=tuple(Citation(span=Span(*mark.span()), markers=(mark[1],)) for mark in marks),
    )


def found(document: Document) -> Iterator[Record]:
    """A cohort and an estimate for each rate, a comparison for each ratio."""
    for match in RATE.finditer(document.text):
        group = Group(
            study=Study(name=match[3], alt_names=("ALSO",), study_type="trial", registry_ids=("NCT01",)), arm="a + b"
        )
        number = Number(raw=match[1], value=Decimal(match[1]))
        size = Number(raw=match[2], value=Decimal(match[2]))
        yield record(document, match.span(), Cohort(group=group, n=size), match.start(2))
        fact = Estimate(
            group=group,
            outcome=Outcome(endpoint="ORR", endpoint_text="response", site="intracranial"),
            statistic="rate",
            value=number,
            value_text=f"{match[1]}%",
            unit="%",
            n=size,
        )
        yield record(document, match.span(), fact, match.start(1))
    for match in RATIO.finditer(document.text):
        high = None if match[3] == "NR" else Number(raw=match[3], value=Decimal(match[3]))
        fact = Comparison(
            group=Group(study=Study(name="TRIAL"), population="older", arm="a"),
            comparator="b",
            outcome=Outcome(endpoint="OS"),
            statistic="HR",
            value=Number(raw=match[1], value=Decimal(match[1]), decimals=2),
            unit="ratio",
            interval=Interval(
                raw=match[0], low=Number(raw=match[2], value=Decimal(match[2])), high=high, level=Decimal(95)
            ),
            p=PValue(raw=match[0], operator=match[4], number=Number(raw=match[5], value=Decimal(match[5]))),
        )
        yield record(document, match.span(), fact, match.start(1))


def record(document: Document, span: tuple[int, int], fact: Cohort | Estimate | Comparison, value_start: int) -> Record:
    """A record whose quote is `span`; a document that begins with MISQUOTE quotes one character too late."""
    start, end = span
    late = int(document.text.startswith("MISQUOTE"))
    sentence = document.sentence_at(start)
    assert sentence is not None
    marks = [m for c in document.citations if sentence.span.holds(c.span) for m in c.markers]
    return Record(
        record_id=record_id(sha256=document.source.sha256, source="text", kind=fact.kind, start=start, end=end),
        fact=fact,
        provenance=Provenance(
            document=document.source.stem,
            source="text",
            section="Results",
            page=sentence.page,
            sentence_id=sentence.sentence_id,
            sentence=sentence.text,
            quote=Quote(span=Span(start + late, end + late), text=document.text[start:end]),
            value_start=value_start,
            boxes=document.boxes(Span(start, end)),
            refs=tuple(marks),
            cited=tuple(CitedWork(marker=m, title=f"Title {m}", year=2020) for m in marks),
        ),
        rules=("fake@1",),
        confidence=0.75,
        needs_review=False,
        flags=(),
    )


def mutter(path: Path, *, lexicon: Lexicon) -> Extraction:
    """A core whose libraries write to standard error by themselves."""
    os.write(2, b"a library speaks\n")
    return extract(path, lexicon=lexicon)
