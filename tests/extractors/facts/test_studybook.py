"""A document's studies: spellings merged, citations tied to names, table cells told from other words."""

import pytest

from extractors.facts.studybook import KnownStudy, StudyBook, initials, key_of
from schemas.mention import StudyMention
from tests.extractors.facts.marking import contents


def book_of(*sentences: str) -> StudyBook:
    book = StudyBook()
    book.learn([contents(sentence) for sentence in sentences])
    return book


def study(book: StudyBook, name: str) -> KnownStudy:
    mention = contents(f"{{study|{name}}}").studies[0]
    found = book.named(mention)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "key"), [("HARBOR-1", "harbor1"), ("Harbor 1", "harbor1"), ("WREN–Nest/2", "wrennest2"), ("-", "")]
)
def test_a_key_is_letters_and_digits(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("GARDEN-Wren02", "gw02"),
        ("GARDEN-Wren 02", "gw02"),
        ("Garden Wren02", "gw02"),
        ("GARDEN-02", ""),
        ("GARDEN-Wren", ""),
        ("Garden Wren Nest02", ""),
    ],
)
def test_initials_of_a_long_name(name: str, short: str) -> None:
    assert initials(name) == short


def test_spellings_are_one_study_under_the_commonest_name() -> None:
    book = book_of("{study|HARBOR-1} and {study|HARBOR 1}", "{study|HARBOR-1}")
    one = study(book, "HARBOR1")
    assert one.seal().name == "HARBOR-1"
    assert one.seal().alt_names == ("HARBOR 1",)


def test_of_names_as_common_the_longer_is_the_studys() -> None:
    assert KnownStudy("x", names=book_of("{study|HARBOR-1} and {study|HARBOR- 1}")._by_key["harbor1"].names).name == (
        "HARBOR- 1"
    )


def test_a_short_form_of_initials_is_the_same_study() -> None:
    book = book_of("{study|GARDEN-Wren02}", "{study|GW02}", "{study|GW02}")
    assert study(book, "GW02") is study(book, "GARDEN-Wren02")
    assert study(book, "GW02").name == "GARDEN-Wren02"


def test_two_names_with_a_slash_are_one_study() -> None:
    book = book_of("{study|HARBOR-17/PLOVER}", "{study|HARBOR-17}", "{study|PLOVER}")
    assert study(book, "PLOVER") is study(book, "HARBOR-17")
    assert study(book, "PLOVER").name == "HARBOR-17/PLOVER"


def test_a_description_names_no_study() -> None:
    book = book_of("{described|a trial}")
    assert book.named(contents("{described|a trial}").studies[0]) is None


def test_a_citation_belongs_to_the_name_before_it() -> None:
    text = "{study|HARBOR-1} [1] and {study|LINNET-2} [2] did well"
    book = StudyBook()
    book.learn([contents(text, citations=((9, 12, "1"), (26, 29, "2")))])
    assert {marker: each.name for marker, each in book.by_ref.items()} == {"1": "HARBOR-1", "2": "LINNET-2"}
    assert book.by_ref["1"].refs == {"1": 1}


def test_a_citation_of_two_names_belongs_to_the_one_more_often_beside_it() -> None:
    first, second = "{study|HARBOR-1} [1]", "{study|LINNET-2} [1]"
    book = StudyBook()
    book.learn([contents(text, citations=((9, 12, "1"),)) for text in (first, second)])
    assert book.by_ref == {}
    book = StudyBook()
    book.learn([contents(text, citations=((9, 12, "1"),)) for text in (first, second, second)])
    assert book.by_ref["1"].name == "LINNET-2"


def test_a_study_known_by_its_citation() -> None:
    book = book_of()
    assert book.cited(["7", "8"]).name == "ref 7"
    assert book.cited(["7"]) is book.cited(["7", "9"])
    assert book.cited(["7"]).refs.keys() == {"7", "8", "9"}


def test_a_registry_number_right_behind_a_name() -> None:
    piece = contents("{study|HARBOR-1} (NCT01234567) and NCT07654321 elsewhere")
    spans = [(10, 21), (27, 38)]
    registry = [
        StudyMention(span=piece.span._replace(start=a, end=b), name=piece.text[a:b], kind="registry", rule="test")
        for a, b in spans
    ]
    book = StudyBook()
    book.learn([piece._replace(studies=[*piece.studies, *registry])])
    assert study(book, "HARBOR-1").seal().registry_ids == ("NCT01234567",)


CELLS = [
    ("HARBOR-1", False, "HARBOR-1"),
    ("Harbor 1 [12]", False, "HARBOR-1"),
    ("HARBOR-1 (NCT01234567), phase III", False, "HARBOR-1"),
    ("HARBOR-1*", False, "HARBOR-1"),
    ("Stable disease", False, None),
    ("Sunrise, 2014", True, "Sunrise, 2014"),
    ("PLOVER- NEST", True, "PLOVER-NEST"),
    ("12.4 (3-9)", True, None),
    ("", True, None),
    ("A long description of what was done in this study and of whom it enrolled", True, None),
]


@pytest.mark.parametrize(("text", "header", "name"), CELLS)
def test_the_study_a_cell_names(text: str, header: bool, name: str | None) -> None:
    found = book_of("{study|HARBOR-1}").in_cell(text, header=header)
    assert (found.name if found is not None else None) == name
