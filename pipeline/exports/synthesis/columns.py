"""Columns that all tables for a meta-analysis share, and a record's values in them: what it is of, where it stands."""

from pipeline.exports.fields import COHORTS, COMPARISONS, ESTIMATES, STUDIES, Field
from pipeline.exports.synthesis.repeats import LOCAL
from pipeline.rows import Row

KNOWN = {field.name: field for table in (STUDIES, COHORTS, ESTIMATES, COMPARISONS) for field in table.fields}
TOPIC = tuple(
    KNOWN[name]._replace(known=False)
    for name in ("study", "study_type", "population", "endpoint", "endpoint_text", "event", "site", "timepoint")
)
PLACE = (
    *(
        KNOWN[name]._replace(known=False)
        for name in ("document", "page", "source", "section", "sentence_id", "sentence", "quote", "refs")
    ),
    *(KNOWN[name] for name in ("confidence", "needs_review", "flags", "review", "reviewer")),
    Field("checks", "array", "checks that call a number of this record inconsistent with others", required=True),
)
RECORD = Field("record_id", "string", "the record it was made of", required=True)
LEVEL = (
    Field("ci_level", "number", "level of the interval, 95 where none is printed"),
    Field("ci_level_assumed", "boolean", "the level is not printed", required=True),
)
ERROR_FROM = ("interval", "p", "p bound")
ERROR = "from the interval, or from p where only that is printed; p bound: from p < ..., so it is the greatest possible"


def place(record: Row, *, checks: dict[str, list[str]]) -> Row:
    """A record's values in TOPIC, PLACE and RECORD."""
    review = record["review"] or {}
    return {field.name: record[field.name] for field in (*TOPIC, *PLACE, RECORD) if field.name in record} | {
        "review": review.get("verdict"),
        "reviewer": review.get("reviewer"),
        "checks": sorted(set(checks.get(record["record_id"], []))),
    }


def label(record: Row) -> str:
    """A study's label in an analysis: its name, its subgroup; one that only a document knows carries its name."""
    name: str = record["study"]
    if name.casefold().startswith(LOCAL):
        name = f"{name}, {record['document']}"
    return f"{name} ({record['population']})" if record["population"] else name
