"""Vocabulary as data: one model a kind of entry; these models are the format of the TOML files.

Every entry carries example sentences: `found_in` must be recognised as this entry, `not_found_in` must not.
`names` match without regard to case, `abbreviations` only as written; both may be of several words, and
a plural "s" on the last word is allowed for. `patterns` are regular expressions for what a list cannot say.
"""

from typing import Literal

from pydantic import Field

from schemas.anchor import Frozen


class Entry(Frozen):
    """What all entries share; `id` is unique within its kind and is named in a record's rules."""

    id: str
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    found_in: tuple[str, ...] = Field(default=(), description="sentences this entry must be found in")
    not_found_in: tuple[str, ...] = ()
    note: str = ""


class Endpoint(Entry):
    """Something that is measured; `code` goes into the dataset ("PFS", or a short term such as "HbA1c").

    `family` decides how a bare number is read: the median of a time-to-event endpoint, the rate of a response.
    """

    code: str
    family: Literal["time_to_event", "response", "event", "continuous", "follow_up", "count"]
    site: Literal["intracranial", "extracranial"] | None = None
    units: tuple[str, ...] = ()
    better: Literal["higher", "lower"] | None = None


class Drug(Entry):
    """A drug or other treatment under its common name (`id`), with `abbreviations`; `role` of a placebo is control."""

    role: Literal["control"] | None = None
    parts: tuple[str, ...] = Field(default=(), description="ids of the drugs of a fixed combination or regimen")
    broad: bool = Field(default=False, description="a class or procedure, an arm only where the text treats it as one")
    source: str = ""


class DrugStem(Entry):
    """An INN stem: `suffix` "-tinib" makes an unlisted word a drug name; `not_drugs` are common words that end so."""

    suffix: str
    meaning: str
    not_drugs: tuple[str, ...] = ()


class Measure(Entry):
    """An effect measure ("hazard ratio", "HR"); `statistic` is its code, `scale` how an interval is symmetric."""

    statistic: Literal["HR", "OR", "RR", "difference", "other"]
    scale: Literal["log", "natural"]


class Unit(Entry):
    """A unit of measurement; `code` is how the dataset writes it ("months", "%", "mmol/L")."""

    code: str
    quantity: Literal["time", "share", "count", "mass", "concentration", "pressure", "length", "volume", "other"]


class Population(Entry):
    """A kind of patients that reviews report apart ("active brain metastases", "PD-L1 ≥ 50%")."""

    label: str


class Cue(Entry):
    """Words that steer a rule; `role` says which ("versus", "respectively", "control arm", "general statement" ...)."""

    role: str


class SectionTitle(Entry):
    """Headings and the role of the text under them."""

    role: Literal["abstract", "body", "references", "back", "front"]
    result_bearing: bool = True


class StudyShape(Entry):
    """A shape of study names: `patterns` find them, `kind` says what they are."""

    kind: Literal["acronym", "registry", "author_year", "described"]


class Lexicon(Frozen):
    """All vocabulary in force, with the digest of the files it was read from."""

    endpoints: tuple[Endpoint, ...] = ()
    drugs: tuple[Drug, ...] = ()
    drug_stems: tuple[DrugStem, ...] = ()
    measures: tuple[Measure, ...] = ()
    units: tuple[Unit, ...] = ()
    populations: tuple[Population, ...] = ()
    cues: tuple[Cue, ...] = ()
    section_titles: tuple[SectionTitle, ...] = ()
    study_shapes: tuple[StudyShape, ...] = ()
    digest: str = ""
