"""The sample reviews: their stems, their gold, and the text of their pages without running heads and feet."""

import csv
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
STEMS = sorted(path.stem for path in (CORPUS / "source").glob("*.typ") if path.stem != "journal")
HEAD, FOOT = 52, 55  # points of a page taken by its running head and foot


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of sample reviews."""
    return CORPUS


@pytest.fixture(params=STEMS)
def stem(request: pytest.FixtureRequest) -> str:
    """The name of each sample review in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def manifest(corpus: Path) -> list[dict[str, str]]:
    """The rows of the manifest."""
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def rows(corpus: Path) -> Callable[[str], list[dict[str, Any]]]:
    """A reader of the JSON lines in the gold folder, by file name."""

    def read(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (corpus / "gold" / name).read_text(encoding="utf-8").splitlines()]

    return read


@pytest.fixture
def gold(rows: Callable[[str], list[dict[str, Any]]], stem: str) -> list[dict[str, Any]]:
    """The records of one review's gold."""
    return rows(f"{stem}.gold.jsonl")


@pytest.fixture
def due(rows: Callable[[str], list[dict[str, Any]]], stem: str) -> list[dict[str, Any]]:
    """The findings that one review owes."""
    return rows(f"{stem}.findings.jsonl")


@pytest.fixture(scope="session")
def printed() -> Callable[[bytes], str]:
    """A function from a PDF to the text of its pages, without running heads and feet."""

    def text_of(pdf: bytes) -> str:
        document = pypdfium2.PdfDocument(pdf)
        pages = []
        for page in document:
            width, height = page.get_size()
            pages.append(page.get_textpage().get_text_bounded(0, FOOT, width, height - HEAD))
        document.close()
        return "\n".join(pages).replace("\r\n", "\n")

    return text_of


@pytest.fixture(scope="session")
def squeezed() -> Callable[[str], str]:
    """A function from a text to its letters and digits: what line ends and hyphenation leave alone."""

    def letters_and_digits(text: str) -> str:
        return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()

    return letters_and_digits
