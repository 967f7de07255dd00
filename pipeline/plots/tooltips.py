"""An SVG and what its groups mean in; the same picture with tooltips, links and a description to be read aloud out."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from pipeline.plots.lettering import FONT, cleaned

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_USED = re.compile(r"#([\w.-]+)")


class Tip(NamedTuple):
    """What a group says when it is pointed at, and where it leads."""

    text: str
    link: str | None = None


def annotate(svg: bytes, tips: Mapping[str, Tip], *, title: str, description: str, prefix: str = "") -> bytes:
    """The picture with a `title` element in each named group; ids that nothing uses are left out, others prefixed."""
    root = etree.fromstring(svg, parser=etree.XMLParser(resolve_entities=False, huge_tree=True))
    named = {element.get("id"): element for element in root.iter(f"{{{SVG}}}g")}
    for gid, tip in tips.items():
        group = named.get(gid)
        if group is not None:
            _explain(group, tip)
    _tidy(root, keep=set(tips))
    if prefix:
        _prefix(root, prefix)
    root.set("role", "group" if any(tip.link is not None for tip in tips.values()) else "img")
    root.set("aria-label", f"{title}. {description}")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{{{SVG}}}{tag}")
        element.text = cleaned(text)
        root.insert(position, element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=False) + b"\n"


def _explain(group: "etree._Element", tip: Tip) -> None:
    title = etree.Element(f"{{{SVG}}}title")
    title.text = "\n".join(cleaned(line) for line in tip.text.split("\n"))
    group.insert(0, title)
    group.set("pointer-events", "all")  # unfilled shapes answer a pointer too
    if tip.link is None:
        return
    anchor = etree.Element(f"{{{SVG}}}a")
    anchor.set("href", tip.link)
    parent = group.getparent()
    if parent is not None:
        parent.replace(group, anchor)
        anchor.append(group)


def _prefix(root: "etree._Element", prefix: str) -> None:
    """Begin every id, and what refers to one of them, with `prefix`."""
    known = {element.get("id") for element in root.iter()}
    for element in root.iter():
        for name in [str(name) for name in element.attrib]:
            value = element.get(name, "")
            if name == "id":
                element.set(name, prefix + value)
            elif "#" in value and element.tag != f"{{{SVG}}}a":
                element.set(name, _USED.sub(lambda m: f"#{prefix}{m[1]}" if m[1] in known else m[0], value))


def _tidy(root: "etree._Element", *, keep: set[str]) -> None:
    """Drop what only the drawing library needs: its style sheet, its metadata, ids and comments nobody refers to."""
    for element in [*root.iter(f"{{{SVG}}}metadata", f"{{{SVG}}}style"), *root.iter(etree.Comment)]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    root.set("stroke-linejoin", "round")  # what the style sheet said
    root.set("stroke-linecap", "butt")
    used = {
        found for element in root.iter() for value in element.attrib.values() for found in _USED.findall(str(value))
    }
    for element in root.iter():
        name = element.get("id")
        if name is not None and name not in used and name not in keep:
            del element.attrib["id"]
        style = element.get("style")
        if style is not None and FONT in style:
            element.set("style", style.replace(f"'{FONT}'", f"'{FONT}', Verdana"))
