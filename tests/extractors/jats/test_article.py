"""A JATS article becomes blocks: text clean of indentation, floats beside it, citations with their targets."""

import pytest

from extractors.jats import read_blocks
from schemas.block import Block
from schemas.errors import UnreadableDocument

REFERENCES = "".join(
    f"""<ref id="B{n}"><label>{n}.</label><element-citation>
      <person-group><name><surname>Osei</surname><given-names>A</given-names></name><etal/></person-group>
      <article-title>Title {n}</article-title><source>J Med</source><year>20{n:02d}</year>
      <volume>3</volume><issue>2</issue><fpage>1</fpage><lpage>9</lpage>
      <pub-id pub-id-type="doi">10.1000/{n}</pub-id><pub-id pub-id-type="pmid">77{n}</pub-id>
    </element-citation></ref>"""
    for n in range(1, 8)
)


def article(body: str, *, front: str = "", back: str = "", doctype: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{doctype}
<article xmlns:xlink="http://www.w3.org/1999/xlink">
  <front><article-meta>
    <title-group><article-title>A review
      of <italic>all</italic></article-title><subtitle>and more</subtitle></title-group>{front}
  </article-meta></front>
  <body>{body}</body>
  <back><ref-list><title>References</title>{REFERENCES}</ref-list>{back}</back>
</article>""".encode()


def read(body: str, **parts: str) -> list[Block]:
    return list(read_blocks(article(body, **parts)))


def texts(blocks: list[Block], *kinds: str) -> list[str]:
    return [block.text for block in blocks if block.kind in (kinds or ("paragraph",))]


def xref(n: int) -> str:
    return f'<xref ref-type="bibr" rid="B{n}">{n}</xref>'


def cited(blocks: list[Block]) -> list[tuple[str, tuple[str, ...]]]:
    return [(run.text, run.cites) for block in blocks for run in block.runs if run.cites]


def test_title_sections_and_paragraphs() -> None:
    blocks = read(
        """
        <sec><label>1</label><title>Results</title>
          <p>Median was 6.9&#x2009;months
             (<italic>P</italic>&lt;.05).</p>
          <sec><title>Deaths</title><p>None.</p></sec>
        </sec>""",
        front="""<abstract><sec><title>Aim</title><p>To see.</p></sec></abstract>
          <kwd-group><kwd>one</kwd> <kwd>two</kwd></kwd-group>""",
    )
    assert [(b.kind, b.role, b.level, b.text) for b in blocks if b.kind != "reference"] == [
        ("title", "title", 0, "A review of all: and more"),
        ("heading", "abstract", 1, "Abstract"),
        ("heading", "abstract", 2, "Aim"),
        ("paragraph", "abstract", 0, "To see."),
        ("front", "front", 0, "Keywords: one, two"),
        ("heading", "body", 1, "1 Results"),
        ("paragraph", "body", 0, "Median was 6.9\u2009months (P<.05)."),
        ("heading", "body", 2, "Deaths"),
        ("paragraph", "body", 0, "None."),
        ("heading", "references", 1, "References"),
    ]


def test_citations_carry_their_targets_brackets_and_ranges_included() -> None:
    blocks = read(
        f"<p>Told [{xref(1)},{xref(2)}]. Raised.<sup>[{xref(3)}]</sup> Range [{xref(2)}–{xref(5)}]."
        f" Also [{xref(1)}]–[{xref(3)}]. Bare.{xref(6)} Known (see {xref(7)}). Osei et al. {xref(4)} said.</p>"
    )
    assert cited(blocks) == [
        ("[1,2]", ("B1", "B2")),
        ("[3]", ("B3",)),
        ("[2–5]", ("B2", "B3", "B4", "B5")),
        ("[1]–[3]", ("B1", "B2", "B3")),
        ("6", ("B6",)),
        ("(see 7)", ("B7",)),
        ("4", ("B4",)),
    ]


def test_a_cited_name_stays_in_its_sentence() -> None:
    blocks = read(
        '<p><xref ref-type="bibr" rid="B1">Osei et al. (2001)</xref> saw it '
        '(<xref ref-type="bibr" rid="B2">Lind, 2002</xref>).</p>'
    )
    assert cited(blocks) == [("(2001)", ("B1",)), ("(Lind, 2002)", ("B2",))]


def test_other_superscripts_are_raised_but_cite_nothing() -> None:
    (block,) = [b for b in read("<p>31 kg/m<sup>2</sup> in H<sub>2</sub>O</p>") if b.kind == "paragraph"]
    assert [(run.text, run.superscript) for run in block.runs] == [("31 kg/m", False), ("2", True), (" in H2O", False)]


def test_lists_nest_and_keep_their_labels() -> None:
    blocks = read(
        """<p>The following:<list><list-item><label>(1)</label><p>one</p>
             <list><list-item><p>inner</p></list-item></list></list-item>
           <list-item><label>(2)</label><p>two</p></list-item></list></p>"""
    )
    assert texts(blocks) == ["The following:"]
    assert [(b.level, b.text) for b in blocks if b.kind == "list_item"] == [
        (1, "(1) one"),
        (2, "inner"),
        (1, "(2) two"),
    ]


def test_floats_and_formulas_do_not_interrupt_a_paragraph() -> None:
    blocks = read(
        """<p>Before <fig><label>Figure 1</label><caption><title>Flow</title><p>of all.</p></caption></fig>after
           <disp-formula><tex-math>x^2</tex-math></disp-formula>the end.</p>"""
    )
    assert texts(blocks) == ["Before after the end."]
    assert texts(blocks, "caption") == ["Figure 1. Flow of all."]


def test_tables_with_spans_and_notes() -> None:
    blocks = read(
        f"""<table-wrap><label>Table 2</label><caption><p>Trials.</p></caption>
        <table>
          <thead><tr><th rowspan="2">Trial</th><th colspan="2">Drug</th></tr><tr><th>n</th><th>PFS</th></tr></thead>
          <tbody><tr><td>NORDREN {xref(2)}</td><td>12<break/>0</td><td rowspan="9999999999">6.9</td></tr></tbody>
        </table>
        <table><tbody><tr><td>second</td><td>1</td></tr></tbody></table>
        <table-wrap-foot><fn><p>PFS, in months.</p></fn></table-wrap-foot></table-wrap>"""
    )
    first, second = [b.table for b in blocks if b.table is not None]
    assert (first.label, second.label) == ("Table 2", "Table 2")
    assert [
        (c.row, c.column, c.row_span, c.column_span, c.header, "".join(r.text for r in c.runs)) for c in first.cells
    ] == [
        (0, 0, 2, 1, True, "Trial"),
        (0, 1, 1, 2, True, "Drug"),
        (1, 1, 1, 1, True, "n"),
        (1, 2, 1, 1, True, "PFS"),
        (2, 0, 1, 1, False, "NORDREN 2"),
        (2, 1, 1, 1, False, "12 0"),
        (2, 2, 200, 1, False, "6.9"),
    ]
    assert texts(blocks, "caption", "footnote") == ["Table 2. Trials.", "PFS, in months."]


def test_references_with_their_fields() -> None:
    entry = next(b for b in read("<p>Text.</p>") if b.kind == "reference")
    assert entry.text == "1. Osei A, et al. Title 1. J Med. 2001;3(2):1–9."
    assert (entry.key, entry.title, entry.year, entry.doi, entry.pmid) == ("B1", "Title 1", 2001, "10.1000/1", "771")


def test_named_characters_are_read_without_their_dtd() -> None:
    assert texts(read("<p>HIF-1&alpha;&nbsp;&ge; 2 &amp; more</p>")) == ["HIF-1α\u00a0≥ 2 & more"]


def test_entities_of_the_file_itself_stay_unread() -> None:
    doctype = '<!DOCTYPE article [<!ENTITY own "words"><!ENTITY file SYSTEM "file:///etc/hostname">]>'
    assert texts(read("<p>before &own; &file; after</p>", doctype=doctype)) == ["before after"]


def test_entities_that_multiply_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    with pytest.raises(UnreadableDocument, match="amplification"):
        read("<p>&l8;</p>", doctype=f"<!DOCTYPE article [{laughs}]>")


def test_an_article_inside_another_record_is_found() -> None:
    data = (
        article("<p>Text.</p>").replace(b"<article ", b'<set xmlns="urn:oai"><record><article ', 1) + b"</record></set>"
    )
    assert "Text." in texts(list(read_blocks(data)))


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7 ...", "not_jats"),
        (b"<html><body><p>Text</p></body></html>", "not_jats"),
        (b"plain words", "not_jats"),
        (article("<p>Text.</p>")[:400], "damaged"),
        (b"<article><body><p>" + b"<b>" * 5000 + b"x", "damaged"),
        (b"<article><front/><body/></article>", "empty"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, status: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        read_blocks(data)
    assert raised.value.status == status
    assert str(raised.value).endswith((".", "XML."))
