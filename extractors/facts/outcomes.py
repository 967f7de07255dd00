"""A table cell's row and column in, the outcome its numbers are of out, and where that was said."""

from typing import Literal

import regex

from extractors.facts.columns import Meaning
from extractors.facts.exposures import LEVEL_RULES
from extractors.facts.headwords import OF_GROUPS, OF_OUTCOMES, name_outcome
from extractors.facts.rows import Frame, Row
from schemas.anchor import Span
from schemas.mention import EndpointMention

Place = Literal["header", "beside", "caption", "label", "group"]
FLAGS = {"caption": "endpoint_from_caption", "label": "endpoint_as_printed", "group": "endpoint_as_printed"}


# "Response rate, %": of what the row's own cell of outcomes says.
RATES = regex.compile(
    r"^\W*(?:overall\s|patients?\swith\s)?(?:response|success|event|incidence|responders?|results?|outcomes?)"
    r"(?:\srates?)?\b(?!\s(?:to|of)\b)",
    regex.IGNORECASE,
)


def choose_outcome(row: Row, column: Meaning, frame: Frame, *, resulting: bool) -> tuple[EndpointMention | None, Place]:
    """The outcome of a cell: its headers', the neighbouring column's, the caption's, else what a header prints.

    Only a `resulting` cell, under a measure or a unit, may have one that its own headers do not name by a known word.
    """
    own = row.meaning.endpoint if row.outcome_told and RATES.match(column.text) else None
    known = own or column.endpoint or row.meaning.endpoint
    if known is not None:
        return known, "header"
    group = name_outcome(column.text.removesuffix(column.last), _place(column)) if not frame.enrolled else None
    treated = any(arm.rules != LEVEL_RULES for arm in column.arms)
    if group is not None and resulting and column.last != column.text and not treated:
        return group, "group"
    if column.beside is not None:
        return column.beside, "beside"
    heads = frame.meanings[frame.study_column].text
    label = name_outcome(row.label, _place(row.meaning)) if row.label and not frame.enrolled else None
    if label is not None and OF_OUTCOMES.search(heads) and (resulting or column.arms):
        return label, "label"
    if not resulting:
        return None, "caption"
    own = name_outcome(column.last, _place(column)) if column.unit == "%" and not frame.enrolled else None
    if own is not None and not column.arms and column.role == "other":
        return own, "group"
    told = caption_endpoint(frame, measured=MEASURED.search(column.text) is not None)
    if told is not None:
        return told, "caption"
    return (label, "label") if not OF_GROUPS.search(heads) else (None, "label")


def _place(meaning: Meaning) -> Span:
    return meaning.spans[0]


# Headers of what is measured on a scale.
MEASURED = regex.compile(r"\b(?:changes?|mean|median|scores?|difference|reduction|improvement)\b", regex.IGNORECASE)


def caption_endpoint(frame: Frame, *, measured: bool = False) -> EndpointMention | None:
    """The one outcome a table's caption names; one `measured` on a scale gives no rates and no ratios."""
    families = ("continuous",) if measured else ("event", "response", "time_to_event")
    outcomes = [e for e in frame.caption_endpoints if e.family in families]
    if measured and not outcomes:
        return caption_endpoint(frame)
    return outcomes[0] if len({e.code for e in outcomes}) == 1 else None
