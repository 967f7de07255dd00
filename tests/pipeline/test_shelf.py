"""Which documents a dataset holds: every file ever read, as its latest run found it."""

from pipeline.exports.content import contents
from tests.pipeline.conftest import Shelf

STORES = ("sqlite", "postgresql")
ONE, TWO = "5% of 100 ONE came.", "6% of 100 TWO came."


def held(shelf: Shelf) -> dict[str, str]:
    """Name -> status."""
    return {found.document: found.status for found in shelf.store.held()}


def test_runs_into_one_folder_add_up(shelf: Shelf) -> None:
    shelf.write(a_txt=ONE, b_txt=TWO)
    shelf.run("a.txt")
    shelf.run("b.txt")
    assert held(shelf) == {"a": "read", "b": "read"}


def test_a_changed_file_is_what_it_is_now(shelf: Shelf) -> None:
    shelf.write(a_txt=ONE)
    shelf.run()
    shelf.write(a_txt=TWO)
    shelf.run()
    (found,) = contents(shelf.store)
    assert {record["study"] for record in found.records} == {"TWO"}


def test_a_file_that_cannot_be_read_any_more_leaves_its_status(shelf: Shelf) -> None:
    shelf.write(a_txt=ONE)
    shelf.run()
    shelf.write(a_txt="ENCRYPTED")
    shelf.run()
    (found,) = contents(shelf.store)
    assert (found.held.status, found.held.reason, found.records) == ("encrypted", "locked", [])


def test_files_of_the_same_bytes_are_one_document_under_the_first_name(shelf: Shelf) -> None:
    shelf.write(b_txt=ONE, a_txt=ONE)
    shelf.run()
    (found,) = shelf.store.held()
    assert found.document == "a"
    assert [file.rsplit("/", 1)[1] for file in found.files] == ["a.txt", "b.txt"]


def test_a_renamed_file_takes_its_document_along(shelf: Shelf) -> None:
    shelf.write(b_txt=ONE)
    shelf.run()
    (shelf.folder / "b.txt").rename(shelf.folder / "c.txt")
    shelf.run()
    assert held(shelf) == {"c": "read"}


def test_two_documents_of_one_stem_are_kept_apart(shelf: Shelf) -> None:
    shelf.write(a_txt=ONE, a_pdf=TWO)
    shelf.run("a.txt")
    assert held(shelf) == {"a": "read"}
    shelf.run("a.pdf")
    found = {content.held.document: content.records[0]["study"] for content in contents(shelf.store)}
    assert found == {"a": "TWO", "a.txt": "ONE"}


def test_a_repeated_run_takes_the_place_of_the_earlier_one(shelf: Shelf) -> None:
    shelf.write(a_txt=ONE)
    shelf.run()
    before = shelf.store.held()
    shelf.runs = 0
    shelf.run()
    assert shelf.store.held() == before


def test_newer_code_takes_over(shelf: Shelf) -> None:
    shelf.write(a_txt=ONE, b_txt=TWO)
    shelf.run(code="1")
    shelf.run("b.txt", code="2")
    assert {found.document: found.code_version for found in shelf.store.held()} == {"a": "1", "b": "2"}
