"""Codes and values in, words for a reviewer out: filters of the templates."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pipeline.audit.page import NAMES as CHECKS
from pipeline.review.entering import BY_NAME
from schemas.record import FLAGS as RECORD_FLAGS

STATES = {
    "open": "open",
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "add": "added",
    "waiting": "waiting for the other",
    "conflict": "in conflict",
    "withdraw": "taken back",
    "done": "decided",
    "all": "all",
}
FLAGS = {
    **RECORD_FLAGS,
    "added": "added by a reviewer",
    "changed_since_review": "read otherwise now than when it was decided",
    "unanchored": "its sentence stands no longer in the text",
}


def state_name(state: str) -> str:
    """A state or verdict for a sentence."""
    return STATES.get(state, state)


def flag_name(flag: str) -> str:
    """Why a person should look."""
    return FLAGS.get(flag, flag.replace("_", " "))


def check_name(check: str) -> str:
    """What a check is called."""
    return CHECKS.get(check, check.replace("_", " "))


def field_name(name: str) -> str:
    """What a field of a record is called."""
    return BY_NAME[name].label if name in BY_NAME else name.replace("_", " ")


def field_value(value: Any) -> str:
    """A field's value as a person reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, list | tuple):
        return " to ".join("open" if bound is None else str(bound) for bound in value)
    return str(value)


def on_day(at: datetime) -> str:
    """A time to the minute, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def percent(part: float, whole: float) -> str:
    """A share to the percent; a dash of nothing."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


FILTERS: dict[str, Callable[..., str]] = {
    "state_name": state_name,
    "flag_name": flag_name,
    "check_name": check_name,
    "field_name": field_name,
    "field_value": field_value,
    "on_day": on_day,
    "percent": percent,
}
