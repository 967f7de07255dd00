"""What a run was: code, vocabulary, settings, and what became of each document."""

from datetime import datetime
from typing import Literal

from schemas.anchor import Frozen

DocumentStatus = Literal[
    "read",
    "encrypted",
    "damaged",
    "no_text_layer",
    "garbled_text",
    "empty",
    "no_pages",
    "not_a_pdf",
    "not_jats",
    "not_text",
    "unreadable_file",
    "failed",
]


class DocumentRun(Frozen):
    """One document of a run; `reason` is a sentence a user can act on where `status` is not "read".

    Where it was read, `reason` says what its records alone would hide (results that were not understood).
    `not_understood` counts the numbers that look like results and are in no record.
    """

    file: str
    document: str
    sha256: str | None
    status: DocumentStatus
    reason: str = ""
    pages: int = 0
    records: int = 0
    findings: int = 0
    not_understood: int = 0
    seconds: float = 0.0


class Run(Frozen):
    """One run of the flow; times aside, the same input, code and vocabulary give the same content."""

    run_id: str
    code_version: str
    lexicon_digest: str
    settings: dict[str, str | int | bool | None]
    started: datetime
    finished: datetime
    documents: tuple[DocumentRun, ...]
