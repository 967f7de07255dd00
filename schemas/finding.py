"""What a check says about printed numbers: that they agree, that they do not, or that it cannot tell."""

from typing import Literal

from schemas.anchor import Frozen

Verdict = Literal["consistent", "inconsistent", "uncheckable"]
Severity = Literal["error", "warning", "note"]
Check = Literal[
    "interval_vs_p",
    "claim_vs_p",
    "direction",
    "percent_vs_count",
    "interval_vs_count",
    "interval_contains_value",
    "interval_level",
    "interval_width",
    "sum_of_parts",
    "difference_vs_values",
    "label_conflict",
    "agreement",
    "printed_form",
    "citation",
    "ordering",
    "plausibility",
    "coverage",
]


class Finding(Frozen):
    """One judgement of one check; it says that numbers disagree, never which of them is wrong.

    `value` is the printed number it is about, `printed` and `expected` are texts for a reviewer.
    """

    finding_id: str
    document: str
    check: Check
    verdict: Verdict
    record_ids: tuple[str, ...]
    study: str | None = None
    value: float | None = None
    printed: str = ""
    expected: str = ""
    message: str = ""
    severity: Severity = "warning"
