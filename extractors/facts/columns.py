"""A table's header cells in, what each column and row means out."""

from dataclasses import dataclass, field
from itertools import pairwise, takewhile

import regex

from extractors.facts.armbook import Arm
from extractors.facts.arms import find_arms
from extractors.facts.bounds import heads_interval
from extractors.facts.namings import GENERAL
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.tabletimes import heads_times
from schemas.anchor import Span
from schemas.document import Cell, Table
from schemas.mention import EndpointMention, MeasureMention


def _header(words: str) -> "regex.Pattern[str]":
    """A header that begins with one of these words."""
    return regex.compile(rf"^\W*(?:{words})\b", regex.IGNORECASE)


STUDY = _header(
    r"(?:(?:clinical |included )?trials?|(?:included )?stud(?:y|ies))"
    r"(?! (?:design|type|population|period|arm|quality|location|duration|size|year"
    r"|country))|estudos?|estudios?|études?|ensaios?|ensayos?|autore?s?|auteurs?"
    r"|trial names?|study names?|first author|authors?|references?|source|acronym|identifier"
)
ARM = _header(
    r"(?:active (?:drugs?|treatments?|agents?|arms?)"
    r"|treatments?|interventions?|arms?|regimens?|therap(?:y|ies)|drugs?|agents?|comparators?|comparison|groups?"
    r"|study arms?|experimental|control|rx|induction(?!\W*(?:deaths?|mortality|response|failure)))"
    r"(?! (?:methods?|types?|details?|time|period|sites?|protocols?|components?|class))"
)
SIZE = regex.compile(
    r"^\W*(?:(?:estimated|planned|target|actual) )?(?:n|no\.?|number|total|(?:sample|cohort|group|study) size"
    r"|tamanho da amostra|tama[ñn]o de (?:la )?muestra|pacientes|taille de l.échantillon"
    r"|(?:patient|population) (?:numbers?|size)|patients|participants|subjects"
    r"|enrol\w*|randomi[sz]ed|cases)\b"
    r"(?!.*(?:%|event|rate|death))",
    regex.IGNORECASE,
)
# "Population/sample size".
SAMPLE = regex.compile(r"\bsample size\b", regex.IGNORECASE)
PEOPLE = _header(
    r"population|patients?(?: population| characteristics)?|setting|stage|disease|line|subgroup|cohort|condition"
    r"|indication|(?:main |primary )?(?:cancer|tumou?r|malignancy|diagnosis)(?: (?:class|type|site"
    r"|entity))? \((?:\w+therapy|treatment|drug)"
)
# "Primary endpoint", "Outcome": the cells name what was measured.
ENDPOINTS = regex.compile(
    r"\b(?:end ?points?|outcomes?|outcome measures?|variables?|parameters?)\W*$", regex.IGNORECASE
)
# Whom a study enrolled, how it was done and how good it was: no results of it.
BASELINE = regex.compile(
    r"^\W*(?:(?:mean|median)\W+)?(?:age|aged|sex|gender|male/female|(?:male|female|men"
    r"|women)s?(?=\W*(?:\(?\s*(?:n|%|n, %|n \(%\))\s*\)?)?\W*$)|BMI"
    r"|IMC|idade|edad|âge|sex[oe]|feminino|femenino|masculino|mulheres|mujeres|homens|hombres"
    r"|body mass index|years?(?! follow)|date|country"
    r"|region|location|ethnicity|race|language|journal|funding|design|study (?:design|type|period|year|quality"
    r"|location|duration|country)"
    r"|type of stud|quality|NOS|Jadad|GRADE(?!s?\W*[\dI])|certainty|risk of bias|cut-?offs?|threshold"
    r"|dos(?:e|es|age|ing)"
    r"|frequency|route|schedule"
    r"|durations?(?! of response)|(?:intervention|treatment|therapy) (?:duration|time|period)|assessments?"
    r"|methods?|criteria|definitions?|model|weight(?! (?:change|loss|gain|reduction))|heterogeneity"
    r"|I[2²]|Q\b|P(?:-value)? for (?:heterogeneity|interaction)|publication bias|egger|smok\w+|specimen|samples?$)\b"
    r"|\b(?:time ?points?|heterogeneity|I²|quality score|cut-?off)\b",
    regex.IGNORECASE,
)
# Under an outcome in a table of pooled results: from how many studies.
POOLED = regex.compile(
    r"^\W*(?:no\.?|n|k|number|(?:comparisons?|studies|trials),? ?\(?n\)?.*|no\.? of (?:studies|trials))\W*$",
    regex.IGNORECASE,
)
# How much they differ or count, wherever it stands.
DIFFERING = regex.compile(
    r"^\W*(?:P?\s?-?I\s?[-–]?\s?(?:2|²|squared?)\s*(?:\(%\))?|P\s?-?h(?:et\w*)?|P\s?\(?(?:for )?het\w*\)?|Q"
    r"|tau\W?(?:2|²|squared)?|τ.*|weights?(?! (?:change|loss|gain)).*|LoE.*)\W*$",
    regex.IGNORECASE,
)
STUDIES = regex.compile(
    r"^\W*(?:(?:no\.?|number|n) of (?:included )?|included )(?:stud(?:y|ies)|trials?|cohorts"
    r"|RCTs)(?:\W*\(?n\)?)?\W*$"
    r"|^\W*(?:(?:stud(?:y|ies)|trials|cohorts|comparisons)\W+|comparison,\s*)(?:n|no\.?|number)\b.*$",
    regex.IGNORECASE,
)
PVALUE = regex.compile(r"^\W*p(?:[\s-]*values?)?\W*$", regex.IGNORECASE)
UNITS = regex.compile(
    r"(?P<percent>%|per ?cent)|\b(?P<months>months?|mos?\.?)\b|\b(?P<weeks>weeks?|wks?)\b"
    r"|\b(?P<years>years?|yrs?)\b|\b(?P<days>days?)\b",
    regex.IGNORECASE,
)
LANDMARK = regex.compile(r"\b\d+[\s-]?(?:weeks?|months?|years?|days?)\b", regex.IGNORECASE)  # a time, and no unit
INCIDENCE = regex.compile(
    r"\bper\s+(?:[\d, ]*\d\s+)?(?:person|patient|women|participant|woman)[-‐‑– ]?(?:years?|months?|days?)"
    r"|\bper\s+(?:(?:patient|person)\s+per\s+)?(?:year|month|week)\b"
)
# "FEV1 difference, mL", "Weight (kg)": what something measured is in.
MEASURED_IN = regex.compile(
    r"[,(]\s?(?P<unit>m?L|ml|mm ?Hg|kg(?:/m[2²])?|c?m|points?|letters|[µμ]m|mg/dL|mmol/(?:L|mol)|g/dL"
    r"|mL/min(?:/1\.73 ?m[2²])?)\)?\W*$"
)
# "HIV infections, n", "No. of events": the cells hold counts.
LEVEL = regex.compile(r"\d\d(?:\.\d)?\s*%\s*(?:CI|confidence|CrI)")  # of an interval: no unit
COUNTED = regex.compile(
    r",\s*n\s*$|\(n\)\s*$|^\W*(?:no\.|number) of (?:events|deaths|infections|cases)", regex.IGNORECASE
)


@dataclass
class Meaning:
    """What a header says: the role of its column (or row), an endpoint, a measure, a unit, a landmark, arms.

    `last` is the innermost header, `beside` the outcome of the column that an effect without one stands next to. A
    column that counts a part of each study's people says of which arm (`named`), of whom, or of which two in one cell;
    `side` is "intervention" or "control" where a letter or a short word under a shared heading says so. `outcomes`
    are those that slashes join ("PFS/OS").
    """

    text: str
    role: str = "other"
    endpoint: EndpointMention | None = None
    measure: MeasureMention | None = None
    unit: str | None = None
    timepoint: str | None = None
    last: str = ""
    named: str = ""
    whom: str = ""
    halves: tuple[str, str] | None = None
    side: str = ""
    beside: EndpointMention | None = None
    outcomes: tuple[EndpointMention, ...] = ()
    arms: list[Arm] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def read_header(index: MentionIndex, cells: list[Cell], text: str) -> Meaning:
    """The meaning of a column's (or row's) header cells, outermost first."""
    contents = [index.cut(cell.span) for cell in cells]
    meaning = Meaning(text=text, spans=[c.span for c in cells])
    for piece in contents:
        if piece.endpoints:
            meaning.endpoint = _main(piece)
            meaning.outcomes = _slashed(piece)
        if piece.measures:
            meaning.measure = piece.measures[-1]
        elif (DIFFERENCE.match(piece.text) and not piece.endpoints) or (piece.endpoints and DIFFERS.search(piece.text)):
            meaning.measure = MeasureMention(span=piece.span, statistic="difference", rule="measure:header")
        meaning.arms += [arm for arm in find_arms(piece) if arm.drugs]
        if piece.timepoints:
            meaning.timepoint = piece.timepoints[-1].text
    meaning.unit = unit_in(" ".join(_untimed(piece) for piece in contents) if meaning.timepoint else text)
    meaning.last = last = _innermost(index, cells) or text
    if heads_interval(last):
        meaning.role = "interval"
        return meaning
    if heads_times(last) and meaning.endpoint is None:
        meaning.role = "times"
        return meaning
    if PVALUE.match(last) and len(cells) > 1:
        meaning.role = "p"
        return meaning
    if DIFFERING.match(last):
        meaning.role, meaning.endpoint = "baseline", None
        return meaning
    if len(cells) > 1 and meaning.endpoint is not None and POOLED.match(last):
        meaning.role, meaning.endpoint = "studies", None
        return meaning
    if (
        BASELINE.search(last)
        and not meaning.measure
        and not (meaning.endpoint and meaning.endpoint.family == "follow_up")
    ):
        meaning.role, meaning.endpoint = "baseline", None
        return meaning
    if STUDIES.match(last):
        meaning.role = "studies"
        return meaning
    for role, pattern in (("p", PVALUE), ("study", STUDY), ("arm", ARM), ("endpoints", ENDPOINTS)):
        against = role == "arm" and all(a.role == "control" for a in meaning.arms)
        named = meaning.endpoint is not None and not (role == "endpoints" and meaning.endpoint.code in GENERAL)
        if pattern.search(last) and not named and (against or not meaning.arms):
            meaning.endpoint = None
            meaning.role = role
            return meaning
    if meaning.endpoint is not None or meaning.measure is not None:
        meaning.role = "endpoint"
    elif SIZE.search(last):
        meaning.role = "size"
    elif meaning.arms:
        meaning.role = "arms"
    elif PEOPLE.search(last) and SAMPLE.search(last):
        meaning.role = "size"
    elif PEOPLE.search(last) and not last.casefold().startswith("patient"):
        meaning.role = "people"
    elif meaning.unit == "patients":
        meaning.role = "size"
    elif PEOPLE.search(last):
        meaning.role = "people"
    return meaning


# What may stand beside a kind of treatment that a header is: "Radiation alone, n (%)".
BESIDE_ARM = regex.compile(
    r"^\W*(?:alone|only|groups?|arms?|therapy|treatment|n|no\.?|%|months?|weeks?|mo|\(?n\s?=\s?\d+\)?|\W)*$",
    regex.IGNORECASE,
)


def kind_of_treatment(contents: Contents) -> list[Arm]:
    """The kind of treatment that a header is, and nothing else: "Chemoradiation" beside "Radiation alone"."""
    if len(contents.drugs) != 1 or not contents.drugs[0].broad or contents.endpoints:
        return []
    drug = contents.drugs[0]
    start = contents.span.start
    rest = contents.text[: drug.span.start - start] + " " + contents.text[drug.span.end - start :]
    if BESIDE_ARM.match(rest) is None:
        return []
    return [Arm(span=drug.span, drugs=drug.drugs, rules=(drug.rule,), active=1)]


def unit_in(text: str) -> str | None:
    """The unit a header prints ("Median PFS, months" gives months); the "95%" of an interval is none."""
    incidence = INCIDENCE.search(text)
    if incidence is not None:
        return " ".join(incidence[0].split())
    bare = LANDMARK.sub("", LEVEL.sub("", text))
    if COUNTED.search(bare):
        return "patients"
    match = UNITS.search(bare)
    measured = MEASURED_IN.search(text) if match is None else None
    if measured is not None:
        return " ".join(measured["unit"].split())
    return None if match is None else "%" if match["percent"] else next(k for k, v in match.groupdict().items() if v)


# "Difference (95% CI)", "LS mean difference": the cells are differences between the arms.
DIFFERS = regex.compile(r"\b[Dd]ifference(?=,|\s[(\[]|\W*$|\s(?:vs\.?|versus|from)\s)")
DIFFERENCE = regex.compile(
    r"^\W*(?:(?:LS|least[- ]squares?|mean|median|adjusted|absolute|between[- ]groups?|treatment"
    r"|placebo[- ]adjusted|risk|rate)\W+)*difference\b",
    regex.IGNORECASE,
)
# A dose or a schedule alone: which of a drug's arms a header means.
DOSE = regex.compile(r"^\W*\d[\d.,/ ]*\s?(?:mg|µg|μg|mcg|g|mL|IU|units?)\b", regex.IGNORECASE)


def count_under(meaning: Meaning, *, enrolled: bool) -> None:
    """Make a header under a heading of patient numbers one of an arm's: "Patients" over "10 mg" and "Control".

    What a heading names in a table of whom the studies `enrolled` is no outcome.
    """
    group = meaning.text.removesuffix(meaning.last).strip()
    if not group or group == meaning.text:
        return
    if SIZE.search(group) and meaning.role in ("other", "arm", "arms", "baseline", "size"):
        drugs = [a.drugs[0] for a in meaning.arms if len(a.drugs) == 1]
        meaning.role, meaning.named = "size", meaning.last
        if DOSE.match(meaning.last) and len(set(drugs)) == 1:
            meaning.named = f"{drugs[0]} {meaning.last}"
        elif meaning.arms and meaning.last.casefold().startswith(meaning.arms[0].name):
            meaning.named = "" if "total" in meaning.last.casefold() else meaning.arms[0].name
        meaning.arms = []
    elif (
        enrolled
        and meaning.endpoint is not None
        and not any(meaning.spans[-1].holds(s) for s in (meaning.endpoint.span,))
    ):
        meaning.role, meaning.endpoint = "baseline", None


def _innermost(index: MentionIndex, cells: list[Cell]) -> str:
    """The words of the header cells below the last that spans columns: one header, maybe printed over several rows."""
    below = next((i + 1 for i in range(len(cells) - 2, -1, -1) if cells[i].column_span > 1), 0)
    return " ".join(" ".join(cell.span.of(index.reading).split()) for cell in cells[below:])


def _untimed(contents: Contents) -> str:
    """The words of a header without its landmarks: the days of "at 90 days (%)" are no unit."""
    text = contents.text
    for point in contents.timepoints:
        start, end = point.span.start - contents.span.start, point.span.end - contents.span.start
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join(text.split())


SHARES = frozenset({"incidence", "prevalence", "rate"})


def _main(contents: Contents) -> EndpointMention:
    told = [e for e in contents.endpoints if e.code not in SHARES]  # "Incidence of adverse events"
    return (told or contents.endpoints)[0]


def _slashed(contents: Contents) -> tuple[EndpointMention, ...]:
    """The outcomes of a header where nothing but slashes joins them; none where it has one."""
    gaps = [contents.words(a.span.end, b.span.start) for a, b in pairwise(contents.endpoints)]
    return tuple(contents.endpoints) if gaps and all(gap.strip() == "/" for gap in gaps) else ()


def split_rows(table: Table) -> tuple[list[int], list[int]]:
    """Header rows and body rows of a table; a table without marked headers has its first row as header."""
    rows = sorted({cell.row for cell in table.cells})
    valued = {cell.row for cell in table.cells if not cell.header}
    first = set(rows) - valued or set(rows[:1])
    leading = list(takewhile(first.__contains__, rows))
    return leading, rows[len(leading) :]
