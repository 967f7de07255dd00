"""The selected records in; `tasks.json` with pre-annotations and `config.xml` for Label Studio out."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.exports.content import Content
from pipeline.exports.files import write_text
from pipeline.exports.formats import Written
from pipeline.exports.selection import Selected
from pipeline.exports.wording import DECIDED, say_record, say_review
from pipeline.rows import Row

LABELS = {"cohort": "#5b93c7", "estimate": "#1d6b3a", "comparison": "#9a5b00"}
FIELDS = ("study", "arm", "comparator", "population", "endpoint", "timepoint", "value_text", "p")
"""What a person may correct of a region, each a line of its own."""
STATES = ("not reviewed", "to be looked at", *DECIDED.values())
NOTES = (
    "Label Studio: make a project with config.xml as labeling interface, then import tasks.json.",
    "A task is a document; start and end count Unicode code points of its text; data.records holds the whole records.",
)


def write(selected: Selected, out: Path) -> Written:
    """A task a document, a region a record."""
    config, tasks = out / "config.xml", out / "tasks.json"
    write_text(config, _config())
    write_text(tasks, _tasks(selected))
    return Written([config, tasks], NOTES)


def _config() -> Iterator[str]:
    yield '<View>\n  <Header value="$title"/>\n  <Labels name="kind" toName="text">\n'
    yield from (f'    <Label value="{kind}" background="{colour}"/>\n' for kind, colour in LABELS.items())
    yield '  </Labels>\n  <Text name="text" value="$text" granularity="symbol"/>\n'
    yield '  <Choices name="review" toName="text" perRegion="true" choice="single">\n'
    yield from (f'    <Choice value="{state}"/>\n' for state in STATES)
    yield "  </Choices>\n"
    yield from (
        f'  <TextArea name="{field}" toName="text" perRegion="true" editable="true" maxSubmissions="1" rows="1"'
        f' displayMode="region-list" placeholder="{field}"/>\n'
        for field in FIELDS
    )
    yield "</View>\n"


def _tasks(selected: Selected) -> Iterator[str]:
    begun = False
    for content in selected.contents():
        if content.records:
            task = _task(content, selected.text(content.held))
            yield (",\n" if begun else "[\n") + json.dumps(task, ensure_ascii=False)
            begun = True
    yield "\n]\n" if begun else "[]\n"


def _task(content: Content, text: str) -> Row:
    held = content.held
    data = {
        "text": text,
        "title": held.title or held.document,
        "document": held.document,
        "sha256": held.sha256,
        "records": {record["record_id"]: record for record in content.records},
        "findings": [finding for finding in content.findings if finding["verdict"] == "inconsistent"],
    }
    result = [part for record in content.records for part in _region(record, text)]
    score = round(sum(record["confidence"] for record in content.records) / len(content.records), 4)
    return {
        "data": data,
        "predictions": [{"model_version": f"trialtrace {held.code_version}", "score": score, "result": result}],
    }


def _region(record: Row, text: str) -> Iterator[Row]:
    """The region with its kind, then what is said of it, all under the record's id."""
    start, end = record["quote_start"], record["quote_end"]
    place = {"start": start, "end": end}
    own = {"id": record["record_id"], "to_name": "text", "score": record["confidence"]}
    said = [f"{say_record(record)} [record {record['record_id']}, page {record['page'] or '-'}, {say_review(record)}]"]
    value = place | {"text": text[start:end]}
    yield own | {
        "from_name": "kind", "type": "labels", "value": value | {"labels": [record["kind"]]}, "meta": {"text": said},
    }  # fmt: skip
    yield own | {"from_name": "review", "type": "choices", "value": value | {"choices": [_state(record)]}}
    for field in FIELDS:
        if record[field]:
            yield own | {"from_name": field, "type": "textarea", "value": place | {"text": [str(record[field])]}}


def _state(record: Row) -> str:
    if record["review"] is None:
        return "to be looked at" if record["needs_review"] else "not reviewed"
    return DECIDED[record["review"]["verdict"]]
