"""Characters as the file holds them come in, the characters a reader sees go out."""

import re

from extractors.patterns import SAME_SIGNS

# Ligatures and look-alikes that stand for plain characters. Signs with a meaning of their own in numbers (the minus
# sign, the middle dot, en dashes) stay: whoever reads numbers knows them, and the printed form is to be kept.
_PLAIN = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u00ad": "",  # soft hyphen inside a word
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",  # zero width
    "\ufffe": "-",  # PDFium's mark of a hyphen that ends a line
    "\u2217": "*",
}  # fmt: skip
# Fonts of signs keep their codes in the private use area, at U+F000 and the code of Adobe's Symbol encoding.
_SYMBOL = {
    "\uf020": " ", "\uf028": "(", "\uf029": ")", "\uf02b": "+", "\uf02c": ",", "\uf02d": "−", "\uf02e": ".",
    "\uf02f": "/", "\uf03a": ":", "\uf03c": "<", "\uf03d": "=", "\uf03e": ">", "\uf040": "≅", "\uf044": "Δ",
    "\uf057": "Ω", "\uf053": "Σ", "\uf061": "α", "\uf062": "β", "\uf063": "χ", "\uf064": "δ", "\uf065": "ε",
    "\uf067": "γ", "\uf06b": "κ", "\uf06c": "λ", "\uf06d": "μ", "\uf070": "π", "\uf072": "ρ", "\uf073": "σ",
    "\uf074": "τ", "\uf077": "ω", "\uf07e": "∼", "\uf0a3": "≤", "\uf0b0": "°", "\uf0b1": "±", "\uf0b3": "≥",
    "\uf0b4": "×", "\uf0b7": "•", "\uf0b8": "÷", "\uf0b9": "≠", "\uf0bb": "≈",
}  # fmt: skip
_PLAIN |= _SYMBOL | SAME_SIGNS
_TABLE = str.maketrans(_PLAIN)
_NEEDS_REPAIR = re.compile("[" + "".join(_PLAIN) + "]")


def repair(raw: str) -> str:
    """`raw` with ligatures undone, invisible characters removed, hyphen forms made one and codes of signs read."""
    return raw if raw.isascii() or not _NEEDS_REPAIR.search(raw) else raw.translate(_TABLE)
