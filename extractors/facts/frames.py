"""A table's headers, caption and notes in, what holds for all its cells out: its frame."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from extractors.facts.armcells import head_sides, head_words, names_side
from extractors.facts.columns import Meaning, count_under, kind_of_treatment, read_header
from extractors.facts.harmrows import of_harms
from extractors.facts.headwords import ENROLLED, name_outcome
from extractors.facts.legends import read_control, read_landmark, read_legend, read_unreached
from extractors.facts.outcomes import MEASURED
from extractors.facts.rosters import mark_parts
from extractors.facts.rows import Frame
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.sidelabels import tell_sides
from extractors.facts.statements import tells
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.tabletimes import read_time
from extractors.facts.titled import outcome_of_title
from schemas.document import Cell, Table
from schemas.mention import EndpointMention

# A header of effects that says of which outcome only by its place.
EFFECT = regex.compile(
    r"^\W*(?:(?:adjusted|common|relative|treatment|absolute|pooled)\W+)*(?:effects?(?: sizes?| estimates?)?|estimates?"
    r"|comparison|difference)\b|^\W*(?:HRs?|ORs?|RRs?)\b",
    regex.IGNORECASE,
)
DIGIT = regex.compile(r"\d")
TWO_LETTERS = regex.compile(r"\p{L}{2}")
# A header over all columns of a table that has more is its title.
FEWEST_COLUMNS = 2
# A cell of nothing but numbers.
NUMBERS = regex.compile(r"^[\d\s.,/()\[\]%±·;:–−-]+$")


def read_frame(
    index: MentionIndex, book: StudyBook, table: Table, headers: list[int], body: list[int], own: KnownStudy | None
) -> Frame:
    """What headers, caption and notes of a table say of all its cells; `own` is the study of rows that name none."""
    said = index.frames.get(id(table))
    if said is None or said[0] is not table:
        said = index.frames[id(table)] = (table, _read_words(index, table, headers, body))
    frame: Frame = said[1]
    caption = index.cut(table.caption) if table.caption is not None else None
    lead = _study_column(index, book, table.by_place, body, frame.meanings)
    return replace(
        frame,
        study_column=lead,
        harms=lead in frame.meanings and of_harms(caption, frame.meanings[lead].text),
        caption_studies=_of_caption(caption, book) if caption is not None else (),
        own=own,
    )


def _of_caption(caption: Contents, book: StudyBook) -> tuple[KnownStudy, ...]:
    """The studies that a caption names; where it names none, the one work that it cites."""
    named = tuple(s for m in caption.studies if (s := book.named(m)) is not None)
    markers = {marker for c in caption.citations for marker in c.markers}
    if named or len(markers) != 1:
        return named
    (marker,) = markers
    return (book.by_ref.get(marker) or book.cited((marker,)),)


def _read_words(index: MentionIndex, table: Table, headers: list[int], body: list[int]) -> Frame:
    """What the words of a table say, whatever is known of its studies."""
    places = table.by_place
    meanings: dict[int, Meaning] = {}
    columns = sorted({c for _, c in places})
    titles = [x for x in table.cells if x.row in headers and x.column_span >= len(columns) > FEWEST_COLUMNS]
    for c in columns:
        cells = [x for x in dict.fromkeys(places[(r, c)] for r in headers if (r, c) in places) if x not in titles]
        meanings[c] = read_header(index, cells, " ".join(" ".join(x.span.of(index.reading).split()) for x in cells))
        kinds = kind_of_treatment(index.cut(cells[-1].span)) if cells and meanings[c].role == "other" else []
        if kinds and not meanings[c].arms:
            meanings[c].role, meanings[c].arms = "arms", kinds
    enrolled = table.caption is not None and ENROLLED.search(table.caption.of(index.reading)) is not None
    for c, meaning in meanings.items():
        count_under(meaning, enrolled=enrolled)
        below = [places[(r, c)].span.of(index.reading) for r in body if (r, c) in places]
        if meaning.role == "times" and any(read_time(words, meaning.text) is None for words in _with_digits(below)):
            meaning.role = "other"
        if _only_words(meaning, below):
            meaning.role, meaning.endpoint = "other", None
        if _tells(meaning, below):
            meaning.role = "told"
        if meaning.role == "other" and meaning.unit is None and _shares(below):
            meaning.unit = "%"  # said in the cells, not in the header
        if meaning.role in ("arm", "other") and names_side(meaning):
            printed = _with_digits(below)
            meaning.role = "side" if printed and all(map(NUMBERS.match, printed)) else meaning.role
    tell_sides(meanings)
    mark_parts(index.reading, places, body, meanings)
    _stand_beside(meanings)
    caption = index.cut(table.caption) if table.caption is not None else None
    notes = [span for span in (table.caption, *table.footnotes) if span is not None]
    title = next((s.span for s in index.document.sentences if s.role == "title"), None)
    told = [c for c in (caption, index.cut(title) if title is not None else None) if c is not None]
    return Frame(
        meanings=meanings,
        study_column=0,
        caption_endpoints=(
            *(caption.endpoints if caption is not None else ()),
            *(e for cell in titles for e in index.cut(cell.span).endpoints),
        ),
        sides=read_legend(index, notes),
        columns=head_sides(list(meanings.values())),
        words=head_words(list(meanings.values())),
        timepoint=read_landmark(index, table),
        control=read_control(index, notes),
        unreached=read_unreached(index, notes),
        enrolled=enrolled,
        outcome=next((o for c in told if (o := outcome_of_title(c)) is not None), None),
    )


def _only_words(meaning: Meaning, below: Sequence[str]) -> bool:
    """Whether a column that heads harms or the like, without a unit, holds no number at all ("N/A")."""
    general = meaning.endpoint is not None and meaning.endpoint.family in ("event", "other") and meaning.measure is None
    return meaning.role == "endpoint" and general and not meaning.unit and not _with_digits(below)


def _tells(meaning: Meaning, below: Sequence[str]) -> bool:
    """Whether most cells of a column that heads outcomes, or nothing known, hold sentences with numbers."""
    general = meaning.endpoint is not None and meaning.endpoint.family in ("event", "other") and meaning.measure is None
    open_to = meaning.role in ("endpoints", "other") or (meaning.role == "endpoint" and general and not meaning.unit)
    return open_to and tells(meaning.text, below)


SHARE = regex.compile(r"^\W*\d{1,3}(?:[.,]\d+)?\s?%")
MOSTLY = 0.6


def _shares(below: Sequence[str]) -> bool:
    """Whether most cells of a column are shares."""
    printed = _with_digits(below)
    return len(printed) > 1 and sum(SHARE.match(text) is not None for text in printed) >= MOSTLY * len(printed)


def _with_digits(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if DIGIT.search(text)]


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
    meanings: Mapping[int, Meaning],
) -> int:
    """The column that names the studies: of those headed so, else of all, the one with most known names."""
    known: dict[int, int] = {}
    headed: dict[int, bool] = {}
    for c, meaning in meanings.items():
        cells = [places[(r, c)] for r in body if (r, c) in places]
        known[c] = sum(any(book.named(m) is not None for m in index.cut(cell.span).studies) for cell in cells)
        headed[c] = meaning.role == "study" and (
            sum(TWO_LETTERS.search(cell.span.of(index.reading)) is not None for cell in cells) * 2 > len(cells)
        )
    return max(meanings, key=lambda c: (headed[c], known[c], -c), default=0)
