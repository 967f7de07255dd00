"""No file of the project says where it was made: no package host, no path of a machine, no evaluation document."""

import re
from pathlib import Path

import pytest

PACKAGE_HOST = re.compile(
    r"py[p]i\.org|pythonhost[e]d|(?:conda|anaconda)\.(?:org|com)|npm[j]s\.(?:org|com)|\bpypi-more\b|"
    r"^\s*--?(?:extra-)?index-url\b|^\s*--?find-links\b|\bfind-links\s*=|\bindex-url\s*=",
    re.MULTILINE,
)
MACHINE_PATH = re.compile(r"(?<![\w.$}{)/-])/(?:home|root|work|Users|opt|mnt|srv)/\w")
ARTICLE_ID = re.compile(r"PMC\d{5,}")


def places(pattern: re.Pattern[str], texts: dict[Path, str]) -> list[str]:
    """File and words of every match."""
    return [f"{path}: {match[0]}" for path, text in texts.items() for match in pattern.finditer(text)]


def test_no_file_names_a_package_host(texts: dict[Path, str]) -> None:
    assert places(PACKAGE_HOST, texts) == []


def test_no_file_holds_a_path_of_a_machine(texts: dict[Path, str]) -> None:
    assert places(MACHINE_PATH, texts) == []


def test_product_code_names_no_article(product: dict[Path, str]) -> None:
    assert places(ARTICLE_ID, product) == []


def test_product_code_names_no_evaluation_document(product: dict[Path, str], evaluation_data: Path) -> None:
    names = {path.name for path in (evaluation_data / "corpus").rglob("*.*") if path.is_file()}
    names |= {Path(name).stem for name in names if re.search(r"[_.\d]", Path(name).stem)}
    assert names, "the evaluation data holds no documents"
    assert [f"{path}: {name}" for path, text in product.items() for name in sorted(names) if name in text] == []


@pytest.mark.parametrize(
    "line", ["--index-url x", "see py" + "pi.org", "https://files.python" + "hosted.org/a", "--find-links wheels"]
)
def test_a_package_host_is_noticed(line: str) -> None:
    assert PACKAGE_HOST.search(line)


@pytest.mark.parametrize("line", ["open('" + "/ho" + "me/me/x')", "see " + "/wo" + "rk/main", "#!" + "/op" + "t/bin/x"])
def test_a_path_of_a_machine_is_noticed(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["https://example.org/home/page", "pipeline/work/x", "#!/usr/bin/env bash"])
def test_other_slashes_are_not_a_path_of_a_machine(line: str) -> None:
    assert not MACHINE_PATH.search(line)
