"""Arms as texts name them in, what is known of the arms of one study out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.anchor import Span
from schemas.evidence import ArmRole

# Kinds of treatment that are tried against older ones, and seldom the other way round.
NEW_KINDS = frozenset(
    {
        "immunotherapy",
        "targeted therapy",
        "checkpoint inhibitor",
        "checkpoint inhibitors",
        "immune checkpoint inhibitor",
        "immune checkpoint inhibitors",
        "antibody-drug conjugate",
        "biologic",
        "biologics",
        "active treatment",
    }
)

DRUGS_OF = {"doublet": 2, "triplet": 3, "quadruplet": 4}
"""How many drugs a combination has by the name it goes by."""


def same_arms(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two arms hold the same drugs, whatever their order."""
    return frozenset(a) == frozenset(b)


@dataclass
class Arm:
    """One treatment group as the text names it: drugs in printed order, its words and its place."""

    span: Span
    drugs: tuple[str, ...]
    role: ArmRole | None = None
    cue: str | None = None
    grouped: bool = False
    rules: tuple[str, ...] = ()
    alone: bool = False
    negated: bool = False
    active: int = 0
    broad: bool = False
    design: bool = False
    label: str = ""
    assumed: bool = False

    @property
    def name(self) -> str:
        """The arm in its long form; "control" for a control group whose treatment the text does not say."""
        return " + ".join(self.drugs) or ("control" if self.cue == "control_arm" else "")

    @property
    def dosed(self) -> bool:
        """Whether it is one of several doses or schedules that a study tries of a treatment."""
        return self.rules[-1:] == ("arm:dose",)


@dataclass
class ArmBook:
    """The arms of one study, as far as read, in order of naming; `pair` is (experimental, control) once known.

    `sized` says whether a number of its people was met, `everyone` holds the populations that all of them belong to.
    `exposure` is what a synthesis of associations looks at, in the words of its title. `sides` are the arms that the
    document itself defines, where it reports one trial; `order` the two of them set side by side, as printed.
    """

    arms: dict[frozenset[str], Arm] = field(default_factory=dict)
    pair: tuple[Arm, Arm] | None = None
    heading: Arm | None = None
    exposure: Arm | None = None
    sized: bool = False
    everyone: set[str] = field(default_factory=set)
    sides: tuple[Arm, ...] = ()
    order: tuple[Arm, ...] = ()
    told: Counter[frozenset[str]] = field(default_factory=Counter)
    labels: dict[str, Arm] = field(default_factory=dict)
    contrasts: Counter[tuple[frozenset[str], frozenset[str]]] = field(default_factory=Counter)

    def learn(self, arm: Arm) -> None:
        """Remember an arm under its set of drugs, and under its letter where it has one."""
        if arm.label and arm.drugs:
            self.labels.setdefault(arm.label, arm)
        if arm.drugs:
            self.arms.setdefault(frozenset(arm.drugs), arm)
            self.told[frozenset(arm.drugs)] += 1

    def contrast(self, first: Arm, second: Arm, *, weight: int = 1) -> None:
        """Count two arms set against each other; the pair is the one met most, the first of equals."""
        key = (frozenset(first.drugs), frozenset(second.drugs))
        self.contrasts[key] += weight
        if self.pair is None or self.contrasts[key] > max(
            (n for k, n in self.contrasts.items() if k != key), default=0
        ):
            self.pair = (first, second)

    def try_heading(self) -> None:
        """Take what the section is headed by for the treatment under study, also where it is named second."""
        if self.pair is None or self.heading is None or self.sides:
            return
        first, second = self.pair
        if same_arms(self.heading.drugs, second.drugs) and not same_arms(self.heading.drugs, first.drugs):
            first.role, second.role = "control", "experimental"
            self.pair = (second, first)

    def commonest(self) -> Arm | None:
        """The arm most often named, the first of equals; null where none is."""
        return self.arms[self.told.most_common(1)[0][0]] if self.told else None

    def resolve(self, arm: Arm) -> Arm:
        """The full arm that a short naming means: "the X group" for "X + Y", "the control group" for its drugs."""
        if arm.rules == ("arm:letter",):
            return self.labels.get(arm.label, arm)
        if arm.cue == "control_arm" and self.pair:
            return self.pair[1]
        if arm.negated and self.pair is not None:  # "the no X group" of X + Y against Y
            holders = [a for a in self.pair if any(arm.name == f"no {drug}" for drug in a.drugs)]
            if len(holders) == 1:
                return self.pair[0] if holders[0] is self.pair[1] else self.pair[1]
        if arm.cue in ("experimental_arm",) and self.pair:
            return self.pair[0]
        if arm.cue == "control_arm":
            known = [a for a in self.arms.values() if a.role == "control"]
            return known[0] if len(known) == 1 else arm
        if arm.cue == "combination_arm" and (self.arms or self.heading):
            known = [*self.arms.values(), *((self.heading,) if self.heading is not None else ())]
            counted = [a for a in known if len(a.drugs) == DRUGS_OF.get(arm.label)]
            if len(counted) == 1:
                return counted[0]
            return max(known, key=lambda a: a.active)
        key = frozenset(arm.drugs)
        if arm.broad and self.pair is not None and all(key != frozenset(a.drugs) for a in self.pair):
            kind = arm.name.removesuffix(" alone")
            fuller = [a for a in self.pair if len(a.drugs) == 1 and a.name.endswith(f" {kind}")]
            if len(fuller) == 1:
                return fuller[0]
            if kind in NEW_KINDS and self.pair[1].name not in NEW_KINDS and self.pair[0].role != "control":
                return self.pair[0]  # "patients given immunotherapy" in a trial of X against chemotherapy
        if self.pair is not None and "arm:of_review" in self.pair[0].rules and len(arm.drugs) == 1 and not arm.alone:
            first = self.pair[0]
            if first.name.endswith(f" {arm.name}") and key != frozenset(self.pair[1].drugs):
                return first
        shared = [a for a in self.pair or () if "arm:shared_partner" in a.rules or "arm:of_table" in a.rules]
        if key and len(shared) == 2 and not arm.alone and all(key != frozenset(a.drugs) for a in shared):
            holders = [a for a in shared if key < frozenset(a.drugs)]
            if len(holders) == 1:  # what only one of the two got stands for it
                return holders[0]
        if not key or (key in self.arms and not (arm.grouped and self.pair)):
            return self.arms.get(key, arm)
        if arm.grouped and not arm.alone:
            holders = [a for a in (self.pair or ()) if key <= frozenset(a.drugs)]
            if len(holders) == 1:
                return holders[0]
            if key in self.arms:
                return self.arms[key]
            holders = [a for k, a in self.arms.items() if key < k]
            if len(holders) == 1:
                return holders[0]
        return arm
