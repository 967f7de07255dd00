"""Text as a file holds it in, the same with one sign for one meaning out: all hyphens alike, all strokes alike."""

# As many characters as before, so that places stay. Minus signs, middle dots and dashes have meanings of their own.
SAME_SIGNS = {"\u2010": "-", "\u2011": "-", "\u2044": "/", "\u2215": "/"}
_TABLE = str.maketrans(SAME_SIGNS)


def same_signs(text: str) -> str:
    """`text`, as long as it was, with every hyphen a plain one and every stroke of a fraction a plain one."""
    return text if text.isascii() else text.translate(_TABLE)
