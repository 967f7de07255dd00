"""Reading order, paragraphs over breaks, what is dropped and what is kept."""

from collections.abc import Callable, Sequence

import pytest

from extractors.document.layout import arrange
from schemas.block import Block
from schemas.page import Page, Word

PAGES = ("one two three four", "five six seven eight", "nine ten eleven twelve")  # what differs from page to page

Lines = list[list[Word]]
LEFT, RIGHT = 50.0, 345.0
FULL = "the results of this trial were all that one had hoped"  # as wide as a column


def column(line: Callable[..., list[Word]], texts: Sequence[str], x: float, top: float) -> Lines:
    return [line(text, x, top + 12 * i) for i, text in enumerate(texts)]


def texts(blocks: Sequence[Block], kind: str = "paragraph") -> list[str]:
    return [b.text.strip() for b in blocks if b.kind == kind]


@pytest.fixture
def prose(line: Callable[..., list[Word]], make_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page of two columns of body text under a heading that tells the reader that the body has begun."""

    def made(
        left: Sequence[str], right: Sequence[str] = (), *, number: int = 1, extra: Sequence[list[Word]] = ()
    ) -> Page:
        lines: Lines = []
        if number == 1:
            lines.append(line("1. Introduction", LEFT, 100, size=12, font="Head", bold=True))
        lines += column(line, left, LEFT, 120) + column(line, right, RIGHT, 120) + list(extra)
        return make_page(lines, number=number)

    return made


def test_left_column_before_right_and_the_sentence_goes_on(prose: Callable[..., Page]) -> None:
    page = prose(
        [*[FULL] * 5, "and the median survival of the patients who had been"], ["treated was longer.", *[FULL] * 5]
    )
    (whole,) = [t for t in texts(arrange([page])) if "who had been" in t]
    assert "who had been treated was longer." in whole
    assert whole.index("median survival") < whole.index("treated was longer")


def test_a_sentence_goes_on_over_the_page(prose: Callable[..., Page]) -> None:
    first = prose([*[FULL] * 5, "and the median survival of the patients who had been"])
    second = prose(["treated was longer.", *[FULL] * 5], number=2)
    (whole,) = [t for t in texts(arrange([first, second])) if "who had been" in t]
    assert "who had been treated was longer." in whole


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("in HER2-", "positive disease", "HER2-positive"),
        ("of all pa-", "tients in it", "patients"),
        ("a non-", "Hodgkin one", "non-Hodgkin"),
    ],
)
def test_hyphens_at_line_ends(prose: Callable[..., Page], before: str, after: str, whole: str) -> None:
    lines = [
        *[FULL] * 3,
        f"the results of this trial were all one hoped {before}",
        f"{after} and the positive side of it.",
    ]
    (block,) = texts(arrange([prose(lines)]))
    assert whole in block.split()


def test_a_raised_figure_stays_a_run_of_its_own(prose: Callable[..., Page]) -> None:
    blocks = arrange([prose([*[FULL] * 3, "and this was known before.^12 It was not new."])])
    runs = [r for b in blocks for r in b.runs if r.superscript]
    assert [r.text.strip() for r in runs] == ["12"]
    assert len(runs[0].boxes) == 1
    assert "before.12 It" in texts(blocks)[0]


def test_heads_feet_and_page_numbers_are_left_out(prose: Callable[..., Page], line: Callable[..., list[Word]]) -> None:
    pages = [
        prose(
            [f"{FULL} {word}" for word in PAGES[number - 1].split()],
            number=number,
            extra=[line(f"J Trials 2020;1:{number}", LEFT, 30, size=8), line(str(100 + number), 300, 780, size=8)],
        )
        for number in (1, 2, 3)
    ]
    everything = " ".join(b.text for b in arrange(pages))
    assert "J Trials" not in everything
    assert "102" not in everything
    assert all(word in everything for text in PAGES for word in text.split())


def test_an_indent_begins_a_paragraph(prose: Callable[..., Page], line: Callable[..., list[Word]]) -> None:
    extra = [
        line("The second paragraph is set in by a little and", LEFT + 12, 168),
        line("goes on at the edge of its column as it must.", LEFT, 180),
    ]
    blocks = arrange([prose([*[FULL] * 3, "which was the end of it."], extra=extra)])
    assert [t.split()[0] for t in texts(blocks)] == ["the", "The"]


def test_an_enumeration_in_mid_sentence_is_no_list(prose: Callable[..., Page]) -> None:
    lines = [
        *[FULL] * 2,
        "who had (1) a tumour that had not been treated at all,",
        "(2) a tumour that had been treated by an operation, or",
        "(3) none.",
    ]
    blocks = arrange([prose(lines)])
    assert texts(blocks, "list_item") == []
    assert len(texts(blocks)) == 1


def test_bullets_are_list_items(prose: Callable[..., Page]) -> None:
    blocks = arrange(
        [prose([*[FULL] * 2, "which were as follows:", "• the first of them was long", "• the second was short."])]
    )
    assert texts(blocks, "list_item") == ["• the first of them was long", "• the second was short."]


def test_references_are_split_by_their_numbers(prose: Callable[..., Page], line: Callable[..., list[Word]]) -> None:
    entries = [
        "1. Robert C. A trial of one drug against another in",
        "12 countries. Lancet 2014.",
        "2. Hodi F. Another trial. N Engl J Med 2010.",
        "3. Larkin J. A third one. N Engl J Med 2015.",
    ]
    extra = [
        line("References", LEFT, 300, size=12, font="Head", bold=True),
        *[line(text, LEFT, 320 + 10 * i, size=8) for i, text in enumerate(entries)],
    ]
    references = [b for b in arrange([prose([FULL] * 6, extra=extra)]) if b.kind == "reference"]
    assert [b.key for b in references] == ["1", "2", "3"]
    assert references[0].text.strip().endswith("12 countries. Lancet 2014.")


def test_title_abstract_and_body_have_their_roles(
    line: Callable[..., list[Word]], make_page: Callable[..., Page]
) -> None:
    lines = [
        line("A trial of one drug in many people", LEFT, 60, size=18, font="Head", bold=True),
        line("Jane Doe and John Roe", LEFT, 85, size=9, font="Names"),
        line("Abstract", LEFT, 110, size=11, font="Head", bold=True),
        *column(
            line,
            ["Background: It was not known what would come of it.", "Results: It worked in 45 of 90 people."],
            LEFT,
            125,
        ),
        line("Keywords: drug, people", LEFT, 160),
        line("Introduction", LEFT, 185, size=11, font="Head", bold=True),
        *column(line, [f"{FULL} for so long"] * 8, LEFT, 200),
    ]
    blocks = arrange([make_page(lines)])
    roles = {b.text.strip()[:8]: (b.kind, b.role) for b in blocks}
    assert roles["A trial "] == ("title", "title")
    assert roles["Jane Doe"][1] == "front"
    assert roles["Backgrou"] == ("paragraph", "abstract")
    assert roles["Keywords"][1] == "front"
    assert roles["Introduc"] == ("heading", "body")
    assert roles["the resu"] == ("paragraph", "body")


def test_full_width_text_above_two_columns(line: Callable[..., list[Word]], make_page: Callable[..., Page]) -> None:
    lines = [
        *[line(f"{FULL} and {FULL} too", LEFT, 100 + 12 * i) for i in range(4)],
        line("which ends here.", LEFT, 148),
        *column(line, ["Alpha " + FULL[4:]] * 5, LEFT, 190),
        *column(line, ["Omega " + FULL[4:]] * 5, RIGHT, 196),
    ]
    whole = " ".join(b.text for b in arrange([make_page(lines)]))
    assert whole.index("ends here") < whole.index("Alpha")
    assert whole.rindex("Alpha") < whole.index("Omega")


def test_the_same_pages_give_the_same_blocks(prose: Callable[..., Page]) -> None:
    pages = [prose([FULL] * 6, [FULL] * 6), prose([FULL] * 6, number=2)]
    assert arrange(pages) == arrange(pages)


def test_no_pages_no_blocks() -> None:
    assert arrange([]) == ()


def test_a_table_torn_to_lines_is_no_body_text(prose: Callable[..., Page]) -> None:
    cells = [
        "Trial",
        "(phase) Treatment PFS",
        "ALPHA",
        "(III) one drug",
        "5.5 months",
        "(HR 0.50)",
        "BETA",
        "two drugs",
    ]
    caption = "Table 1. The trials and what they found."
    lines = [*[FULL] * 5, "and this was the end of it.", caption, *cells, f"T{FULL[1:]}", *[FULL] * 4]
    blocks = arrange([prose(lines)])
    assert [b.text.strip() for b in blocks if b.kind == "caption"] == [caption]
    (torn,) = [b for b in blocks if b.role == "table"]
    assert torn.text.split() == " ".join(cells).split()
    assert not any("ALPHA" in b.text for b in blocks if b.role == "body")


def test_a_list_below_a_sentence_about_a_table_stays_in_the_body(prose: Callable[..., Page]) -> None:
    items = [
        "• one drug alone",
        "• two drugs together",
        "• none of them",
        "• all of them",
        "• any of them",
        "• or both",
    ]
    lines = [*[FULL] * 5, "and all of this was found.", "Table 1 shows what was given, namely:", *items, *[FULL] * 3]
    blocks = arrange([prose(lines)])
    assert {b.role for b in blocks if b.text.startswith(("•", "Table"))} == {"body"}


def test_a_figure_wider_than_its_caption_is_left_out_whole(
    line: Callable[..., list[Word]], make_page: Callable[..., Page]
) -> None:
    lines: Lines = [line("1. Introduction", LEFT, 100, size=12, font="Head", bold=True)]
    lines += column(line, [FULL] * 8, LEFT, 120) + column(line, [FULL] * 8, RIGHT, 120)
    for i, row in enumerate(("Study", "Alpha", "Beta", "Gamma", "Total")):
        lines.append(line(row, LEFT, 400 + 12 * i, size=7, font="Plot"))
        lines.append(line(f"0.{i} 1.{i} weight {i}9%", 420, 400 + 12 * i, size=7, font="Plot"))
    lines.append(line("Figure 3. Forest plot.", LEFT, 470, size=8, font="Caption", bold=True))
    blocks = arrange([make_page(lines)])
    assert [b.text.strip() for b in blocks if b.kind == "caption"] == ["Figure 3. Forest plot."]
    assert not any("weight" in b.text or "Alpha" in b.text for b in blocks)


def front_page(line: Callable[..., list[Word]], heads: Sequence[str]) -> Lines:
    """A title over two lines, authors, and parts under bold headings, the last of them the body."""
    lines: Lines = [
        line("What two drugs do together in a", LEFT, 60, size=16),
        line("meta-analysis", LEFT, 78, size=16),
    ]
    lines.append(line("Ada Osei and Bo Lindqvist", LEFT, 100, size=12, font="Head", bold=True))
    lines.append(line("Department of Medicine, North Town", LEFT, 116, size=8))
    top = 150
    for head in heads:
        lines.append(line(head, LEFT, top, size=11, font="Head", bold=True))
        lines += column(line, [FULL] * 3, LEFT, top + 16)
        top += 80
    return lines


def test_a_title_keeps_its_short_last_line(line: Callable[..., list[Word]], make_page: Callable[..., Page]) -> None:
    blocks = arrange([make_page(front_page(line, ["Abstract", "Introduction"]))])
    assert texts(blocks, "title") == ["What two drugs do together in a meta-analysis"]


def test_an_abstract_without_its_name_begins_with_its_aims(
    line: Callable[..., list[Word]], make_page: Callable[..., Page]
) -> None:
    blocks = arrange([make_page(front_page(line, ["Aims", "Methods and results", "Conclusion", "Introduction"]))])
    assert [(b.text.strip(), b.role) for b in blocks if b.kind == "heading"] == [
        ("Aims", "abstract"),
        ("Methods and results", "abstract"),
        ("Conclusion", "abstract"),
        ("Introduction", "body"),
    ]
    assert {b.role for b in blocks if "Department" in b.text or "Osei" in b.text} == {"front"}
