"""Tables in, drafts of the results in their cells out: rows or columns that are studies, endpoints, arms."""

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.facts.arms import ArmBook
from extractors.facts.bounds import read_bounds
from extractors.facts.columns import Meaning, read_header, split_rows
from extractors.facts.draft import Draft
from extractors.facts.rows import Frame, Row, alone, read_row, told
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.tablecells import draft_cell, draft_p_cell
from schemas.document import Cell, Document, Table


@dataclass
class TableDraft:
    """A draft from a table cell with what a reader must see to judge it: the cell under its headers."""

    draft: Draft
    source: str
    shown: str
    page: int | None


def draft_tables(
    document: Document, index: MentionIndex, book: StudyBook, books: Mapping[str, ArmBook], own: KnownStudy | None
) -> list[TableDraft]:
    """Drafts of every table.

    `books` holds the arms that the text gives each study; `own` is the study of a table whose rows name none.
    """
    drafts: list[TableDraft] = []
    for table in document.tables:
        drafts += _draft_table(document, index, book, books, table, own)
    return drafts


def _draft_table(
    document: Document,
    index: MentionIndex,
    book: StudyBook,
    books: Mapping[str, ArmBook],
    table: Table,
    own: KnownStudy | None,
) -> list[TableDraft]:
    headers, body = split_rows(table)
    places = table.by_place
    frame = _frame(index, book, table, headers, body, own)
    drafts: list[TableDraft] = []
    last: Row | None = None
    for r in body:
        cells = {c: places[(r, c)] for c in frame.meanings if (r, c) in places}
        if len({id(cell) for cell in cells.values()}) == 1 and len(frame.meanings) > 1:
            continue
        row = read_row(index, book, frame, cells, last)
        if row.meaning.endpoint is None and row.meaning.measure is not None and last is not None:
            row.meaning.endpoint = last.meaning.endpoint  # a row of effects goes on with the outcome above it
        last = row
        if row.study is None:
            continue
        if alone(index, row, places, lead=cells.get(frame.study_column), body=body):
            row.population = ""  # whom the whole study enrolled is no subgroup of it
        if row.book.pair is None and row.study.key in books:
            row.book = told(row, books[row.study.key])
        made: list[tuple[Draft, str]] = []
        for c, here in sorted(cells.items(), key=lambda item: (frame.meanings[item[0]].role == "p", item[0])):
            if c == frame.study_column or (here.row, here.column) != (r, c):
                continue
            meaning = frame.meanings[c]
            contents = index.cut(here.span)
            if meaning.role == "interval":
                _give_bounds(contents, meaning, [d for d, _ in made])
                continue
            found = (
                draft_p_cell(contents, row, _of_outcome(meaning, [d for d, _ in made]))
                if meaning.role == "p"
                else draft_cell(contents, row, meaning, frame)
            )
            headed = " | ".join(t for t in (row.meaning.text, meaning.text) if t)
            made += [(draft, f"{headed} | {here.span.of(document.text)}") for draft in found]
        for draft, shown in made:
            draft.study, draft.refs = row.study, row.refs
            draft.rules.append("table:cell")
            drafts.append(TableDraft(draft, f"table {table.number}", shown, table.page))
    return drafts


def _give_bounds(contents: Contents, column: Meaning, drafts: list[Draft]) -> None:
    """Give the interval of a cell to the result in the column before it."""
    if drafts and drafts[-1].interval is None and drafts[-1].kind != "cohort":
        drafts[-1].interval = read_bounds(contents, column.text)


def _of_outcome(column: Meaning, drafts: list[Draft]) -> list[Draft]:
    """The results a column of p-values is about: those of the outcome it stands under, if it stands under one."""
    if column.endpoint is None:
        return drafts
    return [d for d in drafts if d.endpoint == column.endpoint.code]


def _frame(
    index: MentionIndex, book: StudyBook, table: Table, headers: list[int], body: list[int], own: KnownStudy | None
) -> Frame:
    places = table.by_place
    meanings: dict[int, Meaning] = {}
    for c in sorted({c for _, c in places}):
        cells = list(dict.fromkeys(places[(r, c)] for r in headers if (r, c) in places))
        meanings[c] = read_header(index, cells, " ".join(" ".join(x.span.of(index.reading).split()) for x in cells))
    caption = index.cut(table.caption) if table.caption is not None else None
    return Frame(
        meanings=meanings,
        study_column=_study_column(index, book, places, body, meanings),
        caption_studies=tuple(s for m in caption.studies if (s := book.named(m)) is not None) if caption else (),
        caption_endpoints=tuple(caption.endpoints) if caption is not None else (),
        own=own,
    )


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
    return max(meanings, key=lambda c: (known[c], meanings[c].role == "study", -c), default=0)
