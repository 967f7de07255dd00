"""One line of records.jsonl: a record as the dataset writes it, flat and in plain JSON values."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.anchor import Box, CitedWork, Frozen
from schemas.evidence import ArmRole, Site, Statistic, Status, StudyType
from schemas.record import Corrected

Amount = int | float
Offset = Annotated[int, Field(ge=0)]


class FlatReview(Frozen):
    """What a reviewer decided; the corrected fields are already applied to the line."""

    verdict: Literal["accept", "reject", "correct", "add"]
    reviewer: str
    at: str = Field(description="time of the decision, ISO 8601")
    correction: dict[str, Corrected] = Field(default_factory=dict)


class FlatRecord(Frozen):
    """One extracted record; unknown is null, and nothing is computed into `value`, `ci` or `p`."""

    record_id: str = Field(description="stable over re-runs of the same document")
    document: str = Field(description="the file's name without folder and ending")
    kind: Literal["cohort", "estimate", "comparison"]
    study: str = Field(description='fullest printed name; "ref 12" for one known by its citation alone')
    study_alt_names: tuple[str, ...]
    study_type: StudyType | None
    registry_ids: tuple[str, ...]
    population: str = Field(description='"" is everyone in the study')
    arm: str | None = Field(description="treatment in its long form; null is all arms together")
    arm_role: ArmRole | None
    comparator: str | None
    endpoint: str | None = Field(description="a code (ORR, PFS, ...) or a short term as printed")
    endpoint_text: str | None
    event: str | None = Field(description="an adverse event's name")
    site: Site | None
    timepoint: str | None = Field(description="landmark of a rate")
    statistic: Statistic | None
    value: Amount | None
    value_text: str = Field(description="as printed")
    unit: str | None
    status: Status
    ci: tuple[Amount | None, Amount | None] | None = Field(description="[low, high], null for an open bound")
    ci_level: Amount | None = Field(description='95 for a 95% interval, null for a bare "CI"')
    p: Annotated[str, Field(pattern=r"^(=|<|>|<=|>=|~)")] | None = Field(description='"=0.0049", "<0.001"')
    events: Amount | None
    n: Amount | None = Field(description="a cohort's size or an estimate's denominator, as printed")
    percent: Amount | None
    refs: tuple[str, ...] = Field(description="citation markers as printed")
    cited: tuple[CitedWork, ...]
    source: str = Field(description='"text" or "table N"')
    section: str
    page: int | None
    sentence_id: str
    sentence: str = Field(description="citation markers left out; for a table the cell with its headers")
    quote: str = Field(description="the document's characters from quote_start to quote_end")
    quote_start: Offset
    quote_end: Offset
    value_start: Offset | None
    events_start: Offset | None
    sd_start: Offset | None
    boxes: tuple[Box, ...] = Field(description="[page, x0, top, x1, bottom], points from the page's top left")
    rules: tuple[str, ...]
    confidence: float = Field(ge=0, le=1)
    needs_review: bool
    flags: tuple[str, ...]
    review: FlatReview | None
