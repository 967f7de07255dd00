"""The feed against a server that speaks as Europe PMC does: what it brings, and what it does when things go wrong."""

import csv
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.sources.europe_pmc import FeedError, Fetched, Ledger, Pace, Row, Web, fetch, fetch_listed, opened_web
from pipeline.sources.europe_pmc.web import seconds_to_wait
from tests.pipeline.sources.conftest import QUICK
from tests.pipeline.sources.service import ARTICLE, Service

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
HTML = (200, {"Content-Type": "text/html"}, b"<html><body>Maintenance</body></html>")
PDF = b"%PDF-1.7\n..."


class Feed:
    """A feed into an inbox, as of a moment."""

    def __init__(self, web: Web, service: Service, inbox: Path) -> None:
        self.web, self.service, self.inbox, self.now = web, service, inbox, NOW
        inbox.mkdir()

    def fetch(self, query: str = "cancer", limit: int | None = None) -> Fetched:
        ledger = Ledger(self.inbox)
        return fetch(self.web, self.service.url, query=query, ledger=ledger, limit=limit, now=lambda: self.now)

    @property
    def manifest(self) -> dict[str, dict[str, str]]:
        with (self.inbox / "manifest.csv").open(encoding="utf-8", newline="") as lines:
            return {row["id"]: row for row in csv.DictReader(lines)}

    @property
    def files(self) -> set[str]:
        return {path.name for path in self.inbox.iterdir()} - {"manifest.csv", "queries.json"}


@pytest.fixture
def feed(web: Web, service: Service, tmp_path: Path) -> Feed:
    return Feed(web, service, tmp_path / "inbox")


def test_every_page_is_followed_and_each_article_is_filed_with_its_licence(feed: Feed) -> None:
    for number in range(1, 6):
        feed.service.add(f"PMC{number}", day=f"2026-03-0{number}")
    found = feed.fetch("TITLE:cancer OR TITLE:tumour")
    assert (found.matching, found.known, len(found.of("fetched")), found.complete) == (5, 0, 5, True)
    assert feed.files == {f"PMC{number}.xml" for number in range(1, 6)}
    assert feed.service.queries[0] == "(TITLE:cancer OR TITLE:tumour) AND (OPEN_ACCESS:Y)"
    assert len(feed.service.queries) == 3
    assert "resultType=core" in feed.service.asked[0]
    row = feed.manifest["PMC3"]
    text = (feed.inbox / "PMC3.xml").read_bytes()
    assert text == ARTICLE.format(title="PMC3").encode()
    assert row["sha256"] == hashlib.sha256(text).hexdigest()
    assert (row["doi"], row["title"], row["licence"]) == ("10.1/PMC3", "Review of PMC3", "cc by")
    assert row["source"] == f"{feed.service.url}/PMC3/fullTextXML"
    assert row["fetched_at"] == "2026-04-01T02:00:00+00:00"


def test_the_next_night_asks_for_what_is_new_only(feed: Feed) -> None:
    feed.service.add("PMC1", day="2026-01-05")
    feed.service.add("PMC2", day="2026-03-20")
    feed.fetch()
    feed.service.asked.clear()
    feed.service.add("PMC3", day="2026-04-01")
    feed.now += timedelta(days=1)
    found = feed.fetch()
    assert feed.service.queries[-1].endswith("AND (FIRST_IDATE:[2026-03-02 TO 3000-01-01])")
    assert (found.known, [row.id for row in found.rows]) == (1, ["PMC3"])
    assert [path for path in feed.service.asked if "fullText" in path] == ["/rest/PMC3/fullTextXML"]


def test_a_limit_is_gone_on_from(feed: Feed) -> None:
    for number in range(1, 6):
        feed.service.add(f"PMC{number}")
    assert [row.id for row in feed.fetch(limit=2).rows] == ["PMC1", "PMC2"]
    assert not (feed.inbox / "queries.json").exists()
    assert [row.id for row in feed.fetch(limit=2).rows] == ["PMC3", "PMC4"]
    assert [row.id for row in feed.fetch(limit=2).rows] == ["PMC5"]


def test_a_pdf_is_taken_where_there_is_no_xml(feed: Feed) -> None:
    address = feed.service.url.removesuffix("/rest")
    links = [
        {"availabilityCode": "S", "documentStyle": "pdf", "url": f"{address}/paid.pdf"},
        {"availabilityCode": "OA", "documentStyle": "html", "url": f"{address}/page"},
        {"availabilityCode": "OA", "documentStyle": "pdf", "url": f"{address}/open.pdf"},
    ]
    feed.service.add("PMC1", fullTextUrlList={"fullTextUrl": links}, license="")
    del feed.service.texts["/rest/PMC1/fullTextXML"]
    feed.service.texts["/open.pdf"] = (200, {"Content-Type": "application/octet-stream"}, PDF)
    feed.service.add("77", fullTextUrlList={"fullTextUrl": links[:1]})
    feed.service.add("PMC2", license="")
    found = feed.fetch()
    assert (feed.inbox / "PMC1.pdf").read_bytes() == PDF
    assert {row.id: row.status for row in found.rows} == {"PMC1": "fetched", "MED77": "no_full_text", "PMC2": "fetched"}
    assert feed.manifest["PMC2"]["licence"] == "open-access", "the article's own word, where the search has none"
    assert not any("paid" in path for path in feed.service.asked)


def test_what_has_no_full_text_is_asked_for_again_after_a_week(feed: Feed) -> None:
    feed.service.add("77", day="2026-03-31")
    feed.fetch()
    feed.now += timedelta(days=3)
    assert feed.fetch().rows == ()
    feed.now += timedelta(days=5)
    assert [row.status for row in feed.fetch().rows] == ["no_full_text"]


def test_nothing_that_matches_is_no_fault(feed: Feed) -> None:
    assert feed.fetch() == Fetched(0, 0, (), complete=True)
    assert feed.files == set()


@pytest.mark.parametrize(
    "fault", [(500, {}, b""), (429, {"Retry-After": "0"}, b"slow down"), (503, {}, b""), "truncated"]
)
@pytest.mark.parametrize("path", ["/rest/search", "/rest/PMC1/fullTextXML"])
def test_what_may_pass_is_tried_again(feed: Feed, path: str, fault: tuple[int, dict[str, str], bytes] | str) -> None:
    feed.service.add("PMC1")
    feed.service.faults[path] = [fault, fault]
    assert [row.status for row in feed.fetch().rows] == ["fetched"]
    assert (feed.inbox / "PMC1.xml").read_bytes() == ARTICLE.format(title="PMC1").encode()
    assert len([asked for asked in feed.service.asked if asked.startswith(path)]) == 3


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (HTML, "a web page where an article was expected"),
        ((200, {"Content-Type": "application/xml"}, b"<article><body>"), "no article where an article was expected"),
        ((200, {"Content-Type": "application/xml"}, b"<errors><error/></errors>"), "no article"),
        ((200, {"Content-Type": "application/xml"}, b""), "no article"),
        ((302, {"Location": "/rest/PMC1/fullTextXML"}, b""), "redirects for ever"),
        ((403, {}, b""), "refused with status 403"),
        ((500, {}, b""), "the service is busy (status 500)"),
        ((429, {"Retry-After": "86400"}, b""), "to come back in 86400 s"),
    ],
)
def test_an_article_that_cannot_be_had_is_noted_and_the_others_are_fetched(
    feed: Feed, answer: tuple[int, dict[str, str], bytes], reason: str
) -> None:
    feed.service.add("PMC1")
    feed.service.add("PMC2")
    feed.service.texts["/rest/PMC1/fullTextXML"] = answer
    found = feed.fetch()
    assert {row.id: row.status for row in found.rows} == {"PMC1": "failed", "PMC2": "fetched"}
    assert reason in feed.manifest["PMC1"]["reason"]
    assert feed.files == {"PMC2.xml"}


def test_an_article_that_failed_is_asked_for_until_it_is_given_up(feed: Feed) -> None:
    feed.service.add("PMC1", day="2026-03-01")
    feed.service.texts["/rest/PMC1/fullTextXML"] = HTML
    tries = []
    for _ in range(8):
        tries.append(len(feed.fetch().rows))
        feed.now += timedelta(days=29)
    assert sum(tries) >= 5
    assert tries[-1] == 0, "its query has moved on"


@pytest.mark.parametrize(
    "answer",
    [HTML, (200, {}, b"[1, 2]"), (200, {}, b'{"resultList": {"result": [{"title": "no id"}]}}'), (200, {}, b"")],
)
def test_a_search_that_answers_otherwise_is_told(feed: Feed, answer: tuple[int, dict[str, str], bytes]) -> None:
    feed.service.faults["/rest/search"] = [answer]
    with pytest.raises(FeedError, match="not a page of results"):
        feed.fetch()


def test_a_query_the_service_refuses_is_told(feed: Feed) -> None:
    feed.service.faults["/rest/search"] = [(200, {}, b'{"errCode": 404, "errMsg": "no such field"}')]
    with pytest.raises(FeedError, match="the query is refused: no such field"):
        feed.fetch()


def test_a_service_that_is_away_is_told(web: Web, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="cannot be reached"):
        fetch(web, "http://127.0.0.1:9/rest", query="x", ledger=Ledger(tmp_path))


def test_two_requests_are_a_pause_apart(service: Service, tmp_path: Path) -> None:
    service.add("PMC1")
    service.add("PMC2")
    with opened_web(tmp_path / "cache", pace=Pace(pause=0.3)) as web:
        fetch(web, service.url, query="x", ledger=Ledger(tmp_path), now=lambda: NOW)
    gaps = [after - before for before, after in zip(service.times, service.times[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.29
    assert Pace().pause == 1.0


def test_answers_are_kept_as_the_service_allows(feed: Feed, tmp_path: Path) -> None:
    feed.service.add("PMC1")
    feed.service.headers = {"Cache-Control": "max-age=600"}
    feed.fetch("x")
    assert len(feed.service.asked) == 2
    with opened_web(tmp_path / "cache", pace=QUICK) as another:
        fetch(another, feed.service.url, query="x", ledger=Ledger(tmp_path), now=lambda: NOW)
    assert [path for path in feed.service.asked[2:] if "search" in path] == [], "the search was kept"


def test_ids_are_fetched(feed: Feed) -> None:
    for key in ("PMC1", "PMC2", "PMC3"):
        feed.service.add(key)
    found = fetch_listed(feed.web, feed.service.url, ids=["PMC1", "10.1/PMC3"], ledger=Ledger(feed.inbox))
    assert [row.id for row in found.rows] == ["PMC1", "PMC3"]


def test_a_file_that_was_deleted_is_fetched_again(feed: Feed) -> None:
    feed.service.add("PMC1", day="2026-03-20")
    feed.fetch()
    (feed.inbox / "PMC1.xml").unlink()
    assert [row.status for row in feed.fetch().rows] == ["fetched"]


def test_waiting_times_are_read_in_both_forms() -> None:
    assert seconds_to_wait("120") == 120
    assert seconds_to_wait(None) is None
    assert seconds_to_wait("soon") is None
    assert seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    ahead = (datetime.now(UTC) + timedelta(seconds=100)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert 95 < (seconds_to_wait(ahead) or 0) <= 100


def test_names_are_safe_as_files(feed: Feed) -> None:
    feed.service.add("../../evil", source="PPR", text=ARTICLE.encode())
    feed.service.texts["/rest/PPR..-..-evil/fullTextXML"] = feed.service.texts.pop("/rest/../../evil/fullTextXML")
    feed.fetch()
    assert all("/" not in row["id"] for row in feed.manifest.values())
    assert Row.model_fields.keys() >= {"id", "licence", "sha256", "source"}
    assert {path.parent for path in feed.inbox.rglob("*.xml")} <= {feed.inbox}
