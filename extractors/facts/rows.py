"""A table's cells in, what each body row is about out: its study, arms, population and own header."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.armcells import Size, printed_name, read_people, read_sides, read_size
from extractors.facts.columns import Meaning, read_header
from extractors.facts.doses import AMOUNT
from extractors.facts.headwords import YES_OR_NO, name_group, name_population
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.statements import number_outcomes
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.tabletimes import read_time
from schemas.anchor import Span
from schemas.document import Cell
from schemas.evidence import Status
from schemas.mention import EndpointMention

# More studies in one cell are those that a result pools.
SEVERAL = 3
# A column of doses, and a dose that is nothing more.
DOSED = regex.compile(r"^\W*(?:dos(?:e|es|age|ing))\W*$", regex.IGNORECASE)
PHASE = regex.compile(r"^\W*phase\s+[\dI]", regex.IGNORECASE)
YEARS = regex.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Row:
    """One body row: its study, arms, population and landmark, as far as its cells name them.

    `outside` marks a study that the row itself does not name (the caption's, the review's own); `armed` a row that is
    one of the arms of its study, the others having rows of their own; `treatment` its one arm with dose and schedule
    as printed (`treated` says that a column of treatments has a cell here) and `dose` what a column of doses adds
    to it; `sizes` the people printed with an arm's name. A row that names no study has a `label` in words of its
    own, and a `group` where they are those of a subgroup; `part` says that its population is one of the study's
    even where it has no other row; `name` is what its study is called where its own cell holds only a part of that;
    `outcomes` are those that a cell of outcomes lists by number.
    """

    study: KnownStudy | None
    refs: tuple[str, ...]
    meaning: Meaning
    book: ArmBook
    arms: list[Arm] = field(default_factory=list)
    population: str = ""
    outcome_told: bool = False
    timepoint: str | None = None
    outside: bool = False
    armed: bool = False
    sizes: list[Size] = field(default_factory=list)
    treatment: str = ""
    treated: bool = False
    dose: str = ""
    label: str = ""
    group: str = ""
    part: bool = False
    name: str = ""
    outcomes: dict[int, EndpointMention] = field(default_factory=dict)


@dataclass
class Frame:
    """What holds for a whole table: its columns' meanings, the column that names studies, and what its caption says.

    `sides` are the arms that a legend says each cell sets against each other, `columns` those that head columns,
    `words` those two where they are called but intervention and control.
    An `enrolled` one tells whom the studies enrolled, no outcomes; one of `harms` lists them in its rows; `unreached`
    is what NR means and `control` what the notes say that all controls were given; `outcome` what caption or title say
    is looked at.
    """

    meanings: Mapping[int, Meaning]
    study_column: int
    caption_studies: tuple[KnownStudy, ...] = ()
    caption_endpoints: tuple[EndpointMention, ...] = ()
    own: KnownStudy | None = None
    sides: tuple[Arm, Arm] | None = None
    columns: tuple[Arm, Arm] | None = None
    words: tuple[Arm, Arm] | None = None
    enrolled: bool = False
    harms: bool = False
    unreached: Status | None = None
    control: Arm | None = None
    timepoint: str | None = None
    outcome: EndpointMention | None = None


def read_row(
    index: MentionIndex, book: StudyBook, frame: Frame, cells: Mapping[int, Cell], last: Row | None, name: str = ""
) -> Row:
    """The meaning of one body row; an empty first cell, or one that is a time, goes on with the study above.

    `name` is what the row's study is called, where that is more than its own cell prints.
    """
    lead = cells.get(frame.study_column)
    text = " ".join(lead.span.of(index.reading).split()) if lead is not None else ""
    meaning = read_header(index, [lead] if lead is not None else [], text)
    time = read_time(text) if not _in_lengths(cells) else None
    timed = time is not None
    study, refs = _study(index.cut(lead.span) if lead is not None and not timed else None, name or text, book, frame)
    goes_on = study is None and (not text or timed) and not refs and last is not None
    if goes_on and last is not None:
        study, refs = last.study, last.refs
    outside = study is None or (goes_on and last is not None and last.outside)
    if study is None and frame.caption_studies:
        study = frame.caption_studies[0]
    for c, cell in cells.items():
        if c != frame.study_column and not refs:
            refs = tuple(dict.fromkeys(m for cite in index.cut(cell.span).citations for m in cite.markers))
    if study is None and refs:
        study, outside = book.by_ref.get(refs[0]) or book.cited(refs), False
    row = Row(study or frame.own, refs, meaning, ArmBook(), list(meaning.arms), outside=outside)
    row.timepoint = time or meaning.timepoint
    row.name = name if name != text else ""
    if not outside and frame.meanings[frame.study_column].role == "study":
        meaning.endpoint = None  # a study's name is no outcome
    _read_groups(index, frame, cells, row)
    _read_endpoint(index, frame, cells, row)
    _read_time(index, frame, cells, row)
    if YES_OR_NO.fullmatch(text):
        meaning.role = "other"  # no header of numbers
    named = row.arms or timed or meaning.role not in ("other", "people")
    if outside and not named and len(YEARS.findall(text)) < SEVERAL and regex.search(r"\p{L}|\d", text):
        path = cells[max(cells)].row_path
        row.label = path[-1] if path and path[0] != path[-1] else text
        row.group = name_group(row.label, path[-2] if path[1:] else "")
    return row


# "Intervention duration" over "<12 weeks": how long the studies went on, not when a result was read.
LENGTHS = regex.compile(r"\b(?:durations?|lengths?|periods?|time since)\b", regex.IGNORECASE)


def _in_lengths(cells: Mapping[int, Cell]) -> bool:
    """Whether a row stands under a heading whose rows tell studies apart by how long they went on."""
    path = cells[max(cells)].row_path if cells else ()
    return bool(path[1:]) and LENGTHS.search(path[-2]) is not None


def _read_time(index: MentionIndex, frame: Frame, cells: Mapping[int, Cell], row: Row) -> None:
    """The row's landmark from a column of times."""
    for c, cell in cells.items():
        if frame.meanings[c].role == "times":
            row.timepoint = read_time(cell.span.of(index.reading), frame.meanings[c].text) or row.timepoint


def told(row: Row, book: ArmBook) -> ArmBook:
    """The text's arms of the row's study, unless the row names an arm that the text does not set against another."""
    names = {frozenset(a.drugs) for a in row.arms}
    sides = {frozenset(a.drugs) for a in book.pair} if book.pair is not None else set()
    return book if not names or names & sides else row.book


def _read_endpoint(index: MentionIndex, frame: Frame, cells: Mapping[int, Cell], row: Row) -> None:
    """The row's endpoint from a column of endpoints; a composite keeps its printed words."""
    for c, cell in cells.items():
        if c == frame.study_column or frame.meanings[c].role != "endpoints" or row.meaning.endpoint is not None:
            continue
        piece = index.cut(cell.span)
        words = " ".join(piece.text.split())
        row.outcomes = number_outcomes(piece)
        if row.outcomes:
            continue
        row.outcome_told = bool(words)
        if len(piece.timepoints) == 1:
            row.timepoint = row.timepoint or piece.timepoints[0].text  # "PASI 90, week 16"
        if len(piece.endpoints) == 1:
            row.meaning.endpoint = piece.endpoints[0]
        elif words and len(words) < 120:
            row.meaning.endpoint = EndpointMention(
                span=cell.span, code=words, family="event", text=words, rule="endpoint:cell"
            )


def _study(
    contents: Contents | None, text: str, book: StudyBook, frame: Frame
) -> tuple[KnownStudy | None, tuple[str, ...]]:
    if contents is None:
        return None, ()
    refs = tuple(dict.fromkeys(m for c in contents.citations for m in c.markers))
    known = {s.key: s for m in contents.studies if (s := book.named(m)) is not None and not s.key.isdigit()}
    if max(len(known), len(YEARS.findall(text))) >= SEVERAL:  # the members of an analysis
        return None, refs
    named = next(iter(known.values()), None)
    if named is None and refs and PHASE.match(text):
        return None, refs
    treatment = any(d.span.end - d.span.start == len(contents.text.strip()) for d in contents.drugs)
    headed = frame.meanings[frame.study_column].role == "study" and not treatment
    return named or book.in_cell(text, header=headed), refs


def _read_groups(index: MentionIndex, frame: Frame, cells: Mapping[int, Cell], row: Row) -> None:
    """Arms, their sizes and the population from the cells of their columns."""
    columns = {c: (frame.meanings[c], index.cut(cell.span)) for c, cell in cells.items()}
    named = [c for c in columns if columns[c][0].role == "arm" and (c != frame.study_column or row.outside)]
    if frame.study_column in named:
        row.arms = []  # the first column's cells are arms as a whole, not by the drugs in them
    arms, row.book.pair = read_sides([columns[c] for c in named], row.book, row.arms, list(frame.meanings.values()))
    row.arms += arms
    doses = [piece.text for c, (meaning, piece) in columns.items() if DOSED.match(meaning.text)]
    row.dose = " ".join(doses[0].split()) if len(doses) == 1 and regex.fullmatch(AMOUNT, doses[0].strip()) else ""
    row.treated = any(columns[c][1].text.strip() for c in named)
    if len(named) == 1:
        row.treatment = printed_name(columns[named[0]][1])
    for meaning, piece in columns.values():
        if meaning.role == "people" and WITH_TREATMENT.search(meaning.text) and not row.arms:
            row.arms += _in_brackets(piece)
    for c in {*named, frame.study_column} & set(columns):
        row.sizes += read_size(columns[c][1], row.arms)
    for c, (meaning, piece) in columns.items():
        if c != frame.study_column and meaning.role == "people" and not row.population:
            row.population, row.part = name_population(piece, meaning.text)
            number = read_people(piece) if row.population else None
            row.sizes += [Size(None, number)] if number is not None else []


# "Cancer (chemotherapy)" over "Colorectal (oxaliplatin)": whom, and in brackets what they were given.
WITH_TREATMENT = regex.compile(
    r"\((?:\w+\s)?(?:(?:chemo|immuno|radio)?therapy|treatments?|drugs?|regimens?|agents?|interventions?)\)",
    regex.IGNORECASE,
)
BRACKETS = regex.compile(r"\([^()]*\)")


def _in_brackets(contents: Contents) -> list[Arm]:
    """The treatment that a cell names in brackets behind whom it was given to; several are one combination."""
    match = BRACKETS.search(contents.text)
    if match is None:
        return []
    place = Span(contents.span.start + match.start(), contents.span.start + match.end())
    drugs = tuple(dict.fromkeys(drug for d in contents.drugs if place.holds(d.span) for drug in d.drugs))
    return [Arm(span=place, drugs=drugs, role="experimental", rules=("arm:cell",), active=1)] if drugs else []
