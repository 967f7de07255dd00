"""A measurement in a synthesis in, whether it is what the groups of the studies put together differed by, out."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.quantities import quantity
from extractors.facts.studybook import REVIEW
from extractors.facts.values import Unit
from extractors.patterns import Gated

# "effects on systolic pressure (SBP; -2.04 (-3.50, -0.59) mmHg)": in a synthesis, what the groups differed by.
EFFECT_ON = Gated(
    r"\b(?:effects?\s+on|compared\s+with|versus|reduc\w+|improv\w+|increas\w+|decreas\w+|lower\w*|greater"
    r"|higher|benefit\w*)\b",
    regex.IGNORECASE,
)
GROUPS_OWN = regex.compile(
    r"\b(?:mean|median|average|baseline|pooled\s+(?:mean|prevalence|incidence)|prevalence|age|duration"
    r"|follow-?up|ranged?|from)\b[^;()]{0,60}$",
    regex.IGNORECASE,
)


def is_pooled(clause: Clause, unit: Unit) -> bool:
    """Whether a synthesis prints a measurement with its interval right in brackets: what the groups differed by."""
    study, reading, contents = clause.scope.study, unit.readings[0], clause.contents
    if (
        study is None
        or study.key != REVIEW
        or reading.interval is None
        or quantity(reading.value) not in ("other", "share")
    ):
        return False
    share = quantity(reading.value) == "share"
    negative = reading.value.number is not None and reading.value.number.value < 0
    if reading.interval.interval.kind not in ("confidence", "bare") or (share and not negative):
        return False
    before = contents.words(unit.span.start - 110, unit.span.start)
    opened = regex.search(r"[(\[]\s?(?:[\p{L}\d -]{1,14}[;:,]\s)?$", before) is not None
    return opened and EFFECT_ON.search(before) is not None and GROUPS_OWN.search(before) is None
