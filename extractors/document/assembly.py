"""The blocks of any input in, the document out: one text with sections, sentences, tables, references, citations."""

from collections.abc import Sequence

from extractors.document.citations import cite
from extractors.document.flow import Flow, lay_out
from extractors.document.markers import RAISED
from extractors.document.marks import find_marks
from extractors.document.prose import read_prose
from extractors.document.references import read_list
from extractors.document.sections import divide
from extractors.document.tables import build_tables
from extractors.document.titles import titles_of
from extractors.document.wording import blank, write_out
from schemas.block import Block
from schemas.document import Citation, Document, Source
from schemas.lexicon import Lexicon

_RAISABLE = frozenset("0123456789-−–+()")


def assemble(
    blocks: Sequence[Block], *, source: Source, text: str | None = None, lexicon: Lexicon | None = None
) -> Document:
    """The document that `blocks` make up, in the order given.

    `text` is the whole text of a plain file, in which each block with a `start` stands; without it the text is
    laid out: a blank line between blocks, tabs and line breaks between the cells of a table. Raised digits that
    cite nothing are written as superscripts ("m²"), one character for one. `lexicon` says what headings mean; without
    it those that are built in.
    """
    flow = lay_out(blocks, text=text)
    outline = divide(flow.pieces, flow.text, titles=titles_of(lexicon))
    citations, references = cite(flow, read_list(flow.pieces, flow.text))
    flow = flow._replace(furniture=tuple(sorted((*flow.furniture, *find_marks(flow, citations)))))
    if text is None:
        flow = flow._replace(text=_raise(flow, citations))
    prose = read_prose(flow, outline, citations)
    hidden = sorted((*flow.furniture, *(citation.span for citation in citations)))
    # Every part is of its type already; to validate a box for each word again costs as much as all the rest.
    return Document.model_construct(
        source=source,
        text=flow.text,
        title=_title(flow, citations),
        sections=outline.sections,
        paragraphs=prose.paragraphs,
        sentences=prose.sentences,
        tables=build_tables(flow.pieces, blank(flow.text, hidden)),
        references=references,
        citations=citations,
        furniture=flow.furniture,
        placed=flow.placed,
    )


def _title(flow: Flow, citations: Sequence[Citation]) -> str:
    """The title without the marks of its footnotes."""
    for piece in flow.pieces:
        if piece.block.kind == "title":
            marks = [span for span in flow.superscripts if piece.span.holds(span)]
            return write_out(flow.text, piece.span, marks or [c.span for c in citations if piece.span.holds(c.span)])
    return ""


def _raise(flow: Flow, citations: Sequence[Citation]) -> str:
    """The text with raised digits and signs as superscript characters, so that 10 to the 9th is not read as 109."""
    cited = {citation.span.start: citation.span.end for citation in citations}
    starts = sorted(cited)
    characters = list(flow.text)
    i = 0
    for start, end in flow.superscripts:
        while i < len(starts) and cited[starts[i]] <= start:
            i += 1
        within = i < len(starts) and starts[i] < end
        words = flow.text[start:end].strip()
        if not within and words and _RAISABLE.issuperset(words):
            characters[start:end] = flow.text[start:end].translate(RAISED)
    return "".join(characters)
