"""What pip makes of the project: all of the product in the wheel, and `import trialtrace` however it is installed."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

PIP = [sys.executable, "-m", "pip"]
OFFERED = "import trialtrace; print(trialtrace.__file__); print(trialtrace.read_dataset.__module__)"


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project without its tests, to be built where nothing else is touched."""
    copy = tmp_path_factory.mktemp("project") / "copy"
    for package in ("schemas", "extractors", "pipeline"):
        shutil.copytree(root / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def wheel(copy: Path) -> Path:
    """The wheel."""
    build = [*PIP, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(copy.parent)]
    subprocess.run([*build, str(copy)], check=True, timeout=120)
    (found,) = copy.parent.glob("trialtrace-*.whl")
    return found


def run(code: str, *, path: Path, cwd: Path) -> list[str]:
    """What a program prints that finds the project in `path` alone and its dependencies where they are installed."""
    where = {"PYTHONPATH": f"{path}{os.pathsep}{sysconfig.get_path('purelib')}"}
    call = [sys.executable, "-S", "-c", code]
    return subprocess.run(call, env=where, cwd=cwd, check=True, capture_output=True, text=True).stdout.splitlines()


@pytest.mark.slow
def test_the_wheel_holds_all_of_the_product(wheel: Path, product: dict[Path, str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        (about,) = (name for name in packed if name.endswith(".dist-info/entry_points.txt"))
        commands = archive.read(about).decode()
    assert {path.as_posix().removeprefix("pipeline/library/") for path in product} - packed == set()
    assert not any(name.startswith("pipeline/library/") for name in packed), "packed once, under its own name"
    assert "trialtrace = pipeline.cli:main" in commands


@pytest.mark.slow
def test_the_library_is_importable_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    file, module = run(OFFERED, path=tmp_path / "site", cwd=tmp_path)
    assert file == str(tmp_path / "site" / "trialtrace" / "__init__.py")
    assert module == "pipeline.exports.frames"


@pytest.mark.slow
def test_the_library_is_importable_where_the_project_is_worked_on(copy: Path, tmp_path: Path) -> None:
    install = [*PIP, "install", "--quiet", "--no-deps", "--no-build-isolation", "--ignore-installed"]
    subprocess.run([*install, "--prefix", str(tmp_path), "-e", str(copy)], check=True, timeout=120, capture_output=True)
    (site,) = tmp_path.glob("lib/python*/site-packages")
    file, _ = run(f"import site; site.addsitedir({str(site)!r}); {OFFERED}", path=site, cwd=tmp_path)
    assert file == str(copy / "pipeline" / "library" / "trialtrace" / "__init__.py")
