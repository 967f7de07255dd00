"""The nouns that a number can count (people, studies, papers, events) and the phrase between a number and its noun."""

import re
from typing import Literal

Kind = Literal["people", "studies", "papers", "events"]
UNITS: dict[Kind, str] = {"people": "patients", "studies": "studies", "papers": "records", "events": "events"}

PEOPLE = (
    r"patients?|participants?|subjects?|individuals?|adults?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|neonates?"
    r"|newborns?|"
    r"cases?|people|persons?|volunteers?|residents?|survivors?|females?|males?|girls?|boys?|adolescents?"
    r"|recipients?|pts|"
    r"(?:non-?)?responders?|enrollees|(?:non-?)?smokers|controls|donors|carriers|completers|mothers|veterans"
    r"|outpatients|inpatients|users|couples|members|workers|nurses|students|employees|athletes|soldiers|nonagenarians"
    r"|octogenarians|Latin[ao]s|Hispanics"
)
STUDIES = r"stud(?:y|ies)|trials?|RCTs?|CCTs?|meta-?analys[ei]s|cohorts?|series"
PAPERS = r"articles?|records?|publications?|papers?|citations?|abstracts?|reports?"
EVENTS = (
    r"deaths?|events?|responses?|remissions?|relapses?|recurrences?|progressions?|hospitali[sz]ations?|strokes?|"
    r"infarctions?|infections?|bleeds?|fractures?|exacerbations?|discontinuations?|fatalities|pregnanc(?:y|ies)"
    r"|failures?|"
    r"(?:CR|PR|PD|SD|VTE|SAE|AE)s?|occurrences?|episodes?|cancers|malignancies|withdrawals?|admissions|amputations?"
)
# Words that end the noun phrase a number opens; past them a noun belongs to something else.
STOP = (
    r"(?:with|without|of|in|on|to|for|from|at|by|who|whom|whose|that|which|were|was|are|is|be|been|had|has|have"
    r"|received?|"
    r"receiving|achieved?|showed|experienced|died|than|versus|vs\.?|against|respectively|after|before|during|among|compared|"
    r"between|including|as|per|did|could|would|underwent|developed|remained|months?|weeks?|days?|years?|times|hours?|"
    r"minutes?|percent|mg|if|when|while|because|the|each|every|doses?|cycles?|lines?|sites?|cent(?:er|re)s?|countries)"
)
# A singular noun before another names a kind ("two participant types", "12 cohort studies"), not what is counted.
_KIND_OF = (
    r"(?!\s(?:stud(?:y|ies)|trials?|types?|groups?|data|levels?|reports?|series|arms?|populations?"
    r"|characteristics|cohorts?|"
    r"subgroups?|numbers?|safety|outcomes?|meta-?analys[ei]s|rates?|selection|management|care)\b)"
)
NOUN = rf"(?:(?P<people>(?i:{PEOPLE}))|(?P<studies>(?i:{STUDIES}))|(?P<papers>{PAPERS})|(?P<events>{EVENTS}))"
# "patient-years" and "trial level" count no patients.
NO_COMPOUND = (
    rf"(?!['’]?[A-Za-z])(?![-\s](?:years?|months?|days?|pairs?|level)\b)(?![-–\s](?:control|series|cohort)\b){_KIND_OF}"
)
_WORD = rf"(?!(?i:{STOP})[\s,)])\(?[A-Za-z][^\s;:()]{{0,28}}\)?,?\s"
# At most seven words between, none of them a number or a stop; "82 of the patients" has its own way.
PHRASE = re.compile(
    rf"[\s-](?:of\s(?:the|these|those|our|all)\s(?:{_WORD}){{0,3}}?|(?:{_WORD}){{0,7}}?)"
    rf"(?:[a-z]{{1,20}}-)?{NOUN}{NO_COMPOUND}"
)


def kind_of(match: re.Match[str]) -> Kind:
    """Which noun a match of `NOUN` ends in."""
    for kind in UNITS:
        if match[kind] is not None:
            return kind
    return "people"
