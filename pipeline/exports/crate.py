"""Files of an export and the runs behind them in; the entities of an RO-Crate 1.1 out."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from pipeline.exports.fhir.evidence import MEDIA
from pipeline.exports.naming import name_bytes, name_urn
from pipeline.exports.provenance import PastRun, RunFile
from pipeline.rows import Row

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
CRATE = "https://w3id.org/ro/crate/1.1"
PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
ENCODINGS = {".csv": "text/csv", ".json": "application/json", ".jsonl": "application/jsonl"}
RIGHTS = "#rights"


def describe_crate(
    files: Sequence[Path], runs: Sequence[PastRun], *, reviewers: Sequence[str], description: str, day: str
) -> Row:
    """The whole metadata document; `day` is the date of the latest run, `files` stand beside it."""
    entities = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": CRATE},
            "about": {"@id": "./"},
        },
        _root(files, runs, reviewers=reviewers, description=description, day=day),
        *_surroundings(reviewers),
        *(_file(path) for path in files),
        *_of_runs(runs, files),
    ]
    return {"@context": CONTEXT, "@graph": list({entity["@id"]: entity for entity in entities}.values())}


def _root(
    files: Sequence[Path], runs: Sequence[PastRun], *, reviewers: Sequence[str], description: str, day: str
) -> Row:
    root: Row = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Clinical results reported by review articles",
        "description": description,
        "datePublished": day,
        "license": {"@id": RIGHTS},
        "conformsTo": {"@id": PROCESS},
        "hasPart": [{"@id": path.name} for path in files],
        "mentions": _plain([{"@id": _action(run)} for run in runs]),
    }
    if reviewers:
        root["contributor"] = _plain([{"@id": name_urn("person", reviewer)} for reviewer in reviewers])
    return root


def _surroundings(reviewers: Sequence[str]) -> Iterator[Row]:
    yield {"@id": PROCESS, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    yield {
        "@id": RIGHTS,
        "@type": "CreativeWork",
        "name": "Rights are not stated",
        "description": "Quoted sentences belong to their articles. Whoever publishes this crate names its licence.",
    }
    for reviewer in reviewers:
        yield {"@id": name_urn("person", reviewer), "@type": "Person", "name": reviewer}


def _file(path: Path) -> Row:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "@id": path.name,
        "@type": "File",
        "name": path.stem,
        "encodingFormat": ENCODINGS[path.suffix],
        "contentSize": str(path.stat().st_size),
        "sha256": digest,
    }


def _of_runs(runs: Sequence[PastRun], files: Sequence[Path]) -> Iterator[Row]:
    """A CreateAction a run, with its program, its vocabulary and settings, and the articles it read."""
    for i, run in enumerate(runs):
        program = {"@id": name_urn("software", run.code_version)}
        yield program | {
            "@type": "SoftwareApplication",
            "name": "trialtrace",
            "softwareVersion": run.code_version,
        }
        values = list(_values(run))
        articles = [_article(file) for file in run.files]
        yield from values
        yield from articles
        used = list(dict.fromkeys(each["@id"] for each in (*articles, *values)))
        action: Row = {
            "@id": _action(run),
            "@type": "CreateAction",
            "name": f"trialtrace run {run.run_id}",
            "startTime": run.started.isoformat(timespec="seconds"),
            "endTime": run.finished.isoformat(timespec="seconds"),
            "instrument": program,
            "object": [{"@id": each} for each in used],
            "actionStatus": "http://schema.org/CompletedActionStatus",
        }
        if i == len(runs) - 1:  # the files hold what all runs left; the last one wrote it
            action["result"] = [{"@id": path.name} for path in files]
        failed = [file for file in run.files if file.status != "read"]
        unread = "; ".join(f"{PurePath(file.file).name} ({file.status}: {file.reason})" for file in failed)
        action["description"] = f"{len(run.files) - len(failed)} files read.{f' Not read: {unread}' if unread else ''}"
        yield action


def _plain(values: list[Row]) -> Row | list[Row]:
    """A list of one as that one, as RO-Crate's JSON-LD asks for."""
    return values[0] if len(values) == 1 else values


def _action(run: PastRun) -> str:
    return f"#run-{run.run_id}"


def _values(run: PastRun) -> Iterator[Row]:
    given = {"lexicon_digest": run.lexicon_digest} | {
        key: value for key, value in run.settings.items() if value is not None
    }
    for name, value in given.items():
        yield {
            "@id": f"#{name_urn('setting', name, str(value)).removeprefix('urn:uuid:')}",
            "@type": "PropertyValue",
            "name": name,
            "value": value if isinstance(value, bool | int) else str(value),
        }


def _article(file: RunFile) -> Row:
    """An article that was read, named by its bytes; it is not part of the crate."""
    article: Row = {
        "@id": name_bytes(file.sha256) if file.sha256 is not None else name_urn("unread", file.file),
        "@type": "CreativeWork",
        "name": PurePath(file.file).name,
        "encodingFormat": MEDIA[file.format],
    }
    return article | ({"sha256": file.sha256} if file.sha256 is not None else {})
