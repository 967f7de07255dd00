"""Blocks of a reference list in, references with number, authors, title, year, DOI and PMID out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.document.flow import Piece
from schemas.document import Reference

_NUMBER = re.compile(r"\s*[\[(]?(\d{1,4})(?:[\])]\.?|\.(?!\d)|(?=\s+[A-Z]))\s*")
_BULLET = re.compile(r"\s*[-*•–]\s+")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"\b(?:PMID|PubMed(?: ID)?|list_uids)\s*[:=]?\s*(\d{5,9})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.–-])(?:19[3-9]\d|20[0-4]\d)(?=[a-z]?(?![\d]))")
_YEAR_IN_PLACE = (
    # "J Clin Oncol. 2019;37:1", "Oncologist 2019 Mar 3, 24", "Lancet 384: 1109-17, 2014.", "Lancet (2019) 384"
    re.compile(r"(?<![\d.–-])((?:19|20)\d\d)(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?\s*[;,:]"),
    re.compile(r",\s*((?:19|20)\d\d)\s*\.?\s*(?:\[|doi|$)", re.IGNORECASE),
    re.compile(r"\(((?:19|20)\d\d)[a-z]?\)"),
)
# Names as reference lists print them: "Robert C", "O'Day SJ", "Robert, C.", "van der Berg-Smith, J.-P.", "Smith J Jr".
_NAME = r"(?:[a-z’']{1,4}\s){0,3}[^\W\d_][\w’'´`-]+(?:[\s-][^\W\d_][\w’'´`-]*[a-zß-ÿ]){0,3}"
_INITIALS = r"(?:[A-Z](?:\.|\b|(?=[A-Z]))[\s-]?){1,5}(?![A-Za-z0-9])"
_PERSON = rf"{_NAME},?\s{_INITIALS}(?:\s?(?:Jr|Sr|2nd|3rd|II|III)\.?)?"
_PEOPLE = re.compile(
    rf"(?:{_PERSON})(?:\s*[,;]\s*(?:and\s|&\s)?{_PERSON}|\s(?:and|&)\s{_PERSON})*"
    r"(?:\s*[,;]?\s*(?:et\s+al|and others|…)\.?)?(?:\s*[,;]?\s*(?:for|on behalf of)\s[^.:]+)?"
)
_AFTER_PEOPLE = re.compile(r"[\s.:,;]*(?:\(?((?:19|20)\d\d)[a-z]?\)?[\s.:,]+)?")
# A stop behind one capital is an initial's; behind more ("in NSCLC. Lancet") it ends the title.
_END_OF_TITLE = re.compile(
    r"(?:(?<=[^A-Z\W])|(?<=[\w)][)\]\w])|(?<=\s)|(?<=[”\"’'%+]))[.?!]\s+(?=[*_]?[A-Z])|\?\s|\s*(?=https?://|doi:)"
)
_SHORTEST_TITLE = 8  # characters
_MARKDOWN = re.compile(r"(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])")


class ReferenceList(NamedTuple):
    """The references in the order of the list and, for each key the input names, the marker it goes by."""

    references: tuple[Reference, ...]
    marker_of: dict[str, str]


def read_list(pieces: Sequence[Piece], text: str) -> ReferenceList:
    """The references among `pieces`; an entry without a printed number gets the number of its place."""
    found: list[Reference] = []
    marker_of: dict[str, str] = {}
    taken: set[str] = set()
    for block, span, _ in pieces:
        if block.kind != "reference":
            continue
        whole = " ".join(span.of(text).split())
        number = _NUMBER.match(whole)
        body = whole[number.end() :] if number else _BULLET.sub("", whole, count=1)
        marker = str(int(number[1])) if number else ""
        if not marker or marker in taken:
            marker = str(int(found[-1].marker) + 1 if found and found[-1].marker.isdigit() else len(found) + 1)
            while marker in taken:
                marker = str(int(marker) + 1)
        taken.add(marker)
        if block.key is not None:
            marker_of[block.key] = marker
        marker_of.setdefault(marker, marker)
        authors, title, year = _head(body)
        doi, pmid = _DOI.search(body), _PMID.search(body)
        found.append(
            Reference(
                marker=marker,
                text=body,
                span=span,
                authors=authors,
                title=block.title or title,
                year=block.year or year or _year(body),
                doi=block.doi or (_clean_doi(doi[0]) if doi else None),
                pmid=block.pmid or (pmid[1] if pmid else None),
            )
        )
    return ReferenceList(tuple(found), marker_of)


def _head(body: str) -> tuple[str | None, str | None, int | None]:
    """Authors (none where the entry does not begin with names), title, and year where it stands between them."""
    people = _PEOPLE.match(body)
    after = _AFTER_PEOPLE.match(body, people.end()) if people else None
    start = after.end() if after else 0
    end = _END_OF_TITLE.search(body, start)
    words = body[start : end.start() + (end[0][:1] == "?")] if end else body[start:]
    title = _MARKDOWN.sub("", words).strip(" .")
    year = int(after[1]) if after and after[1] else None
    return people[0].strip(" ,;") if people else None, title if len(title) > _SHORTEST_TITLE else None, year


def _year(body: str) -> int | None:
    for shape in _YEAR_IN_PLACE:
        if found := list(shape.finditer(body)):
            return int(found[-1][1])
    years = _YEAR.findall(body)
    return int(years[-1]) if years else None


def _clean_doi(doi: str) -> str:
    doi = doi.rstrip(".,;:*_")
    closed = doi.count("(") + doi.count("[") < doi.count(")") + doi.count("]")
    return doi[:-1] if closed and doi.endswith((")", "]")) else doi
