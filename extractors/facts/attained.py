"""A share of people or a count with its share in, the outcome that the words behind it say they had out."""

import regex

from extractors.facts.befallen import PEOPLE
from extractors.facts.clause import Clause
from extractors.facts.phrases import OUTCOME_NOUN, WORD
from extractors.facts.sentence import Contents
from extractors.facts.subjects import FOREIGN, GOOD, NAMELESS
from schemas.anchor import Span
from schemas.mention import CountMention, EndpointMention

# Whom the share is of, up to the verb.
_WHOM = (
    rf"^\s*%?\s*[)\]]?\s*(?:(?:{PEOPLE})\s*)?(?:[(\[][^()\[\]]*[)\]]\s*)*(?:(?:{PEOPLE})\s*)?"
    r"(?:(?:of|in|with|on|among|from|given|receiving|assigned to|treated with|who received)\s+"
    r"(?!an?\s)[^.;:,()\d]{0,60}?\s)?(?:who\s+)?"
)
# What befalls people, what they come to, and what they are merely said to have.
_BEFELL = r"develop(?:ed)?|experience(?:d)?|suffer(?:ed)?(?:\sfrom)?|sustain(?:ed)?"
_CAME_TO = r"achieved|attained|maintained|regained|returned\sto|reached"
_HAD = r"had|have|showed|demonstrated|exhibited|obtained|reported"
# "remained AF-free", "remained free of seizures".
_FREE = r"remain(?:ed)?(?=\s(?:[\w-]+-free|free\s(?:of|from))\b)"
_END = (
    r"(?=\s*(?:[(\[,.;:]|$)|\s(?P<behind>at|by|within|after|during|compared|versus|vs|in|with|on|and|but|while|whereas"
    r"|from|over|for|to|than|when|because|following|under)\b)"
)
VERB = regex.compile(
    rf"{_WHOM}(?:had\s|have\s|(?:were|was)\s(?:reported|found|noted|observed|seen|shown)\sto\s(?:have\s)?)?(?P<verb>(?P<befell>{_BEFELL})|{_CAME_TO}|{_FREE}|(?P<needed>required|needed)|(?P<had>{_HAD}))\s+"
    rf"(?:an?\s|the\s|any\s|some\s|at\sleast\sone\s)?(?P<what>(?:{WORD}\s){{0,5}}?{WORD}){_END}"
)
# "eight of 10 RCTs (80%) reported": a share of papers or of those who wrote them.
OF_PAPERS = regex.compile(
    r"\b(?:RCTs?|stud(?:y|ies)|trials?|articles|reviews|reports|papers|authors|cent(?:er|re)s|hospitals|sites|countries)\s*[(\[]?\s*"
    r"(?:[\d.]+\s?%?\s?)?$"
)
OF_OTHERS = regex.compile(
    r"\bof\s(?:the\s|all\s)?(?:hospitals|cent(?:er|re)s|studies|trials|sites|physicians|clinicians|nurses|respondents|countries)\b"
)
# What people came with.
BROUGHT = regex.compile(
    r"(?:^\W*|\s)(?:[Aa]t|[Oo]n|[Bb]efore|[Pp]rior to)\s(?:study\s|hospital\s)?"
    r"(?:baseline|admission|presentation|enrol\w+|entry|diagnosis|inclusion|pregnancy|surgery|treatment|randomi[sz]ation)\b"
)
OUTCOME = regex.compile(rf"{OUTCOME_NOUN}$", regex.IGNORECASE)
LANDMARK = regex.compile(
    r"^\s(?:at|by|within|after)\s(?:the\s)?(?:\w+\s)?(?:\d|one\b|two\b|three\b|six\b|week\b|month\b|day\b|year\b|discharge|follow|end\b)"
)
# What people brought with them, measured or were given is nothing that they came to.
TRAIT = regex.compile(
    r"\b(?:histor\w+|prior|previous\w*|pre-?existing|past|comorbid\w*|baseline|stage|performance|hiv status|score|ages?"
    r"|weight|bmi|index|mutations?|amplifications?|rearrangements?|expression|tumou?rs?|metasta\w+|cancers?|carcinoma"
    r"|lines?|chemotherapy|therap(?:y|ies)|treatments?|access|data|samples?|follow-up|disease|diagnosis|symptoms? of"
    r"|enough|least|more|less|only|median|mean|department|hospital|clinic|age)\b",
    regex.IGNORECASE,
)


NEW = regex.compile(r"\b(?:carcinomas?|cancers?|metastas[ei]s|disease|tumou?rs?)$", regex.IGNORECASE)


def attained(contents: Contents, end: int) -> EndpointMention | None:
    """What the people of a share that ends at `end` came to or were befallen by, where no vocabulary has a name there.

    What they merely "had" is an outcome where it is called one or is read at a landmark.
    """
    text = contents.words(end, contents.span.end)
    match = VERB.match(text)
    if match is None or OF_PAPERS.search(contents.words(end - 30, end)) is not None:
        return None
    brought = BROUGHT.search(contents.words(contents.span.start, end)) or BROUGHT.match(text, match.end("what"))
    if brought is not None or OF_OTHERS.search(text, 0, match.start("verb")) is not None:
        return None
    words = " ".join(match["what"].split())
    nameless = match["needed"] is None and NAMELESS.search(words) is not None
    trait = TRAIT.search(words) is not None and (match["befell"] is None or NEW.search(words) is None)
    if FOREIGN.search(words) or nameless or trait or len(words) < 4:
        return None
    at_landmark = LANDMARK.match(text[match.end("what") :]) is not None
    if match["had"] is not None and not (OUTCOME.search(words) or at_landmark):
        return None
    span = Span(end + match.start("what"), end + match.end("what"))
    # "required surgery": what was done to people is an outcome where they came to need it
    drugs = contents.drugs if match["needed"] is None else ()
    kinds = (contents.endpoints, drugs, contents.studies, contents.measures, contents.values, contents.counts)
    if any(m.span.overlaps(span) for kind in kinds for m in kind):
        return None
    words = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    words = f"return to {words}" if match["verb"].startswith("returned") else words
    harm = match["befell"] is not None and GOOD.search(words) is None
    code = "AE" if harm else words
    return EndpointMention(span=span, code=code, family="event", text=words, rule="endpoint:attained")


# Behind a count its share: "(15%)", " patients (15%)".
SHARE = regex.compile(rf"^\s*(?:(?:{PEOPLE})\s*)?[(\[][<>~]?\s?[\d.]+\s?%")


def has_share(clause: Clause, count: CountMention) -> bool:
    """Whether a count is printed with its whole or its share."""
    return count.of is not None or SHARE.match(clause.contents.words(count.span.end, count.span.end + 24)) is not None


# "35 women on A developed thrombosis": of a count alone only what befell people is one.
BEFALLEN = regex.compile(rf"{_WHOM}(?:{_BEFELL})\b")


def came_to(clause: Clause, count: CountMention, limit: int) -> EndpointMention | None:
    """What a count of people is said to have come to, up to `limit`: "12 (15%) required dialysis"."""
    behind = clause.contents.words(count.span.end, clause.contents.span.end)
    told = has_share(clause, count) or BEFALLEN.match(behind) is not None
    found = attained(clause.contents, count.span.end) if told and count.unit == "patients" else None
    return None if found is None or found.span.end > limit else found
