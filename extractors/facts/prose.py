"""Sentences in scope in, drafts of all results of the running text out."""

from collections import defaultdict

import regex

from extractors.facts.arms import ArmBook, find_arms
from extractors.facts.cohorts import draft_counts
from extractors.facts.comparisons import draft_comparisons, is_difference
from extractors.facts.draft import Draft
from extractors.facts.estimates import Clause, Memory, draft_estimates
from extractors.facts.groups import learn_pair
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from extractors.facts.studybook import KnownStudy
from extractors.facts.values import read_numbers
from schemas.document import Sentence

# A subgroup is named as one ("in patients with X", "for stable X", "the X subgroup"), not where a trial's people are described.
SUBGROUP = regex.compile(
    r"(?:\b(?:in|for|among|of|with|by|had|were|including|and|versus|vs|or)\s+(?:the\s+|all\s+|those\s+)?(?:patients\s+|subjects\s+|participants\s+|people\s+|individuals\s+|women\s+|men\s+)?(?:with\s+|who\s+(?:had|were)\s+)?(?:\w+\s+){0,2}|^\s*|[,(]\s*)$",
    regex.IGNORECASE,
)


def draft_prose(sentences: list[tuple[Sentence, Contents]], scopes: list[Scope]) -> list[tuple[Draft, Sentence]]:
    """Drafts of every sentence, in order; a study's arms are learnt as its sentences are read."""
    books: dict[str, ArmBook] = defaultdict(ArmBook)
    arms = [find_arms(contents) for _, contents in sentences]
    for (_, contents), scope, named in zip(sentences, scopes, arms, strict=True):
        if scope.study is not None:
            learn_pair(contents, named, books[scope.study.key])
    drafts: list[tuple[Draft, Sentence]] = []
    memory, paragraph, study = Memory(), -1, None
    for (sentence, contents), scope, named in zip(sentences, scopes, arms, strict=True):
        if sentence.paragraph != paragraph or scope.study is not study:
            memory = Memory()
        paragraph, study = sentence.paragraph, scope.study
        if scope.study is None:
            continue
        populations = [
            p for p in contents.populations if SUBGROUP.search(contents.words(p.span.start - 60, p.span.start))
        ]
        clause = Clause(contents, scope, named, populations, books[scope.study.key], memory)
        for draft in draft_sentence(clause):
            finish(draft, scope, scope.study)
            drafts.append((draft, sentence))
    return drafts


def draft_sentence(clause: Clause) -> list[Draft]:
    """Drafts of one sentence: counts first, for they take percentages with them."""
    counted, used = draft_counts(clause)
    numbers = read_numbers(clause.contents, skip=used)
    differences = [u for u in numbers.units if is_difference(clause, u)]
    estimates = draft_estimates(clause, [u for u in numbers.units if u not in differences])
    comparisons = draft_comparisons(clause, numbers, estimates, differences)
    return [*counted, *(d for d, _ in estimates), *comparisons]


def finish(draft: Draft, scope: Scope, study: KnownStudy) -> None:
    """Give a draft its study, its citations and the flags that follow from how they were found."""
    draft.study = study
    draft.refs = scope.refs
    if scope.carried:
        draft.flags.add("study_carried")
    if study.key.startswith("ref "):
        draft.flags.add("study_by_citation")
