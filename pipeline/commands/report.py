"""`trialtrace report`: the dataset on one page, with pictures, coverage and findings."""

from pathlib import Path

from pipeline import screen
from pipeline.exports.files import write_text
from pipeline.exports.selection import Selected, Selection
from pipeline.report import gather, spell_page
from pipeline.settings import Settings
from pipeline.store import open_store
from schemas.errors import UsageError

PAGE = "report.html"


def write_report(*, database: str | None, out: Path | None, wanted: Selection) -> int:
    """Write the page; returns the exit status."""
    settings = Settings()
    address = database if database is not None else settings.database
    target = out if out is not None else settings.folder_of(address) / PAGE
    with open_store(address) as store:
        report = gather(Selected(store, wanted))
    page = spell_page(report)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_text(target, [page])
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror}); choose another place with --out.") from error
    screen.out().print(f"{target}: {report.summary}", markup=False, soft_wrap=True)
    return 0
