"""Numbers that belong to the name of an outcome on a scale: "PASI 90", "ACR20/50/70", "an mRS of 0–1", "TICI 2b/3"."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import DASHES
from extractors.mentions.numbers.sheet import Sheet

# A scale's short form has two capitals; those of measures and of results of their own are no scales.
_SCALE = Behind(
    r"(?<![A-Za-z\d-])(?!(?:HR|OR|RR|SHR|aHR|aOR|aRR|IRR|MD|SMD|WMD|RD|NNT|NNH|CI|CrI|SD|SE|SEM|IQR|ORR|OS|PFS|DFS|EFS"
    r"|RFS|MFS|DOR|DoR|CR|PR|PD|DCR|CBR|TTP|TTF|[a-z]{0,2}AEs?|SAEs?|TEAEs?|TRAEs?|pCR|MPR|sCR|CRi|VGPR|MRD|mg|QALY|ICER|USD|US|BMI|N|II|III|IV|CIs?|AUC|HRs|ORs|RRs)\b)"
    r"(?P<name>[a-z]{0,2}[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z]{1,3})?)"
    r"(?P<score>\s(?:scores?|grades?|responses?))?(?:\s(?:of|was|were))?\s?(?P<sign>[≥≤<>=]\s?)?"
)
_HYPHEN = Behind(r"(?<![A-Za-z\d-])(?P<name>[a-z]{0,2}[A-Z][A-Za-z]*[A-Z][A-Za-z]*)-")
# "ACR20/50/70": the first share is part of a name that holds it.
_ATTACHED = Behind(r"(?<![A-Za-z\d-])(?P<name>[a-z]{0,2}[A-Z][A-Za-z]*[A-Z])\d{2}\s?/\s?")
_RANGE = re.compile(rf"[a-c]?\s?(?:[{DASHES}/]|to\s|or\s|and\s)\s?")
_PARTS = re.compile(r"\s?/\s?|\s?,\s|\s(?:and|or)\s|,\s(?:and|or)\s")
# What goes on about the outcome behind its threshold: a result of its own would be followed by a unit or another.
_GOES_ON = re.compile(
    r"\s(?:non-?)?(?:respon\w+|rates?|was|were|is|at|by|in|among|for|with|and|or|to|after|from|as|than|achiev\w+|reach\w+"
    r"|attain\w+|occur\w+|improv\w+|favou?r\w+|remain\w+|did|had|status|maintenance|end\s?points?|outcomes?)\b"
    r"|\s?[,;:)\]]\s?(?!\d+(?:\.\d+)?[,;)])|\s\(|\.?\Z|\s?/\s?\d"
)
# "met the non-inferiority margin of -5%": a bound that was set, and no result.
_MARGIN = Behind(
    r"\b(?:margins?|(?:significance|P[-\s]values?)\s(?:cut-?offs?|thresholds?|boundar(?:y|ies)|levels?))\s"
    r"(?:for\s(?:\w+\s){1,3})?(?:(?:of|was|were|at|set\sat|being)\s)?[(<>≤≥=]?\s?"
)
# "were 0.001 for response, 0.009 for PFS and 0.04 for OS": bounds of several tests.
_NEXT_MARGIN = Behind(r"\d\sfor\s(?:[\w-]{1,15}\s?){1,4},?\s(?:and\s)?")
# "patients with an expression of at least 5%", "those with less than 5% positivity": who is counted, and no result.
_OF_PEOPLE = Behind(
    r"\b(?:patients|those|participants|people|individuals|adults|women|men|children|tumou?rs|subjects|disease)\s"
    r"(?:with|whose)\s(?:an?\s|the\s)?(?:[\w/+–-]{1,20}\s){0,4}"
    r"(?:(?:of|was|were|is)\s(?:at\sleast|less\sthan|more\sthan|greater\sthan|under|over|above|below|up\sto|[<>≥≤]\s?)?"
    r"|(?:at\sleast|less\sthan|more\sthan|fewer\sthan)(?:\san?)?)\s?"
)
_CUT_OFF = Behind(
    r"\b[Cc]ut-?off(?:s|\svalues?|\spoints?|\slevels?)?\s(?:of|at)\s(?:[<>≥≤]\s?)?(?:\d+(?:\.\d+)?\s?%?\s(?:and|or)\s)?"
)
_OR_MORE = re.compile(r"\s?%?\s(?:or\s(?:more|greater|higher|above|less|lower|below)|to\s\d)")
# "those with adequate values (30–34 ng/mL)": the range that a group is chosen by.
_VALUES = Behind(r"\b(?:values?|levels?|concentrations?|titers?|titres?|intakes?|ranges?|status)\s\(")
_UNIT_ENDS = re.compile(r"\s?[^\s()%]{1,15}\)")
_ENDS_BOUND = Behind(r"\d\s?%?\s(?:to|-|–)\s?")
_LARGEST_POINT = 10
_LARGEST = 100
_STEP = 5


# "losses of 5%, 10% and 15% were reached by": shares that define who has the outcome.
_CHANGE_OF = Behind(
    r"\b(?:loss(?:es)?|reductions?|improvements?|decreases?|declines?|increases?|gains?|thresholds?)\s(?:of\s)?"
    r"(?:at\sleast\s|[≥>]\s?)?",
    ignore_case=True,
)
# "PD-L1 expression of less than 1%", "less than 5% positivity": shares of cells that tell people apart.
_EXPRESSED = (
    r"(?:expression|positivity|staining|immunoreactivity|proportion\sscore|TPS|CPS|blasts?|plasma\scells|stenosis|saturation|"
    r"ejection\sfraction|LVEF|body\ssurface\sarea|BSA|(?:transcript|expression|protein|marker|antigen)\slevels?)"
)
_EXPRESSION_OF = Behind(
    rf"(?:\b{_EXPRESSED}|\w\slevels?)\s(?:of\s|was\s|were\s)?(?:(?:at\sleast|(?:less|more|greater)\sthan(?:\sor\sequal\sto)?|below|above|[≥≤<>])\s?|"
    r"\d+(?:\.\d+)?\s?%?\s(?:to|and)\s)"
)
_OF_EXPRESSION = re.compile(rf"\s?%\s(?:[A-Z][\w-]{{1,9}}\s)?{_EXPRESSED}\b")
_RANGE_OF_EXPRESSION = re.compile(r"\s?%?\sto\s(?:less\sthan\s)?\d+(?:\.\d+)?\s?%")
_OF = Behind(rf"\b{_EXPRESSED}\s(?:of\s|was\s|were\s)(?:between\s)?")
_BOUND = Behind(r"\b(?:at\sleast|less\sthan|more\sthan|greater\sthan|below|above)\s")
_SHARED_CHANGE = re.compile(r"\s?%?(?:\s?(?:,|and|or|,\s(?:and|or))\s(?:at\sleast\s|[≥>]\s?)?)")
_REACHED = re.compile(
    r"\s?%?\s(?:or\s(?:more|greater)\s)?(?:of\s(?:\w+\s){1,3})?(?:was|were|had\sbeen)\s"
    r"(?:reached|achieved|attained|seen|observed|documented|met|recorded)\b"
)


def claim_thresholds(sheet: Sheet) -> None:
    """Take the points of a scale that an outcome is defined by, and shares of improvement that are part of its name."""
    for i in sheet.free():
        if "%" in sheet.text and sheet.is_free(i) and _CHANGE_OF(sheet.text, sheet.numerals[i].signed) is not None:
            _claim_changes(sheet, i)
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if not sheet.is_free(i) or numeral.worded:
            continue
        if _is_expression(sheet, i) or _CUT_OFF(sheet.text, numeral.start) is not None:
            sheet.other(i, "criterion", rule="criterion:expression")
        else:
            _claim_bound(sheet, i)
        if not sheet.is_free(i):
            continue
        if _MARGIN(sheet.text, numeral.signed) is not None:
            sheet.other(i, "criterion", rule="criterion:margin")
            k = i + 1
            while sheet.is_free(k) and _NEXT_MARGIN(sheet.text, sheet.numerals[k].signed) is not None:
                sheet.other(k, "criterion", rule="criterion:margin")
                k += 1
        if not sheet.is_free(i) or not numeral.whole:
            continue
        start = numeral.start
        scale = _SCALE(sheet.text, numeral.signed) or _HYPHEN(sheet.text, start) or _ATTACHED(sheet.text, start)
        if scale is None or _is_measured(sheet, i):
            continue
        spaced = scale.group(0).strip() == scale.group("name") or scale.group(0).strip().endswith("/")
        last = _points(sheet, i) or _shares(sheet, i, spaced=spaced)
        for k in range(i, last or i):
            sheet.other(k, "threshold", rule="threshold")


def _claim_bound(sheet: Sheet, i: int) -> None:
    """Take the bound that people are chosen by: behind words that set one, or with "or more", "to N%" after it."""
    numeral = sheet.numerals[i]
    last = sheet.numerals[i + 1] if sheet.is_free(i + 1) else None
    ranged = last is not None and _RANGE.fullmatch(sheet.text, numeral.end, last.start) and not last.worded
    if last is not None and ranged and _VALUES(sheet.text, numeral.signed) and _UNIT_ENDS.match(sheet.text, last.end):
        sheet.other(i, "threshold", rule="threshold:range")
        sheet.other(i + 1, "threshold", rule="threshold:range")
        return
    match = _OF_PEOPLE(sheet.text, numeral.signed)
    if match is None:
        return
    followed = _OR_MORE.match(sheet.text, numeral.end)
    if followed is None and match.group(0).rstrip().endswith(("of", "was", "were", "is")):
        return
    sheet.other(i, "threshold", rule="threshold:people")
    if followed is not None and sheet.is_free(i + 1) and _ENDS_BOUND(sheet.text, sheet.numerals[i + 1].start):
        sheet.other(i + 1, "threshold", rule="threshold:people")


def _claim_changes(sheet: Sheet, i: int) -> None:
    j = i + 1
    while sheet.is_free(j) and _SHARED_CHANGE.fullmatch(sheet.text, sheet.numerals[j - 1].end, sheet.numerals[j].start):
        j += 1
    if _REACHED.match(sheet.text, sheet.numerals[j - 1].end):
        for k in range(i, j):
            sheet.other(k, "threshold", rule="threshold")


def _is_expression(sheet: Sheet, i: int) -> bool:
    """Whether a share is of cells or the like and bounds who is meant: "PD-L1 expression of 1% to 5%"."""
    text, numeral = sheet.text, sheet.numerals[i]
    if _EXPRESSION_OF(text, numeral.start) is not None:
        return True
    if _OF(text, numeral.start) is not None and _RANGE_OF_EXPRESSION.match(text, numeral.end):
        return True
    return _BOUND(text, numeral.start) is not None and _OF_EXPRESSION.match(text, numeral.end) is not None


def _points(sheet: Sheet, i: int) -> int | None:
    """One past the last point of "0–2", "0/1", "2b/3", "0 or 1", behind numeral `i`; None where there is no range."""
    j = i + 1
    if not sheet.is_free(j) or sheet.unit(j) is not None:
        return None
    first, second = sheet.numerals[i], sheet.numerals[j]
    small = first.value < second.value <= _LARGEST_POINT and second.whole
    joined = _RANGE.fullmatch(sheet.text, first.end, second.start) is not None
    return j + 1 if small and joined else None


def _shares(sheet: Sheet, i: int, *, spaced: bool) -> int | None:
    """One past the last share of "75/90/100", "20, 50 and 70", where a share of improvement follows its scale."""
    j = i
    while _is_share(sheet, j):
        j += 1
        if not sheet.is_free(j) or _PARTS.fullmatch(sheet.text, sheet.numerals[j - 1].end, sheet.starts[j]) is None:
            break
    while j > i and not (spaced and _GOES_ON.match(sheet.text, sheet.numerals[j - 1].end)):
        j -= 1
    return j if j > i else None


def _is_share(sheet: Sheet, i: int) -> bool:
    if not sheet.is_free(i) or _is_measured(sheet, i) or sheet.numerals[i].worded:
        return False
    value = sheet.numerals[i].value
    return sheet.numerals[i].whole and 0 < value <= _LARGEST and value % _STEP == 0


def _is_measured(sheet: Sheet, i: int) -> bool:
    """Whether a unit follows numeral `i`; a stroke ("75/90/100") only joins it to the next."""
    return sheet.unit(i) is not None and sheet.text[sheet.numerals[i].end : sheet.numerals[i].end + 1] != "/"
