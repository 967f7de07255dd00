"""An effect in its sentence in, the outcome that its risk is said to be of out: "risk of relapse or death (HR"."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from schemas.anchor import Span
from schemas.mention import EndpointMention

# "HRdeath", "hazard ratio for death", "HR for disease progression or death": the event names the endpoint.
HAZARD_OF = regex.compile(r"\b(?:HR|[Hh]azard ratio)\s?(?:for|of)?\s?(?:the\s)?(?:(?:\w+\s){0,3}or\s)?death\b[^.;]*$")
# "a 40% reduction in the risk of relapse or death (HR": the events that the hazard is of name the endpoint.
RISK_OF = regex.compile(
    r"\b(?:risk|hazard|rate)s?\s+(?:of|for)\s+(?:the\s+)?(?:(?P<first>[\w-]+"
    r"(?:\s[\w-]+){0,3}?)\s+or\s+)?death\b(?!\s+(?:from|due|or))"
    r"[^.;]{0,120}$"
)
RECURRENT = regex.compile(r"\b(?:recurrence|relapse|recurrent disease)\b")
RECURRENCE_CODES = ("DFS", "iDFS", "EFS", "RFS")
# "odds ratio for death, 0.8"
DEATH_OF = regex.compile(r"\b(?:ratio|risk|OR|RR) (?:for|of) (?:the )?death\b(?! (?:from|due|or))[^.;]{0,30}$")
# "a predictor of death (HR", "risk factors for death were A (OR".
DEATH_PREDICTED = regex.compile(
    r"\b(?:predictors?|risk factors?|determinants?) (?:for|of) (?:the )?death\b(?! (?:from|due|or))[^.;]{0,30}$"
)
# "stroke (HR 1.4, ...) and death (HR": the next of a list.
DEATH_NEXT = regex.compile(
    r"[)\]],?\s*(?:and|or|,)\s(?:all-cause\s)?(?:death|dying)\s*[(\[]\s*(?:adjusted\s|pooled\s)?(?:[ac]?HR|[ac]?OR|[ac]?RR)\b[^()]{0,12}$"
)
PROGRESSION = regex.compile(r"progression|relapse|PFS")
# "a lower risk of ischemic heart disease (RR", "the odds ratio of diabetes was": what the risk is of.
WORD = r"[\p{L}][\p{L}\d/'’-]*"
RISK_NOUN = (
    r"(?:(?:hazard|odds|risk|rate)\s+ratios?|relative\s+risks?|risks?|[Rr]ates?|odds|incidence|likelihood|hazards?"
    r"|probability|prevalence|RRs?|ORs?|HRs?)"
)
RISK_IN_WORDS = regex.compile(
    rf"\b{RISK_NOUN}\s+(?:of|for)\s+(?:the\s+|an?\s+|having\s+|developing\s+|incident\s+)*(?P<what>"
    rf"(?:{WORD}\s+){{0,5}}?{WORD})"
    r"(?=\s*(?:[,(\[]|$)|\s+(?:was|were|is|in|among|for|with|compared|than|by|over|per|after|at|between|versus"
    r"|vs|did|fell|rose)\b)"
)
# "... and fatal stroke (RR 0.61": the next of a list of risks.
LISTED = regex.compile(
    rf"[)\]]\s*,?\s*(?:and|or|,)\s+(?P<what>(?:{WORD}\s+){{0,4}}?{WORD})\s*[(\[]\s*(?:\w+\s+)?(?:HR|OR"
    rf"|RR)\b[^()]{{0,20}}$"
)
NO_RISK = regex.compile(
    r"\b(?:was|were|is|are|be|had|has|have|who|which|that|this|these|those|it|they|patients?|participants?"
    r"|people|women|men|adults|any|each"
    r"|all|both|one|two|primary|secondary|outcomes?|end\s?-?points?|events?|intake|level|group|arm|treatment"
    r"|therapy|dose|effect"
    r"|highest|lowest|higher|lower|use|bias|study|trial)\b"
    r"|^(?:particularly|especially|mainly|only|even|but|in|on|with|among|for|under|at|by)\b"
    r"|^(?:(?:disease |tumou?r )?progression\b.*|deaths?|dying|relapse|recurrence|and\b.*)$|\bor\s+death\b",
    regex.IGNORECASE,
)
FARTHEST_RISK = 130  # characters from the words for a risk to its effect


def risk_of(clause: Clause, draft: Draft) -> EndpointMention | None:
    """The outcome no vocabulary knows whose risk an effect is said to be of; null where one is known, or none said."""
    contents = clause.contents
    if draft.statistic not in ("HR", "OR", "RR"):
        return None
    start = max(draft.place.start - FARTHEST_RISK, contents.span.start)
    found = list(RISK_IN_WORDS.finditer(contents.words(start, draft.place.start)))
    if not found:
        return None
    match = found[-1]
    listed = LISTED.search(contents.words(start + match.end(), draft.place.start))
    if listed is not None:
        start, match = start + match.end(), listed
    span = Span(start + match.start("what"), start + match.end("what"))
    words = " ".join(match["what"].split())
    known = (contents.endpoints, contents.drugs, contents.studies)
    if any(m.span.end > span.start and m.span.start < draft.place.start for m in contents.endpoints):
        return None
    if any(m.span.overlaps(span) for kind in known for m in kind) or NO_RISK.search(words) or len(words) < 4:
        return None
    if any(v.span.start > span.end and v.span.end <= draft.place.start for v in contents.values if v.unit == "ratio"):
        return None
    words = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    return EndpointMention(span=span, code=words, family="event", text=words, rule="endpoint:risk_of")


# "reduced the hazard of progression (HR", "HR for progression".
PROGRESSED = regex.compile(
    rf"\b{RISK_NOUN}\s+(?:of|for)\s+(?:disease\s+|tumou?r\s+)?progression\b(?!\s+or\b)[^.;:]{{0,60}}$"
)


def name_risk(clause: Clause, draft: Draft) -> bool:
    """Name the endpoint of an effect by the death its hazard or risk is said to be of; whether that was so."""
    before = clause.contents.words(draft.place.start - 60, draft.place.start)
    named = False
    if HAZARD_OF.search(before):
        draft.endpoint = "PFS" if PROGRESSION.search(before) else "OS"
        named = True
    told = [e for e in clause.contents.endpoints if e.span.end <= draft.place.start]
    near = clause.contents.words(draft.place.start - 90, draft.place.start)
    if draft.statistic == "HR" and PROGRESSED.search(near) and not any(e.family == "time_to_event" for e in told):
        draft.endpoint, draft.endpoint_text, draft.event, draft.site = "PFS", "progression", None, None
        named = True
    dead = DEATH_NEXT.search(before) or DEATH_PREDICTED.search(before)
    if (draft.statistic in ("OR", "RR") and DEATH_OF.search(before)) or dead:
        draft.endpoint = draft.endpoint_text = "death"
        named = True
    return _name_hazard(clause, draft) or named


def _name_hazard(clause: Clause, draft: Draft) -> bool:
    """Name the endpoint of a hazard ratio by the events its risk is said to be of: "risk of progression or death"."""
    text = clause.contents.words(clause.contents.span.start, draft.place.start)
    match = RISK_OF.search(text)
    if match is None or draft.statistic != "HR":
        return False
    named = [e for e in clause.contents.endpoints if e.family == "time_to_event"]
    if any(
        e.span.start > clause.contents.span.start + match.start() and e.span.end <= draft.place.start for e in named
    ):
        return False
    first = match["first"] or ""
    if not first:
        code = "OS"
    elif PROGRESSION.search(first) and not RECURRENT.search(first):
        code = "PFS"
    elif RECURRENT.search(first):
        told = [e.code for e in (*named, *(m for m in (clause.memory.endpoint, clause.memory.usual) if m is not None))]
        code = next((c for c in told if c in RECURRENCE_CODES), "DFS")
    else:
        return False
    words = match[0][: match[0].index("death") + len("death")]
    draft.endpoint, draft.endpoint_text, draft.event, draft.site = code, " ".join(words.split()), None, None
    return True
