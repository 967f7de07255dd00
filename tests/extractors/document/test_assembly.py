"""Blocks become one text with sections, list items, tables and boxes."""

from extractors.document import assemble
from schemas.anchor import Box
from schemas.block import Block, CellBlock, Run, TableBlock
from schemas.document import Document, Source

SOURCE = Source(stem="made", name="made.pdf", sha256="0" * 64, format="pdf", pages=2)


def heading(text: str, level: int = 1, role: str = "body") -> Block:
    return Block(kind="heading", role=role, level=level, runs=(Run(text=text),))  # type: ignore[arg-type]


def paragraph(text: str) -> Block:
    return Block(kind="paragraph", runs=(Run(text=text),))


def item(text: str, level: int = 1) -> Block:
    return Block(kind="list_item", level=level, runs=(Run(text=text),))


def table(rows: list[list[str]], headings: int = 1, label: str = "") -> Block:
    cells = tuple(
        CellBlock(row=r, column=c, runs=(Run(text=words),), header=r < headings)
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
    )
    return Block(kind="table", role="table", table=TableBlock(label=label, cells=cells))


def made(*blocks: Block) -> Document:
    return assemble(blocks, source=SOURCE)


def test_blocks_stand_apart_and_reading_keeps_them_apart() -> None:
    document = made(paragraph("Response was 12"), paragraph("34 patients died."), table([["a", "12"], ["b", "34"]]))
    assert document.text == "Response was 12\n\n34 patients died.\n\na\t12\nb\t34"
    assert document.reading == document.text


def test_sections_take_role_and_level_from_their_headings() -> None:
    document = made(
        Block(kind="title", runs=(Run(text="A review of all"),)),
        Block(kind="front", runs=(Run(text="A. Osei"),)),
        heading("Abstract"),
        heading("Methods", 2),
        paragraph("We searched."),
        heading("Results", 2),
        paragraph("We found."),
        heading("1. Introduction"),
        paragraph("It matters."),
        heading("Methods"),
        heading("Search", 2),
        paragraph("We searched more."),
        heading("Acknowledgements"),
        paragraph("We thank."),
        heading("References"),
        Block(kind="reference", runs=(Run(text="1. Osei A. All of it. J. 2001."),)),
    )
    assert [(s.heading, s.role, s.level) for s in document.sections] == [
        ("", "title", 0),
        ("", "front", 0),
        ("Abstract", "abstract", 1),
        ("Methods", "abstract", 2),
        ("Results", "abstract", 2),
        ("1. Introduction", "body", 1),
        ("Methods", "body", 1),
        ("Search", "body", 2),
        ("Acknowledgements", "back", 1),
        ("References", "references", 1),
    ]
    assert document.title == "A review of all"
    assert [(s.role, s.heading) for s in document.sentences if s.text == "We found."] == [("abstract", "Results")]


def test_front_matter_amid_a_section_does_not_end_it() -> None:
    document = made(
        heading("Introduction"),
        paragraph("It matters."),
        Block(kind="front", runs=(Run(text="Correspondence: A. Osei"),)),
        paragraph("It matters much."),
    )
    assert [(s.heading, s.role) for s in document.sections] == [
        ("Introduction", "body"),
        ("", "front"),
        ("Introduction", "body"),
    ]


def test_list_items_know_their_lead_in() -> None:
    document = made(
        paragraph("All were treated. The following was seen:"),
        item("Response in 12%:"),
        item("complete in 2%", 2),
        item("Death in 1%."),
        paragraph("No more."),
        item("Left alone."),
    )
    leads = [p.lead_in.of(document.text) if p.lead_in is not None else None for p in document.paragraphs]
    lead = "The following was seen:"
    assert leads == [None, lead, "Response in 12%:", lead, None, None]


def test_cells_know_the_headers_above_and_to_the_left() -> None:
    cells = (
        CellBlock(row=0, column=0, runs=(Run(text="Trial"),), row_span=2, header=True),
        CellBlock(row=0, column=1, runs=(Run(text="Drug"),), column_span=2, header=True),
        CellBlock(row=1, column=1, runs=(Run(text="n"),), header=True),
        CellBlock(row=1, column=2, runs=(Run(text="PFS"),), header=True),
        CellBlock(row=2, column=0, runs=(Run(text="First line"),), column_span=3),
        CellBlock(row=3, column=0, runs=(Run(text="NORDREN-1"), Run(text="2", superscript=True))),
        CellBlock(row=3, column=1, runs=(Run(text="120"),)),
        CellBlock(row=3, column=2, runs=(Run(text="6.9\nmonths"),)),
    )
    document = made(
        Block(kind="caption", runs=(Run(text="Table 3. Trials of it"),)),
        Block(kind="table", table=TableBlock(label="", cells=cells)),
        Block(kind="footnote", runs=(Run(text="n, number"),)),
        *[Block(kind="reference", runs=(Run(text=f"{n}. Osei A. Entry {n} of all. J. 2001."),)) for n in (1, 2)],
    )
    (found,) = document.tables
    assert (found.number, found.label) == ("3", "Table 3")
    assert found.caption is not None
    assert found.caption.of(document.text) == "Table 3. Trials of it"
    assert [note.of(document.text) for note in found.footnotes] == ["n, number"]
    cell = found.by_place[3, 2]
    assert cell.span.of(document.text) == "6.9 months"
    assert (cell.row_path, cell.column_path) == (("First line", "NORDREN-1"), ("Drug", "PFS"))
    assert found.by_place[1, 1].column_path == ("Drug",)
    assert [s.role for s in document.sentences] == ["caption", "table"]


def test_row_headers_over_several_rows_lead_the_path() -> None:
    cells = (
        CellBlock(row=0, column=0, runs=(Run(text="Trial"),), header=True),
        CellBlock(row=0, column=1, runs=(Run(text="Arm"),), header=True),
        CellBlock(row=0, column=2, runs=(Run(text="ORR"),), header=True),
        CellBlock(row=1, column=0, runs=(Run(text="NORDREN"),), row_span=2),
        CellBlock(row=1, column=1, runs=(Run(text="drug"),)),
        CellBlock(row=1, column=2, runs=(Run(text="40%"),)),
        CellBlock(row=2, column=1, runs=(Run(text="placebo"),)),
        CellBlock(row=2, column=2, runs=(Run(text="10%"),)),
    )
    (found,) = made(Block(kind="table", table=TableBlock(label="Table 1", cells=cells))).tables
    assert found.by_place[2, 2].row_path == ("NORDREN", "placebo")


def test_boxes_are_those_of_the_words() -> None:
    document = made(
        Block(
            kind="paragraph",
            runs=(
                Run(text="Response ", boxes=(Box(1, 10, 100, 50, 110),)),
                Run(text="12.5% ", boxes=(Box(1, 54, 100, 84, 110),)),
                Run(text="long", boxes=(Box(1, 500, 100, 520, 110), Box(2, 10, 50, 30, 60))),
            ),
        )
    )
    start = document.text.index("12.5")
    assert document.boxes(document.sentences[0].span)[0][:2] == (1, 10)
    (box,) = document.boxes(type(document.sentences[0].span)(start, start + 4))
    assert tuple(box) == (1, 54, 100, 78, 110)
    assert [p.box.page for p in document.placed] == [1, 1, 1, 2]
    assert document.sentences[0].page == 1


def test_furniture_of_a_page_is_left_out() -> None:
    document = made(paragraph("One."), Block(kind="furniture", runs=(Run(text="J Med 12"),)), paragraph("Two."))
    assert document.text == "One.\n\nTwo."


def test_a_given_text_is_kept_and_what_stands_amid_it_is_hidden() -> None:
    text = "  The rate\n\nJ Med 12, 3\n\nwas 4%.\n"
    document = assemble(
        [
            Block(kind="paragraph", runs=(Run(text="The rate\n\nJ Med 12, 3\n\nwas 4%."),), start=2),
            Block(kind="furniture", runs=(Run(text="J Med 12, 3"),), start=12),
        ],
        source=SOURCE,
        text=text,
    )
    assert document.text == text
    (sentence,) = document.sentences
    assert sentence.text == "The rate was 4%."
    assert "J Med" not in document.reading
    assert len(document.reading) == len(text)


def test_marks_of_footnotes_are_hidden_in_cells() -> None:
    def cell(column: int, *words: str) -> CellBlock:
        runs = tuple(Run(text=text, superscript=bool(i % 2)) for i, text in enumerate(words))
        return CellBlock(row=0, column=column, runs=runs)

    row = (
        cell(0, "6.9", "a"),
        cell(1, "10", "th"),
        cell(2, "31 kg/m", "2"),
        cell(3, "PFS", "*", " in all"),
        cell(4, "12", "1"),
    )
    document = made(
        Block(kind="table", table=TableBlock(label="Table 1", cells=row)),
        Block(kind="footnote", runs=(Run(text="1 One."),)),
    )
    words = [cell.span.of(document.reading) for cell in document.tables[0].cells]
    assert words == ["6.9 ", "10th", "31 kg/m²", "PFS  in all", "12 "]
