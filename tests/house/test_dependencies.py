"""What the code imports is declared, what is declared is imported, and the lock files hold it all, with hashes."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

OURS = {"schemas", "extractors", "pipeline", "tests"}

# Declared without being imported, each with its reason.
UNIMPORTED = {
    "psycopg",  # SQLAlchemy reaches PostgreSQL with it
    "async-timeout",  # Prefect's redis client before Python 3.11.3
    "python-multipart",  # Starlette reads forms with it
}

LOCK_LINE = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ ;]+)(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?"
)


def imported(source: str) -> set[str]:
    """Top-level names of everything a module imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def foreign(sources: dict[Path, str]) -> set[str]:
    """Top-level names that `sources` import and that are neither Python's nor the project's."""
    return {name for text in sources.values() for name in imported(text)} - sys.stdlib_module_names - OURS


def distributions(names: set[str]) -> set[str]:
    """Distributions that these import names come from; a name nothing installed provides stays as it is."""
    provided = packages_distributions()
    return {canonicalize_name(provider) for name in names for provider in provided.get(name, [name])}


@pytest.fixture(scope="session")
def declared(root: Path) -> dict[str, list[Requirement]]:
    """The requirements of pyproject.toml: to run, and to develop."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"run": project["dependencies"], "dev": project["optional-dependencies"]["dev"]}
    return {group: [Requirement(line) for line in lines] for group, lines in groups.items()}


def names_of(requirements: list[Requirement]) -> set[str]:
    """Canonical names of the requirements."""
    return {canonicalize_name(requirement.name) for requirement in requirements}


def locked(lock: Path) -> dict[str, Version]:
    """Name and version of each pin; fails on a line that is neither a pin nor a hash, and on a pin without a hash."""
    pins: dict[str, Version] = {}
    hashes = 0
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = LOCK_LINE.fullmatch(line)
        assert match is not None, f"{lock.name}: neither a pin nor a hash: {line}"
        if match["name"] is None:
            hashes += 1
            continue
        assert not pins or hashes > 0, f"{lock.name}: no hash above {line}"
        pins[canonicalize_name(match["name"])] = Version(match["version"])
        hashes = 0
    assert hashes > 0, f"{lock.name}: no hash at its end"
    return pins


def is_met(requirement: Requirement, *, pins: dict[str, Version]) -> bool:
    """Whether a pin has the requirement's name and one of its versions."""
    version = pins.get(canonicalize_name(requirement.name))
    return version is not None and requirement.specifier.contains(version, prereleases=True)


@pytest.mark.parametrize(("line", "expected"), [("a>=1", True), ("a<1", False), ("b", False)])
def test_an_unmet_requirement_is_noticed(line: str, expected: bool) -> None:
    assert is_met(Requirement(line), pins={"a": Version("1.2")}) is expected


def test_the_shapes_import_nothing_but_pydantic(modules: dict[Path, str]) -> None:
    assert foreign({path: text for path, text in modules.items() if path.parts[0] == "schemas"}) == {"pydantic"}


def test_what_the_product_imports_is_declared(modules: dict[Path, str], declared: dict[str, list[Requirement]]) -> None:
    product = {path: text for path, text in modules.items() if path.parts[0] in OURS - {"tests"}}
    assert distributions(foreign(product)) - names_of(declared["run"]) == set()


def test_what_is_declared_is_imported(modules: dict[Path, str], declared: dict[str, list[Requirement]]) -> None:
    product = {path: text for path, text in modules.items() if path.parts[0] in OURS - {"tests"}}
    assert names_of(declared["run"]) - distributions(foreign(product)) == UNIMPORTED


def test_what_the_tests_import_is_declared(modules: dict[Path, str], declared: dict[str, list[Requirement]]) -> None:
    tests = {path: text for path, text in modules.items() if path.parts[0] in ("tests", "corpus")}
    installed = names_of(declared["run"]) | names_of(declared["dev"])
    # packaging comes with pytest
    assert distributions(foreign(tests)) - installed - {"packaging"} == set()


def test_the_lock_files_meet_what_is_declared(root: Path, declared: dict[str, list[Requirement]]) -> None:
    run = locked(root / "requirements.lock")
    dev = locked(root / "requirements-dev.lock")
    for pins, requirements in ((run, declared["run"]), (dev, declared["run"] + declared["dev"])):
        unmet = {str(each) for each in requirements if not is_met(each, pins=pins)}
        assert unmet == set(), "pyproject.toml asks for what the lock does not hold: make lock"
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}
    assert {"setuptools", "wheel"} <= run.keys(), "what builds the project is installed from the lock too"
