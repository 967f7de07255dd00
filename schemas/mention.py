"""Things named in a text, one class a kind; only character spans and their reading, no links yet."""

from decimal import Decimal
from typing import Literal

from schemas.anchor import Frozen, Span
from schemas.evidence import Site, Status, StudyType
from schemas.number import Interval, Number, Operator, PValue


class ValueMention(Frozen):
    """A number with its unit, or words in a number's place ("not reached"); what may become a record's value.

    `spread` is the number behind a "±" or "(SD 4.1)".
    """

    span: Span
    number: Number | None
    unit: str | None
    status: Status = "reported"
    spread: Number | None = None
    rule: str


class IntervalMention(Frozen):
    """An interval that belongs to a value nearby."""

    span: Span
    interval: Interval
    rule: str


class PValueMention(Frozen):
    """A p-value that belongs to a value or a contrast nearby."""

    span: Span
    p: PValue
    rule: str


class CountMention(Frozen):
    """A number of people or studies: "148 patients", "n = 31", "4 of 9" (then `of` is the 9)."""

    span: Span
    number: Number
    unit: str = "patients"
    of: Number | None = None
    rule: str


class MeasureMention(Frozen):
    """The name of an effect measure: "HR", "relative risk"."""

    span: Span
    statistic: str
    rule: str


class EndpointMention(Frozen):
    """An endpoint by code, with what its own words say about site and time."""

    span: Span
    code: str
    family: str
    text: str
    site: Site | None = None
    statistic: str | None = None
    rule: str


class TimepointMention(Frozen):
    """A landmark ("at 6 months", "24-week") that qualifies an endpoint."""

    span: Span
    text: str
    value: Decimal
    unit: str
    rule: str


class DrugMention(Frozen):
    """A treatment by its common name; `drugs` are its parts in printed order.

    `broad` marks a class or procedure ("chemotherapy"), which is an arm only where the text treats it as one.
    """

    span: Span
    drugs: tuple[str, ...]
    role: Literal["control"] | None = None
    broad: bool = False
    rule: str


class StudyMention(Frozen):
    """A study's name as printed, or a description that a citation must identify ("a phase II trial")."""

    span: Span
    name: str
    kind: Literal["acronym", "registry", "author_year", "described", "review"]
    study_type: StudyType | None = None
    rule: str


class PopulationMention(Frozen):
    """A subgroup as printed, and its label."""

    span: Span
    label: str
    rule: str


class CueMention(Frozen):
    """Words that steer linking, by role."""

    span: Span
    role: str
    rule: str


class Abbreviation(Frozen):
    """A short form and the long form the document gives for it, with the place of the definition."""

    short: str
    long: str
    span: Span


class OtherNumber(Frozen):
    """A printed number that is no result, with the reason ("year", "dose", ...); a null one is a number not understood.

    `number` is what it reads as; `operator` the comparison printed before it ("<0.001" alone in a table cell).
    """

    span: Span
    raw: str
    reason: str | None
    rule: str
    number: Number | None = None
    operator: Operator | None = None


class Mentions(Frozen):
    """All mentions of a document, each kind in order of its spans."""

    values: tuple[ValueMention, ...] = ()
    intervals: tuple[IntervalMention, ...] = ()
    p_values: tuple[PValueMention, ...] = ()
    counts: tuple[CountMention, ...] = ()
    measures: tuple[MeasureMention, ...] = ()
    endpoints: tuple[EndpointMention, ...] = ()
    timepoints: tuple[TimepointMention, ...] = ()
    others: tuple[OtherNumber, ...] = ()
    drugs: tuple[DrugMention, ...] = ()
    studies: tuple[StudyMention, ...] = ()
    populations: tuple[PopulationMention, ...] = ()
    cues: tuple[CueMention, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
