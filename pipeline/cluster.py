"""The address of a Dask scheduler in, its machines as places to extract on out; and what runs on such a machine."""

import contextlib
import pickle
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.version import code_version as installed_version
from pipeline.workers import Reply, Workers
from schemas.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

ANSWER_SECONDS = 20.0
"""How long a scheduler may take to answer, and its first worker to come."""


class Cluster:
    """A Dask cluster that answers and has workers."""

    def __init__(self, address: str, client: "Client") -> None:
        self.address = address
        self._client = client

    def slots(self) -> int:
        """How many documents its workers can read at once, now; workers may come and go."""
        return sum(self._client.nthreads().values())

    def refuse_elsewhere(self) -> None:
        """Raise UsageError where a worker is on another machine: it could not reach a server that is for this one."""
        for worker in self._client.nthreads():
            if not is_here(urlsplit(worker).hostname or ""):
                raise UsageError(
                    f"{worker}: a worker on another machine cannot reach the temporary Prefect server of this one."
                    " Start one that all machines reach (prefect server start --host 0.0.0.0) and name it in"
                    " PREFECT_API_URL."
                )


def is_here(host: str) -> bool:
    """Whether an address is one of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
        return True


@contextlib.contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster; raises UsageError where no scheduler answers there or it has no worker."""
    from distributed import Client

    try:
        client = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{address}: no Dask scheduler answers. Start one (dask scheduler), and workers (dask worker {address})."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError as error:
            raise UsageError(
                f"{address}: the Dask scheduler has no worker. Start some: dask worker {address}"
            ) from error
        yield Cluster(address, client)


_POOLS: dict[bytes, Workers] = {}
_TURN = threading.Lock()


def extract_here(paths: list[str], *, order: bytes, code_version: str) -> list[Reply]:
    """On a machine of the cluster: what the core makes of each path, in processes that stay warm for the next batch.

    `order` is a pickled Order. Raises UsageError where this machine has another version of the code.
    """
    if installed_version() != code_version:
        raise UsageError(
            f"The Dask worker on {socket.gethostname()} has trialtrace {installed_version()}, the run {code_version}."
            " Install the same on every machine and start its worker anew."
        )
    workers = _pool(order)
    return [workers.extract(Path(path)) for path in paths]


def _pool(order: bytes) -> Workers:
    """The processes of this machine for an order; those for another end once nobody reads with them any more."""
    with _TURN:
        if order not in _POOLS:
            # not stopped: another run may be at work with them, and their pipes are closed with their last user
            _POOLS.clear()
            _POOLS[order] = Workers(_threads(), order=pickle.loads(order), warm=0)
        return _POOLS[order]


def _threads() -> int:
    from distributed import get_worker

    return int(get_worker().state.nthreads)
