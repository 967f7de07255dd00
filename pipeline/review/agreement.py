"""What two blind reviewers made of the same records in; how far they agree, field by field, out."""

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from pipeline.review.entering import FIELDS
from pipeline.rows import Row

REJECTED = "(rejected)"


class Agreement(NamedTuple):
    """How far two reviewers agree on one field: how many records, on how many of them, Cohen's kappa if defined."""

    name: str
    records: int
    same: int
    kappa: float | None


def find_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two raters' nominal ratings; None without ratings, or where chance alone gives full agreement.

    (p_o - p_e) / (1 - p_e), with p_o the share of equal ratings and p_e the sum over categories of the product of both
    raters' shares. J. Cohen, A coefficient of agreement for nominal scales, Educ Psychol Meas 1960;20:37-46.
    """
    n = len(pairs)
    if n == 0:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / n
    by_chance = sum(first[category] * second[category] for category in first) / n**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def agree(rated: Sequence[tuple[Row, Row]]) -> list[Agreement]:
    """The verdict first, then each field: what it would be in the dataset by the one and by the other reviewer.

    A pair is what both made of one record (see `outcome`). A field that neither's record has is left out.
    """
    found = [_agreement("verdict", [(one["verdict"], other["verdict"]) for one, other in rated])]
    for field in FIELDS:
        pairs = [(one[field.name], other[field.name]) for one, other in rated if field.name in one]
        if pairs:
            found.append(_agreement(field.name, pairs))
    return found


def outcome(extracted: Row, *, verdict: str, correction: Row) -> Row:
    """What a reviewer made of a record: the verdict, and each of its fields as it would stand, in a form to compare."""
    names = [field.name for field in FIELDS if extracted["kind"] in field.kinds]
    fields = extracted | correction
    said = {name: REJECTED if verdict == "reject" else json.dumps(fields[name]) for name in names}
    return {"verdict": verdict} | said


def _agreement(name: str, pairs: Iterable[tuple[str, str]]) -> Agreement:
    pairs = list(pairs)
    return Agreement(name, len(pairs), sum(one == other for one, other in pairs), find_kappa(pairs))
