"""From the service to the dataset by commands, as a user types them."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.sources.inbox import MARGIN
from tests.pipeline.conftest import RATES, REVIEW, Ask, Trialtrace
from tests.pipeline.sources.service import Service


@pytest.fixture
def here(tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRIALTRACE_EUROPE_PMC", service.url)
    monkeypatch.setenv("TRIALTRACE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TRIALTRACE_QUERY", raising=False)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_the_feed_is_off_until_there_is_a_query(ask: Ask, service: Service) -> None:
    done = ask("fetch")
    assert done.exit_code == 2
    assert "TRIALTRACE_QUERY" in done.stderr
    assert service.asked == []


def test_what_is_fetched_is_told_and_listed(
    ask: Ask, here: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.add("PMC1")
    monkeypatch.setenv("TRIALTRACE_QUERY", "cancer")
    done = ask("fetch")
    assert done.exit_code == 0, done.stderr
    assert "1 publications match: 1 fetched" in done.stdout
    assert "cc by" in done.stdout
    assert "trialtrace run --inbox inbox" in done.stdout
    assert service.queries == ["(cancer) AND (OPEN_ACCESS:Y)"]
    (here / "list.toml").write_text('ids = ["PMC1"]')
    again = ask("fetch", "--manifest", "list.toml", "--json")
    assert json.loads(again.stdout) == {"matching": 1, "known": 1, "complete": True, "publications": []}


@pytest.mark.usefixtures("here")
def test_an_article_that_cannot_be_had_makes_the_status_one(ask: Ask, service: Service) -> None:
    service.add("PMC1", text=b"<html>")
    done = ask("fetch", "cancer")
    assert done.exit_code == 1
    assert "where an article was expected" in " ".join(done.stdout.split())
    service.faults["/rest/search"] = [(200, {}, b"<html>")]
    assert ask("fetch", "another").exit_code == 1


@pytest.mark.slow
def test_an_inbox_is_read_once(here: Path, trialtrace: Trialtrace, prefect_url: str) -> None:
    (here / "inbox").mkdir()
    (here / "inbox" / "a.txt").write_text(RATES)
    (here / "more.txt").write_text("7% of 30 CHARLIE came.")

    def run(*arguments: str) -> list[str]:
        done = trialtrace("run", *arguments, "--json", cwd=here, fake=True, PREFECT_API_URL=prefect_url)
        assert done.returncode == 0, done.stderr
        return [row["file"] for row in json.loads(done.stdout)["documents"]]

    assert run("more.txt", "--inbox", "inbox") == ["inbox/a.txt", "more.txt"]
    time.sleep(MARGIN.total_seconds())
    run("more.txt", "--inbox", "inbox")  # the file was put there too shortly before the first run to be sure of it
    assert run("--inbox", "inbox") == []
    records = [json.loads(line)["study"] for line in (here / "outputs" / "records.jsonl").read_text().splitlines()]
    assert set(records) == {"PERMEATE", "TRIAL", "CHARLIE"}
    done = trialtrace("run", "--inbox", "inbox", cwd=here, fake=True, PREFECT_API_URL=prefect_url)
    assert done.stdout.startswith("Nothing is new: a run into this dataset has seen every file of the inbox.")
    (here / "empty").mkdir()
    assert run("--inbox", "empty") == []
    assert len((here / "outputs" / "records.jsonl").read_text().splitlines()) == len(records)


NIGHT = """
import json, sys
from pipeline.nightly import nightly

sys.stdout.write(json.dumps(nightly(query="cancer")))
"""


@pytest.mark.slow
def test_a_night_fetches_reads_and_tells_and_a_feed_that_fails_harms_nothing(
    here: Path, service: Service, quiet_environment: dict[str, str], prefect_url: str
) -> None:
    service.add("PMC1")
    environment = quiet_environment | {"PREFECT_API_URL": prefect_url, "TRIALTRACE_NOTIFY": "tee told.json"}
    environment |= {"TRIALTRACE_EUROPE_PMC": service.url, "TRIALTRACE_WORKERS": "1"}

    def night() -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-c", NIGHT], cwd=here, env=environment, capture_output=True, text=True, check=True
        )
        said: dict[str, Any] = json.loads(done.stdout)
        assert json.loads((here / "told.json").read_text()) == said
        return said

    first = night()
    assert (first["status"], first["new"], first["feed"]["fetched"]) == ("complete", 1, 1)
    assert first["records"] > 0
    assert "ZENITH-4" in (here / "outputs" / "records.jsonl").read_text()
    service.faults["/rest/search"] = [(200, {}, b"<html>")]
    (here / "inbox" / "own.txt").write_text(REVIEW)
    second = night()
    assert second["status"] == "some_failed"
    assert "not a page of results" in second["feed"]["error"]
    assert "HORIZON-7" in (here / "outputs" / "records.jsonl").read_text()
