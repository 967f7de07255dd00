"""The registry of export formats and the command in front of it."""

import csv
import inspect
import json
from datetime import UTC, datetime
from importlib import import_module

import pytest

from pipeline.exports import formats
from pipeline.exports.formats import FORMATS, Format, Written
from schemas.record import Decision
from tests.pipeline.conftest import RATES, Ask, Shelf


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_has_its_module(form: Format) -> None:
    module = import_module(f"{formats.__name__}.{form.module}")
    signature = inspect.signature(module.write, eval_str=True)
    assert list(signature.parameters) == ["selected", "out"]
    assert signature.return_annotation is Written


def test_names_are_told_apart() -> None:
    assert len({form.name for form in FORMATS}) == len(FORMATS)
    assert all(form.name == form.name.lower() for form in FORMATS)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_says_what_it_wrote_and_writes_it_the_same_twice(form: Format, shelf: Shelf, ask: Ask) -> None:
    shelf.write(a_txt=RATES, b_txt="ENCRYPTED")
    shelf.run()
    contents = []
    for _ in range(2):
        done = ask("export", form.name, "--db", "trialtrace.db", "--out", "out", "--json")
        assert done.exit_code == 0, done.output
        said = json.loads(done.stdout)
        assert said["records"] > 0
        assert said["files"], "an export names its files"
        folder = shelf.folder.parent
        contents.append({name: (folder / name).read_bytes() for name in said["files"]})
        left = {str(path.relative_to(folder)) for path in (folder / "out").rglob("*") if path.is_file()}
        assert left == set(said["files"])
    assert contents[0] == contents[1]


def test_the_list_of_formats(ask: Ask) -> None:
    assert [line.split()[0] for line in ask("export").stdout.splitlines()] == [form.name for form in FORMATS]
    assert {row["format"] for row in json.loads(ask("export", "--json").stdout)} == {form.name for form in FORMATS}


def test_a_selection_lands_beside_the_store(shelf: Shelf, ask: Ask) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    done = ask("export", "csv", "--db", "trialtrace.db", "--where", "kind=estimate", "--where", "value>70")
    assert done.exit_code == 0, done.output
    assert "1 record of 1 document." in done.stdout
    with (shelf.folder.parent / "exports" / "csv" / "estimates.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["value"], row["arm"], row["record_id"] != "") == ("74.6", "a + b", True)


def test_what_cannot_be_done_is_said(shelf: Shelf, ask: Ask) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    for arguments, said in (
        (["export", "cvs"], "Formats: csv"),
        (["export", "csv", "--where", "endpont=OS"], "Did you mean endpoint?"),
        (["export", "csv", "--db", "nothing.db"], "no dataset here yet"),
        (["export", "csv", "--db", "trialtrace.db", "--out", "trialtrace.db"], "choose another --out"),
    ):
        done = ask(*arguments)
        assert done.exit_code == 2, done.output
        assert said in " ".join(done.output.split())


def test_what_a_reviewer_rejected_is_in_copies_of_the_data_alone(shelf: Shelf, ask: Ask) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    (ratio,) = (row for row in json.loads(ask("records", "--db", "trialtrace.db", "--json").stdout) if row["p"])
    decided = {"record_id": ratio["record_id"], "verdict": "reject", "reviewer": "ada"}
    shelf.store.decide(Decision.model_validate(decided | {"at": datetime(2026, 1, 2, tzinfo=UTC)}))
    expected = {("csv",): 1, ("csv", "--without-rejected"): 0, ("metafor",): 0, ("metafor", "--include-rejected"): 1}
    for arguments, count in expected.items():
        said = json.loads(ask("export", *arguments, "--db", "trialtrace.db", "--json").stdout)
        table = {"csv": "comparisons.csv", "metafor": "effects.csv"}[arguments[0]]
        (path,) = (shelf.folder.parent / name for name in said["files"] if name.endswith(table))
        with path.open(encoding="utf-8", newline="") as file:
            assert [row["review"] for row in csv.DictReader(file)] == ["reject"] * count, arguments


def test_the_copy_of_the_store_is_a_store(shelf: Shelf, ask: Ask) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    done = ask("export", "sqlite", "--db", "trialtrace.db", "--out", "copies")
    assert done.exit_code == 0, done.output
    assert [path.name for path in (shelf.folder.parent / "copies").iterdir()] == ["copy.db"]
    listed = [ask("records", "--db", name, "--json").stdout for name in ("trialtrace.db", "copies/copy.db")]
    assert listed[0] == listed[1] != ""
    refused = ask("export", "sqlite", "--db", "trialtrace.db", "--where", "kind=cohort")
    assert refused.exit_code == 2
    assert "the store as it is" in refused.output


def test_an_empty_selection_is_no_error(shelf: Shelf, ask: Ask) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    done = ask("export", "csv", "--db", "trialtrace.db", "--where", "study=nobody")
    assert done.exit_code == 0
    assert "No record is selected." in done.stdout
