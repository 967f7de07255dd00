"""A kind of treatment or a procedure in its sentence in, whether it stands there as a group of people out."""

import regex

from extractors.facts.armbook import Arm
from extractors.facts.sentence import Contents

ARM_NOUN = regex.compile(
    r"^[\s-]*(?:\([^()]{0,40}\)\s*)?(?:alone\s+|monotherapy\s+|only\s+)?[-–\s]*(?:containing\s+|based\s+|treated\s+|treatment\s+"
    r"|combination\s+|therapy\s+|study\s+|only\s+)*(?:groups?|arms?|cohorts?|recipients|patients)\b"
)
ALONE = regex.compile(r"^[\s-]*(?:alone|monotherapy|only|single[- ]agent)\b")
# "chemotherapy (A, B or C) alone or with D".
ALONE_OR = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:either\s+)?alone or (?:with|plus|in combination|combined|together)\b"
)
# "compared neoadjuvant chemotherapy with X"
COMPARED = regex.compile(r"\b(?:compar(?:ed|es|ing)|comparison of)\s+(?:[\w-]+\s+){0,2}$")
WITH_OTHER = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:with|to|and|versus|vs\.?|against)\s")
SET_AFTER = regex.compile(r"^\s*(?:\([^()]*\)\s*)?\(?(?:versus|vs\.?|v\.|(?:when |as )?compared (?:with|to))\b")
SET_AGAINST = regex.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|against|v\.|over|than|relative to)\s+(?:the\s+|standard\s+)?"
    r"(?:[\w-]+\s+){0,2}$"
)
# "compared A with chemotherapy"
COMPARED_WITH = regex.compile(
    r"\bcompar(?:ed|es|ing)\s+(?:the\s)?(?:[\w+/-]+\s+){1,6}(?:with|to|versus|against)\s+(?:[\w-]+\s+){0,2}$"
)
GIVEN_CLASS = regex.compile(r"\b(?:receiv\w+|given|treated with|assigned to|randomi[sz]ed to)\s+(?:[\w-]+\s+){0,2}$")
ON_CLASS = regex.compile(r"\b(?:those|patients|women|men|participants|people)\s+on\s+(?:\w+\s+)?$")
# "12 months with chemotherapy", "34% after surgery": a value's own words; "6 months after surgery" is a time.
VALUED = regex.compile(
    r"(?:%|\d|\))\s+(?:with|on|under|for|after|following|in)\s+(?:the\s+)?$|\d\s+(?:months|weeks|days|years|points)\s+(?:with|on|under|for)\s+$"
)
# "(6.1% ablation vs 9.3% medical therapy)": a value's label.
LABELS = regex.compile(r"\d[\d.]*\s?%\s$")
LABELLED = regex.compile(r"^\s?(?:vs\.?\s|versus\s|against\s|compared\s|[);,])")
# "that ablation was associated with", ", chemotherapy improved".
OPENS = regex.compile(r"(?:[,;:]|\b(?:that|whereas|while|but|and))\s(?:the\s)?(?:[\w-]+\s\(?){0,2}$")
CONTRAST = regex.compile(r"\b(?:vs\.?|versus|compared|than|against)(?!\w)")
ACTS = regex.compile(
    r"^\)?\s(?:therapy\s|treatment\s|use\s)?(?:(?:was|were)\s(?:\w+ly\s)?associated\swith|(?:\w+ly\s)?(?:reduced|lowered|improved|prolonged"
    r"|increased|decreased|extended|halved|doubled|raised))\b"
)
# "HR favoring A, 0.7", "favoured A over B": which of the two did better.
FAVOURED = regex.compile(r"\b(?:favou?r(?:s|ed|ing)?|in favou?r of)\s+(?:the\s+)?$")
OVER = regex.compile(r"^\s*(?:\([^()]*\)\s*)?over\s")


def stands_as_group(contents: Contents, arm: Arm) -> bool:
    """Whether a class of drugs or a procedure stands as a group: "the chemotherapy arm", "versus chemotherapy"."""
    after, before = contents.words(arm.span.end, arm.span.end + 60), contents.words(arm.span.start - 30, arm.span.start)
    longer = contents.words(arm.span.end, arm.span.end + 160)
    compared = COMPARED.search(before) and WITH_OTHER.match(after)
    named = compared or ARM_NOUN.match(after) or ALONE.match(after) or ALONE_OR.match(longer) or SET_AFTER.match(after)
    paired = any(c.role == "respectively" and c.span.start > arm.span.end for c in contents.cues) and regex.search(
        r"\b(?:and|for|with)\s+(?:the\s+)?$", before
    )
    return bool(
        named
        or paired
        or (LABELS.search(before) and LABELLED.match(after))
        or _acts(contents, arm, after)
        or SET_AGAINST.search(before)
        or COMPARED_WITH.search(contents.words(arm.span.start - 90, arm.span.start))
        or GIVEN_CLASS.search(before)
        or ON_CLASS.search(before)
        or (FAVOURED.search(before) and OVER.match(longer))
        or VALUED.search(before)
    )


def _acts(contents: Contents, arm: Arm, after: str) -> bool:
    """Whether a class or procedure is said to have had an effect, in a contrast: "ablation was associated with"."""
    before = contents.words(max(arm.span.start - 40, contents.span.start), arm.span.start)
    opens = arm.span.start == contents.span.start or OPENS.search(before) is not None
    told = bool(contents.measures or contents.values) and CONTRAST.search(contents.text) is not None
    return opens and told and ACTS.match(after) is not None
