"""Signs whose font gives them no name, or a wrong one, are told by the shape they are printed in."""

from collections.abc import Callable

import pytest

from extractors.pdf import read_pages
from extractors.pdf.characters import repair

Pdf = Callable[..., bytes]
# Codes of the standard font Symbol.
SIGNS = {"≤": 0xA3, "≥": 0xB3, "±": 0xB1, "−": 0x2D, "<": 0x3C, ">": 0x3E, "=": 0x3D, "×": 0xB4, "+": 0x2B}


def page_text(pdf: Pdf, before: str, code: int, after: str, *, claimed: int) -> str:
    """What is read of a sign of Symbol, printed between two pieces of Times, that the file claims to be `claimed`."""
    content = (
        f"BT /T 10 Tf 1 0 0 1 50 200 Tm (a few words ahead {before}) Tj "
        f"/S 10 Tf <{code:02X}> Tj /T 10 Tf ({after} and a few words behind) Tj ET"
    )
    (page,) = read_pages(pdf(content, misnamed={"S": ("Symbol", {code: claimed})}))
    text = " ".join(strip.text for strip in page.strips)
    return text.removeprefix("a few words ahead").removesuffix("and a few words behind").strip()


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("claimed", [0x01, 0xFFFD])
def test_a_nameless_sign_has_the_name_of_its_shape(pdf: Pdf, sign: str, claimed: int) -> None:
    assert page_text(pdf, "p ", SIGNS[sign], "10", claimed=claimed) == f"p {sign}10"


def test_two_nameless_signs_of_one_font_are_told_apart(pdf: Pdf) -> None:
    content = (
        "BT /T 10 Tf 1 0 0 1 50 200 Tm (from ) Tj /S 10 Tf <B3> Tj /T 10 Tf (10 to ) Tj /S 10 Tf <A3> Tj "
        "/T 10 Tf (20 of all the patients) Tj ET"
    )
    (page,) = read_pages(pdf(content, misnamed={"S": ("Symbol", {0xB3: 0xFFFD, 0xA3: 0xFFFD})}))
    assert page.strips[0].text.startswith("from ≥10 to ≤20 of")


@pytest.mark.parametrize("before", ["P", "p", "P ", "with P"])
def test_a_less_than_sign_claimed_to_be_a_comma_is_none(pdf: Pdf, before: str) -> None:
    assert page_text(pdf, before, SIGNS["<"], "0.001", claimed=ord(",")) == f"{before}<0.001"


def test_a_comma_stays_a_comma(pdf: Pdf, text_lines: Callable[..., str]) -> None:
    (page,) = read_pages(pdf(text_lines(["Values of P,0.001 and of P, .04 were given"])))
    assert page.strips[0].text == "Values of P,0.001 and of P, .04 were given"


def test_bars_claimed_to_be_letters_are_bars(pdf: Pdf) -> None:
    content = (
        "BT /T 10 Tf 1 0 0 1 50 200 Tm (that is Pr > ) Tj /S 10 Tf <7C> Tj /T 10 Tf (z) Tj /S 10 Tf <7C> Tj "
        "/T 10 Tf ( = 0.17 here) Tj ET"
    )
    (page,) = read_pages(pdf(content, misnamed={"S": ("Symbol", {0x7C: ord("j")})}))
    assert page.strips[0].text == "that is Pr > |z| = 0.17 here"


def test_letters_stay_letters(pdf: Pdf, text_lines: Callable[..., str]) -> None:
    (page,) = read_pages(pdf(text_lines(["The word jtj is spelt with letters"])))
    assert page.strips[0].text == "The word jtj is spelt with letters"


@pytest.mark.parametrize(("raw", "text"), [("\uf0b31.5", "≥1.5"), ("6\uf0b12", "6±2"), ("\uf06dg", "μg")])
def test_codes_of_sign_fonts_are_read(raw: str, text: str) -> None:
    assert repair(raw) == text
