"""Sentences and each study's two arms in, the groups out that are called by a part of their treatment's name."""

from collections.abc import Mapping, Sequence

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from extractors.facts.trial.shapes import find_groups
from extractors.facts.trial.words import Vocabulary
from schemas.anchor import Span
from schemas.document import Sentence
from schemas.mention import Abbreviation


def name_groups(
    sentences: Sequence[tuple[Sentence, Contents]],
    scopes: Sequence[Scope],
    arms: Sequence[list[Arm]],
    books: Mapping[str, ArmBook],
    abbreviations: Sequence[Abbreviation],
) -> list[list[Arm]]:
    """The arms of each sentence, with groups such as "the time-restricted group" of "time-restricted eating"."""
    vocabulary = Vocabulary(abbreviations)
    result = []
    for (sentence, contents), scope, named in zip(sentences, scopes, arms, strict=True):
        book = books.get(scope.study.key) if scope.study is not None and not scope.also else None
        free = book is not None and book.pair is not None and not book.sides and sentence.role != "table"
        added = _called(contents, named, book, vocabulary) if free and book is not None else []
        result.append(sorted([*named, *added], key=lambda a: a.span.start) if added else list(named))
    return result


def _called(contents: Contents, named: Sequence[Arm], book: ArmBook, vocabulary: Vocabulary) -> list[Arm]:
    """Groups no arm was found for whose words are all in the name of just one of the study's two arms."""
    found: list[Arm] = []
    sides = [(arm, vocabulary.words(arm.name)) for arm in book.pair or ()]
    for name in find_groups(contents):
        words = vocabulary.words(name.text)
        holders = [arm for arm, own in sides if words and words <= own]
        taken = any(a.span.overlaps(name.span) for a in named)
        if len(holders) == 1 and not taken and not name.strata:
            arm = holders[0]
            span = Span(name.span.start, name.span.end)
            found.append(
                Arm(span=span, drugs=arm.drugs, role=arm.role, grouped=True, rules=arm.rules, active=arm.active)
            )
    return found
