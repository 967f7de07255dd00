"""`trialtrace explain`: one record with its sentence, its place on the page, what made it and what checks say."""

from typing import NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipeline import screen
from pipeline.commands.listing import endpoint_of, group_of, precision_of, value_of
from pipeline.exports.content import Content, content
from pipeline.rows import Row
from pipeline.settings import Settings
from pipeline.store import Store, StorePlace, open_store
from schemas.errors import UsageError

SHORTEST = 4
"""Digits that a shortened record id must have at least."""


class Explained(NamedTuple):
    """A record with the findings about it and a piece of the document's text around it, which begins at `start`."""

    record: Row
    findings: list[Row]
    text: str
    start: int
    file: str


def explain(record_id: str, *, database: StorePlace | None, as_json: bool) -> int:
    """Print all there is to know of one record; returns the exit status."""
    with open_store(database if database is not None else Settings().database) as store:
        explained = find(store, record_id)
    if as_json:
        screen.say_json({**explained.record, "findings": explained.findings, "file": explained.file})
    else:
        _print(screen.out(), explained)
    return 0


def find(store: Store, record_id: str) -> Explained:
    """The record whose id begins so; raises UsageError where there is none in the dataset, or several."""
    if len(record_id) < SHORTEST:
        raise UsageError(f"{record_id}: give at least {SHORTEST} characters of a record's id.")
    hits = set(store.find_records(record_id))
    places = {held.reading_id: held for held in store.held()}
    now = sorted((found, reading) for reading, found in hits if reading in places)
    if not now:
        older = " (an earlier reading of the document had it)" if hits else ""
        raise UsageError(f"{record_id}: no such record in the dataset{older}. trialtrace records lists them.")
    if len(now) > 1:
        raise UsageError(f"{record_id}: several records begin so: {', '.join(found for found, _ in now)}.")
    full, reading = now[0]
    held = places[reading]
    whole = content(store, held)
    record = next(record for record in whole.records if record["record_id"] == full)
    findings = [finding for finding in whole.findings if full in finding["record_ids"]]
    start, end = _surroundings(record, whole)
    return Explained(record, findings, store.text(reading)[start:end], start, held.files[0])


def _surroundings(record: Row, whole: Content) -> tuple[int, int]:
    """Characters of the record's sentence, or of its quote where that is a table's cell."""
    for sentence in whole.sentences:
        if sentence["sentence_id"] == record["sentence_id"] and sentence["start"] <= record["quote_start"]:
            return min(sentence["start"], record["quote_start"]), max(sentence["end"], record["quote_end"])
    return record["quote_start"], record["quote_end"]


def _print(console: Console, explained: Explained) -> None:
    record = explained.record
    console.print(f"[bold]{record['record_id']}[/bold], {record['kind']}, from {escape(explained.file)}\n")
    console.print(_marked(explained))
    console.print()
    facts = Table(box=None, show_header=False, pad_edge=False)
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    for name, said in _facts(record):
        facts.add_row(name, escape(said))
    console.print(facts)
    _print_findings(console, explained.findings)


def _facts(record: Row) -> list[tuple[str, str]]:
    study = ", ".join([record["study"], *record["study_alt_names"], *record["registry_ids"]])
    cited = "; ".join(f"[{work['marker']}] {work['title'] or work['doi'] or ''}".strip() for work in record["cited"])
    lines = [
        ("study", study + (f" ({record['study_type']})" if record["study_type"] else "")),
        ("group", group_of(record)),
        ("endpoint", endpoint_of(record)),
        ("value", " ".join(part for part in (value_of(record), precision_of(record)) if part)),
        ("as printed", record["value_text"]),
        ("events, n", ", ".join(str(record[key]) for key in ("events", "n") if record[key] is not None)),
        ("cites", cited),
        ("section", record["section"]),
        ("source", record["source"]),
        ("cell", record["sentence"] if record["source"] != "text" else ""),
        ("page", str(record["page"] or "")),
        ("boxes", "; ".join(_box(box) for box in record["boxes"])),
        ("characters", f"{record['quote_start']} to {record['quote_end']} of the document's text"),
        ("rules", ", ".join(record["rules"])),
        ("confidence", f"{record['confidence']}{', needs review' if record['needs_review'] else ''}"),
        ("flags", ", ".join(record["flags"])),
        ("review", _review(record)),
    ]
    return [(name, said) for name, said in lines if said]


def _box(box: list[float]) -> str:
    page, x0, top, x1, bottom = box
    return f"page {page:.0f}, {x0:g} to {x1:g} from the left, {top:g} to {bottom:g} from the top (points)"


def _review(record: Row) -> str:
    review = record["review"]
    if review is None:
        return ""
    changes = ", ".join(f"{key} = {value}" for key, value in review["correction"].items())
    return f"{review['verdict']} by {review['reviewer']} at {review['at']}{f': {changes}' if changes else ''}"


def _marked(explained: Explained) -> Text:
    """The sentence as it stands in the document, the quote underlined, the number in reverse."""
    record = explained.record
    text = Text("  " + explained.text)
    shift = 2 - explained.start
    text.stylize("underline", record["quote_start"] + shift, record["quote_end"] + shift)
    if record["value_start"] is not None:
        length = len(record["value_text"]) or 1
        text.stylize("bold reverse", record["value_start"] + shift, record["value_start"] + shift + length)
    for place in [i for i, character in enumerate(text.plain) if character in "\n\r\t"]:
        text.plain = text.plain[:place] + " " + text.plain[place + 1 :]
    return text


def _print_findings(console: Console, findings: list[Row]) -> None:
    if not findings:
        console.print("\nNo check has anything to say about it.")
        return
    table = Table("check", "verdict", "finding", box=None, pad_edge=False)
    for finding in findings:
        said = finding["message"] or f"printed {finding['printed']}, expected {finding['expected']}"
        table.add_row(finding["check"], finding["verdict"], escape(said))
    console.print()
    console.print(table)
