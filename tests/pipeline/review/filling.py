"""Files in, a store that a run over them would leave out; the page served; a browser's requests without a browser."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from httpx import Response
from lxml import html

from extractors.extract import extract
from extractors.lexicon import load
from pipeline.sources import find
from pipeline.store import Store
from schemas.lexicon import Lexicon
from schemas.run import DocumentRun, Run

CODE = "1"


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The vocabulary that comes with trialtrace."""
    return load([])


def fill(store: Store, files: Sequence[Path], *, code: str = CODE) -> Run:
    """Read the files with the real core and keep what they gave, as a run does, without Prefect."""
    words = lexicon()
    found = find(list(files))
    rows = []
    for file in found:
        kept = store.put(extract(file.path, lexicon=words), lexicon_digest=words.digest, code_version=code)
        row = DocumentRun(file=file.file, document=file.stem, sha256=file.sha256, status="read", pages=kept.pages)
        rows.append(row.model_copy(update={"records": kept.records, "findings": kept.findings}))
    now = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    run = Run(
        run_id=f"run-{code}",
        code_version=code,
        lexicon_digest=words.digest,
        settings={},
        started=now,
        finished=now,
        documents=tuple(rows),
    )
    store.keep_run(run, files=found)
    return run


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address the application answers at, from a thread of this process."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Person:
    """A reviewer who is signed in, and sends what a browser would."""

    def __init__(self, address: str, name: str, *, token: str = "") -> None:
        self.client = httpx.Client(base_url=address, timeout=30)
        self.name = name
        self.signed_in = self.client.post("/signin", data={"name": name, "token": token, "back": "/"})

    def get(self, address: str, **headers: str) -> Response:
        """A page."""
        return self.client.get(address, headers=headers)

    def post(self, address: str, *, page: str = "/progress", **form: str) -> Response:
        """A form, with the token that stands on `page`."""
        token = re.search(r'name="token" value="([0-9a-f]+)"', self.get(page).text)
        assert token is not None, f"no form on {page}"
        return self.client.post(address, data={"token": token[1], **form})

    def correct(self, record_id: str, **fields: str) -> Response:
        """Correct some fields, the others left as the form shows them."""
        address = f"/records/{record_id}/correct"
        form = next(each for each in html.fromstring(self.get(address).text).forms if each.action == address)
        return self.client.post(address, data=dict(form.form_values()) | fields)

    def decide(self, record_id: str, verdict: str, **form: str) -> Response:
        """Accept or reject."""
        return self.post(f"/records/{record_id}/decide", verdict=verdict, **form)
