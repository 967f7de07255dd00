"""Blocks of a reference list in, references with number, authors, title, year, DOI and PMID out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.document.entries import read_entries
from extractors.document.flow import Piece
from schemas.document import Reference

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
# "YH", "Y.H.", "Y. H.", "J.-P."; a capital behind "JB. " is the title's ("JB. A review").
_INITIALS = (
    r"(?:(?:[A-Z]\.[\s-]?){1,5}|[A-Z](?:\s[A-Z]){1,2}|[A-Z](?:-?[A-Z]){0,4}(?:\s[A-Z]{2,4}(?=,))?)(?![A-Za-z0-9])"
)
_PERSON = rf"{_NAME},?\s{_INITIALS}(?:\s?(?:Jr|Sr|2nd|3rd|II|III)\.?)?"
_PEOPLE = re.compile(
    rf"(?:{_PERSON})(?:\s*[,;]\s*(?:and\s|&\s)?{_PERSON}|\s(?:and|&)\s{_PERSON})*"
    r"(?:\s*[,;]?\s*(?:et\s+al|and others|…)\.?)?(?:\s*[,;]?\s*\(?eds?(?:itors?)?\.?\)?)?"
    r"(?:\s*[,;]?\s*(?:for|on behalf of)\s[^.:]+)?"
)
_AFTER_PEOPLE = re.compile(r"[\s.:,;]*(?:\(?((?:19|20)\d\d)[a-z]?\)?[\s.:,]+)?")
# A stop behind one capital is an initial's; behind more ("in NSCLC. Lancet") it ends the title.
_STOP = re.compile(
    r"(?:(?<=[^A-Z\W])|(?<=[\w)][)\]\w])|(?<=\s)|(?<=[”\"’'%+]))[.?!]\s+(?=[*_]?[A-Z(])|\?\s|\s*(?=https?://|doi:)"
)
_JOURNAL_WORD = re.compile(r"(?:[A-Z][\w&.-]*|of|and|the|in|for|&|de|der|et|\([A-Z][\w\s]+\))$")
# A DOI that the end of a line cut behind one of its own stops; what follows is no year, and no word without a digit.
_BROKEN_DOI = re.compile(
    r"(\b10\.\d{4,9}/(?:[^\s\"<>]*[./_-])?)\s(?=(?!(?:19|20)\d\d\b)[a-z0-9](?=\S*\d)[\w.()/-]{3,}(?:[\s,]|$))"
)
_SHORTEST_TITLE = 8  # characters
_WORDS_OF_AN_ABBREVIATION = 3  # "Stud. Health Technol. Inform." is read in parts of so many words
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
    for entry in read_entries(pieces, text):
        marker = entry.number or ""
        if not marker or marker in taken:
            marker = str(int(found[-1].marker) + 1 if found else 1)
            while marker in taken:
                marker = str(int(marker) + 1)
        taken.add(marker)
        block, body = entry.block, " ".join(entry.words.of(text).split())
        if block.key is not None:
            marker_of[block.key] = marker
        marker_of.setdefault(marker, marker)
        authors, title, year = _head(body)
        doi, pmid = _DOI.search(_BROKEN_DOI.sub(r"\1", body)), _PMID.search(body)
        found.append(
            Reference(
                marker=marker,
                text=body,
                span=entry.span,
                authors=authors,
                title=block.title or title,
                year=block.year or year,
                doi=block.doi or (_clean_doi(doi[0]) if doi else None),
                pmid=block.pmid or (pmid[1] if pmid else None),
            )
        )
    return ReferenceList(tuple(found), marker_of)


def _head(body: str) -> tuple[str | None, str | None, int | None]:
    """Authors (none where the entry does not begin with names), title and year."""
    people = _PEOPLE.match(body)
    after = _AFTER_PEOPLE.match(body, people.end()) if people else None
    start = after.end() if after else 0
    in_front = after[1] if after else None
    place = _year(body, start)
    year = in_front or (place[1] if place else None)
    end = _end_of_title(body, start, None if in_front or place is None else place[0])
    title = _MARKDOWN.sub("", body[start:end]).strip(" .,;")
    return (
        people[0].strip(" ,;") if people else None,
        title if len(title) > _SHORTEST_TITLE else None,
        int(year) if year else None,
    )


def _end_of_title(body: str, start: int, year: int | None) -> int:
    """Where the title ends: at its first stop; if the year's place is known, at the last before the journal's name."""
    stops = [stop for stop in _STOP.finditer(body, start) if stop.end() > start + _SHORTEST_TITLE]
    if not stops:
        return len(body)
    end = stops[0]
    before = [stop for stop in stops if year is not None and stop.end() < year]
    if len(before) > 1:
        chosen = len(before) - 1
        # The journal is what stands behind the last stop before the year, with the parts of an abbreviated name.
        while chosen > 0 and _is_abbreviation(body[before[chosen - 1].end() : before[chosen].start()]):
            chosen -= 1
        end = before[chosen]
    return end.start() + (body[end.start()] == "?")


def _is_abbreviation(words: str) -> bool:
    parts = words.split()
    return len(parts) <= _WORDS_OF_AN_ABBREVIATION and all(_JOURNAL_WORD.match(part) for part in parts)


def _year(body: str, start: int) -> tuple[int, str] | None:
    """Place and digits of the year of publication; of years that may be the title's own, the last."""
    for shape in (*_YEAR_IN_PLACE, _YEAR):
        if found := list(shape.finditer(body, start)) or list(shape.finditer(body)):
            last = found[-1]
            return last.start(), last[last.lastindex or 0]
    return None


def _clean_doi(doi: str) -> str:
    doi = doi.rstrip(".,;:*_")
    closed = doi.count("(") + doi.count("[") < doi.count(")") + doi.count("]")
    return doi[:-1] if closed and doi.endswith((")", "]")) else doi
