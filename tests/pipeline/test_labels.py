"""Names of documents: unique, and the same whatever the order in which documents are met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labels import Named, label

PDF, XML, TXT = ("pdf", "jats", "text")


def names(*documents: Named) -> list[str]:
    """Labels in the order of the documents."""
    found = label(list(enumerate(documents)))
    return [found[i] for i in range(len(documents))]


def test_a_document_is_named_by_its_stem() -> None:
    assert names(Named("a", PDF, "1" * 64), Named("b.two", TXT, "2" * 64)) == ["a", "b.two"]


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([Named("a", PDF, "1" * 64), Named("a", XML, "2" * 64), Named("a", TXT, "3" * 64)], ["a", "a.xml", "a.txt"]),
        ([Named("a", TXT, "1" * 64), Named("a", XML, "2" * 64)], ["a.txt", "a"]),
        ([Named("a", PDF, "1" * 64), Named("a", PDF, "2" * 64)], ["a.11111111", "a.22222222"]),
        ([Named("a", PDF, "1" * 64, read=False), Named("a", TXT, "2" * 64)], ["a.pdf", "a"]),
        ([Named("a", PDF, "1" * 64, read=False), Named("a", PDF, "2" * 64)], ["a.pdf", "a"]),
        (
            [Named("a", PDF, "1" * 64), Named("a", TXT, "2" * 64), Named("a.txt", PDF, "3" * 64)],
            ["a", "a.22222222", "a.txt"],
        ),
    ],
)
def test_like_named_documents_are_told_apart(documents: list[Named], expected: list[str]) -> None:
    assert names(*documents) == expected


documents = st.lists(
    st.builds(
        Named,
        stem=st.sampled_from(["a", "a.txt", "a.pdf", "b"]),
        format=st.sampled_from([PDF, XML, TXT]),
        fingerprint=st.integers(0, 2**32 - 1).map(lambda number: f"{number:08x}" * 8),
        read=st.booleans(),
    ),
    unique_by=lambda named: named.fingerprint,
    max_size=8,
)


@given(documents)
def test_names_are_unique(found: list[Named]) -> None:
    assert len(set(names(*found))) == len(found)


@given(documents, st.randoms())
def test_names_do_not_depend_on_the_order(found: list[Named], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert dict(zip(shuffled, names(*shuffled), strict=True)) == dict(zip(found, names(*found), strict=True))
