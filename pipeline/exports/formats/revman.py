"""A selection in, RevMan's three tables of study data out: studies, arms, results. Experimental.

RevMan matches studies, interventions and outcomes with the criteria of a review by their exact words, which only its
author knows: the columns are those of its study data, the words are the articles' own and have to be matched by hand.
"""

from pathlib import Path

from pipeline.exports.fields import Field, TableSpec
from pipeline.exports.formats import Written
from pipeline.exports.package import write_package
from pipeline.exports.selection import Selected
from pipeline.exports.synthesis import Evidence, gather
from pipeline.exports.synthesis.arms import Arm
from pipeline.exports.synthesis.columns import ERROR, PLACE, RECORD, label, place
from pipeline.exports.synthesis.evidence import Told
from pipeline.rows import Row

STUDY = Field("Study ID", "string", "the study's label: its name and subgroup", required=True)
ARM = Field("Arm", "string", "the arm as the article names it")
OUTCOME = Field("Outcome", "string", "endpoint, with site, event and time", required=True)
STUDIES = TableSpec(
    "studies",
    "one included study",
    (
        STUDY,
        Field("Registry IDs", "array", "registry numbers", required=True),
        Field("Study type", "string", "kind of study where the document says"),
        Field("Documents", "array", "documents that report it", required=True),
    ),
    ("Study ID",),
)
ARMS = TableSpec(
    "arms",
    "one arm of one study",
    (STUDY, ARM._replace(required=True), Field("Intervention", "string", "to be matched with the review's own")),
    ("Study ID", "Arm"),
    ((("Study ID",), "studies", ("Study ID",)),),
)
RESULTS = TableSpec(
    "results",
    "one result: of one arm (Events, Total, Mean, SE), or of a contrast (GIV Mean, GIV SE)",
    (
        STUDY,
        OUTCOME,
        Field("Level", "string", "what the row is of", required=True, enum=("arm", "contrast")),
        ARM,
        Field("Control arm", "string", "of a contrast: what the arm is compared with"),
        Field("Events", "integer", "people with the event"),
        Field("Total", "integer", "people in the arm"),
        Field("Mean", "number", "mean"),
        Field("SE", "number", "standard error of the mean (derived)"),
        Field("Effect measure", "string", "of a contrast: HR, OR, RR or difference"),
        Field("GIV Mean", "number", "of a contrast: effect, ratios on the log scale (derived)"),
        Field("GIV SE", "number", f"of a contrast: its standard error (derived): {ERROR}"),
        RECORD,
        *PLACE,
    ),
    ("record_id",),
    ((("Study ID",), "studies", ("Study ID",)),),
)


def write(selected: Selected, out: Path) -> Written:
    """studies.csv, arms.csv and results.csv with their description."""
    found = gather(selected)
    arms = [found.arms[each.at] for each in found.kept_arms]
    effects = [found.effects[each.at] for each in found.kept_effects]
    records = [*(arm.record for arm in arms), *(record for record, _ in effects)]
    results = [*(_arm_result(found, arm) for arm in arms), *(_contrast(found, told) for told in effects)]
    tables = ((STUDIES, _studies(records)), (ARMS, _arms(records)), (RESULTS, results))
    note = "Experimental: match outcomes and interventions with the review's own before importing."
    return Written(write_package(out, tables, title="Study data for RevMan"), (*found.notes(), note))


def _studies(records: list[Row]) -> list[Row]:
    found: dict[str, Row] = {}
    for record in records:
        row = found.setdefault(
            label(record),
            {"Study ID": label(record), "Registry IDs": [], "Study type": record["study_type"], "Documents": []},
        )
        row["Registry IDs"] = list(dict.fromkeys([*row["Registry IDs"], *record["registry_ids"]]))
        row["Documents"] = list(dict.fromkeys([*row["Documents"], record["document"]]))
    return list(found.values())


def _arms(records: list[Row]) -> list[Row]:
    named = dict.fromkeys(
        (label(record), name) for record in records for name in (record["arm"], record["comparator"]) if name
    )
    return [{"Study ID": study, "Arm": arm, "Intervention": arm} for study, arm in named]


def _result(found: Evidence, record: Row, level: str) -> Row:
    blank: Row = {field.name: None for field in RESULTS.fields}
    words = (record["site"], record["endpoint"], record["event"], record["timepoint"])
    return (
        blank
        | place(record, checks=found.checks)
        | {
            "Study ID": label(record),
            "Outcome": ", ".join(word for word in words if word),
            "Level": level,
            "Arm": record["arm"],
        }
    )


def _arm_result(found: Evidence, arm: Arm) -> Row:
    return _result(found, arm.record, "arm") | {"Events": arm.events, "Total": arm.n, "Mean": arm.mean, "SE": arm.se}


def _contrast(found: Evidence, told: Told) -> Row:
    record, effect = told
    return _result(found, record, "contrast") | {
        "Control arm": record["comparator"],
        "Effect measure": record["statistic"],
        "GIV Mean": effect.yi,
        "GIV SE": effect.sei,
    }
