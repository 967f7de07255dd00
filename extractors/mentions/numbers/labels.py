"""Numbers that count nothing: labels ("Table 1", "grade 3"), allocation ratios, citations, heterogeneity, designs."""

import re

from extractors.mentions.numbers.behind import Behind
from extractors.mentions.numbers.numerals import DASHES, Numeral
from extractors.mentions.numbers.sheet import Sheet

# The word before a number that makes it a label, by reason; more numbers of its kind may follow ("3 or 4").
_LABELS: dict[str, str] = {
    "label": (
        r"[Tt]ables?|TABLES?|[Ff]ig(?:ure)?s?\.?|FIGURES?|[Ss]ections?|[Ss]upp(?:lementary|l)?\.?|[Aa]ppendi(?:x|ces)|"
        r"[Bb]ox|[Rr]efs?\.?|[Rr]eferences?|[Ee]q(?:uation)?s?\.?|[Pp]ages?|[Vv]ol(?:ume)?\.?|[Cc]hapters?|[Vv]ersions?|"
        r"[Ll]ines?|[Ss]teps?|[Cc]riteri(?:on|a)|[Ii]tems?|[Qq]uestions?|[Aa]im|[Oo]bjectives?"
    ),
    "phase": r"[Pp]hases?|PHASE",
    "stage": r"[Ss]tages?|STAGE",
    "grade": r"[Gg]rades?|GRADE|[Gg]r\.?|CTC(?:AE)?(?:\sversion|\sv)?",
    "group": (
        r"[Aa]rms?|[Cc]ohorts?|[Gg]roups?|[Pp]arts?|[Rr]egimens?|[Tt]ypes?|[Cc]lass(?:es)?|[Ll]evels?|[Tt]iers?|"
        r"[Cc]ategor(?:y|ies)|[Qq]uartiles?|[Tt]ertiles?|[Qq]uintiles?|[Ss]trat(?:um|a)|[Pp]eriods?|[Ss]tud(?:y|ies)|"
        r"[Cc]ase|NYHA(?:\s(?:functional\s)?class)?"
    ),
    "name": (
        r"[Ee]xons?|[Cc]hromosomes?|[Cc]odons?|[Ii]nterleukins?|[Ff]actors?|[Rr]eceptors?|[Dd]omains?|[Cc]o-?transporters?|"
        r"[Tt]ransporters?|[Cc]omplex|[Ll]igands?|[Pp]roteins?|[Aa]ntigens?|[Kk]inases?|[Cc]aspases?|[Oo]mega|[Vv]itamin"
    ),
    "score": (
        r"(?:ECOG(?:[\s/-](?:PS|[Pp]erformance\s[Ss]tatus))?|(?:WHO\s)?[Pp]erformance\s[Ss]tatus|KPS|PS|ASA|IHC|"
        r"[Ii]mmunohistochemistry|physical\sstatus)(?:\sscores?)?(?:\s(?:of|was))?"
    ),
    "schedule": r"[Ee]very|[Cc]ycles?|[Qq]|[Cc]ourses?|[Dd]oses?|[Ff]ractions?",
}
_LABEL = Behind(
    r"(?:^|(?<=[\s(\[*,;/-]))(?:"
    + "|".join(f"(?P<{reason}>{words})" for reason, words in _LABELS.items())
    + r")\s{0,2}\*?(?:[=≥≤<>:]\s?)?"
)
# The last words of the labels above: a look in a set spares most numbers the long pattern.
_WORD = Behind(r"(?P<word>[A-Za-z][A-Za-z.]{0,17})\s{0,2}\*?(?:[=≥≤<>:]\s?)?")
_LABEL_WORDS = frozenset(
    "table tables fig figs figure figures section sections supp suppl supplementary appendix appendices box ref "
    "refs reference references eq eqs equation equations page pages vol volume chapter chapters version versions "
    "line lines step steps criterion criteria item items question questions aim objective objectives phase phases "
    "stage stages grade grades gr ctc ctcae v arm arms cohort cohorts group groups part parts regimen regimens "
    "type types class classes level levels tier tiers category categories quartile quartiles tertile tertiles "
    "quintile quintiles stratum strata period periods study studies case nyha exon exons chromosome chromosomes "
    "codon codons interleukin interleukins factor factors receptor receptors domain domains cotransporter "
    "cotransporters transporter transporters complex ligand ligands protein proteins antigen antigens kinase "
    "kinases caspase caspases omega vitamin ecog ps status kps asa ihc immunohistochemistry score scores "
    "every cycle cycles q course courses dose doses fraction fractions".split()
)
# "an ECOG PS of 0" is the one label that a word joins to its number.
_JOINING = frozenset({"of", "was"})
_SCORE_HINTS = ("ECOG", "tatus", "PS ", "KPS", "ASA ")
_HETEROGENEITY_HINTS = ("I2", "I²", "I 2", "I^", "I ²", "au", "τ", "χ", "Chi", "chi", "Q ", "Q=", "df")
_DESIGN_HINTS = ("power", "alpha", "α", "β", "margin", "boundary", "limit", "error", "significance")
_MORE = re.compile(
    rf"[a-zA-Z]?\s?(?:,|/|[{DASHES}]|or|and|to|,\s(?:and|or)|vs\.?|through)\s?"
    r"(?:(?:[Gg]rade|[Ss]tage|[Pp]hase|[Cc]ohort|[Ee]xon|[Aa]rm|[Tt]able|[Gg]roup|PS)\s)?(?:[≥≤<>]\s?)?"
)
# "In cohort 2, 3 patients": a comma alone goes on with a list only where the list goes on or ends behind it.
_GOES_ON = re.compile(r"[a-zA-Z]?\s?(?:,|and\b|or\b|[)\];.]|\Z)")
_COUNTED = re.compile(
    r"\s(?:patients|participants|subjects|women|men|cases|individuals)\b|\s?[(\[]\s?\d+(?:\.\d+)?\s?%"
)
# "phase 2 and 5-FU": what follows is a name of its own.
_NAMED = re.compile(r"[-\u2010\u2011][A-Za-z]")
_MOST_GROUPS = 20
_ALLOCATION = re.compile(r"(?<![\w:.-])\d{1,2}(?:\s?:\s?\d{1,2}){1,3}(?![\d:]|\.\d)")
_BRACKETED = re.compile(r"\[\s?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12}\s?\]")
# "(1) ...; (2) ..." and "1) ... 2) ..." number the parts of a sentence; "3.2." the heading of a section.
_ENUMERATOR = re.compile(r"(?<![\w.])\(?(?P<number>\d{1,2})\)\s?(?=[A-Za-z])")
_HEADING = re.compile(r"\s?(?:\d{1,2}\.){1,3}(?:\d{1,2})?(?:\s(?=[A-Z])|\Z)")
# The square of "I² = 65%" that a PDF sets apart.
_SQUARE = Behind(r"(?<![A-Za-z])I\s?")
_SQUARED = re.compile(r"\s?(?:[=<>≤≥,)]|(?:statistics?|tests?|values?|was|of)\b)")
_HETEROGENEITY = Behind(
    r"(?<![A-Za-z])(?:I\s?[²2]|I\^\{?2\}?|[tT]au[²2]?|τ[²2]?|Q|χ[²2]|[Cc]hi(?:²|2|-squared?)?|df)\$?\s?"
    r"(?:statistics?\s?)?(?:[=:<>,]|was|of|is)\s?"
)
_DESIGN = Behind(
    r"\b(?:power(?:\sof|\swas)?|alpha(?:\sof|\s=|\slevel\sof)?|α\s?=?|β\s?=|(?:margin|boundary|limit)\s(?:of|was)"
    r"|(?:error(?:\srate)?|significance\slevel)(?:\sof|\swas|\sat)?)\s?(?:a\s|an\s)?"
)
_DESIGN_BEHIND = re.compile(
    r"\s?%?\s(?:statistical\s)?power\b|\s?%?\s?(?:(?:two|one)-sided\s)?(?:significance\slevel|alpha)\b"
)


def claim_ratios(sheet: Sheet) -> None:
    """Take allocation ratios: "2:1", "1:1:1"."""
    if ":" not in sheet.text:
        return
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if sheet.text[numeral.end : numeral.end + 2].lstrip()[:1] == ":" and not sheet.owner[i]:
            match = _ALLOCATION.match(sheet.text, numeral.start)
            if match is not None:
                claim_all(sheet, match.start(), match.end(), "ratio")


def claim_enumerators(sheet: Sheet) -> None:
    """Take the numbers of headings and of listed parts, which begin with one and go up by one."""
    text = sheet.text
    heading = _HEADING.match(text)
    if heading is not None and len(text) > heading.end() + 1:
        claim_all(sheet, heading.start(), heading.end(), "label")
    if "1)" not in text or "2)" not in text:
        return
    expected = 1
    places: list[tuple[int, int]] = []
    for match in _ENUMERATOR.finditer(text):
        if int(match["number"]) == expected:
            places.append(match.span("number"))
            expected += 1
    if len(places) > 1:
        for start, end in places:
            claim_all(sheet, start, end, "enumeration")


def claim_citations(sheet: Sheet) -> None:
    """Take brackets of small whole numbers that no interval wanted: citations a reader left in the text."""
    if "[" in sheet.text:
        for match in _BRACKETED.finditer(sheet.text):
            claim_all(sheet, match.start(), match.end(), "citation")


def claim_all(sheet: Sheet, start: int, end: int, reason: str) -> None:
    """Take every free numeral of digits in [start, end) for one reason."""
    for i in range(sheet.first_from(start), sheet.first_from(end)):
        if not sheet.owner[i] and not sheet.numerals[i].worded:
            sheet.other(i, reason, rule=reason)


def claim_labels(sheet: Sheet) -> None:
    """Take numbers that a word before them makes a label, a grade, a score, a heterogeneity or a design."""
    text = sheet.text
    heterogeneous = any(hint in text for hint in _HETEROGENEITY_HINTS)
    scored = any(hint in text for hint in _SCORE_HINTS)
    designed = any(hint in text for hint in _DESIGN_HINTS)
    for i in sheet.free():
        numeral = sheet.numerals[i]
        if sheet.owner[i] or numeral.worded:
            continue
        reason = _label_of(sheet, i, scored=scored) if numeral.decimals <= 1 else None
        if reason is not None:
            sheet.other(i, reason, rule=reason)
            claim_list(sheet, i, _MORE, reason)
        elif heterogeneous and _is_heterogeneity(text, numeral):
            sheet.other(i, "heterogeneity", rule="heterogeneity")
        elif designed and (_DESIGN(text, numeral.start) is not None or _DESIGN_BEHIND.match(text, numeral.end)):
            sheet.other(i, "design", rule="design")


def _is_heterogeneity(text: str, numeral: Numeral) -> bool:
    if _HETEROGENEITY(text, numeral.start) is not None:
        return True
    return numeral.value == 2 and _SQUARE(text, numeral.start) is not None and bool(_SQUARED.match(text, numeral.end))


def _label_of(sheet: Sheet, i: int, *, scored: bool) -> str | None:
    """Which kind of label the word before numeral `i` makes it, or None; `scored` texts hold "an ECOG PS of 0"."""
    match = _WORD(sheet.text, sheet.starts[i])
    word = match["word"].rstrip(".").lower() if match is not None else ""
    if word not in _LABEL_WORDS and not (scored and word in _JOINING):
        return None
    label = _LABEL(sheet.text, sheet.starts[i])
    if label is None or label.lastgroup is None or _is_result(sheet, i, label.lastgroup):
        return None
    # "the two groups: 357 to placebo", "TU arm 87": the size of a group, not its number.
    if label.lastgroup == "group" and (label[0].rstrip().endswith(":") or sheet.numerals[i].value > _MOST_GROUPS):
        return None
    return str(label.lastgroup)


def _is_result(sheet: Sheet, i: int, reason: str) -> bool:
    """Whether a share or a measured unit behind it says that the number is none of a label."""
    if reason == "schedule":
        return False
    unit = sheet.unit(i)
    return unit is not None and (
        unit.family in ("share", "pp", "compound", "rate") or (unit.family == "time" and not unit.hyphen)
    )


def _counts(sheet: Sheet, i: int, reason: str) -> bool:
    """Whether numeral `i` goes on with something else behind a label: "in group 1 and 40 cases", "phase 2, 5-FU"."""
    numeral = sheet.numerals[i]
    if reason == "group" and numeral.value > _MOST_GROUPS:
        return True
    return _COUNTED.match(sheet.text, numeral.end) is not None or _NAMED.match(sheet.text, numeral.end) is not None


def claim_list(sheet: Sheet, i: int, joint: re.Pattern[str], reason: str) -> None:
    """Take the numbers that follow `i` as more of its kind: "grade 3 or 4", "cohorts 1, 2, and 3"."""
    while sheet.is_free(i + 1):
        start, following = sheet.numerals[i].end, sheet.numerals[i + 1]
        if reason == "schedule" and sheet.text[start : start + 1].isalpha() and not _same_suffix(sheet, i):
            return  # "A Q4W, 103 to B"
        if joint.fullmatch(sheet.text, start, following.start) is None or following.decimals > 1:
            return
        if sheet.text[start : following.start].strip() == "," and _GOES_ON.match(sheet.text, following.end) is None:
            return
        if reason != "age" and (_is_result(sheet, i + 1, reason) or _counts(sheet, i + 1, reason)):
            return
        i += 1
        sheet.other(i, reason, rule=f"{reason}:list")


def _same_suffix(sheet: Sheet, i: int) -> bool:
    """Whether a numeral and the next one end in the same letter: "Q2W, Q4W"."""
    ends = [sheet.numerals[k].end for k in (i, i + 1)]
    return sheet.text[ends[0]] == sheet.text[ends[1] : ends[1] + 1]
