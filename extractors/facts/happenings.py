"""Counts of people in a sentence in, the outcome each is a count of out: "14 in the X group and 20 in Y died"."""

from collections.abc import Sequence

import regex

from extractors.facts.attained import SHARE, came_to, has_share
from extractors.facts.befallen import NOUN_CODES, NOUN_IN, PEOPLE, befell, other_cause, outcome_named, seen
from extractors.facts.clause import Clause
from extractors.facts.headcounts import is_denominator, is_eligibility, is_set_off, people_with, tells_size
from extractors.facts.itemised import itemised
from extractors.facts.namings import named_outside
from extractors.facts.sentence import brackets_around
from extractors.facts.subjects import clause_subject
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention

SIZED = regex.compile(r"\b[nN]\s*=\s*[\d,. ]+$")
OWN_VALUE = regex.compile(r"^\s*(?:rates?\s*)?(?:of|was|were|:|=)\s*(?:only\s+)?\d")
# "two deaths", "40 new infections": what an event is called where no vocabulary knows it.
EVENT_NOUN = regex.compile(r"(?:\p{Ll}[\w-]*\s){0,2}(?!(?:events|cases|episodes)$)\p{Ll}{4,}s")
FAMILIES = frozenset({"response", "event"})
PEOPLE_FIRST = regex.compile(rf"^\s*(?:{PEOPLE})?\s*")
# A count whose own words are an outcome: "14 drug-related deaths", "2 patients achieved PR".
VERB = regex.compile(
    r"\b(?:achiev|attain|acquir|experienc|had|exhibit|show|develop|report|died|discontinu|occur|respon|relaps"
    r"|progress"
    r"|suffer|stopp|requir|sustain|became|met|reach|underw|complet|need|withdr)\w*\b"
)
# From an outcome to its count: "headache (", "occurred in", "was documented in".
OCCURRED = regex.compile(
    r"^[\s()\[\]]*$|^[^.;()]{0,30}:\s*$|^\s*or (?:better|worse|more|higher)\s+in\s+$"
    r"|^[^.;]{0,50}\b(?:occur|develop|report|observ|document|seen|noted|record|achiev|acquir|attain|diagnos"
    r"|detect|confirm"
    r"|experienc|affect|perform|found|reach|demonstrat)\w*\s+"
    r"(?:in|by|among|for)?\s*(?:only\s+|a total of\s+|all\s+)?$"
    r"|^[^.;]{0,50}\b(?:affected|afflicted|complicated)\s+(?:only\s+|a total of\s+)?$"
    r"|^[^.;]{0,50}\b(?:was|were|been)\s+(?:\w+ly\s+)?"
    r"(?!assess|evaluat|analy[sz]|measur|stud|investigat|examin|tested|estimat|calculat|compar|conduct|undertak"
    r"|randomi|available|collect|used|follow|identif|pooled|given|administ|initiat|started)[\w-]+\s+"
    r"(?:in|by|among|for)\s*(?:only\s+|a total of\s+|all\s+)?$"
)
# "was of grade 3 or higher in": the outcome before, in a worse form.
GRADED = regex.compile(r"\b(?:was|were)\s+(?:of\s+)?(?:grade|severe|serious|fatal)\b[^.;]{0,40}\b(?:in|for)\s+$")
PARALLEL = regex.compile(
    r"\b(?:and|but|versus|vs\.?|compared (?:with|to)|as compared with|as opposed to|against|as\s+(?:did|had"
    r"|were|was)|whereas|while)\s+"
    r"(?:in|by|among|for)?\s*(?:(?:only|just)\s+)?$"
    r"|%\s?[)\]]\s?/\s?$"
)
# Between a count and the next whose verb it shares: "36 in the X group and 64 in the placebo group became infected".
SHARED = regex.compile(
    rf"^(?:\s*(?:{PEOPLE}))?(?:\s*[(\[][^()\[\]]*[)\]])?\s*"
    r"(?:(?:of|in|with|on|given|from|among|(?:randomly\s)?(?:assigned|allocated|randomi[sz]ed) to|who\s+\w+"
    r"|receiving|treated with|after|undergoing)\b"
    r"[^.;:]{0,60}?)?"
    r"[\s,]*\b(?:and|but|versus|vs\.?|compared (?:with|to)|as compared with|as opposed to|against)\s+(?:in\s+"
    r"|by\s+)?(?:only\s+)?$"
)
# Of a count of events, the parts by group: "40 infections were observed, four with X and 36 with Y".
PARTS = regex.compile(r"^[^;:]{0,60}[,:(]\s*(?:with\s+)?(?:only\s+)?$")
IN_GROUP = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:in|with|on|among|given|receiving|occurr)\b")
GROUPED = regex.compile(
    rf"^(?:\s(?:{PEOPLE}))?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:in|from|of)\s+(?:the\s+)?[^.;:,()]{{2,45}}?\b"
    rf"(?:groups?|arms?)\b"
)
# Between the numbers of a run: their shares and wholes left out.
SHARE_AND_WHOLE = regex.compile(r"[(\[][^()\[\]]*%[^()\[\]]*[)\]]|\bof\s+(?:the\s+)?\d[\d,]*")
COUNTED = regex.compile(rf"\s(?:{PEOPLE})\b")
# "... in 28 patients (80%)", "by 104 of 226": right behind these words a share of people is one with the outcome.
INVOLVED = regex.compile(r"\b(?:in|by|for|among)\s+(?:only\s+|a total of\s+|all\s+|the\s+)*$")
VERSUS = regex.compile(r"^\s*(?:vs\.?|versus|v\.|against)\s*$")
# "203 patients with ASPECTS 3-5": points of a scale that people had to begin with.
ON_SCALE = regex.compile(r"^\s*(?:patients\s+|participants\s+)?with\s+(?:an?\s+)?$")
RELATED = regex.compile(r"\b(?:drug|treatment|therapy|procedure|vaccine|device|toxicity)[- ]related\b|\btoxic\b")


def outcomes_of(clause: Clause, counts: Sequence[CountMention]) -> list[EndpointMention | None]:
    """The outcome of each count, in order; null where it is a group's size."""
    found = [
        None
        if tells_size(clause, count)
        else itemised(clause, counts, i) or _after(clause, counts, i) or _before(clause, counts, i)
        for i, count in enumerate(counts)
    ]
    for i in reversed(range(len(counts) - 1)):  # a verb said once, of the last of a list
        given = i > 0 and found[i - 1] is not None and _repeats(clause, counts, i) and _parted(clause, counts, i)
        if found[i] is None and found[i + 1] is not None and not given and _shares(clause, counts, i, found[i + 1]):
            found[i] = found[i + 1]
    for i in range(len(counts)):
        if found[i] is None and (_is_bare_event(clause, counts[i]) or _set_against(clause, counts, i)):
            found[i] = _last_before(clause, counts[i])
    for i, count in enumerate(counts):
        told = clause.memory.compared
        if found[i] is None and told is not None and told.family == "event" and _is_case(clause, count):
            found[i] = told
    for i in range(len(counts) - 2):
        if found[i] is not None and found[i + 1] is None is found[i + 2] and _adds_up(counts[i : i + 3]):
            found[i + 1] = found[i + 2] = found[i]  # "604 died, with 301 in the X group and 303 in the Y group"
    for i in range(1, len(counts)):
        if found[i] is None and _repeats(clause, counts, i):
            plain = counts[i].unit == "events"  # says itself that it counts events
            told = found[i - 1] or (None if plain else _events(clause, counts[i - 1]))
            found[i] = other_cause(clause, counts[i], found[i - 1]) or told
    return found


def _parted(clause: Clause, counts: Sequence[CountMention], i: int) -> bool:
    """Whether a clause of its own begins between a count and the next."""
    return regex.search(r",\s+(?:and|but|while|whereas)\b", _text_between(clause, counts, i)) is not None


def _adds_up(counts: Sequence[CountMention]) -> bool:
    """Whether the last two of three counts of people are the parts of the first."""
    whole, first, second = (c.number.value for c in counts)
    return all(c.unit == "patients" and c.of is None for c in counts) and whole == first + second


# "There were eight cases recorded in the placebo group": of what was told before.
CASE = regex.compile(r"\bcases$")
RECORDED = regex.compile(
    r"^\s(?:(?:was|were)\s)?(?:recorded|reported|observed|seen|identified|noted|diagnosed|occurred|documented)\s(?:in|with|among|on)\b"
)


def _is_case(clause: Clause, count: CountMention) -> bool:
    """Whether a count is of cases recorded in a group, without a word of what they were cases of."""
    words = clause.contents.words(count.span.start, count.span.end)
    after = clause.contents.words(count.span.end, count.span.end + 40)
    return CASE.search(words) is not None and RECORDED.match(after) is not None


def _is_bare_event(clause: Clause, count: CountMention) -> bool:
    """Whether a count of events does not say of what: "the numbers of infections were 17, 13 and 52"."""
    words = clause.contents.words(count.span.start, count.span.end)
    return count.unit == "events" and regex.search(r"\p{L}", words) is None


def _set_against(clause: Clause, counts: Sequence[CountMention], i: int) -> bool:
    """Whether two bare counts stand against each other in brackets: "infections were fewer with X (7 vs 15)"."""
    neighbours = [k for k in (i - 1, i) if k >= 0 and k + 1 < len(counts)]
    fence = brackets_around(clause.contents, counts[i].span)
    return fence is not None and any(
        VERSUS.match(COUNTED.sub("", SHARE_AND_WHOLE.sub("", _text_between(clause, counts, k))))
        and fence.holds(counts[k].span)
        and fence.holds(counts[k + 1].span)
        for k in neighbours
    )


def _last_before(clause: Clause, count: CountMention) -> EndpointMention | None:
    """The last outcome named before a count."""
    named = [e for e in clause.contents.endpoints if e.family in FAMILIES and e.span.end <= count.span.start]
    return named[-1] if named else None


def _text_between(clause: Clause, counts: Sequence[CountMention], i: int) -> str:
    """What stands between a count and the next one."""
    return clause.contents.words(counts[i].span.end, counts[i + 1].span.start)


def _after(clause: Clause, counts: Sequence[CountMention], i: int) -> EndpointMention | None:
    """The outcome a count is of, if it is one: an endpoint after it, before the next count, bound by a verb."""
    count = counts[i]
    if count.unit not in ("patients", "events", "deaths") or is_denominator(clause, count) or is_set_off(clause, count):
        return None
    sized = SIZED.search(clause.contents.words(count.span.start - 5, count.span.end)) is not None
    if sized and any(
        clause.contents.words(s.span.end, count.span.start).strip() in ("(", "[") for s in clause.contents.studies
    ):
        return None  # "Okoro and colleagues (n = 700) observed": whom the study took in
    limit = counts[i + 1].span.start if i + 1 < len(counts) else clause.contents.span.end
    own = clause.contents.words(count.span.start, count.span.end)
    fence = brackets_around(clause.contents, count.span)
    for endpoint in clause.contents.endpoints:
        if endpoint.family not in FAMILIES:
            continue
        if count.span.overlaps(endpoint.span):
            if people_with(clause, count, endpoint):
                continue
            return None if RELATED.search(endpoint.text) or RELATED.search(own) else endpoint
        if fence is not None and not fence.holds(endpoint.span) and _listed_after(clause, fence):
            continue
        told = OWN_VALUE.match(clause.contents.words(endpoint.span.end, endpoint.span.end + 30))
        if told and (sized or _apart(clause.contents.words(count.span.end, endpoint.span.start))):
            continue  # "cohort A (n = 59) had an ORR of 74.6%", "in 27 patients, the ORR was 51%"
        if count.span.end <= endpoint.span.start < limit:
            between = clause.contents.words(count.span.end, endpoint.span.start)
            scale = endpoint.rule == "endpoint:scale" and ON_SCALE.match(between) is not None
            if scale or _elsewhere(between) or is_eligibility(clause, count, endpoint):
                continue
            bound = VERB.search(between) or VERB.match(endpoint.text) or len(between.split()) <= 2
            # "102 of 340 patients (30%; 95% CI 25-35) had a CR": a stop in the brackets parts nothing from its verb
            told = ";" not in between or (
                ";" not in _plain(between) and VERB.match(PEOPLE_FIRST.sub("", _plain(between)))
            )
            if len(between) < 90 and bound and told:
                return endpoint
    became = None if sized or fence is not None else befell(clause, count, limit) or came_to(clause, count, limit)
    return None if became is None or is_eligibility(clause, count, became) else became


def _plain(text: str) -> str:
    """Words without what their brackets hold, those that close there too."""
    return str(regex.sub(r"^[^()\[\]]*[)\]]|[(\[][^()\[\]]*[)\]]", "", text))


def _apart(between: str) -> bool:
    """Whether a comma ends what is said of the people counted without telling what became of them."""
    first, comma, _ = _plain(between).partition(",")
    became = VERB.search(first) is not None and not regex.search(r"\b(?:who|that|which)\b", first)
    return bool(comma) and not became


def _elsewhere(between: str) -> bool:
    """Whether the words from a count to an outcome leave its clause: a value of its own, a new subject, a "that"."""
    plain = _plain(between)
    first = plain.split(",")[0]
    parted = (
        "," in plain and VERB.search(first) is None and not regex.search(r",\s*(?:all\s+)?(?:of whom|who)\b", plain)
    )
    parted = parted and VERB.match(plain.partition(",")[2].lstrip()) is None  # "13 of 26 (50%), required admission"
    coloned = regex.match(r"\s?(?:\w+\s)?:\s", plain) is not None  # "after 43 patients: diarrhoea resolved in 13"
    return bool(regex.search(r"\d\s?%", plain)) or parted or coloned or regex.search(r"\bthat\b", plain) is not None


def _listed_after(clause: Clause, fence: Span) -> bool:
    """Whether brackets end an item of a list ("rash (5 patients), cough (3 patients)")."""
    return regex.match(r"\s*[,;.]", clause.contents.words(fence.end, fence.end + 3)) is not None


def _before(clause: Clause, counts: Sequence[CountMention], i: int) -> EndpointMention | None:
    """The outcome named before its count: "headache (21 patients [22%])", "rash occurred in 12 patients"."""
    count = counts[i]
    if count.unit == "studies" or is_denominator(clause, count):
        return None
    start = counts[i - 1].span.end if i else clause.contents.span.start
    named = [e for e in named_outside(clause.contents) if start <= e.span.start and e.span.end <= count.span.start]
    reached = named and REACHED_BY.search(clause.contents.words(named[-1].span.end, count.span.start)) is not None
    if named and (named[-1].family in FAMILIES or (reached and count.of is not None)):
        between = regex.sub(r"\([^()]*\)", "", clause.contents.words(named[-1].span.end, count.span.start))
        labelled = between.strip() == "," and brackets_around(clause.contents, count.span) is not None
        return named[-1] if labelled or OCCURRED.search(between) or _involves(clause, count, between) else None
    text = clause.contents.words(start, count.span.start)
    match = NOUN_IN.search(text) if not named else None
    if match is None:
        return (clause_subject(clause.contents, count.span) or seen(start, text)) if not named else None
    noun = match["noun"].lower()
    return outcome_named(start + match.start("noun"), match["noun"], NOUN_CODES[noun], match["site"])


# "good functional status was achieved by 104 of 226".
REACHED_BY = regex.compile(r"^\s*(?:was|were)\s+(?:achieved|attained|reached)\s+(?:by|in)\s+(?:only\s+)?$")
FARTHEST = 70  # characters from an outcome to a share of people with it
GIVEN_TO = regex.compile(
    r"\b(?:assess|evaluat|analy[sz]|measur|stud|investigat|examin|test|estimat|calculat|compar|conduct|randomi"
    r"|available"
    r"|used|follow|identif|pooled|given|administ|initiat|started|data|trial|enrol|treat)\w*\b|[;:]"
)


def _involves(clause: Clause, count: CountMention, between: str) -> bool:
    """Whether a share of people right behind "in" or "by" is of those with the outcome: "PR in 28 patients (80%)"."""
    involved = len(between) < FARTHEST and INVOLVED.search(between) is not None and not GIVEN_TO.search(between)
    return involved and has_share(clause, count)


def _shares(clause: Clause, counts: Sequence[CountMention], i: int, outcome: EndpointMention | None) -> bool:
    """Whether a count waits for the verb of the next one."""
    after = outcome is not None and outcome.span.start >= counts[i + 1].span.end
    whole = counts[i].unit == counts[i + 1].unit == "patients"
    return after and whole and SHARED.match(_text_between(clause, counts, i)) is not None


def _repeats(clause: Clause, counts: Sequence[CountMention], i: int) -> bool:
    """Whether a count repeats the form of the one before it: "in 903 of 9462 given X and in 1052 of 9462 given Y"."""
    between = _text_between(clause, counts, i - 1)
    if counts[i].unit == "studies" or len(between) >= 120:
        return False
    fences = [brackets_around(clause.contents, c.span) for c in counts[i - 1 : i + 1]]
    listed = fences[0] is not None and fences[0] == fences[1] and regex.fullmatch(r"\s*[\w-]*\s*,\s*", between)
    if _events(clause, counts[i - 1]) is not None:
        after = clause.contents.words(counts[i].span.end, counts[i].span.end + 40)
        return IN_GROUP.match(after) is not None and (PARTS.match(between) or PARALLEL.search(between)) is not None
    like = _shared_form(clause, counts[i - 1]) and _shared_form(clause, counts[i])
    run = (like or (_of_a_group(clause, counts[i - 1]) and _of_a_group(clause, counts[i]))) and RUN.search(between)
    return bool(PARALLEL.search(between) or listed or GRADED.search(between) or run)


# "76 (59%) of 128 in one group, 66 (52%) of 127 in the next": shares of people in a row.
RUN = regex.compile(r"^[^;:]*,\s*$")


def _of_a_group(clause: Clause, count: CountMention) -> bool:
    """Whether a group is named right behind a count: "22 in the usual-care group, 16 in the telephone group"."""
    return GROUPED.match(clause.contents.words(count.span.end, count.span.end + 60)) is not None


def _shared_form(clause: Clause, count: CountMention) -> bool:
    """Whether a count is printed with its whole and its share."""
    after = clause.contents.words(count.span.end, count.span.end + 24)
    own = "%" in clause.contents.words(count.span.start, count.span.end)
    return count.of is not None and (own or "%" in after[:12] or SHARE.match(after) is not None)


def _events(clause: Clause, count: CountMention) -> EndpointMention | None:
    """The event that a count of events names: "40 infections"."""
    if count.unit not in ("events", "deaths"):
        return None
    known = next((e for e in clause.contents.endpoints if e.span.overlaps(count.span)), None)
    printed = printed_event(clause, count)
    plain = regex.fullmatch(r"(?:events|cases|episodes)", printed.text) is not None
    return known if known is not None or not (plain or EVENT_NOUN.fullmatch(printed.text)) else printed


def printed_event(clause: Clause, count: CountMention) -> EndpointMention:
    """What a count counts, in its own words behind the number: "14 drug-related deaths"."""
    words = regex.sub(r"^\S+\s+", "", clause.contents.words(count.span.start, count.span.end)).strip()
    return EndpointMention(span=count.span, code=words, family="event", text=words, rule=count.rule)
