"""The numbers of hand-annotated reviews (an optional folder) are recognised at their quotes, as what they are."""

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors.mentions.numbers import NumberMentions, recognise_numbers
from schemas.number import Number

# Citations as the texts print them; a document blanks its own, but these texts are read without one.
CITATION = re.compile(r"\[\d+(?:\s?[–,-]\s?\d+)*\]|(?<![mM\d])[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[–,][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
PIECE_END = re.compile(r"\n\s*\n|\t|\Z")
# Beyond the quote: a p-value or an interval may stand behind it in the same sentence.
BEHIND = 150


def same(number: Number | None, gold: float) -> bool:
    return number is not None and abs(number.value) == abs(Decimal(str(gold)))


def wanted(record: dict[str, Any]) -> list[tuple[str, Any]]:
    """What a gold record says must be recognised: (kind, number or numbers)."""
    found: list[tuple[str, Any]] = []
    if record["kind"] == "cohort":
        return [("count", record["n"])] if record["n"] is not None else []
    if record.get("value") is not None:
        found.append(("count" if record["statistic"] == "count" else "value", record["value"]))
    elif record.get("status") not in (None, "reported"):
        found.append(("status", record["status"]))
    if record.get("ci"):
        found.append(("interval", record["ci"]))
    if record.get("p") and (parts := re.fullmatch(r"([<>=]+)([\d.]+)", record["p"])):
        found.append(("p", (parts[1], parts[2])))
    return found


def is_there(found: NumberMentions, kind: str, what: Any, start: int, end: int) -> bool:
    def near(span: tuple[int, int], behind: int = 0) -> bool:
        return span[0] < end + behind and start < span[1]

    if kind == "value":
        return any(near(v.span) and same(v.number, what) for v in found.values)
    if kind == "status":
        return any(near(v.span) and v.status == what for v in found.values)
    if kind == "count":
        return any(near(c.span) and (same(c.number, what) or same(c.of, what)) for c in found.counts)
    if kind == "p":
        p_values = [m.p for m in found.p_values if near(m.span, BEHIND)]
        return any((p.operator, p.number.value) == (what[0], Decimal(what[1])) for p in p_values)
    bounds = [(m.interval.low, m.interval.high) for m in found.intervals if near(m.span, BEHIND)]
    return any(all(same(n, g) if g is not None else n is None for n, g in zip(b, what, strict=True)) for b in bounds)


def test_numbers_of_annotated_reviews_are_recognised(evaluation_data: Path) -> None:
    seen, right, missed = Counter[str](), Counter[str](), []
    for gold in sorted((evaluation_data / "gold" / "dev").glob("*.gold.jsonl")):
        stem = gold.name.removesuffix(".gold.jsonl")
        text = (evaluation_data / "corpus" / "annotated" / f"{stem}.txt").read_text(encoding="utf-8")
        reading = CITATION.sub(lambda m: " " * len(m[0]), text)
        found, begin = [], 0
        for piece in PIECE_END.finditer(text):
            found.append((begin, piece.end(), recognise_numbers(reading, start=begin, end=piece.start())))
            begin = piece.end()
        for record in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
            if record.get("optional") or record["source"] != "text":
                continue
            quote = re.compile(r"\s*".join(map(re.escape, "".join(record["quote"].split()))))
            places = [m.span() for m in quote.finditer(text)]
            for kind, what in wanted(record):
                seen[kind] += 1
                if any(
                    is_there(mentions, kind, what, *place)
                    for place in places
                    for first, last, mentions in found
                    if first < place[1] and place[0] < last
                ):
                    right[kind] += 1
                else:
                    missed.append((stem, kind, what, record["quote"]))
    assert seen.total() > 500
    assert all(right[kind] >= 0.98 * seen[kind] for kind in seen), (seen, right, missed)
