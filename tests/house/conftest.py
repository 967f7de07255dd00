"""What the checks of the house look at: the project's modules and text files, without what tools and runs leave."""

from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = (
    *("schemas", "extractors", "pipeline", "corpus", "outputs", "tests", ".ci"),
    *("pyproject.toml", "prefect.yaml", "requirements.lock", "requirements-dev.lock", "Makefile", ".gitignore"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
)


def project_files(path: Path) -> Iterator[Path]:
    """`path` itself or every file below it, in order, without what tools leave in hidden folders and caches."""
    if not path.is_dir():
        yield path
        return
    for inner in sorted(path.iterdir()):
        if inner.name != "__pycache__" and not inner.name.startswith("."):
            yield from project_files(inner)


@pytest.fixture(scope="session")
def top() -> frozenset[str]:
    """What stands in the top folder by design; a user may keep files of their own there."""
    return frozenset(TOP)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def texts() -> dict[Path, str]:
    """Path below the root and text of every file of the project that is UTF-8 text."""
    found = {}
    for path in (path for name in TOP if name != "outputs" for path in project_files(ROOT / name)):
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
