"""A sentence that names several studies and the places of its results in, the study of each result out."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractors.facts.alignment import align
from extractors.facts.arms import binds
from extractors.facts.scope import Scope
from extractors.facts.sentence import BRACKETED, Contents, brackets_after, brackets_around, listed_by
from extractors.facts.studybook import KnownStudy
from schemas.anchor import Span

# Between two numbers that stand for two studies in order: "in 1224 and 1346 patients", "7.8% and 5.1% with placebo".
AND = regex.compile(r"^[\s%]*(?:patients\s+|participants\s+)?and\s+(?:in\s+)?$")


def owners_of(contents: Contents, places: list[Span], scope: Scope) -> list[KnownStudy]:
    """The study of each result of a sentence that names several ("44% in A and 75% in B"); else the one in force."""
    assert scope.study is not None
    if len(scope.named) < 2:
        return [scope.study] * len(places)
    order = sorted(range(len(places)), key=lambda i: places[i])
    spans = [mention.span for mention, _ in scope.named]
    labelled = align(
        [places[i] for i in order],
        spans,
        follows=lambda v, k: binds(contents, places[order[v]].end, spans[k].start),
        listed=listed_by(contents),
        encloses=lambda k: brackets_after(contents, spans[k].end),
        around=lambda k: brackets_around(contents, spans[k]),
    )
    owners = {
        i: scope.named[lab.label][1] if lab.label is not None else scope.study
        for i, lab in zip(order, labelled, strict=True)
    }
    owners |= _closed(contents, places, scope) | _dealt(contents, places, order, scope)
    return [owners[i] for i in range(len(places))]


def _closed(contents: Contents, places: Sequence[Span], scope: Scope) -> dict[int, KnownStudy]:
    """The results of clauses that each end in the study they are of: "12% in the first and 15% in the second"."""
    ends = [(mention.span, study) for mention, study in scope.named if mention.rule == "study:pointed"]
    if len({study.key for _, study in ends}) < 2:
        return {}
    inside = [any(place.end <= span.start for place in places) for span, _ in ends[:1]]
    between = [any(a.end <= p.start and p.end <= b.start for p in places) for (a, _), (b, _) in pairwise(ends)]
    opened = regex.match(r"^\W*(?:\w+\W+){0,3}$", contents.words(contents.span.start, ends[0][0].start))
    if opened or not all([*inside, *between]):
        return {}
    sizes = [wall for m, _ in scope.named if (wall := brackets_after(contents, m.span.end)) is not None]
    return {
        i: next((study for span, study in ends if place.end <= span.start), ends[-1][1])
        for i, place in enumerate(places)
        if not any(wall.holds(place) for wall in sizes)
    }


def _dealt(contents: Contents, places: Sequence[Span], order: Sequence[int], scope: Scope) -> dict[int, KnownStudy]:
    """The two numbers of a list that follows two studies, one each in order, where no study stands with a number."""
    studies = list({study.key: study for _, study in scope.named}.values())
    last = max(mention.span.end for mention, _ in scope.named)
    after = [i for i in order if places[i].start >= last]
    found: dict[int, KnownStudy] = {}
    for i, j in pairwise(after) if len(studies) == 2 else ():
        between = BRACKETED.sub(" ", contents.words(places[i].end, places[j].start))
        if i not in found and AND.match(between) and not _of_arms(contents, places[j]):
            found |= {i: studies[0], j: studies[1]}
    return found


# "12% and 15% in the X and Y groups": what is listed behind the numbers are arms.
ARMS_BEHIND = regex.compile(
    r"^[^.;,]{0,60}\band\b[^.;,]{0,40}\b(?:groups|arms|recipients)\b|^[^.;]{0,60}\brespectively\b"
)


def _of_arms(contents: Contents, place: Span) -> bool:
    return ARMS_BEHIND.match(contents.words(place.end, contents.span.end)) is not None
