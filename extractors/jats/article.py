"""Bytes of a JATS file in, its blocks in reading order out."""

from collections.abc import Iterator, Mapping

from lxml import etree

from extractors.jats.inline import ASIDE, read_runs, read_text
from extractors.jats.references import list_references, read_reference
from extractors.jats.tables import read_tables
from extractors.jats.tree import parse_article
from schemas.block import Block, BlockKind, Role, Run
from schemas.errors import UnreadableDocument

_HOLDERS = frozenset("sec app boxed-text notes ack bio app-group abstract trans-abstract statement glossary".split())


def read_blocks(data: bytes) -> tuple[Block, ...]:
    """The blocks of the JATS article in `data`: front, abstracts, body, floats, back, references.

    Raises:
        UnreadableDocument: "empty", "not_jats" or "damaged".
    """
    article = parse_article(data)
    keys = list_references(article)
    blocks = [*_front(article, keys)]
    for part, role in (("body", "body"), ("floats-group", "body"), ("back", "back")):
        for element in article.iterchildren(part):
            blocks.extend(_inside(element, keys, role="body" if role == "body" else "back", level=1))
    if not any(block.kind in ("paragraph", "list_item", "table") for block in blocks):
        raise UnreadableDocument("empty", "The XML holds no text of the article. Get the full text, or its PDF.")
    return tuple(blocks)


def _front(article: etree._Element, keys: Mapping[str, int]) -> Iterator[Block]:
    meta = article.find("front/article-meta")
    if meta is None:
        return
    for element in meta.iterfind("title-group/article-title"):
        subtitle = read_text(meta.find("title-group/subtitle"))
        runs = (*read_runs(element, keys=keys), *((Run(text=f": {subtitle}"),) if subtitle else ()))
        if runs:
            yield Block(kind="title", role="title", runs=runs)
    names = [
        " ".join(filter(None, (read_text(n.find("given-names")), read_text(n.find("surname")))))
        for n in meta.iterfind("contrib-group/contrib//name")
    ]
    if names:
        yield Block(kind="front", role="front", runs=(Run(text=", ".join(names)),))
    for element in (*meta.iter("aff"), *meta.iter("corresp")):
        yield from _block(element, keys, kind="front", role="front")
    for abstract in meta.iterchildren("abstract"):
        title = read_text(abstract.find("title")) or "Abstract"
        yield Block(kind="heading", role="abstract", level=1, runs=(Run(text=title),))
        yield from _inside(abstract, keys, role="abstract", level=2)
    for group in meta.iterchildren("kwd-group"):
        words = ", ".join(filter(None, (read_text(k) for k in group.iter("kwd"))))
        if words:
            heading = read_text(group.find("title")).rstrip(":") or "Keywords"
            yield Block(kind="front", role="front", runs=(Run(text=f"{heading}: {words}"),))


def _inside(element: etree._Element, keys: Mapping[str, int], *, role: Role, level: int) -> Iterator[Block]:
    """The blocks of everything in `element` but its own title, which `_section` reads."""
    for child in element:
        if isinstance(child.tag, str):
            yield from _blocks(child, keys, role=role, level=level)


def _blocks(element: etree._Element, keys: Mapping[str, int], *, role: Role, level: int) -> Iterator[Block]:
    tag = element.tag
    if tag in ("p", "disp-quote", "verse-group", "speech", "attrib"):
        yield from _paragraph(element, keys, role=role, level=level)
    elif tag == "list":
        yield from _items(element, keys, role=role, level=level)
    elif tag == "def-list":
        yield from _definitions(element, role=role)
    elif tag == "fig":
        yield from _caption(element, keys)
    elif tag == "table-wrap":
        yield from _table(element, keys)
    elif tag == "ref-list":
        yield from _references(element, keys)
    elif tag in ("fn", "fn-group"):
        yield from _inside(element, keys, role=role, level=level)
    elif tag in ("fig-group", "table-wrap-group"):
        yield from _caption(element, keys)
        yield from _inside(element, keys, role=role, level=level)
    elif tag in _HOLDERS:
        yield from _section(element, keys, role=role, level=level)


def _section(element: etree._Element, keys: Mapping[str, int], *, role: Role, level: int) -> Iterator[Block]:
    label, title = read_text(element.find("label")), element.find("title")
    runs = read_runs(title, keys=keys) if title is not None else ()
    if element.tag == "ack" and not runs:
        runs = (Run(text="Acknowledgments"),)
    if runs:
        numbered = (Run(text=f"{label} "), *runs) if label and not runs[0].text.startswith(label) else runs
        yield Block(kind="heading", role=role, level=level, runs=numbered)
    yield from _inside(element, keys, role=role, level=level + 1)


def _block(element: etree._Element, keys: Mapping[str, int], *, kind: BlockKind, role: Role) -> Iterator[Block]:
    runs = read_runs(element, keys=keys)
    if runs:
        yield Block(kind=kind, role=role, runs=runs)


def _paragraph(
    element: etree._Element, keys: Mapping[str, int], *, role: Role, level: int, kind: BlockKind = "paragraph"
) -> Iterator[Block]:
    """The paragraph's own text as one block, then what stands beside it (lists, tables, figures)."""
    nested = element.tag != "p" and element.find("p") is not None
    if not nested and (runs := read_runs(element, keys=keys)):
        yield Block(kind=kind, role=role, level=level if kind == "list_item" else 0, runs=runs)
    for aside in _asides(element):
        yield from _blocks(aside, keys, role=role, level=level)


def _asides(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag in ASIDE or child.tag == "p":
            if child.tag != "fn":  # a footnote inside a sentence is not part of what it reports
                yield child
        else:
            yield from _asides(child)


def _items(
    element: etree._Element, keys: Mapping[str, int], *, role: Role, level: int, depth: int = 1
) -> Iterator[Block]:
    for item in element.iterchildren("list-item"):
        label = read_text(item.find("label"))
        for child in item:
            if child.tag == "list":
                yield from _items(child, keys, role=role, level=level, depth=depth + 1)
            elif child.tag == "p":
                runs = read_runs(child, keys=keys)
                if runs:
                    named = (Run(text=f"{label} "), *runs) if label else runs
                    yield Block(kind="list_item", role=role, level=depth, runs=named)
                    label = ""
                for aside in _asides(child):
                    if aside.tag == "list":
                        yield from _items(aside, keys, role=role, level=level, depth=depth + 1)
                    else:
                        yield from _blocks(aside, keys, role=role, level=level)
            elif isinstance(child.tag, str):
                yield from _blocks(child, keys, role=role, level=level)


def _definitions(element: etree._Element, *, role: Role) -> Iterator[Block]:
    for item in element.iterchildren("def-item"):
        term = read_text(item.find("term"))
        meaning = "; ".join(read_text(p) for p in item.iterfind("def/p"))
        if term and meaning:
            yield Block(kind="list_item", role=role, level=1, runs=(Run(text=f"{term}: {meaning}"),))


def _caption(element: etree._Element, keys: Mapping[str, int]) -> Iterator[Block]:
    runs: list[Run] = []
    label = read_text(element.find("label"))
    if label:
        runs.append(Run(text=label if label.endswith((".", ":")) else f"{label}."))
    for part in element.iterfind("caption/*"):
        found = read_runs(part, keys=keys)
        if found and runs:
            runs.append(Run(text=" "))
        runs.extend(found)
    if runs:
        yield Block(kind="caption", role="caption", runs=tuple(runs))


def _table(wrap: etree._Element, keys: Mapping[str, int]) -> Iterator[Block]:
    yield from _caption(wrap, keys)
    for table in read_tables(wrap, keys=keys):
        yield Block(kind="table", role="table", table=table)
    for foot in wrap.iterchildren("table-wrap-foot"):
        for element in foot.iter("p"):
            yield from _block(element, keys, kind="footnote", role="table")
        if foot.find(".//p") is None:
            yield from _block(foot, keys, kind="footnote", role="table")


def _references(element: etree._Element, keys: Mapping[str, int]) -> Iterator[Block]:
    title = read_text(element.find("title")) or "References"
    yield Block(kind="heading", role="references", level=1, runs=(Run(text=title),))
    for child in element:
        if child.tag == "ref":
            key = next((e.get("id") for e in child.iter() if e.get("id") in keys), None)
            block = read_reference(child, place=keys[key] if key is not None else 0)
            if block is not None:
                yield block
        elif child.tag == "ref-list":
            yield from _references(child, keys)
