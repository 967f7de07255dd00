"""Counts of a sentence in, drafts of cohorts and of patients with an outcome out."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractors.facts.armbook import Arm
from extractors.facts.choices import Choice
from extractors.facts.clause import Clause
from extractors.facts.countlabels import ArmLabel, PopulationLabel, label_counts, list_arms
from extractors.facts.countshares import share_of, shares_of_parts, take_interval, whole_of_share
from extractors.facts.draft import Draft
from extractors.facts.drawn import drawn_from
from extractors.facts.enrolment import TO_EITHER, is_sum, is_whole
from extractors.facts.estimates import default_arm, set_endpoint
from extractors.facts.happenings import RELATED, outcomes_of, printed_event
from extractors.facts.headcounts import is_denominator
from extractors.facts.members import which_studies
from extractors.facts.owned import of_both
from extractors.facts.predicates import described_before, fuller, noun_apart, said_of, sex_of, shared_noun
from extractors.facts.reported import analysed_arms, reported_outcome
from extractors.facts.sentence import brackets_around
from extractors.facts.studycounts import of_synthesis
from extractors.facts.trial.owners import Owner
from schemas.anchor import Span
from schemas.evidence import Site
from schemas.mention import CountMention, EndpointMention, ValueMention
from schemas.number import Number

OCCASION = regex.compile(
    r"\b(?:[Ww]ith|[Aa]fter|when|of the final|once|until)\s+(?:a total of\s+|the\s+)?$|\bof the (?:final|planned)\s+$"
)
ATTRIBUTED = regex.compile(
    r"^\s*(?:was|were)?\s*(?:considered\s+)?(?:related|attributed|attributable|due|associated)\s+(?:to|with)\s+"
    r"(?:the\s+)?(?:study\s+)?(?:treatment|drug|therapy|adverse|toxic|ir)"
)
EACH = regex.compile(
    r"^\s*(?:patients\s+|participants\s+)?"
    r"(?:each\b(?!\s+(?:year|month|week|day))|(?:per|in each|in every|in both|in either)\s+"
    r"(?:treatment\s+|study\s+)?(?:arms?|groups?)\b)"
)
# "130 patients per arm were needed": whom a calculation asks for.
PLANNED = regex.compile(
    r"^\s*(?:[\w-]+\s+){0,3}?(?:(?:per|in)\s+(?:each\s+|every\s+|both\s+)?(?:arms?|groups?)\s+)?"
    r"(?:was|were|is|are|would be|will be)\s+(?:needed|required|necessary|planned)\b"
)
# "2 studies, 358 participants": all that were pooled.
POOLED_PEOPLE = regex.compile(
    r"(?<![\w-])\d+\s(?:[\w-]+\s)?(?:stud(?:y|ies)|trials?|RCTs?|cohorts?|reports?)[,;]\s(?:n\s?=\s?)?$"
)
# Between an arm and the brackets with its count, at most.
FARTHEST_BRACKET = 45  # characters
STUDIED = regex.compile(r"\b(?:trials?|stud(?:y|ies)|patients with|adults with|populations?)\b")
TREATED = regex.compile(
    r"\b(?:receiv\w*|under(?:went|go\w*)|given|treated with|(?:assign|allocat)ed to"
    r"|randomi[sz]ed (?:to|between)|to|on)\b"
)
# From an arm to the count of its own people: "X in 50 patients", "X was given to 50 patients", "X: 50".
LEADS = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:treatment\b|therapy\b)?\s*(?:(?:was|were)\s+)?"
    r"(?:(?:given|administered|assigned|offered|used|started|received)\s+)?(?:to|in|by|for|:|,)?\s*"
    r"(?:the\s+|all\s+|a total of\s+)?$"
)
# From one of the arms that people got to the next.
EITHER = regex.compile(
    r"^\s*(?:[\d.]+[\s-]?(?:mg|µg|g|IU|mL)\S*\s)?(?:\([^()]*\)\s*)?(?:[\p{L}-]+\s){0,2}?,?\s?(?:or|versus|vs\.?)\s"
    r"(?:to\s|matching\s|with\s)?$"
)
LISTED = regex.compile(r"^\s*(?:\([^()]*\)\s*)?,\s?$")
# After an arm, its own count or the arm it is drawn by lot against.
OTHERS = regex.compile(
    r"^\s*(?:\(\s*n\s*=|(?:\([^()]*\)\s*)?(?:or|versus|vs\.?|against|with or without|plus or minus|alone or)\b)"
)


def draft_counts(clause: Clause) -> tuple[list[Draft], list[Span]]:
    """Drafts of all counts, and the places of the percentages they take with them."""
    contents = clause.contents
    clause.parts = {v.span: c for c in contents.counts if (v := whole_of_share(clause, c)) is not None}
    rates = [v.span for v in contents.values if v.unit is not None and v.unit.startswith("per ")]
    counts = [c for c in contents.counts if c not in clause.parts.values() and not any(r.holds(c.span) for r in rates)]
    counts = [c for c in counts if c.unit != "studies" or c.of is None]  # "in 29/35 RCTs": studies with a result
    counts = [c for c in counts if not _in_millions(clause, c) and (c.unit != "studies" or of_synthesis(clause, c))]
    labelled = label_counts(clause, counts)
    outcomes = outcomes_of(clause, counts)
    listed = list_arms(clause, counts, outcomes, labelled)
    drafts: list[Draft] = []
    wholes: list[Draft] = []
    used: list[Span] = []
    for i, count in enumerate(counts):
        share = share_of(clause, count)
        used += [share.span] if share is not None else shares_of_parts(clause, count)
        after = contents.words(count.span.end, contents.span.end)
        # "had at least one event", "centres that took in more than 10 patients each"
        bounded = count.rule.endswith(":at-least") and (count.number.value <= 1 or EACH.match(after) is not None)
        if bounded or _is_occasion(clause, count) or PLANNED.match(after):
            continue
        outcome = outcomes[i] if not _of_study(clause, count) else None
        arm, population = labelled[i]
        if clause.book.sides:
            outcome = reported_outcome(clause, count, share, Owner(arm.arm, arm.way), outcome)
        if outcome is not None:
            draft = _outcome_draft(count, share, outcome)
            if share is not None:
                take_interval(contents, share, draft)
            own = any(p.label == population.name and p.span.overlaps(outcome.span) for p in clause.populations)
            draft.population = ("" if own else population.name) or clause.memory.population
            draft.site = _own_site(clause, count) or draft.site
            _give_arm(clause, draft, arm.arm if clause.book.sides else listed.get(i, arm.arm))
            if count.of is not None and draft.arm and not clause.book.sides:
                wholes.append(_whole_draft(count.of, draft))
        elif count.unit == "events":
            draft = _event_draft(clause, count, share, arm.arm)
        else:
            draft = _cohort_draft(clause, count, share, arm, population)
            if _of_all_arms(clause, draft):
                draft.arm = draft.role = None
            wholes += _each_arm(clause, count, draft)
        drafts += of_both(clause, draft) if outcome is not None else [draft]
    remember_population(clause, drafts)
    _remember_outcome(clause, outcomes, used)
    return drafts + wholes + analysed_arms(clause), used


def _remember_outcome(clause: Clause, outcomes: Sequence[EndpointMention | None], used: Sequence[Span]) -> None:
    """Keep the outcome of counts with their shares for a sentence that goes on about "the rates"."""
    told = [o for o in outcomes if o is not None and o.family in ("response", "event")]
    if (
        told
        and used
        and not any(e.family != "event" for e in clause.contents.endpoints)
        and all(v.span in used for v in clause.contents.values if v.unit == "%")
    ):
        clause.memory.endpoint = told[-1]


def _each_arm(clause: Clause, count: CountMention, draft: Draft) -> list[Draft]:
    """The same size for the other arms, where each had it ("n = 101 each", "35 patients per arm"); the first is set."""
    after = clause.contents.words(count.span.end, count.span.end + 30)
    if count.unit != "patients" or EACH.match(after) is None:
        return []
    named = {a.name: a for a in map(clause.book.resolve, clause.arms) if a.name and a.span.end <= count.span.start}
    arms = list(named.values()) if len(named) > 1 else list(clause.book.pair or ())
    if len(arms) < 2:
        return []
    draft.arm, draft.role, draft.population = arms[0].name, arms[0].role, ""
    return [
        replace(draft, arm=arm.name, role=arm.role, rules=[*draft.rules], flags=set(draft.flags)) for arm in arms[1:]
    ]


def _whole_draft(whole: Number, part: Draft) -> Draft:
    """The cohort that a part with an outcome is of: "12 of 45 patients given X" says that 45 were given X."""
    place = whole.span if whole.span is not None else part.place
    draft = Draft("cohort", place, number=whole, unit="patients", rules=[*part.rules[:1], "cohort:whole"])
    draft.arm, draft.role, draft.population = part.arm, part.role, part.population
    draft.flags = set(part.flags)
    return draft


def _own_site(clause: Clause, count: CountMention) -> Site | None:
    """The site printed right after a count ("1 intracranial, 2 extracranial")."""
    match = regex.match(r"\s*(intra|extra)-?cranial\b", clause.contents.words(count.span.end, count.span.end + 20))
    return None if match is None else "intracranial" if match[1] == "intra" else "extracranial"


def _give_arm(clause: Clause, draft: Draft, arm: Arm | None) -> None:
    if arm is not None:
        draft.take_arm(clause.book.resolve(arm))
        return
    chosen, flags = (None, {"arm_ambiguous"}) if clause.book.sides else default_arm(clause)
    draft.take_arm(chosen)
    draft.flags |= flags


# The rule of a count of studies whose words do not hold for what is told next: "ten studies reported X".
ASIDE = "cohort:aside"


def _cohort_draft(
    clause: Clause, count: CountMention, share: ValueMention | None, arm: ArmLabel, population: PopulationLabel
) -> Draft:
    draft = Draft("cohort", count.span, number=count.number, unit=count.unit, rules=[count.rule])
    if share is not None:
        draft.percent = share.number
        draft.quote = Span(count.span.start, share.span.end)
    whole = share is None and is_whole(clause, count)
    sex = sex_of(clause, count, share=share is not None)
    elliptic = shared_noun(clause, count)
    said = "" if is_denominator(clause, count) else said_of(clause, count, share, bound=population.way == "after")
    members = which_studies(clause, count) if count.unit == "studies" else None
    if members is not None and not members.apart:
        draft.rules.append(ASIDE)
    apart = members.words if members is not None else noun_apart(clause, count)
    draft.population = (
        apart
        if whole or apart or count.unit in ("studies", "records")
        else sex or elliptic or fuller(described_before(clause, count) or said, population.name)
    )
    of_arm = (
        arm.arm is not None
        and not _of_effect(clause, count)
        and POOLED_PEOPLE.search(clause.contents.words(count.span.start - 30, count.span.start)) is None
        and not drawn_from(clause.contents, count.span)
        and (bool(clause.book.sides) or _of_arm(clause, count, arm, whole=whole))
    )
    if arm.arm is not None and count.unit == "patients" and of_arm:
        if clause.book.sides or not _only_spoken_of(clause, count, arm):
            draft.take_arm(clause.book.resolve(arm.arm))
            clause.counted = arm.arm if arm.way == "before" else None
        told = any(v.span.end <= arm.arm.span.start for v in clause.contents.values)  # of whom is not yet known
        if len({a.name for a in clause.arms if not a.broad}) == 1 and not told:
            clause.memory.arm = clause.book.resolve(arm.arm)
    return draft


# "a trial of 40 patients showed an ORR of 35%", "data from 62 patients": whom a study had, whatever it showed.
STUDY_OF = regex.compile(
    r"\b(?:trials?|stud(?:y|ies)|analys[ei]s|cohorts?|series|surveys?|registry|reports?|RCTs?)\s+"
    r"(?:of|in|with|on|among|from|including|involving|enrolling)\s+(?:the\s+|a total of\s+|only\s+|over\s+|about\s+)?$",
    regex.IGNORECASE,
)


def _of_study(clause: Clause, count: CountMention) -> bool:
    """Whether a count is of the people a study had."""
    return STUDY_OF.search(clause.contents.words(count.span.start - 60, count.span.start)) is not None


def _of_effect(clause: Clause, count: CountMention) -> bool:
    """Whether brackets hold a count beside a pooled effect: "(RR 0.61, 95% CI 0.42-0.88; 399 participants)"."""
    fence = brackets_around(clause.contents, count.span)
    return fence is not None and any(
        m.span.end <= count.span.start and fence.holds(m.span) for m in clause.contents.measures
    )


def _of_arm(clause: Clause, count: CountMention, arm: ArmLabel, *, whole: bool) -> bool:
    """Whether a count is of the arm beside it, and not of the study that its brackets follow or its verb enrols."""
    contents, span = clause.contents, count.span
    fence = brackets_around(contents, span)
    if fence is not None and arm.arm is not None and arm.arm.span.end <= fence.start:
        gap = contents.words(arm.arm.span.end, fence.start)
        named = [m for m in contents.studies if arm.arm.span.end <= m.span.start and m.span.end <= fence.start]
        return len(gap) < FARTHEST_BRACKET and not named and not STUDIED.search(gap)
    if arm.way == "after" and (is_sum(clause, count) or TO_EITHER.match(contents.words(span.end, span.end + 60))):
        return False
    if arm.way == "after" and arm.arm is not None and _is_either(clause, arm.arm):
        return False
    if whole and arm.way == "after" and arm.arm is not None and contents.words(span.end, arm.arm.span.start).strip():
        shared = OTHERS.match(contents.words(arm.arm.span.end, contents.span.end)) is not None
        between = contents.words(span.end, arm.arm.span.start)
        return arm.arm.grouped or (TREATED.search(between) is not None and not shared)
    return arm.way == "after" or not whole


def _is_either(clause: Clause, arm: Arm) -> bool:
    """Whether people got an arm or another one: "480 patients were infused with A 100 mg or placebo"."""
    other = next((a for a in clause.arms if a.span.start >= arm.span.end), None)
    if other is None or clause.book.resolve(other).name == clause.book.resolve(arm).name:
        return False
    gap = clause.contents.words(arm.span.end, other.span.start)
    return EITHER.match(gap) is not None or (LISTED.match(gap) is not None and _is_either(clause, other))


def _only_spoken_of(clause: Clause, count: CountMention, arm: ArmLabel) -> bool:
    """Whether the arm before a count is what the sentence is about, not what the people counted were given."""
    if arm.arm is None or arm.arm.grouped or brackets_around(clause.contents, count.span) is not None:
        return False
    if count is clause.whole:
        return True
    if arm.arm is clause.counted:
        return False  # "with X, 60 had diabetes and 25 had not": all of them were given X
    gap = clause.contents.words(arm.arm.span.end, count.span.start)
    return arm.way == "before" and clause.book.pair is not None and LEADS.search(gap) is None


def remember_population(clause: Clause, drafts: Sequence[Draft]) -> None:
    """Keep the subgroup a paragraph goes on about: the one its cohort is, or the only labelled cohort it names."""
    cohorts = [d for d in drafts if d.kind == "cohort" and d.number is not None and ASIDE not in d.rules]
    if cohorts and cohorts[0].population and cohorts[0].arm is None and not _in_passing(clause, cohorts[0]):
        clause.memory.population = cohorts[0].population
        return
    labels = {p.label for p in clause.populations}
    if len(labels) == 1 and regex.match(r"(?:cohort|group|part)\b", next(iter(labels))):
        clause.memory.population = next(iter(labels))


def _of_all_arms(clause: Clause, draft: Draft) -> bool:
    """Whether people "received A or B" where A and B are arms of their study: everyone."""
    parts = (draft.arm or "").split(" or ")
    names = {a.name for a in clause.book.arms.values()}
    return len(parts) > 1 and all(part in names for part in parts)


OPENING = 40  # characters


def _in_passing(clause: Clause, draft: Draft) -> bool:
    """Whether a group is only sized, late in a sentence on a study told of before: "greater in X (n = 194)"."""
    late = draft.place.start - clause.contents.span.start > OPENING
    return clause.scope.carried and late and brackets_around(clause.contents, draft.place) is not None


MILLIONS = regex.compile(r"\b(?:m|b)illions?\b")


def _in_millions(clause: Clause, count: CountMention) -> bool:
    """Whether a count is of a population at large ("537 million individuals"), which no study enrolled."""
    return MILLIONS.search(clause.contents.words(count.span.start, count.span.end)) is not None


def _event_draft(clause: Clause, count: CountMention, share: ValueMention | None, arm: Arm | None) -> Draft:
    """A count that names its own event ("14 drug-related deaths"): an estimate whose endpoint is its words."""
    mention = printed_event(clause, count)
    after = clause.contents.words(count.span.end, count.span.end + 60)
    if RELATED.search(mention.text) or ATTRIBUTED.match(after):
        mention = mention.model_copy(update={"code": "AE"})
    draft = _outcome_draft(count, share, mention)
    _give_arm(clause, draft, arm)
    draft.flags.add("endpoint_as_printed")
    return draft


def _is_occasion(clause: Clause, count: CountMention) -> bool:
    """Whether a count of events only dates an analysis ("With 126 events, the HR was 0.6")."""
    match = OCCASION.search(clause.contents.words(count.span.start - 30, count.span.start))
    if count.unit != "events" or match is None:
        return False
    # "532,979 participants from 19 studies with 19,926 CVD events": they had them.
    told = any(c.unit == "patients" and c.span.end <= count.span.start for c in clause.contents.counts)
    return not (told and match[0].startswith("with "))


def _outcome_draft(count: CountMention, share: ValueMention | None, outcome: EndpointMention) -> Draft:
    draft = Draft("estimate", share.span if share is not None else count.span, rules=[count.rule])
    draft.events = count.number
    if share is not None:
        draft.statistic, draft.number, draft.unit = "rate", share.number, "%"
        draft.rules.append(share.rule)
        draft.quote = Span(min(count.span.start, share.span.start), share.span.end)
    else:
        draft.statistic, draft.number, draft.unit = "count", count.number, "patients"
    if count.of is not None:
        draft.n = count.of
    set_endpoint(draft, Choice(outcome, "", "after"))
    return draft
