"""What cannot be opened or read says which of the known reasons it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.pdf import find_grids, read_pages
from schemas.errors import UnreadableDocument

STATUS_OF = {
    "damaged_unreadablemetadata.pdf": "damaged",
    "derived_encrypted_userpw_secret.pdf": "encrypted",
    "encrypted_aes256_userpw.pdf": "encrypted",
    "derived_html_named.pdf": "not_a_pdf",
    "derived_truncated_60pct.pdf": "damaged",
    "derived_zero_pages.pdf": "no_pages",
    "zero_bytes.pdf": "empty",
    "derived_scanned_review_no-text_10p.pdf": "no_text_layer",
    "image_only_2p.pdf": "no_text_layer",
    "malformed_472bytes.pdf": "no_text_layer",
    "malformed_issue932.pdf": "no_text_layer",
    "garbled_f1000_3-305_14p.pdf": "garbled_text",
    "garbled_non-unicode-cmap.pdf": "garbled_text",
}


def status_of(data: bytes) -> str:
    try:
        read_pages(data)
    except UnreadableDocument as error:
        return error.status if error.reason.endswith(".") else f"{error.status} without a reason"
    return "read"


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", "empty"), (b"<html>404</html>", "not_a_pdf"), (b"%PDF-1.4\nnothing", "damaged")],
)
def test_bytes_that_are_no_document(data: bytes, status: str) -> None:
    assert status_of(data) == status


def test_no_pages(pdf: Callable[..., bytes]) -> None:
    assert status_of(pdf()) == "no_pages"


def test_pictures_without_text(pdf: Callable[..., bytes]) -> None:
    assert status_of(pdf("", "", picture=True)) == "no_text_layer"


def test_one_scanned_page_does_not_lose_the_others(pdf: Callable[..., bytes], text_lines: Callable[..., str]) -> None:
    text = text_lines(["The first of the pages holds all of the text that there is."])
    scan = "q 400 0 0 300 0 0 cm /I Do Q"
    pages = read_pages(pdf(text, scan, text))
    assert [page.unread for page in pages] == [None, "no_text_layer", None]
    assert [page.number for page in pages] == [1, 2, 3]


def test_every_odd_file_ends_well(evaluation_data: Path) -> None:
    folder = evaluation_data / "corpus" / "odd"
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        status = status_of(data)
        assert status == STATUS_OF.get(path.name, "read"), path.name
        if status == "read":
            assert find_grids(read_pages(data))
