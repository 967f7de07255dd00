"""The committed PDFs are what their sources say, and the other formats say the same words."""

import importlib.util
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
import typst

FORMATS = Path(__file__).parent / "formats"


@pytest.fixture(scope="module")
def render(corpus: Path) -> Callable[[Path], bytes]:
    """The rendering function of the corpus's own script."""
    spec = importlib.util.spec_from_file_location("render", corpus / "render.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script.render  # type: ignore[no-any-return]  # the script is loaded by its path, so it has no type here


def body_of(text: str) -> str:
    """An article's body: from the introduction to the reference list, table and back matter included."""
    start = re.search(r"^1\. ?Introduction$", text, re.MULTILINE)
    end = re.search(r"^References$", text, re.MULTILINE)
    assert start is not None
    assert end is not None
    return text[start.start() : end.start()]


def jats_body(path: Path) -> str:
    """The characters of a JATS article's body and of its footnotes."""
    root = ElementTree.parse(path).getroot()
    parts = [root.find("body"), root.find("back/fn-group")]
    return "".join("".join(part.itertext()) for part in parts if part is not None)


def plain_body(path: Path) -> str:
    """The body of a plain text article."""
    return body_of(path.read_text(encoding="utf-8"))


def test_a_fresh_rendering_is_the_committed_file(
    render: Callable[[Path], bytes], printed: Callable[[bytes], str], corpus: Path, stem: str
) -> None:
    committed = (corpus / f"{stem}.pdf").read_bytes()
    fresh = render(corpus / "source" / f"{stem}.typ")
    assert printed(fresh) == printed(committed)
    writers = [pypdfium2.PdfDocument(pdf).get_metadata_value("Creator") for pdf in (fresh, committed)]
    if writers[0] == writers[1]:
        assert fresh == committed


def test_a_changed_source_is_noticed(printed: Callable[[bytes], str], corpus: Path, tmp_path: Path, stem: str) -> None:
    for source in (corpus / "source").glob("*.typ"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    changed = tmp_path / f"{stem}.typ"
    text = changed.read_text(encoding="utf-8")
    assert "95% CI" in text
    changed.write_text(text.replace("95% CI", "99% CI", 1), encoding="utf-8")
    fresh = typst.compile(str(changed), root=str(tmp_path), ignore_system_fonts=True, format="pdf", timestamp=0)
    assert printed(fresh) != printed((corpus / f"{stem}.pdf").read_bytes())


def test_only_the_three_reviews_would_be_read_from_the_corpus(corpus: Path, manifest: list[dict[str, str]]) -> None:
    read = {".pdf", ".xml", ".nxml", ".txt"}
    inputs = {path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.suffix in read}
    assert inputs == {row["file"] for row in manifest}
    assert len(inputs) == 3


def test_the_manifest_says_what_is_there(
    corpus: Path, manifest: list[dict[str, str]], gold: list[dict[str, object]], stem: str
) -> None:
    (row,) = [row for row in manifest if row["file"] == f"{stem}.pdf"]
    document = pypdfium2.PdfDocument(corpus / row["file"])
    assert row["title"] == document.get_metadata_value("Title")
    assert int(row["pages"]) == len(document)
    assert int(row["results"]) == len(gold)
    assert row["licence"] == "Apache-2.0"


@pytest.mark.parametrize(("name", "body"), [("ldl_pcsk9.xml", jats_body), ("myeloma_relapse.txt", plain_body)])
def test_other_formats_have_the_letters_and_digits_of_the_pdf(
    name: str,
    body: Callable[[Path], str],
    corpus: Path,
    printed: Callable[[bytes], str],
    squeezed: Callable[[str], str],
) -> None:
    # Counted, not compared in order: in the PDF a table stands where a page had room for it.
    pdf = body_of(printed((corpus / f"{Path(name).stem}.pdf").read_bytes()))
    assert Counter(squeezed(body(FORMATS / name))) == Counter(squeezed(pdf))


@pytest.mark.parametrize("name", ["ldl_pcsk9.xml", "myeloma_relapse.txt"])
def test_every_quote_of_the_gold_stands_in_the_other_formats(
    name: str, rows: Callable[[str], list[dict[str, str]]], squeezed: Callable[[str], str]
) -> None:
    path = FORMATS / name
    text = path.read_text(encoding="utf-8")
    article = squeezed("".join(ElementTree.fromstring(text.encode()).itertext()) if path.suffix == ".xml" else text)
    gold = rows(f"{path.stem}.gold.jsonl")
    assert [r["quote"] for r in gold if squeezed(r["quote"]) not in article] == []
