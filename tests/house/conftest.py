"""What the checks of the house look at: the project's modules and text files, without what tools and runs leave."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_BY_TOOLS = {"build", "dist", "outputs", "__pycache__"}


def project_files(folder: Path) -> Iterator[Path]:
    """Every file below `folder` that belongs to the project, in order of its path."""
    for path in sorted(folder.iterdir()):
        if path.name in LEFT_BY_TOOLS or path.suffix == ".egg-info":
            continue
        if path.is_dir():
            if not path.name.startswith(".") or path.name == ".ci":
                yield from project_files(path)
        elif path.suffix not in (".partial", ".pyc"):
            yield path


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def texts() -> dict[Path, str]:
    """Path below the root and text of every file of the project that is UTF-8 text."""
    found = {}
    for path in project_files(ROOT):
        content = path.read_bytes()
        if b"\0" not in content[:8192] and path.suffix != ".pdf":
            found[path.relative_to(ROOT)] = content.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="session")
def modules(texts: dict[Path, str]) -> dict[Path, str]:
    """Path below the root and source of every Python file, tests too."""
    return {path: text for path, text in texts.items() if path.suffix == ".py"}


@pytest.fixture(scope="session")
def product(texts: dict[Path, str]) -> dict[Path, str]:
    """Path below the root and text of every file that is installed: code and vocabulary."""
    return {path: text for path, text in texts.items() if path.parts[0] in ("schemas", "extractors", "pipeline")}
