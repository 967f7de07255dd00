"""How much work a file may be: its pages where it tells them, else its bytes; nothing where it is gone."""

from pathlib import Path

import pytest

from pipeline.sources import find, weigh

PAGES = b"%PDF-1.4\n" + b"<</Type /Pages /Count 3>>\n" + b"<</Type /Page >>\n<</Type/Page/Parent 1 0 R>>\n" * 3


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("told.pdf", PAGES + b"\0" * 900_000, 6.0),
        ("packed.pdf", b"%PDF-1.5\n" + b"\0" * 199_991, 4.0),
        ("empty.pdf", b"", 0.0),
        ("article.xml", b"x" * 80_000, 10.0),
        ("article.txt", b"x" * 80_000, 16.0),
    ],
)
def test_pages_weigh_and_pictures_do_not(tmp_path: Path, name: str, content: bytes, pages: float) -> None:
    (tmp_path / name).write_bytes(content)
    (file,) = find([tmp_path])
    assert weigh(file) == pytest.approx(pages, rel=0.01)


def test_a_file_that_is_gone_is_no_work(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").write_bytes(PAGES)
    (file,) = find([tmp_path])
    file.path.unlink()
    assert weigh(file) == 0
