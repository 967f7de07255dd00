"""Articles of real journals (optional evaluation data): every sentence is found, every marker resolved."""

import re
from pathlib import Path

import pytest

from extractors.document import assemble
from extractors.jats import read_blocks
from extractors.jats.references import list_references
from extractors.jats.tree import parse_article
from schemas.document import Source


@pytest.fixture(scope="module")
def articles(evaluation_data: Path) -> list[Path]:
    found = sorted((evaluation_data / "corpus" / "twins").glob("*.xml"))
    if not found:
        pytest.skip("the evaluation data hold no JATS articles")
    return found


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def test_every_paragraph_is_read_and_every_marker_resolved(articles: list[Path]) -> None:
    markers = resolved = 0
    for path in articles:
        data = path.read_bytes()
        source = Source(stem=path.stem, name=path.name, sha256="0" * 64, format="jats")
        document = assemble(read_blocks(data), source=source)
        article, text = parse_article(data), letters(document.text)
        assert all(letters("".join(p.itertext())) in text for p in article.iterfind("body//sec/p") if len(p) == 0)
        assert "\n" not in "".join(p.span.of(document.text) for p in document.paragraphs)
        known = {reference.marker for reference in document.references}
        markers += sum(len(citation.markers) for citation in document.citations)
        resolved += sum(marker in known for citation in document.citations for marker in citation.markers)
        keys = list_references(article)
        printed = {x.get("rid") for x in article.iterfind("body//xref") if x.get("rid") in keys}
        assert len(printed) <= len({m for c in document.citations for m in c.markers})
        assert len(document.references) == len(set(keys.values()))
        assert all(reference.year for reference in document.references if reference.doi)
    assert resolved >= 0.97 * markers > 0
