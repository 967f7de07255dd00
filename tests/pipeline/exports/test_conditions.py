"""What `--where` may say, whom it takes, and what it answers to what it cannot understand."""

from typing import Any

import pytest

from pipeline.exports.conditions import parse
from schemas.errors import UsageError

RECORD: dict[str, Any] = {
    "record_id": "0a",
    "kind": "comparison",
    "study": "HORIZON-7",
    "study_alt_names": ["the Horizon trial"],
    "registry_ids": ["NCT00000001"],
    "population": "",
    "arm": "drug A + drug B",
    "site": None,
    "endpoint": "PFS",
    "value": 0,
    "n": None,
    "ci": [None, 0.85],
    "p": "<0.001",
    "needs_review": False,
    "flags": ["arm_carried", "arm_ambiguous"],
    "refs": [],
    "review": {"verdict": "accept", "reviewer": "ada", "at": "2026-01-01", "correction": {}},
}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "endpoint=pfs",
            " endpoint = PFS ",
            "study=horizon-7",
            "study=nct00000001",
            "study~the horizon",
            "endpoint!=OS",
        ),
        *("population=", "arm~drug b", "arm!~drug c", "site=", "arm!=", "site!~intra", "n=", "value!="),
        *("value=0", "value<0.1", "value>=0", "ci_high<1", "ci_low=", "p<0.01", "p=<0.001", "p<0.001", "p<=0.001"),
        *("flag=arm_carried", "flags~ambiguous", "flag!=other", "refs=", "needs_review=no", "needs_review!=true"),
        *("review=accept", "review!=none", "reviewer=ADA", "kind=Comparison"),
    ],
)
def test_a_record_that_fulfils_it(text: str) -> None:
    assert parse(text).takes(RECORD)


@pytest.mark.parametrize(
    "text",
    [
        *("endpoint=OS", "endpoint=PF", "study=horizon", "population~a", "population!=", "value!=0", "value>0"),
        *(
            "n>=0",
            "n<5",
            "n=0",
            "n!=",
            "ci_low>0",
            "p<0.0005",
            "p>0.05",
            "p>=0.001",
            "flag=arm",
            "flag!=arm_carried",
            "refs=1",
        ),
        *("needs_review=true", "review=none", "kind=estimate", "site=intracranial", "value="),
    ],
)
def test_a_record_that_does_not(text: str) -> None:
    assert not parse(text).takes(RECORD)


@pytest.mark.parametrize(
    ("printed", "fulfils", "fails"),
    [
        ("=0.05", ("p<=0.05", "p>=0.05", "p<0.06"), ("p<0.05", "p>0.05")),
        ("<0.05", ("p<0.05", "p<=0.05", "p<0.06"), ("p<0.01", "p>0.01", "p>=0")),
        ("<=0.05", ("p<=0.05", "p<0.06"), ("p<0.05", "p>0.01")),
        (">0.05", ("p>0.05", "p>=0.05", "p>0.01"), ("p>0.1", "p<1")),
        ("~0.3", ("p>0.05",), ("p<0.05",)),
        ("1e-3", (), ("p<1", "p>0")),
    ],
)
def test_a_printed_bound_stands_for_all_below_or_above_it(
    printed: str, fulfils: tuple[str, ...], fails: tuple[str, ...]
) -> None:
    record = RECORD | {"p": printed}
    assert [text for text in fulfils if not parse(text).takes(record)] == []
    assert [text for text in fails if parse(text).takes(record)] == []


def test_nobody_decided() -> None:
    assert parse("review=none").takes(RECORD | {"review": None})
    assert not parse("reviewer~a").takes(RECORD | {"review": None})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PFS", "a field, a sign"),
        ("=PFS", "a field, a sign"),
        ("endpont=PFS", "Did you mean endpoint?"),
        ("boxes=1", "no field 'boxes'"),
        ("study>=3", "no number"),
        ("n>=many", "'many' is none"),
        ("n=many", "'many' is none"),
        ("endpoint~", "say which part"),
        ("needs_review=perhaps", "true or false"),
        ("kind=table", "cohort, estimate, comparison"),
        ("statistic=hr2", "median, mean"),
        ("review=done", "none, accept"),
    ],
)
def test_what_it_cannot_understand(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=r"^--where") as error:
        parse(text)
    assert said in str(error.value)
