"""What a reviewer types: read as a journal prints it, held against the schema, refused with a sentence."""

import pytest

from pipeline.review.entering import as_typed, changes, read_fields, read_number
from pipeline.rows import Row


def record(**fields: object) -> Row:
    """A flat record: a hazard ratio."""
    flat: Row = {
        "record_id": "r", "document": "d", "kind": "comparison", "study": "KESTREL", "study_alt_names": [],
        "study_type": None, "registry_ids": [], "population": "", "arm": "a", "arm_role": None, "comparator": "b",
        "endpoint": "OS", "endpoint_text": "OS", "event": None, "site": None, "timepoint": None, "statistic": "HR",
        "value": 0.63, "value_text": "0.63", "unit": "ratio", "status": "reported", "ci": [0.47, 0.85], "ci_level": 95,
        "p": "=0.18", "events": None, "n": None, "percent": None, "refs": [], "cited": [], "source": "text",
        "section": "", "page": 1, "sentence_id": "s1", "sentence": "", "quote": "0.63", "quote_start": 0,
        "quote_end": 4, "value_start": 0, "events_start": None, "sd_start": None, "boxes": [], "rules": [],
        "confidence": 0.5, "needs_review": True, "flags": [], "review": None,
    }  # fmt: skip
    return flat | fields


def typed(flat: Row, **other: str) -> dict[str, str]:
    """The form as it comes back with some fields changed."""
    return as_typed(flat) | other


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.4", 12.4),
        ("0·63", 0.63),
        ("−3", -3),
        ("1,234", 1234),
        ("18,144.5", 18144.5),
        ("45%", 45),
        (".5", 0.5),
        ("7", 7),
    ],
)
def test_numbers_are_read_as_printed(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["abc", "1,5", "12,34", "1.2.3", "", "--3", "1e99", "nan", "12 months", "٣"])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no number|larger"):
        read_number(text)


def test_an_untouched_form_changes_nothing() -> None:
    entered = read_fields(typed(record()), record=record())
    assert entered.errors == {}
    assert changes(entered.fields, record=record()) == {}


@pytest.mark.parametrize(
    ("other", "changed"),
    [
        ({"p": "P = 0.018"}, {"p": "=0.018"}),
        ({"p": "≤ .05"}, {"p": "<=0.05"}),
        ({"ci_low": "0·40", "ci_high": "NR"}, {"ci": [0.4, None]}),
        ({"ci_low": "", "ci_high": ""}, {"ci": None}),
        ({"value": "", "status": "not reached"}, {"value": None, "status": "not reached"}),
        ({"study": "  KESTREL   2 "}, {"study": "KESTREL 2"}),
        ({"arm": ""}, {"arm": None}),
    ],
)
def test_what_was_changed_is_kept_in_the_types_of_the_schema(other: dict[str, str], changed: Row) -> None:
    entered = read_fields(typed(record(), **other), record=record())
    assert entered.errors == {}
    assert changes(entered.fields, record=record()) == changed


@pytest.mark.parametrize(
    ("other", "field", "said"),
    [
        ({"value": "abc"}, "value", "“abc” is no number"),
        ({"value": ""}, "value", "A reported result has a value"),
        ({"status": "not reached"}, "value", "has no value: clear it"),
        ({"ci_low": "0.9"}, "ci", "lower bound 0.9 is greater than the upper bound 0.85"),
        ({"p": "0.05 or so"}, "p", "is no p-value"),
        ({"p": "=7"}, "p", "between 0 and 1"),
        ({"study": ""}, "study", "must be filled in"),
        ({"endpoint": ""}, "endpoint", "must be filled in"),
        ({"statistic": "hazard"}, "statistic", "is none of: median"),
        ({"ci_level": "950"}, "ci_level", "between 0 and 100"),
        ({"n": "12.5"}, "n", "a whole number"),
        ({"arm": "x" * 301}, "arm", "longer than 300"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(other: dict[str, str], field: str, said: str) -> None:
    entered = read_fields(typed(record(), **other), record=record())
    assert list(entered.errors) == [field]
    assert said in entered.errors[field]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"percent": "101"}, "percent"),
        ({"events": "12", "n": "10"}, "events"),
        ({"statistic": "rate", "unit": "%", "value": "120"}, "value"),
    ],
)
def test_amounts_that_cannot_be_are_told(fields: dict[str, str], field: str) -> None:
    estimate = record(kind="estimate", statistic="rate", unit="%", value=40)
    assert list(read_fields(typed(estimate, **fields), record=estimate).errors) == [field]
