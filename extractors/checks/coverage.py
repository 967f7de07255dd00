"""Left-over numbers that look like results in, a finding for each part of the document that holds some out.

Method: the account that linking gives of every printed number; nothing is judged anew here.
"""

from collections.abc import Sequence

from extractors.checks.case import Case, Findings
from schemas.record import Leftover

# So many of the numbers are named in a message.
NAMED = 5


def check_coverage(case: Case) -> Findings:
    """The sections and tables with numbers that look like results and are in no record.

    Nothing disagrees there, so the verdict is "uncheckable"; a document of such numbers without any record is an
    error, for a reader would take its silence for an empty article. `printed` is the place, `expected` how many.
    """
    if case.coverage is None or not case.coverage.results:
        return
    if not case.records:
        yield case.state(
            "coverage",
            "uncheckable",
            (),
            study=None,
            about=None,
            severity="error",
            expected=str(len(case.coverage.results)),
            message=f"No result could be read, though {_tell(case.coverage.results)} in the text and its tables.",
        )
    for place, left in _by_place(case, case.coverage.results).items():
        yield case.state(
            "coverage",
            "uncheckable",
            (),
            study=None,
            about=None,
            severity="note",
            printed=place,
            expected=str(len(left)),
            aspect=place,
            message=f"{_tell(left)} in {place}, in no record: {_name(left)}.",
        )


def _by_place(case: Case, results: Sequence[Leftover]) -> dict[str, list[Leftover]]:
    """Left-over numbers by the section or table they stand in, in the order of the text."""
    headings = {s.sentence_id: s.heading for s in case.document.sentences}
    grouped: dict[str, list[Leftover]] = {}
    for left in results:
        heading = headings.get(left.sentence_id)
        place = left.sentence_id.replace("-", " ") if heading is None else f'"{heading}"' if heading else "the text"
        grouped.setdefault(place, []).append(left)
    return grouped


def _tell(left: Sequence[Leftover]) -> str:
    return "One number looks like a result" if len(left) == 1 else f"{len(left)} numbers look like results"


def _name(left: Sequence[Leftover]) -> str:
    named = ", ".join(" ".join(number.text.split()) for number in left[:NAMED])
    return named if len(left) <= NAMED else f"{named} and {len(left) - NAMED} more"
