"""A reading and its known mentions in, the outcomes that it says were measured and no vocabulary has out."""

from collections.abc import Iterator, Sequence

import regex

from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import EndpointMention

_STOP = (
    r"the|an?|of|in|on|at|by|for|from|to|into|with|without|and|or|but|than|as|if|that|which|who|whom|whose|when|where|while"
    r"|whereas|although|because|since|between|among|across|during|after|before|within|over|under|per|versus|vs|via|no|not|nor"
    r"|both|each|all|any|either|neither|other|others|another|same|such|only|also|more|less|most|least|much|many|few|several"
    r"|it|its|they|their|them|this|these|those|there|we|our|he|she|his|her|one|two|three|four|five|six"
    r"|is|are|was|were|be|been|being|has|have|had|did|do|does|may|might|can|could|would|will|should"
    r"|patients?|participants?|subjects?|people|individuals|women|men|children|adults|infants|groups?|arms?|cohorts?|trials?"
    r"|stud(?:y|ies)|analys[ei]s|reviews?|evidence|data|results?|outcomes?|endpoints?|effects?|effectiveness|efficacy|sizes?|benefits?"
    r"|changes?|changed|differences?|differ\w*|reduc\w+|improv\w+|increas\w+|decreas\w+|declin\w+|lower\w*|higher|greater|gains?|loss|rise|rose"
    r"|fell|fall|dropped|worsen\w*|baseline|follow-up|mean|median|average|weighted|standardi[sz]ed|adjusted|pooled|overall|estimated|total"
    r"|primary|secondary|main|respectively|compared|comparison|using|used|treatments?|therap(?:y|ies)|interventions?|controls?"
    r"|placebo|significan\w+|statistical\w*|rates?|risks?|odds|incidence|proportions?|percentages?|numbers?|values?|units?|points?"
    r"|score|scores|scale|scales|weeks?|months?|days?|years?|hours?|minutes?|favou?r\w*|\p{L}+ly|CI|SD|SE|SEM|MD|SMD|WMD|OR|RR|HR|P|p"
    r"|heterogeneity|estimates?|association|associated|level|levels|show\w*|RCTs?|found|observed|seen|noted|reported|received|receiving|given|treated"
)
_WORD = rf"(?!(?:{_STOP})\b)\p{{L}}[\p{{L}}\d'’/-]*"
_NAME = rf"(?P<what>(?:{_WORD}\s(?:of\s(?:the\s)?)?){{0,5}}?{_WORD}(?:\s(?:scores?|levels?))?)(?!\s{_WORD})"
_TIME = r"(?:,?\s(?:at|after|by|over|from baseline to|to|through|until)\s(?:the\s)?[^.;:,()]{2,30}?,?)?"
_SIDES = r"(?:\sbetween\s(?:the\s)?[^.;:()\d]{3,90}?)?"
_MOVED = r"(?:improved|decreased|increased|declined|worsened|changed|fell|rose|dropped|diminished|grew)"
_DEGREE = (
    r"(?:higher|lower|greater|less|smaller|larger|better|worse|shorter|longer|reduced|improved|increased|decreased"
    r"|similar|comparable)"
)
_MADE = r"(?:reduc|improv|decreas|increas|lower|rais|reliev|alleviat|enhanc|worsen|attenuat)(?:ed|es|d|s|e|ing)?"
_ASIDE = r"(?:\s[(\[][\p{L}\d\s/–-]{1,30}[)\]])?"
_HOW = r"(?:(?:significantly|also|markedly|slightly|only)\s)?"
# What stands behind a verb whose subject moved, and no object of what moved it: "improved by", "fell from".
_ON = r"(?:by|from|to|in|with|more|less|significantly|at|after|over|among|for|on|and|while|whereas|during|only|further)"
_AGAINST = (
    r"(?:\s(?:more|significantly|compared|relative|than|versus|vs\.?|by|at|after|from|over|in|before|among|during)\b"
    r"|\s[(\[,]|[,;.])"
)
# What a change or a difference is in, what moved, what was made to move, what is set beside the other side's.
SAID = (
    # "the mean difference in pain", "changes from baseline in sleep quality"
    Gated(
        rf"\b(?:differences?|changes?|reductions?|improvements?|decreases?|increases?|declines?){_TIME}{_SIDES}\s(?:in|on)"
        rf"\s(?:the\s)?(?:mean\s)?{_NAME}{_ASIDE}(?=\s|[;.)]|,\s(?!where))"
    ),
    # "Mean pain at 12 weeks was", "joint stiffness fell from", "Fatigue improved more with"
    Gated(
        rf"(?:^|[.;:]\s|,\s(?:and\s|but\s|while\s|whereas\s|the\s)?|\bthat\s)(?:[Tt]he\s)?(?:(?:[Mm]ean|[Mm]edian|[Aa]verage)\s)?{_NAME}"
        rf"{_ASIDE}{_TIME}\s(?:(?:was|were)\s{_HOW}{_DEGREE}\b|(?:(?:had|has|was|were)\s)?{_HOW}{_MOVED}(?=\s{_ON}\b|\s?[,;(]))",
        regex.IGNORECASE,
    ),
    # "mean pain was 3.4", "stiffness was 3.4 ± 1.1"
    Gated(rf"\b(?:[Mm]ean|[Aa]verage)\s{_NAME}{_ASIDE}{_TIME}\s(?:was|were|of(?=\s\d))\s"),
    Gated(
        rf"(?:^|[.;:]\s|,\s(?:and\s|the\s)?)(?:[Tt]he\s)?{_NAME}{_ASIDE}{_TIME}\s(?:was|were)\s[-−–]?\d[\d.,]*\s?(?:±|\(SD|\(±)",
        regex.IGNORECASE,
    ),
    # "reduced pain more than", "had lower stiffness at 6 months than", "for pain (MD"
    Gated(rf"\b{_MADE}\s(?:the\s)?(?:mean\s)?{_NAME}{_ASIDE}(?={_AGAINST})"),
    Gated(
        rf"\b(?:had|has|have|showed|reported|experienced)\s(?:an?\s)?(?:\p{{L}}+ly\s)?{_DEGREE}\s(?:mean\s)?{_NAME}{_ASIDE}(?={_AGAINST})"
    ),
    Gated(
        rf"\b(?:for|on)\s(?:the\s)?{_NAME}{_ASIDE}\s?[(\[](?:[^()\[\]\d]{{0,30}}\b)?(?:W?MD|SMD|(?:mean|standardi[sz]ed)\s)"
    ),
    # "The primary outcome, stiffness at 12 weeks, was"
    Gated(
        rf"\b[Pp]rimary (?:outcome|endpoint|end point),\s(?:the\s)?{_NAME}{_ASIDE}{_TIME},"
        r"\s(?:was|were|did|improved|fell)\b"
    ),
)
# In its sentence something was measured, and no share of people is the next number.
MEASURED = regex.compile(
    r"±|\b(?:SDs?|SEM|means?|averages?|points?|W?MD|SMD|(?:mean|between-group|standardi[sz]ed)\s+differences?|scores?|units?"
    r"|m?mol/L|mg/dL|kg|cm|mm ?Hg|difference,)|\bMean\s|\bfrom\s\d[\d.]*\sto\s\d[\d.]*(?!\d|\.\d|\s?%)",
)
NEXT = regex.compile(r"\d[\d.,]*\s?(?:(?P<percent>%|per ?cent)|(?P<time>months?|weeks?|days?|years?|hours?|min)\b)?")
SENTENCE = regex.compile(r"(?:[^.;]|\.(?=\d)|;(?!\s[A-Z])|(?<=\b(?:vs|al|Fig|No|i\.e|e\.g))\.)+[.;]?")
DURATION = regex.compile(r"\b(?:time|duration|stay|latency|interval)$", regex.IGNORECASE)
COUNTED = regex.compile(
    r"\b(?:occurrences?|events?|episodes?|deaths?|cases|survival|mortality|dose|RCTs?|deviation|intervals?)$"
)
MOVED = regex.compile(rf"\s{_MOVED}$")
SHORTEST = 4  # characters


def name_measured(
    reading: str, *, regions: Sequence[Span], endpoints: Sequence[EndpointMention], known: Sequence[Span]
) -> list[EndpointMention]:
    """The endpoints in order with those that only the text names; `known` are the places of all else that is known.

    A harm that was measured is what was measured: "fatigue improved by 2.1 points".
    """
    found: list[EndpointMention] = []
    harms = [e for e in endpoints if e.code == "AE"]
    taken = sorted([*known, *(e.span for e in endpoints if e.code != "AE")])
    for region in regions:
        text = region.of(reading)
        if MEASURED.search(text) is None or not any(said.may_match(text) for said in SAID):
            continue
        for sentence in SENTENCE.finditer(text):
            if MEASURED.search(sentence[0]) is not None:
                found += _in_sentence(region.start + sentence.start(), sentence[0], taken, harms)
    replaced = [e for e in harms if any(f.span.overlaps(e.span) for f in found)]
    return sorted([*(e for e in endpoints if e not in replaced), *found], key=lambda e: e.span)


def is_name(words: str) -> bool:
    """Whether words can name what was measured: neither too short nor a count of what happened."""
    return len(words) >= SHORTEST and COUNTED.search(words) is None


def _covers(span: Span, harm: EndpointMention) -> bool:
    """Whether a harm is what was measured, or that with its verb: "body weight decreased" by 7 kg."""
    return span.holds(harm.span) or (
        span.start <= harm.span.start and MOVED.search(harm.text) is not None and harm.span.start < span.end
    )


def _in_sentence(
    start: int,
    sentence: str,
    taken: Sequence[Span],
    harms: Sequence[EndpointMention],
) -> Iterator[EndpointMention]:
    places: list[Span] = []
    for said in SAID:
        for match in said.finditer(sentence):
            span = Span(start + match.start("what"), start + match.end("what"))
            lasting = DURATION.search(match["what"]) is not None
            numbers = NEXT.finditer(sentence, match.end("what"))
            number = next((n for n in numbers if lasting or n["time"] is None), None)
            if number is None or number["percent"] or not is_name(match["what"]):
                continue
            if any(span.overlaps(t) for t in (*taken, *places)) or any(
                h.span.overlaps(span) and not _covers(span, h) for h in harms
            ):
                continue
            places.append(span)
            words = " ".join(match["what"].split())
            code = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
            family = "time_to_event" if lasting else "continuous"
            yield EndpointMention(span=span, code=code, family=family, text=words, rule="endpoint:measured")
