"""The command line: quick to answer, plain when something is wrong, documented exit statuses."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline.conftest import RATES, REVIEW, ROOT, Ask, Trialtrace

HEAVY = {
    "prefect",
    "spacy",
    "pandas",
    "pyarrow",
    "sqlalchemy",
    "alembic",
    "pdfplumber",
    "pypdfium2",
    "pydantic_settings",
}


def test_help_loads_nothing_heavy() -> None:
    look = "import sys, pipeline.cli; sys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "typer" in loaded
    assert loaded & (HEAVY | {"extractors"}) == set()


def test_show_loads_neither_prefect_nor_a_database() -> None:
    look = "import sys, pipeline.commands.show; sys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "extractors" in loaded
    assert loaded & {"prefect", "sqlalchemy", "pandas", "alembic"} == set()


def test_what_a_run_over_known_documents_needs_is_light() -> None:
    look = "import sys, pipeline.commands.run; sys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    heavy = {"prefect", "distributed", "httpx", "hishel", "pandas", "spacy", "pdfplumber", "scipy", "alembic"}
    assert "sqlalchemy" in loaded
    assert loaded & heavy == set()


def test_help_lists_the_commands(ask: Ask) -> None:
    done = ask("--help")
    assert done.exit_code == 0
    for command in ("run", "show", "records", "explain", "lexicon", "score"):
        assert f"\n  {command} " in done.stdout
    assert "Exit status: 0 all read, 1 some" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nowhere"], "no such file or folder"),
        (["run", "empty"], "no document here"),
        (["run", "notes.docx"], "not a kind of document"),
        (["run"], "no-corpus-here: there is no such file"),
        (["run", "a.txt", "--out", "notes.docx/under"], "cannot be written to"),
        (["run", "a.txt", "--out", "notes.docx"], "cannot be written to"),
        (["run", "a.txt", "--lexicon", "nowhere"], "no such vocabulary folder"),
        (["run", "a.txt", "--workers", "0"], "Invalid value for '--workers'"),
        (["show", "nowhere.pdf"], "no such file"),
        (["records"], "no dataset here yet"),
        (["records", "--db", "notes.docx"], "cannot be used as a store"),
        (["explain", "0123456789"], "no dataset here yet"),
        (["score", "gold.jsonl", "records.jsonl"], "no such file"),
        (["lexicon", "check", "nowhere"], "no such vocabulary folder"),
        (["scores"], "evaluation data is needed"),
        (["dance"], "No such command"),
    ],
)
def test_wrong_usage_is_told_plainly(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.delenv("TRIALTRACE_EVALUATION_DATA", raising=False)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(RATES)
    (tmp_path / "notes.docx").write_text("notes, long enough not to be an empty database" * 10)
    done = ask(*arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_wrong_usage(trialtrace: Trialtrace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RATES)
    (tmp_path / "locked").mkdir(mode=0o500)
    done = trialtrace("run", "a.txt", "--out", "locked", cwd=tmp_path)
    assert (done.returncode, "cannot be written to" in done.stderr) == (2, True)


def test_a_fault_of_the_program_is_told_without_a_traceback(trialtrace: Trialtrace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("BUG here")
    done = trialtrace("show", "a.txt", cwd=tmp_path, fake=True)
    assert done.returncode == 70
    assert "ValueError: a bug in the core" in done.stderr
    assert "Traceback" not in done.stderr
    kept = Path(done.stderr.split("report it with ")[1].strip().removesuffix("."))
    assert "Traceback" in kept.read_text()
    kept.unlink()


def test_two_runs_do_not_write_to_one_folder(
    quiet_environment: dict[str, str], trialtrace: Trialtrace, prefect_url: str, tmp_path: Path
) -> None:
    (tmp_path / "slow.txt").write_text("SLEEP here")
    (tmp_path / "a.txt").write_text(RATES)
    environment = quiet_environment | {"PREFECT_API_URL": prefect_url}
    command = [sys.executable, "-m", "tests.pipeline.fake_command", "run", "slow.txt", "--out", "out"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as first:
        try:
            end = time.monotonic() + 60
            while not (tmp_path / "slow.asleep").exists():
                assert time.monotonic() < end, "the first run does not begin"
                time.sleep(0.05)
            second = trialtrace("run", "a.txt", "--out", "out", cwd=tmp_path, fake=True, PREFECT_API_URL=prefect_url)
            first.send_signal(signal.SIGINT)
            said, complained = first.communicate(timeout=30)
        finally:
            first.kill()
    assert (second.returncode, "another run is writing here" in second.stderr) == (2, True)
    assert first.returncode == 130
    assert said == ""
    assert complained == "trialtrace: Interrupted. What was read is kept; the same command goes on from there.\n"
    third = trialtrace("run", "a.txt", "--out", "out", cwd=tmp_path, fake=True, PREFECT_API_URL=prefect_url)
    assert third.returncode == 0


def test_a_run_without_a_server_brings_its_own(trialtrace: Trialtrace, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(REVIEW)
    done = trialtrace("run", "one.txt", "--json", cwd=tmp_path, TMPDIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    run = json.loads(done.stdout)
    assert [row["status"] for row in run["documents"]] == ["read"]
    assert run == json.loads((tmp_path / "outputs" / "run.json").read_text())
    records = map(json.loads, (tmp_path / "outputs" / "records.jsonl").read_text().splitlines())
    record = next(record for record in records if record["kind"] == "estimate")
    assert (record["value"], record["ci"], record["endpoint"]) == (42.5, [30.1, 55], "ORR")
    assert (tmp_path / "one.txt").read_text()[record["value_start"] :].startswith("42.5%")
    assert not list(tmp_path.glob("trialtrace-prefect-*"))
    assert not (tmp_path / "outputs" / "logs").exists()
