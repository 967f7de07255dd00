"""A second run: what it says, what it leaves alone, what it makes good; several runs on one store; no room left."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.exports import dataset, sheets
from pipeline.store import open_store
from schemas.record import Decision
from schemas.run import Run
from tests.pipeline.conftest import RATES, Trialtrace
from tests.pipeline.test_flow import content

NO_PREFECT = {"TRIALTRACE_PREFECT_SECONDS": "0.001"}
"""A run that starts Prefect's server fails with it."""
REFUSE = {"FAKE_CORE": "tests.pipeline.fake_core:refuse"}
"""A run that reads a document fails it."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, trialtrace: Trialtrace, prefect_url: str) -> Path:
    """A folder with texts and the dataset of them in `out`."""
    folder = tmp_path_factory.mktemp("again")
    (folder / "texts").mkdir()
    for name, text in (("a.txt", RATES), ("b.txt", "5% of 100 BRAVO came."), ("copy.txt", RATES)):
        (folder / "texts" / name).write_text(text)
    done = trialtrace("run", "texts", "--out", "out", cwd=folder, fake=True, PREFECT_API_URL=prefect_url)
    assert done.returncode == 0, done.stderr
    assert "3 documents read: 5 records, 1 finding" in done.stdout
    return folder


@pytest.fixture
def out(first: Path, tmp_path: Path) -> Path:
    """The same dataset once more, to change."""
    return shutil.copytree(first / "out", tmp_path / "out")


def looks(out: Path) -> dict[str, tuple[int, int]]:
    """Every file of a dataset but the run's account and the store, with what tells whether it was written anew."""
    kept = (path for path in out.rglob("*") if path.suffix in (".jsonl", ".csv", ".parquet"))
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in kept}


def test_nothing_new_is_said_and_nothing_is_done(first: Path, trialtrace: Trialtrace) -> None:
    before, bytes_before = looks(first / "out"), content(first / "out")
    done = trialtrace("run", "texts", "--out", "out", cwd=first, fake=True, **NO_PREFECT, **REFUSE)
    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert "Nothing is new: all 3 documents were read before" in said
    assert "5 records, 1 finding stay as they are" in said
    assert looks(first / "out") == before
    assert content(first / "out") == bytes_before


def test_a_file_that_is_missing_or_was_changed_is_written_anew(first: Path, out: Path, trialtrace: Trialtrace) -> None:
    whole = content(out)
    (out / "records.jsonl").unlink()
    (out / "tables" / "estimates.csv").write_text("edited by hand")
    done = trialtrace("run", "texts", "--out", out, cwd=first, fake=True, **NO_PREFECT, **REFUSE)
    assert done.returncode == 0
    assert content(out) == whole


def test_decisions_made_since_are_in_the_dataset(first: Path, out: Path, trialtrace: Trialtrace) -> None:
    records = map(json.loads, (out / "records.jsonl").read_text().splitlines())
    ids = {(record["study"], record["kind"]): record["record_id"] for record in records}
    reject = Decision(record_id=ids["BRAVO", "estimate"], verdict="reject", reviewer="ann", at="2026-01-02T00:00:00Z")
    with open_store(out / "trialtrace.db") as store:
        store.decide(reject)
    done = trialtrace("run", "texts/a.txt", "--out", out, cwd=first, fake=True, **NO_PREFECT, **REFUSE)
    assert "Nothing is new: the document was read before" in " ".join(done.stdout.split())
    records = map(json.loads, (out / "records.jsonl").read_text().splitlines())
    assert [record["study"] for record in records if record["review"] is not None] == ["BRAVO"]


def test_decisions_that_lost_their_place_are_told(tmp_path: Path, trialtrace: Trialtrace, prefect_url: str) -> None:
    call = {"cwd": tmp_path, "fake": True, "PREFECT_API_URL": prefect_url}
    (tmp_path / "a.txt").write_text(RATES)
    trialtrace("run", "a.txt", **call)
    with open_store(tmp_path / "outputs" / "trialtrace.db") as store:
        (held,) = store.held()
        for record in store.extracted(held.reading_id):
            at = "2026-01-02T00:00:00Z"
            store.decide(Decision(record_id=record["record_id"], verdict="accept", reviewer="ann", at=at))
    (tmp_path / "a.txt").write_text(RATES.replace("HR 0.38", "HR 0.39"))
    done = trialtrace("run", "a.txt", **call)
    assert "1 review decision found no place in the documents as they are read now" in done.stdout
    assert "trialtrace decisions --lost lists them" in done.stdout


def test_what_cannot_be_read_for_good_is_not_tried_again(
    tmp_path: Path, trialtrace: Trialtrace, prefect_url: str
) -> None:
    (tmp_path / "a.pdf").write_text("ENCRYPTED")
    (tmp_path / "b.pdf").write_text("ENCRYPTED")
    runs = [
        trialtrace("run", "a.pdf", "b.pdf", "--out", "out", "--json", cwd=tmp_path, fake=True, **environment)
        for environment in ({"PREFECT_API_URL": prefect_url}, NO_PREFECT | REFUSE)
    ]
    assert [done.returncode for done in runs] == [1, 1]
    before, after = (json.loads(done.stdout)["documents"] for done in runs)
    assert [row["status"] for row in after] == ["encrypted", "encrypted"]
    assert [row["reason"] for row in after] == [row["reason"] for row in before]


def test_a_new_file_is_the_only_one_read(
    first: Path, out: Path, tmp_path: Path, trialtrace: Trialtrace, prefect_url: str
) -> None:
    (tmp_path / "new.txt").write_text("9% of 100 NOVEL came.")
    done = trialtrace(
        "run", "texts", tmp_path / "new.txt", "--out", out, cwd=first, fake=True, PREFECT_API_URL=prefect_url
    )
    assert "1 document read: 2 records, 0 findings; 3 documents known already" in " ".join(done.stdout.split())


def run_both(folder: Path, environment: dict[str, str], *database: str) -> list[tuple[int, str]]:
    """Two runs at once over overlapping files, each into a folder of its own, on one store."""
    command = [sys.executable, "-m", "tests.pipeline.fake_command", "run"]
    started = [
        subprocess.Popen(
            [*command, *files, "--out", out, *database],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for files, out in ((("a.txt", "b.txt"), "one"), (("b.txt", "c.txt"), "two"))
    ]
    return [(process.wait(timeout=120), process.communicate()[1]) for process in started]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A folder of three texts."""
    for name, study in (("a", "ALPHA"), ("b", "BRAVO"), ("c", "CHARLIE")):
        (tmp_path / f"{name}.txt").write_text(f"5% of 100 {study} came.")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_runs_at_once_on_one_store_both_count(
    three: Path,
    kind: str,
    trialtrace: Trialtrace,
    prefect_url: str,
    quiet_environment: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    database = "team.db" if kind == "sqlite" else request.getfixturevalue("postgresql_url")
    ended = run_both(three, quiet_environment | {"PREFECT_API_URL": prefect_url}, "--db", database)
    assert ended == [(0, ""), (0, "")]
    place = three / database if kind == "sqlite" else database
    with open_store(place) as store:
        assert [held.document for held in store.held()] == ["a", "b", "c"]
        assert len(store.runs()) == 2
    done = trialtrace("run", "a.txt", "--out", "one", "--db", database, cwd=three, fake=True, **NO_PREFECT)
    assert done.returncode == 0
    assert len((three / "one" / "records.jsonl").read_text().splitlines()) == 6


@pytest.mark.slow
def test_a_store_on_a_server_gives_the_same_files_as_one_in_a_file(
    first: Path, trialtrace: Trialtrace, prefect_url: str, postgresql_url: str
) -> None:
    done = trialtrace(
        *("run", "texts", "--out", "team"),
        cwd=first,
        fake=True,
        PREFECT_API_URL=prefect_url,
        TRIALTRACE_DB=postgresql_url,
    )
    assert done.returncode == 0, done.stderr
    assert f"The store is {postgresql_url}" in done.stdout
    assert not (first / "team" / "trialtrace.db").exists()
    assert content(first / "team") == content(first / "out")
    by_option = trialtrace("records", "--json", "--db", postgresql_url, cwd=first)
    by_setting = trialtrace("records", "--json", cwd=first, TRIALTRACE_DB=postgresql_url)
    assert len(json.loads(by_option.stdout)) == 5
    assert by_setting.stdout == by_option.stdout
    audited = trialtrace("audit", postgresql_url, "--out", "audit.html", cwd=first)
    assert audited.returncode == 0, audited.stderr
    runs = trialtrace("runs", "--json", cwd=first, TRIALTRACE_DB=postgresql_url)
    assert [run["new"] for run in json.loads(runs.stdout)] == [2]
    second = trialtrace("run", "texts", "--out", "team", "--db", postgresql_url, cwd=first, fake=True, **NO_PREFECT)
    assert "Nothing is new" in second.stdout


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk, and not in every container")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    tiny: Path, tmp_path: Path, trialtrace: Trialtrace, prefect_url: str
) -> None:
    for number in range(4):
        (tmp_path / f"t{number}.txt").write_text(f"{RATES} " * 60 + str(number))
    files = [f"t{number}.txt" for number in range(4)]
    call = {"cwd": tmp_path, "fake": True, "PREFECT_API_URL": prefect_url}
    done = trialtrace("run", *files, "--out", "disk/out", **call)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "make room, then run the same command again" in done.stderr
    assert "Traceback" not in done.stderr
    assert not [path for path in tiny.rglob("*") if path.suffix in (".partial", ".jsonl", ".csv", ".parquet")]
    subprocess.run(["mount", "-o", "remount,size=20m", str(tiny)], check=True)
    assert trialtrace("run", *files, "--out", "disk/out", **call).returncode == 0
    assert trialtrace("run", *files, "--out", "roomy", **call).returncode == 0
    assert content(tiny / "out") == content(tmp_path / "roomy")
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    refused = trialtrace("run", *files, "--out", "disk/out", **call)
    assert (refused.returncode, "Read-only file system" in refused.stderr) == (2, True)
    listed = trialtrace("records", "--db", "disk/out/trialtrace.db", "--json", cwd=tmp_path)
    assert len(json.loads(listed.stdout)) == 720
    subprocess.run(["mount", "-o", "remount,rw", str(tiny)], check=True)


def test_a_disk_that_fills_while_the_files_are_written_leaves_the_old_ones(
    first: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = shutil.copytree(first / "out", tmp_path / "out")
    before = content(out)
    run = Run.model_validate_json((out / "run.json").read_text())
    (out / ".written").unlink()

    def full(_sheet: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sheets.ParquetSheet, "_flush", full)
    with open_store(out / "trialtrace.db") as store, pytest.raises(OSError, match="No space"):
        dataset.write_dataset(store, out, run=run)
    assert content(out) == before
    assert not list(out.rglob("*.partial"))
