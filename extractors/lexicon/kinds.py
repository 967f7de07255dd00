"""The kinds of entries: the name a vocabulary file gives a kind (also the Lexicon's field) and its model."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.lexicon import (
    Cue,
    Drug,
    DrugStem,
    Endpoint,
    Entry,
    Measure,
    Population,
    SectionTitle,
    StudyShape,
    Unit,
)

KINDS: Mapping[str, type[Entry]] = MappingProxyType(
    {
        "endpoints": Endpoint,
        "drugs": Drug,
        "drug_stems": DrugStem,
        "measures": Measure,
        "units": Unit,
        "populations": Population,
        "cues": Cue,
        "section_titles": SectionTitle,
        "study_shapes": StudyShape,
    }
)
