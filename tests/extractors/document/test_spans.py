"""Whatever the blocks are, every structure of the document is a span of its text."""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import assemble
from schemas.anchor import Box
from schemas.block import Block, CellBlock, Run, TableBlock
from schemas.document import Document, Source

T = TypeVar("T")
SOURCE = Source(stem="any", name="any.pdf", sha256="0" * 64, format="pdf")
WORDS = st.text(alphabet="aB1 .,;:[]()–-²³%^{}\n\t“é", max_size=30) | st.sampled_from(
    [
        "et al. ",
        "[12]",
        "disease.6 The",
        " (12) ",
        "Fig. 2",
        "P = .03. ",
        "Table 1. ",
        "10",
        "References",
        " (Osei, 2001)",
    ]
)


def made(kind: Callable[..., T], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Values with these fields drawn and the others left as they are when not given."""
    return st.fixed_dictionaries(fields).map(lambda drawn: kind(**drawn))


BOXES = st.lists(st.builds(Box, st.integers(1, 3), *[st.floats(0, 500)] * 4), max_size=2).map(tuple)
RUNS = st.lists(
    made(Run, text=WORDS, boxes=BOXES, superscript=st.booleans(), cites=st.sampled_from([(), (), (), ("1",)])),
    max_size=5,
).map(tuple)
CELLS = st.lists(
    made(CellBlock, row=st.integers(0, 3), column=st.integers(0, 3), runs=RUNS, header=st.booleans()), max_size=6
).map(lambda cells: tuple(sorted(cells, key=lambda c: (c.row, c.column))))
KINDS = st.sampled_from(
    ["title", "front", "heading", "paragraph", "list_item", "caption", "footnote", "reference", "furniture"]
)
ROLES = st.sampled_from(["front", "abstract", "body", "table", "back"])
BLOCKS = st.lists(
    made(Block, kind=KINDS, runs=RUNS, role=ROLES, level=st.integers(0, 3))
    | made(Block, kind=st.just("table"), table=made(TableBlock, label=WORDS, cells=CELLS)),
    max_size=8,
)


def assert_whole(document: Document) -> None:
    text = document.text
    spans = [s.span for s in (*document.sections, *document.paragraphs, *document.sentences, *document.citations)]
    spans += [cell.span for table in document.tables for cell in table.cells]
    spans += [r.span for r in document.references if r.span is not None]
    spans += [p.lead_in for p in document.paragraphs if p.lead_in is not None]
    assert all(0 <= s.start <= s.end <= len(text) for s in spans)
    assert len(document.reading) == len(text)
    starts = [s.span.start for s in document.sentences]
    assert starts == sorted(starts)
    for sentence in document.sentences:
        assert document.paragraphs[sentence.paragraph].span.holds(sentence.span)
        assert document.sentence_at(sentence.span.start) == sentence
        assert sentence.text == " ".join(sentence.text.split())
    for table in document.tables:
        assert all(table.span.holds(cell.span) for cell in table.cells)
    for before, after in zip(document.placed, document.placed[1:], strict=False):
        assert before.start <= before.end <= after.start
    for citation in document.citations:
        assert citation.markers
        assert document.reading[citation.span.start : citation.span.end].strip() == ""


@given(BLOCKS)
@settings(max_examples=150, deadline=None)
def test_every_structure_is_a_span_of_the_text(blocks: list[Block]) -> None:
    document = assemble(blocks, source=SOURCE)
    assert_whole(document)
    assert assemble(blocks, source=SOURCE) == document
    words = [run.text.split() for b in blocks if b.kind != "furniture" for run in b.runs]
    assert sum(map(len, words)) == 0 or document.text
