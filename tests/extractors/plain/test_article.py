"""A plain text file becomes blocks that stand in it where they say."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.plain import read_blocks
from schemas.block import Block
from schemas.errors import UnreadableDocument

PROSE = "The median survival of the treated patients was twelve months in all groups that were looked at"


def read(text: str) -> list[Block]:
    blocks, decoded = read_blocks(text.encode())
    assert decoded == text
    for block in blocks:
        assert block.start is not None
        assert decoded[block.start : block.start + len(block.text)] == block.text
    return list(blocks)


def shapes(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(text)]


def test_paragraphs_and_headings_of_a_text_with_one_line_a_paragraph() -> None:
    text = f"# Results\n\n{PROSE}.\n\nLong-term outcomes\n\n{PROSE} again.\n\n## Safety\n\n{PROSE} too.\n"
    assert shapes(text) == [
        ("heading", "# Results"),
        ("paragraph", f"{PROSE}."),
        ("heading", "Long-term outcomes"),
        ("paragraph", f"{PROSE} again."),
        ("heading", "## Safety"),
        ("paragraph", f"{PROSE} too."),
    ]


def test_a_paragraph_broken_inside_a_sentence_is_one() -> None:
    broken = f"{PROSE} and were\n\nfollowed for another year or until progression of the disease, as planned."
    assert shapes(f"## Results\n\n{broken}") == [("heading", "## Results"), ("paragraph", broken)]


def wrapped(*paragraphs: str) -> str:
    """Each paragraph over lines of some seventy characters, with no empty line between paragraphs."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 70:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    return "\n".join(lines)


def test_wrapped_lines_are_joined_and_headings_found_between_them() -> None:
    prose = [f"{PROSE}, and {PROSE.lower()}, number {n}, and then it ended there." for n in range(8)]
    text = wrapped("1. Introduction", *prose[:3], "2. Results", "2.1. Deaths", *prose[3:])
    found = shapes(text)
    assert [words for kind, words in found if kind == "heading"] == ["1. Introduction", "2. Results", "2.1. Deaths"]
    assert sum(kind == "paragraph" for kind, _ in found) >= 3
    assert all("Deaths" not in words for kind, words in found if kind == "paragraph")


def test_running_heads_are_furniture_and_do_not_break_a_paragraph() -> None:
    page = wrapped(f"{PROSE}, {PROSE.lower()}, {PROSE.lower()} and so it was in all of them without any")
    rest = "exception of note, which surprised nobody who was there to see it happen."
    pages = [f"{page}\n\nJ Sample Med. 2020, 12, 5{n}1\n{n} of 9\n\n{rest}\n\n" for n in range(5)]
    blocks = read("".join(pages))
    assert sum(block.kind == "furniture" for block in blocks) == 10
    paragraphs = [block.text for block in blocks if block.kind == "paragraph"]
    assert len(paragraphs) == 5
    assert all(text.startswith("The median") and text.endswith("happen.") for text in paragraphs)


def test_lists_and_what_is_left_of_them() -> None:
    text = (
        f"## Results\n\n{PROSE}.\n\n- first of all\n\n(2) second of all\n\n"
        "After three years of follow-up it was found:\n\n"
        f"The rate was 12% with it.\n\nThe rate was 3% without it.\n\n{'X' + PROSE[1:]}, {PROSE.lower() * 6}."
    )
    assert [kind for kind, _ in shapes(text)] == [
        "heading",
        "paragraph",
        "list_item",
        "list_item",
        "paragraph",
        "list_item",
        "list_item",
        "paragraph",
    ]


def test_front_and_labelled_abstract() -> None:
    text = (
        "A narrative review of everything that is known about it\n\nAda Osei, Bo Lind\n\n"
        f"Aim: {PROSE}.\n\nMethods: {PROSE}.\n\nKeywords: one, two\n\nIntroduction\n\n{PROSE}.\n"
    )
    blocks = read(text)
    assert [(b.kind, b.role) for b in blocks] == [
        ("title", "title"),
        ("front", "front"),
        ("paragraph", "abstract"),
        ("paragraph", "abstract"),
        ("front", "front"),
        ("heading", "body"),
        ("paragraph", "body"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Trial | PFS |\n|---|---:|\n| A | 6.9 |\n| B | 5.1 |",
        "Trial\tPFS\tn\nA\t6.9\t12\nB\t5.1\t13",
        "<table><tr><th>Trial</th><th>PFS</th></tr>\n<tr><td>A</td><td>6.9</td></tr><tr><td>B</td><td>5.1</td></tr></table>",
    ],
)
def test_tables(table: str) -> None:
    (block,) = [b for b in read(f"## Results\n\n{table}\n\n{PROSE}.") if b.table is not None]
    assert block.text == table
    assert block.table is not None
    cells = {(c.row, c.column): "".join(r.text for r in c.runs) for c in block.table.cells}
    assert (cells[0, 0], cells[1, 1], cells[2, 1]) == ("Trial", "6.9", "5.1")
    assert [c.header for c in block.table.cells if c.row == 0] == [True] * sum(c.row == 0 for c in block.table.cells)


def test_reference_list_numbered_bulleted_or_bare() -> None:
    entries = "- Osei A. One. J. 2001.\n- Lind B. Two. J. 2002.\n3. Marsh C. Three. J. 2003."
    text = f"{PROSE}.\n\n## References\n\n{entries}\n\nAbout us\n"
    assert [(k, t) for k, t in shapes(text) if k != "paragraph"] == [
        ("heading", "## References"),
        ("reference", "- Osei A. One. J. 2001."),
        ("reference", "- Lind B. Two. J. 2002."),
        ("reference", "3. Marsh C. Three. J. 2003."),
    ]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (b"... --- ...", "empty"),
        (b"%PDF-1.7\nbinary", "not_text"),
        (bytes(range(256)) * 4, "not_text"),
        ("Größe".encode("utf-16"), "garbled_text"),
        ("Die Größe der Läsion betrug 5 mm.".encode("latin-1"), "garbled_text"),
        ("The dose was 5 Âµg â€“ twice â€“ a day, Ã© Ã© Ã©.".encode(), "garbled_text"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, status: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        read_blocks(data)
    assert raised.value.status == status


def test_a_byte_order_mark_does_not_count() -> None:
    blocks, text = read_blocks(b"\xef\xbb\xbfMedian was 5.\r\nMean was 6.\r\n")
    assert text == "Median was 5.\r\nMean was 6.\r\n"
    assert blocks[0].start == 0


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "## A",
            "1. One",
            "- item",
            PROSE,
            PROSE + ".",
            "References",
            "1. Osei A. B. J. 2001.",
            "a\tb\tc",
            "| a | b |",
            "|--|--|",
            "Table 1. T",
            "<table>",
            "3 of 9",
            "it was:",
        ]
    )
    | st.text(alphabet="aB .:1()\t\r|", max_size=20),
    max_size=40,
)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_every_block_stands_in_the_text(lines: list[str]) -> None:
    text = "Text\n" + "\n".join(lines)
    blocks = read(text)
    body = [b for b in blocks if b.kind != "furniture"]
    for before, after in pairwise(body):
        assert before.start is not None
        assert after.start is not None
        assert before.start + len(before.text) <= after.start
