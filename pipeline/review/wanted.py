"""A query string in, what a reviewer asks the queue for out: filters, status and the share of unflagged records."""

from typing import Literal, NamedTuple, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

Status = Literal["open", "done", "accept", "reject", "correct", "add", "waiting", "conflict", "all"]
STATUSES: tuple[Status, ...] = get_args(Status)
RATES = (0, 5, 10, 20, 50)
"""Percent of the queue that is drawn by lot from the records nobody flagged."""
RATE = 10
LONGEST = 200
"""Characters of a filter that are looked at."""


class Wanted(NamedTuple):
    """What a reviewer asks for; "" asks for nothing."""

    document: str = ""
    study: str = ""
    endpoint: str = ""
    kind: str = ""
    flag: str = ""
    check: str = ""
    reviewer: str = ""
    status: Status = "open"
    rate: int = RATE

    @property
    def query(self) -> str:
        """The same as a query string, what is as usual left out."""
        usual = Wanted()
        return urlencode({name: value for name, value in self._asdict().items() if value != getattr(usual, name)})

    @property
    def place(self) -> "Wanted":
        """The same for everyone and at all times: what the order of the queue depends on."""
        return self._replace(status="all", reviewer="")


def read_wanted(params: QueryParams) -> Wanted:
    """What a query string asks for; what it asks for in vain is as usual."""
    document, study, endpoint, kind, flag, check, reviewer = (
        params.get(name, "").strip()[:LONGEST] for name in Wanted._fields[:7]
    )
    status: Status = next((known for known in STATUSES if known == params.get("status")), "open")
    rate = next((known for known in RATES if str(known) == params.get("rate")), RATE)
    return Wanted(document, study, endpoint, kind, flag, check, reviewer, status, rate)
