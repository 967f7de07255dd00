"""What is wrong with a vocabulary file is told with the file, the entry and what to do."""

from pathlib import Path

import pytest

from extractors.lexicon import load
from schemas.errors import LexiconError

ENTRY = '[[endpoints]]\nid = "grip"\ncode = "grip"\nfamily = "continuous"\nnames = ["grip of the hand"]\n'

WRONG = {
    "bad TOML": ("mine.toml", "[[endpoints]\n", ("mine.toml", "not valid TOML", "line 1")),
    "a kind that is none": ("mine.toml", '[[endpoint]]\nid = "x"\n', ("mine.toml", "[[endpoint]]", "endpoints")),
    "single brackets": ("mine.toml", '[endpoints]\nid = "x"\n', ("mine.toml", "[[endpoints]]", "double brackets")),
    "an unknown key": ("mine.toml", f"{ENTRY}familly = 1\n", ("mine.toml", "'grip'", "'familly'", "family")),
    "a missing key": ("mine.toml", '[[endpoints]]\nid = "grip"\n', ("mine.toml", "'grip'", "'code'", "add it")),
    "a value of no use": (
        "mine.toml",
        ENTRY.replace("continuous", "steady"),
        ("mine.toml", "'grip'", "'family'", "'continuous'"),
    ),
    "a bad pattern": ("mine.toml", f"{ENTRY}patterns = ['(grip']\n", ("mine.toml", "'grip'", "'(grip'", "Correct it")),
    "a pattern that needs nothing": ("mine.toml", f"{ENTRY}patterns = ['x*']\n", ("mine.toml", "'grip'", "'x*'")),
    "the same id twice": ("mine.toml", ENTRY * 2, ("mine.toml, endpoints 2", "'grip'", "mine.toml, endpoints 1")),
    "blanks at an end": ("mine.toml", ENTRY.replace("the hand", "the hand "), ("mine.toml", "'grip'", "blanks")),
    "an empty name": ("mine.toml", ENTRY.replace("grip of the hand", ""), ("mine.toml", "'grip'", "empty")),
    "a part that is no drug": (
        "mine.toml",
        '[[drugs]]\nid = "pair"\nnames = ["the pair"]\nparts = ["nosuchdrug"]\n',
        ("'pair'", "'nosuchdrug'"),
    ),
    "a label no name can fill": (
        "mine.toml",
        '[[populations]]\nid = "old"\nlabel = "age {n}"\nnames = ["the old"]\n',
        ("mine.toml", "'old'", "{n}"),
    ),
    "a label without its group": (
        "mine.toml",
        '[[populations]]\nid = "old"\nlabel = "age {n}"\npatterns = [\'the old\']\n',
        ("mine.toml", "'old'", "(?P<n>...)"),
    ),
    "a label with odd braces": (
        "mine.toml",
        '[[populations]]\nid = "old"\nlabel = "age {n"\nnames = ["the old"]\n',
        ("mine.toml", "'old'", "braces"),
    ),
    "a CSV of no kind": ("mine.csv", "id\nx\n", ("mine.csv", '"mine"', "drugs")),
    "a column that is none": ("drugs.csv", "id,name\nx,x\n", ("drugs.csv", "'name'", "names")),
    "patterns in a CSV": ("drugs.csv", "id,patterns\nx,x\n", ("drugs.csv", "'patterns'", "TOML")),
    "a row too long": ("drugs.csv", "id,names\nx,x,y\n", ("drugs.csv, line 2", "3 values", "double quotes")),
    "a CSV that breaks off": ("drugs.csv", 'id,names\nx,"x\n', ("drugs.csv", "not valid CSV")),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_error_names_the_place_and_the_remedy(case: str, tmp_path: Path) -> None:
    name, content, told = WRONG[case]
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError) as raised:
        load([tmp_path])
    assert [piece for piece in told if piece not in str(raised.value)] == [], str(raised.value)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b'[[endpoints]]\nid = "na\xefve"\n')
    with pytest.raises(LexiconError, match=r"mine\.toml: not UTF-8 at byte 22; save the file as UTF-8"):
        load([tmp_path])


def test_the_same_id_in_two_files_is_told_with_both(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "b.toml").write_text(ENTRY, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"b\.toml, endpoints 1: the id 'grip' is already used in .*a\.toml"):
        load([tmp_path])


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"nowhere: no such folder"):
        load([tmp_path / "nowhere"])
