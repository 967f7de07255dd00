"""A selection in, tables for R's metafor and meta out: effects with standard errors, counts of pairs, proportions."""

from pathlib import Path

from pipeline.exports.fields import COMPARISONS, Field, TableSpec
from pipeline.exports.formats import Written
from pipeline.exports.package import write_package
from pipeline.exports.selection import Selected
from pipeline.exports.synthesis import Evidence, gather
from pipeline.exports.synthesis.arms import Arm
from pipeline.exports.synthesis.columns import ERROR, ERROR_FROM, LEVEL, PLACE, RECORD, TOPIC, label, place
from pipeline.exports.synthesis.effects import MEASURES
from pipeline.exports.synthesis.pairs import Pair, topic
from pipeline.exports.synthesis.repeats import Kept, plain
from pipeline.rows import Row

SLAB = Field("slab", "string", "the study's label: its name and subgroup", required=True)
ARMS = tuple(field for field in COMPARISONS.fields if field.name in ("arm", "comparator"))
COUNTS = (
    Field("ai", "integer", "people with the event, experimental arm"),
    Field("n1i", "integer", "people in the experimental arm"),
    Field("ci", "integer", "people with the event, control arm"),
    Field("n2i", "integer", "people in the control arm"),
)
ORIGIN = {
    "events": Field("events_from", "string", "printed, or worked out from a percentage", enum=("printed", "percent")),
    "n": Field("n_from", "string", "printed with the value, or the arm's size elsewhere", enum=("printed", "cohort")),
}
CONTROL = Field("control_record_id", "string", "the record of the control arm")
EFFECT = (
    SLAB,
    Field("measure", "string", "what is compared", required=True, enum=MEASURES),
    Field("yi", "number", "effect: the natural logarithm of a ratio (derived), a difference as it is"),
    Field("sei", "number", f"standard error of yi (derived): {ERROR}"),
    Field("vi", "number", "sampling variance of yi, the square of sei (derived)"),
    Field("sei_from", "string", "what sei was derived from", enum=ERROR_FROM),
    Field("est", "number", "the effect as printed", required=True),
    Field("ci_lb", "number", "lower bound as printed"),
    Field("ci_ub", "number", "upper bound as printed"),
    *LEVEL,
    Field("p", "string", "p-value as printed"),
    Field(
        "unit",
        "string",
        "unit of a difference; one in % is of points or relative to the control: the sentence says which",
    ),
    *COUNTS,
    *ARMS,
    *TOPIC,
)
EFFECTS = TableSpec(
    "effects",
    "one comparison with its effect, each result once",
    (
        *EFFECT,
        Field("repeats", "integer", "further places that print the same result", required=True),
        Field("conflict", "boolean", "one of them prints other numbers (see repeats)", required=True),
        Field(
            "same_study",
            "integer",
            "rows of this study, population, endpoint and measure, this one among them; choose one before pooling",
            required=True,
        ),
        RECORD,
        *PLACE,
    ),
    ("record_id",),
)
REPEATS = TableSpec(
    "repeats",
    "a further place that prints a result of `effects`; not to be pooled with it",
    (Field("repeats_record", "string", "the record in `effects`", required=True), *EFFECT, RECORD, *PLACE),
    ("record_id",),
    ((("repeats_record",), "effects", ("record_id",)),),
)
PAIRS = TableSpec(
    "counts",
    "one endpoint counted in two arms of one study: for escalc(measure=...), metabin",
    (
        SLAB,
        *COUNTS,
        Field("roles", "boolean", "which is the control is known; else they stand in printed order", required=True),
        *ORIGIN.values(),
        *ARMS,
        *TOPIC,
        RECORD,
        CONTROL._replace(required=True),
        *PLACE,
    ),
    ("record_id", "control_record_id"),
)
PROPORTIONS = TableSpec(
    "proportions",
    "one endpoint counted in one arm: for escalc(measure='PLO', ...), metaprop",
    (
        SLAB,
        Field("xi", "integer", "people with the event", required=True),
        Field("ni", "integer", "people in the arm", required=True),
        *ORIGIN.values(),
        *ARMS[:1],
        *TOPIC,
        RECORD,
        *PLACE,
    ),
    ("record_id",),
)


def write(selected: Selected, out: Path) -> Written:
    """effects.csv, repeats.csv, counts.csv and proportions.csv with their description."""
    found = gather(selected)
    paired = {_pair_key(pair): pair for pair in found.pairs}
    effects = [_effect(found, each, paired) for each in found.kept_effects]
    repeats = [
        {"repeats_record": found.effects[each.at][0]["record_id"]} | _numbers(found, at, paired)
        for each in found.kept_effects
        for at in each.repeats
    ]
    counted = [found.arms[each.at] for each in found.kept_arms if found.arms[each.at].events is not None]
    tables = (
        (EFFECTS, effects),
        (REPEATS, repeats),
        (PAIRS, [_pair(found, pair) for pair in found.pairs]),
        (PROPORTIONS, [_proportion(found, arm) for arm in counted if arm.n is not None]),
    )
    return Written(write_package(out, tables, title="Results for a meta-analysis in R"), found.notes())


def _effect(found: Evidence, kept: Kept, paired: dict[tuple[str, ...], Pair]) -> Row:
    return _numbers(found, kept.at, paired) | {
        "repeats": len(kept.repeats),
        "conflict": found.conflicts(kept),
        "same_study": found.rows_of_study[kept.at],
    }


def _numbers(found: Evidence, at: int, paired: dict[tuple[str, ...], Pair]) -> Row:
    record, effect = found.effects[at]
    low, high = record["ci"] or (None, None)
    pair = paired.get((*topic(record), plain(record["arm"]), plain(record["comparator"])))
    return place(record, checks=found.checks) | {
        "slab": label(record),
        "measure": record["statistic"],
        "yi": effect.yi,
        "sei": effect.sei,
        "vi": effect.vi,
        "sei_from": effect.sei_from,
        "est": record["value"],
        "ci_lb": low,
        "ci_ub": high,
        "ci_level": effect.level,
        "ci_level_assumed": effect.level_assumed,
        "p": record["p"],
        "unit": record["unit"],
        "ai": pair.arm.events if pair is not None else None,
        "n1i": pair.arm.n if pair is not None else None,
        "ci": pair.control.events if pair is not None else None,
        "n2i": pair.control.n if pair is not None else None,
        "arm": record["arm"],
        "comparator": record["comparator"],
    }


def _pair_key(pair: Pair) -> tuple[str, ...]:
    return (*topic(pair.arm.record), plain(pair.arm.record["arm"]), plain(pair.control.record["arm"]))


def _pair(found: Evidence, pair: Pair) -> Row:
    arms = (pair.arm, pair.control)
    return place(pair.arm.record, checks=found.checks) | {
        "slab": label(pair.arm.record),
        "ai": pair.arm.events,
        "n1i": pair.arm.n,
        "ci": pair.control.events,
        "n2i": pair.control.n,
        "roles": pair.roles,
        "events_from": "percent" if any(arm.events_from == "percent" for arm in arms) else "printed",
        "n_from": "cohort" if any(arm.n_from == "cohort" for arm in arms) else "printed",
        "arm": pair.arm.record["arm"],
        "comparator": pair.control.record["arm"],
        "control_record_id": pair.control.record["record_id"],
    }


def _proportion(found: Evidence, arm: Arm) -> Row:
    return place(arm.record, checks=found.checks) | {
        "slab": label(arm.record),
        "xi": arm.events,
        "ni": arm.n,
        "events_from": arm.events_from,
        "n_from": arm.n_from,
        "arm": arm.record["arm"],
    }
