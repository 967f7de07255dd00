"""Bytes of a JATS file in, its `article` element out, with plain tag names and without a way to the outside."""

import re
from html.entities import html5

from lxml import etree

from schemas.errors import UnreadableDocument

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = (b"amp", b"lt", b"gt", b"quot", b"apos")


def _numbered(match: re.Match[bytes]) -> bytes:
    if match[1] in _XML_ENTITIES:
        return match[0]
    characters = html5.get(match[1].decode("ascii") + ";")
    return match[0] if characters is None else "".join(f"&#{ord(c)};" for c in characters).encode("ascii")


def parse_article(data: bytes) -> etree._Element:
    """The first `article` of `data`, tags without namespace.

    Neither DTD nor network is touched and entities of the file's own making stay unread, so that a hostile file
    costs no more than its size. Named characters (`&alpha;`) are read although their DTD is not.

    Raises:
        UnreadableDocument: "empty", "not_jats" or "damaged", each with what to do about it.
    """
    if not data.strip():
        raise UnreadableDocument("empty", "The file has no content. Get it again from its source.")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_ENTITY.sub(_numbered, data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<article" not in data:
            raise UnreadableDocument(
                "not_jats", "The file is not XML. Save a PDF as .pdf and plain text as .txt, or get the JATS XML."
            ) from error
        raise UnreadableDocument(
            "damaged", f"The XML breaks off or is malformed ({error}). Get the file again from its source."
        ) from error
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{"):
            element.tag = element.tag.rpartition("}")[2]
    article = root if root.tag == "article" else next(root.iter("article"), None)
    if article is None or (article.find("front") is None and article.find("body") is None):
        raise UnreadableDocument(
            "not_jats", f"The XML is not a JATS article (its root is <{root.tag}>). Get the article's JATS XML."
        )
    return article
