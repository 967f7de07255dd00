"""The sentences of each study in, the arms out of those whose treatments no vocabulary knows, read as its report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from extractors.facts.studybook import REVIEW
from extractors.facts.trial.trial import Trial, learn_trial
from schemas.document import Sentence
from schemas.mention import Abbreviation

# Where studies are told of: not in tables, nor in their captions and notes.
TOLD = ("abstract", "body")
# What a review sets against each other throughout is named together in one sentence of so many.
TOGETHER = 10


def read_reports(
    sentences: Sequence[tuple[Sentence, Contents]],
    scopes: Sequence[Scope],
    arms: Sequence[list[Arm]],
    books: Mapping[str, ArmBook],
    abbreviations: Sequence[Abbreviation],
) -> list[list[Arm]]:
    """The arms of each sentence, with those that a study's own sentences define where its book knows none."""
    told: dict[str, list[Contents]] = defaultdict(list)
    known: set[str] = set()
    for (sentence, contents), scope, named in zip(sentences, scopes, arms, strict=True):
        if scope.study is not None and sentence.role in TOLD and not scope.also:
            told[scope.study.key].append(contents)
            if any(map(_treatment, named)):
                known.add(scope.study.key)
    trials: dict[str, Trial] = {}
    for key, parts in told.items():
        pair = books[key].pair
        generic = key == REVIEW and pair is not None and pair[1].name == "control"
        if key in known or (pair is not None and not generic):
            continue
        trial = learn_trial(parts, abbreviations, titled=False)
        if trial is not None and (key != REVIEW or _throughout(trial, parts)):
            trial.teach(books[key])
            trials[key] = trial
    return [
        trials[scope.study.key].find(contents)
        if scope.study is not None and scope.study.key in trials and not scope.also and sentence.role in TOLD
        else list(named)
        for (sentence, contents), scope, named in zip(sentences, scopes, arms, strict=True)
    ]


def _throughout(trial: Trial, parts: Sequence[Contents]) -> bool:
    """Whether two arms are named together often enough to be what a whole review compares."""
    together = sum(len({a.name for a in trial.find(contents)}) > 1 for contents in parts)
    return together * TOGETHER >= len(parts)


def _treatment(arm: Arm) -> bool:
    """Whether an arm is a treatment that the vocabulary knows, no control and no kind of treatment."""
    return bool(arm.drugs) and arm.role != "control" and not arm.broad and "arm:unknown_word" not in arm.rules
