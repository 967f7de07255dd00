"""Flat records in, a table for a person out."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.rows import Row

DECIDED = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}


def list_records(console: Console, records: Iterable[Row], *, with_document: bool = False) -> None:
    """One line a record: id, study, who, what, the number as printed, where."""
    table = Table(box=None, pad_edge=False)
    table.add_column("record", no_wrap=True, style="dim")
    if with_document:
        table.add_column("document")
    for heading in ("study", "group", "endpoint"):
        table.add_column(heading)
    table.add_column("value", justify="right")
    table.add_column("interval, p")
    table.add_column("p.", justify="right")
    table.add_column("")
    for record in records:
        table.add_row(
            record["record_id"][:8],
            *([escape(record["document"])] if with_document else []),
            escape(record["study"]),
            escape(group_of(record)),
            escape(endpoint_of(record)),
            escape(value_of(record)),
            escape(precision_of(record)),
            str(record["page"] or ""),
            mark_of(record),
        )
    console.print(table)


def mark_of(record: Row) -> str:
    """What a reviewer decided, and a question mark where a person should look."""
    verdict = DECIDED[record["review"]["verdict"]] if record["review"] is not None else ""
    return " ".join(part for part in (verdict, "?" if record["needs_review"] else "") if part)


def group_of(record: Row) -> str:
    """Arm, comparator and population in a few words."""
    arms = " vs ".join(text for text in (record["arm"], record["comparator"]) if text)
    return "; ".join(text for text in (arms, record["population"]) if text)


def endpoint_of(record: Row) -> str:
    """Endpoint with its qualifiers."""
    if record["kind"] == "cohort":
        return "cohort"
    words = [record["site"], record["endpoint"], record["event"], record["timepoint"], record["statistic"]]
    return " ".join(word for word in words if word)


def value_of(record: Row) -> str:
    """The number with its unit, or why there is none."""
    if record["kind"] == "cohort":
        number = record["n"] if record["n"] is not None else f"{record['percent']}%"
        return f"{number} {record['unit']}"
    if record["value"] is None:
        return "" if record["status"] == "reported" else str(record["status"])
    unit = record["unit"]
    return f"{record['value']}{'' if unit in (None, 'ratio', '%') else ' '}{'' if unit in (None, 'ratio') else unit}"


def precision_of(record: Row) -> str:
    """Interval and p-value."""
    words = []
    if record["ci"] is not None:
        low, high = ("NR" if bound is None else f"{bound}" for bound in record["ci"])
        words.append(f"{low} to {high}")
    if record["p"] is not None:
        words.append(f"p{record['p']}")
    return ", ".join(words)
