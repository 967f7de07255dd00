"""A flat record in; what it says, where it stands and how far it was reviewed, in words, out."""

from pipeline.exports.selection import Selection
from pipeline.rows import Row

DECIDED = {"accept": "accepted", "correct": "corrected", "add": "added", "reject": "rejected"}


def say_record(record: Row) -> str:
    """The whole record on one line: study, group, outcome, numbers."""
    group = say_group(record)
    about = f"{record['study']} ({group})" if group else str(record["study"])
    return f"{about}: {say_outcome(record)} {say_numbers(record)}".strip()


def say_group(record: Row) -> str:
    """Arm, comparator and population."""
    arms = " vs ".join(text for text in (record["arm"], record["comparator"]) if text)
    return "; ".join(text for text in (arms, record["population"]) if text)


def say_outcome(record: Row) -> str:
    """Endpoint with its qualifiers and statistic; "cohort" for a group's size."""
    if record["kind"] == "cohort":
        return "cohort"
    words = [record["site"], record["endpoint"], record["event"], record["timepoint"], record["statistic"]]
    return " ".join(str(word) for word in words if word)


def say_numbers(record: Row) -> str:
    """Value, interval and p-value."""
    return " ".join(
        part for part in (_value(record), _interval(record), f"p{record['p']}" if record["p"] else "") if part
    )


def _value(record: Row) -> str:
    if record["kind"] == "cohort":
        printed = f"{record['n']}" if record["n"] is not None else f"{record['percent']}%"
        return f"{printed} {record['unit']}"
    if record["value"] is None:
        return "" if record["status"] == "reported" else str(record["status"])
    unit = {None: "", "ratio": "", "%": "%"}.get(record["unit"], f" {record['unit']}")
    return f"{record['value']}{unit}"


def _interval(record: Row) -> str:
    if record["ci"] is None:
        return ""
    low, high = ("not reached" if bound is None else f"{bound}" for bound in record["ci"])
    level = f"{record['ci_level']:g}% CI" if record["ci_level"] is not None else "CI"
    return f"({level} {low} to {high})"


def say_place(record: Row) -> str:
    """Document, page, table or section, characters."""
    page = f"page {record['page']}" if record["page"] else ""
    where = record["source"] if record["source"] != "text" else record["section"]
    span = f"characters {record['quote_start']} to {record['quote_end']} of its text"
    return ", ".join(part for part in (record["document"], page, where, span) if part)


def say_review(record: Row) -> str:
    """What a person decided, or that nobody did and whether somebody should."""
    review = record["review"]
    if review is not None:
        return f"{DECIDED.get(review['verdict'], review['verdict'])} by {review['reviewer']}"
    return "not reviewed, should be" if record["needs_review"] else "not reviewed"


def say_selection(selection: Selection) -> str:
    """What is left out, as a sentence; "" where nothing is."""
    words = [condition.text for condition in selection.conditions]
    words += ["reviewed"] if selection.reviewed_only else []
    words += ["unflagged"] if selection.unflagged_only else []
    return f"Only {', '.join(words)}." if words else ""
