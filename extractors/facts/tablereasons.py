"""A table with left-over numbers in, why each is no result, or whether it looks like one, by headers and labels out."""

from functools import cached_property, lru_cache

import regex

from extractors.facts.printed import Printed
from extractors.facts.sentence import MentionIndex
from schemas.document import Cell, Table


def _said(words: str) -> "regex.Pattern[str]":
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{words})(?![\p{{L}}])", regex.IGNORECASE)


# What a column's header, or else a row's label, says its numbers are; the first that is said counts.
REASONS: tuple[tuple[str, "regex.Pattern[str]"], ...] = (
    ("bias test", _said(r"egger\S*|begg\S*|publication bias")),
    ("heterogeneity", _said(r"p?heterogene\w+|I\W?[²2]|P?I-?squared|tau\W?[²2]|P\s?H|Q")),
    ("studies", _said(r"(?:number|no\.?) of (?:included )?(?:stud(?:y|ies)|trials|comparisons)")),
    ("studies", _said(r"(?:stud(?:y|ies)|comparisons?)(?:,? \(?n\W.*|,? n| included)")),
    ("quality", _said(r"NOS|Newcastle[\s-]Ottawa\S*|Jadad|PEDro|quality(?! of life)(?: scores?)?|GRADE|LoE")),
    (
        "quality",
        _said(r"levels? of evidence|certainty|RoB(?: ?2)?|(?:risk of|other|selection|reporting) bias|QUADAS\S*"),
    ),
    ("quality", _said(r"(?:random|allocation|blinding|(?:random )?sequence)\S*(?: concealment| generation)?$")),
    ("weight", regex.compile(r"^\W*weight\W*(?:\(?%\)?)?\W*$", regex.IGNORECASE)),
    ("age", _said(r"age[sdic]?|idade|years old")),
    ("sex", _said(r"sex|genders?|(?:fe)?males?[ic]?|men|women|F/M|M/F|boys|girls")),
    ("body size", _said(r"BMI|body mass index|height|body weight|weight,? \(?kg\)?")),
    (
        "year",
        _said(r"years?(?! of follow)|dates?|(?:study|inclusion|included|enrol?lment|recruitment) periods?|period"),
    ),
    ("criterion", _said(r"cut-?\s?offs?(?: value| selection)?|thresholds?|criteria|criterion|definitions?")),
    ("dose", _said(r"dos(?:e|es|age|ing)|mg/\S*|intake(?: amount)?|dilution|exposure and category")),
    ("schedule", _said(r"frequency.*|durations?(?! of response)|schedules?|time ?points?.*|compliance")),
    ("schedule", _said(r"(?:\w+ )?assessment times?.*|sessions?|cycles?|intervention time")),
    ("covariates", _said(r"adjust\w+.*|covariates?|confounders?")),
    ("sites", _said(r"countr(?:y|ies).*|sites?|cent(?:er|re)s")),
    ("method", _said(r"antibod\S+.*|detection(?: method)?|primers?|methods?|methodology|specimens?|devices?|probe\S*")),
    ("method", _said(r"(?:study )?design|(?:body )?assessment methods?.*|groups ?[¹²³\d]*")),
    ("stage", _said(r"stages?|TNM|AJCC")),
    ("test statistic", regex.compile(r"^\W*(?:t|z|F|χ²?|Z[- ]value|t[- ]value)\W*$")),
    ("label", regex.compile(r"^\W*(?:S\.?\s?no\.?|#|ID|rank|refs?\.?|references?)\W*$", regex.IGNORECASE)),
)
# What the label of a row says of its whole line, where it begins so; of how a study was made only columns speak.
OF_ROWS = frozenset({"age", "sex", "body size", "year", "dose", "criterion", "schedule", "quality", "heterogeneity"})
OPENING = regex.compile(r"^\W*(?:(?:mean|median|publication|study)\W+)?")
BASELINE = regex.compile(r"\b(?:baseline|basal|basais|demographics?|basic characteristic)", regex.IGNORECASE)
# Headers whose numbers are results, whatever table they stand in.
RESULT = regex.compile(
    r"%|\b(?:CI|IC|[ac]?HRs?|ORs?|RRs?|SMDs?|W?MDs?|[Pp][\s-]?[Vv]alues?|[Rr]ates?|[Pp]revalence|[Ii]ncidence"
    r"|[Ss]ensitivity|[Ss]pecificity|AUC|[Ee]ffects?|[Ee]stimates?|[Oo]utcomes?|[Rr]esults?|[Ff]indings?|[Ee]vents?"
    r"|[Dd]eaths?|[Aa]ssociation|[Rr]eduction|[Cc]hange|[Dd]ifference|[Ss]urvival)\b"
    r"|^\W*[Pp]\W*$|^\W*[Nn]\W*$|\(n\)|,\s*n\W*$|\bn\s?/\s?N\b"
    r"|\b(?:[Pp]atients?|[Pp]articipants?|[Ss]ubjects|[Cc]ohort size|[Ss]ample size)\b",
)
# A longer first cell is text, not the label of its row.
LONGEST_LABEL = 60  # characters


class TableReading:
    """A table whose cells have been looked at by the linking, ready to say what its left-over numbers are."""

    def __init__(self, table: Table, index: MentionIndex) -> None:
        self.table = table
        self._index = index
        caption = table.caption.of(index.reading) if table.caption is not None else ""
        self._baseline = BASELINE.search(caption) is not None

    @cached_property
    def _outcome_columns(self) -> frozenset[int]:
        """Columns under a header that names an outcome or an effect."""
        return frozenset(
            column
            for cell in self.table.cells
            if cell.header and self._names_outcome(cell)
            for column in range(cell.column, cell.column + cell.column_span)
        )

    @cached_property
    def _outcome_rows(self) -> frozenset[int]:
        """Rows whose first cell names an outcome or an effect."""
        return frozenset(
            cell.row for cell in self.table.cells if not cell.header and not cell.column and self._names_outcome(cell)
        )

    def _names_outcome(self, cell: Cell) -> bool:
        contents = self._index.cut(cell.span)
        return bool(contents.endpoints or contents.measures)

    def reason_of(self, number: Printed, cell: Cell) -> str | None:
        """Why a number in `cell` is no result; null where neither its headers nor its row's label say so."""
        if number.kind == "count":
            return None
        if cell.header or not cell.column:
            label = cell.header or cell.span.end - cell.span.start <= LONGEST_LABEL
            return "label" if label and number.unit != "%" and not self._measured(cell) else None
        told = _first(cell.column_path)
        if told is None and not self._of_results(cell):
            told = _of_row(cell.row_path[-1:]) or ("baseline" if self._baseline else None)
        return told

    def is_result(self, number: Printed, cell: Cell) -> bool:
        """Whether a number no reason explains looks like a result: people counted, an effect, a share, an outcome's."""
        if number.kind in ("interval", "p", "count"):
            return True
        if cell.header or not cell.column:
            return False
        outcome = cell.column in self._outcome_columns or cell.row in self._outcome_rows
        return outcome or self._of_results(cell) or number.unit in ("%", "ratio") or self._measured(cell)

    def _of_results(self, cell: Cell) -> bool:
        return _says_result(cell.column_path) or cell.column in self._outcome_columns

    def _measured(self, cell: Cell) -> bool:
        contents = self._index.cut(cell.span)
        return bool(contents.intervals or contents.p_values or contents.measures)


@lru_cache(maxsize=256)  # the cells of a column share its headers
def _says_result(texts: tuple[str, ...]) -> bool:
    return any(RESULT.search(text) for text in texts)


@lru_cache(maxsize=256)
def _first(texts: tuple[str, ...]) -> str | None:
    """The reason that the first of some headers gives, outermost first."""
    return next((reason for text in texts for reason, pattern in REASONS if pattern.search(text)), None)


@lru_cache(maxsize=256)
def _of_row(texts: tuple[str, ...]) -> str | None:
    """The reason that a row's label gives: by its first words, where they say what is measured."""
    for text in texts:
        opening = OPENING.match(text)
        start = opening.end() if opening is not None else 0
        for reason, pattern in REASONS:
            match = pattern.search(text) if reason in OF_ROWS else None
            if match is not None and match.start() <= start:
                return reason
    return None
