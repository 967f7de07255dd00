"""Tables in, drafts of the results in their cells out: rows or columns that are studies, endpoints, arms."""

from collections import defaultdict
from dataclasses import dataclass

import regex

from extractors.facts.arms import Arm, ArmBook, find_arms
from extractors.facts.columns import Meaning, read_header, split_rows
from extractors.facts.comparisons import draft_comparisons
from extractors.facts.draft import Draft
from extractors.facts.estimates import Clause, Memory
from extractors.facts.groups import learn_pair
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.tablecells import cell_numbers, draft_cell_estimates
from schemas.document import Cell, Document, Table
from schemas.number import Number


@dataclass
class TableDraft:
    """A draft from a table cell with what a reader must see to judge it: the cell under its headers."""

    draft: Draft
    source: str
    shown: str
    page: int | None


@dataclass
class Row:
    """One body row: its study, arms and population, as far as its cells name them."""

    number: int
    study: KnownStudy | None
    refs: tuple[str, ...]
    arms: list[Arm]
    book: ArmBook
    population: str
    meaning: Meaning


def draft_tables(document: Document, index: MentionIndex, book: StudyBook, own: KnownStudy | None) -> list[TableDraft]:
    """Drafts of every table; `own` is the study of a table whose rows name none (the review's, or null)."""
    drafts: list[TableDraft] = []
    for table in document.tables:
        drafts += _draft_table(document, index, book, table, own)
    return drafts


def _draft_table(
    document: Document, index: MentionIndex, book: StudyBook, table: Table, own: KnownStudy | None
) -> list[TableDraft]:
    headers, body = split_rows(table)
    places = table.by_place
    columns = sorted({c for _, c in places})
    meanings = {
        c: read_header(index, _column_cells(places, headers, c), " ".join(_texts(index, places, headers, c)))
        for c in columns
    }
    caption = index.cut(table.caption) if table.caption is not None else None
    rows_by_cell: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows_by_cell[cell.row].append(cell)
    study_column = _study_column(index, book, places, body, meanings)
    drafts: list[TableDraft] = []
    last: Row | None = None
    group = ""
    for r in body:
        cells = {c: places[(r, c)] for c in columns if (r, c) in places}
        distinct = {id(cell) for cell in cells.values()}
        if len(distinct) == 1 and len(columns) > 1:
            group = next(iter(cells.values())).span.of(index.reading).strip()
            continue
        row = _read_row(index, book, r, cells, meanings, study_column, last, caption, own)
        last = row
        if row.study is None:
            continue
        for c in columns:
            here = cells.get(c)
            if here is None or c == study_column or (here.row, here.column) != (r, c):
                continue
            for draft in _draft_cell(index, row, meanings[c], here, group):
                draft.study, draft.refs = row.study, row.refs
                headers_shown = " | ".join(t for t in (row.meaning.text, meanings[c].text) if t)
                drafts.append(
                    TableDraft(
                        draft, f"table {table.number}", f"{headers_shown} | {here.span.of(document.text)}", table.page
                    )
                )
    return drafts


def _study_column(
    index: MentionIndex,
    book: StudyBook,
    places: dict[tuple[int, int], Cell],
    body: list[int],
    meanings: dict[int, Meaning],
) -> int:
    """The column that names the studies: most known names in its cells, else headed as one, else the first."""
    known: dict[int, int] = {}
    for c in meanings:
        cells = [places[(r, c)] for r in body if (r, c) in places]
        known[c] = sum(any(book.named(m) is not None for m in index.cut(cell.span).studies) for cell in cells)
    best = max(meanings, key=lambda c: (known[c], meanings[c].role == "study", -c), default=0)
    return best


def _column_cells(places: dict[tuple[int, int], Cell], headers: list[int], column: int) -> list[Cell]:
    found: list[Cell] = []
    for r in headers:
        cell = places.get((r, column))
        if cell is not None and cell not in found:
            found.append(cell)
    return found


def _texts(index: MentionIndex, places: dict[tuple[int, int], Cell], headers: list[int], column: int) -> list[str]:
    return [" ".join(cell.span.of(index.reading).split()) for cell in _column_cells(places, headers, column)]


def _read_row(
    index: MentionIndex, book: StudyBook, number: int, cells: dict[int, Cell], meanings: dict[int, Meaning], study_column: int,
    last: Row | None, caption: Contents | None, own: KnownStudy | None,
) -> Row:  # fmt: skip
    lead = cells.get(study_column)
    contents = index.cut(lead.span) if lead is not None else None
    text = " ".join(lead.span.of(index.reading).split()) if lead is not None else ""
    meaning = read_header(index, [lead] if lead is not None else [], text)
    study: KnownStudy | None = None
    refs: tuple[str, ...] = ()
    if contents is not None:
        refs = tuple(dict.fromkeys(m for c in contents.citations for m in c.markers))
        study = next((s for m in contents.studies if (s := book.named(m)) is not None), None) or book.in_cell(
            text, header=meanings[study_column].role == "study"
        )
    if study is None and not text and last is not None:
        study, refs = last.study, last.refs
    if study is None and caption is not None:
        study = next((s for m in caption.studies if (s := book.named(m)) is not None), None)
    if study is None and refs:
        study = book.by_ref.get(refs[0]) or book.cited(refs)
    study = study or own
    arm_book = ArmBook()
    arms: list[Arm] = list(meaning.arms)
    population = ""
    for c, cell in cells.items():
        piece = index.cut(cell.span)
        if meanings[c].role == "arm":
            named = find_arms(piece)
            learn_pair(piece, named, arm_book)
            arms += named
        elif meanings[c].role == "people" and c != study_column and not regex.search(r"\d{3}", piece.text):
            population = population or next((p.label for p in piece.populations), "")
        if c != study_column and not refs:
            refs = tuple(dict.fromkeys(m for cite in piece.citations for m in cite.markers))
    return Row(number, study, refs, arms, arm_book, population, meaning)


def _draft_cell(index: MentionIndex, row: Row, column: Meaning, cell: Cell, group: str) -> list[Draft]:
    """Drafts of one cell, by what its column and row mean."""
    contents = index.cut(cell.span)
    if column.role == "size":
        return _size(contents, row)
    endpoint = column.endpoint or row.meaning.endpoint
    if endpoint is None and column.measure is None and row.meaning.measure is None:
        return []
    arms = column.arms if column.arms and column.endpoint is None else row.arms
    clause = Clause(
        contents,
        Scope(row.study, row.refs, carried=False),
        list(arms),
        list(contents.populations),
        row.book,
        Memory(endpoint=endpoint),
    )
    numbers = cell_numbers(
        contents, unit=column.unit or row.meaning.unit, measure=column.measure or row.meaning.measure, endpoint=endpoint
    )
    estimates = draft_cell_estimates(
        clause, numbers.units, endpoint=endpoint, unit=column.unit or row.meaning.unit, header=column.text
    )
    drafts = [d for d, _ in estimates]
    drafts += draft_comparisons(clause, numbers, estimates, [])
    for draft in drafts:
        if endpoint is not None and draft.kind == "comparison":
            draft.endpoint, draft.endpoint_text, draft.site = endpoint.code, endpoint.text, endpoint.site
            draft.flags -= {"endpoint_carried", "endpoint_by_distance", "endpoint_as_printed", "no_endpoint"}
        draft.population = draft.population or row.population
        draft.rules.append("table:cell")
    return drafts


def _size(contents: Contents, row: Row) -> list[Draft]:
    """Cohorts of a column of patient numbers."""
    drafts = []
    counts: list[Number] = [c.number for c in contents.counts]
    counts += [v.number for v in contents.values if v.number is not None and v.unit in (None, "")]
    for number in counts:
        if number.span is not None and number.decimals == 0:
            draft = Draft(
                "cohort", number.span, number=number, unit="patients", rules=["table:size"], population=row.population
            )
            if len(row.arms) == 1 and row.meaning.arms:
                draft.take_arm(row.arms[0])
            drafts.append(draft)
    return drafts
