"""Pages of a PDF under review: pictures, marks on them, and files that are gone."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pipeline.review.desk import Desk
from pipeline.review.index import Entry
from pipeline.review.leaves import SCALE, Leaf, Leaves, Missing
from pipeline.store import open_store
from tests.pipeline.review.filling import fill

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store over a sample review, and the review beside it."""
    found = tmp_path_factory.mktemp("leaves")
    shutil.copy(CORPUS / "myeloma_relapse.pdf", found / "one.pdf")
    with open_store(found / "trialtrace.db", create=True) as store:
        fill(store, [found / "one.pdf"])
    return found


@pytest.fixture
def pdf_desk(folder: Path) -> Iterator[Desk]:
    """The store under review."""
    with open_store(folder / "trialtrace.db") as store:
        yield Desk(store)


def boxes_of(desk: Desk, entry: Entry) -> list[list[float]]:
    """The boxes of a record's value."""
    return desk.record(entry, "Ada")[0]["boxes"]


def test_a_page_is_drawn_as_large_as_it_says(pdf_desk: Desk) -> None:
    leaves = Leaves(pdf_desk)
    (held,) = pdf_desk.index.held.values()
    leaf = leaves.leaf(held.sha256, 2)
    assert isinstance(leaf, Leaf)
    drawn = leaves.picture(held.sha256, 2)
    assert isinstance(drawn, bytes)
    size = Image.open(io.BytesIO(drawn)).size
    assert size == (round(leaf.width * SCALE), round(leaf.height * SCALE))
    assert leaves.picture(held.sha256, 2) is drawn, "drawn once"
    assert leaves.leaf(held.sha256, 99).number == leaf.pages
    assert isinstance(leaves.picture(held.sha256, 99), Missing)


def test_a_number_is_marked_where_it_is_printed(pdf_desk: Desk) -> None:
    leaves = Leaves(pdf_desk)
    entry = next(each for each in pdf_desk.index.entries.values() if each.kind == "comparison" and each.page == 1)
    boxes = boxes_of(pdf_desk, entry)
    ((x, y, width, height),) = leaves.place(entry.sha256, boxes, 1)
    assert (x, y) == pytest.approx(tuple(boxes[0][1:3]), abs=0.01)
    assert width > 0 < height
    printed = "".join(text for text, _ in leaves.words_within(entry.sha256, boxes))
    assert entry.value in printed
    assert leaves.place(entry.sha256, boxes, 2) == []


def test_each_number_of_a_table_stands_in_a_cell(pdf_desk: Desk) -> None:
    leaves = Leaves(pdf_desk)
    of_tables = [each for each in pdf_desk.index.entries.values() if each.source != "text"]
    assert len(of_tables) > 20
    for entry in of_tables:
        boxes = boxes_of(pdf_desk, entry)
        (cell,) = leaves.cell(entry.sha256, boxes, int(boxes[0][0]))
        x, y, width, height = leaves.place(entry.sha256, boxes, int(boxes[0][0]))[0]
        assert cell[0] <= x + width / 2 <= cell[0] + cell[2]
        assert cell[1] <= y + height / 2 <= cell[1] + cell[3]
        assert cell[3] < 40, "a cell, not a column"


@pytest.mark.parametrize(("change", "reason"), [("gone", "gone"), ("changed", "changed"), ("folder", "gone")])
def test_a_file_that_is_not_the_one_that_was_read_gives_no_picture(
    folder: Path, pdf_desk: Desk, change: str, reason: str
) -> None:
    file, kept = folder / "one.pdf", (folder / "one.pdf").read_bytes()
    (held,) = pdf_desk.index.held.values()
    file.unlink()
    try:
        if change == "changed":
            file.write_bytes(kept[:-1] + b" ")
        elif change == "folder":
            file.mkdir()
        found = Leaves(pdf_desk).leaf(held.sha256, 1)
        assert isinstance(found, Missing)
        assert (found.reason, "one.pdf" in found.message) == (reason, True)
        assert str(folder) not in found.message, "where it lies is nobody's business"
    finally:
        file.rmdir() if file.is_dir() else file.unlink(missing_ok=True)
        file.write_bytes(kept)


def test_a_file_that_comes_back_is_shown_again(folder: Path, pdf_desk: Desk) -> None:
    leaves = Leaves(pdf_desk)
    (held,) = pdf_desk.index.held.values()
    moved = (folder / "one.pdf").rename(folder / "elsewhere.pdf")
    assert isinstance(leaves.picture(held.sha256, 1), Missing)
    moved.rename(folder / "one.pdf")
    assert isinstance(leaves.picture(held.sha256, 1), bytes)
