"""What a scheduled run says and to whom; when it is asked for what cannot be."""

import json
import os
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.commands.schedule import local_timezone
from pipeline.notice import notify
from pipeline.summary import Brought, Place, Summary, as_line, as_markdown, summarise
from schemas.run import DocumentRun, Run
from tests.pipeline.conftest import Ask, Trialtrace

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
PLACE = Place(out="outputs", review="http://review.example")
ROWS = (
    DocumentRun(file="a/new.pdf", document="new one", sha256="1", status="read", records=7, findings=2, seconds=1.5),
    DocumentRun(file="a/old.pdf", document="old", sha256="2", status="read", records=9, findings=9),
    DocumentRun(file="a/bad.pdf", document="bad", sha256="3", status="damaged", reason="fetch it | again"),
)


def run_of(*rows: DocumentRun) -> Run:
    return Run(
        run_id="abc", code_version="1", lexicon_digest="w", settings={}, started=NOON, finished=NOON, documents=rows
    )


def test_a_summary_counts_what_is_new_and_names_what_failed() -> None:
    summary = summarise(run_of(*ROWS), feed=None, place=PLACE)
    assert (summary.status, summary.given, summary.new, summary.failed) == ("some_failed", 3, 1, 1)
    assert (summary.records, summary.findings) == (7, 2)
    assert [(each.file, each.reason) for each in summary.failures] == [("a/bad.pdf", "fetch it | again")]
    assert as_line(summary) == "1 new of 3 documents; 7 records; 1 not read"
    page = as_markdown(summary, run_of(*ROWS))
    assert "| new one | 0 | 7 | 2 | [open](http://review.example/documents/new%20one) |" in page
    assert "| a/bad.pdf | damaged | fetch it \\| again |" in page
    assert "old" not in page


@pytest.mark.parametrize(
    ("feed", "status"),
    [
        (None, "complete"),
        (Brought(query="q", matching=3, fetched=1), "complete"),
        (Brought(query="q", failed=1), "some_failed"),
        (Brought(query="q", error="the service is busy"), "some_failed"),
    ],
)
def test_trouble_with_the_feed_shows(feed: Brought | None, status: str) -> None:
    summary = summarise(run_of(*ROWS[:2]), feed=feed, place=PLACE)
    assert summary.status == status
    if feed is not None and feed.error:
        assert feed.error in as_line(summary)


SUMMARY = Summary(status="complete", started=NOON, finished=NOON, out="outputs", review="r")


def test_a_command_gets_the_summary_on_its_standard_input(tmp_path: Path) -> None:
    assert notify(f"tee '{tmp_path / 'told here.json'}'", SUMMARY) == ""
    assert json.loads((tmp_path / "told here.json").read_text())["status"] == "complete"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("no-such-command-anywhere", "did not go out (FileNotFoundError)"),
        ("'unclosed", "did not go out (ValueError)"),
        (f"{sys.executable} -c 'import sys; sys.exit(\"no post today\")'", "ended with status 1: no post today"),
        ("http://127.0.0.1:9/secret-token", "did not reach 127.0.0.1 (ConnectError)"),
        ("http://[bad/secret-token", "did not go out"),
    ],
)
def test_a_hook_that_fails_is_told_and_keeps_its_secrets(target: str, said: str) -> None:
    trouble = notify(target, SUMMARY)
    assert said in trouble
    assert "secret" not in trouble


@pytest.mark.parametrize("status", [200, 204, 500])
def test_an_address_is_posted_to(status: int) -> None:
    got: list[dict[str, object]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        trouble = notify(f"http://127.0.0.1:{server.server_port}/token", SUMMARY)
        thread.join()
    assert [each["status"] for each in got] == ["complete"]
    assert trouble == ("" if status < 300 else "the notification was refused by 127.0.0.1 with status 500")


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("TZ", raising=False)
    return monkeypatch


def test_the_timezone_is_this_machines(zone: pytest.MonkeyPatch, tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    assert local_timezone(link) == "UTC"
    os.symlink("/usr/share/zoneinfo/Europe/Oslo", link)  # noqa: PTH211  (to what may not be there)
    assert local_timezone(link) in ("Europe/Oslo", "UTC")
    zone.setenv("TZ", "nonsense")
    assert local_timezone(tmp_path) == "UTC"


def test_a_schedule_of_nothing_is_wrong_usage(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIALTRACE_QUERY", raising=False)
    done = ask("schedule", "--cron", "0 2 * * *")
    assert (done.exit_code, "Nothing to read every night" in done.stderr) == (2, True)
    gone = ask("schedule", "--cron", "0 2 * * *", "--inbox", "gone")
    assert (gone.exit_code, "no such file or folder" in gone.stderr) == (2, True)


@pytest.mark.parametrize(("cron", "timezone"), [("every night", "UTC"), ("0 2 * * *", "Middle/Earth")])
def test_a_cron_line_that_means_nothing_is_wrong_usage(
    cron: str, timezone: str, trialtrace: Trialtrace, prefect_url: str, tmp_path: Path
) -> None:
    command = ("schedule", "--cron", cron, "--timezone", timezone, "--inbox", ".")
    done = trialtrace(*command, cwd=tmp_path, PREFECT_API_URL=prefect_url)
    assert done.returncode == 2, done.stderr
    assert "is no schedule" in done.stderr
