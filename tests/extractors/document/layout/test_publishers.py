"""Whole articles: one text from two layouts, turned pages read like straight ones, tables cell for cell."""

from pathlib import Path

from extractors.document import arrange, assemble
from extractors.pdf import find_grids, read_pages
from schemas.document import Document, Source


def document_of(path: Path) -> Document:
    blocks = arrange(find_grids(read_pages(path.read_bytes())))
    return assemble(blocks, source=Source(stem=path.stem, name=path.name, sha256="0" * 64, format="pdf"))


def sentences_of(document: Document) -> list[str]:
    return [s.text for s in document.sentences if s.role in ("abstract", "body", "back", "caption")]


def cells_of(document: Document) -> dict[tuple[int, int], str]:
    """The words of each cell of the first table by its place."""
    return {place: " ".join(cell.span.of(document.text).split()) for place, cell in document.tables[0].by_place.items()}


def test_one_article_in_two_layouts(evaluation_data: Path) -> None:
    folder = evaluation_data / "corpus" / "annotated"
    one, two = (document_of(folder / f"brain_metastases_her2.{layout}.pdf") for layout in ("dovepress", "twocolumn"))
    assert len(sentences_of(one)) > 150
    assert set(sentences_of(one)) == set(sentences_of(two))
    for document in (one, two):
        (table,) = document.tables
        assert sorted(table.by_place) == [(row, column) for row in range(7) for column in range(10)]
    assert cells_of(one) == cells_of(two)


def test_turned_pages_read_like_straight_ones(evaluation_data: Path) -> None:
    straight = document_of(evaluation_data / "corpus" / "twins" / "PMC6364416.pdf")
    turned = document_of(evaluation_data / "corpus" / "odd" / "derived_rotated_review_13p.pdf")
    assert sentences_of(turned) == sentences_of(straight)
