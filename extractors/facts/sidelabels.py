"""A table's headers in, those that tell the two sides of its studies by a letter or a short word marked out."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex

from extractors.facts.columns import ARM, Meaning

# "N: T | C", "Interventions: E | C", "Sample size (I)" beside "Sample size (C)".
FIRST = r"T|E|I|TG|EG|IG|Exp\.?|Int\.?|Tx|Test|Trial|Case|Cases|Study"
SECOND = r"C|CG|Con\.?|Ctrl\.?|Control|Controls"
LABELLED = regex.compile(
    rf"^(?P<head>.*?)[\s,;:/(\[–-]*\b(?:(?P<first>{FIRST})|(?P<second>{SECOND}))(?: (?:groups?|arms?))?[\s)\]]*$"
)
# "G1", "Group B", "CG": a group by its number or its letters, where no head stands before it.
FIRST_GROUP = regex.compile(r"^(?:(?:G|Gr|Group|Arm)[ -]?(?:1|I|A)|[EIT]G)$", regex.IGNORECASE)
SECOND_GROUP = regex.compile(r"^(?:(?:G|Gr|Group|Arm)[ -]?(?:2|II|B)|CG|CON|Ctrl)$", regex.IGNORECASE)
SHORTEST_NAME = 4  # letters; what is shorter is a label
SIDES = ("intervention", "control")


def side_labelled(words: Sequence[str]) -> int | None:
    """0 or 1, the side of a comparison that the last of `words` are the label of; null where they are none's."""
    for i in range(len(words)):
        label = " ".join(words[i:])
        if FIRST_GROUP.match(label):
            return 0
        if SECOND_GROUP.match(label):
            return 1
    return None


# "Response, %: First-named drug | Comparator".
OTHER_SIDE = regex.compile(
    r"^\W*(?:comparators?|controls?|reference)(?:\s(?:drug|arm|group|treatment))?\W*$", regex.IGNORECASE
)


def _under_one_heading(first: Meaning, second: Meaning) -> bool:
    """Whether two headers of results stand under one heading, the second as that of the comparator."""
    if first.role != "endpoint" or second.role != "endpoint" or first.arms or second.arms:
        return False
    heads = {m.text.removesuffix(m.last).strip() for m in (first, second)}
    if len(heads) != 1 or "" in heads:
        return False
    return OTHER_SIDE.match(second.last) is not None and OTHER_SIDE.match(first.last) is None


def tell_sides(meanings: Mapping[int, Meaning]) -> None:
    """Mark columns that stand in twos under one heading, labelled as the two sides: their sizes or their treatments."""
    ordered = [meanings[c] for c in sorted(meanings)]
    for first, second in pairwise(ordered):
        if _under_one_heading(first, second):
            first.side, second.side = SIDES
            continue
        a, b = LABELLED.match(first.text), LABELLED.match(second.text)
        if a is None or b is None or a["first"] is None or b["second"] is None or not a["head"].strip():
            continue
        if a["head"].strip(" (,:-").casefold() != b["head"].strip(" (,:-").casefold():
            continue
        for meaning, side in zip((first, second), SIDES, strict=True):
            meaning.side = side
            if meaning.role == "size":
                meaning.named = side if len(meaning.named) < SHORTEST_NAME else meaning.named
            elif ARM.match(a["head"]) and meaning.role in ("other", "arm", "arms"):
                meaning.role, meaning.arms = "arm", []
