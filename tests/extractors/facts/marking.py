"""A sentence with its names marked by hand in, its contents out: linking is tried without any vocabulary.

`{drug|osimertinib}` is a drug, `{control|placebo}` one that is a control, `{broad|chemotherapy}` a class of drugs,
`{time_to_event:PFS|survival}` an endpoint by family and code, `{measure:HR|hazard ratio}` an effect measure,
`{population|active metastases}` a subgroup, `{study|HARBOR-1}` and `{described|a trial}` studies, and
`{control_arm|controls}` or any other name a cue of that role. Numbers are found as they are in any text.
"""

from typing import Any, get_args

import regex

from extractors.facts.sentence import Contents
from extractors.mentions.numbers import recognise_numbers
from schemas.anchor import Span
from schemas.document import Citation
from schemas.lexicon import Endpoint
from schemas.mention import (
    CueMention,
    DrugMention,
    EndpointMention,
    MeasureMention,
    PopulationMention,
    StudyMention,
)

MARK = regex.compile(r"\{(?P<kind>\w+)(?::(?P<code>[^|}]*))?\|(?P<text>[^}]*)\}")
FAMILIES = get_args(Endpoint.model_fields["family"].annotation)


def contents(marked: str, *, citations: tuple[tuple[int, int, str], ...] = ()) -> Contents:
    """The contents of one sentence; `citations` are (start, end, marker) of its citation markers."""
    text, places = _unmarked(marked)
    kinds: dict[str, list[Any]] = {name: [] for name in Contents._fields[2:]}
    for span, kind, code, words in places:
        place, mention = _mention(span, kind, code, words)
        kinds[place].append(mention)
    numbers = recognise_numbers(text)
    for name in ("values", "intervals", "p_values", "counts", "timepoints", "others"):
        kinds[name] = sorted(getattr(numbers, name), key=lambda m: m.span)
    kinds["citations"] = [Citation(span=Span(start, end), markers=(marker,)) for start, end, marker in citations]
    return Contents(Span(0, len(text)), text, **kinds)


def _unmarked(marked: str) -> tuple[str, list[tuple[Span, str, str, str]]]:
    text, places, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        words = match["text"]
        places.append((Span(len(text), len(text) + len(words)), match["kind"], match["code"] or "", words))
        text += words
        last = match.end()
    return text + marked[last:], places


def _mention(span: Span, kind: str, code: str, words: str) -> tuple[str, Any]:
    rule = f"test:{kind}"
    if kind in ("drug", "control", "broad"):
        role: Any = "control" if kind == "control" else None
        parts = tuple((code or words).split(" + "))
        return "drugs", DrugMention(span=span, drugs=parts, role=role, broad=kind == "broad", rule=rule)
    if kind in FAMILIES:
        return "endpoints", EndpointMention(span=span, code=code or words, family=kind, text=words, rule=rule)
    if kind == "measure":
        return "measures", MeasureMention(span=span, statistic=code, rule=rule)
    if kind == "population":
        return "populations", PopulationMention(span=span, label=code or words, rule=rule)
    if kind in ("study", "described"):
        named: Any = "acronym" if kind == "study" else "described"
        return "studies", StudyMention(span=span, name=words, kind=named, rule=rule)
    return "cues", CueMention(span=span, role=kind, rule=rule)
