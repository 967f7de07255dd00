"""A server on this machine that speaks as Europe PMC does, with faults on request."""

import contextlib
import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ARTICLE = """<?xml version="1.0"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<title-group><article-title>{title}</article-title></title-group><permissions>
<license license-type="open-access"><license-p>Free to use.</license-p></license></permissions>
</article-meta></front><body><sec><title>Results</title><p>In the ZENITH-4 trial, the objective response rate was
42.5% (95% CI 30.1-55.0) with selinexor in 80 patients.</p></sec></body></article>
"""

Answer = tuple[int, dict[str, str], bytes]


def publication(key: str, *, day: str = "2026-03-01", **more: Any) -> dict[str, Any]:
    """A publication as the service describes it: in PMC where its key is a PMC number."""
    described = {
        "id": key.removeprefix("PMC"),
        "source": "MED",
        "title": f"<i>Review</i> of {key}",
        "doi": f"10.1/{key}",
    }
    described |= {"isOpenAccess": "Y", "firstIndexDate": day, "license": "cc by", "unheard": [1]}
    return described | ({"pmcid": key} if key.startswith("PMC") else {}) | more


class Service:
    """What it holds and what it was asked; `faults[path]` are answers given before the true one, in turn."""

    def __init__(self) -> None:
        self.publications: list[dict[str, Any]] = []
        self.texts: dict[str, Answer] = {}
        self.faults: dict[str, list[Answer | str]] = defaultdict(list)
        self.asked: list[str] = []
        self.times: list[float] = []
        self.queries: list[str] = []
        self.page = 2
        self.headers: dict[str, str] = {}
        self.url = ""

    def add(self, key: str, *, text: bytes | None = None, **more: Any) -> None:
        """Hold a publication, with its XML where it has some."""
        self.publications.append(publication(key, **more))
        if key.startswith("PMC") or text is not None:
            data = text if text is not None else ARTICLE.format(title=key).encode()
            self.texts[f"/rest/{key}/fullTextXML"] = (200, {"Content-Type": "application/xml"}, data)

    def answer(self, path: str, asked: dict[str, list[str]]) -> Answer:
        """The true answer."""
        if path == "/rest/search":
            return self._search(asked["query"][0], asked["cursorMark"][0])
        return self.texts.get(path, (404, {"Content-Type": "text/html"}, b"<html>no such thing</html>"))

    def _search(self, query: str, cursor: str) -> Answer:
        self.queries.append(query)
        since = re.search(r"FIRST_IDATE:\[([\d-]+) TO", query)
        ids = re.findall(r'PMCID:(\w+)|DOI:"([^"]+)"', query)
        wanted = {given for pair in ids for given in pair if given}
        found = [
            each
            for each in sorted(self.publications, key=lambda each: each["firstIndexDate"])
            if (since is None or each["firstIndexDate"] >= since[1])
            and (not wanted or wanted & {each.get("pmcid"), each["doi"]})
        ]
        start = 0 if cursor == "*" else int(cursor)
        page = found[start : start + self.page]
        body: dict[str, Any] = {"version": "6.9", "hitCount": len(found), "resultList": {"result": page}}
        if start + self.page < len(found):
            body["nextCursorMark"] = str(start + self.page)
        return 200, {"Content-Type": "application/json"} | self.headers, json.dumps(body).encode()


def _make(service: Service) -> type[BaseHTTPRequestHandler]:
    class Speaker(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append(self.path)
            service.times.append(time.monotonic())
            parts = urlsplit(self.path)
            fault = service.faults[parts.path].pop(0) if service.faults[parts.path] else None
            status, headers, body = (
                fault if isinstance(fault, tuple) else service.answer(parts.path, parse_qs(parts.query))
            )
            if headers.get("ETag") is not None and headers["ETag"] == self.headers.get("If-None-Match"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if fault == "truncated" else body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Speaker


@contextlib.contextmanager
def serving() -> Iterator[Service]:
    """The service at work, on a free port."""
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _make(service))
    service.url = f"http://127.0.0.1:{server.server_port}/rest"
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
