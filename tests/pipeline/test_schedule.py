"""A schedule fires, its run appears in the dataset, and no run begins while another is at work."""

import json
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.lock import hold
from tests.pipeline.conftest import REVIEW, ROOT

pytestmark = pytest.mark.slow


def ask(url: str, path: str, **body: Any) -> Any:
    request = urllib.request.Request(
        f"{url}/{path}", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    for _ in range(20):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            if error.code != 503:  # the server's database is busy
                raise
            time.sleep(0.5)
    raise AssertionError("the server stays busy")


def wait_until(what: str, condition: Callable[[], Any], *, seconds: float = 180) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"{what} does not happen"
        time.sleep(0.5)
    return found


def studies(folder: Path) -> set[str]:
    path = folder / "outputs" / "records.jsonl"
    return {json.loads(line)["study"] for line in path.read_text().splitlines()} if path.exists() else set()


Begin = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def begin(tmp_path: Path, quiet_environment: dict[str, str], prefect_url: str) -> Iterator[Begin]:
    """Start the schedule in a folder with an inbox; each run is followed by 30 s of a hook."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "first.txt").write_text(REVIEW)
    command = [sys.executable, "-m", "pipeline.cli", "schedule", "--cron", "* * * * *", "--inbox", "inbox"]
    command += ["--timezone", "Europe/Oslo", "--notify", "sleep 30", "--name", tmp_path.name]
    environment = quiet_environment | {"PREFECT_API_URL": prefect_url}
    running: list[subprocess.Popen[str]] = []

    def start() -> "subprocess.Popen[str]":
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_a_schedule_fires_into_the_dataset_and_no_run_waits_for_another(
    begin: Begin, tmp_path: Path, prefect_url: str
) -> None:
    scheduled = begin()
    wait_until("the scheduled run", lambda: studies(tmp_path) == {"HORIZON-7"})

    def served() -> dict[str, Any]:
        (deployment,) = ask(prefect_url, "deployments/filter", deployments={"name": {"any_": [tmp_path.name]}})
        return deployment

    def runs() -> list[dict[str, Any]]:
        return ask(prefect_url, "flow_runs/filter", deployments={"id": {"any_": [served()["id"]]}})

    assert [run["auto_scheduled"] for run in runs() if run["state_name"] == "Running"] == [True]
    second = ask(prefect_url, f"deployments/{served()['id']}/create_flow_run")
    wait_until("the second run", lambda: {r["id"]: r["state_name"] for r in runs()}[second["id"]] == "Cancelled")
    artifacts = ask(prefect_url, "artifacts/filter", artifacts={"key": {"any_": ["trialtrace-summary"]}})
    assert any("/documents/first" in artifact["data"] for artifact in artifacts)

    scheduled.send_signal(signal.SIGTERM)
    assert scheduled.wait(60) == 0
    assert scheduled.stderr is not None
    said = scheduled.stderr.read()
    assert "Europe/Oslo" in said
    assert "Traceback" not in said
    with hold(tmp_path / "outputs"):
        """What was at work is not any more."""
    assert served()["paused"], "nothing piles up while nobody is there to run it"
    begin()
    wait_until("the schedule", lambda: not served()["paused"])
    assert not [run for run in runs() if run["state_name"] == "Late"]


def test_the_deployment_for_teams_runs_on_a_work_pool(
    tmp_path: Path, quiet_environment: dict[str, str], prefect_url: str
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "first.txt").write_text(REVIEW)
    environment = quiet_environment | {"PREFECT_API_URL": prefect_url, "TRIALTRACE_NOTIFY": f"tee {tmp_path}/hook.json"}

    def prefect(*arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    prefect("work-pool", "create", "trialtrace", "--type", "process", "--overwrite")
    prefect("deploy", "--all")
    (deployed,) = ask(prefect_url, "deployments/filter", deployments={"name": {"any_": ["nightly"]}})
    assert [each["schedule"]["cron"] for each in deployed["schedules"]] == ["0 2 * * *"]
    here = {"inboxes": [str(tmp_path / "inbox")], "out": str(tmp_path / "outputs")}
    ask(prefect_url, f"deployments/{deployed['id']}/create_flow_run", parameters=here)
    prefect("worker", "start", "--pool", "trialtrace", "--run-once")
    wait_until("the deployed run", lambda: studies(tmp_path) == {"HORIZON-7"})
    told = wait_until(
        "the notification", lambda: (tmp_path / "hook.json").exists() and (tmp_path / "hook.json").read_text()
    )
    assert json.loads(told)["new"] == 1
