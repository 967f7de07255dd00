"""The README's picture is one of the sample reviews as they are read now: its rows are records of theirs."""

import json
import re
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "corpus" / "pictures" / "forest.svg"


def test_its_rows_are_records_of_the_samples() -> None:
    ids = set(re.findall(r'id="record-([0-9a-f]{16})"', PICTURE.read_text(encoding="utf-8")))
    known = {}
    for golden in (ROOT / "tests" / "golden").glob("*.pdf.records.jsonl"):
        for line in golden.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            known[record["record_id"]] = record
    assert len(ids) > 10
    assert ids <= known.keys(), "make pictures"
    assert {known[each]["statistic"] for each in ids} == {"HR"}


def test_it_is_small_and_a_picture() -> None:
    assert PICTURE.stat().st_size < 100_000
    assert etree.fromstring(PICTURE.read_bytes()).get("role") == "img"
