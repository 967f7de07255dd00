"""`trialtrace lexicon check`: vocabulary in, the entries that fail their own example sentences out."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from extractors.document import titles_of
from extractors.lexicon import Problem, check, load
from extractors.mentions.names import recognise_names
from extractors.mentions.vocabulary import vocabulary
from pipeline import screen
from pipeline.settings import Settings
from schemas.anchor import Span
from schemas.errors import UsageError
from schemas.lexicon import Entry, Lexicon

FAILED = 1
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def check_vocabulary(folder: Path | None, *, as_json: bool) -> int:
    """Print what is wrong with a folder's entries (with all that are in force where none is given); the exit status."""
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder}: there is no such vocabulary folder.")
    beside = Settings().vocabulary
    folders = [place for place in ((folder,) if folder is not None else (beside,)) if place is not None]
    whole = load(folders)
    mine = _added(whole) if folder is not None else whole
    problems = find_problems(mine, whole)
    counts = Counter({kind: len(getattr(mine, kind)) for kind in Lexicon.model_fields if kind != "digest"})
    if as_json:
        screen.say_json(
            {
                "folder": str(folder) if folder is not None else None,
                "entries": {kind: number for kind, number in counts.items() if number},
                "problems": [problem._asdict() for problem in problems],
            }
        )
    else:
        _print(counts, problems, place=str(folder) if folder is not None else "all in force")
    return FAILED if problems else 0


def find_problems(mine: Lexicon, whole: Lexicon) -> list[Problem]:
    """What is wrong with the entries `mine`, looked for with the whole vocabulary in force."""
    words = vocabulary(whole)

    def recognise(sentence: str) -> set[tuple[str, str]]:
        everything = [Span(0, len(sentence))]
        names = recognise_names(sentence, regions=everything, vocabulary=words, abbreviations=())
        hits = {(kind, hit.entry.id) for kind, found in names.hits.items() if kind != "drugs" for hit in found}
        hits |= {("drugs", drug.rule.removeprefix("drugs:")) for drug in names.drugs}
        return hits | set(_others(sentence, whole))

    return check(mine, recognise=recognise)


def _others(sentence: str, whole: Lexicon) -> Iterator[tuple[str, str]]:
    """Entries of the kinds that are no names, by what reads each: stems, units, headings, shapes of study names."""
    words = vocabulary(whole)
    for entry, stem in zip(whole.drug_stems, words.stems, strict=True):
        if any(match[0].lower() not in stem.spared for match in stem.pattern.finditer(sentence)):
            yield "drug_stems", entry.id
    for number in NUMBER.finditer(sentence):
        unit = words.units.find(sentence, number.end())
        if unit is not None:
            yield "units", unit.entry.id
    title = titles_of(whole).find(sentence)
    if title is not None:
        yield "section_titles", title.id
    for shape in words.shapes:
        if any(shape.find(sentence, [Span(0, len(sentence))])):
            yield "study_shapes", shape.rule.removeprefix("study_shapes:")


def _added(whole: Lexicon) -> Lexicon:
    """The entries that are not built in."""
    built_in = load()

    def new(kind: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in getattr(whole, kind) if entry not in getattr(built_in, kind))

    return whole.model_copy(update={kind: new(kind) for kind in Lexicon.model_fields if kind != "digest"})


def _print(counts: Counter[str], problems: list[Problem], *, place: str) -> None:
    console = screen.out()
    listed = ", ".join(f"{number} {kind.replace('_', ' ')}" for kind, number in counts.items() if number)
    console.print(f"{escape(place)}: {listed or 'no entries'}", soft_wrap=True)
    if not problems:
        console.print("Every entry is found in its own examples and nowhere it should not be.")
        return
    table = Table("kind", "entry", "problem", box=None, pad_edge=False)
    for problem in problems:
        table.add_row(problem.kind, escape(problem.id), escape(problem.message))
    console.print(table)
