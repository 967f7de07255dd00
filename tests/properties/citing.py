"""Random reference lists in, reviews that cite them out: rightly, one too high, or with two markers exchanged."""

from typing import NamedTuple

from schemas.document import Document
from schemas.record import Record
from tests.extractors.checks.reviews import DRUGS, records_of, review
from tests.properties.simulating import Random

PARTS = ("ALFA", "BRAVO", "CORAL", "DELTA", "EMBER", "FALCON", "GALA", "HELIO", "IRIS", "JUPITER", "KARMA", "LUNA")
PLACES = ("advanced disease", "early disease", "the elderly", "relapse", "remission", "second-line treatment")


class Cited(NamedTuple):
    """A review and its studies' records; `wrong` are the studies printed with another's marker."""

    document: Document
    records: list[Record]
    wrong: frozenset[str]


def _title(random: Random, study: str, drug: str, *, naming: float) -> str:
    place = random.choice(PLACES)
    drug = drug.capitalize()
    if random.random() >= naming:
        return f"{drug} in {place}"
    forms = (f"{drug} in {place} ({study}): a trial", f"Results of the {study} trial", f"{study}: {drug} in {place}")
    return str(random.choice(forms))


def _statement(random: Random, study: str, drug: str, marker: int) -> str:
    forms = (
        f"In the {study} trial [{marker}], {drug} helped in {random.choice(PLACES)}.",
        f"The phase 3 {study} trial gave {drug} to patients of all ages and followed them for years [{marker}].",
        f"Then came {study}. Patients who took {drug} lived longer [{marker}].",
    )
    return str(random.choice(forms))


def cite(
    random: Random, *, naming: float = 0.6, shift: tuple[int, int, int] | None = None, exchange: bool = False
) -> Cited:
    """A review of 4 to 20 studies, each with an entry and some with a second one, among entries of other things.

    Entries name their study with the chance `naming`. `shift` (first, last, offset) changes the markers of studies
    first to last; `exchange` gives one study the marker of another.
    """
    number = int(random.integers(4, 21)) if shift is None else int(random.integers(10, 21))
    names = [f"{part}-{n}" for part in PARTS for n in (1, 2, 3)]
    random.shuffle(names)
    studies = {name: str(random.choice(DRUGS)) for name in names[:number]}
    titles, markers = [], {}
    for study, drug in studies.items():
        titles.append(_title(random, study, drug, naming=naming))
        markers[study] = len(titles)
        while random.random() < 0.3:
            titles.append(_title(random, study, drug, naming=naming))
        if shift is None and random.random() < 0.2:
            titles.append(f"{str(random.choice(DRUGS)).capitalize()}: a review")
    wrong: list[str] = []
    listed = list(studies)
    if shift is not None:
        wrong = listed[shift[0] : shift[1]]
        for study in wrong:
            markers[study] = min(max(markers[study] + shift[2], 1), len(titles))
    if exchange:
        wrong = [str(study) for study in random.choice(listed, 2, replace=False)]
        markers[wrong[0]], markers[wrong[1]] = markers[wrong[1]], markers[wrong[0]]
    text = [_statement(random, study, drug, markers[study]) for study, drug in studies.items()]
    entries = [f"{_author(i)}. {title}. {2000 + i % 25}." for i, title in enumerate(titles)]
    return Cited(review(text, entries), records_of(dict(studies)), frozenset(wrong))


def _author(i: int) -> str:
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[i % 26]}{'aeiou'[i // 26 % 5]}rson {'JKLM'[i % 4]}"
