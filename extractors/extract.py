"""A file and the vocabulary in, an Extraction out: the stages on one screen."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.checks import judge
from extractors.document import arrange, assemble
from extractors.facts import link
from extractors.jats import read_blocks as read_jats
from extractors.mentions import recognise
from extractors.pdf import find_grids, read_pages
from extractors.plain import read_blocks as read_plain
from schemas.document import Document, Format, Source
from schemas.errors import UnreadableDocument
from schemas.lexicon import Lexicon
from schemas.record import Extraction

FORMATS: dict[str, Format] = {".pdf": "pdf", ".xml": "jats", ".nxml": "jats", ".txt": "text"}


def extract(path: Path, *, lexicon: Lexicon) -> Extraction:
    """Everything one file reports: its document, records, findings and coverage.

    Raises UnreadableDocument, with a status and a reason a user can act on, where the file cannot be read.
    """
    with uncollected():
        document = read(path, lexicon=lexicon)
        mentions = recognise(document, lexicon=lexicon)
        records, coverage = link(document, mentions=mentions)
        findings = judge(records, document, lexicon=lexicon, coverage=coverage)
        return Extraction(document=document, records=records, findings=findings, coverage=coverage)


def read(path: Path, *, lexicon: Lexicon | None = None) -> Document:
    """The document a file holds, by the ending of its name; raises UnreadableDocument.

    `lexicon` says what its headings mean; without it those that are built in.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UnreadableDocument(
            "unreadable_file", f"{path.suffix or 'no ending'} is not a kind of file read here: .pdf, .xml, .nxml, .txt"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror or error}); check its path and permissions"
        raise UnreadableDocument("unreadable_file", reason) from error
    source = Source(stem=path.stem, name=path.name, sha256=hashlib.sha256(data).hexdigest(), format=form)
    if form == "pdf":
        with uncollected():
            pages = read_pages(data)
            blocks = arrange(find_grids(pages), lexicon=lexicon)
            return assemble(blocks, source=source.model_copy(update={"pages": len(pages)}), lexicon=lexicon)
    if form == "jats":
        return assemble(read_jats(data), source=source, lexicon=lexicon)
    blocks, text = read_plain(data)
    return assemble(blocks, source=source, text=text, lexicon=lexicon)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles, which would walk through a document's words and mentions over and over.

    They are values, which make no cycles: all that is let go of is freed at once without it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
