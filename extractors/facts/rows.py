"""A table's cells in, what each body row is about out: its study, arms, population and own header."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from extractors.facts.arms import Arm, ArmBook, find_arms
from extractors.facts.columns import Meaning, read_header
from extractors.facts.groups import learn_pair
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.studybook import KnownStudy, StudyBook
from schemas.anchor import Span
from schemas.document import Cell
from schemas.evidence import ArmRole
from schemas.mention import EndpointMention

CONTROL = regex.compile(r"\b(?:control|comparator|placebo|standard|reference)\b", regex.IGNORECASE)


@dataclass
class Row:
    """One body row: its study, arms and population, as far as its cells name them."""

    study: KnownStudy | None
    refs: tuple[str, ...]
    meaning: Meaning
    book: ArmBook
    arms: list[Arm] = field(default_factory=list)
    population: str = ""
    outcome_told: bool = False


@dataclass
class Frame:
    """What holds for a whole table: its columns' meanings, the column that names studies, and what its caption says."""

    meanings: Mapping[int, Meaning]
    study_column: int
    caption_studies: tuple[KnownStudy, ...] = ()
    caption_endpoints: tuple[EndpointMention, ...] = ()
    own: KnownStudy | None = None


def read_row(index: MentionIndex, book: StudyBook, frame: Frame, cells: Mapping[int, Cell], last: Row | None) -> Row:
    """The meaning of one body row; an empty first cell goes on with the study of the row above."""
    lead = cells.get(frame.study_column)
    text = " ".join(lead.span.of(index.reading).split()) if lead is not None else ""
    meaning = read_header(index, [lead] if lead is not None else [], text)
    study, refs = _study(index.cut(lead.span) if lead is not None else None, text, book, frame)
    if study is None and not text and not refs and last is not None:
        study, refs = last.study, last.refs
    if study is None and frame.caption_studies:
        study = frame.caption_studies[0]
    for c, cell in cells.items():
        if c != frame.study_column and not refs:
            refs = tuple(dict.fromkeys(m for cite in index.cut(cell.span).citations for m in cite.markers))
    if study is None and refs:
        study = book.by_ref.get(refs[0]) or book.cited(refs)
    row = Row(study or frame.own, refs, meaning, ArmBook(), list(meaning.arms))
    _read_groups(index, frame, cells, row)
    _read_endpoint(index, frame, cells, row)
    return row


def told(row: Row, book: ArmBook) -> ArmBook:
    """The text's arms of the row's study, unless the row names an arm that the text does not set against another."""
    names = {frozenset(a.drugs) for a in row.arms}
    sides = {frozenset(a.drugs) for a in book.pair} if book.pair is not None else set()
    return book if not names or names & sides else row.book


def alone(
    index: MentionIndex, row: Row, cells: Mapping[tuple[int, int], Cell], *, lead: Cell | None, body: Sequence[int]
) -> bool:
    """Whether a study has but one row: no other row has its name, and the next does not go on with an empty cell."""
    if lead is None or row.study is None:
        return False
    names = [_letters(index, cells[(r, lead.column)]) for r in body if (r, lead.column) in cells]
    if names.count(_letters(index, lead)) > 1:
        return False
    following = [r for r in body if r > lead.row]
    below = cells.get((following[0], lead.column)) if following else None
    return not following or (below is not None and below is not lead and bool(_letters(index, below)))


def _letters(index: MentionIndex, cell: Cell) -> str:
    """A cell's letters and digits without its citations: the key of a name."""
    return _key(cell.span.of(index.reading))


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return str(regex.sub(r"[^\p{L}\d]", "", regex.sub(r"\[[^\]]*\]", "", text))).casefold()


def _read_endpoint(index: MentionIndex, frame: Frame, cells: Mapping[int, Cell], row: Row) -> None:
    """The row's endpoint from a column of endpoints; a composite keeps its printed words."""
    for c, cell in cells.items():
        if c == frame.study_column or frame.meanings[c].role != "endpoints" or row.meaning.endpoint is not None:
            continue
        piece = index.cut(cell.span)
        words = " ".join(piece.text.split())
        row.outcome_told = bool(words)
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
    named = next((s for m in contents.studies if (s := book.named(m)) is not None), None)
    headed = frame.meanings[frame.study_column].role == "study"
    return named or book.in_cell(text, header=headed), refs


def _read_groups(index: MentionIndex, frame: Frame, cells: Mapping[int, Cell], row: Row) -> None:
    """Arms and population from the cells of their columns; two columns of arms are the two sides of a comparison."""
    sides: list[Arm] = []
    for c, cell in cells.items():
        if c == frame.study_column:
            continue
        piece = index.cut(cell.span)
        if frame.meanings[c].role == "arm":
            named = find_arms(piece)
            learn_pair(piece, named, row.book)
            against = [a for a in frame.meanings[c].arms if a.role == "control"]
            if row.book.pair is None:
                named = [one_arm(piece, named, CONTROL.search(frame.meanings[c].text) is not None)]
                sides += [*(a for a in named if a.name), *against[:1]]
            row.arms += [a for a in named if a.name]
        elif frame.meanings[c].role == "people" and not regex.search(r"\d{3}", piece.text):
            row.population = row.population or next((p.label for p in piece.populations), "")
    own = [a for a in row.arms if a.role != "control"]
    if (
        row.book.pair is None
        and not sides[1:]
        and len(own) == 1
        and any(_of_controls(m) for m in frame.meanings.values())
    ):
        sides = [own[0], Arm(span=own[0].span, drugs=(), role="control", cue="control_arm", rules=("arm:column",))]
    if row.book.pair is None and len(sides) == 2:
        sides[0].role, sides[1].role = "experimental", "control"
        row.book.pair = (sides[0], sides[1])


def _of_controls(meaning: Meaning) -> bool:
    """Whether a column holds the values of control groups whose treatment no cell names."""
    return CONTROL.search(meaning.text) is not None and not meaning.arms and meaning.endpoint is None


def one_arm(contents: Contents, named: list[Arm], control: bool) -> Arm:
    """All drugs of a cell as one arm; a cell without a known drug is an arm in its own words."""
    drugs = tuple(dict.fromkeys(d for arm in named for d in arm.drugs))
    if not drugs:
        words = " ".join(regex.sub(r"\([^)]*\)|\d+\s*(?:mg|µg|g|mL)\S*", " ", contents.text).split()).casefold()
        drugs = (words,) if regex.search(r"\p{L}{3}", words) and len(words) < 60 else ()
    role: ArmRole | None = "control" if control else None
    rules = tuple(r for arm in named for r in arm.rules) or ("arm:cell",)
    return Arm(span=Span(*contents.span), drugs=drugs, role=role, rules=rules, active=len(drugs))
