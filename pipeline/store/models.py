"""The tables of the store: a document's bytes, its readings (one a code version and vocabulary), what each gave."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Box = list[float]


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC on its way in and out: SQLite forgets zones, PostgreSQL answers in the session's."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (given)
        """What is kept; a time without a zone is taken for UTC."""
        return value if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (given)
        """What was kept."""
        return value if value is None else _in_utc(value)


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Table(DeclarativeBase):
    """Base of all tables; lists and mappings are kept as JSON."""

    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it as declared)
        list[str]: JSON,
        list[Box]: JSON,
        list[dict[str, Any]]: JSON,
        dict[str, Any]: JSON,
        datetime: Moment(),
    }


class Document(Table):
    """Bytes that were read at least once."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    format: Mapped[str]


class Reading(Table):
    """One document read by one version of the code with one vocabulary; never changed once written."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("document_id", "lexicon_digest", "code_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    lexicon_digest: Mapped[str]
    code_version: Mapped[str]
    title: Mapped[str]
    pages: Mapped[int]
    text: Mapped[str]
    numbers: Mapped[int]
    explained: Mapped[int]
    not_understood: Mapped[int] = mapped_column(server_default="0")


class Run(Table):
    """One run; `pruned` once older rows of it were deleted, so that it can no longer be compared."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(unique=True)
    code_version: Mapped[str]
    lexicon_digest: Mapped[str]
    settings: Mapped[dict[str, Any]]
    started: Mapped[datetime]
    finished: Mapped[datetime]
    pruned: Mapped[bool] = mapped_column(server_default=false(), default=False)

    __table_args__ = ({"sqlite_autoincrement": True},)


class RunDocument(Table):
    """What became of one file in one run; `reading_id` is null where it was not read."""

    __tablename__ = "run_documents"
    __table_args__ = (Index("ix_run_documents_path", "path"), Index("ix_run_documents_sha256", "sha256"))

    run: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str]
    path: Mapped[str]
    stem: Mapped[str]
    format: Mapped[str]
    sha256: Mapped[str | None]
    status: Mapped[str]
    reason: Mapped[str]
    pages: Mapped[int]
    records: Mapped[int]
    findings: Mapped[int]
    not_understood: Mapped[int] = mapped_column(server_default="0")
    seconds: Mapped[float]
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"))


class Study(Table):
    """A study as one reading knows it."""

    __tablename__ = "studies"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    study_id: Mapped[str] = mapped_column(primary_key=True)
    study: Mapped[str]
    study_alt_names: Mapped[list[str]]
    study_type: Mapped[str | None]
    registry_ids: Mapped[list[str]]


class Record(Table):
    """What all kinds of record share: who it is about, where it stands, what made it."""

    __tablename__ = "records"
    __table_args__ = (
        ForeignKeyConstraint(["reading_id", "study_id"], ["studies.reading_id", "studies.study_id"]),
        Index("ix_records_record_id", "record_id"),
    )

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    study_id: Mapped[str]
    population: Mapped[str]
    arm: Mapped[str | None]
    arm_role: Mapped[str | None]
    value_text: Mapped[str]
    unit: Mapped[str | None]
    source: Mapped[str]
    section: Mapped[str]
    page: Mapped[int | None]
    sentence_id: Mapped[str]
    sentence: Mapped[str]
    quote: Mapped[str]
    quote_start: Mapped[int]
    quote_end: Mapped[int]
    value_start: Mapped[int | None]
    events_start: Mapped[int | None]
    sd_start: Mapped[int | None]
    boxes: Mapped[list[Box]]
    refs: Mapped[list[str]]
    cited: Mapped[list[dict[str, Any]]]
    rules: Mapped[list[str]]
    confidence: Mapped[float]
    needs_review: Mapped[bool]
    flags: Mapped[list[str]]


class OfRecord:
    """Key of the table of one kind of record."""

    reading_id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)


def _belongs() -> tuple[ForeignKeyConstraint]:
    return (ForeignKeyConstraint(["reading_id", "record_id"], ["records.reading_id", "records.record_id"]),)


class Outcome:
    """What estimates and comparisons share."""

    endpoint: Mapped[str]
    endpoint_text: Mapped[str]
    event: Mapped[str | None]
    site: Mapped[str | None]
    timepoint: Mapped[str | None]
    statistic: Mapped[str]
    value: Mapped[float | None]
    status: Mapped[str]
    interval_kind: Mapped[str | None]
    interval_low: Mapped[float | None]
    interval_high: Mapped[float | None]
    interval_level: Mapped[float | None]
    interval_text: Mapped[str | None]
    p: Mapped[str | None]
    p_text: Mapped[str | None]
    p_qualifier: Mapped[str | None]
    n: Mapped[float | None]


class Cohort(OfRecord, Table):
    """A group's size."""

    __tablename__ = "cohorts"
    __table_args__ = _belongs()

    n: Mapped[float | None]
    percent: Mapped[float | None]


class Estimate(OfRecord, Outcome, Table):
    """One endpoint's value in one group."""

    __tablename__ = "estimates"
    __table_args__ = _belongs()

    events: Mapped[float | None]
    percent: Mapped[float | None]
    spread: Mapped[float | None]


class Comparison(OfRecord, Outcome, Table):
    """A measure between two groups."""

    __tablename__ = "comparisons"
    __table_args__ = _belongs()

    comparator: Mapped[str | None]


class Finding(Table):
    """A check's judgement."""

    __tablename__ = "findings"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    finding_id: Mapped[str] = mapped_column(primary_key=True)
    check: Mapped[str]
    verdict: Mapped[str]
    study: Mapped[str | None]
    value: Mapped[float | None]
    printed: Mapped[str]
    expected: Mapped[str]
    message: Mapped[str]
    severity: Mapped[str]


class FindingRecord(Table):
    """A record that a finding is about."""

    __tablename__ = "finding_records"
    __table_args__ = (
        ForeignKeyConstraint(["reading_id", "finding_id"], ["findings.reading_id", "findings.finding_id"]),
        ForeignKeyConstraint(["reading_id", "record_id"], ["records.reading_id", "records.record_id"]),
    )

    reading_id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str]


class Sentence(Table):
    """One sentence of a reading's text."""

    __tablename__ = "sentences"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    sentence_id: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[int | None]
    section: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    boxes: Mapped[list[Box]]
    citations: Mapped[list[str]]


class Reference(Table):
    """One entry of the reference list."""

    __tablename__ = "references"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    marker: Mapped[str]
    text: Mapped[str]
    authors: Mapped[str | None]
    title: Mapped[str | None]
    year: Mapped[int | None]
    doi: Mapped[str | None]
    pmid: Mapped[str | None]
    start: Mapped[int | None]
    end: Mapped[int | None]


class Citation(Table):
    """One reference that a citation marker in the text names."""

    __tablename__ = "citations"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    end: Mapped[int]
    marker: Mapped[str]
    sentence_id: Mapped[str | None]


class Leftover(Table):
    """A printed number that no record explains."""

    __tablename__ = "leftovers"

    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    sentence_id: Mapped[str]
    page: Mapped[int | None]
    reason: Mapped[str | None]
    result: Mapped[bool] = mapped_column(server_default=false())


class Decision(Table):
    """What a reviewer decided on what a reading said; rows are only ever added (triggers refuse the rest)."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_record_id", "record_id"),
        Index("ix_decisions_reading_id", "reading_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str]
    verdict: Mapped[str]
    reviewer: Mapped[str]
    at: Mapped[datetime]
    correction: Mapped[dict[str, Any]]
    reason: Mapped[str]
    quote: Mapped[str | None]
    quote_start: Mapped[int | None]
    quote_end: Mapped[int | None]
    role: Mapped[str] = mapped_column(default="single")
    sampled: Mapped[bool] = mapped_column(default=False)
    document: Mapped[str | None]
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("readings.id"))
