"""A sentence and what a reviewer says of a number in it in, a record that extraction missed out."""

import re
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from pipeline.exports.flat import NUMBERS, PLACE
from pipeline.review.deciding import WRONG, keep_decision
from pipeline.review.documents import find_document
from pipeline.review.entering import Entered, fields_of, read_fields
from pipeline.review.index import entry_of
from pipeline.review.visits import Posting, Refused, Visit, Visiting
from pipeline.rows import Row
from pipeline.store import Held, models
from schemas.record import record_id

KINDS = ("estimate", "comparison", "cohort")
LONGEST = 4000
"""Characters of a sentence, or of a table's row, that a record may be added from."""
BESIDE = 32
"""Characters on either side of the number that its quote takes in, so that it can be found again."""
PRINTED = re.compile(r"[-−]?\d[\d,]*(?:[.·]\d+)?")

routes = APIRouter()


class Printed(NamedTuple):
    """A number of the sentence: its place, its characters, what it is already."""

    start: int
    text: str
    about: str


class Source(NamedTuple):
    """Where a record is added from."""

    held: Held
    reading_id: int
    start: int
    end: int
    text: str
    sentence: Row | None
    numbers: list[Printed]


@routes.get("/documents/{name}/add")
def show_adding(
    visit: Visiting,
    name: str,
    start: Annotated[int, Query(ge=0)],
    end: Annotated[int, Query(ge=0)],
    kind: str = "estimate",
) -> HTMLResponse:
    """The form, with the numbers of the sentence to choose from."""
    source = _source(visit, name, start=start, end=end)
    typed = {"status": "reported", "study": _only_study(visit, source)}
    return _form(visit, source, kind=kind if kind in KINDS else KINDS[0], typed=typed, errors={})


@routes.post("/documents/{name}/add")
def add(posted: Posting, name: str, start: Annotated[int, Query(ge=0)], end: Annotated[int, Query(ge=0)]) -> Response:
    """Keep the record, if the schema takes it; else say what is wrong."""
    visit, form = posted.visit, posted.form
    source = _source(visit, name, start=start, end=end)
    kind = form.get("kind", "")
    if kind not in KINDS:
        raise Refused("Say what kind of record it is.", status=WRONG)
    at, printed = _chosen(source, form)
    if at is None:
        said = "Choose the number, or write the words of the sentence that say the result."
        return _form(visit, source, kind=kind, typed=form, errors={"": said}, status=WRONG)
    row = _place_row(visit, source, kind=kind, start=at, printed=printed)
    entered = _entered(form, row=row, printed=printed)
    if entered.errors:
        return _form(visit, source, kind=kind, typed=form, errors=entered.errors, status=WRONG)
    added = row | entered.fields | _study(visit, source, entered.fields["study"])
    entry = entry_of(added, held=source.held, place=0)
    correction = {key: value for key, value in entered.fields.items() if value is not None}
    keep_decision(posted, entry, verdict="add", correction=correction, added=added)
    return visit.go(f"/records/{entry.record_id}?status=all")


def _source(visit: Visit, name: str, *, start: int, end: int) -> Source:
    held, reading_id = find_document(visit, name)
    text = visit.desk.lookup.text(reading_id)
    if not 0 <= start < end <= len(text) or end - start > LONGEST:
        raise Refused("There is no such sentence in this document.", status=404)
    sentence = visit.desk.lookup.sentence(reading_id, start, end)
    taken = {
        place
        for entry in visit.desk.index.entries.values()
        if entry.reading_id == reading_id and entry.start < end and start < entry.end
        for place in range(*entry.mark)
    }
    left = {row["start"]: row["reason"] for row in visit.desk.store.rows(models.Leftover, reading_id)}
    numbers = []
    for found in PRINTED.finditer(text, start, end):
        about = "has a record" if found.start() in taken else left.get(found.start(), "")
        numbers.append(Printed(found.start(), found[0], about or ""))
    return Source(held, reading_id, start, end, text[start:end], sentence, numbers)


def _only_study(visit: Visit, source: Source) -> str:
    """The study that all records of the same sentence are of; none where there are several, or no record."""
    found = {
        entry.study
        for entry in visit.desk.index.entries.values()
        if entry.reading_id == source.reading_id and source.start <= entry.start < source.end
    }
    return found.pop() if len(found) == 1 else ""


def _chosen(source: Source, form: dict[str, str]) -> tuple[int | None, str]:
    """Where the result is printed, and its characters."""
    words = " ".join(form.get("words", "").split())
    if words:
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = re.search(pattern, source.text)
        return (source.start + found.start(), found[0]) if found is not None else (None, "")
    for number in source.numbers:
        if form.get("number") == str(number.start):
            return number.start, number.text
    return None, ""


def _entered(form: dict[str, str], *, row: Row, printed: str) -> Entered:
    """The form's fields; the printed number fills the field it is for where that was left blank."""
    filled = dict(form)
    number = printed if PRINTED.fullmatch(printed) else ""
    if row["kind"] == "cohort":
        if not filled.get("n", "").strip() and not filled.get("percent", "").strip():
            filled["n"] = number
        if not filled.get("unit", "").strip():
            filled["unit"] = "patients"
    elif not filled.get("value", "").strip() and filled.get("status", "reported") == "reported":
        filled["p" if filled.get("statistic") == "p" else "value"] = number
    entered = read_fields(filled, record=row)
    return Entered({**entered.fields, "status": entered.fields.get("status", "reported")}, entered.errors)


def _place_row(visit: Visit, source: Source, *, kind: str, start: int, printed: str) -> Row:
    """A flat record that stands at the number and says nothing yet."""
    end = start + len(printed)
    low, high = max(source.start, start - BESIDE), min(source.end, end + BESIDE)
    where = _where(visit, source)
    sentence = source.sentence
    empty: Row = dict.fromkeys((*NUMBERS, *PLACE, *(field.name for field in fields_of(kind))))
    blank = dict.fromkeys(
        ("comparator", "endpoint", "endpoint_text", "event", "site", "timepoint", "statistic", "ci", "p")
    )
    said = {
        "record_id": _free_id(visit, source, kind=kind, start=start, end=end, where=where),
        "document": source.held.document,
        "kind": kind,
        "study_alt_names": [],
        "study_type": None,
        "registry_ids": [],
        "population": "",
        "status": "reported",
        "value_text": printed,
        "refs": list(sentence["citations"]) if sentence is not None else [],
        "cited": _cited(visit, source),
        "source": where,
        "section": sentence["heading"] if sentence is not None else "",
        "page": sentence["page"] if sentence is not None else None,
        "sentence_id": sentence["sentence_id"] if sentence is not None else "",
        "sentence": " ".join((sentence["text"] if sentence is not None else source.text).split()),
        "quote": visit.desk.lookup.text(source.reading_id)[low:high],
        "quote_start": low,
        "quote_end": high,
        "value_start": start,
        "boxes": _boxes(visit, source, start=start, printed=printed),
        "rules": ["reviewer"],
        "confidence": 1,
        "needs_review": False,
        "flags": ["added"],
    }
    return blank | empty | said


def _where(visit: Visit, source: Source) -> str:
    """The table that records of the same lines stand in, or the text."""
    near = [e for e in visit.desk.index.entries.values() if e.reading_id == source.reading_id and not e.added]
    inside = [entry.source for entry in near if source.start <= entry.start < source.end]
    if inside or source.sentence is not None:
        return inside[0] if inside else "text"
    tables = [entry for entry in near if entry.source != "text"]
    return min(tables, key=lambda entry: abs(entry.start - source.start)).source if tables else "text"


def _free_id(visit: Visit, source: Source, *, kind: str, start: int, end: int, where: str) -> str:
    """The id of the number's first record of this kind that is not taken."""
    sha256 = source.held.sha256 or ""
    for ordinal in range(100):
        found = record_id(sha256=sha256, source=where, kind=kind, start=start, end=end, ordinal=ordinal)
        if visit.desk.entry(found) is None:
            return found
    raise Refused("There are a hundred records of this number already.", status=409)


def _cited(visit: Visit, source: Source) -> list[Row]:
    markers = source.sentence["citations"] if source.sentence is not None else []
    known = {row["marker"]: row for row in visit.desk.store.rows(models.Reference, source.reading_id)}
    keys = ("title", "doi", "pmid", "year")
    return [{"marker": m, **{key: known[m][key] for key in keys}} for m in markers if m in known]


def _boxes(visit: Visit, source: Source, *, start: int, printed: str) -> list[list[float]]:
    """Where the number is printed, as far as the PDF tells; else where its sentence is."""
    around = source.sentence["boxes"] if source.sentence is not None else []
    if not around or source.held.format != "pdf" or source.held.sha256 is None:
        return list(around)
    words = visit.room.leaves.words_within(source.held.sha256, around)
    earlier = source.text[: start - source.start].count(printed)
    for word, box in words:
        times = word.count(printed)
        if times > earlier:
            return [list(box)]
        earlier -= times
    return list(around)


def _study(visit: Visit, source: Source, name: str) -> Row:
    """What the document says of a study of this name elsewhere."""
    keys = ("study_alt_names", "study_type", "registry_ids")
    rows = visit.desk.store.rows(models.Study, source.reading_id)
    return next(({key: row[key] for key in keys} for row in rows if row["study"] == name), {})


def _form(
    visit: Visit, source: Source, *, kind: str, typed: dict[str, str], errors: dict[str, str], status: int = 200
) -> HTMLResponse:
    free = next((number.start for number in source.numbers if not number.about), None)
    chosen = typed.get("number", str(free) if free is not None else "")
    said: dict[str, Any] = {
        "source": source,
        "kind": kind,
        "kinds": KINDS,
        "chosen": chosen,
        "document": source.held.document,
    }
    return visit.page("add.html", status=status, fields=fields_of(kind), typed=typed, errors=errors, **said)
