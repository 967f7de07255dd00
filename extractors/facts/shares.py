"""Percentages of patients who only are or have something in, cohorts known by their share out."""

from collections.abc import Sequence

import regex

from extractors.facts.attained import attained
from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.endpoints import PEOPLE
from extractors.facts.predicates import DONE
from extractors.facts.values import Unit

# "74% of patients had an ECOG PS of 0", "(23.6%) had PD-L1-positive tumors", "36% were women".
HAD = regex.compile(
    rf"^\s*\)?\s*(?:(?:of|in)\s+(?:the\s+|all\s+)?(?:\w+\s+){{0,3}}?{PEOPLE}\s*)?"
    r"(?:had|have|were|was|with|harbou?red|carried|presented with|received prior)\s+(?P<what>[^.;,()]{3,60})"
)

# "Baseline characteristics were similar (56% vs 57% women)": whom the study enrolled.
TRAITS = regex.compile(
    r"^\W*(?:The\s+)?(?:baseline|demographic\w*|patient characteristics|clinical characteristics)\b[^.;]{0,120}"
    r"\b(?:similar|balanced|comparable|alike|well matched)\b",
    regex.IGNORECASE,
)
IS = regex.compile(r"\b(?:was|were)\s+(?:only\s+)?$")


def is_baseline_share(clause: Clause, unit: Unit) -> bool:
    """Whether a lone percentage says how many patients had a trait, with no outcome named around it."""
    value = unit.readings[0].value
    if TRAITS.match(clause.contents.text) and value.unit == "%" and unit.readings[0].interval is None:
        return True
    if IS.search(clause.contents.words(unit.span.start - 12, unit.span.start)):
        return False  # "Response was 47% with X": the value of a subject
    if unit.contrast or value.unit != "%" or value.number is None or unit.readings[0].interval is not None:
        return False
    after = clause.contents.words(unit.span.end, clause.contents.span.end)
    match = HAD.match(after)
    if match is None or DONE.match(match["what"]) or attained(clause.contents, unit.span.end) is not None:
        return False
    start, end = unit.span.end + match.start("what"), unit.span.end + match.end("what")
    if any(start <= a.span.start < start + 5 for a in clause.arms):
        return False  # "it occurred in 77% with X": what became of an arm
    return not any(e.span.end <= unit.span.start or e.span.start < end for e in clause.contents.endpoints)


def draft_shares(clause: Clause, units: Sequence[Unit]) -> list[Draft]:
    """A cohort without a count for each share, its population in the words printed after it."""
    drafts = []
    for unit in units:
        later = (v.span.start for v in clause.contents.values if v.span.start >= unit.span.end)
        end = next(later, clause.contents.span.end)
        value = unit.readings[0].value
        match = HAD.match(clause.contents.words(unit.span.end, clause.contents.span.end))
        named = [p for p in clause.populations if unit.span.end <= p.span.start < end]
        words = regex.sub(r"\s+and\s+\d.*$", "", " ".join(match["what"].split())) if match is not None else ""
        draft = Draft("cohort", value.span, unit="patients", rules=[value.rule, "cohort:share"])
        draft.percent = value.number
        draft.population = named[0].label if named and named[0].span.start - unit.span.end < 60 else words
        drafts.append(draft)
    return drafts
