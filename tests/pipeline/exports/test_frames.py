"""`read_dataset`: the frames of a run's folder and of an export, and what it says where there are none."""

import ast
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.exports.content import contents
from pipeline.exports.datapackage import describe
from pipeline.exports.files import write_json
from pipeline.exports.formats import find_format
from pipeline.exports.frames import Dataset, read_dataset
from pipeline.exports.selection import Selected, Selection
from pipeline.exports.sheets import fill
from pipeline.exports.tables import open_sheets, rows_of
from schemas.errors import UsageError
from tests.pipeline.conftest import RATES, ROOT, Shelf

NUMBERS = {"value": "Float64", "page": "Int64", "quote_start": "Int64", "needs_review": "boolean", "study": "string"}


@pytest.fixture
def dataset(shelf: Shelf) -> Path:
    """What a run leaves: `tables/` with both kinds of file, and their description."""
    shelf.write(a_txt=RATES, b_txt="ENCRYPTED")
    shelf.run()
    folder = shelf.folder.parent
    (folder / "tables").mkdir()
    fill(open_sheets(folder / "tables"), map(rows_of, contents(shelf.store)))
    write_json(folder / "datapackage.json", describe())
    return folder


def test_types(dataset: Path) -> None:
    frames = read_dataset(dataset)
    assert {name: str(frames.estimates[name].dtype) for name in NUMBERS} == NUMBERS
    assert frames.estimates["statistic"].dtype == "category"
    assert "HR" in frames.estimates["statistic"].cat.categories, "all that is allowed, not only what is there"
    assert frames.estimates.at[0, "refs"] == ["18"]
    assert frames.estimates.at[0, "cited"][0]["year"] == 2020
    assert frames.estimates["page"].isna().all()
    assert frames.estimates.at[0, "population"] == "", "everyone, not unknown"
    assert frames.documents["status"].tolist() == ["read", "encrypted"]


def test_an_empty_table_has_its_types_too(dataset: Path) -> None:
    frames = read_dataset(str(dataset))
    whole = frames._replace(estimates=frames.estimates.iloc[:0])
    assert frames.studies.dtypes.equals(read_dataset(dataset).studies.dtypes)
    assert whole.records.dtypes.equals(frames.records.dtypes)


def test_records_are_all_kinds_in_the_order_of_the_text(dataset: Path) -> None:
    frames = read_dataset(dataset)
    assert frames.records["kind"].tolist() == ["estimate", "cohort", "comparison"]
    assert str(frames.records["n"].dtype) == "Float64"
    nothing = Dataset(*(frame.iloc[:0] for frame in frames))
    assert len(nothing.records) == 0
    assert nothing.records.columns.equals(frames.records.columns)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_export_reads_as_the_run_does(dataset: Path, shelf: Shelf, form: str) -> None:
    out = dataset / form
    out.mkdir()
    find_format(form).write(Selected(shelf.store, Selection()), out)
    for exported, written in zip(read_dataset(out), read_dataset(dataset), strict=True):
        pd.testing.assert_frame_equal(exported, written)


def test_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"datapackage\.json is missing"):
        read_dataset(tmp_path)
    write_json(tmp_path / "datapackage.json", describe(()))
    with pytest.raises(UsageError, match="describes no table documents"):
        read_dataset(tmp_path)


def test_the_example_of_the_readme(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.syspath_prepend(str(ROOT / "pipeline" / "library"))
    monkeypatch.chdir(dataset.parent)
    told: dict[str, Any] = {}
    *before, last, records = ast.parse(program.replace('"outputs"', repr(str(dataset)))).body
    exec(compile(ast.Module(before, []), "README.md", "exec"), told)
    found, all_records = (eval(ast.unparse(each), told) for each in (last, records))
    assert found["value"].tolist() == [74.6]
    assert len(all_records) == 3
