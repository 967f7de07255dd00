"""Numbers that count nothing: labels ("Table 1", "grade 3"), doses and schedules, ages, years and dates, ratios, designs."""

import re

from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet
from extractors.mentions.numbers.units import read_unit

# The word before a number that makes it a label, by reason; the number may be followed by more of its kind ("3 or 4").
_LABELS: tuple[tuple[str, str], ...] = (
    ("label", r"[Tt]ables?|TABLES?|[Ff]ig(?:ure)?s?\.?|FIGURES?|[Ss]ections?|[Ss]upp(?:lementary|l)?\.?|[Aa]ppendi(?:x|ces)|[Bb]ox|[Rr]efs?\.?|[Rr]eferences?|[Ee]q(?:uation)?s?\.?|[Pp]ages?|[Vv]ol(?:ume)?\.?|[Cc]hapters?|[Vv]ersions?|[Ll]ines?|[Ss]teps?|[Cc]riteri(?:on|a)|[Nn]o\.|[Ii]tems?|[Qq]uestions?"),
    ("phase", r"[Pp]hases?|PHASE"),
    ("stage", r"[Ss]tages?|STAGE"),
    ("grade", r"[Gg]rades?|GRADE|[Gg]r\.?|CTC(?:AE)?(?:\sversion|\sv)?"),
    ("group", r"[Aa]rms?|[Cc]ohorts?|[Gg]roups?|[Pp]arts?|[Rr]egimens?|[Tt]ypes?|[Cc]lass(?:es)?|[Ll]evels?|[Tt]iers?|[Cc]ategor(?:y|ies)|[Qq]uartiles?|[Tt]ertiles?|[Qq]uintiles?|[Ss]trat(?:um|a)|[Pp]eriods?|[Ss]tudy|[Cc]ases?|NYHA(?:\s(?:functional\s)?class)?"),
    ("name", r"[Ee]xons?|[Cc]hromosomes?|[Cc]odons?|[Ii]nterleukins?|[Ff]actors?|[Rr]eceptors?|[Dd]omains?|[Cc]otransporters?|[Tt]ransporters?|[Cc]omplex|[Ll]igands?|[Pp]roteins?|[Aa]ntigens?(?:-)?|[Kk]inases?|[Cc]aspases?|[Oo]mega|RR\s(?=intervals)"),
    ("score", r"ECOG(?:[\s/-]?(?:PS|[Pp]erformance [Ss]tatus))?(?:\s(?:scores?))?|(?:WHO\s)?[Pp]erformance [Ss]tatus|KPS|Karnofsky(?:\s\w+){0,2}|PS|RANO|RECIST|[Ii]mmunohistochemistry|IHC"),
    ("schedule", r"[Ee]very|[Cc]ycles?|[Qq]|[Cc]ourses?|[Dd]oses?|[Ff]ractions?"),
)
_LABEL = re.compile(
    "(?:^|(?<=[\\s(\\[*,;/-]))(?:" + "|".join(f"(?P<{reason}>{words})" for reason, words in _LABELS) + r")"
    r"(?:\s(?:of|was|is|score|were))?[\s\u00a0:]{0,2}(?:[=≥≤<>]\s?)?\Z"
)
_MORE_LABELS = re.compile(
    rf"\s?(?:,|/|[{DASHES}]|or|and|to|,\s(?:and|or)|vs\.?|through|(?:and|or)\s(?:[Gg]rade|[Ss]tage|[Pp]hase|[Cc]ohort|[Ee]xon|[Aa]rm|[Tt]able|[Gg]roup))\s?(?:[≥≤<>]\s?)?"
)
_GOES_ON = re.compile(r"\s?(?:,|and\b|or\b|[)\];.]|\Z)")
_LAST_LETTER = re.compile(r"[a-zA-Z](?![a-zA-Z])")
_DOSE_UNIT = re.compile(
    r"\s?[-\u2010\u2011]?\s?(?:(?:mg|[µμ]g|mcg|ug|g|mL|ml|IU|U|MU|mmol|units?|MBq|mCi|GBq|cGy)\s?/\s?(?:kg|m[²2]|day|d|dose|h|hr|week|wk)(?:\s?/\s?(?:day|d|h|hr|min|week|wk))?|c?Gy|mCi|MBq|GBq|tablets?|capsules?|puffs?|drops?)(?![A-Za-z/])"
)
_PLAIN_DOSE_UNIT = re.compile(r"\s?[-\u2010\u2011]?\s?(?:mg|[µμ]g|mcg|ug|g|mL|ml|IU|MU|U|units?|million units)(?![A-Za-z/])")
_DOSE_AFTER = re.compile(
    r"[\s,)(]{1,2}(?:(?:[a-z]+\s){0,2}(?:daily|twice|once|thrice|three times|every|per\s(?:day|dose|week)|a day|weekly|monthly|orally|oral|po\b|PO\b|IV\b|i\.?v\.?\b|intraven|subcut|SC\b|s\.?c\.?\b|intramus|IM\b|bolus|tablets?|capsules?|doses?|infusion|injections?|q\d|qd|bid|BID|tid|od\b|on days?|for \d+ (?:days|weeks))|of\s(?!patients)[a-z]+(?:mab|nib|ine|one|ide|ate|cin|in|ol|vaccine)\b)"
)
_DOSE_BEFORE = re.compile(r"(?:[Dd]os(?:e|es|ed|age|ing)\s(?:of|was|were|at|to)?\s?|[a-z]{3,}(?:mab|nib|ine|ide|one|ate|cin|zole|pril|statin|sartan|gliptin|flozin|tide|parin|taxel|platin|olol|azole|amide|fen)\s?[(]?|AUC\s?=?\s?|at a dose of\s)\Z")
_DOSE_LIST = re.compile(rf"\s?(?:,|/|or|and|to|[{DASHES}]|,\sor)\s?")
_AGE_BEFORE = re.compile(
    r"\b(?:[Aa]ged?|[Aa]ges|AGE|[Oo]lder than|[Yy]ounger than)\b(?:\s(?:of|was|were|range[ds]?|between|from|over|under|above|below|at|(?:the\s)?patients)){0,3}[\s,:(=]{0,3}(?:[≥≤<>~]\s?|at least\s|over\s)?\Z"
)
_AGE_AFTER = re.compile(r"\s?[-\u2010\u2011]?\s?(?:years?|yrs?|y|months?|mo|days?|weeks?)\.?(?:[\s\u2010\u2011-](?:of age|old|and older|or older|or over|or above|or more of age|and over|and above|or younger)|\s(?:of\s)?age\b)")
_AGE_LIST = re.compile(rf"(?:\s?(?:years?|yrs?))?\s?(?:,|/|or|and|to|[{DASHES}]|±|\((?:range|IQR|SD)[,:]?|vs\.?|versus)\s?")
_AGE_MEDIAN = re.compile(r"\b(?:median|mean|average)\s(?:\w+\s){0,2}age\b[^.;%]{0,60}\Z")
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_DAY_BEFORE = re.compile(rf"\b{_MONTH}\.?\s\Z")
_DAY_AFTER = re.compile(rf"\s{_MONTH}\b")
_SLASH_DATE = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])")
_ALLOCATION = re.compile(r"(?<![\d:.])\d{1,2}(?:\s?:\s?\d{1,2}){1,3}(?![\d:.])")
_HETEROGENEITY = re.compile(r"(?:I\s?[²2]|I\^2\^?|τ²?|tau(?:\^?2|²)?|Q|χ²|[Cc]hi(?:²|2|-squared?)|df)\s?(?:statistics?\s?)?(?:[=:<>,]|was|of|is)\s?\Z")
_DESIGN_BEFORE = re.compile(r"\b(?:power(?:\sof|\swas)?|alpha(?:\sof|\s=|\slevel\sof)?|α\s?=?|β\s?=|margin\s(?:of|was)|\bdf\s?=|significance level(?:\sof|\swas)?|type I error(?:\s\w+){0,3})\s?\Z")
_DESIGN_AFTER = re.compile(r"\s?%?\s(?:statistical\s)?power\b|\s?%?\s?(?:two-sided\s)?(?:significance level|alpha)\b")
_BRACKETED = re.compile(r"\[\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12}\s?\]")


def claim_addressed(sheet: Sheet) -> None:
    """Take what its own shape explains: dates with slashes, allocation ratios, citation brackets."""
    for pattern, reason, hint in ((_SLASH_DATE, "date", "/"), (_ALLOCATION, "ratio", ":")):
        if hint in sheet.text:
            for match in pattern.finditer(sheet.text):
                _claim_all(sheet, match.start(), match.end(), reason)


def claim_citations(sheet: Sheet) -> None:
    """Take brackets of small whole numbers that no interval wanted: citations a reader left in the text."""
    if "[" in sheet.text:
        for match in _BRACKETED.finditer(sheet.text):
            _claim_all(sheet, match.start(), match.end(), "citation")


def _claim_all(sheet: Sheet, start: int, end: int, reason: str) -> None:
    for i in range(sheet.first_from(start), sheet.first_from(end)):
        if not sheet.taken[i] and not sheet.numerals[i].worded:
            sheet.other(i, reason, rule=reason)


def claim_labels(sheet: Sheet) -> None:
    """Take numbers that a word before them makes a label, a grade, a score, a statistic of heterogeneity or a design."""
    for i in sheet.free():
        if sheet.taken[i] or sheet.numerals[i].worded:
            continue
        numeral = sheet.numerals[i]
        before = sheet.before(numeral.start, 34)
        match = _LABEL.search(before) if numeral.decimals <= 1 else None
        if match is not None and match.lastgroup is not None and not _is_result(sheet, i, match.lastgroup):
            reason = match.lastgroup
            sheet.other(i, reason, rule=reason)
            _claim_list(sheet, i, _MORE_LABELS, reason, letters=True)
        elif _HETEROGENEITY.search(before):
            sheet.other(i, "heterogeneity", rule="heterogeneity")
        elif _DESIGN_BEFORE.search(before) or _DESIGN_AFTER.match(sheet.text, numeral.end):
            sheet.other(i, "design", rule="design")


def _is_result(sheet: Sheet, i: int, reason: str) -> bool:
    """Whether a share or a measured unit behind it says that the number is none of a label."""
    unit = read_unit(sheet.text, sheet.numerals[i].end)
    if unit is None or reason == "schedule":
        return False
    return unit.family in ("share", "pp", "compound", "rate") or (unit.family == "time" and not unit.hyphen)


def _claim_list(sheet: Sheet, i: int, joint: re.Pattern[str], reason: str, *, letters: bool = False) -> None:
    """Take the numbers that follow `i` as more of its kind: "grade 3 or 4", "10 or 25 mg"."""
    while i + 1 < len(sheet.numerals) and not sheet.taken[i + 1]:
        start = sheet.numerals[i].end
        if letters and (letter := _LAST_LETTER.match(sheet.text, start)):
            start = letter.end()
        following = sheet.numerals[i + 1]
        if joint.fullmatch(sheet.text, start, following.start) is None or following.decimals > 1:
            return
        # "In cohort 2, 3 patients": a comma alone goes on with a list only where the list goes on or ends behind it.
        if sheet.text[start : following.start].strip() == "," and _GOES_ON.match(sheet.text, following.end) is None:
            return
        if _is_result(sheet, i + 1, reason):
            return
        i += 1
        sheet.other(i, reason, rule=reason)


def claim_doses(sheet: Sheet) -> None:
    """Take doses: by their unit (mg/kg, Gy), or a mass or volume that a drug name or "daily" stands beside."""
    text = sheet.text
    for i in reversed(sheet.free()):
        numeral = sheet.numerals[i]
        if numeral.worded or sheet.taken[i]:
            continue
        dose = _DOSE_UNIT.match(text, numeral.end)
        if dose is None and (plain := _PLAIN_DOSE_UNIT.match(text, numeral.end)):
            before = sheet.before(numeral.start, 30)
            if _DOSE_AFTER.match(text, plain.end()) or _DOSE_BEFORE.search(before):
                dose = plain
        if dose is not None:
            sheet.other(i, "dose", rule="dose")
            sheet.take_span(numeral.end, dose.end())
            while i > 0 and not sheet.taken[i - 1] and _DOSE_LIST.fullmatch(sheet.gap(i - 1)):
                i -= 1
                sheet.other(i, "dose", rule="dose:list")


def claim_ages(sheet: Sheet) -> None:
    """Take ages, with their ranges: "aged 35–52 years", "18 years or older", "median age was 61.5 years (range 40–80)"."""
    if "age" not in sheet.text and "Age" not in sheet.text and "old" not in sheet.text and "AGE" not in sheet.text:
        return
    for i in sheet.free():
        if sheet.taken[i]:
            continue
        numeral = sheet.numerals[i]
        before = sheet.before(numeral.start, 80)
        unit = read_unit(sheet.text, numeral.end)
        plausible = numeral.value < 120 and (unit is None or unit.family == "time")
        if plausible and (
            _AGE_BEFORE.search(before) or _AGE_AFTER.match(sheet.text, numeral.end) or (_AGE_MEDIAN.search(before) and numeral.value > 1)
        ):
            sheet.other(i, "age", rule="age")
            _claim_list(sheet, i, _AGE_LIST, "age")
            if i > 0 and not sheet.taken[i - 1] and _AGE_LIST.fullmatch(sheet.gap(i - 1)):
                sheet.other(i - 1, "age", rule="age:list")


def claim_years(sheet: Sheet) -> None:
    """Take calendar years and the days beside a month's name."""
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if numeral.worded or sheet.taken[i] or not numeral.whole:
            continue
        raw = sheet.text[numeral.start : numeral.end]
        if len(raw) == 4 and raw[:2] in ("19", "20"):
            if read_unit(sheet.text, numeral.end) is None:
                sheet.other(i, "year", rule="year")
        elif len(raw) <= 2 and 1 <= numeral.value <= 31:
            if _DAY_BEFORE.search(sheet.before(numeral.start, 12)) and read_unit(sheet.text, numeral.end) is None:
                sheet.other(i, "date", rule="date")
            elif _DAY_AFTER.match(sheet.text, numeral.end):
                sheet.other(i, "date", rule="date")
