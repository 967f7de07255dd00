"""A table cell that tells results in words in, drafts of all that it tells out."""

from extractors.facts.arms import find_arms
from extractors.facts.clause import Memory
from extractors.facts.columns import Meaning
from extractors.facts.draft import Draft
from extractors.facts.headwords import name_outcome
from extractors.facts.rows import Frame, Row
from extractors.facts.sentence import Contents
from extractors.facts.statements import is_telling, label_of, statements
from extractors.facts.tablecells import draft_cell
from extractors.facts.wordcells import NOTHING, as_sentence

# Amounts of a drug, and no results of it.
DOSES = frozenset({"mg", "µg", "mcg", "g", "IU", "Gy", "mg/kg"})


def draft_telling(contents: Contents, row: Row, column: Meaning, frame: Frame) -> list[Draft]:
    """Drafts of the statements of a cell that says itself what its numbers are of."""
    if NOTHING.match(contents.text):
        return []
    memory = Memory(endpoint=column.endpoint)
    drafts: list[Draft] = []
    for piece, number in statements(contents):
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
    for draft in drafts:
        draft.population = draft.population or row.population
        draft.rules.append("table:told")
        draft.flags.add("told_in_cell")
    return drafts


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
