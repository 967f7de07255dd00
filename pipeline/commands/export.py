"""`trialtrace export`: a selection of the dataset, in the format of another tool."""

from pathlib import Path

from pipeline import screen
from pipeline.exports.formats import FORMATS, Format, find_format
from pipeline.exports.selection import Selected, Selection
from pipeline.settings import Settings
from pipeline.store import StorePlace, open_store
from schemas.errors import UsageError

FOLDER = "exports"
"""Where exports go beside the store unless a user says otherwise."""


def list_formats(*, as_json: bool) -> int:
    """Print every format with what it is for; returns the exit status."""
    if as_json:
        screen.say_json([{"format": each.name, "about": each.about} for each in FORMATS])
        return 0
    console = screen.out()
    for each in FORMATS:
        console.print(f"{each.name:14}{each.about}", markup=False)
    return 0


def export_dataset(
    name: str, *, database: StorePlace | None, out: Path | None, wanted: Selection, rejected: bool | None, as_json: bool
) -> int:
    """Write one format and say what was written; returns the exit status."""
    form = find_format(name)
    database = database if database is not None else Settings().database
    selection = wanted._replace(rejected=form.rejected if rejected is None else rejected)
    with open_store(database) as store, store.frozen() as frozen:
        selected = Selected(frozen, selection)
        place = _place(form, out, beside=Settings().folder_of(database))
        written = form.write(selected, place)
    records, documents = sum(selected.tally.values()), len(selected.tally)
    if as_json:
        files = [str(path) for path in written.files]
        screen.say_json(
            {"format": form.name, "out": str(place), "records": records, "files": files, "notes": list(written.notes)}
        )
        return 0
    console = screen.out()
    for note in written.notes:
        console.print(note, markup=False)
    console.print(
        f"{_count(records, 'record')} of {_count(documents, 'document')}." if records else "No record is selected."
    )
    names = ", ".join(path.name for path in written.files)
    console.print(f"Written to {place}" + (f": {names}" if form.file is None else ""), markup=False, soft_wrap=True)
    return 0


def _place(form: Format, out: Path | None, *, beside: Path) -> Path:
    """The folder or file to write, its folder made; raises UsageError where one stands in the other's way."""
    if form.file is None:
        folder = out if out is not None else beside / FOLDER / form.name
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder}: is a file, and {form.name} is a folder of files; choose another --out.")
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    place = out if out is not None else beside / FOLDER / form.file
    if place.is_dir() or not place.suffix:
        place = place / form.file
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
