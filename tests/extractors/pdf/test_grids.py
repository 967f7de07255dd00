"""Tables: drawn all around, ruled above and below, and what is none."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from extractors.pdf import find_grids, read_pages
from schemas.page import Grid, Page

ROWS = [
    ["Drug", "Trial", "PFS"],
    ["Lapatinib", "ALPHA", "5.5"],
    ["Neratinib", "BETA", "13.3"],
    ["Placebo", "GAMMA", "1.2"],
]
COLUMNS = (50, 150, 250, 330)


def at(x: float, y: float, text: str, *, font: str = "F", size: float = 8) -> str:
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


def cells_of(page: Page, grid: Grid) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): " ".join(page.words[i].text for i in c.words) for c in grid.cells}


def wanted() -> dict[tuple[int, int], str]:
    return {(r, c): text for r, row in enumerate(ROWS) for c, text in enumerate(row)}


@pytest.fixture
def body(text_lines: Callable[..., str]) -> str:
    return text_lines(
        [
            "The results of all of these trials are told in the table above,",
            "and were as good as one might expect them to be.",
        ],
        y=60,
    )


def grid_of(data: bytes) -> tuple[Page, Grid]:
    (page,) = find_grids(read_pages(data))
    assert len(page.grids) == 1
    return page, page.grids[0]


def test_lines_all_around(pdf: Callable[..., bytes], body: str) -> None:
    words = [at(COLUMNS[c] + 4, 230 - 20 * r, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    flat = [f"50 {243 - 20 * r} m 330 {243 - 20 * r} l S" for r in range(5)]
    tall = [f"{x} 243 m {x} 163 l S" for x in COLUMNS]
    page, grid = grid_of(pdf("\n".join([at(50, 250, "Table 1 What was seen", font="B"), *words, *flat, *tall, body])))
    assert cells_of(page, grid) == wanted()
    assert grid.label == "Table 1"
    assert {c.row for c in grid.cells if c.header} == {0}


def test_rules_above_below_and_under_the_head(pdf: Callable[..., bytes], body: str) -> None:
    words = [at(COLUMNS[c] + 4, 230 - 14 * r, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    rules = [f"50 {y} m 330 {y} l S" for y in (241, 225, 180)]
    notes = at(50, 170, "PFS, progression-free survival in months.")
    page, grid = grid_of(pdf("\n".join([at(50, 250, "Table 2. What was seen"), *words, *rules, notes, body])))
    assert cells_of(page, grid) == wanted()
    assert {c.row for c in grid.cells if c.header} == {0}
    assert " ".join(page.words[i].text for i in grid.notes).startswith("PFS, progression-free")
    assert " ".join(page.words[i].text for i in grid.caption) == "Table 2. What was seen"


def test_a_cell_over_several_lines_is_one(pdf: Callable[..., bytes], body: str) -> None:
    rows = [
        (230, "Drug", "Trial"),
        (214, "Lapatinib +", "ALPHA"),
        (205, "capecitabine", ""),
        (189, "Neratinib", "BETA"),
        (173, "Placebo", "GAMMA"),
    ]
    words = [at(x + 4, y, text) for y, *row in rows for x, text in zip(COLUMNS, row, strict=False) if text]
    rules = [f"50 {y} m 330 {y} l S" for y in (241, 225, 165)]
    page, grid = grid_of(pdf("\n".join([at(50, 250, "Table 3. Arms"), *words, *rules, body])))
    assert cells_of(page, grid)[1, 0] == "Lapatinib + capecitabine"
    assert max(c.row for c in grid.cells) == 3


def test_a_sentence_that_begins_with_table_is_no_caption(
    pdf: Callable[..., bytes], text_lines: Callable[..., str]
) -> None:
    text = [
        "The trials are many and the results are told in",
        "Table 1. They were all of them as good as one hoped",
        "for, and none of them was bad.",
    ]
    (page,) = find_grids(read_pages(pdf(text_lines(text))))
    assert page.grids == ()


def test_a_shaded_band_behind_a_row_is_no_cell(pdf: Callable[..., bytes], body: str) -> None:
    """Cells are drawn one by one in every other row; the rows between are one filled box each."""
    words = [at(COLUMNS[c] + 4, 230 - 20 * r, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    boxes = [
        f"{a} {243 - 20 * r} m {b} {243 - 20 * r} l {b} {223 - 20 * r} l {a} {223 - 20 * r} l h S"
        for r in (0, 2)
        for a, b in pairwise(COLUMNS)
    ]
    bands = [f"0.9 g {COLUMNS[0]} {223 - 20 * r} {COLUMNS[-1] - COLUMNS[0]} 20 re f 0 g" for r in (1, 3)]
    page, grid = grid_of(pdf("\n".join([at(50, 250, "Table 1 What was seen", font="B"), *bands, *boxes, *words, body])))
    texts = cells_of(page, grid)
    assert {place: texts[place] for place in wanted()} == wanted()


def test_a_title_of_a_group_of_rows_is_a_row(pdf: Callable[..., bytes], body: str) -> None:
    """Rows of a group are indented under its title; what comes after a title stands off it, the title does not."""
    rows = [
        (230, 0, "Outcome", "OR", "P"),
        (214, 0, "Deaths"),
        (201, 6, "Risk overall", "1.2", ".04"),
        (191, 6, "Risk in men", "1.4", ".03"),
        (181, 0, "Relapses"),
        (168, 6, "Risk overall", "1.7", ".01"),
    ]
    words = [
        at(x + 4 + (indent if not i else 0), y, text)
        for y, indent, *row in rows
        for i, (x, text) in enumerate(zip(COLUMNS, row, strict=False))
    ]
    rules = [f"50 {y} m 330 {y} l S" for y in (241, 225, 162)]
    page, grid = grid_of(pdf("\n".join([at(50, 250, "Table 3. Risks"), *words, *rules, body])))
    stubs = {row: text for (row, column), text in cells_of(page, grid).items() if column == 0}
    assert stubs == {0: "Outcome", 1: "Deaths", 2: "Risk overall", 3: "Risk in men", 4: "Relapses", 5: "Risk overall"}


def sideways(x: float, y: float, text: str, *, font: str = "F", size: float = 8) -> str:
    """Text that runs upwards; (x, y) as `at` has them on a page turned a quarter clockwise."""
    return f"BT /{font} {size} Tf 0 1 -1 0 {400 - y} {x - 50} Tm ({text}) Tj ET"


def test_a_table_set_sideways_on_an_upright_page(pdf: Callable[..., bytes], text_lines: Callable[..., str]) -> None:
    rows = [*ROWS, *[[f"Drug {i} of many", f"Trial {i} of them", f"{i}.25"] for i in range(8)]]
    words = [sideways(COLUMNS[c] + 4, 340 - 14 * r, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    rules = [f"{400 - y} 0 m {400 - y} 280 l S" for y in (351, 335, 180)]
    prose = text_lines(
        [
            "All of these trials are told in the",
            "table beside this text here,",
            *["and so on and on and on and on"] * 17,
        ],
        x=240,
    )
    (page,) = find_grids(
        read_pages(pdf("\n".join([sideways(50, 360, "Table 1 What was seen", font="B"), *words, *rules, prose])))
    )
    assert page.rotation == 0
    assert [w.text for w in page.words][:3] == ["All", "of", "these"]
    assert page.aside is not None
    assert page.aside.rotation == 90
    (grid,) = page.aside.grids
    texts = cells_of(page.aside, grid)
    assert {place: texts[place] for place in wanted()} == wanted()
    first = page.aside.words[grid.cells[0].words[0]]
    box = page.aside.box(first.x0, first.top, first.x1, first.bottom)
    assert box.x0 < 60 < box.x1, "the boxes are those of the page as it is"


def test_titles_that_share_a_rule_share_its_columns(pdf: Callable[..., bytes], body: str) -> None:
    columns = (50, 120, 170, 220, 270)
    head = [
        at(135, 232, "Men"),
        at(235, 232, "Women"),
        *[at(x, 218, w) for x, w in zip(columns, ["Arm", "n", "%", "n", "%"], strict=True)],
    ]
    rows = [at(x, 202 - 12 * r, str(10 * r + c)) for r in range(4) for c, x in enumerate(columns)]
    rules = [f"{a} {y} m {b} {y} l S" for a, b, y in ((50, 300, 243), (115, 300, 228), (50, 300, 213), (50, 300, 160))]
    page, grid = grid_of(pdf("\n".join([at(50, 250, "Table 1. Who took part"), *head, *rows, *rules, body])))
    titles = [
        (c.column, c.column_span, " ".join(page.words[i].text for i in c.words)) for c in grid.cells if c.row == 0
    ]
    assert [title for title in titles if title[2]] == [(1, 2, "Men"), (3, 2, "Women")]


def test_frames_around_a_table_are_no_cells(pdf: Callable[..., bytes], body: str) -> None:
    words = [at(COLUMNS[c] + 4, 226 - 14 * r, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)]
    frames = [f"{50 + d} {178 + d} {290 - 2 * d} {64 - 2 * d} re S" for d in (0, 2)]
    page, grid = grid_of(pdf("\n".join([at(50, 250, "Table 1. What was seen", font="B"), *frames, *words, body])))
    assert cells_of(page, grid)[2, 1] == "BETA"
