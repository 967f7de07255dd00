"""Articles in corpus/source/*.typ in, corpus/*.pdf out: the same bytes on every machine, by the fonts of typst."""

import argparse
import sys
from pathlib import Path

import typst

CORPUS = Path(__file__).resolve().parent
SOURCE = CORPUS / "source"
TEMPLATE = "journal"


def articles() -> list[Path]:
    """The typst sources that are articles, by name."""
    return sorted(path for path in SOURCE.glob("*.typ") if path.stem != TEMPLATE)


def render(source: Path) -> bytes:
    """The PDF of one typst source; its date is the article's own, so that two renderings are the same bytes."""
    pdf = typst.compile(str(source), root=str(SOURCE), ignore_system_fonts=True, format="pdf", timestamp=0)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave more than one file for a PDF")
    return pdf


def main() -> int:
    """Render every article; with --check write nothing and tell which committed PDFs differ (exit status 1)."""
    parser = argparse.ArgumentParser(description="render the sample articles of corpus/source to corpus/*.pdf")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a committed PDF differs")
    check = parser.parse_args().check
    stale = 0
    for source in articles():
        target = CORPUS / f"{source.stem}.pdf"
        pdf = render(source)
        if target.is_file() and target.read_bytes() == pdf:
            print(f"{target.name}: unchanged")
        elif check:
            stale += 1
            print(f"{target.name}: differs from its source; run python corpus/render.py", file=sys.stderr)
        else:
            partial = target.with_suffix(".pdf.partial")
            partial.write_bytes(pdf)
            partial.replace(target)
            print(f"{target.name}: written")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
