"""Words with their place, size and rise, whatever way the page is turned."""

from collections.abc import Callable

import pytest

from extractors.pdf import read_pages
from extractors.pdf.characters import repair
from schemas.page import Page

RAISED = (
    "BT /T 10 Tf 1 0 0 1 50 200 Tm (with disease.) Tj ET\n"
    "BT /T 6 Tf 1 0 0 1 101.8 204 Tm (1,2) Tj ET\n"
    "BT /T 10 Tf 1 0 0 1 116 200 Tm (The log) Tj ET\n"
    "BT /T 6 Tf 1 0 0 1 147 198 Tm (10) Tj ET\n"
    "BT /T 10 Tf 1 0 0 1 158 200 Tm (of it all and so on) Tj ET"
)


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_a_raised_figure_is_a_word_of_its_own(pdf: Callable[..., bytes]) -> None:
    (page,) = read_pages(pdf(RAISED))
    marks = {w.text: (w.superscript, w.subscript, w.glued) for w in page.words}
    assert marks["1,2"] == (True, False, True)
    assert marks["10"] == (False, True, True)
    assert marks["disease."] == (False, False, False)


def test_boxes_are_points_from_the_top_left(pdf: Callable[..., bytes], text_lines: Callable[..., str]) -> None:
    (page,) = read_pages(pdf(text_lines(["Median survival was longer than expected"], x=50, y=250)))
    word = page.words[0]
    assert word.x0 == pytest.approx(50)
    assert word.base == pytest.approx(50)
    assert word.top < 50 < word.bottom
    assert page.box(word.x0, word.top, word.x1, word.bottom).page == 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_rotate_entry_changes_nothing(pdf: Callable[..., bytes], text_lines: Callable[..., str], rotate: int) -> None:
    content = text_lines(["Patients were followed for two years", "and all of them were seen"])
    (straight,) = read_pages(pdf(content))
    (turned,) = read_pages(pdf(content, rotate=rotate))
    assert turned.words == straight.words
    assert turned.rotation == 0


@pytest.mark.parametrize(
    ("matrix", "rotation"), [("0 1 -1 0 100 50", 90), ("-1 0 0 -1 300 100", 180), ("0 -1 1 0 100 250", 270)]
)
def test_text_that_runs_sideways_is_held_upright(pdf: Callable[..., bytes], matrix: str, rotation: int) -> None:
    (page,) = read_pages(pdf(f"BT /T 10 Tf {matrix} Tm (Response by cohort and arm) Tj ET"))
    assert page.rotation == rotation
    assert texts(page) == ["Response", "by", "cohort", "and", "arm"]
    assert (page.width, page.height) == ((300, 400) if rotation in (90, 270) else (400, 300))
    first = page.words[0]
    box = page.box(first.x0, first.top, first.x1, first.bottom)
    x, y = float(matrix.split()[4]), 300 - float(matrix.split()[5])
    assert box.x0 - 0.1 <= x <= box.x1 + 0.1
    assert box.top - 0.1 <= y <= box.bottom + 0.1


def test_text_cut_away_by_a_clipping_path_is_not_read(
    pdf: Callable[..., bytes], text_lines: Callable[..., str]
) -> None:
    shown = text_lines(["What is shown is what is read by us"])
    hidden = "q 0 0 100 100 re W n BT /T 10 Tf 1 0 0 1 200 200 Tm (another page) Tj ET Q"
    (page,) = read_pages(pdf(f"{shown}\n{hidden}"))
    assert texts(page) == "What is shown is what is read by us".split()


def test_leader_dots_are_a_rule(pdf: Callable[..., bytes], text_lines: Callable[..., str]) -> None:
    (page,) = read_pages(pdf(text_lines(["Trial and control arm", ". . . . . . . . . . . .", "and so on to the end"])))
    assert "." not in texts(page)
    assert [round(r.top) for r in page.rules] == [62]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("e\ufb03cacy", "efficacy"),
        ("pa\u00adtients", "patients"),
        ("HER2\u2011positive", "HER2-positive"),
        ("0·86", "0·86"),
    ],
)
def test_characters_are_made_plain_but_numbers_stay_as_printed(raw: str, text: str) -> None:
    assert repair(raw) == text


def test_one_command_may_print_in_two_columns(pdf: Callable[..., bytes]) -> None:
    """The headers "P" and "I-squared": one string whose letters stand far apart, then another in its own font."""
    content = (
        "BT /F 7 Tf 20 Tc 1 0 0 1 50 200 Tm (PI) Tj 0 Tc /T 7 Tf 1 0 0 1 77 200 Tm (-squared) Tj ET\n"
        "BT /F 7 Tf 1 0 0 1 50 180 Tm (and the rest of the page) Tj ET"
    )
    (page,) = read_pages(pdf(content))
    assert texts(page)[:2] == ["P", "I-squared"]
