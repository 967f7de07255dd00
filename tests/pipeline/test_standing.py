"""Decisions about one record: which one stands."""

from typing import NamedTuple

import pytest

from pipeline.store.standing import fold


class Said(NamedTuple):
    """A decision in short."""

    reviewer: str
    verdict: str
    role: str = "single"
    correction: dict[str, object] = {}  # noqa: RUF012  (never changed)


ADA, BEN = Said("ada", "accept"), Said("ben", "reject")
BLIND_ADA, BLIND_BEN = Said("ada", "accept", "blind"), Said("ben", "reject", "blind")
FIVE, SIX = Said("ada", "correct", "blind", {"n": 5}), Said("ben", "correct", "blind", {"n": 6})
UNDO_ADA, UNDO_BEN = Said("ada", "withdraw"), Said("ben", "withdraw")
JUDGE = Said("cy", "reject", "adjudicator")


@pytest.mark.parametrize(
    ("log", "state", "by"),
    [
        ([], "open", None),
        ([ADA], "accept", "ada"),
        ([ADA, BEN], "reject", "ben"),
        ([ADA, UNDO_ADA], "open", None),
        ([BEN, ADA, UNDO_ADA], "reject", "ben"),
        ([ADA, UNDO_BEN], "accept", "ada"),
        ([ADA, Said("ada", "reject"), UNDO_ADA], "accept", "ada"),
        ([ADA, UNDO_ADA, UNDO_ADA, Said("ada", "reject")], "reject", "ada"),
        ([BLIND_ADA], "waiting", None),
        ([BLIND_ADA, BLIND_BEN], "conflict", None),
        ([BLIND_ADA, BLIND_BEN._replace(verdict="accept")], "accept", "ben"),
        ([FIVE, SIX], "conflict", None),
        ([FIVE, SIX._replace(correction={"n": 5})], "correct", "ben"),
        ([BLIND_ADA, BLIND_BEN, UNDO_BEN], "waiting", None),
        ([BLIND_ADA, BLIND_BEN, JUDGE], "reject", "cy"),
        ([BLIND_ADA, BLIND_BEN, JUDGE, Said("cy", "withdraw")], "conflict", None),
        ([BLIND_ADA, BLIND_ADA._replace(verdict="reject"), BLIND_BEN], "reject", "ben"),
    ],
)
def test_what_stands(log: list[Said], state: str, by: str | None) -> None:
    standing = fold(log)
    assert (standing.state, standing.decision.reviewer if standing.decision else None) == (state, by)
