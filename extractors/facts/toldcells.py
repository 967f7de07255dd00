"""A table cell that tells results in words in, drafts of all that it tells out."""

from dataclasses import dataclass

import regex

from extractors.facts.arms import find_arms
from extractors.facts.clause import Memory
from extractors.facts.columns import Meaning
from extractors.facts.draft import Draft
from extractors.facts.headwords import name_outcome
from extractors.facts.rows import Frame, Row
from extractors.facts.sentence import Contents, narrow
from extractors.facts.statements import BARE, is_telling, label_of, statements
from extractors.facts.tablecells import draft_cell
from extractors.facts.wordcells import NOTHING, as_sentence
from schemas.anchor import Span
from schemas.mention import EndpointMention

# Amounts of a drug, and no results of it.
DOSES = frozenset({"mg", "µg", "mcg", "g", "IU", "Gy", "mg/kg"})


# "Among subjects with X: at 3 months ...": whom what follows is of.
AMONG = regex.compile(
    r"^\W*(?:Among|In|For)\s(?P<all>all\s)?(?:subjects|patients|participants|individuals|people|persons|those)"
    r"(?:\s(?P<whom>[^:;.]{2,60}?))?:\s*"
)
# "At 3 months:", "EASI-75 at week 12:": when all that follows was seen.
OPENING = regex.compile(
    r"^\W*(?:\p{L}[^;.\d]{0,100}?\s)?(?:[Aa]t|[Aa]fter|[Bb]y|[Ww]eek|[Mm]onth)\b[^:;.()]{1,30}(?:\([^()]*\))?:"
)
# "At 3 months (n = 249):": the people looked at then.
THEN = regex.compile(r"\b(?:At|After|By|Week|Month|≥?\d+ weeks)\b[^:;.()]{1,30}\(n\s?=\s?\d[\d, ]*\):")


@dataclass
class Telling:
    """What a column's cell said last of its results, outcome and landmark; a bare cell below goes on with it."""

    study: object = None
    endpoint: EndpointMention | None = None
    timepoint: str | None = None


def draft_telling(
    contents: Contents, row: Row, column: Meaning, frame: Frame, before: Telling | None = None
) -> list[Draft]:
    """Drafts of the statements of a cell that says itself what its numbers are of.

    `before` is what the cell above said, which a cell of nothing but a number goes on with; it is brought up to date.
    """
    if NOTHING.match(contents.text):
        return []
    before = before if before is not None else Telling()
    if before.study is not row.study:
        before.study, before.endpoint, before.timepoint = row.study, None, None
    bare = BARE.match(contents.text) is not None
    memory = Memory(endpoint=before.endpoint if bare and before.endpoint is not None else column.endpoint)
    drafts: list[Draft] = []
    whom, when = "", before.timepoint if bare else None
    for piece, number in statements(contents):
        among = AMONG.match(piece.text)
        if among is not None:
            whom = " ".join((among["whom"] or "").split()) if among["all"] is None else ""
            piece = narrow(piece, Span(piece.span.start + among.end(), piece.span.end))
        first = len(drafts)
        listed = row.outcomes.get(number)
        if is_telling(piece.text):
            memory.endpoint = listed or memory.endpoint
            made = as_sentence(piece, row, memory)
        else:
            memory.endpoint = listed or memory.endpoint
            made = _as_values(piece, row, column, frame, memory, listed=listed is not None)
        drafts += [
            d
            for d in made
            if d.kind == "cohort" or (d.endpoint and not DOSES & {d.unit} and "no_endpoint" not in d.flags)
        ]
        opening = OPENING.match(piece.text)
        times = {t.text for t in piece.timepoints}
        when = times.pop() if len(times) == 1 else when if bare else None
        for draft in drafts[first:]:
            draft.population = draft.population or whom
            if draft.kind != "cohort" and draft.timepoint is None and (bare or opening is not None):
                draft.timepoint = when
        people = _people_then(piece, whom, drafts[first:])
        drafts[first:] = [*people, *(d for d in drafts[first:] if not people or d.place != people[0].place)]
    if drafts and memory.endpoint is not None:
        before.endpoint, before.timepoint = memory.endpoint, when
    for draft in drafts:
        draft.population = draft.population or row.population
        draft.rules.append("table:told")
        draft.flags.add("told_in_cell")
    return drafts


def _people_then(piece: Contents, whom: str, told: list[Draft]) -> list[Draft]:
    """The people that a statement prints with its landmark: whom its results are of."""
    if THEN.search(piece.text) is None or any(d.kind == "cohort" for d in told):
        return []
    count = next((c for c in piece.counts if c.unit == "patients" and c.of is None), None)
    if count is None:
        return []
    cohort = Draft("cohort", count.span, number=count.number, unit="patients", rules=[count.rule], population=whom)
    arm = next((d for d in told if d.arm is not None), None)
    if arm is not None:
        cohort.arm = arm.arm
    return [cohort]


def _as_values(
    piece: Contents, row: Row, column: Meaning, frame: Frame, memory: Memory, *, listed: bool
) -> list[Draft]:
    """Drafts of a statement that is values behind their outcome, by name, by label or by what was told before."""
    label = label_of(piece)
    group = next((p.label for p in piece.populations if label is not None and p.span.overlaps(label)), "")
    if not listed:
        own = piece.endpoints[0] if piece.endpoints else None
        if (
            own is None
            and label is not None
            and not group
            and not any(a.span.overlaps(label) for a in find_arms(piece))
        ):
            own = name_outcome(piece.words(*label), label)
        memory.endpoint = own or memory.endpoint
    named = [a for a in find_arms(piece) if a.drugs]
    if memory.endpoint is None:
        return []
    if len(named) > 1 and any(v.unit for v in piece.values):
        return as_sentence(piece, row, memory)
    made = draft_cell(piece, row, Meaning(column.text, "endpoint", memory.endpoint, spans=column.spans), frame)
    for draft in made:
        draft.population = group or draft.population
        if len(named) == 1 and draft.kind == "estimate" and (draft.arm is None or len(made) == 1):
            draft.take_arm(row.book.resolve(named[0]))
            draft.flags.discard("arm_ambiguous")
    return made
