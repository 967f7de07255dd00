"""What a run must survive: documents that loop or eat memory, and being killed at any moment."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.pipeline.conftest import RATES, Ask, Trialtrace
from tests.pipeline.test_flow import content

FOLDERS, KILLS = 10, 2  # twenty kills: the second hits a run that takes up what the first left
TEXTS = {f"{n:02}.txt": f"{'NAP ' * (n % 2)}{n}% of {n + 20} ALPHA{n} came. {RATES}" for n in range(1, 21)}


def test_documents_past_their_limits_fail_and_the_others_are_read(
    tmp_path: Path, trialtrace: Trialtrace, prefect_url: str
) -> None:
    for name, text in {"a": RATES, "loop": "LOOP here", "eat": "EAT here", "z": "7% of 30 CHARLIE came."}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    done = trialtrace(
        *("run", ".", "--workers", "2", "--json", "--megabytes-per-document", "200"),
        cwd=tmp_path,
        fake=True,
        PREFECT_API_URL=prefect_url,
        TRIALTRACE_SECONDS_PER_DOCUMENT="2",
    )
    assert done.returncode == 1
    rows = {Path(row["file"]).stem: row for row in json.loads(done.stdout)["documents"]}
    assert {name: row["status"] for name, row in rows.items()} == {
        "a": "read",
        "loop": "failed",
        "eat": "failed",
        "z": "read",
    }
    assert "longer than 2 seconds" in rows["loop"]["reason"]
    assert "more memory than 200 MB" in rows["eat"]["reason"]


class Undisturbed:
    """A run left alone: what it gave, and how long it took from its folder's lock to its end."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        process = begin(folder, environment, out="undisturbed")
        began = time.monotonic()
        assert process.wait(120) == 0
        self.seconds = time.monotonic() - began
        self.content = content(folder / "undisturbed")


def begin(folder: Path, environment: dict[str, str], *, out: str) -> "subprocess.Popen[bytes]":
    """A run that has just taken the lock of its output folder, in a process group of its own."""
    command = [sys.executable, "-m", "tests.pipeline.fake_command", "run", "texts", "--out", out, "--workers", "2"]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    (folder / out / ".lock").unlink(missing_ok=True)  # which the run before left
    end = time.monotonic() + 60
    while not (folder / out / ".lock").exists():
        assert process.poll() is None
        assert time.monotonic() < end, "the run does not begin"
        time.sleep(0.005)
    return process


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_a_store_from_which_the_next_completes(
    tmp_path: Path, quiet_environment: dict[str, str], trialtrace: Trialtrace, prefect_url: str, ask: Ask
) -> None:
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text)
    environment = quiet_environment | {"PREFECT_API_URL": prefect_url}
    undisturbed = Undisturbed(tmp_path, environment)
    moments = random.Random(20)
    read_before = []
    for number in range(FOLDERS):
        out = f"out-{number}"
        for kill in range(KILLS):
            process = begin(tmp_path, environment, out=out)
            if (number + kill) % 2:  # at any time, which mostly hits the beginning or the end of so short a run
                time.sleep(moments.uniform(0, undisturbed.seconds))
            else:
                await_readings(tmp_path / out, moments.randrange(1, len(TEXTS)), process)
                time.sleep(moments.uniform(0, 0.1))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            read_before.append(readings_in(tmp_path / out))
            assert ask("records", "--db", f"{out}/trialtrace.db", "--json").exit_code in (0, 2)
        done = trialtrace("run", "texts", "--out", out, cwd=tmp_path, fake=True, PREFECT_API_URL=prefect_url)
        assert done.returncode == 0, done.stderr
        assert content(tmp_path / out) == undisturbed.content
        assert not list((tmp_path / out).rglob("*.partial"))
    assert len(set(read_before)) > 3, f"the moments of death are all alike: {read_before}"


def await_readings(out: Path, number: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the store holds a number of documents, or the run has ended."""
    store = out / "trialtrace.db"
    while process.poll() is None:
        if store.exists():
            with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database, suppress(sqlite3.Error):
                if database.execute("select count(*) from readings").fetchone()[0] >= number:
                    return
        time.sleep(0.01)


def readings_in(out: Path) -> int:
    """How many documents the store holds, which must be readable, as must be all that was written; -1 for no store."""
    for path in out.rglob("*.jsonl"):
        assert [json.loads(line) for line in path.read_text().splitlines()]
    store = out / "trialtrace.db"
    if not store.exists():
        return -1
    with sqlite3.connect(store) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
        count = database.execute("select count(*) from readings").fetchone()[0] if "readings" in tables else -1
    database.close()
    return int(count)
