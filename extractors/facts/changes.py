"""A value with the words around it in, how it is summed up out, where it is a change or set beside another value."""

import regex

from extractors.facts.choices import Choice
from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.quantities import quantity
from extractors.facts.sentence import Contents
from extractors.facts.summaries import REACHED
from schemas.evidence import Statistic
from schemas.mention import ValueMention

# "changed by −1.2%, −1.1% and −0.2%", "reductions of 12.8% and 14.7%": of what was measured, and of no share of people.
CHANGE = regex.compile(
    r"\b(?:chang(?:e|ed|es)|fell|fall|rose|rise|declin\w+|decreas\w+|increas\w+|reduc\w+|drop\w*|los(?:s|ses|t)|gain\w*"
    r"|regain\w*|lower\w*|improv\w+|shrank|grew)\b[^;:]{0,160}$"
)
MEDIAN = regex.compile(r"\bmedian\b", regex.IGNORECASE)
SUMMARY = regex.compile(
    r"\b(?P<summary>mean|average|median)\b(?!\s+(?:age|follow|baseline|duration))", regex.IGNORECASE
)
PEOPLE = regex.compile(
    r"^\s*%?\s*(?:\([^()]*\)\s*)?(?:of|in)\s+(?:the\s+|all\s+|those\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:patients|participants|subjects|individuals|people|women|men|adults|children|recipients|those)\b"
)
SHARE_OF = regex.compile(
    r"\b(?:proportions?|percentages?|patients|participants|people|attain\w*|achiev\w*|reach\w*)\b[^;:]{0,80}$"
)

# From one arm's value to the next arm's: "in the A arm and by ", " versus ".
BESIDE = regex.compile(
    r"^[^.;\d]{0,70}?\b(?:and|versus|vs\.?|against|v|compared (?:with|to)|whereas|while)\s"
    r"(?:[^.;\d]{0,40}\s)?(?:by|to|of|was)?\s?$"
)


def statistic_of_change(clause: Clause, choice: Choice, value: ValueMention) -> Statistic | None:
    """Mean, median or other for a change in per cent of something measured; null for a share of people.

    A summary word holds for the whole list behind it.
    """
    if quantity(value) != "share" or value.number is None:
        return None
    mention = choice.mention
    if mention is not None and mention.family != "continuous":
        return None
    if REACHED.search(mention.text if mention is not None else choice.phrase):
        return None  # "a gain of 15 letters or more was seen in 25%"
    contents = clause.contents
    before = contents.words(contents.span.start, value.span.start)
    after = contents.words(value.span.end, value.span.end + 60)
    if PEOPLE.match(after) or SHARE_OF.search(before):
        return None
    measured = mention is not None or CHANGE.search(choice.phrase) is not None
    change = value.number.value < 0 or CHANGE.search(before) is not None
    if not (measured and change) or value.spread is not None:
        return None
    said = [m["summary"].lower() for m in SUMMARY.finditer(before)]
    return "other" if not said else "median" if said[-1] == "median" else "mean"


def shared_statistic(contents: Contents, before: Draft, draft: Draft) -> Statistic | None:
    """The summary said of the value before, where a joint sets the next arm's beside it ("median ... 5% and 8%")."""
    if before.statistic not in ("mean", "median") or draft.statistic not in ("rate", "other"):
        return None
    gap = contents.words(before.place.end, draft.place.start)
    return before.statistic if before.unit == draft.unit and BESIDE.match(gap) is not None else None


def is_unsaid_mean(contents: Contents, draft: Draft, choice: Choice) -> bool:
    """Whether times set against each other are of no event and so short that reports give their means unsaid."""
    measured = choice.mention is None or choice.mention.family == "continuous"
    if not measured or draft.number is None or MEDIAN.search(contents.text) is not None:
        return False
    told = draft.interval is not None and (draft.interval.kind != "confidence" or "interval:bare" in draft.rules)
    if told and draft.spread is None:
        return False  # "8.5 [6-12] h": quartiles stand beside a median
    short = draft.unit in ("minutes", "hours") or (draft.unit == "days" and draft.number.decimals > 0)
    return draft.statistic == "median" and short
