"""A cron line and what each run is given in, runs at their times out, until told to stop."""

import asyncio
import signal
from typing import Any, cast

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from pipeline.nightly import nightly
from schemas.errors import UsageError


class OneAtATime(Runner):
    """A runner that a polite kill ends as Ctrl-C does: what it started is ended and its schedule paused."""

    def handle_sigterm(self, *_: Any, **__: Any) -> None:
        """In place of Prefect's own, which does not wait for the end of what it begins."""
        signal.raise_signal(signal.SIGINT)


def deploy(cron: str, *, timezone: str, name: str, given: dict[str, Any]) -> RunnerDeployment:
    """The schedule as Prefect knows it: a run that is due while another is at work is cancelled, not kept for later.

    Raises UsageError where the cron line or the timezone means nothing.
    """
    try:
        deployment = nightly.to_deployment(
            name=name,
            schedule=Cron(cron, timezone=timezone),
            parameters=given,
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    except ValueError as error:
        raise UsageError(
            f"{cron!r} in {timezone} is no schedule. A cron line has five fields, minute hour day month weekday:"
            ' "0 2 * * *" is every night at two.'
        ) from error
    return cast(RunnerDeployment, deployment)  # a coroutine only where there is an event loop


def serve(deployment: RunnerDeployment) -> None:
    """Make the runs of a deployment, one at a time, until Ctrl-C or a polite kill.

    Its schedule is paused then. When it is served again, runs that were due meanwhile are not made up for: Prefect
    forgets what is planned for a deployment that is deployed anew.
    """
    runner = OneAtATime(limit=1, pause_on_shutdown=True)
    runner.add_deployment(deployment)
    try:
        asyncio.run(runner.start())
    except KeyboardInterrupt:
        return
