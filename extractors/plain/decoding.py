"""Bytes in, the text they hold out, or the reason why they hold none."""

import re

from extractors.patterns import same_signs
from schemas.errors import UnreadableDocument

_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# "é" read as Latin-1 from UTF-8 gives "Ã©"; "–" gives "â€“".
_MISREAD = re.compile(r"Ã[\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u00bf\u0152-\u2122]|\ufffd")
_MOST_MISREAD = 0.005  # of all characters
_MOST_CONTROL = 0.01


def decode(data: bytes) -> str:
    """The characters of a UTF-8 file, without its byte order mark, hyphens alike; line ends stay as they are.

    Raises:
        UnreadableDocument: "empty", "not_text" (binary) or "garbled_text" (another encoding, or misread characters).
    """
    data = data.removeprefix(_BOM)
    if not data.strip():
        raise UnreadableDocument("empty", "The file has no content. Get it again from its source.")
    if data.startswith(_WIDE_BOMS):
        raise UnreadableDocument("garbled_text", "The file is UTF-16, not UTF-8. Save it again as UTF-8.")
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"\x1f\x8b")) or _control_share(data) > _MOST_CONTROL:
        raise UnreadableDocument("not_text", "The file is not text. Give it the ending of what it is (.pdf, .xml).")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "garbled_text", f"The file is not UTF-8 (byte {error.start}). Save it again as UTF-8."
        ) from error
    if len(_MISREAD.findall(text)) > _MOST_MISREAD * len(text):
        raise UnreadableDocument(
            "garbled_text", "The file's special characters were misread when it was made. Make it again as UTF-8."
        )
    if not any(c.isalnum() for c in text):
        raise UnreadableDocument("empty", "The file holds no words. Get it again from its source.")
    return same_signs(text)


def _control_share(data: bytes) -> float:
    return len(_NO_TEXT.findall(data)) / len(data)
