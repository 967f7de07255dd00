"""A value behind words of a difference in, whether it is one group's own and no difference out."""

from collections.abc import Sequence

import regex

from extractors.facts.sentence import Contents
from schemas.mention import MeasureMention, ValueMention

UNIT = r"(?:months?|mo|weeks?|years?|days?|%|percent|points?|mm ?Hg|kg|mL|mmol/mol|per cent)"
# "22% of patients versus 49%".
_PEOPLE = (
    r"(?:(?:of|in)\s(?:the\s|all\s)?"
    r"(?:patients|participants|subjects|women|men|children|adults|people|cases|eyes|those)[\s,]+)?"
)
VERSUS = regex.compile(
    rf"^[\s,;()\[\]]*{UNIT}?[\s,;()\[\]]*{_PEOPLE}(?:vs\.?|versus|v\.?|as opposed to|against)[\s(\[]*$"
)
# "no differences were seen: median OS was 41 months": the numbers are each group's.
SEEN = regex.compile(
    r"^\s*(?:in\s[\w\s]{3,30})?\s*(?:was|were)\s+(?:seen|found|observed|noted|shown|detected|apparent"
    r"|evident)\b[^;:]*[:;]"
)
FOLLOW_UP = regex.compile(r"\bfollow[‐‑-]?\s?up\s+(?:of|was)\s+$")
OF_GROUP = regex.compile(r"[(\[]\s?(?!(?:\w+ly\s)?adjusted|differen|effect)[^()\[\];:=\d]{2,40}:\s?$")
LABEL_NEXT = regex.compile(r"\s?(?:%|months|weeks|years)?\s?(?:vs\.?|versus|against|;|,|and)\s[^()\[\];:=\d]{2,40}:\s?")


def is_of_group(
    contents: Contents, value: ValueMention, difference: MeasureMention, values: Sequence[ValueMention]
) -> bool:
    """Whether the words between a difference and a value, or those around the value, say that it is a group's own."""
    return (
        _set_against_next(contents, value, values)
        or FOLLOW_UP.search(contents.words(value.span.start - 25, value.span.start)) is not None
        or SEEN.search(contents.words(difference.span.end, value.span.start)) is not None
    )


def _set_against_next(contents: Contents, value: ValueMention, values: Sequence[ValueMention]) -> bool:
    """Whether a value is one of two groups' and no difference: "no difference (5-year rate: 88% v 90%)"."""
    after = next((v for v in values if v.span.start >= value.span.end), None)
    labelled = OF_GROUP.search(contents.words(value.span.start - 60, value.span.start))
    if after is not None and labelled and LABEL_NEXT.fullmatch(contents.words(value.span.end, after.span.start)):
        return True  # "a difference between the groups (A: 40.6% vs. B: 44.2%)"
    return after is not None and VERSUS.match(contents.words(value.span.end, after.span.start)) is not None
