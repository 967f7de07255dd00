"""An audit in; one HTML page out that needs nothing else: no network, no script, no other file."""

from collections.abc import Iterator
from html import escape
from pathlib import PurePath

from pipeline.audit.crops import Crop, Original
from pipeline.audit.examination import SEVERITIES, Examined, Passage, Point
from pipeline.audit.gathering import Audit
from pipeline.audit.reconciliation import Agreed
from pipeline.audit.style import STYLE

NAMES = {
    "interval_vs_p": "Interval against p-value",
    "claim_vs_p": "Claim of significance against p-value",
    "direction": "Direction in words against numbers",
    "percent_vs_count": "Percentage against patients",
    "interval_vs_count": "Interval against patients",
    "interval_contains_value": "Value against its own interval",
    "interval_level": "Interval without a level",
    "interval_width": "Width of an interval against patients",
    "sum_of_parts": "Parts against their whole",
    "difference_vs_values": "Difference against the two values",
    "label_conflict": "One number under two labels",
    "agreement": "One result in two places",
    "printed_form": "Form of a printed number",
    "citation": "Citation against the reference list",
    "ordering": "Results that must not exceed one another",
    "plausibility": "Numbers that cannot be",
    "coverage": "Numbers not understood",
}
"""What each check is called for a reader."""
FILTERS = {"error": "errors", "warning": "warnings", "note": "notes"}


def spell_page(audit: Audit) -> str:
    """The page; the same bytes for the same audit and files."""
    return "".join(_pieces(audit))


def _pieces(audit: Audit) -> Iterator[str]:
    title = audit.documents[0].title or audit.documents[0].document if len(audit.documents) == 1 else ""
    title = f"Audit of {title}" if title else f"Audit of {len(audit.documents)} documents"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{escape(title)}</h1>\n"
    )
    yield (
        "<p>Every printed number was checked against the others it belongs with, rounding allowed. A finding says that"
        " numbers disagree, never which of them is wrong.</p>\n</header>\n"
    )
    yield from _filter(audit)
    yield "<main>\n"
    if len(audit.documents) > 1:
        yield from _overview(audit)
    for i, document in enumerate(audit.documents):
        yield from _document(document, Original(document, audit.originals), anchor=f"document-{i}")
    if audit.agreed:
        yield from _reconciliation(audit.agreed)
    yield "</main>\n</body>\n</html>\n"


def _filter(audit: Audit) -> Iterator[str]:
    yield '<form class="filter" aria-label="Show findings by severity">\n'
    for severity in SEVERITIES:
        number = sum(document.count(severity) for document in audit.documents)
        yield (
            f'<label><input type="checkbox" id="show-{severity}" checked autocomplete="off"> {number}'
            f" {FILTERS[severity] if number != 1 else severity}</label>\n"
        )
    yield "</form>\n"


def _overview(audit: Audit) -> Iterator[str]:
    yield '<nav aria-label="Documents" class="wide">\n<table>\n<thead><tr><th scope="col">document</th>'
    yield from (f'<th scope="col" class="n">{FILTERS[severity]}</th>' for severity in SEVERITIES)
    yield '<th scope="col" class="n">records</th></tr></thead>\n<tbody>\n'
    for i, document in enumerate(audit.documents):
        yield f'<tr><td><a href="#document-{i}">{escape(document.title or document.document)}</a></td>'
        if document.status != "read":
            yield f'<td colspan="4">not read: {escape(document.reason)}</td></tr>\n'
            continue
        yield from (f'<td class="n">{document.count(severity)}</td>' for severity in SEVERITIES)
        yield f'<td class="n">{document.records}</td></tr>\n'
    yield "</tbody>\n</table>\n"
    if audit.agreed:
        yield '<p><a href="#reconciliation">Results that several documents print</a></p>\n'
    yield "</nav>\n"


def _document(document: Examined, original: Original, *, anchor: str) -> Iterator[str]:
    yield f'<section id="{anchor}" aria-labelledby="{anchor}-title">\n'
    yield f'<h2 id="{anchor}-title">{escape(document.title or document.document)}</h2>\n'
    yield f'<p class="soft">{escape(", ".join(map(_name, document.files)) or document.document)}: '
    if document.status != "read":
        yield f"not read ({escape(document.status)}): {escape(document.reason)}</p>\n</section>\n"
        return
    yield (
        f"{document.records} results read; {len(document.points)} findings, {document.consistent} checks agreed, "
        f"{document.uncheckable} could not be told; {document.not_understood} numbers that look like results are in no"
        " record.</p>\n"
    )
    for point in document.points:
        yield from _point(point, original)
    yield "</section>\n"


def _name(file: str) -> str:
    """A file's name without its folders: where it lies on one computer tells the reader of the page nothing."""
    return PurePath(file).name


def _point(point: Point, original: Original) -> Iterator[str]:
    yield f'<article class="point {point.severity}" id="{point.finding_id}">\n'
    about = f" · {escape(point.study)}" if point.study else ""
    yield f'<div><span class="severity">{point.severity}</span> · <h3>{NAMES[point.check]}</h3>{about}</div>\n'
    yield f'<p class="message">{escape(point.message)}</p>\n'
    if point.printed and point.expected:
        yield f"<dl><dt>printed</dt><dd>{escape(point.printed)}</dd>"
        yield f"<dt>expected</dt><dd>{escape(point.expected)}</dd></dl>\n"
    for passage in point.passages:
        yield from _passage(passage, original.crop(passage))
    yield "</article>\n"


def _passage(passage: Passage, crop: Crop | None) -> Iterator[str]:
    yield "<figure>\n"
    if crop is not None:
        yield (
            f'<img src="{crop.uri}" width="{crop.width * 3 // 4}" height="{crop.height * 3 // 4}" loading="lazy"'
            f' alt="Page {crop.page}, the number framed">\n'
        )
    yield f"<figcaption>{escape(passage.where)}</figcaption>\n"
    text, start, end = passage.text, passage.start, passage.end
    marked = f"<mark>{escape(text[start:end])}</mark>" if end > start else ""
    yield f"<blockquote>{escape(text[:start])}{marked}{escape(text[end:])}</blockquote>\n</figure>\n"


def _reconciliation(agreed: tuple[Agreed, ...]) -> Iterator[str]:
    differ = sum(not each.agree for each in agreed)
    yield (
        '<section id="reconciliation" aria-labelledby="reconciliation-title">\n'
        '<h2 id="reconciliation-title">Results that several documents print</h2>\n'
        f"<p>{len(agreed)} results are printed by more than one document; on {differ} they differ. Other follow-up or"
        " other patients may be the reason; no value is chosen here.</p>\n"
    )
    for each in agreed:
        group = f" ({escape(each.group)})" if each.group else ""
        yield f"<h3>{escape(each.study)}: {escape(each.result)}{group}</h3>\n"
        yield f'<p class="soft">{"The documents agree." if each.agree else "The documents differ."}</p>\n'
        yield '<div class="wide"><table>\n<thead><tr><th scope="col">document</th><th scope="col">value</th>'
        yield '<th scope="col">precision</th><th scope="col">place</th><th scope="col">sentence</th></tr></thead>\n'
        yield "<tbody>\n"
        for said in each.said:
            cells = (said.document, said.value, said.precision, said.where, said.sentence)
            yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>\n"
        yield "</tbody>\n</table></div>\n"
    yield "</section>\n"
