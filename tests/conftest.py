"""What all tests share: quick folders first, a Prefect home of their own, the optional folder of evaluation data."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Folders that start servers or read whole articles come last, so that a slip in the core shows in the first seconds.
LAST = ("pipeline", "golden", "browser", "benchmarks")

# Set before anything imports Prefect: tests neither read nor write the profile and database of whoever runs them.
os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="trialtrace-prefect-")
atexit.register(shutil.rmtree, os.environ["PREFECT_HOME"], ignore_errors=True)
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order tests by folder, quick ones first; within a folder they keep their order."""
    tests = ROOT / "tests"
    items.sort(key=lambda item: item.path.is_relative_to(tests) and item.path.relative_to(tests).parts[0] in LAST)


@pytest.fixture(scope="session")
def evaluation_data() -> Path:
    """The folder of annotated reviews (`gold/`, `corpus/`); the test is skipped without it."""
    folder = Path(os.environ.get("TRIALTRACE_EVALUATION_DATA", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("optional folder of evaluation data not found: set TRIALTRACE_EVALUATION_DATA")
    return folder
