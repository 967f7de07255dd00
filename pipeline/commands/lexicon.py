"""`trialtrace lexicon check`: vocabulary in, the entries that fail their own example sentences out."""

from collections import Counter
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from extractors.lexicon import Problem, check, load
from extractors.mentions.names import recognise_names
from extractors.mentions.vocabulary import KINDS, vocabulary
from pipeline import screen
from pipeline.settings import Settings
from schemas.anchor import Span
from schemas.errors import UsageError
from schemas.lexicon import Entry, Lexicon

FAILED = 1


def check_vocabulary(folder: Path | None, *, as_json: bool) -> int:
    """Print what is wrong with a folder's entries (with all that are in force where none is given); the exit status."""
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder}: there is no such vocabulary folder.")
    beside = Settings().vocabulary
    folders = [place for place in ((folder,) if folder is not None else (beside,)) if place is not None]
    whole = load(folders)
    mine = _added(whole) if folder is not None else whole
    problems = [problem for problem in find_problems(mine, whole) if problem.kind in KINDS]
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
        return hits | {("drugs", drug.rule.removeprefix("drugs:")) for drug in names.drugs}

    return check(mine, recognise=recognise)


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
