"""`audit`: what a person, a program and a reader of the page are told, of a dataset and of one document."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.audit import audit_dataset, audit_document, examine, spell_page
from pipeline.audit.gathering import Audit
from pipeline.exports.content import contents
from schemas.finding import Finding
from schemas.lexicon import Lexicon
from tests.pipeline import fake_core
from tests.pipeline.conftest import RATES, REVIEW, Ask, Shelf

SAMPLE = Path(__file__).resolve().parents[3] / "corpus" / "ldl_pcsk9.pdf"
VOID = {"meta", "img", "input", "br", "link"}


class Reader(HTMLParser):
    """A page's elements, its text, and whether every element is closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample review in a folder of its own."""
    return Path(shutil.copy(SAMPLE, tmp_path_factory.mktemp("audit")))


@pytest.fixture(scope="module")
def audited(sample: Path) -> Audit:
    from extractors.lexicon import load

    return audit_document(sample, lexicon=load([]))


def doubtful(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, *, message: str) -> Audit:
    """The audit of a store whose one document has a finding of that message on its first estimate."""
    real = fake_core.extract

    def extract(path: Path, *, lexicon: Lexicon) -> object:
        extraction = real(path, lexicon=lexicon)
        record = next(record for record in extraction.records if record.fact.kind == "estimate")
        finding = Finding(
            finding_id="f1",
            document=path.stem,
            check="percent_vs_count",
            verdict="inconsistent",
            record_ids=(record.record_id,),
            study="<b>ALPHA</b>",
            message=message,
            printed="1 & 2",
            expected="<3",
            severity="error",
        )
        return extraction.model_copy(update={"findings": (finding, *extraction.findings)})

    monkeypatch.setattr(fake_core, "extract", extract)
    shelf.write(a_txt=RATES)
    shelf.run()
    return audit_dataset(shelf.folder.parent / "trialtrace.db")


def test_points_stand_worst_first_with_the_passage_they_are_about(audited: Audit) -> None:
    (document,) = audited.documents
    ranks = [["error", "warning", "note"].index(point.severity) for point in document.points]
    assert ranks == sorted(ranks)
    planted = next(p for p in document.points if p.check == "interval_contains_value" and p.study == "FOURIER-OLE")
    (passage,) = planted.passages
    assert passage.text[passage.start : passage.end] == "0.77"
    assert passage.where.startswith("page 2")
    assert passage.boxes
    cited = next(p for p in document.points if p.check == "citation")
    assert [passage.where for passage in cited.passages[1:]] == [
        f"entry {cited.printed} of the reference list",
        f"entry {cited.expected} of the reference list",
    ]


def test_the_page_stands_alone(audited: Audit) -> None:
    page = spell_page(audited)
    reader = Reader(page)
    assert reader.open == []
    assert not reader.all("script")
    assert not reader.all("link")
    assert not re.search(r"https?://|url\(|@import", re.sub(r"<blockquote>.*?</blockquote>", "", page, flags=re.DOTALL))
    assert all(
        (image["src"] or "").startswith("data:image/png;base64,") and image["alt"] for image in reader.all("img")
    )
    assert len(reader.all("img")) >= 3
    assert "<mark>0.77</mark>" in page
    assert "prefers-color-scheme: dark" in page


def test_the_page_can_be_used_by_keyboard(audited: Audit) -> None:
    reader = Reader(spell_page(audited))
    boxes = reader.all("input")
    assert [box["id"] for box in boxes] == ["show-error", "show-warning", "show-note"]
    assert all(box["type"] == "checkbox" for box in boxes)
    assert len(reader.all("label")) == 3
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all((link["href"] or "").removeprefix("#") in ids for link in reader.all("a"))


def test_the_same_page_twice(audited: Audit) -> None:
    assert spell_page(audited) == spell_page(audited)


def test_without_the_file_the_passage_is_shown_alone(audited: Audit) -> None:
    gone = audited._replace(originals={key: (Path("/gone.pdf"),) for key in audited.originals})
    reader = Reader(spell_page(gone))
    assert reader.all("img") == []
    assert len(reader.all("blockquote")) >= 3


def test_a_file_that_changed_gives_no_picture(audited: Audit, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.4 something else")
    changed = audited._replace(originals=dict.fromkeys(audited.originals, (other,)))
    assert Reader(spell_page(changed)).all("img") == []


def test_whatever_a_document_prints_is_text(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = doubtful(shelf, monkeypatch, message='<script>alert("x")</script> & more.')
    page = spell_page(audit)
    reader = Reader(page)
    assert not reader.all("script")
    assert '<script>alert("x")</script> & more.' in reader.text
    assert "<b>ALPHA</b>" in reader.text
    assert reader.all("b") == []


def test_a_dataset_is_examined_as_its_document_is(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = doubtful(shelf, monkeypatch, message="No whole number.")
    (document,) = audit.documents
    assert [(point.check, point.severity, point.message) for point in document.points] == [
        ("percent_vs_count", "error", "No whole number.")
    ]
    passage = document.points[0].passages[0]
    assert passage.text[passage.start : passage.end].startswith("74.6")
    assert document.consistent == 1
    assert audit.worst() == "error"


def test_documents_stand_worst_first_and_unread_ones_say_why(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    doubtful(shelf, monkeypatch, message="No.")
    monkeypatch.undo()
    shelf.write(A0_txt="5% of 100 BRAVO came.", b_txt="ENCRYPTED")
    shelf.run("A0.txt", "b.txt")
    audit = audit_dataset(tmp_path / "trialtrace.db")
    assert [document.document for document in audit.documents] == ["a", "A0", "b"]
    assert (audit.unread, audit.documents[2].reason) == (1, "locked")
    assert "not read" in Reader(spell_page(audit)).text


def test_all_findings_of_a_store_are_counted(shelf: Shelf) -> None:
    shelf.write(a_txt=RATES)
    shelf.run()
    (content,) = contents(shelf.store)
    document = examine(content)
    assert len(document.points) + document.consistent + document.uncheckable == len(content.findings) > 0


def test_the_command_on_a_document(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "review.txt"
    file.write_text(REVIEW)
    done = ask("audit", file)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "review.audit.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert ask("audit", file, "--out", tmp_path / "x.html").exit_code == 0
    assert (tmp_path / "x.html").read_bytes() == (tmp_path / "review.audit.html").read_bytes()


def test_the_command_on_a_dataset(ask: Ask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    doubtful(shelf, monkeypatch, message="No whole number.")
    done = ask("audit", tmp_path)
    assert done.exit_code == 0, done.output
    assert "No whole number." in done.output
    assert (tmp_path / "audit.html").is_file()
    assert ask("audit", tmp_path / "trialtrace.db").exit_code == 0
    told = json.loads(ask("audit", tmp_path, "--json").stdout)
    (finding,) = told["documents"][0]["findings"]
    assert finding["message"] == "No whole number."
    assert told["reconciliation"] == []


@pytest.mark.parametrize(("grave", "status"), [("error", 3), ("warning", 3), ("note", 3), (None, 0)])
def test_the_exit_status_a_program_asks_for(
    ask: Ask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, grave: str | None, status: int
) -> None:
    doubtful(shelf, monkeypatch, message="No.")
    assert ask("audit", tmp_path, *(["--fail-on", grave] if grave else [])).exit_code == status


def test_what_cannot_be_audited(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    assert ask("audit", tmp_path / "empty.pdf").exit_code == 1
    assert not (tmp_path / "empty.audit.html").exists()
    for subject in ("missing.pdf", "picture.png", "folder"):
        assert ask("audit", tmp_path / subject).exit_code == 2
    (tmp_path / "review.txt").write_text(REVIEW)
    assert ask("audit", tmp_path / "review.txt", "--out", tmp_path / "no" / "such.html").exit_code == 2


def test_an_empty_dataset_has_nothing_to_say(ask: Ask, shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.store.held() == []
    assert audit_dataset(tmp_path / "trialtrace.db") == Audit((), (), {})
    assert ask("audit", tmp_path).exit_code == 0
    assert not (tmp_path / "audit.html").exists()
