"""A JATS reference list in, one block a reference out, with the fields the file itself names."""

import re

from lxml import etree

from extractors.jats.inline import read_runs, read_text
from schemas.block import Block, Run

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def list_references(article: etree._Element) -> dict[str, int]:
    """The keys of all references in the order of the list; a citation within one `ref` is a key of the same place."""
    keys: dict[str, int] = {}
    for ref in article.iter("ref"):
        place = len({*keys.values()})
        for element in (ref, *ref.iter("element-citation", "mixed-citation", "citation", "nlm-citation")):
            key = element.get("id")
            if key:
                keys.setdefault(key, place)
    return keys


def read_reference(ref: etree._Element, *, place: int) -> Block | None:
    """The entry as a block whose text begins with its number; None where it is empty."""
    citation = next(ref.iter("element-citation", "mixed-citation", "citation", "nlm-citation"), None)
    label = read_text(ref.find("label")).strip("[]().")
    body = _written(citation) if citation is not None else _text(ref, skip=("label",))
    if not body:
        return None
    number = label if label else str(place + 1)
    source = citation if citation is not None else ref
    year = _YEAR.search(read_text(source.find(".//year")))
    return Block(
        kind="reference",
        role="references",
        runs=(Run(text=f"{number}. {body}"),),
        key=ref.get("id") or number,
        doi=_identifier(source, "doi"),
        pmid=_identifier(source, "pmid"),
        year=int(year[0]) if year else None,
        title=read_text(source.find(".//article-title")).rstrip(". ") or None,
    )


def _written(citation: etree._Element) -> str:
    """A mixed citation as printed; an element citation (fields without punctuation) in the usual order."""
    if citation.tag == "mixed-citation" and re.search(r"[.,;:]", "".join(e.tail or "" for e in citation)):
        return _text(citation, skip=("pub-id", "label"))
    people = [
        " ".join(filter(None, (read_text(n.find("surname")), read_text(n.find("given-names")))))
        for n in citation.iter("name", "string-name")
    ]
    people += [read_text(c) for c in citation.iter("collab")]
    if citation.find(".//etal") is not None:
        people.append("et al")
    issue, last = read_text(citation.find("issue")), read_text(citation.find("lpage"))
    volume = read_text(citation.find("volume")) + (f"({issue})" if issue else "")
    pages = read_text(citation.find("fpage")) + (f"–{last}" if last else "") or read_text(citation.find("elocation-id"))
    where = ";".join(filter(None, (read_text(citation.find("year")), ":".join(filter(None, (volume, pages))))))
    title = read_text(citation.find(".//article-title")) or read_text(citation.find(".//chapter-title"))
    parts = [", ".join(people), title, read_text(citation.find("source")), where, read_text(citation.find("comment"))]
    written = " ".join(p if p.endswith((".", "?", "!")) else f"{p}." for p in parts if p)
    return written or _text(citation)


def _text(element: etree._Element, *, skip: tuple[str, ...] = ()) -> str:
    return "".join(run.text for run in read_runs(element, keys={}, skip=skip))


def _identifier(citation: etree._Element, kind: str) -> str | None:
    for pub_id in citation.iter("pub-id"):
        if pub_id.get("pub-id-type") == kind and (text := read_text(pub_id)):
            return text.removeprefix("https://doi.org/").removeprefix("doi:").strip()
    if kind == "doi" and (found := _DOI.search(read_text(citation))):
        return found[0].rstrip(".,;)")
    return None
