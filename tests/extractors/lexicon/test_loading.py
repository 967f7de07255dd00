"""A user's folder adds to, replaces and switches off what is built in; the digest follows the content alone."""

import time
from pathlib import Path

import pytest

from extractors.lexicon import label_of, load, loading
from extractors.lexicon.digest import digest_of
from extractors.mentions.vocabulary import Vocabulary
from schemas.anchor import Span
from schemas.lexicon import Endpoint, Lexicon, Population

GRIP = '[[endpoints]]\nid = "grip"\ncode = "grip"\nfamily = "continuous"\nnames = ["grip of the hand"]\n'
SECONDS = 0.150


def write(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder


def endpoint(lexicon: Lexicon, name: str) -> Endpoint | None:
    return next((entry for entry in lexicon.endpoints if entry.id == name), None)


def test_a_folder_adds_an_entry_that_the_program_then_finds(lexicon: Lexicon, tmp_path: Path) -> None:
    whole = load([write(tmp_path, "mine.toml", GRIP)])
    assert len(whole.endpoints) == len(lexicon.endpoints) + 1
    grip = endpoint(whole, "grip")
    assert grip is not None
    few = Vocabulary(Lexicon(endpoints=(grip,)))
    text = "Grip of the hand rose."
    hits = few.find(text, [Span(0, len(text))])
    assert [(hit.rule, hit.way) for hit in hits] == [("endpoints:grip", "name")]


def test_an_entry_of_a_built_in_id_replaces_it(lexicon: Lexicon, tmp_path: Path) -> None:
    mine = '[[endpoints]]\nid = "stroke"\ncode = "brain attack"\nfamily = "event"\nnames = ["brain attack"]\n'
    whole = load([write(tmp_path, "mine.toml", mine)])
    replaced = endpoint(whole, "stroke")
    assert replaced is not None
    assert (replaced.code, replaced.names) == ("brain attack", ("brain attack",))
    assert len(whole.endpoints) == len(lexicon.endpoints)


def test_an_entry_without_words_switches_the_built_in_one_off(lexicon: Lexicon, tmp_path: Path) -> None:
    mine = '[[endpoints]]\nid = "stroke"\ncode = "stroke"\nfamily = "event"\n'
    assert endpoint(lexicon, "stroke") is not None
    assert endpoint(load([write(tmp_path, "mine.toml", mine)]), "stroke") is None


def test_of_two_folders_the_later_stands(tmp_path: Path) -> None:
    first = write(tmp_path / "first", "mine.toml", GRIP)
    second = write(tmp_path / "second", "mine.toml", GRIP.replace('code = "grip"', 'code = "hand grip"'))
    for folders, code in (((first, second), "hand grip"), ((second, first), "grip")):
        found = endpoint(load(folders), "grip")
        assert found is not None
        assert found.code == code


def test_a_csv_holds_several_values_in_a_cell_and_yes_or_no(tmp_path: Path) -> None:
    rows = "id,names,abbreviations,broad\nzelatinib,zelatinib | ZL 12,ZEL|ZLT,\nzels,zels,,true\n"
    drugs = {drug.id: drug for drug in load([write(tmp_path, "drugs.mine.csv", rows)]).drugs}
    assert drugs["zelatinib"].names == ("zelatinib", "ZL 12")
    assert drugs["zelatinib"].abbreviations == ("ZEL", "ZLT")
    assert (drugs["zelatinib"].broad, drugs["zels"].broad) == (False, True)


def test_other_files_of_the_folder_are_left_alone(lexicon: Lexicon, tmp_path: Path) -> None:
    write(tmp_path, "README.md", "[[endpoints]]")
    write(tmp_path, ".hidden.toml", "[[")
    assert load([tmp_path]).digest == lexicon.digest


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    before = load([write(tmp_path, "mine.toml", GRIP)])
    after = load([write(tmp_path, "mine.toml", GRIP.replace("grip of", "the grip of"))])
    assert before.digest != after.digest
    assert load([tmp_path]) is after


def test_the_digest_is_of_the_content_and_not_of_the_files(tmp_path: Path) -> None:
    two = GRIP + GRIP.replace("grip", "pinch")
    swapped = GRIP.replace("grip", "pinch") + "\n# a remark\n" + GRIP
    one_file = load([write(tmp_path / "one", "mine.toml", two)])
    other_order = load([write(tmp_path / "order", "other.toml", swapped)])
    two_files = load([write(write(tmp_path / "two", "b.toml", GRIP), "a.toml", GRIP.replace("grip", "pinch"))])
    assert one_file.digest == other_order.digest == two_files.digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "grip"', 'code = "hold"'),
        ('"continuous"', '"count"'),
        ("grip of the hand", "grip of a hand"),
        ("names =", 'note = "new"\nnames ='),
        ("names =", "abbreviations ="),
        ('id = "grip"', 'id = "hold"'),
    ],
)
def test_the_digest_changes_with_any_field(old: str, new: str, tmp_path: Path) -> None:
    before = load([write(tmp_path / "before", "mine.toml", GRIP)])
    after = load([write(tmp_path / "after", "mine.toml", GRIP.replace(old, new))])
    assert before.digest != after.digest


def test_the_digest_is_the_same_in_every_process(lexicon: Lexicon) -> None:
    """A fixed entry has a fixed digest: records of different days can be compared."""
    grip = Endpoint(id="grip", code="grip", family="continuous", names=("grip",))
    assert digest_of({"endpoints": [grip]}) == "fca050c43e5ea2a9805aeb5c4bf3cb000cb01f0b12cd65e56e07040b25e98f7d"
    assert lexicon.digest == load().digest
    assert len(lexicon.digest) == 64


def test_entries_stand_in_order_of_their_ids(lexicon: Lexicon) -> None:
    ids = [entry.id for entry in lexicon.endpoints]
    assert ids == sorted(ids)


def test_loading_takes_less_than_the_blink_it_is_allowed() -> None:
    """Time of this process, not of the clock: others may be at work. The best of five."""
    times = []
    for _ in range(5):
        loading._built_in.cache_clear()
        loading._assemble.cache_clear()
        start = time.process_time()
        load()
        times.append(time.process_time() - start)
    assert min(times) < SECONDS


def test_a_label_is_filled_from_the_words_and_the_groups() -> None:
    threshold = Population(id="x", label="PD-L1 ≥ {n}%", patterns=(r"x",))
    printed = Population(id="y", label="{match}", names=("y",))
    assert label_of(threshold, match="PD-L1 of 50 or more", groups={"n": "50"}) == "PD-L1 ≥ 50%"
    assert label_of(threshold, match="PD-L1", groups={"n": None}) == "PD-L1 ≥ %"
    assert label_of(printed, match="the  very\nold") == "the very old"
