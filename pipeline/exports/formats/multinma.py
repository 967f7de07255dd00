"""A selection in, long tables for R's multinma out: set_agd_contrast() with reference rows, set_agd_arm()."""

from collections import Counter, defaultdict
from pathlib import Path

from pipeline.exports.fields import Field, TableSpec
from pipeline.exports.formats import Written
from pipeline.exports.package import write_package
from pipeline.exports.selection import Selected
from pipeline.exports.synthesis import Evidence, gather
from pipeline.exports.synthesis.columns import ERROR, ERROR_FROM, PLACE, RECORD, TOPIC, label, place
from pipeline.exports.synthesis.effects import MEASURES
from pipeline.exports.synthesis.evidence import Told
from pipeline.exports.synthesis.repeats import plain
from pipeline.rows import Row

# `study` is the label of the analysis here, not the study's name alone
STUDY = Field("study", "string", "the study's label: its name and subgroup", required=True)
OTHERS = TOPIC[1:]
CONTRASTS = TableSpec(
    "agd_contrast",
    "one arm: a treatment's effect against its study's reference, or the reference itself (y blank)",
    (
        STUDY,
        Field("trt", "string", "treatment", required=True),
        Field(
            "y", "number", "effect against the reference, ratios on the log scale (derived); blank for the reference"
        ),
        Field("se", "number", f"its standard error (derived): {ERROR}"),
        Field("se_from", "string", "what se was derived from", enum=ERROR_FROM),
        Field("reference", "boolean", "the row of the reference treatment", required=True),
        Field("measure", "string", "what is compared", required=True, enum=MEASURES),
        *OTHERS,
        RECORD,
        *PLACE,
    ),
    ("record_id", "trt"),
)
ARMS = TableSpec(
    "agd_arm",
    "one endpoint in one arm, each once: for set_agd_arm(study, trt, r, n) or (study, trt, y, se)",
    (
        STUDY,
        Field("trt", "string", "treatment", required=True),
        Field("r", "integer", "people with the event"),
        Field("n", "integer", "people in the arm"),
        Field("y", "number", "mean"),
        Field("se", "number", "standard error of the mean (derived from its interval)"),
        Field("r_from", "string", "printed, or worked out from a percentage", enum=("printed", "percent")),
        Field("n_from", "string", "printed with the value, or the arm's size elsewhere", enum=("printed", "cohort")),
        *OTHERS,
        RECORD,
        *PLACE,
    ),
    ("record_id",),
)


def write(selected: Selected, out: Path) -> Written:
    """agd_contrast.csv and agd_arm.csv with their description."""
    found = gather(selected)
    contrasts, notes = _contrasts(found)
    arms = [found.arms[each.at] for each in found.kept_arms if found.arms[each.at].record["arm"]]
    rows = [
        place(arm.record, checks=found.checks)
        | {
            "study": label(arm.record),
            "trt": arm.record["arm"],
            "r": arm.events,
            "n": arm.n,
            "y": arm.mean,
            "se": arm.se,
            "r_from": arm.events_from,
            "n_from": arm.n_from,
        }
        for arm in arms
    ]
    files = write_package(out, ((CONTRASTS, contrasts), (ARMS, rows)), title="Results for a network meta-analysis")
    return Written(files, (*found.notes(), *notes))


def _contrasts(found: Evidence) -> tuple[list[Row], list[str]]:
    """The rows, a reference's before those of its study; what had to be left out."""
    groups: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    usable = 0
    for each in found.kept_effects:
        record, effect = found.effects[each.at]
        if record["arm"] and record["comparator"] and effect.yi is not None and effect.sei is not None:
            usable += 1
            topic = (plain(record[name]) for name in ("endpoint", "event", "site", "timepoint", "statistic"))
            groups[label(record), *topic].append((record, effect))
    rows: list[Row] = []
    used = many = 0
    for group in groups.values():
        reference = Counter(record["comparator"] for record, _ in group).most_common(1)[0][0]
        against = {
            record["arm"]: (record, effect) for record, effect in reversed(group) if record["comparator"] == reference
        }
        told = list(reversed(against.values()))
        rows.append(_row(found, told[0], reference=True))
        rows.extend(_row(found, each, reference=False) for each in told)
        used += len(told)
        many += len(told) > 1
    notes = []
    if len(found.kept_effects) > used:
        notes.append(
            f"{len(found.kept_effects) - used} effects left out: no standard error, a treatment without a name, "
            f"or against another treatment than their study's reference ({usable - used})."
        )
    if many:
        notes.append(f"{many} studies have three arms or more: give the reference row's se (the covariance) by hand.")
    return rows, notes


def _row(found: Evidence, told: Told, *, reference: bool) -> Row:
    record, effect = told
    return place(record, checks=found.checks) | {
        "study": label(record),
        "trt": record["comparator"] if reference else record["arm"],
        "y": None if reference else effect.yi,
        "se": None if reference else effect.sei,
        "se_from": None if reference else effect.sei_from,
        "reference": reference,
        "measure": record["statistic"],
    }
