"""What the dataset holds of several documents in; one study's results that more than one of them prints out.

Method: a result is the same where study (any of its names, a registry number, or the one work cited for it), endpoint,
event, site, statistic, unit, time, population, arm and comparator are. Documents agree on it where they print a number
in common, rounding allowed. Nothing is chosen: every document is shown with what it prints and its sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pipeline.exports.content import Content
from pipeline.rows import Row

LABEL = ("endpoint", "event", "site", "timepoint", "statistic", "unit", "population", "arm", "comparator")
CITED_ONLY = re.compile(r"^ref \S|\bet al\b", re.IGNORECASE)
POOLED = "this review"


class Said(NamedTuple):
    """What one document prints, and where."""

    document: str
    record_id: str
    value: str
    precision: str
    where: str
    sentence: str


class Agreed(NamedTuple):
    """One result that several documents print; `agree` where they have a number in common."""

    study: str
    result: str
    group: str
    agree: bool
    said: tuple[Said, ...]


def reconcile(contents: Sequence[Content]) -> list[Agreed]:
    """Results that two documents or more print; those on which they differ first, then by study and result."""
    results: dict[tuple[str, ...], list[tuple[str, Row]]] = defaultdict(list)
    studies = _studies(contents)
    for content in contents:
        for record in content.records:
            if record["kind"] != "cohort" and record["value"] is not None and record["record_id"] in studies:
                label = tuple(_fold(record[key]) for key in LABEL)
                results[(studies[record["record_id"]], *label)].append((_fold(content.held.title), record))
    found = []
    for members in results.values():
        reviews: dict[str, list[Row]] = defaultdict(list)
        for title, record in members:
            reviews[title or record["document"]].append(record)  # two files of one review say it once
        if len(reviews) > 1:
            found.append(_agreed(list(reviews.values())))
    return sorted(found, key=lambda agreed: (agreed.agree, _fold(agreed.study), agreed.result, agreed.group))


def _studies(contents: Sequence[Content]) -> dict[str, str]:
    """Record id -> the study it is of, one name for all documents; studies that cannot be told apart are left out."""
    joined: dict[str, str] = {}

    def root(key: str) -> str:
        while joined.setdefault(key, key) != key:
            key = joined[key]
        return key

    keys: dict[str, list[str]] = {}
    for content in contents:
        for record in content.records:
            keys[record["record_id"]] = own = list(_keys(record))
            for key in own[1:]:
                first, second = sorted((root(own[0]), root(key)))
                joined[second] = first
    return {record_id: root(own[0]) for record_id, own in keys.items() if own}


def _keys(record: Row) -> Iterator[str]:
    """What tells a record's study from others; a number of a reference list and a first author do not."""
    if record["study"] == POOLED:
        return
    for name in (record["study"], *record["study_alt_names"]):
        if not CITED_ONLY.search(name):
            yield f"name:{re.sub(r'[^a-z0-9]', '', name.casefold())}"
    yield from (f"registry:{number.casefold()}" for number in record["registry_ids"])
    if CITED_ONLY.search(record["study"]) and len(record["cited"]) == 1:
        work = record["cited"][0]
        if work["pmid"] or work["doi"]:
            yield f"pmid:{work['pmid']}" if work["pmid"] else f"doi:{work['doi'].casefold()}"


def _agreed(reviews: list[list[Row]]) -> Agreed:
    first = reviews[0][0]
    said = sorted(
        {record["record_id"]: _said(record) for records in reviews for record in records}.values(),
        key=lambda said: (said.document, said.where, said.value, said.record_id),
    )
    words = [first["site"], first["event"] or first["endpoint"], first["statistic"]]
    result = " ".join(word for word in words if word)
    if first["timepoint"]:
        result += f" at {first['timepoint']}"
    arms = " vs ".join(part for part in (first["arm"], first["comparator"]) if part)
    return Agreed(
        study=min((record["study"] for records in reviews for record in records), key=lambda name: (-len(name), name)),
        result=result,
        group="; ".join(part for part in (arms, first["population"]) if part),
        agree=all(
            any(_same(one, other) for one in reviews[i] for other in reviews[j])
            for i in range(len(reviews))
            for j in range(i)
        ),
        said=tuple(said),
    )


def _said(record: Row) -> Said:
    unit = "" if record["unit"] in (None, "ratio") else "%" if record["unit"] == "%" else f" {record['unit']}"
    value = record["value_text"] or f"{record['value']}"
    precision = []
    if record["ci"] is not None:
        low, high = ("not reached" if bound is None else f"{bound:g}" for bound in record["ci"])
        level = f"{record['ci_level']:g}% " if record["ci_level"] is not None else ""
        precision.append(f"{level}CI {low} to {high}")
    if record["p"] is not None:
        precision.append(f"P {record['p']}")
    page = f"page {record['page']}" if record["page"] else record["source"]
    return Said(
        record["document"],
        record["record_id"],
        value if value.endswith(unit.strip() or " ") else f"{value}{unit}",
        ", ".join(precision),
        page,
        record["sentence"],
    )


def _same(one: Row, other: Row) -> bool:
    """Whether two printed numbers may be one, each rounded to its own decimals."""
    reach = _half_unit(one) + _half_unit(other)
    return abs(Decimal(str(one["value"])) - Decimal(str(other["value"]))) <= reach


def _half_unit(record: Row) -> Decimal:
    try:
        exponent = Decimal(record["value_text"].strip("% ").replace("−", "-").replace("·", ".")).as_tuple().exponent
    except InvalidOperation:
        exponent = Decimal(str(record["value"])).as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


def _fold(value: str | None) -> str:
    return (value or "").strip().casefold()
