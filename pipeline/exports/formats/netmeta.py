"""A selection in, long tables for R's netmeta out: contrasts for netmeta(), arms for pairwise()."""

import math
from pathlib import Path

from pipeline.exports.fields import Field, TableSpec
from pipeline.exports.formats import Written
from pipeline.exports.package import write_package
from pipeline.exports.selection import Selected
from pipeline.exports.synthesis import Evidence, gather
from pipeline.exports.synthesis.arms import Arm
from pipeline.exports.synthesis.columns import ERROR, ERROR_FROM, PLACE, RECORD, TOPIC, label, place
from pipeline.exports.synthesis.effects import MEASURES, Effect
from pipeline.rows import Row

STUDLAB = Field("studlab", "string", "the study's label: its name and subgroup", required=True)
CONTRASTS = TableSpec(
    "contrasts",
    "one comparison of two named treatments, each result once; choose one endpoint and one sm for an analysis",
    (
        STUDLAB,
        Field("treat1", "string", "treatment", required=True),
        Field("treat2", "string", "what it is compared with", required=True),
        Field("TE", "number", "effect of treat1 against treat2, ratios on the log scale (derived)", required=True),
        Field("seTE", "number", f"its standard error (derived): {ERROR}", required=True),
        Field("seTE_from", "string", "what seTE was derived from", required=True, enum=ERROR_FROM),
        Field("sm", "string", "summary measure", required=True, enum=MEASURES),
        *TOPIC,
        RECORD,
        *PLACE,
    ),
    ("record_id",),
)
ARMS = TableSpec(
    "arms",
    "one endpoint in one arm, each once: for pairwise(treat, event = events, n = n, ...) or with mean, sd and n",
    (
        STUDLAB,
        Field("treat", "string", "treatment", required=True),
        Field("events", "integer", "people with the event"),
        Field("n", "integer", "people in the arm"),
        Field("mean", "number", "mean"),
        Field("sd", "number", "standard deviation (derived from the mean's interval; Cochrane Handbook 6.5.2.2)"),
        Field("events_from", "string", "printed, or worked out from a percentage", enum=("printed", "percent")),
        Field("n_from", "string", "printed with the value, or the arm's size elsewhere", enum=("printed", "cohort")),
        *TOPIC,
        RECORD,
        *PLACE,
    ),
    ("record_id",),
)


def write(selected: Selected, out: Path) -> Written:
    """contrasts.csv and arms.csv with their description."""
    found = gather(selected)
    usable = [found.effects[each.at] for each in found.kept_effects]
    contrasts = [_contrast(found, record, effect) for record, effect in usable if _is_contrast(record, effect)]
    arms = [_arm(found, found.arms[each.at]) for each in found.kept_arms if found.arms[each.at].record["arm"]]
    tables = ((CONTRASTS, contrasts), (ARMS, arms))
    left = len(usable) - len(contrasts)
    notes = (f"{left} effects without a standard error or without both treatments' names: left out.",) if left else ()
    return Written(write_package(out, tables, title="Results for a network meta-analysis"), (*found.notes(), *notes))


def _is_contrast(record: Row, effect: Effect) -> bool:
    return bool(record["arm"] and record["comparator"]) and effect.yi is not None and effect.sei is not None


def _contrast(found: Evidence, record: Row, effect: Effect) -> Row:
    return place(record, checks=found.checks) | {
        "studlab": label(record),
        "treat1": record["arm"],
        "treat2": record["comparator"],
        "TE": effect.yi,
        "seTE": effect.sei,
        "seTE_from": effect.sei_from,
        "sm": record["statistic"],
    }


def _arm(found: Evidence, arm: Arm) -> Row:
    return place(arm.record, checks=found.checks) | {
        "studlab": label(arm.record),
        "treat": arm.record["arm"],
        "events": arm.events,
        "n": arm.n,
        "mean": arm.mean,
        "sd": arm.se * math.sqrt(arm.n) if arm.se is not None and arm.n is not None else None,
        "events_from": arm.events_from,
        "n_from": arm.n_from,
    }
