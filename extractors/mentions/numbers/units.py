"""Text behind a number -> its unit as the dataset writes it ("months", "%", "mmol/L")."""

import re
from typing import NamedTuple

_HYPHENS = "-\u2010\u2011\u2012\u2013"
_TIME = {
    "months": r"[Mm]onths?|mos?\b\.?|mths?\b",
    "weeks": r"[Ww]eeks?|wks?\b\.?",
    "days": r"[Dd]ays?|d\b",
    "years": r"[Yy]ears?|yrs?\b\.?",
    "hours": r"[Hh]ours?|hrs?\b\.?|h\b",
    "minutes": r"[Mm]inutes?|mins?\b\.?",
}
TIME_UNIT = "|".join(f"(?P<{code}>{pattern})" for code, pattern in _TIME.items())
# A prefix and a base unit; single letters only where no word begins with them ("5 m farther", not "5 A").
_SIMPLE = (
    r"(?:(?:[kcmMµμnpdf]|mc)?(?:mol|g|L|l|Eq|IU|Pa|Osm|cal|J|m|s|bar)"
    r"|mm\s?Hg|cm\s?H2O|k?IU|m?[UW]|mM|[µμn]M|[kM]Hz|Hz|dB|ms|msec|sec|bpm|beats|breaths|mi?n|hr?|day|d|wk|week|month|year|yr|kg|lb|ft|in)"
)
_POWER = r"(?:[²³]|\^?\{?[23](?![\d.])\}?)?"
_MEASURED = rf"(?:{_SIMPLE}{_POWER}|cells|copies|events|log10|log)"
_PER = rf"(?:\s?/\s?(?:(?:1\.73|100|1000|min(?:ute)?|24)\s?)?{_MEASURED}(?![A-Za-z])|\s(?:per|\·)\s(?:1\.73\s)?(?:m[²2]|min(?:ute)?|day|week|month|year|hour|beat|litre|liter|kg)(?![A-Za-z]))"
_COMPOUND = rf"{_MEASURED}(?![A-Za-z]){_PER}{{1,3}}|×\s?10\^?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}}\s?/\s?[µμmn]?[Ll]"
_PERSON_TIME = (
    r"(?:(?:[a-z]+\s){0,2}(?:events?|cases?|deaths?|infections?|episodes?|exacerbations?|hospitali[sz]ations?|bleeds?)\s)?"
    r"per\s(?:1,?000|10,?000|100,?000|100|\d{1,3}(?:,\d{3})*)\s"
    rf"(?:patient|person|participant|subject|pt|women|woman|population|persons|people|patients)s?(?:[{_HYPHENS}\s](?:years?|yrs?|months?|days?))?"
)
# "mm Hg" and "m" can end a phrase; "g", "L", "mg" may be a dose, which the doses decide before the units are asked.
_ALONE = (
    r"mm\s?Hg|cm\s?H2O|mmol|µmol|μmol|nmol|pmol|[kcmµμ]?m[²2³3]?|[kmµμn]?g|mcg|[md]?L|ml|bpm|ms|msec|sec(?:onds?)?|s|"
    r"kcal|kJ|kPa|Hz|dB|IU|mEq|mM|[µμn]M|kg|lbs?|[Mm]et(?:er|re)s?|[Kk]ilograms?|[Gg]rams?|[Ll]it(?:er|re)s?|"
    r"METs?|letters?|degrees?|°C?|[Dd]iopters?|D\b|SDs?|nights?|doses?|cycles?"
)
_SHARE = r"\\?%|per\s?cent(?:age)?(?!\s?-?\s?points?)\b|percent\b"
_POINTS = r"(?:\\?%|per\s?cent(?:age)?)[\s-]?points?|pp\b"
_UNIT = re.compile(
    rf"(?:\s|\s?[{_HYPHENS}]\s?)?(?:(?P<pp>{_POINTS})|(?P<share>{_SHARE})|{TIME_UNIT}"
    rf"|(?P<rate>{_PERSON_TIME})|(?P<compound>{_COMPOUND})"
    r"|(?P<scale>million|billion)|(?P<fold>times|[-\u2010\u2011]?fold)|(?P<points>points?|units?)|(?P<plain>" + _ALONE + r"))(?![A-Za-z])"
)
# What can begin a unit: asked first, because most numbers have none.
_OPENS_UNIT = frozenset("MmWwdDyhHpc%\\kµμnfgLlIUbstKGeiPESTvr×°o")


class Unit(NamedTuple):
    """A unit behind a number: where it ends, its code and its family (share, time, rate, compound, plain ...)."""

    end: int
    code: str
    family: str
    hyphen: bool


def read_unit(text: str, position: int) -> Unit | None:
    """The unit that stands at `position`, right behind a number, or None; one blank or hyphen may stand between."""
    first = text[position : position + 1]
    hyphen = first in _HYPHENS and first != ""
    if first == " " or hyphen:
        after = text[position + 1 : position + 2]
        if after in _HYPHENS and after != "":
            hyphen = True
        elif after not in _OPENS_UNIT:
            return None
    elif first not in _OPENS_UNIT:
        return None
    match = _UNIT.match(text, position)
    if match is None:
        return None
    family = match.lastgroup or ""
    if family in _TIME:
        return Unit(match.end(), family, "time", hyphen)
    # A hyphen joins a number to a time unit, to points and to "fold"; before anything else it is part of a name ("5-FU").
    if hyphen and family not in ("points", "fold", "pp"):
        return None
    code = {"share": "%", "pp": "percentage points", "fold": "times", "points": "points"}.get(family)
    if code is None:
        code = " ".join(match[family].split())
    return Unit(match.end(), code, family, hyphen)
