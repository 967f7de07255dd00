"""A count of people and the words around it in, what befell them where no vocabulary has a name for it out."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.phrases import OUTCOME_NOUN
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention

PEOPLE = (
    r"patients|participants|people|subjects|individuals|women|men|children|infants|neonates|newborns|babies"
    r"|adults|adolescents|mothers"
    r"|girls|boys|recipients|controls|cases|volunteers|persons|residents|eyes|limbs|teeth|hips|knees|implants"
    r"|pregnancies"
)
# The people of a count and the group they were in, up to what befell them.
PEOPLE_AND_GROUP = (
    rf"^(?:\s*(?:{PEOPLE}))?(?:\s*[(\[][^()\[\]]*[)\]])?\s*"
    rf"(?:(?:{PEOPLE}|of (?:them|these|whom|the \w+|those))\s+)?"
    r"(?:(?:in|of|from|among|with|on|given|receiving|(?:assigned|allocated|randomi[sz]ed) to|treated with"
    r"|who received|after|undergoing)\s+"
    r"(?!an?\s)[^.;:,()]{0,60}?\s)?(?:[(\[]\s?[\d.]+\s?%\s?[)\]]\s*,?\s*)?(?:who\s+|had\s+|have\s+|has\s+)?"
)
BEFELL = regex.compile(
    PEOPLE_AND_GROUP + r"(?:(?P<verb>died|relapsed|progressed|responded|seroconverted|recovered|survived|recurred)"
    r"|(?:were|was)\s(?:[\w-]+\s)?(?P<verb>responders))\b"
    r"(?!\s+(?:of|from|due|because)\b)"
)
# An outcome that no vocabulary has: what occurred or was seen in people.
SEEN = regex.compile(
    r"(?:^|[.;:,]\s+|\b(?:and|but|while|whereas)\s+)(?:the\s+|an?\s+|any\s+)?"
    r"(?P<what>(?:\p{L}[\p{L}\d/'’-]*\s+){0,5}?\p{L}[\p{L}\d/'’-]+)\s+"
    r"(?:(?:at|by|within|after)\s+(?:\w+\s+){1,3})?"
    r"(?:(?P<arose>occurred|developed|arose)|(?:was|were)\s+(?:\w+ly\s+)?"
    r"(?:observed|seen|reported|recorded|documented|noted|detected|achieved|attained|reached|obtained))\s+"
    r"(?:in|by|among|for)\s+(?:only\s+|a total of\s+)?$",
    regex.IGNORECASE,
)
NO_OUTCOME = regex.compile(
    r"\b(?:it|they|this|that|these|which|who|patients|participants|results?|data|difference|effect|both|one|two"
    r"|outcomes?)\b",
    regex.IGNORECASE,
)
CODES = {
    "died": "death",
    "relapsed": "relapse",
    "progressed": "PD",
    "responded": "ORR",
    "responders": "ORR",
    "recurred": "recurrence",
}
NOUN_CODES = {"progression": "PD", "relapse": "relapse", "recurrence": "recurrence", "response": "ORR"}
# "4 patients had extracranial progression": a bare noun that is an outcome where people had it.
HAD_NOUN = regex.compile(
    r"^(?:\s*[(\[][^()\[\]]*[)\]])?\s*(?:(?:with|in|on|given|from)\s+[^.;:,()]{0,60}?\s)?"
    r"(?:had|experienced|developed|achieved|showed)\s+(?:an?\s+)?(?:(?:disease"
    r"|tumou?r|objective|confirmed"
    r"|(?P<site>intra|extra)-?cranial)\s+)*(?P<noun>progression|relapse|recurrence|response)\b"
)
# "312 of 763 patients (41%) achieved complete disease clearance".
ACHIEVED = regex.compile(
    PEOPLE_AND_GROUP + r"(?:achieved|attained|reached|experienced|developed|showed|obtained)\s+(?:an?\s+|the\s+)?"
    rf"(?P<what>(?:[\p{{L}}-]+\s+){{0,3}}?{OUTCOME_NOUN})\b"
)
# "stopped because of toxicity", "left the study due to adverse events": by itself a harm.
LEFT = (
    r"(?:stopped|discontinued|withdrew|left\s+(?:the\s+)?(?:study|trial))\s+(?:(?:treatment|therapy|early"
    r"|prematurely)\s+)?"
    r"(?:because of|due to|owing to|on account of|for)\s+(?:the\s+|an?\s+)?[\p{L}][^.;:,()\d]{2,50}"
)
STOPPED = regex.compile(
    PEOPLE_AND_GROUP + r"(?P<what>(?:stopped|discontinued)\s+(?:the\s+)?(?:(?:study|trial)\s+)?"
    r"(?!because|due|after|early|before)[\p{L}-]{4,}"
    r"(?:\s+(?:because of|due to|owing to|for)\s+[^.;:,()]{3,50})?"
    rf"|{LEFT})"
)
# "25 (71%) and 14 (40%) were independent (OR 4.2)": what people had become, where a test or a landmark goes with it.
BECAME = regex.compile(
    PEOPLE_AND_GROUP + r"(?:were|was|remained|became)\s+"
    r"(?P<what>(?:\w+ly\s+)?(?!previously|un|pre|not\b)[a-z]+(?:-[a-z]+)?)(?=\s*[(\[,.;]|\s+(?:at|by|after)\s|$)"
)
# "12 of 60 (20%) and 22 of 61 (36%) had persistent pain (P = 0.04)", "met criteria for PTSD at 3 months".
HAD = regex.compile(
    PEOPLE_AND_GROUP
    + r"(?:(?<=had\s)|(?:had|have|has|experienced|suffered|sustained|required|needed|reported|met|fulfilled"
    r"|returned\s+to"
    r"|(?:was|were)\s+(?:readmitted|discharged|re-?operated|lost)(?=\s))\s+)(?:an?\s+|the\s+|any\s+"
    r"|at\s+least\s+one\s+)?"
    r"(?P<what>(?!no\b|not\b|been\b)\p{L}[\p{L}/'’-]*(?:\s+(?!at\b|by\b|after\b|with\b|on\b|within\b|during\b"
    r"|compared\b|versus\b|and\b|but\b|when\b)[\p{L}\d≥><%/'’-]+){0,6})"
    r"(?=\s*[(\[,.;]|\s+(?:at|by|after|with|on|within|during|compared|versus|and|but|when)\s|$)"
)
# "had a grade 4 hepatitis": a harm by its grade.
GRADED = regex.compile(r"^grade\s*[≥>]?\s?\d")
# "died of treatment-related causes", "died from sepsis": a death with its cause.
DIED_OF = regex.compile(
    PEOPLE_AND_GROUP
    + r"(?P<what>died\s+(?:of|from|due to|because of|as a result of)\s+(?:an?\s+|the\s+)?(?P<cause>[\p{L}-]+"
    r"(?:\s+(?!at\b|in\b|by\b|after\b|within\b|during\b|compared\b|and\b|but\b)[\p{L}-]+){0,4}))"
)
# "were hospitalised": a participle that is an outcome where it is a share of those counted.
TAKEN = {
    **dict.fromkeys(("readmitt", "rehospitali"), "readmission"),
    **dict.fromkeys(("reoperat", "re-operat"), "reoperation"),
    "hospitali": "hospitalization",
    "intubat": "intubation",
    "cured": "cure",
    "healed": "healing",
    "infected": "infection",
    "discharg": "discharge",
    "transfus": "transfusion",
    "amputat": "amputation",
}
PARTAKEN = regex.compile(PEOPLE_AND_GROUP + rf"(?:were|was)\s+(?P<what>(?P<stem>{'|'.join(TAKEN)})\w*)")
TREATMENT = regex.compile(r"\b(?:treatment|drug|therapy|procedure|vaccine|device|toxicit)", regex.IGNORECASE)
LANDMARK = regex.compile(r"^\W*(?:At|By|After)\s+(?:\w+\s+)?(?:\d+|one|two|three|six|day|week|month|year)\b")
PARTICIPLE = regex.compile(r"(?:\w+ed|\w+en|men|women|male|female|given|taken|lost|seen|found)$")
NOUN_IN = regex.compile(
    r"(?:^|[.;,]\s*|\b(?:disease|tumou?r|objective|confirmed|the|an?|(?P<site>intra|extra)-?cranial)\s+)"
    r"(?P<noun>[Pp]rogression|[Rr]elapse|[Rr]ecurrence|[Rr]esponse)\s+(?:was|were)\s+"
    r"(?:documented|observed|seen|recorded|reported|noted|found|achieved)\s+(?:in|by|among)\s+(?:only\s+)?$"
)


def befell(clause: Clause, count: CountMention, limit: int) -> EndpointMention | None:
    """What the people of a count are said to have done up to `limit`: "seroconverted", "had a response"."""
    text, start = clause.contents.words(count.span.end, limit), count.span.end
    match = BEFELL.match(text)
    if match is not None:
        return outcome_named(start + match.start("verb"), match["verb"], CODES.get(match["verb"], match["verb"]))
    match = HAD_NOUN.match(text)
    if match is not None:
        return outcome_named(start + match.start("noun"), match["noun"], NOUN_CODES[match["noun"]], match["site"])
    match = STOPPED.match(text)
    if match is not None:
        return outcome_named(start + match.start("what"), match["what"], "AE")
    match = ACHIEVED.match(text)
    if match is not None:
        return outcome_named(start + match.start("what"), match["what"], match["what"].lower())
    match = DIED_OF.match(text)
    if match is not None:
        code = "AE" if TREATMENT.search(match["cause"]) else f"death from {match['cause']}"
        return outcome_named(start + match.start("what"), match["what"], code)
    match = PARTAKEN.match(text)
    if match is not None and _is_share(clause, count):
        return outcome_named(start + match.start("what"), match["what"], TAKEN[match["stem"]])
    match = HAD.match(text)
    graded = match is not None and GRADED.match(match["what"]) is not None
    if match is not None and (graded or _compared(clause, count)):
        return outcome_named(start + match.start("what"), match["what"], "AE" if graded else _lowered(match["what"]))
    match = BECAME.match(text)
    if match is None or PARTICIPLE.search(match["what"]) or not _tested(clause, count):
        return None
    return outcome_named(start + match.start("what"), match["what"], CODES.get(match["what"], match["what"].lower()))


# "... because of pneumonitis and 1 (1%) because of colitis": the next count's own cause.
CAUSE = regex.compile(
    r"^\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:patients?\s+)?(?P<what>(?:because of|due to|owing to|for|from|of)\s+"
    r"(?!the\s|whom|them|these)"
    r"\p{Ll}[\p{L}-]{3,}(?:\s(?!and\b|in\b|with\b)\p{Ll}[\p{L}-]+){0,3})"
)


def other_cause(clause: Clause, count: CountMention, before: EndpointMention | None) -> EndpointMention | None:
    """What a count adds to the harms that the one before it began to tell of; null where it is of the same."""
    if before is None or before.code != "AE":
        return None
    match = CAUSE.match(clause.contents.words(count.span.end, count.span.end + 90))
    if match is None or any(e.span.start >= count.span.end for e in clause.contents.endpoints if e is before):
        return None
    return outcome_named(count.span.end + match.start("what"), match["what"], "AE")


def _lowered(words: str) -> str:
    """Words as an outcome's name: in small letters where no short form stands among them."""
    return words if regex.search(r"[A-Z]", words[1:]) else words.lower()


def _compared(clause: Clause, count: CountMention) -> bool:
    """Whether the share of people that a count is of is set against another group's share before it, or tested."""
    before = [c for c in clause.contents.counts if c.unit == "patients" and c.span.end <= count.span.start]
    shared = [c for c in (*before[-1:], count) if _is_share(clause, c)]
    return len(shared) == 2 and (count.of is not None) == (before[-1].of is not None)


def _is_share(clause: Clause, count: CountMention) -> bool:
    """Whether a count is printed with its whole or its share."""
    after = clause.contents.words(count.span.end, count.span.end + 10)
    return count.of is not None or regex.match(r"\s*[(\[][\d.]+\s?%", after) is not None


def _tested(clause: Clause, count: CountMention) -> bool:
    """Whether a share of people is set against another's, or read at a landmark: its predicate is an outcome."""
    contents = clause.contents
    tests = [*(m.span for m in contents.measures), *(p.span for p in contents.p_values)]
    effect = any(span.start > count.span.end for span in tests)
    return _is_share(clause, count) and (effect or LANDMARK.match(contents.text) is not None)


def outcome_named(start: int, text: str, code: str, site: str | None = None) -> EndpointMention:
    return EndpointMention(
        span=Span(start, start + len(text)),
        code=code,
        family="event",
        text=text,
        site=None if site is None else "intracranial" if site == "intra" else "extracranial",
        rule="endpoint:befell",
    )


def seen(start: int, text: str) -> EndpointMention | None:
    """What occurred or was seen in people, where no vocabulary has a name for it: "mycosis fungoides occurred in"."""
    match = SEEN.search(text)
    if match is None or NO_OUTCOME.search(match["what"]):
        return None
    what = match["what"]
    return outcome_named(start + match.start("what"), what, "AE" if match["arose"] else what.lower())
