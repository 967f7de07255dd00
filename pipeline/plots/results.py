"""A dataset's records and findings in; each result once, with all the places that print it, out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from pipeline.audit.reconciliation import CITED_ONLY, POOLED
from pipeline.exports.wording import say_group, say_outcome, say_review
from pipeline.plots.ink import SEVERITIES
from pipeline.rows import Row


class Result(NamedTuple):
    """One estimate or comparison; `records` are all that print it, the one that says most first."""

    records: tuple[Row, ...]
    findings: tuple[Row, ...] = ()

    @property
    def record(self) -> Row:
        """The record that says most."""
        return self.records[0]

    @property
    def study(self) -> str:
        """Its study, told apart from another document's where only a citation names it."""
        name = str(self.record["study"])
        own = name == POOLED or CITED_ONLY.search(name) is not None
        return f"{name} ({PurePath(self.record['document']).name})" if own else name

    @property
    def reviewed(self) -> bool:
        """Whether a person confirmed it, as read or corrected."""
        return any(record["review"] is not None for record in self.records)

    @property
    def doubtful(self) -> bool:
        """Whether a person should look and nobody has."""
        return not self.reviewed and all(record["needs_review"] for record in self.records)

    @property
    def p(self) -> str:
        """The p-value as the dataset writes it, from whichever place prints it."""
        return next((f"p{record['p']}" for record in self.records if record["p"] is not None), "")

    @property
    def level(self) -> float | None:
        """The level of its interval, from whichever place prints it."""
        return next((record["ci_level"] for record in self.records if record["ci_level"] is not None), None)

    @property
    def interval(self) -> str:
        """The printed interval, both bounds with as many decimals as the longer one; "" where none is printed."""
        if self.record["ci"] is None:
            return ""
        decimals = max(len(f"{bound}".partition(".")[2]) for bound in self.record["ci"])
        bounds = ("not reached" if bound is None else f"{bound:.{decimals}f}" for bound in self.record["ci"])
        low, high = (bound.replace("-", "−") if bound[0] == "-" else bound for bound in bounds)
        level = f"; {self.level:g}%" if self.level not in (None, 95) else ""
        return f"[{low} to {high}{level}]"

    @property
    def severity(self) -> str | None:
        """That of its gravest finding."""
        found = {finding["severity"] for finding in self.findings}
        return next((severity for severity in SEVERITIES if severity in found), None)


def results_of(records: Iterable[Row], findings: Iterable[Row]) -> list[Result]:
    """Estimates and comparisons, each once, in the order they are first printed.

    What a reviewer rejected is left out. Two records are one result where study, group, outcome and value are the
    same; what one of them leaves open (arm, interval, p-value) is taken to be the other's.
    """
    about: dict[str, list[Row]] = {}
    for finding in findings:
        if finding["verdict"] == "inconsistent" and finding["severity"] in SEVERITIES:
            for record_id in finding["record_ids"]:
                about.setdefault(record_id, []).append(finding)
    gathered: dict[tuple[object, ...], list[list[Row]]] = {}
    for record in records:
        if record["kind"] == "cohort" or is_rejected(record):
            continue
        alike = gathered.setdefault(_numbers(record), [])
        same = next((group for group in alike if all(_compatible(record, other) for other in group)), None)
        if same is None:
            alike.append([record])
        else:
            same.append(record)
    return [_result(group, about) for alike in gathered.values() for group in alike]


def is_rejected(record: Row) -> bool:
    """Whether a reviewer said that there is no such result."""
    return record["review"] is not None and record["review"]["verdict"] == "reject"


def _result(group: Sequence[Row], about: dict[str, list[Row]]) -> Result:
    found = {finding["finding_id"]: finding for record in group for finding in about.get(record["record_id"], [])}
    return Result(tuple(sorted(group, key=_fullness, reverse=True)), tuple(found.values()))


def _numbers(record: Row) -> tuple[object, ...]:
    """What two records of one result share."""
    keys = ("endpoint", "event", "site", "timepoint", "kind", "statistic", "value", "unit", "status")
    alone = record["record_id"] if record["value"] is None and record["status"] == "reported" else None
    return (Result((record,)).study, *(record[key] for key in keys), alone)


def _compatible(record: Row, other: Row) -> bool:
    """Whether both may be the same result: nowhere two different arms, populations, intervals or p-values."""
    open_arm = record["arm"] is None or other["arm"] is None
    return (
        (open_arm or record["arm"] == other["arm"])
        and (open_arm or record["comparator"] in (None, other["comparator"]) or other["comparator"] is None)
        and record["population"] == other["population"]
        and all(record[key] is None or other[key] is None or record[key] == other[key] for key in ("ci", "p"))
    )


def _fullness(record: Row) -> tuple[bool, int, float]:
    keys = ("arm", "comparator", "p", "ci_level", "n", "events")
    return (record["ci"] is not None, sum(record[key] is not None for key in keys), record["confidence"])


def value_text(record: Row) -> str:
    """The value as printed, without its unit: the unit stands above."""
    if record["value"] is None:
        return {"not reached": "not reached", "not applicable": "n.a."}.get(record["status"], "not reported")
    return str(record["value_text"]).removesuffix("%").strip() or f"{record['value']:g}"


def in_order(study: str) -> tuple[tuple[str, int], ...]:
    """Sorts names as people do: without regard to case, numbers in them by their value."""
    return tuple((word, int(number or 0)) for word, number in re.findall(r"(\D*)(\d*)", study.casefold()))


def place_text(record: Row) -> str:
    """Where it is printed: document, page, table."""
    page = f"p. {record['page']}" if record["page"] else ""
    table = record["source"] if record["source"] != "text" else ""
    return " ".join(part for part in (PurePath(record["document"]).name, page, table) if part)


def tooltip(result: Result) -> str:
    """What a result says when it is pointed at: numbers, sentences with their places, findings, review."""
    return "\n".join(_tooltip(result))


def _tooltip(result: Result) -> Iterator[str]:
    record = result.record
    numbers = " ".join(part for part in (value_text(record), result.interval, result.p) if part)
    group = say_group(record)
    yield f"{result.study}{f' ({group})' if group else ''}: {say_outcome(record)} {numbers}"
    for each in result.records:
        yield f"{place_text(each)}: “{each['sentence']}” [record {each['record_id']}, {say_review(each)}]"
    for finding in result.findings:
        yield f"{finding['severity']}: {finding['message']}"
