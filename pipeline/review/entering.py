"""What a reviewer typed in, a record's fields in the schema's types out, or a sentence about each that is wrong."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple, get_args

from pydantic import ValidationError

from pipeline.rows import Row, plain_number
from schemas.evidence import ArmRole, Site, Statistic, Status
from schemas.flat import FlatRecord

LONGEST = 300
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?", re.ASCII)
_P = re.compile(r"(?:p\s*)?(<=|>=|[<>=~≤≥])?\s*(0?\.\d+|[01](?:\.\d+)?)", re.IGNORECASE | re.ASCII)
_SIGNS = str.maketrans({"−": "-", "–": "-", "·": ".", "\u00a0": " ", "\u2009": " "})
_OPEN = {"", "nr", "ne", "not reached", "not estimable", "open"}

Kind = Literal["text", "number", "choice", "interval", "p"]


class Field(NamedTuple):
    """A field of the form: its key in the dataset, what it is called, its kind, what may be chosen, a hint."""

    name: str
    label: str
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    hint: str = ""
    kinds: tuple[str, ...] = ("cohort", "estimate", "comparison")


RESULT = ("estimate", "comparison")
FIELDS = (
    Field("study", "Study", hint="fullest printed name; ref 12 where only a citation names it"),
    Field("population", "Population", hint="blank is everyone in the study"),
    Field("arm", "Arm", hint="treatment in its long form; blank is all arms together"),
    Field("arm_role", "Role of the arm", "choice", get_args(ArmRole)),
    Field("comparator", "Compared with", kinds=("comparison",)),
    Field("endpoint", "Endpoint", hint="a code such as PFS, or a short term as printed", kinds=RESULT),
    Field("event", "Event", hint="name of an adverse event", kinds=RESULT),
    Field("site", "Site", "choice", get_args(Site), kinds=RESULT),
    Field("timepoint", "Time point", hint="landmark of a rate", kinds=RESULT),
    Field("statistic", "Statistic", "choice", get_args(Statistic), kinds=RESULT),
    Field("value", "Value", "number", kinds=RESULT),
    Field("unit", "Unit", hint="months, %, ratio, patients ..."),
    Field("status", "Status", "choice", get_args(Status), kinds=RESULT),
    Field("ci", "Interval", "interval", hint="NR or blank is an open bound", kinds=RESULT),
    Field("ci_level", "Level of the interval, %", "number", kinds=RESULT),
    Field("p", "p-value", "p", hint="=0.049, <0.001", kinds=RESULT),
    Field("events", "Events", "number", kinds=("estimate",)),
    Field("n", "n", "number", hint="size or denominator, as printed"),
    Field("percent", "Percent", "number", hint="share printed beside a count", kinds=("cohort", "estimate")),
)
BY_NAME = {field.name: field for field in FIELDS}
REQUIRED = {
    "cohort": ("study",),
    "estimate": ("study", "endpoint", "statistic"),
    "comparison": ("study", "endpoint", "statistic"),
}


class Entered(NamedTuple):
    """Fields as the schema has them, and for each that is wrong a sentence that says how to put it right."""

    fields: Row
    errors: dict[str, str]


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields that a kind of record has."""
    return tuple(field for field in FIELDS if kind in field.kinds)


def read_fields(form: Mapping[str, str], *, record: Row) -> Entered:
    """The form's fields in the schema's types, held against the schema as parts of `record`, a flat record."""
    fields: Row = {}
    errors: dict[str, str] = {}
    for field in fields_of(record["kind"]):
        try:
            fields[field.name] = _read(field, form)
        except ValueError as error:
            errors[field.name] = str(error)
    if not errors:
        whole = record | fields
        errors = _missing(whole) or _against_schema(whole) or _against_sense(whole)
    return Entered(fields, errors)


def changes(entered: Row, *, record: Row) -> Row:
    """Those fields that are not as they were extracted."""
    return {name: value for name, value in entered.items() if value != record[name]}


def as_typed(record: Row) -> dict[str, str]:
    """A record's fields as the form shows them."""
    shown = {field.name: _said(record[field.name]) for field in FIELDS if field.kind != "interval"}
    low, high = record["ci"] or ("", "")
    return shown | {"ci_low": _bound(low), "ci_high": _bound(high)}


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _bound(value: Any) -> str:
    return "NR" if value is None else str(value)


def _read(field: Field, form: Mapping[str, str]) -> Any:
    if field.kind == "interval":
        return _interval(form.get("ci_low", ""), form.get("ci_high", ""))
    typed = " ".join(form.get(field.name, "").split())
    if len(typed) > LONGEST:
        raise ValueError(f"{field.label} is longer than {LONGEST} characters.")
    if field.name == "population":
        return typed
    if not typed:
        return "reported" if field.name == "status" else None
    if field.kind == "number":
        return read_number(typed)
    if field.kind == "p":
        return _p_value(typed)
    if field.kind == "choice" and typed not in field.choices:
        raise ValueError(f"“{typed}” is none of: {', '.join(field.choices)}.")
    return typed


def read_number(typed: str) -> int | float:
    """A number as a person types or a journal prints it; raises ValueError with a sentence for whoever typed it."""
    plain = typed.translate(_SIGNS).replace(" ", "").removesuffix("%")
    if not plain or not _NUMBER.fullmatch(plain) or not any(character.isdigit() for character in plain):
        raise ValueError(f"“{typed}” is no number. Write it as 12.4, with a point, or leave it blank.")
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise ValueError(f"“{typed}” is no number.") from None
    if abs(value) > Decimal("1e15"):
        raise ValueError(f"“{typed}” is larger than any result.")
    found = plain_number(value)
    assert found is not None
    return found


def _interval(low: str, high: str) -> list[int | float | None] | None:
    if not low.strip() and not high.strip():
        return None
    bounds = [None if text.strip().casefold() in _OPEN else read_number(text.strip()) for text in (low, high)]
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        raise ValueError(f"The lower bound {bounds[0]} is greater than the upper bound {bounds[1]}.")
    return bounds


def _p_value(typed: str) -> str:
    found = _P.fullmatch(typed.translate(_SIGNS).strip())
    if not found or Decimal(found[2]) > 1:
        raise ValueError(f"“{typed}” is no p-value. Write =0.049 or <0.001, between 0 and 1.")
    sign = {"≤": "<=", "≥": ">=", None: "="}.get(found[1], found[1])
    return f"{sign}{found[2] if found[2][0] != '.' else '0' + found[2]}"


def _missing(record: Row) -> dict[str, str]:
    """Fields that must be there."""
    missing = [name for name in REQUIRED[record["kind"]] if not record[name]]
    return {name: f"{BY_NAME[name].label} must be filled in." for name in missing}


def _against_schema(record: Row) -> dict[str, str]:
    """What the schema says against the record, by field."""
    try:
        FlatRecord.model_validate(record | {"review": None})
    except ValidationError as error:
        return {str(each["loc"][0]): f"{each['msg']}." for each in error.errors()}
    return {}


def _against_sense(record: Row) -> dict[str, str]:
    """What no schema can say: fields that contradict each other."""
    if record["kind"] == "cohort":
        if record["n"] is None and record["percent"] is None:
            return {"n": "A cohort has a size or at least a printed share: fill in n or percent."}
    elif record["status"] == "reported" and record["value"] is None and record["statistic"] != "p":
        return {"value": "A reported result has a value. Choose under Status why there is none."}
    elif record["status"] != "reported" and record["value"] is not None:
        return {"value": f"A result that is {record['status']} has no value: clear it, or set Status to reported."}
    return _amounts(record)


def _amounts(record: Row) -> dict[str, str]:
    errors = {}
    for name in ("n", "events"):
        if record[name] is not None and (record[name] < 0 or record[name] != int(record[name])):
            errors[name] = f"{BY_NAME[name].label} counts people: a whole number."
    if record["percent"] is not None and not 0 <= record["percent"] <= 100:
        errors["percent"] = "A share lies between 0 and 100 percent."
    if record["ci_level"] is not None and not 0 < record["ci_level"] < 100:
        errors["ci_level"] = "A level lies between 0 and 100, such as 95."
    if record["statistic"] == "rate" and record["unit"] == "%" and not 0 <= (record["value"] or 0) <= 100:
        errors["value"] = "A rate in percent lies between 0 and 100."
    if record["events"] is not None and record["n"] is not None and record["events"] > record["n"]:
        errors["events"] = f"There cannot be more events ({record['events']}) than people ({record['n']})."
    return errors
