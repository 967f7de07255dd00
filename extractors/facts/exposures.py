"""A sentence and the treatments found in it in, the groups out that it makes by how much of something people had."""

from collections.abc import Iterator

import regex

from extractors.facts.armbook import Arm
from extractors.facts.sentence import Contents
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.evidence import ArmRole

HIGH = r"(?:highest|higher|high|top|upper|greatest|greater|elevated|increased|most|longest|longer|heaviest)"
LOW = r"(?:lowest|lower|low|bottom|least|reduced|decreased|no|none|never|normal|shortest|shorter|lightest)"
NOUN = (
    r"(?:categor(?:y|ies)|quantiles?|quartiles?|quintiles?|tertiles?|deciles?|levels?|concentrations?|intakes?|consumption"
    r"|exposures?|expression|doses?|scores?|adherence|status|groups?|titer|titre|values?|use|users?|consumers|drinkers)"
)
# What it is that people had more or less of: "blood 25-hydroxyvitamin D concentration".
OF = (
    r"(?:of|for|in)\s(?:the\s|total\s)?(?P<what>(?:(?!(?:and|was|were|with|in|on|for|the|had|is)\b)"
    r"[\p{L}\d()/+,-]*[\p{L}\d)]\s?){1,5})"
)
_NOT = r"(?:among|with|in|of|for|and|or|the|a|an|was|were|had|on|to|by|from|individuals|risks?|rates?)"
_WORD = rf"(?!{_NOT}\b)[\p{{L}}\d()/-]+\s"
_NOUNS = rf"(?:{_WORD}){{0,4}}?{NOUN}"
# "the highest versus the lowest category of X", "highest vs lowest X intake", "high and low expression of X".
OPPOSED = Gated(
    rf"\b(?P<first>{HIGH}|{LOW})\s(?:(?P<noun>{_NOUNS})\s(?:{OF}\s?)?)?"
    r"(?:versus|vs\.?|compared (?:with|to)|with|to|against|relative to|and|or|than)\s"
    rf"(?:the\s|those (?:in|with) (?:the\s)?)?(?P<second>{LOW}|{HIGH})\s(?P<noun>{_NOUNS})\b(?:\s{OF})?"
)
# "coffee consumption (highest versus lowest category)": what it is of stands before the brackets.
HEADED = regex.compile(rf"(?P<what>(?:{_WORD}){{0,3}}{NOUN})\s*[(\[]$", regex.IGNORECASE)
# "per 10 nmol/L increase in X", "for each additional cup of coffee a day", "a 40 nmol/l increment in X".
_UNIT = r"(?:\w?mol|[mµk]?g|mcg|ng|IU|mm|units?|SDs?|points?|cups?|years?|servings?|standard)"
STEP = Gated(
    r"\b(?P<step>(?:(?:per|each|every)\s(?:additional\s|extra\s|further\s)?"
    rf"|an?\s(?=(?:[\d.,]+|one)[\s-]?{_UNIT}\b))"
    r"(?:(?:[\d.,]+|one)[\s-]?(?!%|fold|times)(?:[\w/·²⁻¹µμ]+[\s-]){0,3}?(?:\([^()]{1,20}\)\s){0,2})?"
    r"(?:unit\s|SDs?\s|standard[- ]deviation\s)?(?:increase|increment|decrease|decrement|reduction|rise))\b"
    r"(?:\s(?:in|of)\b)?(?:\s(?:the\s)?(?P<what>(?:(?!(?:was|were|with|on|for|had|is|and|to)\b)"
    r"[\p{L}\d()/+-]*[\p{L}\d)]\s?){1,5}))?"
)
AMOUNT = regex.compile(r"\d|\b(?:unit|SDs?|standard|one|additional|each|every|per)\b")
FIRST_LOW = regex.compile(rf"{LOW}$")
QUANTILE = regex.compile(r"(?:quartile|quintile|tertile|decile)s?$")
LEVEL_RULES, STEP_RULES = ("arm:exposure",), ("arm:step",)
ENDED = regex.compile(r"[\s,;(]+$")


# "lower folate levels", "higher intake of folate", "vitamin D deficiency": one level, its opposite unsaid.
_LEVEL = r"(?:levels?|concentrations?|intakes?|consumption|exposure|expression|adherence)"
SINGLE = Gated(
    rf"(?:(?<![\w-])(?:{HIGH}|{LOW})\s(?:(?:{_WORD}){{1,4}}?{_LEVEL}\b|{_LEVEL}\s{OF})"
    rf"|(?<![\w-])(?:{_WORD}){{1,2}}(?:deficiency|insufficiency)\b)"
)


# "AF was associated with an increased risk of stroke", "obesity was linked to death": what has the risk.
ASSOCIATED = Gated(
    r"(?:^\W*|[,;:]\s|\b(?:that|and|reported|found|showed|whereas|while|but)\s)(?:[Tt]he\s|[Aa]n?\s)?"
    r"(?:(?:[Pp]resence|[Oo]ccurrence|[Uu]se|[Aa]dministration)\sof\s(?:an?\s|the\s)?)?(?P<what>(?!(?:and|or|but|also|however|thus|it|this|these|those|that|they|which|who|there|results?|findings?|differences?|outcomes?|both|all|each|risks?|rates?"
    r"|incidence|prevalence|mortality|survival|treatments?|therap(?:y|ies)|interventions?|patients|participants|women|men|people|such|significantly|not|no|none|use|data|events?"
    r"|heterogeneity|associations?|factors?|variables?|studies|trials?)\b)(?:(?!(?:that|showed|found|reported|revealed|indicated"
    r"|suggested|demonstrated|observed)\b)[\p{L}][\p{L}\d'’/+-]*\s){0,5}?[\p{L}][\p{L}\d'’/+-]*)"
    r"(?:\s\([^()]{1,40}\))?\s(?:was|were|is|are|has been|have been)\s(?:(?:not|also|\p{L}+ly)\s){0,3}"
    r"(?:associated\swith|linked\s(?:to|with)|correlated\swith|related\sto"
    r"|an?\s(?:\p{L}+\s){0,3}?(?:risk\sfactor|predictor|determinant|prognostic\sfactor)s?\s(?:for|of))\b"
)
# "an association between X use and death".
BETWEEN = Gated(
    r"\b(?:association|relationship|correlation|link)s?\s(?:between|of)\s(?:the\s)?(?:(?:presence|occurrence|use|administration)\sof\s)?"
    r"(?P<what>(?!(?:these|those|them|treatment|both)\b)(?:(?!(?:and|with|that)\b)[\p{L}][\p{L}\d'’/+-]*\s){1,5}?)(?:and|with)\s"
)
USE = regex.compile(r"(?<=\w\w\w)\s(?:use|usage|administration)$")
RISK = regex.compile(r"\b(?:risks?|odds|hazards?|likelihood)\b")
MOST_WORDS = 6


def _associated(contents: Contents) -> Iterator[Arm]:
    """What is said to be associated with an outcome, where its effect is told."""
    risky = RISK.search(contents.text) is not None and any(v.unit in ("times", "%") for v in contents.values)
    if not contents.measures and not risky:
        return
    for match in [*ASSOCIATED.finditer(contents.text), *BETWEEN.finditer(contents.text)]:
        what = _small(USE.sub("", match["what"].strip()))
        start = contents.span.start + match.start("what")
        span = Span(start, start + len(what))
        known = (contents.studies, contents.measures)
        if match.re is BETWEEN.pattern and any(e.span.overlaps(span) for e in contents.endpoints):
            continue  # "between the risk of stroke and coffee"
        if any(m.span.overlaps(span) for kind in known for m in kind) or len(what.split()) > MOST_WORDS:
            continue
        yield Arm(span=span, drugs=(what,), role="experimental", grouped=True, rules=LEVEL_RULES, active=1)


def add_exposures(contents: Contents, arms: list[Arm]) -> None:
    """Add the groups of a contrast of levels and the step that a risk is told by; what they name is no treatment."""
    found = [*_opposed(contents), *_steps(contents)]
    if not found and not arms:
        found = list(_single(contents)) or list(_associated(contents))[:1]
    for exposure in found:
        arms[:] = [a for a in arms if not a.span.overlaps(exposure.span)]
    arms += found


def _opposed(contents: Contents) -> Iterator[Arm]:
    for match in OPPOSED.finditer(contents.text):
        first, second = match["first"], match.captures("second")[-1]
        low = FIRST_LOW.match(first) is not None
        if low == (FIRST_LOW.match(second) is not None):
            continue
        headed = HEADED.search(contents.text[: match.start()])
        what = match["what"] or (_small(headed["what"]) if headed is not None else "")
        noun, what = match.captures("noun")[-1], ENDED.sub("", what)
        words = f"{noun} of {what}" if what else noun
        base = contents.span.start
        for name, group, is_low in ((first, "first", low), (second, "second", not low)):
            end = match.end("first") if group == "first" else match.end()
            place = Span(base + match.start(group), base + end)
            role: ArmRole = "control" if is_low else "experimental"
            yield Arm(span=place, drugs=(f"{name} {words}",), role=role, grouped=True, rules=LEVEL_RULES, active=1)


def _small(words: str) -> str:
    """Words that began a cell or a sentence, as inside one."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _steps(contents: Contents) -> Iterator[Arm]:
    for match in STEP.finditer(contents.text):
        if AMOUNT.search(match["step"]) is None or not contents.measures:
            continue
        what = ENDED.sub("", match["what"] or "")
        name = f"{match['step']} in {what}" if what else match["step"]
        span = Span(contents.span.start + match.start(), contents.span.start + match.end())
        yield Arm(span=span, drugs=(name,), role="experimental", grouped=True, rules=STEP_RULES, active=1)


def _single(contents: Contents) -> Iterator[Arm]:
    for match in SINGLE.finditer(contents.text) if contents.measures else ():
        span = Span(contents.span.start + match.start(), contents.span.start + match.end())
        name = ENDED.sub("", match[0])
        yield Arm(span=span, drugs=(name,), role="experimental", grouped=True, rules=LEVEL_RULES, active=1)
