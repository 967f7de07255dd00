"""Values: numbers with a unit, units printed once for a whole list, bare numbers behind a measure or a statistic."""

import re

from extractors.mentions.numbers.measures import RATIOS, Measure, find_measures, governs
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import Unit, read_unit
from schemas.mention import ValueMention

_APPROXIMATE = re.compile(r"(?:[~≈]|\b(?:approximately|about|around|roughly|nearly|almost|circa))\s?\Z", re.IGNORECASE)
_ABOVE = re.compile(r"(?:[>≥]|\b(?:over|more than|at least|above|exceeding|greater than|up to))\s?(?:an?\s)?\Z", re.IGNORECASE)
_BELOW = re.compile(r"(?:[<≤]|\b(?:under|less than|at most|below|fewer than))\s?\Z", re.IGNORECASE)
_SYMBOL = re.compile(r"[<>≥≤]\s?\Z")
_SAYS = re.compile(r"(?:\b(?:was|were|is|of|by|to|rates?|with|in|and|vs\.?|versus|be|reached)\s|[(\[:]\s?)[<>≥≤]\s?\Z")
_RANGE = re.compile(rf"\s?\\?%?\s?(?:[{DASHES}]|to)\s?")
_FROM = re.compile(r"\bfrom\s(?:[~≈]\s?|a\s(?:median|mean|baseline)\sof\s|about\s|approximately\s)?\Z")
# What may stand between the members of a list that shares its unit; "\x00" is an interval, p-value or count left out.
_JOINT = re.compile(
    r"[\s\x00]{0,400}(?:[(\[][\x00\s;,:=]{0,400}[)\]])?\s?"
    r"(?:vs\.?|versus|v\.?|and|or|to|,|;|/|,\s?(?:and|or|vs\.?|versus)|compared\s(?:with|to)|(?:in|for)\sthe\s[\w\s+/-]{1,50}?\s(?:group|arm|cohort)s?\s?,?\s?(?:vs\.?|versus|and|compared\s(?:with|to)))"
    r"\s(?:a\s|only\s|just\s|an?\s[\w-]{1,20}\sof\s)?|[\s\x00]{0,400}(?:/|–|-|,)"
)
_STATISTIC = re.compile(
    r"\b(?:mean|median|average|scores?|change[sd]?|decrease[sd]?|increase[sd]?|reduc(?:tion|ed)|difference|improved|declined|rose|fell|ratio|index|values?|levels?|from|to|vs\.?|versus|by|of|was|were|and|compared with|than)"
    r"[\s:,=(]{1,3}(?:a\s|only\s)?[$~≈]?\Z|[=:(]\s?\Z"
)
_CRITERION_WORD = re.compile(r"\b(?:if|when|with|whose|PD-L1|TPS|CPS|EF|LVEF|BMI|eGFR|HbA1c|expression|ejection fraction)\b[^.;]{0,24}[<>≥≤]\s?\Z")


def claim_values(sheet: Sheet) -> None:
    """Take every number with a unit, then those whose unit or measure stands elsewhere in the sentence."""
    measures = find_measures(sheet.text) if any(not t for t in sheet.taken) else []
    found: dict[int, tuple[str | None, str]] = {}
    ends: dict[int, int] = {}
    for i in sheet.free():
        numeral = sheet.numerals[i]
        unit = _unit_of(sheet, i)
        if unit is None:
            continue
        if numeral.worded and (unit.family not in ("time", "share", "fold", "points", "pp") or sheet.taken[i]):
            continue
        if _is_criterion(sheet, i):
            sheet.other(i, "criterion", rule="criterion")
            sheet.take_span(numeral.end, unit.end)
            continue
        found[i] = (unit.code, _rule(sheet, i, unit))
        # A unit behind the brackets of an interval is the number's, but the interval between keeps its own characters.
        if i not in sheet.follow or unit.end <= sheet.follow[i]:
            ends[i] = unit.end
        sheet.take_span(numeral.end, unit.end)
        sheet.take(i)
    _carry(sheet, found)
    _measured(sheet, measures, found)
    _carry_ratio(sheet, found)
    _bare(sheet, found)
    for i in sorted(found):
        _add(sheet, i, *found[i], end=ends.get(i))


def _unit_of(sheet: Sheet, i: int) -> Unit | None:
    """The unit behind numeral `i`, behind its spread, or behind the brackets that hold its interval."""
    unit = read_unit(sheet.text, sheet.numerals[i].end)
    if unit is None and i in sheet.spreads:
        unit = read_unit(sheet.text, sheet.numerals[sheet.spreads[i]].end)
    if unit is None and i in sheet.follow:
        unit = read_unit(sheet.text, sheet.follow[i])
    return unit


def _is_criterion(sheet: Sheet, i: int) -> bool:
    """Whether a sign of comparison before it makes the number a condition ("PD-L1 ≥ 50%") and not a result."""
    before = sheet.before(sheet.numerals[i].signed, 40)
    if _SYMBOL.search(before) is None:
        return False
    return _CRITERION_WORD.search(before) is not None or _SAYS.search(before) is None


def _rule(sheet: Sheet, i: int, unit: Unit) -> str:
    rule = f"value:{unit.code if unit.family in ('time', 'share', 'pp') else unit.family}"
    if i in sheet.spreads:
        rule += ":spread"
    before = sheet.before(sheet.numerals[i].signed, 24)
    for mark, pattern in (("about", _APPROXIMATE), ("above", _ABOVE), ("below", _BELOW)):
        if pattern.search(before):
            rule += f":{mark}"
    return rule


def _add(sheet: Sheet, i: int, unit: str | None, rule: str, *, end: int | None) -> None:
    numeral = sheet.numerals[i]
    sheet.take(i)
    spread = sheet.number(sheet.spreads[i], unsigned=True) if i in sheet.spreads else None
    stop = end if end is not None else (sheet.numerals[sheet.spreads[i]].end if i in sheet.spreads else numeral.end)
    sheet.values.append(ValueMention(span=sheet.span(numeral.signed, stop), number=sheet.number(i), unit=unit, spread=spread, rule=rule))


def _masked(sheet: Sheet) -> str:
    """The text with intervals and p-values blotted out, so that a list's joints can be seen."""
    characters = list(sheet.text)
    for mention in (*sheet.intervals, *sheet.p_values):
        for k in range(mention.span.start - sheet.offset, mention.span.end - sheet.offset):
            characters[k] = "\x00"
    for spread in sheet.spreads.values():
        for k in range(sheet.numerals[spread].start, sheet.numerals[spread].end):
            characters[k] = "\x00"
    return "".join(characters)


def _carry(sheet: Sheet, found: dict[int, tuple[str | None, str]]) -> None:
    """Give the unit printed behind the last member of a list to the members before it: "6.9 vs 4.2 months"."""
    if not found:
        return
    masked = _masked(sheet)
    for i in sorted(found, reverse=True):
        unit, rule = found[i]
        j, base = i, rule.split(":")[1]
        while j > 0:
            k = j - 1
            while k > 0 and sheet.taken[k] and k not in found and k in sheet.spreads.values():
                k -= 1
            if sheet.taken[k] or sheet.numerals[k].worded:
                break
            gap = masked[sheet.numerals[k].end : sheet.numerals[j].signed if sheet.numerals[j].signed > sheet.numerals[k].end else sheet.numerals[j].start]
            whole = masked[sheet.numerals[k].end : sheet.numerals[j].start]
            if _RANGE.fullmatch(whole) and _FROM.search(sheet.before(sheet.numerals[k].signed, 30)) is None:
                found[k] = (unit, f"value:{base}:range-low")
                if j == i:
                    found[i] = (unit, f"{rule}:range-high")
            elif _JOINT.fullmatch(gap):
                found[k] = (unit, f"value:{base}:list" if k not in sheet.spreads else f"value:{base}:list:spread")
            else:
                break
            sheet.take(k)
            j = k


def _measured(sheet: Sheet, measures: list[Measure], found: dict[int, tuple[str | None, str]]) -> None:
    """Take bare numbers that stand behind the name of a measure, with no other number between."""
    latest = 0
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if numeral.worded:
            continue
        while latest < len(measures) and measures[latest].end <= numeral.start:
            latest += 1
        if latest == 0:
            continue
        measure = measures[latest - 1]
        between = [k for k in range(sheet.first_from(measure.end), i) if not _is_aside(sheet, k, measure.end, numeral.start)]
        if between or not governs(measure, sheet.text, numeral.signed, decimals=numeral.decimals):
            continue
        found[i] = ("ratio" if measure.code in RATIOS or "ratio" in sheet.text[measure.start : measure.end].lower() else None, f"value:{measure.code}")
        sheet.take(i)


def _is_aside(sheet: Sheet, k: int, start: int, end: int) -> bool:
    """Whether numeral `k` between a measure and its value is only a name, a word or the level of an interval to come."""
    if sheet.numerals[k].worded:
        return True
    place = sheet.numerals[k].start + sheet.offset
    return any(o.span.start <= place < o.span.end and o.reason in ("name", "level", "label", "group", "grade", "citation") for o in sheet.others)


def _carry_ratio(sheet: Sheet, found: dict[int, tuple[str | None, str]]) -> None:
    """"HRs of 0.61 and 0.93": the measure said once is that of the next number too."""
    masked: str | None = None
    for i in sorted(found):
        unit, rule = found[i]
        while i + 1 < len(sheet.numerals):
            j = i + 1
            while j < len(sheet.numerals) and sheet.taken[j] and j not in found and _in_interval(sheet, j):
                j += 1
            if j >= len(sheet.numerals) or sheet.taken[j] or sheet.numerals[j].worded or rule.split(":")[1] not in ("HR", "OR", "RR", "SMD", "MD", "RD"):
                break
            masked = masked if masked is not None else _masked(sheet)
            if _JOINT.fullmatch(masked[sheet.numerals[i].end : sheet.numerals[j].signed]) is None or sheet.numerals[j].decimals == 0:
                break
            found[j] = (unit, f"{rule}:list" if not rule.endswith(":list") else rule)
            sheet.take(j)
            i = j


def _in_interval(sheet: Sheet, j: int) -> bool:
    place = sheet.numerals[j].start + sheet.offset
    return any(m.span.start <= place < m.span.end for m in (*sheet.intervals, *sheet.p_values))


def _bare(sheet: Sheet, found: dict[int, tuple[str | None, str]]) -> None:
    """Take bare decimals behind a statistic or a verb of result ("a mean score of 5.2"), and bare means with a spread."""
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if numeral.worded:
            continue
        if i in sheet.spreads or i in sheet.follow:
            found[i] = (None, "value:bare:spread" if i in sheet.spreads else "value:bare:interval")
        elif (numeral.decimals or numeral.signed < numeral.start) and _STATISTIC.search(sheet.before(numeral.signed, 34)):
            found[i] = (None, "value:bare")
