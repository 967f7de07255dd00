"""A reading and its known mentions in, the diseases that it tells the risk, incidence or mortality of, out."""

from collections.abc import Iterator, Sequence

import regex

from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import EndpointMention

_STOP = (
    r"the|an?|any|all|of|in|on|at|by|for|from|to|with|without|and|or|but|than|as|that|which|who|when|where|while|whereas|during|after"
    r"|before|within|among|between|across|per|versus|vs|via|no|not|nor|both|each|either|neither|other|others|such|same|these|those|this"
    r"|their|its|our|his|her|it|they|we|is|are|was|were|be|been|has|have|had|did|does|do|may|might|can|could|would|will|should"
    r"|patients?|participants?|subjects?|people|individuals|women|men|children|adults|infants|groups?|arms?|cohorts?|trials?|stud(?:y|ies)"
    r"|analys[ei]s|reviews?|reviewers?|results?|outcomes?|endpoints?|effects?|estimates?|evidence|data|bias|factors?|ratios?|differences?"
    r"|reductions?|reduc\w+|increas\w+|decreas\w+|elevat\w+|risks?|rates?|odds|hazards?|incidences?|mortality|death|deaths|survival"
    r"|higher|lower|greater|high|low|lowest|highest|relative|absolute|overall|pooled|significant\w*|statistical\w*|total|cumulative|annual"
    r"|all-cause|associated|association|compared|comparison|developing|development|getting|having|new-onset|incident|subsequent|future"
    r"|lifetime|long-term|short-term|treatment|therapy|therapies|drugs?|surgery|use|users?|exposure|intake|dose|levels?|ag(?:e|ed|ing)"
    r"|years?|months?|weeks?|days?|follow-up|baseline|harms?|benefits?|being|events?|adverse|serious|severe|severity|progression|relapse"
    r"|recurrence|response|responses|success|failure|readmission|hospitali[sz]ation|admission|primary|secondary|composite|same|similar"
    r"|excess|cell|caused|over|p|CI|HR|RR|OR|SD|MD|SMD|respectively|about|approximately|only|more|less|least|most|\p{L}+ly|discontinuation|withdrawal|selection"
    r"|publication|reporting|performance|detection|attrition|heterogeneity|misclassification|confounding|conversion|one|two|three|four"
)
_WORD = rf"(?!(?i:{_STOP})\b)\p{{L}}[\p{{L}}\d'’-]*"
_ASIDE = r"(?:\s[(\[](?P<short>\p{Lu}[\p{L}\d-]{1,7})[)\]])?"
_NAME = rf"(?P<what>{_WORD}(?:\s{_WORD}){{0,4}}?)"
# What a disease's name ends with.
_DISEASE = (
    r"(?:diseases?|cancers?|carcinomas?|tumou?rs?|neoplasms?|syndromes?|disorders?|infections?|inju(?:ry|ries)|fractures?|diabetes|strokes?"
    r"|infarctions?|dementia|depression|impairment|malformations?|defects?|deficiency|arrhythmias?|fibrillation|thrombosis|embolism|asthma"
    r"|pneumonia|malaria|tuberculosis|influenza|\p{L}+(?:itis|osis|oses|a?emia|oma|omas|pathy|penia|plegia|tension|ectasia|trophy))"
)
# "the risk of gastric cancer", "incidence of dementia"; "CVD risk", "breast cancer (BC) incidence".
OF = Gated(
    r"\b(?:[Rr]isks?|[Oo]dds|[Hh]azards?|[Ll]ikelihood|[Pp]robabilit(?:y|ies)|[Ii]ncidences?|[Oo]ccurrence|[Dd]evelopment|[Pp]revalence"
    r"|(?:[Rr]ate|[Hh]azard|[Oo]dds|[Rr]isk)\sratios?)(?:\s[(\[][^()\[\]]{1,40}[)\]]){0,2}"
    r"\s(?:of|for)\s(?:(?:the|an?|any|developing|getting|having|incident|new-onset|subsequent|future|recurrent)\s){0,2}"
    rf"{_NAME}{_ASIDE}(?=\s(?!{_WORD})|[.,;:()\[\]]|$)"
)
NOUN = Gated(r"\s(?:risks?|incidences?|mortality|deaths?|prevalence)\b")
BEFORE = regex.compile(rf"(?<![\p{{L}}-]){_NAME}{_ASIDE}\s(?P<noun>risks?|incidences?|mortality|deaths?|prevalence)\b")
FARTHEST = 8  # words from the first of a disease's name to the noun, its short form among them
ENDS = regex.compile(rf"(?:^|\s)(?:(?i:{_DISEASE})|\p{{Lu}}{{3,6}}s?)$")
SHORT = regex.compile(r"\p{Lu}{3,6}s?$")
DIED = ("mortality", "death", "deaths")
SHORTEST = 3  # characters


def name_risks(
    reading: str,
    *,
    regions: Sequence[Span],
    endpoints: Sequence[EndpointMention],
    known: Sequence[Span],
    shorts: frozenset[str],
) -> list[EndpointMention]:
    """The endpoints in order with the diseases whose risk is told; `known` are the places of drugs, studies, measures.

    A bare "mortality" behind a disease is the mortality from it. `shorts` are the short forms that the document
    defines: without a definition letters alone name nothing.
    """
    found: list[EndpointMention] = []
    taken = sorted(known)
    for region in regions:
        text = region.of(reading)
        for match in (*_before(text), *OF.finditer(text)):
            mention = _mention(region.start, match, endpoints, taken, shorts)
            if mention is not None and not any(mention.span.overlaps(f.span) for f in found[-3:]):
                found.append(mention)
    spans = [f.span for f in found]
    kept = [e for e in endpoints if not any(s.overlaps(e.span) for s in spans)]
    return sorted([*kept, *found], key=lambda e: e.span)


def _before(text: str) -> "Iterator[regex.Match[str]]":
    """The matches of BEFORE, looked for before its nouns alone: they are few, and a name may begin with any word."""
    last = 0
    for noun in NOUN.finditer(text):
        lead = text[last : noun.start()].rsplit(None, FARTHEST)
        start = last + (len(lead[0]) if len(lead) > FARTHEST else 0)
        match = BEFORE.search(text, start, noun.end())
        if match is not None:
            last = match.end()
            yield match


def _mention(
    start: int,
    match: "regex.Match[str]",
    endpoints: Sequence[EndpointMention],
    taken: Sequence[Span],
    shorts: frozenset[str],
) -> EndpointMention | None:
    words = " ".join(match["what"].split())
    noun = match.groupdict().get("noun") or ""
    letters = SHORT.search(words) is not None
    if len(words) < SHORTEST or ENDS.search(words) is None or (letters and words not in shorts):
        return None
    died = noun in DIED
    end = match.end("noun") if died else match.end("what")
    span = Span(start + match.start("what"), start + end)
    if any(span.overlaps(t) for t in taken):
        return None
    inside = [e for e in endpoints if e.span.overlaps(span)]
    if any(not (died and e.code in ("mortality", "death")) for e in inside):
        return None
    name = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    code = f"{name} mortality" if died else name
    return EndpointMention(span=span, code=code, family="event", text=code, rule="endpoint:risk")
