"""A publication in, its full text out: JATS XML where the service has it, else an open-access PDF."""

from typing import NamedTuple

from lxml import etree

from pipeline.sources.europe_pmc.search import Publication
from pipeline.sources.europe_pmc.web import FeedError, MissingError, Web

XLINK = "{http://www.w3.org/1999/xlink}href"


class Article(NamedTuple):
    """A full text: its bytes, how its file ends, where it came from, the licence it states itself."""

    data: bytes
    ending: str
    address: str
    licence: str = ""


def get_article(web: Web, address: str, publication: Publication) -> Article | None:
    """The full text; None where there is no open one. Raises FeedError where there is one that cannot be had."""
    trouble: list[str] = []
    ways = [(f"{address}/{publication.key}/fullTextXML", _as_xml)] if publication.has_xml else []
    for where, check in [*ways, *((pdf, _as_pdf) for pdf in publication.pdfs)]:
        try:
            return check(web.get(where), where)
        except MissingError:
            continue
        except FeedError as error:
            trouble.append(str(error))
    if trouble:
        raise FeedError("; ".join(trouble))
    return None


def _as_xml(data: bytes, address: str) -> Article:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"{address}: {_begins(data)} ({error})") from error
    if etree.QName(root).localname != "article":
        raise FeedError(f"{address}: {_begins(data)}")
    return Article(data, ".xml", address, _licence(root))


def _as_pdf(data: bytes, address: str) -> Article:
    if not data.lstrip()[:5] == b"%PDF-":
        raise FeedError(f"{address}: {_begins(data)}")
    return Article(data, ".pdf", address)


def _begins(data: bytes) -> str:
    what = "a web page" if b"<html" in data[:2000].lower() else "no article"
    return f"{what} where an article was expected"


def _licence(article: etree._Element) -> str:
    """What the article says of its licence: its kind, else the address of its terms."""
    for licence in article.iter("license"):
        for said in (licence.get("license-type"), licence.get(XLINK)):
            if said:
                return said
        for reference in licence.iter("{*}license_ref"):
            return (reference.text or "").strip()
    return ""
