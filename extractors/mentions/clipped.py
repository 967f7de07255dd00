"""Drug mentions and a reading in, names that join a clipped drug or a letter to one out: "pola-R-CHP", "R-GemOx"."""

from collections.abc import Iterator, Sequence

import regex

from schemas.anchor import Span
from schemas.mention import DrugMention

# What stands joined to the front of a drug.
JOINED = regex.compile(r"(?<![\p{L}\d/+])(?P<first>\p{L}{1,8})\s?[‐-―+/-]\s?$")
TIGHT = regex.compile(r"[‐-―-]$")
FEWEST = 3  # letters of a clipped name
# Letters that a regimen is known by, to which one more drug's letter may be joined.
LETTERED = regex.compile(r"\p{Lu}[\p{L}\d]{0,3}(?:-?\p{Lu}[\p{L}\d]{0,3})+")
# What stands before a regimen without being a part of it: "anti-", "post-", "high-dose-".
PLAIN = regex.compile(
    r"(?:anti|non|pre|post|like|based|high|low|dose|full|mono|mini|multi|poly|intra|peri|semi|sub|super|ultra|only|free"
    r"|naive|plus|with|and|the|cycle|cycles|weekly|day|dense|standard|bi|tri|co|re|de)",
    regex.IGNORECASE,
)
WITHIN = 12  # characters before a drug


def join_clipped(reading: str, drugs: Sequence[DrugMention]) -> list[DrugMention]:
    """The mentions, each with the clipped name or the letter joined to its front taken in.

    A clipped name is the beginning of one drug that the document names in full ("pola" of polatuzumab); a letter
    or any other clip before a regimen of letters is a part of its name.
    """
    whole = {d.drugs[0] for d in drugs if len(d.drugs) == 1 and d.role is None and not d.broad}
    ends = {d.span.end for d in drugs}
    once = [_joined(reading, drug, whole, ends) for drug in drugs]
    return [_joined(reading, drug, whole, ends) for drug in once]  # "R-CHP", then "pola-R-CHP"


def _joined(reading: str, drug: DrugMention, whole: set[str], ends: set[int]) -> DrugMention:
    match = JOINED.search(reading[max(drug.span.start - WITHIN, 0) : drug.span.start])
    if match is None or drug.role is not None or drug.broad:
        return drug
    start = drug.span.start - len(match[0])
    if start + len(match["first"]) in ends:  # a drug of its own, told in full
        return drug
    full = list(_begun(match["first"].casefold(), whole))
    if len(full) == 1 and full[0] not in drug.drugs:
        return drug.model_copy(update={"span": Span(start, drug.span.end), "drugs": (full[0], *drug.drugs)})
    printed = drug.span.of(reading)
    lettered = drug.drugs == (printed,) and LETTERED.fullmatch(printed) is not None
    letter = len(match["first"]) == 1 and match["first"].isupper()
    clip = len(match["first"]) >= FEWEST and not PLAIN.fullmatch(match["first"])
    if lettered and (letter or clip) and TIGHT.search(match[0]):
        name = reading[start : drug.span.end]
        return drug.model_copy(update={"span": Span(start, drug.span.end), "drugs": (name,)})
    return drug


def _begun(clip: str, whole: set[str]) -> Iterator[str]:
    """The drugs whose name a clipped one begins."""
    if len(clip) >= FEWEST:
        yield from (name for name in sorted(whole) if name.casefold().startswith(clip) and name.casefold() != clip)
