"""A printed citation marker in ("12–14,17"), the numbers it stands for out."""

import re

SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾", "0123456789-+()")
RAISED = str.maketrans("0123456789-−–+()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺⁽⁾ⁿ")

_DASH = r"[-–—−‐‑]"
NUMBERS = rf"\d{{1,3}}(?:\s*(?:[,;]|{_DASH})\s*\d{{1,3}})*"
_LIST = re.compile(rf"\s*[\[(]?\s*({NUMBERS})\s*[\])]?[,;.]?\s*")
_ITEM = re.compile(rf"(\d{{1,3}})(?:\s*{_DASH}\s*(\d{{1,3}}))?")


def expand(marker: str) -> tuple[str, ...]:
    """Every number that `marker` names, in order, ranges filled; () where it is not a list of numbers.

    A range that runs backwards ("14–12") is two numbers; one shortened as page numbers are ("112–5") is 112 to 115.
    """
    whole = _LIST.fullmatch(marker.translate(SUPERSCRIPT_DIGITS))
    if whole is None:
        return ()
    numbers: list[str] = []
    for first, last in _ITEM.findall(whole[1]):
        start, end = int(first), int(last or first)
        if last and end < start and len(last) < len(first):
            end = int(first[: -len(last)] + last)
        if start <= end <= start + 100:
            numbers.extend(str(n) for n in range(start, end + 1))
        else:
            numbers.extend((first, last))
    return tuple(dict.fromkeys(numbers))
