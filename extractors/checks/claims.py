"""A sentence's reading in; its claims that something is significant, or goes up or down, with their places out."""

import re
from typing import Literal, NamedTuple

SIGNIFICANT = re.compile(
    r"\b(?P<non>non-?)?significantly\b|\bstatistically\s+(?P<not>non-?|in)?significant\b"
    r"|\b(?P<none>non-?|in)?significant\s+(?:\w+\s+){0,2}?(?:improve\w*|differen\w+|reduc\w+|increas\w+|benefit\w*|"
    r"prolong\w+|exten\w+|decreas\w+|advantage\w*|survival|effect\w*|gain\w*|better\b|longer\b|higher\b|lower\b)",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"\b(?:not|no|nor|neither|never|without|cannot|fail(?:s|ed|ing)?\s+to|lack(?:s|ed|ing)?(?:\s+of)?|\w+n['’]t)\b[^,;:()]{0,40}$",
    re.IGNORECASE,
)
MEANT_OTHERWISE = re.compile(r"\b(?:clinical(?:ly)?|if|whether|to\s+be|would\s+be|more|most)\s+$", re.IGNORECASE)
BOUNDARY = re.compile(
    r";|\b(?:but|while|whereas|although|though|however|yet|despite|similar|comparable|numerically|trend(?:s|ed)?)\b",
    re.IGNORECASE,
)
RESULT = re.compile(r"\bCI\b|\bconfidence interval|\bP\s?[<=>≤]", re.IGNORECASE)
"""What closes a result: inside brackets, a semicolon after it goes on to another one, before it only lists numbers."""
# a trial may be called "X-Reduced": words inside a name with a hyphen say nothing of direction
UP = re.compile(
    r"(?<![-\w])(?:extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|increas(?:e[sd]?|ing)|longer|higher|greater)(?![-\w])",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"(?<![-\w])(?:short(?:er|ened|ening|ens)|reduc(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|lower(?:ed|s)?)(?![-\w])",
    re.IGNORECASE,
)
BETTER = re.compile(r"\b(?:improv(?:e[sd]?|ing)|superior|better)\b", re.IGNORECASE)
WORSE = re.compile(r"\b(?:wors(?:e|ened|ening)|inferior|poorer)\b", re.IGNORECASE)


Way = Literal["up", "down"]


class Claim(NamedTuple):
    """A claim at [start, end) of the document's text; `positive` is what it says of significance."""

    start: int
    end: int
    positive: bool
    text: str


class Move(NamedTuple):
    """A word of direction at [start, end) of the document's text."""

    start: int
    end: int
    way: Way
    text: str


def claims_of(reading: str, *, offset: int) -> list[Claim]:
    """Claims of significance in a sentence whose first character stands at `offset`."""
    found = []
    for match in SIGNIFICANT.finditer(reading):
        ahead = reading[: match.start()]
        if MEANT_OTHERWISE.search(ahead):
            continue
        inverted = any(match.groups()) or NEGATED.search(ahead) is not None
        found.append(Claim(offset + match.start(), offset + match.end(), not inverted, match[0]))
    return found


def moves_of(reading: str, *, offset: int, good: bool) -> list[Move]:
    """Words of direction in a sentence; "improved" is up where more is better (`good`), else it is left alone."""
    rules: list[tuple[re.Pattern[str], Way]] = [(UP, "up"), (DOWN, "down")]
    if good:
        rules += [(BETTER, "up"), (WORSE, "down")]
    return sorted(
        Move(offset + match.start(), offset + match.end(), way, match[0])
        for pattern, way in rules
        for match in pattern.finditer(reading)
        if not NEGATED.search(reading[: match.start()])
    )


def divided(reading: str) -> bool:
    """Whether words between a claim and a number turn to something else ("but", "whereas", "similar")."""
    depth = 0
    opened = []  # where each character stands inside brackets that open here
    for character in reading:
        depth += (character in "([") - (character in ")]" and depth > 0)
        opened.append(depth > 0)
    return any(
        m[0] != ";" or not opened[m.start()] or RESULT.search(reading, 0, m.start()) for m in BOUNDARY.finditer(reading)
    )
