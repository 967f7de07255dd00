"""Scores: gold finds its documents, the scoring script is a process of its own, the table lands in the README."""

import json
from pathlib import Path

import pytest

from pipeline.calibration import Judged
from pipeline.commands import score as command
from pipeline.evaluate import as_markdown, find_script, is_about, judge, score
from pipeline.settings import Settings
from schemas.errors import TrialtraceError, UsageError

SCRIPT = """
import json, sys
gold, predicted = ([line for line in open(path) if line.strip()] for path in sys.argv[1:3])
hit = len(set(gold) & {json.dumps({"value": json.loads(line)["value"]}) + "\\n" for line in predicted})
rate = {"precision": hit / len(predicted), "recall": hit / len(gold), "f1": 2 * hit / (len(gold) + len(predicted))}
level = rate | {"hit": hit, "gold": len(gold), "pred": len(predicted)}
levels = {name: level for name in ("value", "endpoint", "study", "group", "complete")}
print(json.dumps({"all": levels | {"provenance": 1.0, "title": sys.argv[sys.argv.index("--title") + 1]}}))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Evaluation data of the smallest kind, and a dataset beside it."""
    dev = tmp_path / "data" / "gold" / "dev"
    dev.mkdir(parents=True)
    (tmp_path / "data" / "corpus" / "annotated").mkdir(parents=True)
    (dev.parent / "score.py").write_text(SCRIPT)
    (dev / "paper.gold.jsonl").write_text('{"value": 1}\n{"value": 2}\n')
    (dev / "paper.short.gold.jsonl").write_text('{"value": 1}\n')
    return tmp_path / "data"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    rows = [("paper", 1), ("paper.two", 1), ("paper.two", 2), ("paper.short", 1), ("papers", 1)]
    path.write_text("".join(json.dumps({"document": name, "value": value}) + "\n" for name, value in rows))
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "documents.csv").write_text("document,title\npaper,A Review\n")
    return path


@pytest.mark.parametrize(
    ("document", "fits"), [("paper", True), ("paper.two", True), ("paper.txt", True), ("papers", False), ("a", False)]
)
def test_gold_is_about_documents_named_like_it(document: str, fits: bool) -> None:
    assert is_about("paper", document) is fits


def test_each_fitting_document_is_scored_by_itself(data: Path, records: Path) -> None:
    found = score(data / "gold" / "dev" / "paper.gold.jsonl", records, settings=Settings())
    assert [(one.document, round(one.f1("value"), 3)) for one in found] == [
        ("paper", 0.667),
        ("paper.short", 0.667),
        ("paper.two", 1.0),
    ]
    assert [one.report["all"]["title"] for one in found] == ["A Review", "", ""]
    assert as_markdown(found).splitlines()[2] == "| paper | 0.667 | 0.667 | 0.667 | 0.667 | 0.667 | 1.000 | 2 | 1 |"


def test_a_document_is_scored_against_the_gold_closest_to_its_name(data: Path, records: Path) -> None:
    found = command.score_all(data, records, data / "none")
    assert {one.document: one.gold for one in found} == {
        "paper": "paper.gold.jsonl",
        "paper.short": "paper.short.gold.jsonl",
        "paper.two": "paper.gold.jsonl",
    }


def test_a_missing_script_is_told_with_what_to_do(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIALTRACE_EVALUATION_DATA", raising=False)
    (data / "gold" / "score.py").unlink()
    with pytest.raises(UsageError, match="Set TRIALTRACE_EVALUATION_DATA"):
        find_script(data / "gold" / "dev" / "paper.gold.jsonl", settings=Settings())


def test_the_script_may_lie_in_the_folder_of_the_settings(data: Path, tmp_path: Path) -> None:
    gold = tmp_path / "elsewhere" / "paper.gold.jsonl"
    gold.parent.mkdir()
    assert find_script(gold, settings=Settings(evaluation_data=data)) == data / "gold" / "score.py"


def test_a_gold_without_its_document_is_wrong_usage(data: Path, records: Path) -> None:
    gold = data / "gold" / "dev" / "other.gold.jsonl"
    gold.write_text('{"value": 1}\n')
    with pytest.raises(UsageError, match="no records of other; it holds paper, paper"):
        score(gold, records, settings=Settings())


def test_a_script_that_fails_says_its_last_word(data: Path, records: Path) -> None:
    (data / "gold" / "score.py").write_text("raise SystemExit('no such level')")
    with pytest.raises(TrialtraceError, match="no such level"):
        score(data / "gold" / "dev" / "paper.gold.jsonl", records, settings=Settings())


def test_the_tables_take_their_places_in_the_readme(
    data: Path, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    begin, end = command.CONFIDENCE
    readme.write_text(f"before\n{command.BEGIN}\nold\n{command.END}\nbetween\n{begin}\nold\n{end}\nafter\n")
    monkeypatch.setattr(command, "run", lambda *_, **__: 0)
    judged = [Judged(name, frozenset({"kind:estimate"}), right=True) for name in ("a", "b")]
    monkeypatch.setattr(command, "gather", lambda *_, **__: judged)
    assert command.write_scores(data, readme=readme, out=records.parent) == 0
    scores, _, rest = readme.read_text().partition(f"{command.END}\nbetween\n{begin}\n")
    lines = scores.splitlines()
    assert lines[:2] == ["before", command.BEGIN]
    assert [line.split(" | ")[0] for line in lines[4:]] == ["| paper", "| paper.short", "| paper.two"]
    assert rest.endswith(f"{end}\nafter\n")
    assert "| all | 2 |" in rest


def test_records_are_judged_by_the_script_one_by_one(data: Path) -> None:
    (data / "gold" / "score.py").write_text(
        "import json\nLEVELS = ('value',)\n"
        "def read(path):\n    return [json.loads(line) for line in open(path)]\n"
        "def score(gold, found, title):\n"
        "    assert title == 'A Review'\n    return {}, [(0, 0, 1, True), (1, 2, 0, True)]\n"
    )
    gold = data / "gold" / "dev" / "paper.gold.jsonl"
    gold.write_text('{"value": 1}\n{"value": 2, "optional": true}\n')
    lines = ['{"value": 1}\n', '{"value": 5}\n', '{"value": 3}\n']
    assert judge(gold, lines, title="A Review", settings=Settings()) == [True, False, None]


def test_a_readme_without_its_marks_is_left_alone(data: Path, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing here\n")
    with pytest.raises(UsageError, match="marks"):
        command.write_scores(data, readme=readme, out=None)
    assert readme.read_text() == "nothing here\n"
