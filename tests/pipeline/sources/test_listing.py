"""Manifests: which files a list means, and what is said of a list that means none."""

from pathlib import Path

import pytest

from pipeline.sources import find
from pipeline.sources.europe_pmc import Ledger, Row
from pipeline.sources.listing import read_entries
from schemas.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.csv", "\ufefftitle,File\nA,a.txt\nB,sub/b.txt\nnothing,\n"),
        ("list.toml", 'files = ["a.txt", "sub/b.txt"]'),
        ("list.toml", '[[documents]]\nfile = "a.txt"\n[[documents]]\nfile = "sub/b.txt"'),
    ],
)
def test_a_list_names_files_beside_it(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    found = find([folder / name])
    assert [file.path.relative_to(folder).as_posix() for file in found] == ["a.txt", "sub/b.txt"]
    assert all(file.sha256 for file in found)
    assert find([folder / name, folder / "a.txt"]) == found


def test_a_listed_file_that_is_missing_is_a_problem_of_its_own(folder: Path) -> None:
    (folder / "list.csv").write_text("file\na.txt\ngone.pdf\n")
    read, missing = find([folder / "list.csv"])
    assert read.sha256 is not None
    assert (missing.stem, missing.sha256) == ("gone", None)
    assert "list.csv lists it, but there is no such file" in missing.problem


def test_ids_are_looked_for_where_they_were_fetched(folder: Path) -> None:
    inbox = folder / "inbox"
    inbox.mkdir()
    ledger = Ledger(inbox)
    ledger.file(Row(id="PMC1", file="PMC1.xml", status="fetched", doi="10.1/Aa", pmid="7"), b"<article/>")
    ledger.note(Row(id="PMC2", status="no_full_text", reason="none"))
    (folder / "list.csv").write_text("pmcid,doi\nPMC1,\n,10.1/aA\n,10.1/other\n")
    unknown, known = find([folder / "list.csv"], inboxes=[inbox])
    assert known.path == inbox / "PMC1.xml"
    assert "trialtrace fetch --manifest" in unknown.problem
    assert [file.path.name for file in find([inbox / "manifest.csv"])] == ["PMC1.xml"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("list.csv", "title,year\nx,1\n", "lists nothing"),
        ("list.csv", "", "lists nothing"),
        ("list.toml", "file = [", "not a manifest"),
        ("list.toml", "fils = ['a.txt']", "not a manifest"),
        ("list.csv", "file\nnotes.docx\n", "not a kind of document"),
    ],
)
def test_a_list_of_nothing_is_wrong_usage(folder: Path, name: str, text: str, message: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(UsageError, match=message):
        find([folder / name])


def test_bytes_that_are_no_text_are_no_list(folder: Path) -> None:
    (folder / "list.csv").write_bytes(b"file\n\xff\xfe.txt\n")
    with pytest.raises(UsageError, match="not a manifest"):
        read_entries(folder / "list.csv")
