"""`trialtrace plot` and `trialtrace report` as a user meets them."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from schemas.record import Decision
from tests.pipeline.audit.test_audit import Reader
from tests.pipeline.conftest import RATES, Ask, Shelf

OTHER = "In 2021, 50% of 20 OTHER patients answered [3]. HR 0.50 (0.30-0.60); P = 0.01 was better [7]."
HOSTILE = "In 2020, 12% of 50 SCRIPT got </style><script>alert(1)</script> [18]. HR 0.9 (0.2-NR); P < 0.01 [7]."


@pytest.fixture
def folder(shelf: Shelf) -> Path:
    """Where a small dataset lies."""
    shelf.write(a_txt=RATES, b_txt=OTHER, c_txt="ENCRYPTED", d_txt=HOSTILE)
    shelf.run()
    return shelf.folder.parent


def test_a_forest_plot_is_drawn_beside_the_store(folder: Path, ask: Ask) -> None:
    done = ask("plot", "forest", "--db", "trialtrace.db")
    assert done.exit_code == 0, done.output
    assert "Forest plot of 3 results" in done.stdout
    assert "Drawn for OS. --endpoint takes another: ORR" in done.stderr
    text = (folder / "forest.svg").read_text(encoding="utf-8")
    assert "HR 0.38 (0.20-0.70); P = 0.008 was better" in text
    assert "<script" not in text


@pytest.mark.parametrize("name", ["o.png", "o.PDF", "sub/o.svg"])
def test_the_ending_decides_the_format(folder: Path, ask: Ask, name: str) -> None:
    done = ask("plot", "forest", "--db", "trialtrace.db", "--endpoint", "orr", "--site", "intracranial", "--out", name)
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    start = (folder / name).read_bytes()[:5]
    assert start in (b"\x89PNG\r", b"%PDF-", b"<svg ")


def test_selections_narrow_it(folder: Path, ask: Ask, shelf: Shelf) -> None:
    found = json.loads(ask("records", "--db", "trialtrace.db", "--json", "--kind", "comparison").stdout)
    shelf.store.decide(
        Decision(record_id=found[0]["record_id"], verdict="accept", reviewer="ada", at=datetime(2026, 1, 2, tzinfo=UTC))
    )
    shelf.store.decide(
        Decision(record_id=found[1]["record_id"], verdict="reject", reviewer="ada", at=datetime(2026, 1, 2, tzinfo=UTC))
    )
    assert "1 result of 1 study" in ask("plot", "forest", "--db", "trialtrace.db", "--reviewed-only").stdout
    ask("plot", "forest", "--db", "trialtrace.db", "--endpoint", "OS", "--link", "http://x/")
    text = (folder / "forest.svg").read_text(encoding="utf-8")
    assert f'href="http://x/{found[0]["record_id"]}"' in text
    assert found[1]["record_id"] not in text, "a rejected record is not drawn"
    assert "✓" in text
    done = ask("plot", "map", "--db", "trialtrace.db", "--where", "study=OTHER")
    assert "of 1 study, printed by 1 document. Only study=OTHER." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["forest", "--endpoint", "no"], "No result fits (Only endpoint=no). Endpoints of the dataset: OS, ORR."),
        (["forest", "--out", "x.gif"], "a picture's name ends in .svg, .png, .pdf"),
        (["forest", "--site", "elsewhere"], "site is one of"),
        (["map", "--where", "colour=red"], "records have no field"),
        (["timeline", "--db", "nowhere.db"], "nowhere.db"),
        (["forest", "--out", "trialtrace.db/x.svg"], "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said(folder: Path, ask: Ask, arguments: list[str], said: str) -> None:
    done = ask("plot", *(["--db", "trialtrace.db"] if "--db" not in arguments else []), *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not [path for path in folder.rglob("*") if path.suffix in (".gif", ".partial", ".svg")]


def test_a_map_and_a_timeline(folder: Path, ask: Ask) -> None:
    assert "Evidence map of 4 studies" in ask("plot", "map", "--db", "trialtrace.db").stdout
    assert "Timeline of 1 run." in ask("plot", "timeline", "--db", "trialtrace.db").stdout
    for name in ("map.svg", "timeline.svg"):
        assert etree.fromstring((folder / name).read_bytes()).get("role") == "img"


def test_the_report_needs_nothing_else(folder: Path, ask: Ask) -> None:
    done = ask("report", "--db", "trialtrace.db")
    assert done.exit_code == 0, done.output
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert ask("report", "--db", "trialtrace.db", "--out", "again.html").exit_code == 0
    assert (folder / "again.html").read_text(encoding="utf-8") == page
    reader = Reader(page)
    assert reader.open == []
    assert not [tag for tag, attributes in reader.tags if attributes.keys() & {"src", "srcset", "action", "data"}]
    links = {attributes["href"] for tag, attributes in reader.tags if tag == "a"}
    assert {link for link in links if not (link or "").startswith("#")} == set()
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {(link or "").removeprefix("#") for link in links} <= set(ids)
    assert "@import" not in page
    assert not re.search(r"url\((?!#|&quot;#)", page)


def test_the_report_tells_of_every_document_and_hostile_words_stay_words(folder: Path, ask: Ask) -> None:
    ask("report", "--db", "trialtrace.db")
    reader = Reader((folder / "report.html").read_text(encoding="utf-8"))
    tags = [tag for tag, _ in reader.tags]
    assert "script" not in tags
    assert tags.count("style") == 1
    text = " ".join(reader.text.split())
    assert "not read (encrypted) : locked" in text or "not read (encrypted): locked" in text
    assert "<script>alert(1)</script>" in text
    for part in ("a.txt", "b.txt", "c.txt", "d.txt", "HR 0.38 (0.20-0.70)", "No check found numbers that disagree."):
        assert part in text


def test_the_report_of_a_selection_says_so(folder: Path, ask: Ask) -> None:
    done = ask("report", "--db", "trialtrace.db", "--where", "study=OTHER", "--unflagged-only")
    assert done.exit_code == 0, done.output
    text = Reader((folder / "report.html").read_text(encoding="utf-8")).text
    assert "Only study=OTHER, unflagged." in text
    assert "12%" not in text


def test_an_empty_dataset_has_a_report_and_no_picture(shelf: Shelf, ask: Ask) -> None:
    shelf.write(a_txt="Nothing here.")
    shelf.run()
    assert ask("report", "--db", "trialtrace.db").exit_code == 0
    assert "There is no result to draw." in (shelf.folder.parent / "report.html").read_text(encoding="utf-8")
    done = ask("plot", "forest", "--db", "trialtrace.db")
    assert (done.exit_code, "The dataset holds no results to draw." in done.stderr) == (2, True)
