"""A selection without a store: any text and any records of it, as an export meets them; and how to draw some."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipeline.exports.content import Content
from pipeline.exports.selection import Selection
from pipeline.store import Held
from tests.pipeline.plots.making import finding, flat, review

SHA256 = "ab" * 32


class Given:
    """What `Selected` offers to an export."""

    def __init__(self, *documents: tuple[str, str, list[dict[str, Any]]], form: str = "pdf") -> None:
        self.selection = Selection()
        self.tally: dict[str, int] = {}
        self._form = form
        self._documents = documents

    def documents(self) -> list[Held]:
        """Every document by name."""
        return [self._held(name) for name, _, _ in self._documents]

    def contents(self) -> Iterator[Content]:
        """Every document with its records, and a finding on the first of them."""
        for name, _, records in self._documents:
            found = [finding(records[0]["record_id"], document=name)] if records else []
            yield Content(self._held(name), records, found, [], [], [], [], [])

    def text(self, held: Held) -> str:
        """A document's text."""
        return next(text for name, text, _ in self._documents if name == held.document)

    def _held(self, name: str) -> Held:
        return Held(
            document=name, files=(f"{name}.pdf",), sha256=SHA256, format=self._form, status="read", reason="",
            title=name, pages=3, numbers=1, explained=1, records=1, findings=1, code_version="1", lexicon_digest="d",
            reading_id=1,
        )  # fmt: skip


LETTERS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(list("\n\r\t\x0b\x1c\x85\u2028🧬 19.")), min_size=9
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
NUMBERS = st.integers(-500, 50_000) | st.decimals(-99, 999, places=3).map(float)
BOXES = [[2, 10.5, 20.25, 30.5, 40.75], [3, 1, 2, 3, 4]]
WORKS = [{"marker": "7", "title": None, "doi": "10.1/x", "pmid": None, "year": 2020}]
STATISTICS = st.sampled_from(["median", "rate", "HR", "p", "other", "difference"])
UNITS = st.sampled_from(["%", "months", "ratio", "mg/dL", None])
P_VALUES = st.sampled_from([None, "=0.0049", "<0.001", ">0.05", "<=0.5", ">=0.1", "~0.3", "=1e-05", "=0"])


@st.composite
def rows(draw: st.DrawFn, text: str, document: str) -> dict[str, Any]:
    """A record whose quote is some characters of the text."""
    start = draw(st.integers(0, len(text) - 2))
    end = draw(st.integers(start + 1, len(text)))
    kind = draw(st.sampled_from(["cohort", "estimate", "comparison"]))
    low, high = draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)
    outcome = {
        "endpoint": draw(WORDS), "event": draw(st.none() | WORDS), "statistic": draw(STATISTICS), "unit": draw(UNITS),
        "value": draw(st.none() | NUMBERS), "ci": draw(st.none() | st.just([low, high])), "p": draw(P_VALUES),
        "n": draw(st.none() | NUMBERS), "events": draw(st.none() | NUMBERS),
        "comparator": draw(st.none() | WORDS) if kind == "comparison" else None,
    }  # fmt: skip
    size = {
        "endpoint": None, "event": None, "statistic": None, "unit": draw(st.sampled_from(["patients", "studies"])),
        "value": None, "ci": None, "p": None, "n": draw(st.integers(0, 9999)), "events": None, "comparator": None,
    }  # fmt: skip
    return flat(
        document=document, kind=kind, study=draw(WORDS | st.just("ref 9")), population=draw(st.just("") | WORDS),
        arm=draw(st.none() | WORDS), value_text=draw(st.just("") | WORDS), ci_level=draw(st.sampled_from([None, 95])),
        quote=text[start:end], quote_start=start, quote_end=end, page=draw(st.none() | st.integers(1, 9)),
        boxes=draw(st.sampled_from([[], BOXES])), cited=draw(st.sampled_from([[], WORKS])),
        needs_review=draw(st.booleans()), review=draw(st.none() | st.sampled_from(["accept", "reject"]).map(review)),
        **(size if kind == "cohort" else outcome),
    )  # fmt: skip


@st.composite
def selections(draw: st.DrawFn) -> Given:
    """Up to two documents of any text with some records each."""
    documents = []
    for name in draw(st.lists(WORDS, max_size=2, unique=True)):
        text = draw(LETTERS)
        documents.append((name, text, draw(st.lists(rows(text, name), min_size=1, max_size=4))))
    return Given(*documents, form=draw(st.sampled_from(["pdf", "text"])))


def records_of(given: Given) -> list[dict[str, Any]]:
    """All records, in order."""
    return [record for content in given.contents() for record in content.records]


def written(module: Any, given: Any, folder: Path, name: str | None = None) -> Path:
    """What a format's module writes of it into a folder of its own, or into a file there."""
    target = folder / (name or "")
    result = module.write(given, target)
    assert [path for path in result.files if not path.is_file()] == []
    return target
