"""Watched folders: what no run has seen as it is now, and nothing else, is new."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.sources import Seen, find_new
from pipeline.store import Store
from schemas.errors import UsageError
from tests.pipeline.conftest import RATES, Shelf

LATER = datetime.now(UTC) + timedelta(days=1)


def names(folder: Path, seen: dict[str, Seen], *, code: str = "1", words: str = "w") -> list[str]:
    return [file.path.name for file in find_new([folder], seen=seen, code_version=code, lexicon_digest=words)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    return tmp_path


def seen_at(folder: Path, moment: datetime, *, status: str = "read") -> dict[str, Seen]:
    return {str(folder / "a.txt"): Seen(status, moment, "1", "w")}


def test_a_file_that_a_run_saw_is_not_new(folder: Path) -> None:
    assert names(folder, {}) == ["a.txt", "b.txt"]
    assert names(folder, seen_at(folder, LATER)) == ["b.txt"]
    assert names(folder, seen_at(folder, LATER, status="encrypted")) == ["b.txt"]


def test_it_is_new_again_when_it_may_have_changed(folder: Path) -> None:
    assert names(folder, seen_at(folder, datetime.now(UTC) - timedelta(days=1))) == ["a.txt", "b.txt"]
    assert names(folder, seen_at(folder, datetime.now(UTC) + timedelta(seconds=1))) == ["a.txt", "b.txt"]


def test_an_old_file_moved_into_its_place_is_new(folder: Path) -> None:
    os.utime(folder / "a.txt", (0, 0))
    assert "a.txt" in names(folder, seen_at(folder, datetime.now(UTC) - timedelta(hours=1)))


def test_other_code_or_words_make_all_new(folder: Path) -> None:
    assert names(folder, seen_at(folder, LATER), code="2") == ["a.txt", "b.txt"]
    assert names(folder, seen_at(folder, LATER), words="x") == ["a.txt", "b.txt"]


@pytest.mark.parametrize("status", ["failed", "unreadable_file"])
def test_what_may_go_better_is_tried_again(folder: Path, status: str) -> None:
    assert names(folder, seen_at(folder, LATER, status=status)) == ["a.txt", "b.txt"]


def test_nothing_new_is_no_fault_and_no_folder_is_one(tmp_path: Path) -> None:
    assert names(tmp_path, {}) == []
    with pytest.raises(UsageError, match="no such file or folder"):
        names(tmp_path / "gone", {})


def test_the_store_knows_what_runs_saw(shelf: Shelf, store: Store) -> None:
    shelf.write(a_txt=RATES, b_txt="ENCRYPTED")
    shelf.run()
    shelf.run("a.txt", code="2")
    found = {Path(path).name: (seen.status, seen.code_version) for path, seen in store.seen().items()}
    assert found == {"a.txt": ("read", "2"), "b.txt": ("encrypted", "1")}
    assert all(seen.started == datetime(2026, 1, 1, tzinfo=UTC) for seen in store.seen().values())
