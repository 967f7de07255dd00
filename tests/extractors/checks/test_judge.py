"""All families together: order, ids, and that no record breaks them."""

import re
from itertools import permutations

import pytest

from extractors.checks import FAMILIES, judge
from schemas.document import Source
from tests.extractors.checks.making import cohort, comparison, document, estimate

RECORDS = [
    comparison("HR", "0.74", ci="95% CI 0.64-0.86", p="=0.012", start=5),
    estimate("ORR", "61.5", ci="95% CI 44.6-76.6", start=20),
    cohort("40", start=30),
    estimate("ORR", "104", start=40),
]


def test_findings_stand_in_the_order_of_the_text_whatever_that_of_the_records() -> None:
    expected = judge(RECORDS, document())
    assert [finding.check for finding in expected] == [
        "interval_contains_value",
        "interval_vs_p",
        "percent_vs_count",
        "interval_contains_value",
        "interval_vs_count",
        "plausibility",
    ]
    for order in permutations(RECORDS):
        assert judge(order, document()) == expected


def test_an_id_is_that_of_the_file_the_check_the_records_and_the_value() -> None:
    ids = [finding.finding_id for finding in judge(RECORDS, document())]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{16}", identity) for identity in ids)
    assert ids == [finding.finding_id for finding in judge(RECORDS, document())]
    other = document().model_copy(update={"source": Source(stem="review", name="x", sha256="0" * 64, format="text")})
    assert not set(ids) & {finding.finding_id for finding in judge(RECORDS, other)}


def test_findings_name_document_study_and_records() -> None:
    for finding in judge(RECORDS, document()):
        assert (finding.document, finding.study) == ("review", "ALPHA")
        assert set(finding.record_ids) <= {record.record_id for record in RECORDS}
        assert finding.message.endswith(".")
        assert finding.severity == "note" or finding.verdict == "inconsistent"


def test_no_records_no_findings() -> None:
    assert judge([], document()) == ()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_names_its_source(family: object) -> None:
    module = __import__(family.__module__, fromlist=["x"])
    assert re.search(r"^(?:Source|Sources|Method)\b", module.__doc__ or "", re.MULTILINE), module.__name__
