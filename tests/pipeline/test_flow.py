"""Runs from end to end with a small core, on one Prefect server: what is left, and that it is always the same."""

import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

import frictionless
import pandas as pd
import pytest

from schemas.run import Run
from tests.pipeline.conftest import RATES, REVIEW, Trialtrace

TEXTS = {
    "a.txt": RATES,
    "a.xml": "7% of 30 CHARLIE and 8% of 40 DELTA came [2].",
    "bug.txt": "BUG 5% of 100 BRAVO came.",
    "busy.txt": "BUSY 5% of 100 BRAVO came.",
    "copy.txt": RATES,
    "crash.pdf": "CRASH 5% of 100 BRAVO came.",
    "locked.pdf": "ENCRYPTED",
    "half.txt": "HALF 5% of 100 BRAVO came.",
    "misquote.txt": "MISQUOTE 5% of 100 BRAVO came.",
    "sub/paper.pdf": "9.5% of 200 ECHO came. HR 0.70 (0.50-NR); P < 0.001 was better.",
}
STATUS = {
    "a.txt": "read",
    "a.xml": "read",
    "bug.txt": "failed",
    "busy.txt": "read",
    "copy.txt": "read",
    "crash.pdf": "failed",
    "locked.pdf": "encrypted",
    "half.txt": "failed",
    "misquote.txt": "failed",
    "sub/gone.pdf": "unreadable_file",
    "sub/paper.pdf": "read",
}


class Ran(NamedTuple):
    """A finished command and what it left."""

    code: int
    said: str
    complained: str
    folder: Path
    out: Path

    @property
    def run(self) -> Run:
        return Run.model_validate_json((self.out / "run.json").read_text())

    def lines(self, name: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in (self.out / name).read_text().splitlines()]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flow")
    for name, text in TEXTS.items():
        (folder / "texts" / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / "texts" / name).write_text(text)
    (folder / "texts" / "sub" / "gone.pdf").symlink_to("nowhere.pdf")
    return folder


@pytest.fixture(scope="module")
def ran(texts: Path, trialtrace: Trialtrace, prefect_url: str) -> Ran:
    done = trialtrace(
        "run", "texts", "--out", "out", "--workers", "2", cwd=texts, fake=True, PREFECT_API_URL=prefect_url
    )
    return Ran(done.returncode, done.stdout, done.stderr, texts, texts / "out")


def content(out: Path) -> dict[str, bytes]:
    """Every file that must be the same in two runs; the run's times are blanked."""
    found = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.suffix in (".jsonl", ".json", ".csv", ".parquet")
    }
    run = json.loads(found["run.json"])
    run |= {"started": "", "finished": ""}
    for document in run["documents"]:
        document["seconds"] = 0
    found["run.json"] = json.dumps(run).encode()
    return found


def test_each_file_has_its_row_and_none_harms_another(ran: Ran) -> None:
    assert ran.code == 1
    assert {row.file.removeprefix("texts/"): row.status for row in ran.run.documents} == STATUS
    assert all(row.reason for row in ran.run.documents if row.status != "read")
    assert "Traceback" not in ran.said + ran.complained


def test_the_files_of_the_contract_are_there_and_no_others(ran: Ran) -> None:
    assert {path.name for path in ran.out.iterdir() if not path.name.startswith(".")} == {
        *("trialtrace.db", "records.jsonl", "findings.jsonl", "sentences.jsonl", "coverage.jsonl"),
        *("tables", "datapackage.json", "run.json", "logs"),
    }
    names = "documents studies cohorts estimates comparisons findings sentences references citations".split()
    assert {path.name for path in (ran.out / "tables").iterdir()} == {
        f"{name}{ending}" for name in names for ending in (".csv", ".parquet")
    }


def test_the_account_names_what_was_found_and_what_failed(ran: Ran) -> None:
    assert "5 documents read: 12 records, 2 findings" in ran.said
    assert "6 documents not read" in ran.said
    assert "the file asks for a password; save a copy without one" in ran.said
    assert "texts/copy.txt is a.txt (same bytes as texts/a.txt, read once)" in ran.said
    assert "texts/a.txt is a.txt" in ran.said
    assert "trialtrace explain" in ran.said


def test_failures_of_the_program_are_logged(ran: Ran) -> None:
    logs = {path.name: path.read_text() for path in (ran.out / "logs").glob("*.log")}
    assert "ValueError: a bug in the core" in logs["bug.txt.log"]
    assert "UnicodeEncodeError" in logs["half.txt.log"]
    assert "died" in logs["crash.pdf.log"]
    assert "locked.pdf.log" not in logs


def test_records_are_those_of_the_documents_that_were_read(ran: Ran) -> None:
    studies = [(record["document"], record["study"], record["kind"]) for record in ran.lines("records.jsonl")]
    assert studies[:4] == [
        ("a", "CHARLIE", "estimate"),
        ("a", "CHARLIE", "cohort"),
        ("a", "DELTA", "estimate"),
        ("a", "DELTA", "cohort"),
    ]
    assert {document for document, _, _ in studies} == {"a", "a.txt", "busy", "paper"}


def test_lines_are_sorted_by_document_then_place(ran: Ran) -> None:
    for name, start in (("records.jsonl", "quote_start"), ("sentences.jsonl", "start")):
        places = [(line["document"], line[start]) for line in ran.lines(name)]
        assert places == sorted(places)
        assert places


def test_coverage_says_what_is_left_over(ran: Ran) -> None:
    rows = {row["document"]: row for row in ran.lines("coverage.jsonl")}
    assert set(rows) == {"a", "a.txt", "busy", "paper"}
    assert [left["text"] for left in rows["a.txt"]["leftovers"]] == ["2020"]
    assert rows["a.txt"]["numbers"] == rows["a.txt"]["explained"] + rows["a.txt"]["leftover"]


def test_the_tables_are_what_their_description_says(ran: Ran) -> None:
    report = frictionless.validate(str(ran.out / "datapackage.json"))
    assert report.flatten(["title", "message"]) == []
    assert report.stats["tasks"] == 9


def test_a_wrong_table_would_be_noticed(ran: Ran, tmp_path: Path) -> None:
    copy = shutil.copytree(ran.out, tmp_path / "copy")
    studies = copy / "tables" / "studies.csv"
    studies.write_text(studies.read_text().replace("CHARLIE", "RENAMED").replace(",trial,", ",rumour,"))
    report = frictionless.validate(str(copy / "datapackage.json"))
    assert any("rumour" in message for (message,) in report.flatten(["message"]))


def test_parquet_holds_what_csv_holds(ran: Ran) -> None:
    for path in (ran.out / "tables").glob("*.parquet"):
        frame = pd.read_parquet(path)
        text = pd.read_csv(path.with_suffix(".csv"), dtype=str, keep_default_na=False)
        assert list(frame.columns) == list(text.columns)
        assert len(frame) == len(text)
    estimates = pd.read_parquet(ran.out / "tables" / "estimates.parquet")
    assert estimates["value"].tolist() == [7, 8, 74.6, 5, 9.5]
    assert [list(refs) for refs in estimates["refs"]] == [["2"], ["2"], ["18"], [], []]
    assert pd.read_csv(ran.out / "tables" / "estimates.csv", dtype=str)["value"].tolist() == [
        "7",
        "8",
        "74.6",
        "5",
        "9.5",
    ]
    ratios = pd.read_csv(ran.out / "tables" / "comparisons.csv", dtype=str, keep_default_na=False)
    assert ratios[["ci_low", "ci_high", "p"]].values.tolist() == [["0.2", "0.7", "=0.008"], ["0.5", "", "<0.001"]]


@pytest.mark.usefixtures("ran")
def test_prefect_knows_the_run_its_tasks_and_its_table(prefect_url: str) -> None:
    def ask(path: str) -> list[dict[str, object]]:
        request = urllib.request.Request(
            f"{prefect_url}/{path}/filter", data=b"{}", headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    assert "Completed" in {flow["state_name"] for flow in ask("flow_runs")}
    names = {task["name"] for task in ask("task_runs")}
    assert any(name.startswith("texts/") and name.endswith(" more") for name in names), "documents are read in batches"
    assert "texts/busy.txt, again" in names
    tables = [json.loads(artifact["data"]) for artifact in ask("artifacts") if artifact["key"] == "trialtrace-run"]
    assert STATUS in [{row["file"].removeprefix("texts/"): row["status"] for row in table} for table in tables]
    progress = [artifact["data"] for artifact in ask("artifacts") if artifact["key"] == "trialtrace-progress"]
    assert 100.0 in set(map(float, progress))


def test_one_worker_and_another_order_leave_the_same_bytes(ran: Ran, trialtrace: Trialtrace, prefect_url: str) -> None:
    files = sorted((f"texts/{name}" for name in STATUS), reverse=True)
    done = trialtrace(
        *("run", *files, "--out", "other", "--workers", "1"), cwd=ran.folder, fake=True, PREFECT_API_URL=prefect_url
    )
    assert done.returncode == 1
    assert content(ran.folder / "other") == content(ran.out)


def test_a_second_run_reads_nothing_again_and_leaves_the_same_bytes(
    ran: Ran, trialtrace: Trialtrace, prefect_url: str
) -> None:
    again = shutil.copytree(ran.out, ran.folder / "again")
    files = [f"texts/{name}" for name, status in STATUS.items() if status == "read"]
    done = trialtrace(
        *("run", *files, "--out", "again", "--json"),
        cwd=ran.folder,
        fake=True,
        PREFECT_API_URL=prefect_url,
        FAKE_CORE="tests.pipeline.fake_core:refuse",
    )
    assert done.returncode == 0
    assert [row["status"] for row in json.loads(done.stdout)["documents"]] == ["read"] * 5
    ours, theirs = content(again), content(ran.out)
    assert ours.pop("run.json") != theirs.pop("run.json")
    assert ours == theirs


def test_a_dataset_made_in_two_steps_is_the_one_made_in_one(ran: Ran, trialtrace: Trialtrace, prefect_url: str) -> None:
    for inputs in (["texts/a.txt"], ["texts"]):
        trialtrace("run", *inputs, "--out", "steps", cwd=ran.folder, fake=True, PREFECT_API_URL=prefect_url)
    assert content(ran.folder / "steps") == content(ran.out)


DEPLOYED = """
from pipeline.flows import build_dataset

run = build_dataset(["review.txt"], out="out", workers=1)
assert [document.status for document in run.documents] == ["read"], run
"""


def test_the_flow_stands_on_its_own_as_a_deployment_calls_it(
    quiet_environment: dict[str, str], prefect_url: str, tmp_path: Path
) -> None:
    (tmp_path / "review.txt").write_text(REVIEW)
    subprocess.run(
        [sys.executable, "-c", DEPLOYED],
        cwd=tmp_path,
        env=quiet_environment | {"PREFECT_API_URL": prefect_url},
        check=True,
        capture_output=True,
        timeout=120,
    )
    values = [json.loads(line)["value"] for line in (tmp_path / "out" / "records.jsonl").read_text().splitlines()]
    assert 42.5 in values
