"""A count in its clause in, whether it only tells how many people there were out: no event of theirs."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.sentence import brackets_around
from schemas.mention import CountMention, EndpointMention

# "patients who had progressed after chemotherapy", "whose disease relapsed on A": before they were enrolled.
PRIOR_COURSE = regex.compile(
    r"\b(?:who|whose|that|which)\b[^.;,]*\b(?:progress|relaps|recur|fail)\w*\s+(?:on|after|during|following"
    r"|despite|within)\b"
)
# "examined 60 patients and reported ...": those counted are whom the study took in.
IN_STUDIES = regex.compile(
    r"\b(?:trials|studies|RCTs|CCTs|cohorts|analyses)\s*(?:[(\[]\s*(?:[nN]\s*=\s*)?"
    r"|,?\s?(?:with|in|of|including|involving|comprising|on|among|totall?ing)\s+)(?:a total of\s+)?$"
)
ENROLLED = regex.compile(
    r"\b(?:(?:includ|enrol|recruit|examin|evaluat|investigat|stud|screen|analy[sz]|assess|randomi[sz])(?:ed|led"
    r"|ied|es|s)|followed)"
    r"\s+(?:a total of\s+|only\s+|data (?:from|on)\s+)?$"
)
# "493 patients with R0 resections were randomly assigned", "with suspected stroke received".
TAKEN_IN = regex.compile(
    r"^\s*(?:[^.;:,()\d]{0,30}\s)?(?:received|underwent|(?:were|was)\s+(?:then\s+)?(?:randoml?y?\w*|assigned"
    r"|allocated|enrolled|treated|included"
    r"|recruited|given|entered))\b"
)
# "493 patients with R0 resections were randomly assigned": whom the study took in.
DRAWN = regex.compile(
    r"^\s*(?:with|who|whose|having|after)\b[^.;]{0,80}?\b(?:were|was)\s(?:then\s)?(?:randomly|randomi[sz]ed"
    r"|assigned|allocated|enrolled"
    r"|recruited)\b"
)
OF_PEOPLE = regex.compile(r"\b(?:in|on|of|among|involving|including|comprising)\s+(?:a total of\s+|the\s+)?$")
HAVING = regex.compile(r"^\s*(?:[\w/-]+\s+){0,3}with\s+(?:[\w/-]+\s+){0,2}$")
WHOLE_OF = regex.compile(
    r"(?:%|\b(?:half|thirds?|quarters?|fourths?|fifths?|most|majority|many|some|few|percent))\s+of\s+(?:the\s+"
    r"|all\s+|these\s+)?$"
)
# "9432 sepsis patients": what they had when they were counted.
PEOPLE_BEHIND = regex.compile(
    r"\b(?:patients|participants|subjects|individuals|people|persons|women|men|children|adults|infants|cases)$"
)
# "Among 2,938 eligible pairs, death occurred in 15%"; "HARBOR, in 493 patients, reported".
AMONG = regex.compile(r"(?:^|[.;,]\s)(?:[Aa]mong|[Ii]n|[Oo]f)\s(?:the\s|all\s)?$")
SET_OFF = regex.compile(r"^[^.;,()\d]{0,60},\s")


AT_RISK = regex.compile(r"\bat\s(?:[\w-]+\s){0,2}risk\s(?:of|for)\b[^.;,]*$", regex.IGNORECASE)
RISK_BEHIND = regex.compile(r"^\srisk\s(?:scores?|factors?|groups?)", regex.IGNORECASE)


def tells_size(clause: Clause, count: CountMention) -> bool:
    """Whether a count is of those a study took in, an effect is from, or a value behind it is of."""
    return _of_studies(clause, count) or _beside_effect(clause, count) or _heads_value(clause, count)


def _of_studies(clause: Clause, count: CountMention) -> bool:
    """Whether a count is of the people that studies counted before it took in: "14 RCTs with 9000 participants"."""
    start = count.span.start
    if not any(c.unit == "studies" and c.span.end <= start for c in clause.contents.counts):
        return False
    return count.unit == "patients" and IN_STUDIES.search(clause.contents.words(start - 40, start)) is not None


def _beside_effect(clause: Clause, count: CountMention) -> bool:
    """Whether a count tells how many an effect in its brackets is from: "(RR 1.1, 95% CI 0.7 to 1.6; 36 people)"."""
    fence = brackets_around(clause.contents, count.span) if count.of is None else None
    if fence is None or count.unit != "patients":
        return False
    effects = [m for m in clause.contents.intervals if fence.holds(m.span) and m.span.end <= count.span.start]
    measured = any(fence.holds(m.span) and m.span.end <= count.span.start for m in clause.contents.measures)
    return bool(effects) and measured


def _heads_value(clause: Clause, count: CountMention) -> bool:
    """Whether a size in brackets stands before a value of those counted: "at 3 months (n = 287): -6.6%"."""
    fence = brackets_around(clause.contents, count.span) if count.rule == "count:n" else None
    after = clause.contents.words(fence.end, fence.end + 8) if fence is not None else ""
    return regex.match(r"\s?[:=,]\s?[-−–+]?\d", after) is not None


def people_with(clause: Clause, count: CountMention, endpoint: EndpointMention) -> bool:
    """Whether an outcome inside a count's words is what those counted had: "9432 sepsis patients"."""
    words = clause.contents.words(count.span.start, count.span.end)
    behind = clause.contents.words(endpoint.span.end, count.span.end)
    return (
        endpoint.family == "event"
        and bool(PEOPLE_BEHIND.search(words))
        and bool(PEOPLE_BEHIND.fullmatch(behind.strip()))
    )


def is_eligibility(clause: Clause, count: CountMention, endpoint: EndpointMention) -> bool:
    """Whether an outcome is what people counted had before their study: "200 patients whose disease had progressed"."""
    contents = clause.contents
    behind = contents.words(count.span.end, endpoint.span.end + 12)
    drawn = DRAWN.match(contents.words(count.span.end, count.span.end + 120)) is not None
    if PRIOR_COURSE.search(behind) or drawn:
        return True
    before = contents.words(count.span.start - 40, count.span.start)
    between = contents.words(count.span.end, endpoint.span.start)
    if AT_RISK.search(contents.words(count.span.end, endpoint.span.end)) or RISK_BEHIND.match(
        contents.words(endpoint.span.end, endpoint.span.end + 12)
    ):
        return True  # "155 women at risk of breast cancer", "685 women with a CHD risk score of 5"
    if HAVING.match(between) and TAKEN_IN.match(contents.words(endpoint.span.end, endpoint.span.end + 60)):
        return True
    return ENROLLED.search(before) is not None or bool(OF_PEOPLE.search(before) and HAVING.match(between))


def is_denominator(clause: Clause, count: CountMention) -> bool:
    """Whether a count is the whole of a share: "57.6% of 335 patients", "half of the 40 patients"."""
    return WHOLE_OF.search(clause.contents.words(count.span.start - 24, count.span.start)) is not None


def is_set_off(clause: Clause, count: CountMention) -> bool:
    """Whether a count, set off by commas, is of the people that its clause then gives a share of."""
    contents = clause.contents
    if count.of is not None or AMONG.search(contents.words(contents.span.start, count.span.start)) is None:
        return False
    after = contents.words(count.span.end, contents.span.end)
    share = any(v.span.start >= count.span.end and v.unit == "%" for v in contents.values)
    return share and SET_OFF.match(after) is not None
