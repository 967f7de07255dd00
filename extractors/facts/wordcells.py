"""A table cell in words in, drafts of what it tells out: whom a design took in, factors with their effects, results."""

import regex

from extractors.facts.additions import spread_additions
from extractors.facts.arms import find_arms
from extractors.facts.clause import Clause, Memory
from extractors.facts.draft import Draft
from extractors.facts.factors import label_effects
from extractors.facts.prose import draft_sentence
from extractors.facts.rows import Frame, Row
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from schemas.mention import EndpointMention

# A cell that tells nothing.
NOTHING = regex.compile(
    r"^\W*(?:N\s?/?\s?A|NR|ND|not (?:reported|available|applicable|stated|mentioned)|none reported)?\W*$",
    regex.IGNORECASE,
)
# "Study design: A (982 patients); B (997 patients)": whom each arm took in.
DESIGN = regex.compile(r"\bdesign\b", regex.IGNORECASE)
IN_BRACKETS = regex.compile(r"[(\[]\s*(?:[nN]\s*[=:]\s*)?$")


def draft_design(contents: Contents) -> list[Draft]:
    """The people of each arm that a cell of designs names with its number in brackets; none where one has no arm."""
    counts = [c for c in contents.counts if c.unit == "patients" and c.of is None]
    arms = [a for a in spread_additions(contents, find_arms(contents)) if a.name and not a.design]
    drafts = []
    for count in counts:
        before = [a for a in arms if a.span.end <= count.span.start]
        if not before or not IN_BRACKETS.search(contents.words(contents.span.start, count.span.start)):
            return []
        draft = Draft("cohort", count.span, number=count.number, unit="patients", rules=[count.rule, "table:arm_size"])
        draft.take_arm(before[-1])
        drafts.append(draft)
    return drafts if len({d.arm for d in drafts}) == len(drafts) > 1 else []


# "Risk factor details": the cells list factors, each with its effect.
FACTORS = regex.compile(
    r"\b(?:risk|prognostic|predictive|independent|significant)\s(?:factors?|predictors?)\b|\bpredictors\b",
    regex.IGNORECASE,
)


def draft_factors(contents: Contents, row: Row, outcome: EndpointMention) -> list[Draft]:
    """The effects of a cell that lists factors of the outcome that caption or title say is looked at."""
    drafts = as_sentence(contents, row, Memory(endpoint=outcome))
    label_effects(contents, drafts, outcome)
    return [d for d in drafts if d.endpoint and "no_endpoint" not in d.flags]


def draft_told(contents: Contents, row: Row, frame: Frame) -> list[Draft]:
    """Drafts of a cell that tells results in its own words, as a sentence does: "ORR 61%; median OS 24.1 months".

    A bare effect with its interval is of the outcome that caption or title say is looked at.
    """
    bare = not contents.endpoints and contents.intervals and (contents.measures or contents.values)
    if not contents.endpoints and not (bare and frame.outcome is not None):
        return []
    memory = Memory(endpoint=frame.outcome if bare else None)
    drafts = [d for d in as_sentence(contents, row, memory) if d.endpoint and "no_endpoint" not in d.flags]
    for draft in drafts:
        draft.population = draft.population or row.population
    return drafts


def as_sentence(contents: Contents, row: Row, memory: Memory) -> list[Draft]:
    """All drafts of a cell read as a sentence about the study of its row."""
    arms = [a for a in spread_additions(contents, find_arms(contents)) if not a.design] or list(row.arms)
    scope = Scope(row.study, row.refs, carried=False)
    return draft_sentence(Clause(contents, scope, arms, list(contents.populations), row.book, memory))
