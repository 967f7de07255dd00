"""The folder for a user's own words: its example holds beside all that is built in, and its README says what is so."""

import shutil
from pathlib import Path

import regex

from extractors.lexicon import check, load
from extractors.lexicon.kinds import KINDS
from extractors.mentions.vocabulary import Vocabulary
from schemas.lexicon import Endpoint, Lexicon
from tests.extractors.lexicon.conftest import keeping

FOLDER = Path(__file__).resolve().parents[3] / "corpus" / "lexicon"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
BLOCKS = [regex.sub(r"(?m)^   ", "", block) for block in regex.findall(r"(?s)```toml\n(.*?)```", README)]


def added(whole: Lexicon) -> Lexicon:
    """The entries that are not built in."""
    built_in = load()
    new = {kind: tuple(e for e in getattr(whole, kind) if e not in getattr(built_in, kind)) for kind in KINDS}
    return whole.model_copy(update=new)


def test_the_examples_hold_beside_the_built_in_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "readme.toml").write_text(BLOCKS[0], encoding="utf-8")
    shutil.copy(FOLDER / "clubfoot.toml", tmp_path)
    whole = load([tmp_path])
    mine = added(whole)
    ids = {entry.id for kind in KINDS for entry in getattr(mine, kind)}
    assert ids == {"Pirani score", "Ponseti casting", "untreated clubfoot", "Rowe score"}
    assert check(mine, recognise=keeping(Vocabulary(whole))) == []


def test_the_readme_switches_an_entry_off_that_there_is(tmp_path: Path) -> None:
    (tmp_path / "readme.toml").write_text(BLOCKS[1], encoding="utf-8")
    before, after = load().endpoints, load([tmp_path]).endpoints
    assert len(BLOCKS) == 2
    assert {entry.id for entry in before} - {entry.id for entry in after} == {"event rate"}


def test_the_readme_names_the_families_and_fields_there_are() -> None:
    row = next(line for line in README.splitlines() if line.startswith("| `family`"))
    families = Endpoint.model_json_schema()["properties"]["family"]["enum"]
    assert set(regex.findall(r"`(\w+)` \(", row)) == set(families)
    named = {name for line in README.splitlines() if line.startswith("| `") for name in _names(line)}
    assert named == set(Endpoint.model_fields) - {"site"}


def _names(line: str) -> list[str]:
    found: list[str] = regex.findall(r"`(\w+)`", line.split("|")[1])
    return found
