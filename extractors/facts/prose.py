"""Sentences in scope in, drafts of all results of the running text out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.clause import Clause, Memory
from extractors.facts.cohorts import draft_counts
from extractors.facts.comparisons import as_told, draft_comparisons, remember_effects
from extractors.facts.described import with_described
from extractors.facts.differences import keep_changes, split_differences
from extractors.facts.doubts import doubt
from extractors.facts.draft import Draft
from extractors.facts.enrolment import describes_everyone, size_of_study
from extractors.facts.estimates import draft_estimates
from extractors.facts.exposures import LEVEL_RULES, STEP_RULES
from extractors.facts.factors import tell_factors
from extractors.facts.groups import DESIGN, contrast_told, learn_control, learn_pair, with_both
from extractors.facts.items import control_of_list, of_item
from extractors.facts.landmarks import REFERS_BACK, remember_timepoint, time_comparisons, time_counts
from extractors.facts.members import group_of_studies
from extractors.facts.owned import owned
from extractors.facts.owners import owners_of
from extractors.facts.protection import part_protection
from extractors.facts.saidunits import unit_said_before
from extractors.facts.schedules import is_schedule
from extractors.facts.scope import Scope
from extractors.facts.segments import segments
from extractors.facts.sentence import Contents
from extractors.facts.shares import draft_shares, is_baseline_share
from extractors.facts.studybook import REVIEW, KnownStudy, StudyBook
from extractors.facts.topics import may_be_usual, titled_risk, usual_endpoint, usual_measure, usual_scale
from extractors.facts.torn import draft_torn
from extractors.facts.values import Unit, read_numbers
from extractors.patterns import Gated
from schemas.document import Sentence
from schemas.mention import CountMention, EndpointMention, MeasureMention, PopulationMention

# Who may be enrolled is no subgroup, nor is a kind of disease that everyone has ("HER2-positive breast cancer").
ELIGIBLE = regex.compile(
    r"\b(?:inclusion of|eligib\w+|allowed|permitted|excluded|without regard to|stratified by|according to"
    r"|types? of)\b[^.;]{0,40}$"
    # "a study randomizing patients with newly diagnosed disease": everyone in it
    r"|\b(?:randomi[sz](?:ed|ing|es)|enrol(?:led|ling|s)|recruit(?:ed|ing|s))\s(?:[\w-]+\s){0,2}?"
    r"(?:patients|adults|children|women|men|participants|people|individuals)\s(?:with|who had)\s(?:[\w-]+\s){0,2}$"
)
# "complaints, mostly mild to moderate": how bad they were, and nobody's kind.
SEVERITY = regex.compile(r"(?:mild|moderate|severe)\b", regex.IGNORECASE)
MOSTLY = regex.compile(r"\b(?:mostly|mainly|largely|generally|usually|predominantly|typically|were|was)\s+(?:of\s+)?$")
DISEASE = regex.compile(
    r"^[\s-]*(?:(?:unresectable|advanced|metastatic|locally|early|or|and|stage \w+|breast|lung)[\s,-]+){0,5}"
    r"(?:cancers?|carcinomas?|melanomas?|disease|NSCLC|SCLC|leuk[a]?emia|lymphomas?|myeloma)\b"
)


# "In patients with P, the X trial ...": P is whom the whole trial enrolled.
OPENS = regex.compile(r"^(?:[\w,]+ ){0,2}?(?:[Ii]n|[Aa]mong|[Ff]or)\s+[^.;]{0,60}$")
INTRODUCED = regex.compile(r"^[^.;]{0,40},\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$")


# "in HRD-positive tumours": where no organ is named, a part of a study told of before.
PART = regex.compile(
    r"^[\s-]*(?:(?:unresectable|advanced|metastatic|locally|early|or|and|recurrent)[\s,-]+){0,5}"
    r"(?:carcinomas?|disease|tumou?rs?|cancers?)\b"
)


def is_subgroup(contents: Contents, population: PopulationMention, *, carried: bool = False) -> bool:
    """Whether a kind of patients is spoken of as a group of its own; `carried` where their study was told of before."""
    before = contents.words(population.span.start - 60, population.span.start)
    if ELIGIBLE.search(before) or (SEVERITY.match(population.label) and MOSTLY.search(before)):
        return False
    if any(
        0 <= m.span.start - population.span.end < 80
        and INTRODUCED.match(contents.words(population.span.end, m.span.start))
        and OPENS.match(contents.words(contents.span.start, population.span.start))
        for m in contents.studies
    ):
        return False
    after = contents.words(population.span.end, population.span.end + 60)
    if carried and PART.match(after):
        return True
    return DISEASE.match(after) is None


def subgroups(
    contents: Contents, whole: CountMention | None, book: ArmBook, *, carried: bool = False
) -> list[PopulationMention]:
    """The kinds of patients in a sentence that are a part of the study, not everyone in it."""
    all_of = {p.label for p in contents.populations if describes_everyone(contents, whole, p)}
    book.everyone |= all_of
    told = with_described(contents, carried=carried)
    ends = [contents.words(p.span.end, p.span.end + 60) for p in told if p.label]
    carried = carried or sum(PART.match(end) is not None for end in ends) > 1
    parts = [p for p in told if p.label not in all_of and is_subgroup(contents, p, carried=carried)]
    return [p for p in parts if p.label not in book.everyone]


INDIRECT = Gated(r"\b(?:matching[- ]adjusted|indirect(?:ly)?\s(?:treatment\s)?compar\w+|MAIC|cross-trial)\b")


def learn_books(
    sentences: Sequence[tuple[Sentence, Contents]],
    scopes: Sequence[Scope],
    arms: Sequence[list[Arm]],
    headings: Mapping[str, Arm],
) -> dict[str, ArmBook]:
    """The arms of every study by its key; `headings` gives the treatment that a section is headed by, by section id."""
    books: dict[str, ArmBook] = defaultdict(ArmBook)
    for (sentence, _), scope in zip(sentences, scopes, strict=True):
        if scope.study is not None and sentence.section_id in headings:
            book = books[scope.study.key]
            book.heading = book.heading or headings[sentence.section_id]
    shared: list[tuple[Scope, Contents, list[Arm]]] = []
    for (sentence, contents), scope, named in zip(sentences, scopes, arms, strict=True):
        if scope.study is None or sentence.role == "table":  # a torn table sets arms of different rows side by side
            continue
        if INDIRECT.search(contents.text):  # what an indirect comparison sets a study against is none of its arms
            continue
        pieces = segments(contents, scope)
        for piece, part in pieces if len(pieces) > 1 else ():
            learn_pair(piece, [a for a in named if piece.span.holds(a.span)], books[_key(part)])
        if len(pieces) == 1 and scope.also:
            shared.append((scope, contents, named))
        elif len(pieces) == 1:
            learn_pair(contents, named, books[scope.study.key])
    for scope, contents, named in shared:  # what several studies are told with is theirs where nothing else is known
        for study in (scope.study, *scope.also):
            if study is not None and (len(books[study.key].arms) < 2 or DESIGN.search(contents.text)):
                learn_pair(contents, named, books[study.key])
    for book in books.values():
        book.try_heading()
    for scope, named in zip(scopes, arms, strict=True):
        if scope.study is not None:
            learn_control(named, books[scope.study.key])
    return books


def draft_prose(
    sentences: Sequence[tuple[Sentence, Contents]],
    scopes: Sequence[Scope],
    arms: Sequence[list[Arm]],
    books: Mapping[str, ArmBook],
    leads: Mapping[int, EndpointMention],
    *,
    topics: Mapping[int, EndpointMention],
    studies: StudyBook,
) -> list[tuple[Draft, Sentence]]:
    """Drafts of every sentence, in order.

    `leads` gives the endpoint that a list item's lead-in sentence names, `topics` the one a paragraph is about; both
    by paragraph.
    """
    drafts: list[tuple[Draft, Sentence]] = []
    memory, paragraph, study, since = Memory(), -1, None, 0
    compared: tuple[Arm, Arm] | None = None
    labels = label_paragraphs(sentences, scopes)
    usual = usual_endpoint([contents for _, contents in sentences])
    usual = usual or titled_risk([contents for sentence, contents in sentences if sentence.role == "title"])
    on_scale = usual_measure([contents for _, contents in sentences])
    scale = usual_scale([contents for _, contents in sentences])
    recent: dict[str, EndpointMention] = {}
    scales: dict[str, EndpointMention] = {}
    effects: dict[str, dict[str, EndpointMention]] = defaultdict(dict)
    tested: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (sentence, contents), scope, named in zip(sentences, scopes, arms, strict=True):
        if sentence.paragraph != paragraph:
            compared = None
        if sentence.paragraph != paragraph or scope.study is not study:
            goes_on = sentence.paragraph == paragraph and REFERS_BACK.search(contents.text) is not None
            kept_endpoint = memory.endpoint if scope.study is study or goes_on else None
            if sentence.paragraph != paragraph or not goes_on:
                kept_endpoint = topics.get(sentence.paragraph) or kept_endpoint
            listed = memory.listed if sentence.paragraph == paragraph else ()
            memory = Memory(endpoint=kept_endpoint, timepoint=memory.timepoint if goes_on else None, listed=listed)
        paragraph, study = sentence.paragraph, scope.study
        if memory.endpoint is None:
            memory.endpoint = leads.get(paragraph)
        torn = (
            draft_torn(contents, named, studies=studies, books=books, refs=scope.refs)
            if sentence.role == "table"
            else []
        )
        for draft, part in torn:
            finish(draft, part, _study(part))
            drafts.append((draft, sentence))
        if scope.study is None or torn:
            continue
        since = since + 1 if scope.carried else 0
        pieces = segments(contents, scope)
        listed_control = control_of_list(contents, named) if len(pieces) > 1 else None
        measure: MeasureMention | None = None
        for piece, part in pieces:
            arms_here = [a for a in named if piece.span.holds(a.span) and not a.design]
            told = part.carried or books[_key(part)].sized
            whole = size_of_study(piece, part, books[_key(part)])
            populations = subgroups(piece, whole, books[_key(part)], carried=told)
            levels = [a.span for a in arms_here if a.rules in (LEVEL_RULES, STEP_RULES)]
            if levels:  # what people had more or less of is neither an outcome nor a kind of people
                populations = [p for p in populations if not any(span.overlaps(p.span) for span in levels)]
                outcomes = [e for e in piece.endpoints if not any(span.overlaps(e.span) for span in levels)]
                piece = piece._replace(endpoints=outcomes)
            kept = memory if len(pieces) == 1 else replace(memory, arm=None, population="", subgroup="")
            kept.measure = measure
            if paragraph not in topics:
                kept.effects, kept.tested = effects[_key(part)], tested[_key(part)]
            kept.usual = topics.get(paragraph) or recent.get(_key(part), usual)
            kept.scale = scale
            kept.measured = scales.get(_key(part), on_scale)
            book = books[_key(part)]
            if _key(part) == REVIEW:  # a synthesis has many comparisons, a paragraph mostly one
                compared = contrast_told(piece, arms_here) or compared
                book = replace(book, pair=compared or book.pair)
            if len(pieces) > 1:
                arms_here, book = of_item(piece, arms_here, book, listed_control)
                kept.going_on = piece is not pieces[0][0]
            clause = Clause(piece, part, arms_here, populations, book, kept, whole=whole)
            made = draft_sentence(clause)
            distinct = {a.name: a for a in map(clause.book.resolve, arms_here) if a.name}
            several = with_both(piece, list(distinct.values()))
            if len(several) > 2:
                memory.listed = tuple(several)
            owners = owners_of(piece, [d.place for d in made], part)
            for draft, owner in zip(made, owners, strict=True):
                finish(draft, part, owner)
                doubt(draft, clause, since=since, populations=labels[paragraph, _key(part)])
                drafts.append((draft, sentence))
            memory.endpoint, memory.timepoint, measure = kept.endpoint, kept.timepoint, kept.measure
            memory.last_effect, memory.told = kept.last_effect, kept.told
            _remember_subgroup(memory, made)
            if kept.endpoint is not None and kept.endpoint.family == "continuous":
                scales[_key(part)] = kept.endpoint
            if kept.endpoint is not None and may_be_usual(kept.endpoint):
                recent[_key(part)] = kept.endpoint
    return drafts


def label_paragraphs(
    sentences: Sequence[tuple[Sentence, Contents]], scopes: Sequence[Scope]
) -> dict[tuple[int, str], frozenset[str]]:
    """(paragraph, key of a study) -> the subgroups that its sentences there name."""
    found: dict[tuple[int, str], frozenset[str]] = defaultdict(frozenset)
    for (sentence, contents), scope in zip(sentences, scopes, strict=True):
        if scope.study is not None:
            named = {p.label for p in contents.populations if is_subgroup(contents, p)}
            found[sentence.paragraph, scope.study.key] |= named
    return found


def _remember_subgroup(memory: Memory, made: Sequence[Draft]) -> None:
    """Keep whom the results of a sentence were about, for one that goes on about them; a cohort stays in force."""
    told = {d.population for d in made if d.kind != "cohort"} or {d.population for d in made if d.population}
    if made:
        memory.subgroup = next(iter(told)) if len(told) == 1 else ""
    for label in (d.population for d in sorted(made, key=lambda d: d.place) if d.population):
        memory.groups = (*(g for g in memory.groups if g != label), label)[-2:]
    if memory.population and any(d.kind != "cohort" and d.population != memory.population for d in made):
        memory.population = ""  # told of others since
    if len(told) == 1 and regex.match(r"(?:cohort|group|part)\b", next(iter(told))):
        memory.population = next(iter(told))


def _key(scope: Scope) -> str:
    return _study(scope).key


def _study(scope: Scope) -> KnownStudy:
    assert scope.study is not None
    return scope.study


def draft_sentence(clause: Clause) -> list[Draft]:
    """Drafts of one sentence: counts first, for they take percentages with them."""
    clause.contents = unit_said_before(clause.contents)
    counted, used = draft_counts(clause)
    dosed = [a.span for a in clause.arms if a.rules[-1:] in (("arm:dose",), STEP_RULES, LEVEL_RULES)]
    doses = [v.span for v in clause.contents.values if any(span.holds(v.span) for span in dosed)]
    numbers = read_numbers(
        clause.contents, skip=[*used, *doses], measure=clause.memory.measure or clause.memory.last_effect
    )
    clause.memory.measure = next(
        (r.measure for r in reversed(numbers.effects) if r.measure is not None and r.interval is not None), None
    )
    clause.memory.last_effect = clause.memory.measure or clause.memory.last_effect
    if clause.book.sides:
        keep_changes(clause, numbers)
        numbers.units = [u for u in numbers.units if not is_schedule(clause, u)]
    numbers.units = part_protection(clause.contents, numbers.units)
    differences = split_differences(clause, numbers.units)
    shares = [u for u in numbers.units if u not in differences and _is_trait(clause, u)]
    estimates = draft_estimates(clause, [u for u in numbers.units if u not in differences and u not in shares])
    comparisons = draft_comparisons(clause, numbers, estimates, differences, counted=counted)
    tell_factors(clause, comparisons)
    for draft in (*comparisons, *(d for d, _ in estimates)):
        told_of = group_of_studies(clause, draft.place.start)
        if told_of and draft.population in ("", clause.memory.population):
            draft.population = told_of
    if events := [d for d in counted if d.kind == "estimate" and d.endpoint]:
        clause.memory.compared = as_told(events[-1])
    remember_effects(clause, comparisons)
    time_counts(clause, counted)
    time_comparisons(clause, comparisons, [*counted, *(d for d, _ in estimates)])
    remember_timepoint(clause, [*counted, *(d for d, _ in estimates)])
    return [*counted, *draft_shares(clause, shares), *(d for d, _ in estimates), *comparisons]


def _is_trait(clause: Clause, unit: Unit) -> bool:
    """Whether a share tells what patients are like; that of an arm in its trial's report tells what became of them."""
    told = clause.book.sides and owned(clause, unit.span)[0] is not None
    return not told and is_baseline_share(clause, unit)


def finish(draft: Draft, scope: Scope, study: KnownStudy) -> None:
    """Give a draft its study, its citations and the flags that follow from how they were found."""
    draft.study = study
    draft.population = draft.population.replace("metastasis", "metastases")  # as the vocabulary names populations
    draft.refs = scope.refs
    if scope.carried:
        draft.flags.add("study_carried")
    if study.key.startswith("ref "):
        draft.flags.add("study_by_citation")
