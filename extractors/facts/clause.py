"""A sentence with all that its drafts draw on: its study's scope and arms, and what the paragraph remembers."""

from dataclasses import dataclass, field

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents
from extractors.facts.trial.clusters import Owner
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention, MeasureMention, PopulationMention


@dataclass
class Memory:
    """What a paragraph remembers from sentence to sentence: endpoint, arm, population last spoken of.

    `listed` are the three or more arms that a sentence last named, whatever its study.
    """

    endpoint: EndpointMention | None = None
    timepoint: str | None = None
    arm: Arm | None = None
    population: str = ""
    usual: EndpointMention | None = None
    subgroup: str = ""
    groups: tuple[str, ...] = ()  # the last two kinds of patients that the paragraph told results of
    measure: MeasureMention | None = None
    measured: EndpointMention | None = None  # what the study last measured on a scale, else what the document does
    told: tuple[EndpointMention, ...] = ()  # the outcomes of the last sentence with results, in order
    scale: EndpointMention | None = None  # the scale whose points define the document's outcomes
    last_effect: MeasureMention | None = None  # of the study in this paragraph
    effects: dict[str, EndpointMention] = field(default_factory=dict)  # by statistic, what the study's first one is of
    tested: set[tuple[str, str]] = field(default_factory=set)  # outcomes and statistics the study has effects of
    compared: EndpointMention | None = None  # what the last effect was of, for "no such difference was found"
    listed: tuple[Arm, ...] = ()
    going_on: bool = False  # a further piece of a sentence about several studies: its outcome is that told before it


@dataclass
class Clause:
    """One sentence with all that its drafts draw on."""

    contents: Contents
    scope: Scope
    arms: list[Arm]
    populations: list[PopulationMention]
    book: ArmBook
    memory: Memory
    rules: list[str] = field(default_factory=list)
    parts: dict[Span, CountMention] = field(default_factory=dict)
    whole: CountMention | None = None
    counted: Arm | None = None
    owners: dict[Span, Owner] | None = None
