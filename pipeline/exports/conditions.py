"""What `--where` says in, a condition that a flat record fulfils or not out: `endpoint=PFS`, `study~brain`, `n>=50`."""

import difflib
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.exports.fields import COHORTS, COMPARISONS, ESTIMATES, STUDIES, Field
from pipeline.rows import Row
from schemas.errors import UsageError

WRITTEN = re.compile(r"\s*(?P<field>\w+)\s*(?P<sign>>=|<=|!=|!~|=|~|>|<)\s*(?P<value>.*?)\s*", re.DOTALL)
ORDERS: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
)
PRINTED_P = re.compile(r"(?P<sign>[<>]=?|[=~])\s*(?P<number>\d*\.?\d+(?:e-?\d+)?)", re.IGNORECASE)
TRUTHS = MappingProxyType({"true": True, "yes": True, "false": False, "no": False})
SHORT = MappingProxyType({"flag": "flags", "ref": "refs", "rule": "rules", "registry_id": "registry_ids"})
KIND = Field("kind", "string", "kind of record", enum=("cohort", "estimate", "comparison"))
STATES = ("none", "accept", "reject", "correct", "add")
"""What `review` may be asked for; "none" is a record nobody decided about."""
NESTED = ("boxes", "cited", "correction", "ci_open")
FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        field.name: field
        for field in (KIND, *STUDIES.fields, *COHORTS.fields, *ESTIMATES.fields, *COMPARISONS.fields)
        if field.name not in (*NESTED, "study_id")
    }
    | {"review": Field("review", "string", "a reviewer's latest verdict", enum=STATES)}
)
"""Every field a condition may name, with its type and the values it may have."""


class Condition(NamedTuple):
    """One demand on a record; `value` is a number for an order, else text as a user wrote it."""

    field: Field
    sign: str
    value: str | float | bool
    text: str

    def takes(self, record: Row) -> bool:
        """Whether a flat record fulfils it; a list does where one of its items does, an unknown only `field=`."""
        found = read(record, self.field.name)
        if self.sign in ORDERS:
            return any(self._in_order(value) for value in found)
        met = any(self._meets(each) for each in found) if found else self.value == ""
        return met is not self.sign.startswith("!")

    def _in_order(self, value: Any) -> bool:
        """Whether a number stands as asked; a printed "<0.05" does where every number below 0.05 would."""
        if isinstance(value, int | float):
            return ORDERS[self.sign](value, float(self.value))
        printed = PRINTED_P.fullmatch(str(value))
        if printed is None:
            return False
        number, wanted = float(printed["number"]), float(self.value)
        if printed["sign"] in ("=", "~"):
            return ORDERS[self.sign](number, wanted)
        if printed["sign"][0] != self.sign[0]:
            return False
        touching = printed["sign"] in ("<", ">") or self.sign in ("<=", ">=")
        return ORDERS[f"{self.sign[0]}=" if touching else self.sign](number, wanted)

    def _meets(self, value: Any) -> bool:
        if isinstance(self.value, bool | float):
            return bool(value == self.value)
        said, wanted = str(value).casefold(), self.value.casefold()
        return wanted in said if self.sign.endswith("~") else wanted == said


def read(record: Row, name: str) -> list[Any]:
    """A field's values in a flat record, none where it is unknown or an empty text; a study has all of its names."""
    match name:
        case "ci_low" | "ci_high":
            value = record["ci"][name == "ci_high"] if record["ci"] is not None else None
        case "review":
            value = record["review"]["verdict"] if record["review"] is not None else "none"
        case "reviewer" | "reviewed_at":
            key = "reviewer" if name == "reviewer" else "at"
            value = record["review"][key] if record["review"] is not None else None
        case "study":
            value = [record["study"], *record["study_alt_names"], *record["registry_ids"]]
        case _:
            value = record.get(name)
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def parse(text: str) -> Condition:
    """One condition; raises UsageError that says what is wrong with it and what would be right."""
    match = WRITTEN.fullmatch(text)
    if match is None:
        raise UsageError(
            f"--where {text!r}: write a field, a sign (= != ~ !~ >= <= > <) and a value, such as "
            "--where endpoint=PFS --where 'study~brain' --where 'n>=50'."
        )
    field = _field(match["field"], text)
    return Condition(field, match["sign"], _value(field, match["sign"], match["value"], text), text)


def parse_all(texts: Sequence[str]) -> tuple[Condition, ...]:
    """All conditions of a command line."""
    return tuple(parse(text) for text in texts)


def _field(name: str, text: str) -> Field:
    found = FIELDS.get(SHORT.get(name.casefold(), name.casefold()))
    if found is not None:
        return found
    near = difflib.get_close_matches(name.casefold(), [*FIELDS, *SHORT], n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageError(f"--where {text!r}: records have no field {name!r}.{hint} Fields: {', '.join(sorted(FIELDS))}.")


def _value(field: Field, sign: str, value: str, text: str) -> str | float | bool:
    """The value in the type that field and sign ask for."""
    numeric = field.type in ("integer", "number")
    if sign in ORDERS and not numeric and field.name != "p":
        raise UsageError(f"--where {text!r}: {field.name} is no number, so {sign} cannot be asked; use = or ~.")
    if sign in ORDERS or (numeric and sign in ("=", "!=") and value):
        try:
            return float(value)
        except ValueError:
            raise UsageError(f"--where {text!r}: {field.name} is a number, {value!r} is none.") from None
    if sign.endswith("~"):
        if not value:
            raise UsageError(f"--where {text!r}: say which part {field.name} should hold.")
        return value
    if field.type == "boolean" and value:
        if value.casefold() not in TRUTHS:
            raise UsageError(f"--where {text!r}: {field.name} is true or false.")
        return TRUTHS[value.casefold()]
    if field.enum and value and value.casefold() not in [each.casefold() for each in field.enum]:
        raise UsageError(f"--where {text!r}: {field.name} is one of {', '.join(field.enum)}.")
    return value
