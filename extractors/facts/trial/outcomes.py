"""A count in a trial's report in, whether it is a group's size or of people with an outcome, and its words, out."""

import regex

from extractors.facts.sentence import Contents
from extractors.facts.trial.clusters import Owner
from extractors.facts.trial.sums import find_totals
from schemas.anchor import Span
from schemas.mention import CountMention

# Taking part in a trial, which makes a count the size of a group.
_PART = (
    r"\b(?:randomi[sz]\w*|assign\w*|allocat\w*|enrol\w*|recruit\w*|included|divided|analy[sz]ed|evaluable|evaluated"
    r"|assessed|eligible|received?|underwent|given|treated|participated|participants|entered|comprised|consisted"
    r"|registered|accrued|studied|available|completed?)\b"
)
PART_BEFORE = regex.compile(rf"{_PART}[^.;]{{0,60}}$", regex.IGNORECASE)
PART_AFTER = regex.compile(rf"^[^.;,(]{{0,60}}?(?:\b(?:were|was|who|to be)\s+)?{_PART}", regex.IGNORECASE)
# "69 (49%) were assigned to X".
DRAWN_AFTER = regex.compile(
    r"^\s?\([^()]*\)\s(?:of\s)?(?:the\s)?(?:patients\s|women\s|participants\s|subjects\s|adults\s)?(?:were\s|was\s)?(?:randomly\s)?"
    r"(?:randomi[sz]ed|assigned|allocated|enrolled|to(?=\s(?!have|be)))\b"
)
DRAWN = regex.compile(r"\b(?:random\w*|assigned|allocated|divided|distributed|enrolled|recruited)\b", regex.IGNORECASE)
PARTED = regex.compile(r"\b(?:random|divided|allocat)")
ASSESSED = regex.compile(r"\b(?:assessable|evaluable|eligible)\b")
BASE = regex.compile(r"(?:\b(?:[Oo]f|[Aa]mong|[Ii]n|[Ff]rom|[Ff]or)\s+(?:the\s+|all\s+|these\s+)?|the\s)$")
_MET = (
    r"(?:develop\w*|experienc\w*|achiev\w*|died|relaps\w*|progress\w*|discontinu\w*|withdr\w+|dropped|refus\w*|respon\w*"
    r"|suffer\w*|failed|recurr\w*"
)
SUFFERED = regex.compile(
    rf"^[^.;]{{0,60}}?\b(?:{_MET}|had|have|has|report\w*|show\w*|require\w*|preferred|remain\w*|needed|occur\w*|observed"
    r"|noted|found|detected|seen|did not|could not|improved|became|felt|chose|attended|returned)"
    r"|were (?:found|alive|free|positive|negative|able|unable|readmitted|lost|withdrawn|hospitali[sz]ed|seen|noted"
    r"|diagnosed|detected))"
)
MET = regex.compile(
    r"^[\s%]*(?:\([^()]*\)\s*)?(?:,\s[^,;.]{3,60},\s)?"
    r"(?:(?:of|having|patients|women|participants|subjects|cases|them|these|those|the|have|has|all|tumou?rs|samples|lesions|\d+"
    r"|in|each|both|arm|arms|group|groups)"
    r"\s+){0,5}"
    rf"(?:\([^()]*\)\s*)?(?:{_MET}|manifest\w*|became|changed|(?:were|was)\s(?:then\s|later\s|also\s)?"
    r"(?:excluded|lost|withdrawn|ineligible|diagnosed|hospitali[sz]ed|readmitted|dropped|removed|non-?compliant"
    r"|determined)))\b"
)
# "96 participants with pain were observed", "five cases (in five patients) of heart failure occurred".
SEEN = regex.compile(
    r"^[\s%]*(?:\([^()]*\)\s*)?(?:patients\)\s)?(?:(?:with|of)\s[^.;,()]{2,70}?\s)?"
    r"(?:occurred|(?:were|was)\s(?:observed|seen|reported|noted|detected|recorded))\b"
)
# "overexpression was detected in 161", "conservation was possible in 88": what was seen in people.
SEEN_IN = regex.compile(
    r"\b(?:occurred|(?:was|were)\s(?:\w+ly\s)?(?:observed|seen|reported|developed|noted|detected|recorded|possible|achieved"
    r"|diagnosed|documented|present)|showed\s[^.;,]{3,40})\s(?:in|by|among)\s(?:only\s)?$"
)
# "55% [N=6]", "12% (n = 29)": how many the share is; "X (n = 50)": how many there are.
# "failure occurred in 8 cases (1 in A and 7 in B)".
HAPPENED = regex.compile(
    r"\b(?:occurred|observed|seen|reported|found|developed|noted|detected|recorded)\s(?:in|by|among)\s(?:only\s)?$"
)
HAPPENED_IN = regex.compile(
    r"\b(?:occurred|observed|seen|reported|developed|noted|detected|recorded)\s(?:in|by|among)\s(?:only\s)?"
    r"(?:[^\s.;:]+\s){0,12}$"
)
MORE = regex.compile(r"\b(?:higher|lower|more|fewer|greater|less)\b")
# "18 participants (10 in A and 8 in B) had pain".
SUFFERED_BEHIND = regex.compile(rf"^[^()]*\)\s(?:who\s)?(?:have\s|had\s)?(?:had|have|reported|showed|{_MET}))\b")
TAKEN_IN = regex.compile(
    r"\b(?:random\w*|assigned|allocated|divided|distributed|enrolled|recruited|included|participated|assessable|evaluable"
    r"|eligible|treated|leaving)\b"
)
EVENT_FAMILIES = frozenset(("event", "response"))
SIZED = regex.compile(r"^\s*[nN]o?\.?\s*=")
OF_SHARE = regex.compile(r"(?:%|per\s?cent)\s?[(\[]\s?$")
NEAR = 80  # characters
CLOSED = regex.compile(r"\s?\([^()]*\)")
EVENTS = regex.compile(r"\b(?:events?|deaths?|recurrences?|relapses?|cases)\b[^.]*$", regex.IGNORECASE)
MORE_BEHIND = regex.compile(r"^\s*[;,][^)]*n\s?=")
MORE_BEFORE = regex.compile(r"n\s?=[^(]*[;,][^(]*$")
PREDICATE = regex.compile(
    r"^[\s%)\]]*(?:\([^()]*\)\s*)*(?:(?:of|in|among)\s+[^.;,()]{0,60}?)?(?:\([^()]*\)\s*)*"
    r"(?:patients|women|participants|subjects|cases|those)?\s*(?:who\s+)?"
    r"(?P<what>(?:had|developed|experienced|achieved|died|relapsed|discontinued|withdrew|reported|showed|required|needed"
    r"|refused|preferred|remained|responded|suffered|did|could|were|was|felt|chose|attended|thought|received|recurred"
    r"|improved|completed|found|stated|indicated|knew|perceived)\b[^.;,()]{0,60})"
)
BEHIND = regex.compile(
    r"(?P<what>(?:[\p{L}][\p{L}\d'/-]*\s+){0,4}[\p{L}][\p{L}\d'/-]+)\s*(?:\([^()]*\)\s*)?"
    r"(?:was|were|of|in|:|=|,|\(|\[|by|to|at|for)*\s*[(\[]?\s*$"
)
# Words that tie an outcome to its number or to a group, and are none of it.
LOOSE = regex.compile(r"(?:\s(?:in|of|by|to|was|were|at|for|with|and|from|on))+$|^(?:(?:the|of|in|and|a|an)\s)+")
ELSEWHERE = regex.compile(r"^(?:of|in|and|with|for|to)\b|\b(?:groups?|arms?)\b")
WORD = regex.compile(r"\p{L}[\p{L}'-]+")
MOST_WORDS = 6


def is_size(contents: Contents, count: CountMention, owner: Owner, *, share: bool) -> bool:
    """Whether a count is of the people in a group and not of those with an outcome; `share` if a percentage follows."""
    if owner.way == "label":
        return True
    own = contents.words(count.span.start, count.span.end)
    led = contents.words(contents.span.start, count.span.start)
    after = contents.words(count.span.end, contents.span.end)
    if SIZED.match(own):
        return not share and OF_SHARE.search(led) is None and not _events_dealt(led, after)
    if share:
        if PARTED.search(led) is not None or DRAWN_AFTER.match(after) is not None:
            return True
        return count.of is None and PART_AFTER.match(after) is not None
    if ASSESSED.search(own):
        return True
    suffered = SUFFERED.match(after) is not None
    if count.of is not None:
        return False
    if _parts_people(contents, count, led):
        return SUFFERED_BEHIND.match(after) is None
    if _part_of_drawn(contents, count, led):
        return True
    if HAPPENED_IN.search(led) or (owner.way == "zip" and MORE.search(led)):
        return False
    if owner.arm is not None and count.span.holds(owner.arm.span) and not suffered:
        return True  # "192 epirubicin patients"
    if BASE.search(led) or (DRAWN.search(led) is not None and not suffered):
        return True
    if count.rule in ("count:bare", "count:sizes", "count:arm") and owner.way == "zip":
        return False
    if suffered:
        return False
    if PART_AFTER.match(after):
        return True
    if owner.way == "tight" and led.rstrip().endswith(("(", "[", ",", ":", ";")):
        endpoints = any(e.span.end <= count.span.start for e in contents.endpoints)
        return not endpoints or PART_BEFORE.search(led) is not None
    counted = count.rule.startswith("count:people") and owner.way == "after" and not contents.endpoints
    return count.unit == "patients" and (PART_BEFORE.search(CLOSED.sub("", led)[-NEAR:]) is not None or counted)


def _parts_people(contents: Contents, count: CountMention, led: str) -> bool:
    """Whether brackets part the people counted before them: "1739 women aged 30-70 (872 in A and 867 in B)"."""
    opened = led.rfind("(")
    if opened < 0 or ")" in led[opened:]:
        return False
    start = contents.span.start
    people = [c for c in contents.counts if c.unit == "patients" and c.span.end <= start + opened and c is not count]
    between = led[people[-1].span.end - start : opened] if people else ""
    if not people or len(between) >= NEAR or SUFFERED.match(between) is not None:
        return False
    happened = HAPPENED.search(led[: people[-1].span.start - start]) is not None
    events = any(e.family in EVENT_FAMILIES and e.span.end <= start + opened for e in contents.endpoints)
    return not happened and not events


def _part_of_drawn(contents: Contents, count: CountMention, led: str) -> bool:
    """Whether a count is one of those that add up to the people taken in: "We randomized 60: 31 had A, 29 had B"."""
    end = count.span.end
    outcome = any(end <= e.span.start < end + NEAR // 2 for e in contents.endpoints) or befell(contents, count)
    if outcome or TAKEN_IN.search(led) is None:
        return False
    return any(count in total.parts for total in find_totals(contents))


def _events_dealt(led: str, after: str) -> bool:
    """Whether brackets deal out events: "214 events occurred (A, n = 96; B, n = 118)"."""
    opened = led.rfind("(")
    if opened < 0 or ")" in led[opened:] or not EVENTS.search(led[:opened]):
        return False
    return MORE_BEHIND.match(after) is not None or MORE_BEFORE.search(led[opened:]) is not None


def befell(contents: Contents, count: CountMention) -> bool:
    """Whether a count is said to have met with something ("36 patients have dropped out", "was seen in 4")."""
    after = contents.words(count.span.end, contents.span.end)
    if MET.match(after) is not None or SEEN.match(after) is not None or count.rule == "count:none":
        return True
    return SEEN_IN.search(contents.words(contents.span.start, count.span.start)) is not None


# Words that only stand for what was named before: "after one year they were", "in which".
MEANT = regex.compile(r"\b(?:they|it|these|those|which|whom|that)$")
# Who was enrolled: "(52% men at enrolment)".
TRAIT = regex.compile(r"^\s*%?\s(?:men|women|males?|females?|boys|girls|smokers|white|black)\b")


def outcome_words(contents: Contents, span: Span, *, before: str = "") -> str:
    """What is said of the people a number counts, as printed: the predicate behind it, else the words before it.

    `before` is what was said of the number before it, which goes on where only a group's name stands between.
    """
    after = contents.words(span.end, contents.span.end)
    told = PREDICATE.match(after)
    if told is not None:
        return " ".join(told["what"].split()[:MOST_WORDS])
    led = BEHIND.search(contents.words(contents.span.start, span.start))
    if led is not None and MEANT.search(led["what"]):
        return before
    if before and (led is None or ELSEWHERE.search(led["what"])):
        return before
    if TRAIT.match(after):
        return ""
    if led is None:
        return " ".join(WORD.findall(after)[:MOST_WORDS])
    return str(LOOSE.sub("", " ".join(led["what"].split())))
