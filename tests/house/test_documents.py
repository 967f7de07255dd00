"""What README, CONTRIBUTING and CHANGELOG tell a reader to type exists, and so do the files they link to."""

import re
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.settings import Settings

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
CODE = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)


@pytest.fixture(scope="session")
def code(root: Path) -> str:
    """Everything the documents print as code, a line each."""
    texts = [(root / name).read_text(encoding="utf-8") for name in DOCUMENTS]
    return "\n".join(block or inline for text in texts for block, inline in CODE.findall(text))


def test_make_targets_exist(root: Path, code: str) -> None:
    named = set(re.findall(r"^make ([a-z-]+)", code, re.MULTILINE))
    made = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named, "the documents name no target"
    assert named - made == set()


def test_commands_and_their_options_exist(code: str) -> None:
    command = typer.main.get_command(app)
    known = {name: {option for each in sub.params for option in each.opts} for name, sub in command.commands.items()}
    used = [line.split("#")[0] for line in re.findall(r"^(?:\.venv/bin/)?trialtrace (.*)$", code, re.MULTILINE)]
    unknown = []
    for line in used:
        name, *words = line.split()
        options = {word.split("=")[0] for word in words if word.startswith("--")}
        if name != "--help" and (name not in known or options - known[name]):
            unknown.append(line)
    assert used, "the documents name no command"
    assert unknown == []


def test_settings_exist(code: str) -> None:
    named = {name.lower() for name in re.findall(r"\bTRIALTRACE_([A-Z_]+)", code)}
    assert named, "the documents name no setting"
    assert named - Settings.model_fields.keys() == set()


def test_the_vocabulary_a_reader_may_copy_is_found_in_its_own_sentences(root: Path, tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert examples, "the README shows no vocabulary"
    (tmp_path / "shown.toml").write_text("\n".join(examples), encoding="utf-8")
    done = CliRunner().invoke(app, ["lexicon", "check", str(tmp_path)])
    assert done.exit_code == 0, done.output


def test_linked_files_exist(root: Path) -> None:
    texts = [(root / name).read_text(encoding="utf-8") for name in DOCUMENTS]
    links = {link for text in texts for link in re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", text)}
    assert links, "the documents link to no file"
    assert {link for link in links if not (root / link).exists()} == set()
