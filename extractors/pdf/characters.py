"""Characters as the file holds them come in, the characters a reader sees go out."""

import re

# Ligatures and look-alikes that stand for plain characters. Signs with a meaning of their own in numbers (the minus
# sign, the middle dot, en dashes) stay: whoever reads numbers knows them, and the printed form is to be kept.
_PLAIN = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u00ad": "",  # soft hyphen inside a word
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",  # zero width
    "\u2010": "-", "\u2011": "-",  # hyphen, non-breaking hyphen
    "\ufffe": "-",  # PDFium's mark of a hyphen that ends a line
    "\u2044": "/", "\u2215": "/",
    "\u2217": "*",
}  # fmt: skip
_TABLE = str.maketrans(_PLAIN)
_NEEDS_REPAIR = re.compile("[" + "".join(_PLAIN) + "]")


def repair(raw: str) -> str:
    """`raw` with ligatures undone, invisible characters removed and hyphen forms made one."""
    return raw if raw.isascii() or not _NEEDS_REPAIR.search(raw) else raw.translate(_TABLE)
