"""A sentence and its study in, the count of everyone in the study out, and who everyone is."""

import regex

from extractors.facts.arms import ArmBook
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from schemas.mention import CountMention, PopulationMention

# "Among 612 patients ...", "of whom 14": a part of the study.
PART_OF = regex.compile(
    r"\b(?:of (?:whom|these|them|which|those)|including|subset|subgroup|cohort|the remaining|only|other)\b[^.;]{0,25}$"
    r"|%\s+of\s+(?:the\s+|all\s+)?$"
    r"|^\W*(?:Among|Of)\s+(?:all\s+|these\s+)?(?:the\s+)?(?:\w+\s+){0,3}(?:\w+\s*)?[(\[]?$"
)
INTO = regex.compile(
    r"\b(?:in|of|on|with|among|for|from|included|enrolled|evaluated|recruited|treated|randomi[sz]ed|studied|tested)"
    r"\s+(?:a total of\s+)?$"
)
# Between the count of a study's people and what they all had: "612 patients with", "612 patients who had".
DESCRIBED = regex.compile(r"^[^.;:]{0,90}$")
ARM_BEFORE = regex.compile(r"\b(?:group|arm)s?\b|\bn\s*=\s*$")


def size_of_study(contents: Contents, scope: Scope, book: ArmBook) -> CountMention | None:
    """The count of everyone a study enrolled, where the sentence that brings the study in gives it; else null."""
    counts = [c for c in contents.counts if c.unit == "patients" and c.of is None]
    if book.sized or not counts or scope.carried:
        book.sized = book.sized or bool(counts)
        return None
    book.sized = True
    first = counts[0]
    before = contents.words(contents.span.start, first.span.start)
    if PART_OF.search(before) or ARM_BEFORE.search(before[-25:]) or not INTO.search(before):
        return None
    return first


def describes_everyone(contents: Contents, whole: CountMention | None, population: PopulationMention) -> bool:
    """Whether a kind of patients is that of all people counted: "in 240 patients with heart failure"."""
    if whole is None or population.span.start < whole.span.end:
        return False
    if any(
        whole.span.end <= n.span.start < population.span.start
        for kind in (contents.values, contents.counts)
        for n in kind
    ):
        return False
    return DESCRIBED.match(contents.words(whole.span.end, population.span.start)) is not None
