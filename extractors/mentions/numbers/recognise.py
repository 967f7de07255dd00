"""A stretch of text in, all its printed numbers out, each digit in exactly one mention."""

import re

from extractors.mentions.numbers.counts import claim_counts
from extractors.mentions.numbers.found import NumberMentions
from extractors.mentions.numbers.identifiers import claim_identifiers
from extractors.mentions.numbers.intervals import claim_bare_intervals, claim_intervals, claim_spreads
from extractors.mentions.numbers.labels import (
    claim_addressed,
    claim_ages,
    claim_citations,
    claim_doses,
    claim_labels,
    claim_years,
)
from extractors.mentions.numbers.numerals import uses_decimal_comma
from extractors.mentions.numbers.p_values import claim_p_values
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.statuses import claim_statuses
from extractors.mentions.numbers.timepoints import claim_timepoints
from extractors.mentions.numbers.values import claim_values
from schemas.number import Operator

_BEFORE: dict[str, Operator] = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "=": "=", "~": "~", "≈": "~"}
_OPERATOR_BEFORE = re.compile(r"([<>≤≥=~≈])\s?\Z")
# From the surest to the vaguest: what its own shape explains, what says what it is, then units, then the rest.
_CLAIMS = (
    claim_identifiers,
    claim_addressed,
    claim_p_values,
    claim_ages,
    claim_intervals,
    claim_labels,
    claim_doses,
    claim_bare_intervals,
    claim_spreads,
    claim_citations,
    claim_timepoints,
    claim_counts,
    claim_values,
    claim_years,
)


def recognise_numbers(reading: str, *, start: int = 0, end: int | None = None) -> NumberMentions:
    """All printed numbers of `reading[start:end]`; every span is a place in `reading`.

    The stretch should be a sentence, a paragraph or a table cell: nothing is carried past its ends. Words in a number's
    place ("not reached", "no patients") are mentions too; a number nothing explains is in `others` with reason null.
    """
    sheet = Sheet(reading[start:end], offset=start, decimal_comma="," in reading and uses_decimal_comma(reading))
    if sheet.numerals:
        for claim in _CLAIMS:
            claim(sheet)
    else:
        claim_counts(sheet)
    claim_statuses(sheet)
    for i in sheet.free():
        operator = _OPERATOR_BEFORE.search(sheet.before(sheet.numerals[i].signed, 3))
        sheet.other(i, None, rule="plain", operator=_BEFORE[operator[1]] if operator else None)
    return NumberMentions(
        values=tuple(sorted(sheet.values, key=lambda m: m.span)),
        intervals=tuple(sorted(sheet.intervals, key=lambda m: m.span)),
        p_values=tuple(sorted(sheet.p_values, key=lambda m: m.span)),
        counts=tuple(sorted(sheet.counts, key=lambda m: m.span)),
        timepoints=tuple(sorted(sheet.timepoints, key=lambda m: m.span)),
        others=tuple(sorted(sheet.others, key=lambda m: m.span)),
    )
