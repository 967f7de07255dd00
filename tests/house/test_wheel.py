"""The wheel that pip builds from the project holds every module and every data file of the packages."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_wheel_holds_all_of_the_product(root: Path, product: dict[Path, str], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for package in ("schemas", "extractors", "pipeline"):
        shutil.copytree(root / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, copy / name)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(copy)], check=True, timeout=120)

    (wheel,) = tmp_path.glob("trialtrace-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        (about,) = (name for name in packed if name.endswith(".dist-info/entry_points.txt"))
        commands = archive.read(about).decode()
    assert {path.as_posix() for path in product} - packed == set()
    assert "trialtrace = pipeline.cli:main" in commands
