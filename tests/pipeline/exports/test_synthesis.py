"""The sample reviews exported for R: metafor pools them as statsmodels does, other consumers find their columns."""

import csv
import json
import math
import re
from pathlib import Path
from typing import Any

import frictionless
import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions

from pipeline.exports.formats import find_format
from pipeline.exports.selection import Selected, Selection
from pipeline.store import Store
from tests.golden.reviews import ROOT
from tests.pipeline.exports.conftest import RScript

pytestmark = pytest.mark.slow
FORMATS = ("csv", "metafor", "netmeta", "multinma", "revman")
SELECT = """d <- subset(d, endpoint == "PFS" & measure == "HR" & population == "" & !is.na(sei))
d <- d[!duplicated(d$slab), ]
"""


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def exported(everything: Selected, tmp_path: Path) -> Path:
    """The sample reviews in every format of tables, a folder each."""
    for name in FORMATS:
        (tmp_path / name).mkdir()
        find_format(name).write(everything, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_tables_are_what_their_description_says(exported: Path, name: str) -> None:
    report = frictionless.validate(str(exported / name / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert sum(task.stats["rows"] for task in report.tasks) > 50


@pytest.mark.parametrize("name", ["metafor", "netmeta", "multinma", "revman"])
def test_every_row_is_traced_to_a_record_and_its_words(exported: Path, samples: Store, name: str) -> None:
    records = {row["record_id"]: row for row in Selected(samples, Selection()).records()}
    tables = [path for path in (exported / name).glob("*.csv") if name != "revman" or path.stem == "results"]
    assert tables
    for row in (row for path in tables for row in rows(path)):
        record = records[row["record_id"]]
        for key in ("document", "sentence_id", "sentence", "quote"):
            assert row[key] == record[key]
        assert row["page"] == str(record["page"])
        assert json.loads(row["flags"]) == record["flags"]


def test_metafor_pools_what_statsmodels_pools(exported: Path, metafor: RScript) -> None:
    file = exported / "metafor" / "effects.csv"
    program = f'd <- read.csv("{file}")\n' + SELECT
    for method in ("FE", "DL"):
        program += f'm <- rma(yi, sei = sei, slab = slab, data = d, method = "{method}")\n'
        program += "cat(m$k, m$b[1], m$ci.lb, m$ci.ub, m$tau2, m$QE, '\\n')\n"
    fixed, random = ([float(word) for word in line.split()] for line in metafor(program).splitlines())

    chosen: dict[str, dict[str, str]] = {}
    for row in rows(file):
        if (row["endpoint"], row["measure"], row["population"]) == ("PFS", "HR", "") and row["sei"]:
            chosen.setdefault(row["slab"], row)
    yi = np.array([float(row["yi"]) for row in chosen.values()])
    sei = np.array([float(row["sei"]) for row in chosen.values()])
    pooled = combine_effects(yi, sei**2, method_re="chi2", use_t=False)
    table = pooled.summary_frame()
    assert len(yi) >= 10
    assert fixed[0] == random[0] == len(yi)
    assert fixed[1:4] == pytest.approx(table.loc["fixed effect", ["eff", "ci_low", "ci_upp"]].tolist(), abs=1e-9)
    assert random[1:4] == pytest.approx(table.loc["random effect", ["eff", "ci_low", "ci_upp"]].tolist(), abs=1e-9)
    assert random[4:] == pytest.approx([pooled.tau2, pooled.q], abs=1e-9)
    assert 0.3 < math.exp(random[1]) < 0.7, "the trials of the sample review lie between"


def test_the_example_of_the_readme_prints_what_it_says(exported: Path, metafor: RScript) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    ((program, said),) = re.findall(r"```r\n(.*?)```\n\n```\n(.*?)```", text, re.DOTALL)
    program = program.replace("outputs/exports/metafor", str(exported / "metafor"))
    assert program.count("\n") <= 10
    printed = metafor("options(digits = 7)\n" + program)
    prints = printed[printed.index("pred") :]
    assert said.split() == prints.split()[: len(said.split())], f"the README should say:\n{prints}"


def test_metafor_takes_counts_as_statsmodels_does(exported: Path, metafor: RScript) -> None:
    file = exported / "metafor" / "counts.csv"
    program = f'd <- read.csv("{file}")\nd <- subset(d, ai > 0 & ci > 0)\n'
    program += (
        'm <- rma(measure = "RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, slab = slab, data = d, method = "FE")\n'
    )
    program += "cat(m$k, m$b[1], m$se, '\\n')"
    k, pooled, error = map(float, metafor(program).split())
    table = [row for row in rows(file) if int(row["ai"]) > 0 and int(row["ci"]) > 0]
    a, n1, c, n2 = (np.array([int(row[key]) for row in table]) for key in ("ai", "n1i", "ci", "n2i"))
    effect, variance = effectsize_2proportions(a, n1, c, n2, statistic="risk-ratio")
    ours = combine_effects(effect, variance, method_re="chi2")
    assert (k, pooled, error) == pytest.approx((len(table), ours.mean_effect_fe, ours.sd_eff_w_fe), abs=1e-9)
    assert k >= 3


def test_metafor_takes_proportions(exported: Path, metafor: RScript) -> None:
    file = exported / "metafor" / "proportions.csv"
    program = f'd <- escalc(measure = "PLO", xi = xi, ni = ni, data = read.csv("{file}"))\ncat(sum(!is.na(d$yi)))'
    assert int(metafor(program)) == len(rows(file))


def test_the_printed_interval_comes_back(exported: Path) -> None:
    """yi, sei and the level give the interval that was printed, as far as its rounding and symmetry go."""
    told = [row for row in rows(exported / "metafor" / "effects.csv") if row["sei_from"] == "interval"]
    assert len(told) > 50
    for row in told:
        scale: Any = math.log if row["measure"] != "difference" else float
        width = scale(float(row["ci_ub"])) - scale(float(row["ci_lb"]))
        z = {"95": 1.959964, "90": 1.644854, "95.4": 1.995393}[row["ci_level"]]
        assert float(row["sei"]) * 2 * z == pytest.approx(width, rel=1e-5)
        assert float(row["vi"]) == pytest.approx(float(row["sei"]) ** 2)


def test_netmeta_finds_its_columns(exported: Path) -> None:
    """netmeta(TE, seTE, treat1, treat2, studlab, sm=) and pairwise(treat, event = events, n, studlab)."""
    contrasts = rows(exported / "netmeta" / "contrasts.csv")
    assert len(contrasts) > 30
    for row in contrasts:
        assert row["treat1"] != row["treat2"]
        assert float(row["seTE"]) > 0
        assert math.isfinite(float(row["TE"]))
    for row in rows(exported / "netmeta" / "arms.csv"):
        assert (row["events"] and row["n"]) or row["mean"]
        assert row["treat"]


def test_multinma_finds_one_reference_a_study(exported: Path) -> None:
    """set_agd_contrast(): the reference's row has no y, every other row is against it."""
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows(exported / "multinma" / "agd_contrast.csv"):
        key = tuple(row[name] for name in ("study", "endpoint", "event", "site", "timepoint", "measure"))
        groups.setdefault(key, []).append(row)
    assert groups
    for group in groups.values():
        assert [row["y"] == "" for row in group] == [True] + [False] * (len(group) - 1)
        assert [row["reference"] for row in group] == ["TRUE"] + ["FALSE"] * (len(group) - 1)
        assert len({row["trt"] for row in group}) == len(group) >= 2
        assert all(row["se"] for row in group[1:])


def test_revman_knows_every_study_and_arm(exported: Path) -> None:
    studies = {row["Study ID"] for row in rows(exported / "revman" / "studies.csv")}
    arms = {(row["Study ID"], row["Arm"]) for row in rows(exported / "revman" / "arms.csv")}
    results = rows(exported / "revman" / "results.csv")
    assert {row["Level"] for row in results} == {"arm", "contrast"}
    for row in results:
        assert row["Study ID"] in studies
        for name in ("Arm", "Control arm"):
            assert not row[name] or (row["Study ID"], row[name]) in arms
