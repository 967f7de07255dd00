"""Sentences and the study book in, the study, its citations and the carried context in force for each sentence out."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractors.facts.pointers import point
from extractors.facts.sentence import Contents, brackets_around
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.synthesis import of_review, own_study
from extractors.facts.zones import Zones
from schemas.anchor import Span
from schemas.document import Document, Sentence
from schemas.mention import StudyMention

# "This study", "the trial": what was spoken of before. "A trial", "another meta-analysis": something new.
NEW = regex.compile(r"^(?:an?|one|another|two|recent|in an?)\b", regex.IGNORECASE)
PART = regex.compile(r"subgroup|post[- ]hoc|updated|final|interim|exploratory|secondary|sensitivity", regex.IGNORECASE)
# A paragraph that opens so speaks of no single study.
GENERAL = regex.compile(
    r"^(?:In (?:conclusion|summary|general)|Overall|Taken together|Historically|Currently|Despite|Several"
    r"|Recently, several|Many|Most|These (?:studies|trials|results|findings|data)|To date"
    r"|However, (?:no|several)|According to|Guidelines?)\b"
)


class Scope(NamedTuple):
    """The study in force, the markers to quote for it, and whether it was carried from an earlier sentence."""

    study: KnownStudy | None
    refs: tuple[str, ...]
    carried: bool
    named: tuple[tuple[StudyMention, KnownStudy], ...] = ()

    @property
    def also(self) -> tuple[KnownStudy, ...]:
        """Other studies the sentence names."""
        return tuple(s for _, s in self.named if s is not self.study)


def scope_sentences(document: Document, sentences: Sequence[tuple[Sentence, Contents]], book: StudyBook) -> list[Scope]:
    """The scope of every sentence, in order."""
    own = own_study(document, book)
    scopes: list[Scope] = []
    current: KnownStudy | None = None
    refs: tuple[str, ...] = ()
    last_cited: tuple[str, ...] = ()
    section, paragraph = None, None
    met: list[KnownStudy] = []
    together: list[KnownStudy] = []
    zones = Zones(document, synthesis=own is book.review)
    for i, (sentence, contents) in enumerate(sentences):
        fresh = sentence.paragraph != paragraph
        if sentence.section_id != section:
            current, refs, met, together, last_cited = None, (), [], [], ()
        section, paragraph = sentence.section_id, sentence.paragraph
        if zones.methods(sentence, contents):
            scopes.append(Scope(None, (), carried=False))
            continue
        ahead = _citations_ahead(sentences, i)
        named = _named(contents, book, apart=own is book.review)
        met = _meet(met, named)
        beside = list({s.key: s for _, s in named}.values())
        together = beside if len(beside) > 1 else together
        pointed = point(contents, met[-2:], together, current, book)
        here = tuple(dict.fromkeys(m for c in contents.citations for m in c.markers))
        unnamed = fresh and current is not None and (current.key.startswith("ref ") or _enrols(contents))
        cited = here or (_only_work(sentences, i) if unnamed else ())
        left = fresh and current is not None and current.refs and cited and not set(cited) & set(current.refs)
        if left and _has_results(contents):  # a paragraph that opens with other works has left the study before
            current, refs = book.by_ref.get(cited[0]) or book.cited(cited), cited
        study = _introduced(contents, _unlike(contents, named), book, ahead, current, own=own)
        if study is not current and not fresh and current is not None and _glances(contents, named):
            study = None
        if study is None and current is not None and _of_last_cited(contents, current, last_cited):
            study, ahead = book.by_ref.get(next(iter(last_cited))) or book.cited(last_cited), ahead or last_cited
        last_cited = here or last_cited
        if pointed and (study is None or not named):
            study = pointed[0].study
        elif study is None and zones.pooled(sentence) and _is_own(contents, current):
            study = own
        if study is not None:
            current, refs, carried = study, here or (ahead if fresh or study is not current else refs), False
        elif fresh and GENERAL.match(contents.text):
            current, refs, carried = None, here, False
        elif current is None and (here or ahead) and _has_results(contents) and _like_study(contents):
            markers = here or ahead
            current, refs, carried = book.by_ref.get(markers[0]) or book.cited(markers), markers, False
        else:
            if (
                current is not None
                and here
                and not set(here) & set(current.refs)
                and _moves_on(contents, current, fresh)
            ):
                current = book.by_ref.get(here[0]) or book.cited(here)
            carried = True
        refs = here or refs
        if current is None and own is not None and _has_results(contents):
            scopes.append(Scope(own, here, carried=False))
        else:
            told = tuple(sorted([*named, *pointed], key=lambda pair: pair[0].span))
            pooled = current is not None and bool(current.members)
            several = told if len({s.key for _, s in told}) > 1 and not pooled else ()
            scopes.append(Scope(current, here or refs or ahead, carried, several))
    return scopes


# "In the trial, 361 men were assigned to".
THE_TRIAL = regex.compile(r"^\W*(?:In|For)\s(?:the|this|that)\s(?:[\w-]+\s)?(?:trial|study)\b,?\s")


def _of_last_cited(contents: Contents, current: KnownStudy, cited: tuple[str, ...]) -> bool:
    """Whether "in the trial" goes on about the one work cited last, though results of the one before are in force."""
    by_citation = current.key.startswith("ref ") and len(cited) == 1 and cited[0] not in current.refs
    taken_in = any(c.role in ("randomised", "enrolled") for c in contents.cues) and bool(contents.counts)
    return by_citation and taken_in and THE_TRIAL.match(contents.text) is not None


def _pooling(contents: Contents, before: int, book: StudyBook, ahead: tuple[str, ...]) -> KnownStudy | None:
    """The pooled analysis that a sentence describes before it names the studies pooled; known by its citation."""
    for mention in contents.studies:
        kinds = ("meta-analysis", "pooled analysis")
        if mention.kind == "described" and mention.span.start < before and mention.study_type in kinds and ahead:
            study = book.cited(ahead)
            study.types[mention.study_type or "pooled analysis"] += 1
            return study
    return None


def _is_own(contents: Contents, current: KnownStudy | None) -> bool:
    """Whether a result among those of a meta-analysis is of no one study: none is in force, none cited alone."""
    free = current is None or current.key.startswith("ref ")
    cited = {marker for c in contents.citations for marker in c.markers}
    return free and _has_results(contents) and len(cited) != 1


Naming = tuple[StudyMention, KnownStudy]


def _named(contents: Contents, book: StudyBook, *, apart: bool) -> list[Naming]:
    """The studies a sentence names, in order; `apart`: but for those only its brackets speak of."""
    named = [(m, s) for m in contents.studies if (s := book.named(m)) is not None]
    return [pair for pair in named if not (apart and _aside(contents, pair[0].span))]


# What brackets hold beside a study's name, its year and citation, where the name is all they say.
NAME_ALONE = regex.compile(r"^\W*(?:(?:see|e\.g\.|and|in|the|trial|study|\d{4}[a-z]?)\W*)*$")


def _aside(contents: Contents, span: Span) -> bool:
    """Whether a mention stands in brackets that say something of their own ("(one was lost in the work of X)")."""
    fence = brackets_around(contents, span)
    if fence is None:
        return False
    inside = contents.words(fence.start, span.start) + " " + contents.words(span.end, fence.end)
    return NAME_ALONE.match(inside) is None


def _meet(met: list[KnownStudy], named: Sequence[Naming]) -> list[KnownStudy]:
    """The studies of a section in the order they were last brought in; a sentence's own keep their order."""
    fresh = list({s.key: s for _, s in named}.values())
    if len(fresh) == 1 and any(s is fresh[0] for s in met[-2:]):
        return met
    return [s for s in met if not any(s is f for f in fresh)] + fresh


def _introduced(
    contents: Contents,
    named: Sequence[Naming],
    book: StudyBook,
    ahead: tuple[str, ...],
    current: KnownStudy | None,
    *,
    own: KnownStudy | None,
) -> KnownStudy | None:
    """The study a sentence brings in: a name, "this review", or a description with a citation of its own."""
    places = [(m.span.start, s) for m, s in named]
    pooled = _pooling(contents, places[0][0], book, ahead) if places else None
    if pooled is not None:
        pooled.members |= {s.key for _, s in places}
        return pooled
    if places and not (current is not None and current.members and {s.key for _, s in places} <= current.members):
        return places[0][1]
    if own is not None and of_review(contents):
        return own
    for mention in contents.studies:
        part = PART.search(mention.name) and mention.study_type not in ("meta-analysis", "pooled analysis")
        brief = len(mention.name.split()) <= 3 and mention.span.start - contents.span.start > 60
        if mention.kind == "described" and NEW.match(mention.name) and not part and not brief and ahead:
            study = book.by_ref.get(ahead[0]) or book.cited(ahead)
            if mention.study_type is not None:
                study.types[mention.study_type] += 1
            return study
    return None


# "Observational studies point the same way [7]": other works than the one in force.
OTHER_WORKS = regex.compile(
    r"^\W*(?:Real-world|Retrospective|Observational|Other|Additional|Further|Subsequent|Earlier|Previous|Prior|Independent)\s+"
    r"(?:[\w-]+\s+){0,3}(?:analys[ei]s|studies|data|series|cohorts|trials|reports|evidence)\b"
)


# "In randomized trials of patients with stroke, ... [23-25]", "In patients with sepsis, X was associated with ...
# [27]".
OTHER_PEOPLE = regex.compile(
    r"^\W*(?:[\w-]+,\s)?(?:(?:In|Among|Across)\s(?!the(?:se)?\b|both\b|two\b|three\b)(?:[\w-]+\s){0,3}?"
    r"(?:trials|studies|cohorts|registries|series|meta-analyses)\b|(?:In|Among)\s(?:patients|individuals|adults|people)\s[^,;]{3,60},\s"
    r"[^,;()]{3,50}\s(?:was|were|is)\s(?:\w+ly\s)?associated\swith)"
)


def _moves_on(contents: Contents, current: KnownStudy, fresh: bool) -> bool:
    """Whether a sentence that cites another work leaves the study in force: one known by citation, or a new start."""
    if (OTHER_WORKS.match(contents.text) or OTHER_PEOPLE.match(contents.text)) and _has_results(contents):
        return True
    by_citation = current.key.startswith("ref ") and _has_results(contents)
    return by_citation or (fresh and bool(contents.studies or contents.counts))


# "The last regimen was the superior arm of HARBOR-1.": a study spoken of in passing.
OBLIQUE = regex.compile(r"\b(?:of|in|from|by|with|than|to|as in|like|unlike|and)\s(?:the\s)?$")
FAR = 40  # characters
# "As in HARBOR-1, ...", "Unlike the HARBOR-1 trial, ...": what this study is set beside.
BESIDE = regex.compile(
    r"^\W*(?:As (?:in|with)|Unlike|Like|Similar(?:ly)? to|In (?:contrast|comparison) (?:to|with)|Contrary to"
    r"|As opposed to"
    r"|In line with|Consistent with)\b[^,;:]{0,80},"
)


def _unlike(contents: Contents, named: Sequence[Naming]) -> Sequence[Naming]:
    """The studies a sentence names, but for one that it opens with only to set its own beside it."""
    match = BESIDE.match(contents.text)
    if match is None:
        return named
    return [pair for pair in named if pair[0].span.start >= contents.span.start + match.end()]


def _glances(contents: Contents, named: Sequence[Naming]) -> bool:
    """Whether a sentence without a result only names studies in passing, far behind its beginning."""
    if not named or _has_results(contents) or contents.citations:
        return False
    return all(
        m.span.start - contents.span.start >= FAR and OBLIQUE.search(contents.words(contents.span.start, m.span.start))
        for m, _ in named
    )


# "In the trial", "this study": the one spoken of before.
SAME_STUDY = regex.compile(
    r"\b(?:the|this|that|these|both|its|same|latter|former)\s(?:[\w-]+\s){0,2}?(?:trials?|study|studies)\b",
    regex.IGNORECASE,
)


def _enrols(contents: Contents) -> bool:
    """Whether a sentence takes people into a study that it neither names nor points back to."""
    taken_in = any(c.role in ("randomised", "enrolled") for c in contents.cues)
    counted = any(c.unit == "patients" and c.of is None for c in contents.counts)
    return taken_in and counted and SAME_STUDY.search(contents.text) is None


def _has_results(contents: Contents) -> bool:
    return bool(contents.values or contents.counts or contents.p_values)


def _like_study(contents: Contents) -> bool:
    """Whether a sentence without a named study reads like one's result: a treatment, a test, an effect, a design."""
    return bool(
        contents.drugs or contents.studies or contents.p_values or contents.intervals or contents.measures
    ) or any(c.role in ("randomised", "enrolled", "control_arm", "experimental_arm") for c in contents.cues)


def _only_work(sentences: Sequence[tuple[Sentence, Contents]], i: int) -> tuple[str, ...]:
    """Markers of the one work that a whole paragraph cites, which names no study: it is about that work."""
    paragraph, found = sentences[i][0].paragraph, set[tuple[str, ...]]()
    for sentence, contents in sentences[i:]:
        if sentence.paragraph != paragraph:
            break
        if any(m.kind == "acronym" for m in contents.studies):
            return ()
        if contents.citations:
            found.add(tuple(dict.fromkeys(m for c in contents.citations for m in c.markers)))
    return found.pop() if len(found) == 1 else ()


def _citations_ahead(sentences: Sequence[tuple[Sentence, Contents]], i: int) -> tuple[str, ...]:
    """Markers of the first citation in this sentence or, failing that, later in its paragraph before another study."""
    paragraph = sentences[i][0].paragraph
    for j in range(i, len(sentences)):
        sentence, contents = sentences[j]
        if sentence.paragraph != paragraph:
            break
        if j > i and any(m.kind == "acronym" for m in contents.studies):
            break
        if contents.citations:
            return tuple(dict.fromkeys(m for c in contents.citations for m in c.markers))
    return ()
