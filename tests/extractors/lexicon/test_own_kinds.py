"""Units, headings and shapes of study names that a user adds: each changes what is read."""

from pathlib import Path

import pytest

from extractors.document import assemble
from extractors.extract import extract
from extractors.facts import link
from extractors.lexicon import load
from extractors.mentions import recognise
from extractors.plain import read_blocks
from schemas.document import Document, Source
from schemas.lexicon import Lexicon

UNIT = """
[[units]]
id = "logMAR"
code = "logMAR"
quantity = "other"
names = ["logarithmic lines"]
abbreviations = ["logMAR"]
patterns = ['LM\\b']
found_in = ["Acuity rose by 0.3 logMAR."]
"""
TITLE = """
[[section_titles]]
id = "how we looked"
role = "body"
result_bearing = false
names = ["how we looked"]
found_in = ["How we looked"]

[[section_titles]]
id = "thanks"
role = "back"
result_bearing = false
names = ["many thanks"]
found_in = ["Many thanks"]
"""
SHAPE = """
[[study_shapes]]
id = "ward studies"
kind = "acronym"
names = ["northern wards programme"]
patterns = ['\\bWard-(?P<name>[a-z]{4}\\d)\\b']
found_in = ["In Ward-wren3 the rash was rare."]
"""


@pytest.fixture
def own(tmp_path: Path) -> Lexicon:
    for name, text in (("unit", UNIT), ("title", TITLE), ("shape", SHAPE)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return load([tmp_path])


def document(text: str, *, lexicon: Lexicon) -> Document:
    blocks, whole = read_blocks(text.encode())
    source = Source(stem="made", name="made.txt", sha256="0" * 64, format="text")
    return assemble(blocks, source=source, text=whole, lexicon=lexicon)


@pytest.mark.parametrize("printed", ["0.3 logMAR", "0.3 Logarithmic lines", "0.3LM", "0.3 logMAR,"])
def test_a_unit_of_ones_own_is_the_unit_of_its_number(own: Lexicon, printed: str) -> None:
    text = f"# Results\n\nThe change was {printed} in all of them."
    (value,) = recognise(document(text, lexicon=own), lexicon=own).values
    assert value.unit == "logMAR"
    assert [v.unit for v in recognise(document(text, lexicon=load()), lexicon=load()).values] != ["logMAR"]


def test_a_longer_word_is_not_that_unit(own: Lexicon) -> None:
    text = "# Results\n\nThe change was 0.3 logMARs in all of them."
    assert all(v.unit != "logMAR" for v in recognise(document(text, lexicon=own), lexicon=own).values)


def test_a_heading_of_ones_own_says_what_stands_under_it(own: Lexicon) -> None:
    text = "# How we looked\n\nEach article was read by 2 of us.\n\n# Many thanks\n\nTo 7 friends."
    sections = {s.heading: s for s in document(text, lexicon=own).sections}
    assert sections["How we looked"].result_bearing is False
    assert sections["Many thanks"].role == "back"
    assert {s.role for s in document(text, lexicon=load()).sections} == {"body"}
    whole = document(text, lexicon=own)
    _, coverage = link(whole, mentions=recognise(whole, lexicon=own))
    assert [(left.text, left.reason) for left in coverage.leftovers] == [("2", "method")]


def test_a_shape_of_study_names_of_ones_own_finds_its_studies(own: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    path.write_text(
        "# Results\n\nIn Ward-wren3, median PFS was 8.1 months with osimertinib.\n\n"
        "In the Northern Wards Programme, the ORR was 51% with osimertinib.\n",
        encoding="utf-8",
    )
    found = {r.fact.group.study.name for r in extract(path, lexicon=own).records}
    assert found == {"wren3", "Northern Wards Programme"}
    assert found.isdisjoint({r.fact.group.study.name for r in extract(path, lexicon=load()).records})
