"""Scored records in, the model of their confidence and the README's table of how reliable it is out."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import extractors.facts
from extractors.facts.confidence import Model
from pipeline.calibration import TARGET, Bin, Judged, Unflagged, traits_of_row
from pipeline.evaluate import judge, read_records, read_titles
from pipeline.exports.files import write_text
from pipeline.settings import Settings

MODEL = Path(extractors.facts.__file__).with_name("confidence.toml")
HEAD = """# How sure a record is: fitted by `trialtrace scores --fit` to {records} records of {documents} reviews;
# pipeline/calibration.py says how. Its confidence is 1 / (1 + exp(-(intercept + the weights of its traits))); one
# below the threshold needs review. Written by that command: a change by hand is lost.
"""


def gather(records: Path, golds: Mapping[str, Path], *, settings: Settings) -> list[Judged]:
    """Every record of the documents with hand-written ones; layouts of one document share its weight."""
    titles = read_titles(records.parent / "tables" / "documents.csv")
    about = {name: _gold(name, golds) for name in read_records(records)}
    layouts = Counter(gold for gold in about.values() if gold is not None)
    found: list[Judged] = []
    for name, lines in sorted(read_records(records).items()):
        gold = about[name]
        if gold is None:
            continue
        verdicts = judge(golds[gold], lines, title=titles.get(name, ""), settings=settings)
        for line, right in zip(lines, verdicts, strict=True):
            if right is not None:
                found.append(Judged(gold, traits_of_row(json.loads(line)), right, 1 / layouts[gold]))
    return found


def _gold(document: str, golds: Mapping[str, Path]) -> str | None:
    about = [name for name in golds if document == name or document.startswith(f"{name}.")]
    return max(about, key=len, default=None)


def write_model(model: Model, judged: Sequence[Judged], *, path: Path = MODEL) -> None:
    """Write the model where the program reads it."""
    documents = len({record.document for record in judged})
    head = HEAD.format(records=round(sum(record.weight for record in judged)), documents=documents)
    lines = [head, f"intercept = {model.intercept}\n", f"threshold = {model.threshold}\n", "\n[weights]\n"]
    lines += [f'"{trait}" = {weight}\n' for trait, weight in sorted(model.weights.items())]
    write_text(path, lines)


def as_markdown(bins: Sequence[Bin], left: Sequence[Unflagged]) -> str:
    """Two tables: confidence against the share that is right, and what is left unflagged of each document."""
    lines = ["| confidence | records | mean confidence | right |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {b.low:.1f} to {b.high:.1f} | {b.records} | {b.confidence:.2f} | {b.right:.2f} |" for b in bins]
    lines += ["", "| document | records | unflagged | of these right |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {u.document} | {u.records} | {u.share:.0%} | {u.precision:.3f} |" for u in left]
    met = left[-1].precision >= TARGET
    lines += [
        "",
        f"The aim, {TARGET:.0%} of unflagged records right in all parts, is {'met' if met else 'not met yet'}.",
    ]
    return "\n".join(lines)
