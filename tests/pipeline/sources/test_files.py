"""Files and folders: what counts as a document, what is passed over, what is wrong usage."""

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.sources import find
from schemas.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.pdf", "a.TXT", "sub/c.nxml", "sub/d.xml", "notes.docx", ".hidden.pdf", ".git/e.txt", "out/f.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_a_folder_is_searched_for_documents(folder: Path) -> None:
    found = find([folder], without=[folder / "out"])
    assert [file.path.relative_to(folder).as_posix() for file in found] == ["a.TXT", "b.pdf", "sub/c.nxml", "sub/d.xml"]
    assert [file.format for file in found] == ["text", "pdf", "jats", "jats"]
    assert found[1].sha256 == hashlib.sha256(b"b.pdf").hexdigest()


def test_files_stand_in_one_order_however_they_are_named(folder: Path) -> None:
    first = find([folder / "b.pdf", folder / "sub", folder / "a.TXT"])
    assert first == find([folder / "a.TXT", folder / "b.pdf", folder / "sub", folder / "b.pdf"])


def test_a_file_under_two_folders_is_found_once(folder: Path) -> None:
    assert len(find([folder / "sub", folder / "sub" / "c.nxml"])) == 2


def test_a_link_to_nowhere_is_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    (found,) = find([tmp_path])
    assert found.sha256 is None
    assert "No such file" in found.problem


def test_a_folder_named_like_a_document_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    with pytest.raises(UsageError, match="no document here"):
        find([tmp_path])


@pytest.mark.parametrize(
    ("name", "message"), [("nothing.pdf", "no such file"), ("notes.docx", "not a kind of document"), (".git", "no doc")]
)
def test_wrong_inputs_are_refused(folder: Path, name: str, message: str) -> None:
    (folder / ".git" / "e.txt").unlink()
    with pytest.raises(UsageError, match=message):
        find([folder / name])


def test_a_name_that_is_no_text_is_made_one(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    (found,) = find([tmp_path])
    assert (found.stem, found.file) == ("caf\ufffd", f"{tmp_path}/caf\ufffd.txt")
    assert found.path.read_text() == "x"
