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
_TIMES = "|".join(f"(?P<{code}>{pattern})" for code, pattern in _TIME.items())
# LaTeX prints a per cent sign behind a backslash; "15 percentage points" is not a share.
_POINTS = r"(?:\\?%|per\s?cent(?:age)?)[\s-]?points?|pp(?![A-Za-z])"
_SHARE = r"\\?%|per\s?cent(?![A-Za-z])|percent(?![A-Za-z])"
# What is measured, alone or before a slash, with its metric prefix and its square or cube.
_METRIC = r"(?:[kKcmMµμnpdf]|mc)?(?:mol|g|L|l|Eq|IU|Pa|Osm|cal|J|m|s|bar)"
_OTHER_BASE = (
    r"mm\s?Hg|cm\s?H2O|[mµμ]?U|mM|[µμn]M|[kM]?Hz|dB|msec|sec|bpm|beats|breaths|log\s?10\s(?:copies|IU|CFU|cfu)"
    r"|min(?:utes?)?|h(?:ou)?rs?|hr?|days?|d|"
    r"wk|weeks?|months?|years?|yr|kg|lbs?|in|cells|copies|events|steps|log10|log|points|ml"
)
_POWER = r"(?:[²³]|\^?\{?[23](?![\d.])\}?)?"
_MEASURED = rf"(?:{_OTHER_BASE}|{_METRIC}){_POWER}(?![A-Za-z])"
_SLASH = rf"\s?/\s?(?:1\.73\s?|100\s|1000\s|24\s?)?{_MEASURED}"
_PER = rf"\sper\s(?:1\.73\s)?(?:m[²2]|{_MEASURED}|beat|litre|liter|kilogram)(?![A-Za-z])"
_COMPOUND = (
    rf"{_MEASURED}(?:{_SLASH}|{_PER}){{1,3}}|×\s?10\^?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}}\s?/\s?[µμmn]?[Ll]|"
    r"/\s?(?:100|1,?000)(?!\d)|/\s?(?:[µμmn]?L|mm[3³])"
)
# "14.2 events per 100 patient-years": the unit holds a number of its own.
_HAPPENING = (
    r"events?|cases?|deaths?|infections?|episodes?|exacerbations?|hospitali[sz]ations?|bleeds?|attacks?|relapses?"
    r"|flares?"
)  # fmt: skip
_PEOPLE = r"patient|person|participant|subject|women|woman|child|population|people|live\sbirth|inhabitant"
_BORNE = rf"{_PEOPLE}|ventilator|catheter|line|device|bed"
_AT_RISK = rf"(?:{_BORNE})s?[{_HYPHENS}\s](?:years?|yrs?|months?|days?)"
_THOUSANDS = r"(?:1|10|100)[,\s]?000(?![,\d])"
_RATE = (
    rf"(?:(?:[a-z]{{1,20}}\s){{0,2}}(?:{_HAPPENING})\s)?per\s\d{{1,3}}(?:[,\s]?\d{{3}}){{0,2}}\s"
    rf"(?:(?:{_PEOPLE})s?(?:[{_HYPHENS}\s](?:years?|yrs?|months?|days?))?|{_AT_RISK})"
    # "0.42 per patient-year", "1.2 exacerbations per year", "3.4/100 patient-years", "226 participants per 1000"
    rf"|(?:(?:[a-z]{{1,20}}\s){{0,2}}(?:{_HAPPENING})\s)?(?:per|/)\s?{_AT_RISK}"
    rf"|(?:[a-z]{{1,20}}\s){{0,2}}(?:{_HAPPENING})\sper\s(?:(?:{_PEOPLE})\sper\s)?(?:year|month|week)"
    rf"|(?:(?:{_HAPPENING})\s?)?/\s?(?:100|{_THOUSANDS})\s{_AT_RISK}|(?:(?:{_PEOPLE})s?\s)?per\s{_THOUSANDS}"
    # "2.40 per patient per year", "0.13 per year": of a whole number ("5 per year") it says how many there are
    rf"|per\s(?:{_PEOPLE})\sper\s(?:year|month|week)|(?:(?<=\.\d\s)|(?<=\.\d\d\s))per\syear"
    # "0.6 units per patient per month"
    rf"|(?:units?|transfusions?|doses?|visits?|days?)\sper\s(?:{_PEOPLE})\sper\s(?:year|month|week)"
)
# Units that stand alone; mass and volume may be doses, which are asked for first.
_ALONE = (
    r"mm\s?Hg|cm\s?H2O|[mµμnp]mol|[kcmµμ]?m[²2³3]?|[kmµμn]?g|mcg|[md]?L|ml|bpm|ms|msec|sec(?:onds?)?|s|k?cal|kJ"
    r"|kPa|Hz|dB|"
    r"IU|mEq|mM|[µμn]M|lbs?|[Mm]et(?:er|re)s?|[Kk]ilograms?|[Gg]rams?|[Ll]it(?:er|re)s?|METs?|letters?|degrees?|°C?|"
    r"[Dd]iopters?|SDs?|microg(?:rams?)?|nights?|steps?|doses?|cycles?|euros?|dollars?|USD|EUR|GBP"
)
_UNIT = re.compile(
    rf"(?:\s|\s?[{_HYPHENS}]\s?)?(?:(?P<pp>{_POINTS})|(?P<share>{_SHARE})|(?:{_TIMES}|(?P<rate>{_RATE})|"
    rf"(?P<compound>{_COMPOUND})|(?P<scale>million|billion)|(?P<fold>times|folds?)|(?P<points>points?|units?)|"
    rf"(?P<plain>{_ALONE}))(?![A-Za-z]))"
)
# What can begin a unit: asked first, because most numbers have none.
_OPENS_UNIT = frozenset("MmWwdDyhHpc%\\kµμnfgLlIUbstKGeiPSTr×°EHaAvx/uoC")
# "219 participants per 1000": who they are is no part of the unit.
_WHO = re.compile(rf"^(?:{_PEOPLE})s?\s(?=per\s)")
_CODES = {"share": "%", "pp": "percentage points", "fold": "times", "points": "points"}


class Unit(NamedTuple):
    """A unit behind a number: where it begins and ends, its code, its family, and whether a hyphen joins it."""

    start: int
    end: int
    code: str
    family: str
    hyphen: bool


def read_unit(text: str, position: int) -> Unit | None:
    """The unit that stands at `position`, right behind a number, or None; one blank or hyphen may stand between."""
    first = text[position : position + 1]
    hyphen = first != "" and first in _HYPHENS
    if first == " " or hyphen:
        after = text[position + 1 : position + 2]
        if after != "" and after in _HYPHENS:
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
        return Unit(match.start(family), match.end(), family, "time", hyphen)
    # A hyphen joins a number to a time, to points and to "fold"; before anything else it is a name's ("5-FU").
    if hyphen and family not in ("points", "fold", "pp"):
        return None
    code = _CODES.get(family) or " ".join(match[family].split())
    if family == "rate":
        code = _WHO.sub("", code)
    return Unit(match.start(family), match.end(), code, family, hyphen)
