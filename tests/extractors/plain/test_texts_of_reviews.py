"""Plain texts of real reviews and abstracts (optional evaluation data) are read whole, every offset true."""

import re
from pathlib import Path

import pytest

from extractors.document import assemble
from extractors.patterns import same_signs
from extractors.plain import read_blocks
from schemas.document import Source


@pytest.fixture(scope="module")
def texts(evaluation_data: Path) -> list[Path]:
    found = sorted((evaluation_data / "gold" / "pico_dev").glob("*.txt"))
    found += sorted((evaluation_data / "corpus" / "annotated").glob("*.txt"))
    if not found:
        pytest.skip("the evaluation data hold no plain texts")
    return found


def test_every_offset_is_true_and_nothing_is_lost(texts: list[Path]) -> None:
    for path in texts:
        blocks, text = read_blocks(path.read_bytes())
        source = Source(stem=path.stem, name=path.name, sha256="0" * 64, format="text")
        document = assemble(blocks, source=source, text=text)
        assert document.text == text == same_signs(path.read_text(encoding="utf-8-sig"))
        assert len(document.reading) == len(text)
        for block in blocks:
            assert block.start is not None
            assert text[block.start : block.start + len(block.text)] == block.text
        held = bytearray(len(text))
        for block in blocks:
            held[block.start : (block.start or 0) + len(block.text)] = b"\x01" * len(block.text)
        # A reference list may print its numbers in a column of their own; all else stands in a block.
        lost = "".join(c for c, inside in zip(text, held, strict=True) if not inside)
        assert re.fullmatch(r"[\s\d.]*", lost) is not None, path.name
        for sentence in document.sentences:
            assert document.paragraphs[sentence.paragraph].span.holds(sentence.span)
