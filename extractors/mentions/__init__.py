"""A document and a lexicon in, its mentions out: numbers by regular expressions, names by spaCy's phrase matcher."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from extractors.mentions.abbreviations import define_abbreviations
from extractors.mentions.at_risk import name_risks
from extractors.mentions.composites import merge_composites
from extractors.mentions.ellipses import name_causes
from extractors.mentions.endpoints import describe_endpoint
from extractors.mentions.extents import name_extents
from extractors.mentions.generics import drop_ranks
from extractors.mentions.measured import name_measured
from extractors.mentions.names import recognise_names
from extractors.mentions.numbers import NumberMentions, UnitWords, moved, recognise_numbers
from extractors.mentions.reversals import name_reversals
from extractors.mentions.scales import name_scales
from extractors.mentions.score_units import give_points
from extractors.mentions.studies import recognise_studies
from extractors.mentions.vocabulary import Hit, vocabulary
from schemas.anchor import Span
from schemas.document import Cell, Document, Table
from schemas.lexicon import Cue, Lexicon, Measure
from schemas.mention import (
    Abbreviation,
    CueMention,
    EndpointMention,
    MeasureMention,
    Mentions,
    OtherNumber,
    PopulationMention,
)

__all__ = ["recognise"]

# What is a checklist or a gene elsewhere is a study where the text calls it one ("the CARE trial").
CALLED = regex.compile(r"\s+(?:trial|study)\b")
# "the Groupe X (GX) trial": its organisation's short form is what a trial goes by.
# "Effects of X in Y Global (WREN) Trial": its short form is the trial's.
TITLED_TRIAL = regex.compile(r"\)? (?:Trial|Study)\b")
OF_TRIAL = regex.compile(
    r"[)\]]?\s(?:(?:phase\s\S+|randomi[sz]ed|clinical|controlled)\s){0,3}(?:trial|study)\b(?!\s(?:group|design))"
)
ORGANISATION = regex.compile(
    r"\b(?:groupe?s?|gruppo|grupo|gruppe|intergroup|organi[sz]ation|soci(?:ety|été)|f[eé]d[eé]ration|consortium|network|association"
    r"|collaborati(?:on|ve)|council|institute|alliance)\b",
    regex.IGNORECASE,
)
STUDY_WORD = regex.compile(r"trial|study", regex.IGNORECASE)
STUDY_HEAD = regex.compile(r"\W*(?:trials?|study|studies)\b(?! design| type| arm)", regex.IGNORECASE)
PLURAL_END = regex.compile(r"(?:es|is|s)$")
READ_ROLES = frozenset({"title", "abstract", "body", "caption", "table"})


def recognise(document: Document, *, lexicon: Lexicon) -> Mentions:
    """All mentions of a document's title, abstract, body, captions and tables; no results stand elsewhere."""
    reading = document.reading
    regions = read_regions(document)
    abbreviations = tuple(a for r in regions for a in define_abbreviations(r.of(reading), start=r.start))
    words = vocabulary(lexicon)
    names = recognise_names(reading, regions=regions, vocabulary=words, abbreviations=abbreviations)
    taken = [Span(h.start, h.end) for kind in ("endpoints", "measures", "populations") for h in names.hits[kind]]
    taken += [d.span for d in names.drugs]
    taken += [
        Span(h.start, h.end)
        for h in names.hits["cues"]
        if isinstance(h.entry, Cue) and h.entry.role == "not_a_study" and not CALLED.match(reading, h.end)
    ]
    studies = recognise_studies(
        reading,
        regions=regions,
        taken=taken,
        defined=frozenset(
            a.short
            for a in abbreviations
            if not STUDY_WORD.search(a.long)
            and not (ORGANISATION.search(a.long) and OF_TRIAL.match(reading, a.span.end))
            and not TITLED_TRIAL.match(reading, a.span.end)
        ),
        groups=frozenset(a.short for a in abbreviations if ORGANISATION.search(a.long)),
        treatments=frozenset(d.span.of(reading) for d in names.drugs),
        told=" ".join(r.text for r in document.references),
        shapes=words.shapes,
        headed=[span for table in document.tables for span in trial_cells(table, reading)],
    )
    named = [s.span for s in studies if s.kind == "acronym"]  # "HARBOR-MI" speaks of no infarction
    numbers = list(_numbers(reading, regions, units=words.units))
    others = [o for n in numbers for o in n.others]
    counts = [c for n in numbers for c in n.counts]
    numbered = [
        c for c in counts if within(c.number.span or c.span, named)
    ]  # "in HARBOR 2 were": a name's own number counts nobody
    counts = [c for c in counts if c not in numbered]
    others += [
        OtherNumber(span=c.span, raw=c.span.of(reading), reason="name", rule="name:study", number=c.number)
        for c in numbered
    ]
    endpoints = sorted(
        (describe_endpoint(reading, h) for h in names.hits["endpoints"] if not within(Span(h.start, h.end), named)),
        key=lambda e: e.span,
    )
    known = [*named, *(Span(h.start, h.end) for h in names.hits["measures"])]
    known += [d.span for d in names.drugs] + [s.span for s in studies]
    shorts = frozenset(a.short for a in abbreviations)
    endpoints = name_risks(reading, regions=regions, endpoints=endpoints, known=known, shorts=shorts)
    at_risk = [e.span for e in endpoints if e.rule == "endpoint:risk"]
    populations = [h for h in names.hits["populations"] if not any(s.overlaps(Span(h.start, h.end)) for s in at_risk)]
    known += [Span(h.start, h.end) for h in populations]
    endpoints = name_measured(reading, regions=regions, endpoints=endpoints, known=known)
    places = [e.span for e in endpoints]  # "the 6-minute walk distance": no time but a name
    values = [v for n in numbers for v in n.values if not within(v.span, places)]
    return Mentions(
        values=give_points(reading, values, names.hits["endpoints"]),
        intervals=tuple(i for n in numbers for i in n.intervals),
        p_values=tuple(p for n in numbers for p in n.p_values),
        counts=tuple(counts),
        timepoints=tuple(t for n in numbers for t in n.timepoints),
        others=tuple(sorted(others, key=lambda o: o.span)),
        measures=tuple(
            MeasureMention(span=Span(h.start, h.end), statistic=h.entry.statistic, rule=h.rule)
            for h in names.hits["measures"]
            if isinstance(h.entry, Measure)
        ),
        endpoints=_combined(reading, name_scales(reading, endpoints, others), others),
        drugs=tuple(names.drugs),
        studies=studies,
        populations=tuple(
            PopulationMention(span=Span(h.start, h.end), label=_label(reading, h, abbreviations), rule=h.rule)
            for h in populations
        ),
        cues=tuple(
            CueMention.built(span=Span(h.start, h.end), role=h.entry.role, rule=h.rule)
            for h in names.hits["cues"]
            if isinstance(h.entry, Cue)
        ),
        abbreviations=abbreviations,
    )


def _combined(
    reading: str, endpoints: Sequence[EndpointMention], others: Sequence[OtherNumber]
) -> tuple[EndpointMention, ...]:
    """Mentions in order with those that several words or numbers name together."""
    named = merge_composites(
        reading, name_causes(reading, name_reversals(reading, name_extents(reading, endpoints, others)))
    )
    return drop_ranks(reading, named)


def _numbers(reading: str, regions: Sequence[Span], *, units: UnitWords) -> Iterator[NumberMentions]:
    """The numbers of each region; a text that stood before is not read again."""
    known: dict[str, tuple[int, NumberMentions]] = {}
    for start, end in regions:
        text = reading[start:end]
        if text in known:
            at, found = known[text]
            yield moved(found, start - at)
        else:
            known[text] = start, recognise_numbers(reading, start=start, end=end, units=units)
            yield known[text][1]


def within(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span lies inside one of the others, which are in order of place, and is not all of it."""
    i = bisect_right(others, span.start, key=lambda o: o.start)
    return i > 0 and others[i - 1].holds(span) and others[i - 1] != span


def trial_cells(table: Table, reading: str) -> list[Span]:
    """The cells that stand under a header such as "Trial" or "Study"."""
    headed = {
        column
        for cell in table.cells
        if cell.header and STUDY_HEAD.match(cell.span.of(reading)) and not _heads_its_row(table, cell)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    return [cell.span for cell in table.cells if not cell.header and cell.column in headed]


def _heads_its_row(table: Table, cell: Cell) -> bool:
    """Whether a header cell names the row of headers it opens, other such cells standing under it."""
    below = (c for c in table.cells if c.header and c.column == 0 and c.row >= cell.row + cell.row_span)
    return cell.column == 0 and any(below)


def _label(reading: str, hit: Hit, abbreviations: Sequence[Abbreviation]) -> str:
    """A population as printed; a short form in the long form the document gives it, else the vocabulary's."""
    printed = " ".join(reading[hit.start : hit.end].split())
    if not hit.label or not printed:
        return ""
    if hit.way in ("name", "pattern"):
        return hit.label if _stems(hit.label) == _stems(printed) else printed
    if printed in hit.label.split("/"):
        return printed  # "dMMR" is a part of what "MSI-H/dMMR" stands for
    return next((a.long for a in abbreviations if a.short == printed), hit.label)


def _stems(words: str) -> set[str]:
    """Words without case and number: "brain metastasis" and "Brain metastases" are one population."""
    return {PLURAL_END.sub("", word) for word in words.casefold().split()}


def read_regions(document: Document) -> list[Span]:
    """The stretches where results can stand, in order: paragraphs and cells with words, outside references and back."""
    roles = {s.section_id: s.role for s in document.sections}
    spans = [p.span for p in document.paragraphs if roles.get(p.section_id, "body") in READ_ROLES and p.kind != "front"]
    spans += [cell.span for table in document.tables for cell in table.cells]
    return sorted(span for span in set(spans) if not span.of(document.reading).isspace())
