"""Flat records of any content, as a store would give them, and the way back from the rows that an export wrote."""

import hashlib
from collections.abc import Iterator
from typing import Any, get_args

from hypothesis import strategies as st

from pipeline.exports.content import Content
from pipeline.exports.fields import COHORTS, COMPARISONS, ESTIMATES
from pipeline.exports.selection import Selection
from pipeline.store import Held
from schemas.evidence import ArmRole, Site, Statistic, Status
from schemas.flat import FlatRecord

Row = dict[str, Any]
KNOWN = {field.name for table in (COHORTS, ESTIMATES, COMPARISONS) for field in table.fields if field.known}
STUDY = {"study_alt_names": ["Also"], "study_type": "trial", "registry_ids": []}

TRICKY = st.sampled_from(
    [
        *('=HYPERLINK("http://example.org","click")', "=1+1", "+1", "-1", "@SUM(A1)", "{=A1}", "http://example.org"),
        *("", " ", " padded ", "NA", "null", "None", "nan", "true", "1e5", "007", "#N/A", "[]", '["a"]', "'x"),
        *(
            "a,b",
            'say "so"',
            "two\nlines",
            "two\r\nlines",
            "\rold",
            "tab\there",
            "_x0041_",
            "\x01bell",
            "µ·–−≥",
            "\U0001f600",
        ),
    ]
)
TEXTS = TRICKY | st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=12)
SOME = TEXTS.filter(bool)
# printed numbers: Excel keeps fifteen digits
AMOUNTS = st.none() | st.integers(-(10**6), 10**6) | st.floats(-1e9, 1e9).map(lambda x: round(x, 4) or 0.0)
PLACES = st.none() | st.integers(0, 10**6)
LISTS = st.lists(TEXTS, max_size=3)
BOXES = st.lists(st.lists(st.floats(0, 1000).map(lambda x: round(x, 2)), min_size=5, max_size=5), max_size=2)
WORKS = st.lists(
    st.fixed_dictionaries(
        {
            "marker": SOME,
            "title": st.none() | SOME,
            "doi": st.none(),
            "pmid": st.none() | SOME,
            "year": st.none() | st.just(2020),
        }
    ),
    max_size=2,
)
REVIEWS = st.none() | st.fixed_dictionaries(
    {
        "verdict": st.sampled_from(["accept", "reject", "correct", "add"]),
        "reviewer": SOME,
        "at": st.just("2026-01-02T00:00:00+00:00"),
        "correction": st.dictionaries(st.sampled_from(["value_text", "event"]), st.none() | TEXTS, max_size=2),
    }
)
WHERE = {
    "refs": LISTS,
    "cited": WORKS,
    "source": SOME,
    "section": TEXTS,
    "page": st.none() | st.integers(1, 99),
    "sentence_id": SOME,
    "sentence": TEXTS,
    "quote": SOME,
    "quote_start": st.integers(0, 10**6),
    "quote_end": st.integers(0, 10**6),
    "value_start": PLACES,
    "events_start": PLACES,
    "sd_start": PLACES,
    "boxes": BOXES,
    "rules": LISTS,
    "confidence": st.floats(0, 1).map(lambda x: round(x, 3)),
    "needs_review": st.booleans(),
    "flags": LISTS,
    "review": REVIEWS,
}
WHO = {
    "study": SOME,
    "population": TEXTS,
    "arm": st.none() | TEXTS,
    "arm_role": st.none() | st.sampled_from(get_args(ArmRole)),
    "value_text": TEXTS,
    "unit": st.none() | TEXTS,
    "n": AMOUNTS,
}
WHAT = {
    "endpoint": SOME,
    "endpoint_text": TEXTS,
    "event": st.none() | TEXTS,
    "site": st.none() | st.sampled_from(get_args(Site)),
    "timepoint": st.none() | TEXTS,
    "statistic": st.sampled_from(get_args(Statistic)),
    "value": AMOUNTS,
    "status": st.sampled_from(get_args(Status)),
    "ci": st.none() | st.lists(AMOUNTS, min_size=2, max_size=2),
    "ci_level": st.none() | st.sampled_from([90, 95, 99.5]),
    "p": st.none() | st.sampled_from(["=0.04", "<0.001"]),
}
KINDS = {
    "cohort": WHO | WHERE | {"percent": AMOUNTS},
    "estimate": WHO | WHAT | WHERE | {"percent": AMOUNTS, "events": AMOUNTS},
    "comparison": WHO | WHAT | WHERE | {"comparator": st.none() | TEXTS},
}
BLANK: Row = dict.fromkeys(FlatRecord.model_fields) | {"status": "reported"}


@st.composite
def records(draw: st.DrawFn, document: str = "a") -> list[Row]:
    """Flat records of one document, each with an id of its own."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        ident = hashlib.sha256(f"{document}{number}".encode()).hexdigest()[:16]
        drawn = draw(st.fixed_dictionaries(KINDS[kind]))
        found.append(BLANK | STUDY | drawn | {"record_id": ident, "document": document, "kind": kind})
    return found


class Given:
    """What a format's `write` is given, made of records instead of a store."""

    def __init__(self, *documents: list[Row]) -> None:
        self.selection = Selection()
        self.parts = [_content(f"document {number}", rows) for number, rows in enumerate(documents)]

    def documents(self) -> list[Held]:
        """Every document."""
        return [part.held for part in self.parts]

    def contents(self) -> Iterator[Content]:
        """Document by document."""
        return iter(self.parts)

    def records(self) -> Iterator[Row]:
        """All records."""
        return (row for part in self.parts for row in part.records)


def _content(document: str, rows: list[Row]) -> Content:
    held = Held(document, ("a.txt",), "0" * 64, "text", "read", "", "", 0, 0, 0, len(rows), 0, "1", "words", 1)
    return Content(held, [row | {"document": document} for row in rows], [], [], [], [], [], [])


def expected(record: Row) -> Row:
    """A flat record as tables can tell it: what is blank is unknown, except in texts that are always known."""
    return {
        key: None if value == "" and key not in KNOWN else value for key, value in record.items() if key not in STUDY
    }


def rebuilt(row: Row) -> Row:
    """The flat record that a row of `cohorts`, `estimates` or `comparisons` was made of; `row` has its `kind`."""
    flat = {key: row.get(key) for key in FlatRecord.model_fields if key not in STUDY}
    printed = [row.get("ci_low"), row.get("ci_high")]
    flat["ci"] = printed if row.get("ci_open") is not None or any(bound is not None for bound in printed) else None
    flat["review"] = None
    if row["review"] is not None:
        flat["review"] = {
            "verdict": row["review"],
            "reviewer": row["reviewer"],
            "at": row["reviewed_at"],
            "correction": row["correction"],
        }
    if row["kind"] == "cohort":
        flat["status"] = "reported"
    return flat
