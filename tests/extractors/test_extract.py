"""One file in, all it reports out: by the ending of its name, with a plain reason where it cannot be read."""

import hashlib
import shutil
from pathlib import Path

import pytest

from extractors.extract import FORMATS, extract, read
from extractors.lexicon import load
from schemas.document import Document
from schemas.errors import UnreadableDocument
from schemas.record import Extraction

ROOT = Path(__file__).parents[2]
FILES = {
    "pdf": ROOT / "corpus" / "hiv_prophylaxis.pdf",
    "jats": ROOT / "tests" / "corpus" / "formats" / "ldl_pcsk9.xml",
    "text": ROOT / "tests" / "corpus" / "formats" / "myeloma_relapse.txt",
}


@pytest.fixture(scope="module", params=sorted(FILES))
def path(request: pytest.FixtureRequest) -> Path:
    """A sample review in each format in turn."""
    return FILES[request.param]


@pytest.fixture(scope="module")
def extraction(path: Path) -> Extraction:
    return extract(path, lexicon=load())


@pytest.fixture(scope="module")
def document(extraction: Extraction) -> Document:
    return extraction.document


def test_the_source_is_told(path: Path, document: Document) -> None:
    source = document.source
    assert (source.stem, source.name, source.format) == (path.stem, path.name, FORMATS[path.suffix])
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.pages > 0) is (path.suffix == ".pdf")


def test_every_record_stands_where_it_says(extraction: Extraction, document: Document) -> None:
    assert len(extraction.records) > 100
    sentences = {sentence.sentence_id: sentence for sentence in document.sentences}
    for record in extraction.records:
        place = record.provenance
        assert place.quote.span.of(document.text) == place.quote.text
        assert place.document == document.source.stem
        if place.source == "text":
            assert sentences[place.sentence_id].span.holds(place.quote.span)
            assert place.sentence == sentences[place.sentence_id].text
        else:
            assert any(table.span.holds(place.quote.span) for table in document.tables)


def test_every_printed_number_of_a_record_is_in_the_text(extraction: Extraction, document: Document) -> None:
    for record in extraction.records:
        fact = record.fact
        for name in ("value", "n", "percent", "events", "spread"):
            number = getattr(fact, name, None)
            if number is not None and number.span is not None:
                assert number.span.of(document.reading) == " ".join(number.raw.split(" ")), record


def test_boxes_of_a_pdf_lie_on_its_pages(extraction: Extraction, document: Document) -> None:
    for record in extraction.records:
        boxes = record.provenance.boxes
        assert bool(boxes) is (document.source.format == "pdf")
        for box in boxes:
            assert 1 <= box.page <= document.source.pages
            assert 0 <= box.x0 < box.x1 <= 620
            assert 0 <= box.top < box.bottom <= 850


def test_ids_are_unique(extraction: Extraction) -> None:
    for ids in ([r.record_id for r in extraction.records], [f.finding_id for f in extraction.findings]):
        assert len(set(ids)) == len(ids)


def test_findings_are_about_records_of_the_document(extraction: Extraction) -> None:
    known = {record.record_id for record in extraction.records}
    assert extraction.findings
    assert all(set(finding.record_ids) <= known for finding in extraction.findings)
    assert {finding.document for finding in extraction.findings} == {extraction.document.source.stem}


def test_every_number_is_accounted_for(extraction: Extraction, document: Document) -> None:
    coverage = extraction.coverage
    assert coverage.explained + len(coverage.leftovers) == coverage.numbers
    assert coverage.explained > 0.5 * coverage.numbers
    assert all(left.span.of(document.text) == left.text for left in coverage.leftovers)


def test_reading_again_gives_the_same(path: Path, extraction: Extraction) -> None:
    assert extract(path, lexicon=load()) == extraction


def test_where_a_file_lies_does_not_matter(path: Path, extraction: Extraction, tmp_path: Path) -> None:
    copy = shutil.copy(path, tmp_path / path.name.replace(path.suffix, path.suffix.upper()))
    again = extract(Path(copy), lexicon=load())
    assert again.records == extraction.records
    assert again.findings == extraction.findings


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("paper.docx", b"text", "unreadable_file"),
        ("paper", b"text", "unreadable_file"),
        ("paper.txt", b"", "empty"),
        ("paper.pdf", b"", "empty"),
        ("paper.xml", b"", "empty"),
        ("paper.pdf", b"Not a PDF.", "not_a_pdf"),
        ("paper.xml", b"Not XML.", "not_jats"),
        ("paper.nxml", b"<html/>", "not_jats"),
        ("paper.txt", b"\x00\x01\x02\x03" * 50, "not_text"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: bytes, status: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableDocument) as raised:
        read(tmp_path / name)
    assert raised.value.status == status
    assert len(raised.value.reason.split()) >= 4


def test_a_file_that_is_not_there_or_a_folder_says_why(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for path in (tmp_path / "none.txt", tmp_path / "folder.txt"):
        with pytest.raises(UnreadableDocument, match="cannot be opened") as raised:
            extract(path, lexicon=load())
        assert raised.value.status == "unreadable_file"


def test_a_text_without_results_gives_none(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("Nothing is reported here, by nobody and about nothing at all.")
    extraction = extract(tmp_path / "plain.txt", lexicon=load())
    assert (extraction.records, extraction.findings, extraction.coverage.numbers) == ((), (), 0)
