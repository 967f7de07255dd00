"""A query in, the publications that match it out, page after page, the earliest indexed first."""

import json
import re
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from pipeline.sources.europe_pmc.web import FeedError, Web

PAGE = 100
"""Publications a page; the service gives up to 1,000, but a page of full descriptions is large."""

SAFE = re.compile(r"[^A-Za-z0-9._-]+")
TAG = re.compile(r"<[^>]+>")


class Described(BaseModel):
    """Part of an answer: unknown keys are passed over, the service adds some now and then."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore")


class Link(Described):
    """Where a full text lies: `availability_code` OA is open access, `document_style` pdf, html or doi."""

    availability_code: str = ""
    document_style: str = ""
    url: str = ""


class Links(Described):
    """The list of them."""

    full_text_url: tuple[Link, ...] = ()


class Publication(Described):
    """A publication as `resultType=core` describes it; absent is empty."""

    id: str
    source: str = ""
    pmid: str = ""
    pmcid: str = ""
    doi: str = ""
    title: str = ""
    license: str = ""
    first_index_date: date | None = None
    full_text_url_list: Links = Field(default=Links())

    @property
    def key(self) -> str:
        """Names it here and at the service: its PMC number, a preprint's own, else its source and number."""
        own = self.id if self.id.startswith(self.source) else f"{self.source}{self.id}"
        return SAFE.sub("-", self.pmcid or own)

    @property
    def has_xml(self) -> bool:
        """Whether the service may hold its full text as XML: it does for what is in PMC, and for some preprints."""
        return bool(self.pmcid) or self.source == "PPR"

    @property
    def pdfs(self) -> list[str]:
        """Addresses of its open-access PDF."""
        links = self.full_text_url_list.full_text_url
        return [link.url for link in links if (link.document_style, link.availability_code) == ("pdf", "OA")]

    @property
    def plain_title(self) -> str:
        """The title without its markup."""
        return " ".join(TAG.sub("", self.title).split())


class _Results(Described):
    result: tuple[Publication, ...] = ()


class _Page(Described):
    hit_count: int = 0
    next_cursor_mark: str = ""
    result_list: _Results = Field(default=_Results())


def search(web: Web, address: str, *, query: str, since: date | None = None) -> Iterator[Publication]:
    """Every open-access publication that matches, first indexed on a day or later.

    Raises FeedError where the service answers with anything but its results.
    """
    wanted = f"({query}) AND (OPEN_ACCESS:Y)"
    if since is not None:
        wanted += f" AND (FIRST_IDATE:[{since.isoformat()} TO 3000-01-01])"
    cursor = "*"
    while True:
        page = _page(web, f"{address}/search", query=wanted, cursor=cursor)
        yield from page.result_list.result
        if not page.result_list.result or page.next_cursor_mark in ("", cursor):
            return
        cursor = page.next_cursor_mark


def _page(web: Web, address: str, *, query: str, cursor: str) -> _Page:
    asked = {
        "query": query,
        "resultType": "core",
        "format": "json",
        "pageSize": str(PAGE),
        "cursorMark": cursor,
        "sort": "FIRST_IDATE_D asc",
    }
    body = web.get(address, asked=asked)
    try:
        answer = json.loads(body)
        if isinstance(answer, dict) and "errMsg" in answer:
            raise FeedError(f"{address}: the query is refused: {answer['errMsg']}")
        return _Page.model_validate(answer)
    except (ValueError, ValidationError) as error:
        begins = body[:60].decode("utf-8", "replace")
        raise FeedError(f"{address}: the answer is not a page of results; it begins {begins!r}") from error
