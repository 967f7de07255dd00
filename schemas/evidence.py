"""What a result says: who was observed (Group), what was measured (Outcome), and the three kinds of record."""

from typing import Literal

from schemas.anchor import Frozen
from schemas.number import Interval, Number, PValue

ArmRole = Literal["experimental", "control"]
Status = Literal["reported", "not reached", "not reported", "not applicable"]
Statistic = Literal["median", "mean", "rate", "count", "HR", "OR", "RR", "difference", "p", "other"]
StudyType = Literal["trial", "pooled analysis", "meta-analysis", "real-world", "case series"]
Site = Literal["intracranial", "extracranial"]


class Study(Frozen):
    """A study under the fullest name the review prints; "ref 12" where only its citation is known."""

    name: str
    alt_names: tuple[str, ...] = ()
    study_type: StudyType | None = None
    registry_ids: tuple[str, ...] = ()


class Group(Frozen):
    """The people a number is about: `population` "" is everyone in the study, `arm` null is all arms together."""

    study: Study
    population: str = ""
    arm: str | None = None
    arm_role: ArmRole | None = None


class Outcome(Frozen):
    """What was measured: a code or a term as printed, and its qualifiers."""

    endpoint: str
    endpoint_text: str = ""
    event: str | None = None
    site: Site | None = None
    timepoint: str | None = None


class Cohort(Frozen):
    """A group's size: a printed count of people (or studies), or only their printed share (`percent`)."""

    kind: Literal["cohort"] = "cohort"
    group: Group
    n: Number | None
    percent: Number | None = None
    unit: str = "patients"


class Estimate(Frozen):
    """One endpoint's value in one group; `value` is null exactly where `status` is not "reported"."""

    kind: Literal["estimate"] = "estimate"
    group: Group
    outcome: Outcome
    statistic: Statistic
    value: Number | None
    value_text: str = ""
    unit: str
    status: Status = "reported"
    interval: Interval | None = None
    p: PValue | None = None
    events: Number | None = None
    n: Number | None = None
    percent: Number | None = None
    spread: Number | None = None


class Comparison(Frozen):
    """A measure between groups; with statistic "p" there is a p-value and no effect (`value` null)."""

    kind: Literal["comparison"] = "comparison"
    group: Group
    comparator: str | None = None
    outcome: Outcome
    statistic: Statistic
    value: Number | None
    value_text: str = ""
    unit: str | None
    status: Status = "reported"
    interval: Interval | None = None
    p: PValue | None = None
    n: Number | None = None


Fact = Cohort | Estimate | Comparison
