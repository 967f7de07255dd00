"""A table's column of studies in, the name each row goes by out: one split over lines joined, its year added."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import regex

from extractors.facts.columns import Meaning
from extractors.facts.sentence import MentionIndex
from schemas.document import Cell

YEAR = regex.compile(r"\b(?:19|20)\d\d[a-z]?\b")
# The second line of a name: "2014", ", 2014", "(2014)".
YEAR_ALONE = regex.compile(r"^\W*(?:19|20)\d\d[a-z]?\W*$")
YEARS = regex.compile(r"^\W*(?:(?:publication|pub\.?)\s+)?years?(?: of publication)?\W*$", regex.IGNORECASE)
# A name that goes on below: "Osei et", "Osei and", "Osei,".
OPEN = regex.compile(r"(?:\band|&|,|\bet)$")
ACRONYM = regex.compile(r"^\S*\p{Lu}\S*\p{Lu}\S*(?:[\s-]\S+)*$")


def name_rows(
    index: MentionIndex,
    places: Mapping[tuple[int, int], Cell],
    body: Sequence[int],
    meanings: Mapping[int, Meaning],
    column: int,
) -> dict[int, str]:
    """The words of each row's name, by row; rows that share a name printed over both have the same words."""
    text = index.reading
    printed = {r: _words(text, places[(r, column)]) for r in body if (r, column) in places}
    names = dict(printed)
    # A year that is a citation is none of a name's words, unless it alone tells two studies of an author apart.
    cited = {r: _words(index.document.text, places[(r, column)]) for r in printed}
    for r, name in printed.items():
        alike = {cited[other] for other in printed if printed[other] == name and YEAR.search(cited[other])}
        if name and len(alike) > 1:
            names[r] = cited[r]
    for above, below in pairwise(body):
        first, second = printed.get(above, ""), printed.get(below, "")
        split = YEAR_ALONE.match(second) or (OPEN.search(first) and YEAR.search(second))
        if first and second and split and not YEAR.search(first):
            names[above] = names[below] = f"{first} {second}"
    years = next((c for c, m in meanings.items() if c != column and YEARS.match(m.text)), None)
    for r, name in names.items():
        year = _words(text, places[(r, years)]) if years is not None and (r, years) in places else ""
        if name and YEAR_ALONE.match(year) and not YEAR.search(name) and not ACRONYM.match(name):
            names[r] = f"{name} {year}"
    return names


def _words(text: str, cell: Cell) -> str:
    return " ".join(cell.span.of(text).split())
