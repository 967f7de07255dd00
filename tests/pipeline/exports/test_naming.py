"""Names that other tools accept."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exports.naming import name_bytes, name_files, name_urn, name_uuid


def test_a_name_stays_and_tells_its_parts_apart() -> None:
    assert name_uuid("record", "ab") == name_uuid("record", "ab")
    assert name_uuid("record", "a", "b") != name_uuid("record", "ab") != name_uuid("study", "ab")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name_urn("record", "é"))


def test_bytes_are_named_as_the_standard_does() -> None:
    # the example of RFC 6920, section 8.1: "Hello World!"
    digest = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"
    assert name_bytes(digest) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


@pytest.mark.parametrize(
    ("documents", "files"),
    [
        (["a b", "a/b"], ["a_b", "a_b-2"]),
        (["Review", "review"], ["Review", "review-2"]),
        (["..", "試験", "x" * 300], ["document", "document-2", "x" * 100]),
    ],
)
def test_files_have_plain_names_of_their_own(documents: list[str], files: list[str]) -> None:
    assert list(name_files(documents).values()) == files


@given(st.lists(st.text(), unique=True))
def test_no_two_files_meet(documents: list[str]) -> None:
    names = name_files(documents)
    assert list(names) == documents
    assert len({name.casefold() for name in names.values()}) == len(documents)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) and not name.startswith(".") for name in names.values())
