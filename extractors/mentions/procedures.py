"""A reading in, the operations it names by what their words end in out: "extrapleural pneumonectomy"."""

from collections.abc import Collection, Iterator, Sequence

import regex

from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import DrugMention

# What operations end in (cutting out, cutting, opening, shaping, fixing, binding).
_ENDINGS = r"(?:ectomy|otomy|ostomy|plasty|pexy|desis)"
_WORDS = (
    r"(?:decortication|debridement|curettage|enucleation|ablation|cardioversion|emboli[sz]ation|stenting|photocoagulation"
    r"|lithotripsy)"
)
_LEAD = (
    r"(?:(?!(?:and|or|with|after|before|the|final|clinical|several|general|initial|additional)\s)\p{Ll}+(?:al"
    r"|ic|ar|ial|ed|ous|ive|ical)\s){0,2}"
)
PROCEDURE = Gated(
    rf"(?<![\p{{L}}-])(?P<name>{_LEAD}(?:(?:\p{{Ll}}+-)?\p{{Ll}}{{3,}}{_ENDINGS}|{_WORDS}))(?![\p{{L}}-])",
    regex.IGNORECASE,
)


def name_procedures(reading: str, *, regions: Sequence[Span], known: Collection[Span]) -> Iterator[DrugMention]:
    """Mentions of operations that no vocabulary lists, each a class like "surgery"; `known` are places of names."""
    taken = sorted(known)
    for region in regions:
        if not PROCEDURE.may_match(region.of(reading)):
            continue
        for match in PROCEDURE.pattern.finditer(reading, region.start, region.end):
            span = Span(*match.span("name"))
            if not any(t.overlaps(span) for t in taken):
                words = " ".join(match["name"].casefold().split())
                yield DrugMention(span=span, drugs=(words,), broad=True, rule="drugs:procedure")
