"""Tables in, drafts of the results in their cells out: rows or columns that are studies, endpoints, arms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex

from extractors.facts.armcells import Size, head_sides, join_lines, names_side, read_size
from extractors.facts.arms import Arm, ArmBook
from extractors.facts.bounds import read_bounds
from extractors.facts.columns import Meaning, count_under, read_header, split_rows
from extractors.facts.draft import Draft
from extractors.facts.headings import Heading, read_heading
from extractors.facts.headwords import ENROLLED, name_outcome
from extractors.facts.legends import against, read_control, read_landmark, read_legend, read_unreached
from extractors.facts.outcomes import MEASURED
from extractors.facts.rosters import mark_parts
from extractors.facts.rownames import name_rows
from extractors.facts.rows import Frame, Row, read_row, told
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.siblings import settle
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.tablecells import SAID, draft_cell, draft_p_cell
from extractors.facts.tablecounts import draft_arm_size
from extractors.facts.tabletimes import read_time
from extractors.facts.turned import turn
from schemas.document import Cell, Document, Table
from schemas.mention import EndpointMention

# A header of effects that says of which outcome only by its place.
EFFECT = regex.compile(
    r"^\W*(?:(?:adjusted|common|relative|treatment|absolute|pooled)\W+)*(?:effects?(?: sizes?| estimates?)?|estimates?"
    r"|comparison|difference)\b|^\W*(?:HRs?|ORs?|RRs?)\b",
    regex.IGNORECASE,
)
# A cell of nothing but numbers.
NUMBERS = regex.compile(r"^[\d\s.,/()\[\]%±·;:–−-]+$")
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


def pairs_in_tables(document: Document, index: MentionIndex, book: StudyBook) -> dict[str, tuple[Arm, Arm]]:
    """The two arms that a table sets against each other for a study, by its key; the first table that does."""
    found: dict[str, tuple[Arm, Arm]] = {}
    for table in (turn(index, book, t) for t in document.tables):
        headers, body = split_rows(table)
        frame = _frame(index, book, table, headers, body, None)
        for line in _read_lines(index, book, frame, table, body):
            row = line.row
            if row.study is not None and not row.outside and row.book.pair is not None:
                found.setdefault(row.study.key, row.book.pair)
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
    frame = _frame(index, book, table, headers, body, own)
    if table.caption is not None and QUALITY.search(table.caption.of(index.reading)):
        return []
    lines = _read_lines(index, book, frame, table, body)
    settle([line.row for line in lines])
    drafts = _draft_headers(index, table, frame, headers, {id(s): s for x in lines if (s := x.row.study) is not None})
    for line in lines:
        row = line.row
        if row.study is None:
            continue
        if row.book.pair is None and frame.columns is not None:
            row.book.pair = frame.columns
        if row.book.pair is None and row.study.key in books:
            row.book = told(row, books[row.study.key])
        pair = row.book.pair
        if pair is not None and pair[1].cue == "control_arm" and frame.control is not None:
            row.book = replace(row.book, pair=(pair[0], frame.control))
        if frame.sides is not None:
            row.book = against(row.book, frame.sides)
        for draft, cell in _draft_row(index, frame, line):
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
    """One body row: its number, what it means and its cells by column."""

    number: int
    row: Row
    cells: Mapping[int, Cell]


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
            continue
        last = lines[-1].row if lines else None
        row = read_row(index, book, frame, cells, last, names.get(r, ""))
        if heading is not None:
            heading.head(row)
        if row.meaning.endpoint is None and row.meaning.measure is not None and last is not None:
            row.meaning.endpoint = last.meaning.endpoint  # a row of effects goes on with the outcome above it
        if last is not None and last.name and last.name == row.name:
            row.book.pair = last.book.pair = join_lines(last.book.pair, row.book.pair)
            row.population = last.population = ""  # each line holds but a part of the words
        lines.append(Line(r, row, cells))
    return lines


def _draft_row(index: MentionIndex, frame: Frame, line: Line) -> list[tuple[Draft, Cell]]:
    """The drafts of a row with their cells; p-values come last, so that they find the results they belong to."""
    row = line.row
    lead = line.cells.get(frame.study_column)
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
        found = (
            draft_p_cell(contents, row, _of_outcome(meaning, near))
            if meaning.role == "p"
            else draft_cell(contents, row, meaning, frame, shared=here.row_span > 1, before=said)
        )
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


def _frame(
    index: MentionIndex, book: StudyBook, table: Table, headers: list[int], body: list[int], own: KnownStudy | None
) -> Frame:
    places = table.by_place
    meanings: dict[int, Meaning] = {}
    for c in sorted({c for _, c in places}):
        cells = list(dict.fromkeys(places[(r, c)] for r in headers if (r, c) in places))
        meanings[c] = read_header(index, cells, " ".join(" ".join(x.span.of(index.reading).split()) for x in cells))
    enrolled = table.caption is not None and ENROLLED.search(table.caption.of(index.reading)) is not None
    for c, meaning in meanings.items():
        count_under(meaning, enrolled=enrolled)
        below = [places[(r, c)].span.of(index.reading) for r in body if (r, c) in places]
        if meaning.role == "times" and any(
            read_time(words, meaning.text) is None for words in below if regex.search(r"\d", words)
        ):
            meaning.role = "other"
        if meaning.role in ("arm", "other") and names_side(meaning) and printed and all(map(NUMBERS.match, printed)):
            meaning.role = "side"
    mark_parts(index.reading, places, body, meanings)
    _stand_beside(meanings)
    caption = index.cut(table.caption) if table.caption is not None else None
    notes = [span for span in (table.caption, *table.footnotes) if span is not None]
    return Frame(
        meanings=meanings,
        study_column=_study_column(index, book, places, body, meanings),
        caption_studies=tuple(s for m in caption.studies if (s := book.named(m)) is not None) if caption else (),
        caption_endpoints=tuple(caption.endpoints) if caption is not None else (),
        own=own,
        sides=read_legend(index, notes),
        columns=head_sides(list(meanings.values())),
        timepoint=read_landmark(index, table),
        control=read_control(index, notes),
        unreached=read_unreached(index, notes),
        enrolled=enrolled,
    )


def _stand_beside(meanings: Mapping[int, Meaning]) -> None:
    """Give each column of effects that names no outcome the outcome of the column it stands behind."""
    last: EndpointMention | None = None
    changed: EndpointMention | None = None
    for _, meaning in sorted(meanings.items()):
        measured = MEASURED.search(meaning.text) is not None
        own = meaning.endpoint
        if own is None and measured and meaning.measure is None and meaning.role == "other" and meaning.spans:
            own = name_outcome(meaning.last, meaning.spans[0], family="continuous")
        if own is not None and (meaning.role == "endpoint" or measured) and meaning.role != "baseline":
            last = own if own.family != "follow_up" else last
            changed = own if measured or own.family == "continuous" else changed
        elif meaning.measure is not None or EFFECT.search(meaning.text):
            difference = meaning.measure is not None and meaning.measure.statistic == "difference"
            meaning.beside = changed if difference and changed is not None else last


def _study_column(
    index: MentionIndex,
    book: StudyBook,
    places: dict[tuple[int, int], Cell],
    body: list[int],
    meanings: dict[int, Meaning],
) -> int:
    """The column that names the studies: of those headed so, else of all, the one with most known names."""
    known: dict[int, int] = {}
    headed: dict[int, bool] = {}
    for c, meaning in meanings.items():
        cells = [places[(r, c)] for r in body if (r, c) in places]
        known[c] = sum(any(book.named(m) is not None for m in index.cut(cell.span).studies) for cell in cells)
        headed[c] = meaning.role == "study" and (
            sum(regex.search(r"\p{L}{2}", cell.span.of(index.reading)) is not None for cell in cells) * 2 > len(cells)
        )
    return max(meanings, key=lambda c: (headed[c], known[c], -c), default=0)
