"""Sentences with "[3]" and a numbered list in, a review's document and the records of its studies out."""

import re
from collections.abc import Mapping, Sequence

from extractors.checks.case import Case
from extractors.checks.citation import check_citations
from schemas.anchor import Span
from schemas.document import Citation, Document, Paragraph, Reference, Sentence, Source
from schemas.finding import Finding
from schemas.lexicon import Drug, Lexicon
from schemas.record import Record
from tests.extractors.checks.making import SHA, estimate

MARKER = re.compile(r"\[([\d, ]+)\]")
ENTRY = re.compile(r"(?P<authors>[^.]+)\. (?P<title>.+?)\.(?: (?P<year>\d{4})\.)?$")
DRUGS = ("alfatinib", "betamab", "gammaciclib", "deltaparib", "betamab vedotin", "epsilumab", "zetafene", "etalimus")
LEXICON = Lexicon(drugs=tuple(Drug(id=name, names=(name,)) for name in DRUGS))


def review(paragraphs: Sequence[str], entries: Sequence[str]) -> Document:
    """A body of paragraphs, a sentence ending at each ". ", and a list numbered from 1: "Adams J. A title. 2020."."""
    text = "\n\n".join(paragraphs)
    sentences: list[Sentence] = []
    blocks: list[Paragraph] = []
    start = 0
    for i, paragraph in enumerate(paragraphs):
        blocks.append(Paragraph(span=Span(start, start + len(paragraph)), kind="paragraph", section_id="1"))
        at = start
        for part in re.findall(r".+?(?:\.(?:\s?\[[\d, ]+\])?(?:\s|$)|$)", paragraph):
            span = Span(at, at + len(part.rstrip()))
            sentences.append(
                Sentence(
                    sentence_id=f"s{len(sentences)}",
                    span=span,
                    paragraph=i,
                    section_id="1",
                    role="body",
                    heading="",
                    text=MARKER.sub("", part).strip(),
                )
            )
            at += len(part)
        start += len(paragraph) + 2
    return Document(
        source=Source(stem="review", name="review.txt", sha256=SHA, format="text"),
        text=text,
        paragraphs=tuple(blocks),
        sentences=tuple(sentences),
        references=tuple(_entry(str(i), entry) for i, entry in enumerate(entries, 1)),
        citations=tuple(
            Citation(span=Span(*match.span()), markers=tuple(match[1].replace(" ", "").split(",")))
            for match in MARKER.finditer(text)
        ),
    )


def _entry(marker: str, text: str) -> Reference:
    match = ENTRY.match(text)
    assert match is not None, text
    year = int(match["year"]) if match["year"] else None
    return Reference(marker=marker, text=text, authors=match["authors"], title=match["title"], year=year)


def records_of(studies: Mapping[str, str | None]) -> list[Record]:
    """One record for each study and its arm."""
    return [estimate("ORR", "40", study=study, arm=arm, start=i) for i, (study, arm) in enumerate(studies.items())]


def cited(paragraphs: Sequence[str], entries: Sequence[str], studies: Mapping[str, str | None]) -> list[Finding]:
    """The findings on citations of such a review."""
    case = Case(records_of(studies), review(paragraphs, entries), LEXICON)
    return list(check_citations(case))
