"""`pages`: a picture of what was read, and what a person is told where there is none."""

from pathlib import Path

import pytest
from PIL import Image

from tests.pipeline.conftest import ROOT, Ask

SAMPLE = ROOT / "corpus" / "ldl_pcsk9.pdf"


def test_a_page_is_drawn(ask: Ask, tmp_path: Path) -> None:
    done = ask("pages", SAMPLE, "--page", "2", "--out", "two.png", "--dpi", "72")
    assert done.exit_code == 0
    assert "page 2 of" in done.stdout
    with Image.open(tmp_path / "two.png") as drawn:
        assert drawn.height > 700
        colours = drawn.convert("RGB").getcolors(maxcolors=1_000_000)
    assert colours is not None
    assert len(colours) > 100, "a bare page of text is black on white"


def test_without_a_name_the_picture_lies_here(ask: Ask, tmp_path: Path) -> None:
    assert ask("pages", SAMPLE, "--dpi", "36").exit_code == 0
    assert [path.name for path in tmp_path.glob("*.png")] == ["ldl_pcsk9.page1.png"]


@pytest.mark.parametrize(
    ("file", "page", "status"), [("a.pdf", 1, 2), ("a.txt", 1, 2), (SAMPLE, 99, 2), ("bad.pdf", 1, 1)]
)
def test_what_cannot_be_drawn_is_said(ask: Ask, tmp_path: Path, file: str | Path, page: int, status: int) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "bad.pdf").write_text("no PDF")
    done = ask("pages", file, "--page", str(page))
    assert done.exit_code == status
    assert list(tmp_path.glob("*.png")) == []
