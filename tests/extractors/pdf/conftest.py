"""Small PDFs written by hand: content streams in the standard fonts, so that each test shows what it reads."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import pytest

FONTS = {"F": "Helvetica", "B": "Helvetica-Bold", "T": "Times-Roman"}


def write(
    *contents: str,
    size: tuple[int, int] = (400, 300),
    rotate: int = 0,
    picture: bool = False,
    misnamed: Mapping[str, tuple[str, Mapping[int, int]]] = MappingProxyType({}),
) -> bytes:
    """A PDF of one page for each content stream; fonts /F, /B and /T, a grey picture /I where asked for.

    `misnamed` adds fonts: name -> (standard font, character code -> the Unicode value the file claims for it).
    """
    objects: list[bytes] = []

    def add(body: str) -> int:
        objects.append(body.encode("latin-1"))
        return len(objects)

    fonts = {
        key: add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
        for key, name in FONTS.items()
    }
    for key, (name, claims) in misnamed.items():
        lines_of_map = "\n".join(f"<{code:02X}> <{claimed:04X}>" for code, claimed in claims.items())
        text = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <00> <FF> endcodespacerange\n"
            f"{len(claims)} beginbfchar\n{lines_of_map}\nendbfchar endcmap end end"
        )
        stream = add(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
        fonts[key] = add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /ToUnicode {stream} 0 R >>")
    image = add(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        "\nstream\nx\nendstream"
    )
    resources = (
        "<< /Font << " + " ".join(f"/{k} {n} 0 R" for k, n in fonts.items()) + f" >> /XObject << /I {image} 0 R >> >>"
    )
    parent = len(objects) + 2 * len(contents) + 1
    kids: list[int] = []
    for content in contents:
        text = ("q 400 0 0 300 0 0 cm /I Do Q\n" if picture else "") + content
        stream = add(f"<< /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream")
        kids.append(
            add(
                f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
                f"/Resources {resources} /Contents {stream} 0 R >>"
            )
        )
    pages = add(f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>")
    root = add(f"<< /Type /Catalog /Pages {pages} 0 R >>")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{table}\n%%EOF".encode()


def lines(texts: Sequence[str], *, x: float = 50, y: float = 250, size: float = 10, font: str = "T") -> str:
    """A content stream of one text a line, from (x, y) downwards."""
    parts = [f"BT /{font} {size} Tf 1 0 0 1 {x} {y - 12 * i} Tm ({text}) Tj ET" for i, text in enumerate(texts)]
    return "\n".join(parts)


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """Writes a PDF from content streams."""
    return write


@pytest.fixture(scope="session")
def text_lines() -> Callable[..., str]:
    """Writes the content stream of lines of text."""
    return lines
