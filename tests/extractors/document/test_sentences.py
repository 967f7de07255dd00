"""Paragraphs of tests/cases/sentences.toml fall into the sentences written there."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.document import assemble
from schemas.block import Block, Run
from schemas.document import Source

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "sentences.toml").read_text(encoding="utf-8"))["case"]
SOURCE = Source(stem="case", name="case.txt", sha256="0" * 64, format="text")
LIST = [
    Block(kind="reference", runs=(Run(text=f"{n}. Osei A. Title of entry {n}. J. 2001;1:1."),)) for n in range(1, 20)
]


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_sentences_as_written(case: dict[str, Any]) -> None:
    document = assemble([Block(kind="paragraph", runs=(Run(text=case["text"]),)), *LIST], source=SOURCE)
    assert [sentence.text for sentence in document.sentences] == case["sentences"]


def test_spans_and_ids_are_in_order() -> None:
    text = " ".join(case["text"] for case in CASES)
    document = assemble([Block(kind="paragraph", runs=(Run(text=text),)), *LIST], source=SOURCE)
    assert [s.sentence_id for s in document.sentences] == [f"s{n:04d}" for n in range(1, len(document.sentences) + 1)]
    ends = [s.span.end for s in document.sentences]
    assert all(end <= s.span.start for end, s in zip(ends, document.sentences[1:], strict=False))


def test_a_marker_behind_the_full_stop_belongs_to_the_sentence_before() -> None:
    document = assemble(
        [Block(kind="paragraph", runs=(Run(text="Known. [3] The rest [4] is new [5]. End."),)), *LIST], source=SOURCE
    )
    assert [s.span.of(document.text) for s in document.sentences] == ["Known. [3]", "The rest [4] is new [5].", "End."]
