"""What the tests of the feed share: the service, and a quick reader of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.sources.europe_pmc import Pace, Web, opened_web
from tests.pipeline.sources.service import Service, serving

QUICK = Pace(pause=0.0, first=0.01, longest=0.02, tries=4)


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        yield running


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with opened_web(tmp_path / "cache", pace=QUICK) as reader:
        yield reader
