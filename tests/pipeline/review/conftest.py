"""What the tests of the review page share: a review with a few results, its store, the page, people."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from pipeline.review import build_app
from pipeline.review.access import Door
from pipeline.review.desk import Desk
from pipeline.store import Store, open_store
from tests.pipeline.review.filling import Person, fill, lexicon, served

TEXT = """Treatment of advanced disease: a review

1. Results of trials

In the HORIZON-7 trial, the objective response rate was 42.5% (95% CI 30.1-55.0) with selinexor in 80 patients [1].
In the KESTREL trial overall survival was longer with osimertinib than placebo
(HR 0.63, 95% CI 0.47-0.85, P = 0.18) [2].
Median progression-free survival was 12.4 months with osimertinib and 6.9 months with placebo [2].
The mood of the 17 readers <script>alert(1)</script> was "good" & steady.

References

1. Smith A. A trial. J Med. 2020.
2. Jones B. Another trial. J Med. 2021.
"""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one small review, made once."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "in").mkdir()
    (folder / "in" / "small.txt").write_text(TEXT, encoding="utf-8")
    with open_store(folder / "trialtrace.db", create=True) as store:
        fill(store, [folder / "in"])
    return folder / "trialtrace.db"


@pytest.fixture
def review_store(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """The store, to be changed."""
    shutil.copy(filled, tmp_path / "trialtrace.db")
    with open_store(tmp_path / "trialtrace.db") as store:
        yield store


@pytest.fixture
def desk(review_store: Store) -> Desk:
    """The store under review."""
    return Desk(review_store)


@pytest.fixture
def app(review_store: Store, tmp_path: Path) -> FastAPI:
    """The page, on loopback."""
    return build_app(review_store, folder=tmp_path, door=Door(), hosts={"127.0.0.1"}, lexicon=lexicon())


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    """Where the page answers."""
    with served(app) as where:
        yield where


@pytest.fixture
def sign_in(address: str) -> Iterator[Callable[[str], Person]]:
    """Someone at the page."""
    people: list[Person] = []

    def arrive(name: str) -> Person:
        people.append(Person(address, name))
        return people[-1]

    yield arrive
    for person in people:
        person.client.close()


@pytest.fixture
def ada(sign_in: Callable[[str], Person]) -> Person:
    """A reviewer."""
    return sign_in("Ada")
