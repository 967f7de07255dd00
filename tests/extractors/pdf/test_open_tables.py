"""Tables ruled above and below: where their rows begin, where their captions and notes stand."""

from collections.abc import Callable

import pytest

from extractors.pdf import find_grids, read_pages
from schemas.page import Grid, Page

COLUMNS = (54, 130, 190, 250, 310)


def at(x: float, y: float, text: str, *, font: str = "F", size: float = 8) -> str:
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


def rules(*heights: float, x0: float = 50, x1: float = 340) -> list[str]:
    return [f"{x0} {y} m {x1} {y} l S" for y in heights]


def rows_of(page: Page, grid: Grid) -> list[list[str]]:
    width = max(cell.column + cell.column_span for cell in grid.cells)
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        row = rows.setdefault(cell.row, [""] * width)
        row[cell.column] = " ".join(page.words[i].text for i in cell.words)
    return [rows[row] for row in sorted(rows)]


def grid_of(data: bytes) -> tuple[Page, Grid]:
    (page,) = find_grids(read_pages(data))
    (grid,) = page.grids
    return page, grid


@pytest.fixture
def body(text_lines: Callable[..., str]) -> str:
    return text_lines(["The results of all of these trials are told in the table above,", "and were good."], y=40)


def table(body: str, lines: list[tuple[float, tuple[str, ...]]], *, foot: float) -> str:
    words = [at(x, y, text) for y, row in lines for x, text in zip(COLUMNS, row, strict=False) if text]
    return "\n".join([at(50, 250, "Table 1. What was seen"), *words, *rules(241, 225, foot), body])


def test_values_under_values_are_a_row_of_their_own(pdf: Callable[..., bytes], body: str) -> None:
    """Groups of rows stand apart, the rows of one group do not; its name stands beside the first."""
    lines = [
        (230, ("Part", "Group", "n", "HR", "P")),
        (214, ("Sex", "Men", "10", "1.89 (1.2-2.9)", "0.003")),
        (205, ("", "Women", "11", "1.28 (0.9-1.7)", "0.122")),
        (189, ("Age", "Old", "9", "1.50 (1.0-2.2)", "<0.04")),
        (180, ("", "Young", "8", "1.71 (1.3-2.2)", "0.001")),
        (171, ("", "Unborn", "7", "2.71 (1.3-5.2)", "0.017")),
    ]
    page, grid = grid_of(pdf(table(body, lines, foot=165)))
    assert [row[1] for row in rows_of(page, grid)[1:]] == ["Men", "Women", "Old", "Young", "Unborn"]
    assert [row[3] for row in rows_of(page, grid)[1:3]] == ["1.89 (1.2-2.9)", "1.28 (0.9-1.7)"]
    names = {cell.row: cell.row_span for cell in grid.cells if cell.column == 0 and cell.words}
    assert names == {0: 1, 1: 2, 3: 3}


def test_values_of_two_arms_in_some_cells_are_one_row(pdf: Callable[..., bytes], body: str) -> None:
    lines = [
        (230, ("Trial", "n", "Men", "Age", "Year")),
        (214, ("ALPHA", "45", "12", "59.6", "2012")),
        (205, ("", "", "", "57.1", "2013")),
        (189, ("BETA", "92", "46", "60.1", "2014")),
        (180, ("", "", "", "61.7", "2016")),
    ]
    page, grid = grid_of(pdf(table(body, lines, foot=165)))
    assert rows_of(page, grid)[1] == ["ALPHA", "45", "12", "59.6 57.1", "2012 2013"]


def test_one_value_is_enough_where_all_columns_are_filled_anew(pdf: Callable[..., bytes], body: str) -> None:
    lines = [
        (230, ("Outcome", "Rule", "Bias", "P")),
        (214, ("Stroke", "Old one", "No", "0.761")),
        (205, ("", "New one", "Yes", "NA")),
        (189, ("Death", "Old one", "No", "0.240")),
        (180, ("", "New one", "No", "0.061")),
    ]
    page, grid = grid_of(pdf(table(body, lines, foot=165)))
    assert [row[1:] for row in rows_of(page, grid)[1:3]] == [["Old one", "No", "0.761"], ["New one", "Yes", "NA"]]


def test_a_year_in_brackets_goes_on_with_the_name_above(pdf: Callable[..., bytes], body: str) -> None:
    lines = [
        (230, ("Study", "Design", "Drug", "Who", "Where")),
        (214, ("Berg et al", "randomised,", "lapatinib", "adults of", "Norway and")),
        (205, ("\\(2012\\)", "open", "twice a day", "all ages", "Denmark")),
        (189, ("Rossi et al", "cohort,", "neratinib", "women of", "Italy and")),
        (180, ("\\(2014\\)", "looked back", "once a day", "all ages", "Spain")),
    ]
    page, grid = grid_of(pdf(table(body, lines, foot=165)))
    assert [row[0] for row in rows_of(page, grid)] == ["Study", "Berg et al (2012)", "Rossi et al (2014)"]


def test_a_year_alone_goes_on_with_the_authors_above(pdf: Callable[..., bytes], body: str) -> None:
    lines = [
        (230, ("Study", "Design", "Drug", "Who", "Where")),
        (214, ("Berg et al", "randomised", "lapatinib", "adults of", "Norway and")),
        (204, ("2012[4]", "and open", "twice a day", "all ages", "Denmark")),
        (194, ("Rossi 2013", "cohort", "neratinib", "women", "Italy")),
        (184, ("2014", "cohort", "neratinib", "men", "Spain")),
    ]
    page, grid = grid_of(pdf(table(body, lines, foot=165)))
    assert [row[0] for row in rows_of(page, grid)] == ["Study", "Berg et al 2012[4]", "Rossi 2013", "2014"]


def test_the_caption_ends_where_the_next_column_begins(
    pdf: Callable[..., bytes], text_lines: Callable[..., str]
) -> None:
    """Lines of the next column stand between those of the caption; they are none of it."""
    beside = text_lines(["all that was seen in them was told", "in the text and in the table here"] * 8, x=215, y=280)
    rows = [
        at(x, 224 - 11 * r, text)
        for r, row in enumerate((("Drug", "n"), ("One", "10"), ("Two", "20"), ("Three", "30")))
        for x, text in zip((24, 130), row, strict=True)
    ]
    caption = [at(24, 258, "Table 1", font="B"), at(24, 247, "What was seen in all of the trials that")]
    content = [*caption, at(24, 236, "were found"), *rows, *rules(232, 221, 186, x0=20, x1=200), beside]
    page, grid = grid_of(pdf("\n".join(content)))
    assert " ".join(page.words[i].text for i in grid.caption).endswith("all of the trials that were found")
    assert [row[0] for row in rows_of(page, grid)] == ["Drug", "One", "Two", "Three"]


def test_notes_between_the_cells_and_a_caption_below_are_notes(pdf: Callable[..., bytes], body: str) -> None:
    words = [
        at(x, 214 - 12 * r, text)
        for r, row in enumerate((("Drug", "Trial", "n"), ("One", "ALPHA", "10"), ("Two", "BETA", "20")))
        for x, text in zip(COLUMNS, row, strict=False)
    ]
    notes = at(54, 175, "All of those who took part were counted, also those who left before the end of it.")
    lines = [*rules(240, 225, 209, 165), at(54, 155, "Table 1: What was seen", font="B")]
    page, grid = grid_of(pdf("\n".join([at(50, 245, "Journal of trials"), *words, notes, *lines, body])))
    assert [row[0] for row in rows_of(page, grid)] == ["Drug", "One", "Two"]
    assert " ".join(page.words[i].text for i in grid.notes).startswith("All of those who took part")


def test_a_line_in_the_frame_may_say_that_the_table_goes_on(pdf: Callable[..., bytes], body: str) -> None:
    lines = [(230, ("Drug", "Trial", "n")), (214, ("One", "ALPHA", "10")), (202, ("Two", "BETA", "20"))]
    words = [at(x, y, text) for y, row in lines for x, text in zip(COLUMNS, row, strict=False)]
    content = [*words, *rules(241, 225, 180), at(240, 186, "\\(Table 3 continues on next page\\)"), body]
    page, grid = grid_of(pdf("\n".join(content)))
    assert grid.label == "Table 3"
    assert [row[0] for row in rows_of(page, grid)] == ["Drug", "One", "Two"]


def part_of(rows: list[tuple[str, ...]], top: float, *, body: str = "", caption: str = "", x1: float = 340) -> str:
    words = [
        at(x, top - 13 - 12 * r, text) for r, row in enumerate(rows) for x, text in zip(COLUMNS, row, strict=False)
    ]
    lines = rules(top, top - 18, top - 20 - 12 * (len(rows) - 1), x1=x1)
    return "\n".join([*([at(50, top + 8, caption, font="B")] if caption else []), *words, *lines, body])


HEAD = ("Drug", "Trial", "n")
MANY = [HEAD, *((f"Drug {i}", f"TRIAL {i}", str(10 * i)) for i in range(1, 15))]


def test_what_is_ruled_as_wide_on_top_of_the_next_page_goes_on(pdf: Callable[..., bytes], body: str) -> None:
    first = part_of(MANY, 260, caption="Table 1. What was seen")
    head = at(50, 285, "Journal of trials 2020")
    pages = find_grids(read_pages(pdf(first, f"{head}\n{part_of(MANY[:5], 260, body=body)}")))
    assert [[(grid.label, len(rows_of(page, grid))) for grid in page.grids] for page in pages] == [
        [("Table 1", 15)],
        [("", 5)],
    ]


@pytest.mark.parametrize(
    ("rows", "x1", "above"),
    [
        (MANY[:5], 300, ""),
        ([row[:2] for row in MANY[:5]], 340, ""),
        (MANY[:5], 340, "The results of all of these trials are told here."),
    ],
    ids=["narrower", "other columns", "text above it"],
)
def test_what_is_ruled_otherwise_does_not_go_on(
    pdf: Callable[..., bytes], body: str, rows: list[tuple[str, ...]], x1: float, above: str
) -> None:
    first = part_of(MANY, 260, caption="Table 1. What was seen")
    second = part_of(rows, 240, body=body, x1=x1) + (f"\n{at(50, 252, above, font='T', size=10)}" if above else "")
    _, page = find_grids(read_pages(pdf(first, second)))
    assert page.grids == ()


def test_tables_of_a_supplement_have_a_letter(pdf: Callable[..., bytes], body: str) -> None:
    lines = [(230, ("Drug", "Trial", "n")), (214, ("One", "ALPHA", "10")), (202, ("Two", "BETA", "20"))]
    words = [at(x, y, text) for y, row in lines for x, text in zip(COLUMNS, row, strict=False)]
    content = [at(50, 250, "Table S-4: What was left out", font="B"), *words, *rules(241, 225, 180), body]
    _, grid = grid_of(pdf("\n".join(content)))
    assert grid.label == "Table S-4"


def test_rules_between_rows_part_them(pdf: Callable[..., bytes], body: str) -> None:
    """A name of two lines and values beside its first: the rules say where each row ends."""
    lines = [
        (230, ("Trial", "n", "HR", "P", "Note")),
        (214, ("Okoro", "10 of 12", "1.89", "0.003", "seen in")),
        (205, ("Lisbon", "20 of 30", "(1.2-2.9)", "by test", "May")),
        (189, ("Lind", "11 of 18", "1.28", "0.122", "seen in")),
        (180, ("Oslo", "12 of 19", "(0.9-1.7)", "by test", "June")),
        (164, ("Abara", "9 of 10", "1.50", "0.040", "never")),
    ]
    content = "\n".join([table(body, lines, foot=158), *rules(199, 174)])
    page, grid = grid_of(pdf(content))
    assert [row[0] for row in rows_of(page, grid)[1:]] == ["Okoro Lisbon", "Lind Oslo", "Abara"]
