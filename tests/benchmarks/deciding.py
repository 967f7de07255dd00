"""A store in; how fast the review page keeps decisions of many reviewers at once, and whether it keeps them all, out.

`python -m tests.benchmarks.deciding OUTPUTS/trialtrace.db` copies the store, serves it as the command does, and lets 50
reviewers decide for a minute, each pausing for a second between two decisions; then it counts the log.
"""

import argparse
import asyncio
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx

from pipeline.store import log, open_store

ROOT = Path(__file__).resolve().parents[2]


class Measured(NamedTuple):
    """Decisions that were answered, those of them that the log holds, and times of answers in milliseconds."""

    answered: int
    kept: int
    median: float
    p95: float
    longest: float


@contextlib.contextmanager
def command(store: Path) -> Iterator[str]:
    """The address of `trialtrace review`, as a process of its own."""
    arguments = [sys.executable, "-m", "pipeline.cli", "review", "--db", str(store), "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://[^/]+", server.stdout.readline())
            assert found is not None, "the server did not start"
            yield found[0]
        finally:
            server.terminate()


async def sign_in(client: httpx.AsyncClient, name: str) -> str:
    """Open a session; returns the token of its forms."""
    await client.post("/signin", data={"name": name})
    page = (await client.get("/team")).text
    return page.split('name="token" value="')[1].split('"')[0]


async def decide(
    client: httpx.AsyncClient, turn: int, ids: list[str], *, token: str, until: float, pause: float
) -> list[tuple[str, float]]:
    """One reviewer's decisions: the reason that marks each, and how long its answer took."""
    done: list[tuple[str, float]] = []
    await asyncio.sleep(pause * (turn % 50) / 50)  # people do not press their keys at one instant
    while time.monotonic() < until:
        reason = f"{turn}, {len(done)}"
        form = {"token": token, "verdict": "accept" if len(done) % 2 else "reject", "reason": reason}
        record = ids[(turn * 31 + len(done) * 7) % len(ids)]
        started = time.perf_counter()
        answer = await client.post(f"/records/{record}/decide", data=form, headers={"HX-Request": "true"})
        took = time.perf_counter() - started
        assert answer.status_code in (200, 204), answer.text[:500]
        done.append((reason, took))
        await asyncio.sleep(max(pause - took, 0))
    return done


async def _all(
    address: str, ids: list[str], *, reviewers: int, seconds: float, pause: float
) -> list[tuple[str, float]]:
    async with contextlib.AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx.AsyncClient(base_url=address, timeout=60)) for _ in range(reviewers)
        ]
        tokens = [await sign_in(client, f"Reviewer {turn}") for turn, client in enumerate(clients)]
        until = time.monotonic() + seconds
        people = [
            decide(client, turn, ids, token=tokens[turn], until=until, pause=pause)
            for turn, client in enumerate(clients)
        ]
        return [each for found in await asyncio.gather(*people) for each in found]


def measure(store: Path, *, reviewers: int, seconds: float, pause: float) -> Measured:
    """Let them decide on the records of the store, then hold the log against what was answered."""
    with open_store(store) as opened:
        ids = [
            row["record_id"] for held in opened.held() if held.reading_id for row, _ in opened.records(held.reading_id)
        ]
    with command(store) as address:
        done = asyncio.run(_all(address, ids, reviewers=reviewers, seconds=seconds, pause=pause))
    with open_store(store) as opened, opened.looking() as session:
        kept = {each.reason for each in log.read_log(session)}
    times = sorted(1000 * took for _, took in done)
    at = [times[int(share * (len(times) - 1))] for share in (0.5, 0.95, 1)]
    return Measured(len(done), sum(reason in kept for reason, _ in done), *(round(each, 1) for each in at))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copy(given.store, folder))
        found = measure(copied, reviewers=given.reviewers, seconds=given.seconds, pause=given.pause)
    sys.stdout.write(json.dumps(found._asdict()) + "\n")
