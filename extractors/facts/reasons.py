"""A left-over number in its sentence in, why it is no result of a study out; null where nothing says so."""

from collections.abc import Callable
from typing import NamedTuple

import regex

from extractors.facts.heterogeneity import HETEROGENEITY, HETEROGENEITY_VALUE, is_fenced
from extractors.facts.printed import Kind, Printed
from extractors.facts.sentence import Contents
from schemas.anchor import Span

# How far a reason looks back and ahead of its number.
BEFORE, AFTER = 140, 70  # characters


class Setting(NamedTuple):
    """A number with the words around it, as far as they stand in its sentence."""

    kind: Kind
    unit: str
    text: str
    before: str
    after: str
    contents: Contents
    span: Span

    @property
    def bare(self) -> bool:
        """Whether it is a whole number without a sign or unit."""
        return self.kind == "other" and self.text.isdecimal()

    @property
    def small(self) -> bool:
        """Whether it is a whole number that can number the points of a list."""
        return self.bare and int(self.text) <= 20


# "Egger's test (P = 0.108)", with no effect named between.
BIAS = regex.compile(r"\b(?:Egger|Begg|Peters|publication bias|funnel plot|asymmetry|small[- ]study)[^.;]*$")
# "(P = 0.01, I² = 60%)" behind the word heterogeneity.
STATISTIC = regex.compile(
    r"(?:^|[\s(\[,;])(?:t|z|Z|F|Q|H|U|χ\s?[²2]?|[Cc]hi-?squared?|Wald|df|d\.f\.|LR|r|ρ|rho|R\s?[²2])"
    r"(?:\s?\([\d.,; ]*\))?\s?[=:]\s?[-–−]?\s?$"
)
SOFTWARE = regex.compile(
    r"\b(?:SPSS|[Ss][Tt][Aa][Tt][Aa]|SAS|RevMan|Rev ?Man|Review Manager|GraphPad|Prism|EndNote|MedCalc|NVivo"
    r"|Excel|R software|[Ss]oftware|[Vv]ersion|[Pp]ackage)\b[^.;()\d]{0,25}[(\s]*(?:[vV]\.?\s?|[Vv]ersion\s)?$"
)
FROM_PLACES = regex.compile(
    r"^\s(?:(?:were|was|came|are|is|originated)\s)?(?:conducted\s|performed\s|published\s)?(?:from|in)\s\p{Lu}"
)
ENUMERATED = regex.compile(r"(?:^|[\s;:,.])[(\[]?\s?$")
CLOSED = regex.compile(r"^\s?\)[\s,]*\p{L}")
KEY = regex.compile(r"^\s?[=:]\s?\p{L}")
KEY_WORD = regex.compile(r"^\s?,\s(?:\p{Ll}+[\s-]?){1,3}(?:[;.)]|$|,\s(?:and|or)\b)")
LISTED = regex.compile(r"(?:^|[;:,(]\s?|\b(?:and|or)\s)$")
SCALE = regex.compile(
    r"\b(?:scor(?:e|ed|es|ing)|grad(?:e|ed|ing)|classif|categor|coded|rated|rating|scale|rank)\w*", regex.IGNORECASE
)
DEFINES = regex.compile(
    r"\b(?:defin(?:ed|es|ing|itions?)|classif\w+|categori[sz]\w+|cut-?\s?offs?|thresholds?|stipulat\w+|criteri(?:a|on)"
    r"|interpreted|regarded|considered|(?:suggest|indicat|represent|reflect|correspond)ing|trivial|scored as"
    r"|normal (?:range|values?)|reference (?:range|values?)|limits? of normal)\b",
    regex.IGNORECASE,
)
SIGN_BEFORE, SIGN_AFTER = regex.compile(r"[<>≤≥]\s?$"), regex.compile(r"^\s?[<>≤≥]")
BOUND = regex.compile(
    r"(?:\b(?:up to|at least|no more than|more than|less than|fewer than|not more than|maximum of|minimum of|older than"
    r"|younger than|at most|above|below|over|under|exceeding)|[<>≤≥])\s*(?:or equal to\s*)?$",
    regex.IGNORECASE,
)
ELIGIBLE = regex.compile(
    r"\b(?:inclusion|exclusion|eligib\w+|excluded|allowed|permitted|required|requiring|may have|must have|could have"
    r"|recommend\w*|guidelines?|goal|targets?|indicated for|approved for)\b",
    regex.IGNORECASE,
)
SIGNIFICANCE = regex.compile(
    r"\b(?:considered|deemed|regarded|defined|set at|set to|boundar\w+|significance level|level of significance"
    r"|threshold|cut-?off|alpha)\b[^.;]{0,80}$",
    regex.IGNORECASE,
)
# "and P < 0.05 was considered significant"
SIGNIFICANT = regex.compile(
    r"^[^.;]{0,40}\b(?:was|were|is|are)\s(?:considered|deemed|regarded|defined|taken|accepted|set)\b"
)
# What is said of a disease in the present tense, with no study: "~30% of patients harbor".
ROUGHLY = regex.compile(
    r"(?:\b(?:approximately|about|around|roughly|nearly|almost|up to|estimated|ranging from|ranges? from|in|over)"
    r"|[~≈])\s*(?:an?\s|the\s)?(?:[\d.]+\s?%?\s?(?:[-–]|to|and|in)\s?[~≈]?)?$"
)
AT_LARGE = regex.compile(
    r"\b(?:worldwide|global(?:ly)?|general population|each year|every year|per year in|annually"
    r"|life-?time risk|accounts? for|accounting for|leading cause|new cases|per 100,?000|affect(?:s|ing)"
    r"|harbou?r(?:s|ing)?|occurs?(?: in)?|occurring in|develops?|represents?|constitutes?"
    r"|compris(?:e|es|ing)|million|billion|prevalence of|burden)\b"
)
TOLD = regex.compile(
    r"\b(?:was|were|had|showed|achieved|demonstrated|reported|randomi[sz]ed|enrolled|treated with|receiv\w+|trial|study"
    r"|studies|meta-analysis|compared|versus|vs)\b|[Pp]\s?[<=>]"
)
# "for 2 years", "two cycles of 4 weeks", "gefitinib × 2 years": how long something was given.
SPELL = regex.compile(
    r"(?:\b(?:for|over|every|lasting|of|a|the|least|to|in|period|duration)|[×(])\s*(?:(?:a|the|up to|about|at least"
    r"|another|total of|first|further|maximum of|period of)\s*)*$"
)
GIVEN = regex.compile(
    r"\b(?:receiv\w*|treat\w*|administ\w*|given|giving|daily|twice|cycles?|adjuvant|maintenance|supplement\w*|interventions?"
    r"|exercise|training|doses?|mg|continued|infus\w*|inject\w*|therap(?:y|ies)|regimens?|course|programm?e?|prescri\w+)\b",
    regex.IGNORECASE,
)
MOMENT = regex.compile(
    r"\b(?:postoperative(?:ly)?|within|at|by|after|before|until|initial|every|first|next|last|previous|past|prior)\s*(?:the\s*)?"
    r"(?:first\s*|last\s*|initial\s*)?(?:[<>≤≥~]\s?)?(?:\d+\s?(?:[-–,]|and|to|or)\s?)*$",
    regex.IGNORECASE,
)
THEN = regex.compile(
    r"^\s?(?:after|before|post\b|prior to|following|later|earlier|apart|postoperative"
    r"|from (?:the )?(?:start|baseline|randomi))"
)
TIMES = frozenset({"months", "weeks", "days", "years", "hours", "minutes", "seconds"})


def reason_of(number: Printed, contents: Contents) -> str | None:
    """Why a number that no record holds is no result, by the words of its sentence (`contents`); else null."""
    setting = Setting(
        kind=number.kind,
        unit=number.unit,
        text=contents.words(*number.span),
        before=contents.words(max(number.span.start - BEFORE, contents.span.start), number.span.start),
        after=contents.words(number.span.end, number.span.end + AFTER),
        contents=contents,
        span=number.span,
    )
    return next((reason for reason, holds in REASONS if holds(setting)), None)


def _effect_since(setting: Setting, start: int) -> bool:
    """Whether an effect measure is named between a place `start` characters into `before` and the number."""
    place = setting.span.start - len(setting.before) + start
    return any(place <= m.span.start and m.span.end <= setting.span.start for m in setting.contents.measures)


def _is_bias_test(setting: Setting) -> bool:
    match = BIAS.search(setting.before)
    return match is not None and setting.kind in ("p", "value", "other") and not _effect_since(setting, match.start())


def _is_heterogeneity(setting: Setting) -> bool:
    if setting.kind not in ("p", "value", "other"):
        return False
    if setting.kind == "p" and HETEROGENEITY_VALUE.search(setting.before):
        return True
    match = HETEROGENEITY.search(setting.before)
    return match is not None and not _effect_since(setting, match.start()) and setting.kind == "p"


def _is_threshold(setting: Setting) -> bool:
    if setting.kind != "p" or "=" in setting.text:
        return False
    return bool(SIGNIFICANCE.search(setting.before) or SIGNIFICANT.match(setting.after))


def _is_statistic(setting: Setting) -> bool:
    return setting.kind in ("value", "other") and STATISTIC.search(setting.before) is not None


def _is_software(setting: Setting) -> bool:
    return setting.kind in ("value", "other") and SOFTWARE.search(setting.before) is not None


def _counts_studies(setting: Setting) -> bool:
    """ "6 studies were from China, 3 came from Japan": what the sentence counts are studies."""
    counted = any(c.unit == "studies" and c.span.end <= setting.span.start for c in setting.contents.counts)
    return setting.bare and counted and FROM_PLACES.match(setting.after) is not None


def _is_enumeration(setting: Setting) -> bool:
    if not setting.small or CLOSED.match(setting.after) is None:
        return False
    opened = setting.before.rstrip().endswith(("(", "["))
    return ENUMERATED.search(setting.before) is not None and (opened or not setting.before.strip())


def _is_legend(setting: Setting) -> bool:
    if not setting.small or LISTED.search(setting.before) is None:
        return False
    keyed = KEY.match(setting.after) is not None
    return keyed or (KEY_WORD.match(setting.after) is not None and SCALE.search(setting.contents.text) is not None)


def _is_criterion(setting: Setting) -> bool:
    if setting.kind not in ("value", "other", "count"):
        return False
    signed = SIGN_BEFORE.search(setting.before) or SIGN_AFTER.match(setting.after)
    if signed and DEFINES.search(setting.contents.text) and not setting.contents.p_values:
        return True
    bound = BOUND.search(setting.before) or regex.match(r"up to|at least|more than|fewer than|over", setting.text)
    return bound is not None and ELIGIBLE.search(setting.contents.text) is not None


def _is_background(setting: Setting) -> bool:
    """Whether a figure is of a disease at large: in the present tense, of no study, with nothing tested."""
    text = setting.contents.text
    named = any(s.kind in ("acronym", "author_year", "described") for s in setting.contents.studies)
    if setting.kind not in ("value", "count", "other", "interval") or named or TOLD.search(text):
        return False
    return AT_LARGE.search(text) is not None and (setting.unit == "%" or ROUGHLY.search(setting.before) is not None)


def _is_schedule(setting: Setting) -> bool:
    if setting.kind != "value" or setting.unit not in TIMES or SPELL.search(setting.before) is None:
        return False
    given = list(GIVEN.finditer(setting.before))
    if not given:
        return False
    start = setting.span.start - len(setting.before) + given[-1].start()
    timed = (e for e in setting.contents.endpoints if e.family in ("time_to_event", "follow_up"))
    return not any(start <= e.span.start <= setting.span.start for e in timed)


def _is_moment(setting: Setting) -> bool:
    if setting.kind != "value" or setting.unit not in TIMES:
        return False
    return MOMENT.search(setting.before) is not None or THEN.match(setting.after) is not None


def _is_fenced_heterogeneity(setting: Setting) -> bool:
    return setting.kind in ("p", "value", "other") and is_fenced(setting.contents, setting.span)


# The first that holds is the reason, so the surest come first.
REASONS: tuple[tuple[str, Callable[[Setting], bool]], ...] = (
    ("bias test", _is_bias_test),
    ("heterogeneity", _is_heterogeneity),
    ("heterogeneity", _is_fenced_heterogeneity),
    ("threshold", _is_threshold),
    ("test statistic", _is_statistic),
    ("software", _is_software),
    ("studies", _counts_studies),
    ("enumeration", _is_enumeration),
    ("legend", _is_legend),
    ("criterion", _is_criterion),
    ("background", _is_background),
    ("schedule", _is_schedule),
    ("timepoint", _is_moment),
)
