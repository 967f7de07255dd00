"""Records of documents with hand-written ones in, a model of their confidence and how reliable it is out.

Source: logistic regression with an L2 penalty, minimised by L-BFGS-B under bounds on the signs of its weights (a
flag only takes from the confidence, an agreement only adds to it); every figure of reliability is of documents that the
fit has not seen.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from extractors.facts.confidence import SUPPORT, Model, traits_of
from pipeline.rows import Row

TARGET = 0.95
"""The precision that unflagged records should have, at the level where everything is right."""
LEAST_SHARE = 0.3
"""So many records at least stay unflagged: a handful of the surest would prove nothing and help nobody."""
PENALTY = 3.0
RAREST = 12.0
"""A trait of fewer records has no weight: nothing is known of it."""
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Floats = NDArray[np.float64]


class Judged(NamedTuple):
    """One record: its document, what the model knows of it, whether it is right, and how much it counts.

    Layouts of one document share its weight.
    """

    document: str
    traits: frozenset[str]
    right: bool
    weight: float = 1.0


class Bin(NamedTuple):
    """Records of like confidence: how many, their mean confidence, the share that is right."""

    low: float
    high: float
    records: int
    confidence: float
    right: float


class Unflagged(NamedTuple):
    """What a user may take unread of one document: the share of its records, and how many of those are right."""

    document: str
    share: float
    precision: float
    records: int


def traits_of_row(row: Row) -> frozenset[str]:
    """The traits of a record as `records.jsonl` writes it."""
    return traits_of(
        kind=row["kind"],
        statistic=row["statistic"] if row["kind"] != "cohort" else None,
        precise=row["kind"] != "cohort" and (row["ci"] is not None or row["p"] is not None),
        in_table=row["source"] != "text",
        flags=row["flags"],
        rules=row["rules"],
    )


def fit(judged: Sequence[Judged], *, threshold: float = 0.0) -> Model:
    """The weights that explain best which records are right; deterministic."""
    counts: Counter[str] = Counter()
    for record in judged:
        counts.update(dict.fromkeys(record.traits, record.weight))
    traits = sorted(trait for trait, weight in counts.items() if weight >= RAREST)
    column = {trait: i + 1 for i, trait in enumerate(traits)}
    table = np.zeros((len(judged), len(traits) + 1))
    table[:, 0] = 1.0
    for i, record in enumerate(judged):
        for trait in record.traits:
            if trait in column:
                table[i, column[trait]] = 1.0
    right = np.array([float(record.right) for record in judged])
    weights = np.array([record.weight for record in judged])
    found = minimize(
        _loss(table, right, weights),
        np.zeros(len(traits) + 1),
        jac=True,
        bounds=[(None, None), *(_bounds(trait) for trait in traits)],
        method="L-BFGS-B",
    )
    chosen = {trait: round(float(w), 3) + 0.0 for trait, w in zip(traits, found.x[1:], strict=True)}
    return Model(round(float(found.x[0]), 3), {t: w for t, w in chosen.items() if w}, threshold)


def _bounds(trait: str) -> tuple[float | None, float | None]:
    if trait in SUPPORT:
        return (0.0, None)
    return (None, None) if ":" in trait or trait == "table" else (None, 0.0)


def _loss(table: Floats, right: Floats, weights: Floats) -> Callable[[Floats], tuple[float, Floats]]:
    """Penalised negative log-likelihood and its gradient."""

    def loss(parameters: Floats) -> tuple[float, Floats]:
        score = table @ parameters
        likelihood = np.logaddexp(0.0, score) - right * score
        penalised = parameters.copy()
        penalised[0] = 0.0
        slope = table.T @ (weights * (1.0 / (1.0 + np.exp(-score)) - right)) + PENALTY * penalised
        return float(weights @ likelihood + PENALTY * (penalised @ penalised) / 2), slope

    return loss


def hold_out(judged: Sequence[Judged]) -> list[float]:
    """The confidence of each record by a model that has not seen its document."""
    models = {name: fit([r for r in judged if r.document != name]) for name in {r.document for r in judged}}
    return [models[record.document].confidence(record.traits) for record in judged]


def choose_threshold(judged: Sequence[Judged], confidences: Sequence[float]) -> float:
    """The least confidence above which the records have the target precision, and the least share is left.

    Where none reaches the target, the one of greatest precision.
    """
    ordered = sorted(zip(confidences, judged, strict=True), key=lambda pair: -pair[0])
    total = sum(record.weight for record in judged)
    taken = good = 0.0
    best, reached = (0.0, 1.0), None
    for i, (confidence, record) in enumerate(ordered):
        taken, good = taken + record.weight, good + record.weight * record.right
        if i + 1 < len(ordered) and round(ordered[i + 1][0], 3) == round(confidence, 3):
            continue
        if taken / total >= LEAST_SHARE:
            reached = confidence if good / taken >= TARGET else reached
            best = max(best, (good / taken, confidence))
    return round(reached if reached is not None else best[1], 3)


def calibrate(judged: Sequence[Judged]) -> Model:
    """The model of all documents, its threshold chosen on confidences of documents held out."""
    return fit(judged)._replace(threshold=choose_threshold(judged, hold_out(judged)))


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """How often records of like held-out confidence are right."""
    confidences = hold_out(judged)
    found = []
    for low, high in pairwise(BINS):
        inside = [(c, r) for c, r in zip(confidences, judged, strict=True) if low <= c < high or c == high == 1.0]
        weight = sum(r.weight for _, r in inside)
        if weight:
            mean = sum(c * r.weight for c, r in inside) / weight
            found.append(Bin(low, high, round(weight), mean, sum(r.weight * r.right for _, r in inside) / weight))
    return found


def unflagged(judged: Sequence[Judged]) -> list[Unflagged]:
    """For each document, what a model and a threshold made without it leave unflagged; all together last."""
    found, kept = [], []
    for name in sorted({record.document for record in judged}):
        own = calibrate([record for record in judged if record.document != name])
        mine = [record for record in judged if record.document == name]
        calm = [record for record in mine if own.confidence(record.traits) >= own.threshold]
        kept += calm
        found.append(_unflagged(name, mine, calm))
    return [*found, _unflagged("all", judged, kept)]


def _unflagged(name: str, records: Iterable[Judged], calm: Iterable[Judged]) -> Unflagged:
    total, taken = (sum(record.weight for record in group) for group in (records, calm))
    right = sum(record.weight for record in calm if record.right)
    return Unflagged(name, taken / total if total else 0.0, right / taken if taken else 0.0, round(total))
