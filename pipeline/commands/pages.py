"""`trialtrace pages`: what was understood of one page, drawn over its picture."""

from pathlib import Path

from extractors.extract import read
from extractors.pdf import picture, read_pages
from pipeline import screen
from pipeline.exports.files import write_whole
from pipeline.pictures import draw, find_marks
from schemas.errors import UnreadableDocument, UsageError

UNREADABLE = 1
_POINTS = 72


def draw_page(file: Path, *, page: int, out: Path | None, dpi: int) -> int:
    """Write the picture of page `page` (from 1) with what was read of it; returns the exit status."""
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file.")
    if file.suffix.lower() != ".pdf":
        raise UsageError(f"{file}: only a PDF has pages to draw.")
    target = out if out is not None else Path(f"{file.stem}.page{page}.png")
    scale = dpi / _POINTS
    try:
        data = file.read_bytes()
        document, pages = read(file), read_pages(data)
        if not 1 <= page <= len(pages):
            raise UsageError(f"{file}: there is no page {page}; the document has {len(pages)}.")
        seen = pages[page - 1]
        image = picture(data, page=page, scale=scale)
    except UnreadableDocument as error:
        screen.say_error(f"{file}: {error.status}: {error.reason}")
        return UNREADABLE
    marks = find_marks(document, seen)
    drawn = draw(image, marks, scale=scale, rotation=seen.rotation, title=f"{file.name}, page {page}")
    write_whole(target, lambda partial: _write(partial, drawn))
    screen.out().print(f"{target}: page {page} of {len(pages)}, {len(marks)} marks", markup=False, soft_wrap=True)
    return 0


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
