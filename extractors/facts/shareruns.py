"""A share and those before it in their sentence in, whether it is of the same outcome as the one before out."""

from collections.abc import Sequence

import regex

from extractors.facts.choices import Choice
from extractors.facts.quantities import quantity
from extractors.facts.sentence import Contents
from extractors.facts.values import Unit

RIGHT_AFTER = regex.compile(r"\s*%?\s*(?:(?:an?|of the)\s+)?")
LONGEST_GAP = 90  # characters between two values of a list
# "61% of vaccinees seroconverted compared with 9% of controls": what was told of the first share.
SET_BESIDE = regex.compile(
    r"\b(?:compared\s+(?:with|to)|versus|vs\.?|against|and|but|while|whereas)\s+(?:(?:only|in|by|with|to)\s+)*"
    r"(?:(?:the\s+)?[Gg]roup\s\w{1,3}\s|(?<=in\s)(?:the\s+)?[^.;:(),\d]{2,30}\s[Gg]roup\s)?$"
)


# "PFS was 67%, rising to 85% in those in CR and 61% in others".
RISING = regex.compile(
    r"\b(?:rising|falling|increasing|decreasing|dropping|climbing|improving|declining)\s(?:further\s)?(?:to|from)\s(?:only\s)?$"
)
# "10% developed ascites and 8% underwent surgery".
OWN_VERB = regex.compile(
    r"^\s*%?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:of\s(?:the\s)?\p{Ll}+\s)?(?:had|were|was|underwent|used|received|gained|lost|developed"
    r"|experienced|withdrew|discontinued|required|needed|reported|achieved|stopped|took|showed|remained|became)\b"
)


def set_beside(
    contents: Contents, units: Sequence[Unit], before: Sequence[int], i: int, found: Sequence[Choice]
) -> bool:
    """Whether a share without an outcome is set right beside one that has it, and no verb of its own tells of it."""
    if OWN_VERB.match(contents.words(units[i].span.end, contents.span.end)):
        return False
    if found[i].way != "none" or not before or before[-1] != i - 1 or quantity(units[i].readings[0].value) != "share":
        return False
    return SET_BESIDE.search(contents.words(units[i - 1].span.end, units[i].span.start)) is not None


# "12% had a recurrence, versus 40% on placebo (RR 0.32)": of the same, whatever stands behind.
VERSUS = regex.compile(r"\b(?:compared\s+(?:with|to)|versus|vs\.?|against)\s+(?:only\s+|just\s+)?$")


def told_of_first(
    contents: Contents, units: Sequence[Unit], before: Sequence[int], i: int, found: Sequence[Choice]
) -> bool:
    """Whether a share is set right against one before it whose outcome the words between or before them tell."""
    if not before or before[-1] != i - 1 or quantity(units[i].readings[0].value) != "share" or units[i].contrast:
        return False
    gap = contents.words(units[i - 1].span.end, units[i].span.start)
    told = found[i - 1].way in ("after", "subject", "before") and found[i].way not in ("zip", "before")
    own = found[i].mention
    if found[i].way == "after" and own is not None and units[i].span.end <= own.span.start:
        told = told and RIGHT_AFTER.fullmatch(contents.words(units[i].span.end, own.span.start)) is None
    return told and len(gap) < LONGEST_GAP and ";" not in gap and VERSUS.search(gap) is not None


def rises(contents: Contents, units: Sequence[Unit], before: Sequence[int], i: int) -> bool:
    """Whether a share is what the one before it rises to, or is listed behind such a one."""
    if not before or before[-1] != i - 1 or quantity(units[i].readings[0].value) != "share":
        return False
    gap = contents.words(units[i - 1].span.end, units[i].span.start)
    if RISING.search(gap):
        return True
    rose = i > 1 and RISING.search(contents.words(units[i - 2].span.end, units[i - 1].span.start))
    return bool(rose) and regex.search(r"(?:,|,?\sand)\s$", gap) is not None and ";" not in gap
