"""Counts of a sentence in, drafts of cohorts and of patients with an outcome out."""

from collections.abc import Sequence

import regex

from extractors.facts.alignment import align
from extractors.facts.arms import binds
from extractors.facts.draft import Draft
from extractors.facts.endpoints import Choice
from extractors.facts.estimates import Clause, default_arm, set_endpoint
from extractors.facts.sentence import brackets_after, brackets_around, listed_by
from extractors.facts.studybook import REVIEW
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention, ValueMention

SHARE = regex.compile(r"^[^.;]{0,60}?[\s(\[,]$")
OUTCOME_FAMILIES = frozenset({"response", "event"})
# A count whose own words are an outcome: "14 drug-related deaths", "2 patients achieved PR".
OUTCOME_VERB = regex.compile(
    r"\b(?:achiev|attain|experienc|had|exhibit|show|develop|report|died|discontinu|occur|respon|relaps|progress|withdr)\w*\b"
)
ENROL = regex.compile(
    r"\b(?:select|determin|consider|follow|identif|found|divid|stratif|available|enrol|includ|recruit|randomi[sz]|assign|allocat|analy[sz]|evaluat|treated|receiv|participa|compris|involv|screen|eligible|with)\w*\b"
)
# From an outcome to its count: "headache (", "occurred in", "was documented in".
OCCURRED = regex.compile(
    r"^[\s(\[]*$|^[^.;]{0,50}\b(?:occur|develop|report|observ|document|seen|noted|record|experienc|affect|found)\w*\s+"
    r"(?:in|by|among|for)\s+(?:only\s+|a total of\s+)?$"
)
PARALLEL = regex.compile(r"\b(?:and|versus|vs\.?|compared with|as compared with|against)\s+(?:in|by|among|for)?\s*$")
OCCASION = regex.compile(
    r"\b(?:[Ww]ith|[Aa]fter|when|of the final|once|until)\s+(?:a total of\s+|the\s+)?$|\bof the (?:final|planned)\s+$"
)
PREDICATE = regex.compile(
    r"^\s*%?[\s)\]]*(?:of (?:the |whom )?\w*\s*)?(?:were|was|had|harbou?red)\s+(?:an?\s+)?(?P<what>[^.;:,()]{3,70})"
)
ELLIPTIC = regex.compile(
    r"^\s*(?:patients\s+)?(?:with|had)\s+(?P<adjective>[\w-]+)\s+and\s+\d+\s+(?:patients\s+)?(?:with|had)\s+"
)
WHOLE = regex.compile(
    r"\b(?:total|overall|altogether|enrol|randomi[sz]|recruit|includ(?:ed|es|e\b)|compris|involv)\w*\b[^.;]{0,40}$",
    regex.IGNORECASE,
)


def share_of(clause: Clause, count: CountMention) -> ValueMention | None:
    """The percentage printed right after a count, in brackets or after a comma."""
    for value in clause.contents.values:
        if value.unit == "%" and value.span.start >= count.span.end:
            between = clause.contents.words(count.span.end, value.span.start)
            crossed = any(
                c.span.start > count.span.start and c.span.end <= value.span.start for c in clause.contents.counts
            )
            opened = between.rstrip().endswith(("(", "[")) or between.strip() in (",", "/", "=")
            return value if opened and not crossed and SHARE.match(between) and ")" not in between else None
    return None


def draft_counts(clause: Clause) -> tuple[list[Draft], list[Span]]:
    """Drafts of all counts, and the places of the percentages they take with them."""
    contents = clause.contents
    counts = [c for c in contents.counts if c.unit != "studies" or _synthesis(clause, c)]
    spans = [c.span for c in counts]
    populations = clause.populations
    by_population = align(
        spans,
        [p.span for p in populations],
        listed=listed_by(clause.contents),
        follows=lambda v, k: binds(contents, spans[v].end, populations[k].span.start),
        encloses=lambda k: brackets_after(contents, populations[k].span.end),
        around=lambda k: brackets_around(contents, populations[k].span),
        fill=False,
    )
    by_arm = align(
        spans,
        [a.span for a in clause.arms],
        listed=listed_by(clause.contents),
        follows=lambda v, k: binds(contents, spans[v].end, clause.arms[k].span.start),
        fill=False,
    )
    drafts: list[Draft] = []
    used: list[Span] = []
    last_outcome: EndpointMention | None = None
    for i, count in enumerate(counts):
        share = share_of(clause, count)
        if share is not None:
            used.append(share.span)
        arm = clause.arms[by_arm[i].label] if by_arm[i].label is not None else None  # type: ignore[index]  # checked
        label = by_population[i].label
        population = populations[label].label if label is not None else ""
        population = (
            _elliptic(clause, count)
            or ("" if by_population[i].way == "after" else _predicate(clause, count, share))
            or population
        )
        if _is_occasion(clause, count):
            continue
        outcome = _outcome(clause, counts, i) or _outcome_before(clause, counts, i)
        if outcome is None and last_outcome is not None and _parallel(clause, counts, i):
            outcome = last_outcome
        last_outcome = outcome
        if outcome is not None:
            drafts.append(_outcome_draft(count, share, outcome))
            drafts[-1].population = population or clause.memory.population
            if arm is not None:
                drafts[-1].take_arm(clause.book.resolve(arm))
            else:
                chosen, flags = default_arm(clause)
                drafts[-1].take_arm(chosen)
                drafts[-1].flags |= flags
            continue
        if count.unit == "events":
            drafts.append(_event_draft(clause, count, share))
            continue
        draft = Draft("cohort", count.span, number=count.number, unit=count.unit, rules=[count.rule])
        if share is not None:
            draft.percent = share.number
            draft.quote = Span(count.span.start, share.span.end)
        draft.population = "" if _whole(clause, count) else population
        enclosed = contents.words(count.span.start - 1, count.span.start) in ("(", "[")
        bound = by_arm[i].way == "after" or enclosed or not _whole(clause, count)
        if arm is not None and bound and count.unit == "patients":
            draft.take_arm(clause.book.resolve(arm))
            clause.memory.arm = clause.book.resolve(arm) if len(clause.arms) == 1 else clause.memory.arm
        drafts.append(draft)
    remember_population(clause, drafts)
    return drafts, used


def remember_population(clause: Clause, drafts: Sequence[Draft]) -> None:
    """Keep the subgroup a paragraph goes on about: the one its cohort is, or the only labelled cohort it names."""
    cohorts = [d for d in drafts if d.kind == "cohort" and d.number is not None]
    if cohorts and cohorts[0].population and cohorts[0].arm is None:
        clause.memory.population = cohorts[0].population
        return
    labels = {p.label for p in clause.populations}
    if len(labels) == 1 and regex.match(r"(?:cohort|group|part)\b", next(iter(labels))):
        clause.memory.population = next(iter(labels))


def _synthesis(clause: Clause, count: CountMention) -> bool:
    """Whether a count of studies is a synthesis's own ("data from 10 studies"), not a word for what is to follow."""
    study = clause.scope.study
    kinds = {"meta-analysis", "pooled analysis"}
    pooled = study is not None and (study.key == REVIEW or not kinds.isdisjoint(study.types))
    return pooled and not regex.search(
        r"cohorts?|groups?|arms?", clause.contents.words(count.span.start, count.span.end)
    )


def _predicate(clause: Clause, count: CountMention, share: ValueMention | None) -> str:
    """What a count's own clause says of its people ("Twenty patients had X", "25 patients (30.1%) were untreated")."""
    start = share.span.end if share is not None else count.span.end
    match = PREDICATE.match(clause.contents.words(start, clause.contents.span.end))
    if match is None or ENROL.match(match["what"]):
        return ""
    return str(regex.sub(r"\s+(?:and|at|while|but|or)\s.*$", "", " ".join(match["what"].split())))


def _elliptic(clause: Clause, count: CountMention) -> str:
    """The population of a count that shares its noun with the next ("80 with stable and 118 with active disease")."""
    match = ELLIPTIC.match(clause.contents.words(count.span.end, clause.contents.span.end))
    if match is None:
        return ""
    position = count.span.end + match.end()
    following = [p for p in clause.populations if p.span.start <= position + 2 and p.span.end > position]
    words = following[0].label.split() if following else []
    return " ".join([match["adjective"], *words[1:]]) if len(words) > 1 else ""


def _whole(clause: Clause, count: CountMention) -> bool:
    """Whether the count is the study's total ("enrolled 612 patients"), so that what follows describes everyone."""
    return WHOLE.search(clause.contents.words(count.span.start - 60, count.span.start)) is not None


def _outcome(clause: Clause, counts: Sequence[CountMention], i: int) -> EndpointMention | None:
    """The outcome a count is of, if it is one: an endpoint after it, before the next count, bound by a verb."""
    count = counts[i]
    if count.unit not in ("patients", "events", "deaths") or clause.contents.words(
        count.span.start - 4, count.span.start
    ).strip().lower() in ("n =", "n=", "(n"):
        return None
    limit = counts[i + 1].span.start if i + 1 < len(counts) else clause.contents.span.end
    for endpoint in clause.contents.endpoints:
        if endpoint.family not in OUTCOME_FAMILIES:
            continue
        if count.span.overlaps(endpoint.span):
            return endpoint
        if count.span.end <= endpoint.span.start < limit:
            between = clause.contents.words(count.span.end, endpoint.span.start)
            if (
                len(between) < 90
                and (OUTCOME_VERB.search(between) or len(between.split()) <= 2)
                and not regex.search(r"[;]", between)
            ):
                return endpoint
    return None


def _parallel(clause: Clause, counts: Sequence[CountMention], i: int) -> bool:
    """Whether a count repeats the form of the one before it: "in 903 of 9462 given X and in 1052 of 9462 given Y"."""
    between = clause.contents.words(counts[i - 1].span.end, counts[i].span.start) if i else ""
    return bool(i) and counts[i].unit != "studies" and len(between) < 120 and PARALLEL.search(between) is not None


def _event_draft(clause: Clause, count: CountMention, share: ValueMention | None) -> Draft:
    """A count that names its own event ("14 drug-related deaths"): an estimate whose endpoint is its words."""
    words = clause.contents.words(count.span.start, count.span.end)
    own = regex.sub(r"^\S+\s+", "", words).strip()
    mention = EndpointMention(
        span=count.span,
        code="AE" if regex.search(r"related|toxic|advers", own) else own,
        family="event",
        text=own,
        rule=count.rule,
    )
    draft = _outcome_draft(count, share, mention)
    chosen, flags = default_arm(clause)
    draft.take_arm(chosen)
    draft.flags |= flags | {"endpoint_as_printed"}
    return draft


def _is_occasion(clause: Clause, count: CountMention) -> bool:
    """Whether a count of events only dates an analysis ("With 126 events, the HR was 0.6")."""
    return (
        count.unit == "events"
        and OCCASION.search(clause.contents.words(count.span.start - 30, count.span.start)) is not None
    )


def _outcome_before(clause: Clause, counts: Sequence[CountMention], i: int) -> EndpointMention | None:
    """The outcome named before its count: "headache (21 patients [22%])", "rash occurred in 12 patients"."""
    count = counts[i]
    start = counts[i - 1].span.end if i else clause.contents.span.start
    named = [e for e in clause.contents.endpoints if start <= e.span.start and e.span.end <= count.span.start]
    if not named or named[-1].family not in OUTCOME_FAMILIES or count.unit == "studies":
        return None
    return named[-1] if OCCURRED.search(clause.contents.words(named[-1].span.end, count.span.start)) else None


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
