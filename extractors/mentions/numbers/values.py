"""Values: numbers with a unit, units printed once for a whole list, bare numbers behind a measure or a statistic."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.lists import Reading, carry_back, carry_on
from extractors.mentions.numbers.measures import REACH, Measure, find_measures, governs
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import Unit, read_unit
from schemas.mention import ValueMention

_BOUNDED = (
    ("about", Behind(r"(?:[~≈]|\b(?:approximately|about|around|roughly|nearly|almost|circa))\s?", ignore_case=True)),
    (
        "above",
        Behind(
            r"(?:[>≥]|\b(?:over|more\sthan|at\sleast|above|exceeding|greater\sthan|up\sto))\s?(?:an?\s)?",
            ignore_case=True,
        ),
    ),
    ("below", Behind(r"(?:[<≤]|\b(?:under|less\sthan|at\smost|below|fewer\sthan))\s?", ignore_case=True)),
)
_SYMBOL = Behind(r"(?:[<>≥≤]|[<>]\s?(?:or\s|/)=)\s?")
# A sign of comparison behind these bounds a result; behind anything else it makes a condition ("EF ≤40%").
_SAYS = Behind(
    r"(?:\b(?:was|were|is|of|by|to|rates?|with|in|and|vs\.?|versus|against|be|reached)\s|[(\[:]\s?)[<>≥≤]\s?"
)
_CONDITION = Behind(
    r"\b(?:if|when|whose|with|PD-L1|TPS|CPS|EF|LVEF|BMI|eGFR|HbA1c|expression"
    r"|ejection\sfraction)\b[^.;]{0,24}[<>≥≤]\s?"
)
# "LDL-C of at least 70 mg/dL", "100 mg/dL or higher": who was eligible, or a goal, not what was measured.
_WORDED_BOUND = Behind(
    r"(?:\b(?:of|was|were|is|be|with|to|for|levels?|values?)\s)?\b(?:at\sleast|less\sthan|lower\sthan|below"
    r"|above|exceed(?:s|ed|ing)|"
    r"higher\sthan|greater\sthan|not?\smore\sthan|under)\s(?:an?\s)?",
    ignore_case=True,
)
_OR_MORE = re.compile(
    r"\s?or\s(?:more|higher|greater|less|lower|above|below|over)\b(?!\s(?:of\s)?(?:the\s)?(?:patients|participants))"
)
# "in the highest quartile (≥0.88 mmol/L)", "per 0.2 mmol/L": levels and steps of an exposure.
_LEVEL = Behind(
    r"\b(?:quartiles?|quintiles?|tertiles?|deciles?|percentiles?|cut-?offs?)\b[^.;()]{0,60}[(\[](?:[<>≥≤=]\s?)?"
    r"|\b(?:levels?|values?|concentrations?|deficien\w{2,4}|insufficien\w{2,4})\s[(\[][<>≥≤]\s?",
    ignore_case=True,
)
_PER_STEP = Behind(r"\bper\s|\bevery\s|\beach\s")
# "three-point MACE", "a 5-point scale": points that belong to a name.
_NAMED_BY_POINTS = re.compile(
    r"[\s-](?:MACC?E|major\sadverse|(?:[\w-]+\s){0,3}?(?:scales?|VAS\b|NRS\b|Likert|composite|checklist|rating"
    r"|questionnaire))\b",
    re.IGNORECASE,
)
_STATISTIC = Behind(
    r"\b(?:mean|median|average|scores?|changed?|changes|decreased?|increased?|decreases|increases|reduction|reduced|"
    r"difference|improved|declined|rose|fell|ratio|index|values?|levels?|from|to|vs\.?|versus|against|by|of|is|was|were|and|"
    r"compared\swith|than)[\s:,=(]{1,3}(?:a\s|only\s)?[~≈]?|[=:]\s?",
)
# "(0.29 vs 0.19, P<.001)": compared in brackets, said before them.
_BRACKET = Behind(r"[(\[]\s?")
_ALONE = re.compile(r"\s?[)\]]")
_VERSUS = re.compile(r"\s(?:vs\.?|versus|against|v\.?|compared\swith)\s")
# "PFS (months): 24.5": the unit stands with what was measured.
_UNIT_BEFORE = Behind(
    r"[(\[,]\s?(?:in\s)?(?P<unit>months?|mo|weeks?|days?|years?|%)\s?[)\]]\s?(?:was|were|is|of|[:=,])?\s?"
)
# "4.6 (A) and 7.9 (B) per 1000 person-years": the group in brackets between a number and its unit.
_NAMED_GROUP = re.compile(r"\s\([A-Za-z][^()\d]{2,40}\)")
_CURRENCIES = frozenset("$€£")
_WORDED_FAMILIES = frozenset({"time", "share", "fold", "points", "pp"})
# What may stand between a measure and its value without being the value: names, levels, labels, number words.
_ASIDES = frozenset(
    f"other:{reason}" for reason in ("name", "level", "label", "group", "grade", "citation", "stage", "unit")
)


def claim_values(sheet: Sheet) -> None:
    """Take every number with a unit, then those whose unit or measure stands elsewhere in the sentence."""
    found: dict[int, Reading] = {}
    for i in sheet.free():
        if not sheet.owner[i]:
            _judge_unit(sheet, i, found)
    carry_back(sheet, found)
    if not all(sheet.owner):
        _judge_measured(sheet, found)
        carry_on(sheet, found)
        _judge_bare(sheet, found)
        carry_back(sheet, found)
        carry_on(sheet, found)
    for i in sorted(found):
        _add(sheet, i, found[i])


def _judge_unit(sheet: Sheet, i: int, found: dict[int, Reading]) -> None:
    numeral = sheet.numerals[i]
    unit, direct = _unit_of(sheet, i)
    if unit is None or (numeral.worded and unit.family not in _WORDED_FAMILIES):
        return
    if unit.family == "points" and _NAMED_BY_POINTS.match(sheet.text, unit.end):
        sheet.other(i, "name", rule="name:points")
        return
    if unit.code == "SD" and not numeral.decimals:
        # "19 SD" are patients with stable disease.
        return
    if _is_bound(sheet, i, unit):
        sheet.other(i, "criterion", rule="criterion:worded")
    elif unit.family in ("plain", "compound") and (
        _LEVEL(sheet.text, numeral.signed) or _PER_STEP(sheet.text, numeral.signed)
    ):
        sheet.other(i, "criterion", rule="criterion:level")
    elif _SYMBOL(sheet.text, numeral.signed) is not None and (
        _CONDITION(sheet.text, numeral.signed) is not None or _SAYS(sheet.text, numeral.signed) is None
    ):
        sheet.other(i, "criterion", rule="criterion")
    else:
        rule = unit.code if unit.family in ("time", "share", "pp") else unit.family
        # A unit behind the brackets of an interval is the number's, but the interval keeps its own characters.
        found[i] = Reading(unit.code, f"value:{rule}", unit.end if direct else None)
        sheet.take(i, "value")
    sheet.take_unit(unit.start, unit.end)


def _is_bound(sheet: Sheet, i: int, unit: Unit) -> bool:
    """Whether words around a measurement make a threshold of it."""
    if unit.family == "time":
        return False
    if _OR_MORE.match(sheet.text, unit.end) is not None:
        return True
    return unit.family == "plain" and _WORDED_BOUND(sheet.text, sheet.numerals[i].signed) is not None


def _unit_of(sheet: Sheet, i: int) -> tuple[Unit | None, bool]:
    """The unit of numeral `i`, and whether it stands right behind it and not behind its spread or its interval."""
    numeral, text = sheet.numerals[i], sheet.text
    unit = sheet.unit(i)
    if unit is not None:
        return unit, True
    if i in sheet.spreads:
        spread = sheet.numerals[sheet.spreads[i]]
        unit = read_unit(text, spread.end)
    if unit is None and i in sheet.follow:
        unit = read_unit(text, sheet.follow[i])
    if unit is None and (named := _NAMED_GROUP.match(text, numeral.end)) is not None:
        behind = read_unit(text, named.end())
        unit = behind if behind is not None and behind.family == "rate" else None
    sign = text[numeral.start - 1 : numeral.start]
    # LaTeX puts its formulas between dollar signs.
    if unit is None and sign in _CURRENCIES and "$" not in text[numeral.end : numeral.end + 12]:
        return Unit(numeral.end, numeral.end, sign, "plain", hyphen=False), True
    return unit, False


def _judge_measured(sheet: Sheet, found: dict[int, Reading]) -> None:
    """Take bare numbers that stand behind the name of a measure, with no other number between."""
    measures = find_measures(sheet)
    if not measures:
        return
    latest = 0
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if numeral.worded:
            continue
        while latest < len(measures) and measures[latest].end <= numeral.start:
            latest += 1
        measure = measures[latest - 1] if latest else None
        if measure is not None and _is_value_of(sheet, i, measure):
            found[i] = Reading(measure.unit, f"value:{measure.code}")
            sheet.take(i, "value")


def _is_value_of(sheet: Sheet, i: int, measure: Measure) -> bool:
    if sheet.starts[i] - measure.end > REACH:
        return False
    for k in range(i - 1, -1, -1):
        if sheet.starts[k] < measure.end:
            break
        if not sheet.numerals[k].worded and sheet.owner[k] not in _ASIDES:
            return False
    numeral = sheet.numerals[i]
    return governs(measure, sheet.text, numeral.signed, decimals=numeral.decimals)


def _judge_bare(sheet: Sheet, found: dict[int, Reading]) -> None:
    """Take bare means with a spread or an interval, and bare decimals behind a statistic ("a mean score of 5.2")."""
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if numeral.worded or sheet.owner[i]:
            continue
        if i in sheet.spreads or i in sheet.follow:
            found[i] = Reading(None, "value:bare:interval" if i in sheet.follow else "value:bare")
            sheet.take(i, "value")
        elif not numeral.whole and (
            _STATISTIC(sheet.text, numeral.signed) is not None
            or (_BRACKET(sheet.text, numeral.signed) is not None and _VERSUS.match(sheet.text, numeral.end))
            or (_BRACKET(sheet.text, numeral.signed) is not None and _is_change(sheet, i))
        ):
            before = _UNIT_BEFORE(sheet.text, numeral.signed)
            unit = read_unit(before["unit"], 0) if before is not None else None
            found[i] = Reading(unit.code if unit is not None else None, "value:bare")
            sheet.take(i, "value")


def _is_change(sheet: Sheet, i: int) -> bool:
    """Whether a number has a sign and its brackets to itself: "greater in group A (-3.3) than in group B (-1.8)"."""
    numeral = sheet.numerals[i]
    return numeral.signed < numeral.start and _ALONE.match(sheet.text, numeral.end) is not None


def _add(sheet: Sheet, i: int, reading: Reading) -> None:
    numeral = sheet.numerals[i]
    rule, end = reading.rule, reading.end if reading.end is not None else numeral.end
    spread = None
    if i in sheet.spreads:
        rule += ":spread"
        spread = sheet.number(sheet.spreads[i], unsigned=True)
        behind = sheet.numerals[sheet.spreads[i]].end
        unit = read_unit(sheet.text, behind)
        end = max(end, unit.end if unit is not None else behind)
    for mark, pattern in _BOUNDED:
        if pattern(sheet.text, numeral.signed) is not None:
            rule += f":{mark}"
    span = sheet.span(numeral.signed, end)
    sheet.values.append(ValueMention(span=span, number=sheet.number(i), unit=reading.unit, spread=spread, rule=rule))
