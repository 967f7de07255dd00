"""Tables in, drafts of the results in their cells out: rows or columns that are studies, endpoints, arms."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.armcells import Size, join_lines, read_size
from extractors.facts.bounds import read_bounds
from extractors.facts.columns import Meaning, split_rows
from extractors.facts.doses import amount_in
from extractors.facts.draft import Draft
from extractors.facts.frames import read_frame
from extractors.facts.harmrows import name_harm
from extractors.facts.headings import Heading, read_heading
from extractors.facts.legends import against
from extractors.facts.rownames import name_rows
from extractors.facts.rows import Frame, Row, read_row, told
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.siblings import settle
from extractors.facts.slashcells import cells_apart
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.tablecells import SAID, draft_cell, draft_p_cell
from extractors.facts.tablecounts import draft_arm_size
from extractors.facts.toldcells import Telling, draft_telling
from extractors.facts.turned import turn
from extractors.facts.wordcells import draft_told
from schemas.document import Cell, Document, Table
from schemas.mention import EndpointMention

# A table of how good the studies are or how they were found holds no result.
QUALITY = regex.compile(
    r"\b(?:methodological(?: and reporting)? quality|quality (?:assessments?|apprais\w+|scores?|ratings?|evaluation"
    r"|of (?:the )?(?:included |eligible |individual |selected )*(?:studies|trials|articles|evidence))|risks? of bias"
    r"|Newcastle|search (?:strateg\w+|terms?|string)|(?:PRISMA|MOOSE) checklist)\b"
    r"(?!.*\b(?:outcomes?|findings|results)\b)",
    regex.IGNORECASE,
)


@dataclass
class TableDraft:
    """A draft from a table cell with what a reader must see to judge it: the cell under its headers.

    `whole` marks one of a study that the table lays out by its arms.
    """

    draft: Draft
    source: str
    shown: str
    page: int | None
    whole: bool = False


def draft_tables(
    document: Document, index: MentionIndex, book: StudyBook, books: Mapping[str, ArmBook], own: KnownStudy | None
) -> list[TableDraft]:
    """Drafts of every table.

    `books` holds the arms that the text gives each study; `own` is the study of a table whose rows name none.
    """
    drafts: list[TableDraft] = []
    for table in document.tables:
        drafts += _draft_table(document, index, book, books, turn(index, book, table), own)
    return drafts


class Tabled(NamedTuple):
    """What tables say of the arms of studies, by key: the two set against each other, and what each dose is of."""

    pairs: dict[str, tuple[Arm, Arm]]
    doses: dict[str, dict[str, Arm]]


def arms_in_tables(document: Document, index: MentionIndex, book: StudyBook) -> Tabled:
    """The arms that tables give each study; of a study in several tables those of the first."""
    found = Tabled({}, defaultdict(dict))
    for table in (turn(index, book, t) for t in document.tables):
        headers, body = split_rows(table)
        frame = read_frame(index, book, table, headers, body, None)
        for line in _read_lines(index, book, frame, table, body):
            row = line.row
            if row.study is None:
                continue
            if not row.outside and row.book.pair is not None:
                found.pairs.setdefault(row.study.key, row.book.pair)
            dose = amount_in(row.treatment)
            if dose is not None and len(row.arms) == 1 and row.arms[0].drugs:
                found.doses[row.study.key].setdefault(dose, row.arms[0])
    return found


def _draft_table(
    document: Document,
    index: MentionIndex,
    book: StudyBook,
    books: Mapping[str, ArmBook],
    table: Table,
    own: KnownStudy | None,
) -> list[TableDraft]:
    headers, body = split_rows(table)
    frame = read_frame(index, book, table, headers, body, own)
    if table.caption is not None and QUALITY.search(table.caption.of(index.reading)):
        return []
    lines = _read_lines(index, book, frame, table, body)
    settle([line.row for line in lines])
    drafts = _draft_headers(index, table, frame, headers, {id(s): s for x in lines if (s := x.row.study) is not None})
    tellings: dict[int, Telling] = defaultdict(Telling)
    for line in lines:
        row = line.row
        if row.study is None:
            continue
        if row.book.pair is None and frame.columns is not None:
            row.book.pair = frame.columns
        if row.book.pair is None and row.study.key in books:
            row.book = told(row, books[row.study.key])
        if row.book.pair is None and frame.words is not None:
            row.book = replace(row.book, pair=frame.words)
        pair = row.book.pair
        if pair is not None and pair[1].cue == "control_arm" and frame.control is not None:
            row.book = replace(row.book, pair=(pair[0], frame.control))
        if frame.sides is not None:
            row.book = against(row.book, frame.sides)
        for draft, cell in _draft_row(index, frame, line, tellings):
            draft.study, draft.refs = row.study, row.refs
            draft.rules.append("table:cell")
            column = frame.meanings[cell.column].text if cell.column != frame.study_column else ""
            shown = " | ".join((*(t for t in (row.meaning.text, column) if t), cell.span.of(document.text)))
            whole = row.armed or frame.sides is not None
            drafts.append(TableDraft(draft, f"table {table.number}", shown, table.page, whole))
    return drafts


def _draft_headers(
    index: MentionIndex, table: Table, frame: Frame, headers: Sequence[int], studies: Mapping[int, KnownStudy]
) -> list[TableDraft]:
    """The people of each arm that a column is headed with ("Placebo (n = 118)"), where all rows are of one study."""
    drafts: list[TableDraft] = []
    for cell in table.cells:
        arms = frame.meanings[cell.column].arms if cell.row in headers else []
        for size in read_size(index.cut(cell.span), arms) if len(studies) == 1 else []:
            draft = draft_arm_size(size)
            draft.study = next(iter(studies.values()))
            draft.rules.append("table:cell")
            shown = cell.span.of(index.document.text)
            drafts.append(TableDraft(draft, f"table {table.number}", shown, table.page))
    return drafts


class Line(NamedTuple):
    """One body row: its number, what it means and its cells by column; a heading may have a result `told` in it."""

    number: int
    row: Row
    cells: Mapping[int, Cell]
    told: bool = False


def _read_lines(index: MentionIndex, book: StudyBook, frame: Frame, table: Table, body: Sequence[int]) -> list[Line]:
    """The body rows in order; a row whose one cell heads those below it gives them what they lack."""
    places = table.by_place
    lines: list[Line] = []
    heading: Heading | None = None
    names = name_rows(index, places, body, frame.meanings, frame.study_column)
    for r in body:
        cells = {c: places[(r, c)] for c in frame.meanings if (r, c) in places}
        head = read_heading(index, book, cells) if len(frame.meanings) > 1 else None
        if head is not None:
            heading = head
            lead = index.cut(cells[min(cells)].span)
            if frame.outcome is not None and lead.intervals and frame.own is not None:  # "Drug A: 72% (95% CI 60-87)"
                lines.append(Line(r, Row(frame.own, (), head.meaning, ArmBook(), outside=True), cells, told=True))
            continue
        last = lines[-1].row if lines else None
        row = read_row(index, book, frame, cells, last, names.get(r, ""))
        if heading is not None:
            heading.head(row)
        if frame.harms and frame.study_column in cells:
            name_harm(row, index.cut(cells[frame.study_column].span), frame)
        if row.meaning.endpoint is None and row.meaning.measure is not None and last is not None:
            row.meaning.endpoint = last.meaning.endpoint  # a row of effects goes on with the outcome above it
        if last is not None and last.name and last.name == row.name:
            row.book.pair = last.book.pair = join_lines(last.book.pair, row.book.pair)
            row.population = last.population = ""  # each line holds but a part of the words
        lines.append(Line(r, row, cells))
    return lines


def _draft_row(
    index: MentionIndex, frame: Frame, line: Line, tellings: Mapping[int, Telling]
) -> list[tuple[Draft, Cell]]:
    """The drafts of a row with their cells; p-values come last, so that they find the results they belong to."""
    row = line.row
    lead = line.cells.get(frame.study_column)
    if line.told:
        first = line.cells[min(line.cells)]
        return [(draft, first) for draft in draft_told(index.cut(first.span), row, frame)]
    made = [(draft_arm_size(size, row.population), _cell_of(size, line)) for size in row.sizes]
    tested = -1  # the last column of p-values: each is about what stands behind the one before it
    for c, here in sorted(line.cells.items(), key=lambda item: (frame.meanings[item[0]].role == "p", item[0])):
        if here is lead or (here.row, here.column) != (line.number, c):
            continue
        meaning = frame.meanings[c]
        contents = index.cut(here.span)
        if meaning.role == "interval":
            _give_bounds(contents, meaning, [d for d, _ in made])
            continue
        near = [d for d, cell in made if tested < cell.column < c] or [d for d, _ in made]
        said = _said([d for d, cell in made if d.kind == "estimate" and SAID in d.rules])
        if meaning.role == "p":
            found = draft_p_cell(contents, row, _of_outcome(meaning, near))
        elif meaning.role == "told":
            found = draft_telling(contents, row, meaning, frame, tellings[c])
        else:
            found = [
                draft
                for part, under, of in cells_apart(contents, meaning, row)
                for draft in draft_cell(part, of, under, frame, shared=here.row_span > 1, before=said)
            ]
        made += [(draft, here) for draft in found]
        tested = c if meaning.role == "p" else tested
    return made


def _said(drafts: Sequence[Draft]) -> EndpointMention | None:
    """The outcome of the last result whose cell or header names it in its own words."""
    if not drafts:
        return None
    last = drafts[-1]
    family = "event" if last.unit == "%" else "continuous"
    return EndpointMention(
        span=last.place, code=last.endpoint, family=family, text=last.endpoint_text, rule="endpoint:cell_before"
    )


def _cell_of(size: Size, line: Line) -> Cell:
    """The cell an arm's size is printed in."""
    span = size.number.span
    return next(c for c in line.cells.values() if span is not None and c.span.holds(span))


def _give_bounds(contents: Contents, column: Meaning, drafts: list[Draft]) -> None:
    """Give the interval of a cell to the result in the column before it."""
    if drafts and drafts[-1].interval is None and drafts[-1].kind != "cohort":
        drafts[-1].interval = read_bounds(contents, column.text)


def _of_outcome(column: Meaning, drafts: list[Draft]) -> list[Draft]:
    """The results a column of p-values is about: those of the outcome it stands under, if it stands under one."""
    if column.endpoint is None:
        return drafts
    return [d for d in drafts if d.endpoint == column.endpoint.code]
