"""A sentence in, the groups of people it sets apart in words that no vocabulary lists out: "those aged 65 or over"."""

import regex

from extractors.facts.sentence import Contents
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import PopulationMention

PEOPLE = (
    r"(?:those|patients|participants|people|women|men|adults|children|individuals|subjects|persons|infants|adolescents"
    r"|recipients|carriers)"
)
# What sets them apart, and where the words for it end.
APART = (
    r"(?:(?P<lack>without|lacking)\s+(?:an?\s+)?|(?P<with>with|who\s+had|who\s+have|having|whose\s+\w+\s+had)\s+(?:an?\s+)?"
    r"|whose\s+(?=(?:[\w-]+\s+){1,4}(?:was|were|is|exceeded)\s)(?P<subject>(?:[\w-]+\s+){1,4}(?:was|were|is|exceeded)\s+)"
    r"|(?=(?:aged|older|younger|weighing|carrying|harbou?ring|at\s+(?:high|low|higher|lower|increased|intermediate)"
    r"|of\s+(?:carrying|non)|randomi[sz]ed\s+(?:at|within|more|less|after|before|beyond|early|late)"
    r"|treated\s+(?:at|within|after|before|beyond|early|late|continuously)\b"
    r"|presenting|in\s+(?:CR|PR|(?:complete\s+|partial\s+)?(?:remission|response))\b|who\s+(?:attained|achieved|continued|completed|responded)|not\s+\w+ing|ineligible|eligible)\b))"
)
WHAT = r"(?P<what>[^,;:()\[\]]{3,90}?)"
END = (
    r"(?=\s*(?:[,;:()\[\]]|[.](?:\s|$)|$)|\s+(?:was|were|had|has|have|is|are|did|received|(?<!\b(?:more|less|fewer|later|earlier|older|younger|greater|higher|lower)\s)than|compared|versus|vs|while|whereas|but|showed"
    r"|derived|fared|experienced|died|indicated|suggested|demonstrated|revealed|reported|achieved|developed|responded|survived|appeared"
    r"|averaged|took|gave|lived|fell|rose|dropped|improved|reached|gained|lost|stopped|discontinued|relapsed"
    r"|seemed|tended|benefited|underwent|remained|declined|may|might|could|would|can|will|do|does|also|the|respectively|reaching|against|as\s+against|as\s+opposed|at\s+(?:week|month|day|\d)"
    r"|and\s+(?:in|of|for|among|by|those|the|to|was|were|\d+)|on\s+the|in\s+the|with\s+\w+\s+versus)\b)"
)
SET_APART = Gated(
    rf"(?<!\b(?:proportions?|percentages?|shares?|numbers?|fractions?|rates?|majority|likelihood|probability)\s)"
    rf"\b(?P<lead>in|among|amongst|for|of|than\s+in|by|from)\s+(?:the\s+|all\s+)?(?P<people>{PEOPLE})\s+{APART}{WHAT}{END}",
    regex.IGNORECASE,
)
# "the endometrial cohort", "a prespecified subgroup with an NIHSS of 10 or more".
NAMED = Gated(
    r"\b(?:in|within|for|among|of|from)\s+(?:the|an?)\s+(?:prespecified\s+|predefined\s+|small\s+|smaller\s+|larger\s+)?"
    r"(?P<what>(?:[\p{L}\d][\p{L}\d/+‐‑-]*\s+){1,3})(?P<noun>sub-?group|cohort|sub-?set|sub-?population|population|stratum)"
    r"(?!\s+(?:of(?!\s+\d)|with|study|analys|that|in\s+which|who))\b",
    regex.IGNORECASE,
)
WITH_TRAIT = Gated(
    rf"\b(?:in|within|for|among)\s+(?:the|an?)\s+(?:[\w-]+\s+)?(?:sub-?group|sub-?set|stratum)\s+(?:of\s+{PEOPLE}\s+)?with\s+(?:an?\s+)?"
    rf"{WHAT}{END}",
    regex.IGNORECASE,
)
# "bio-experienced patients", "in statin-intolerant people": a trait that a hyphen joins to what it is of.
JOINED = Gated(
    rf"(?<![\w‐‑–-])(?P<what>[\p{{L}}\d]+[‐‑–-](?:experienced|na[iï]ve|intolerant|positive|negative|deficient|proficient|mutated|mutant|refractory"
    rf"|resistant|sensitive|dependent|infected|exposed|unexposed|high|low|responsive|unresponsive|eligible|ineligible))\s+(?:{PEOPLE}|tumou?rs|disease)\b"
)
# "between those with (HR 0.87, ...) and without (HR 0.87, ...) previous disease": the trait said once, behind both.
WITH_AND_WITHOUT = Gated(
    rf"\b(?P<with>(?:{PEOPLE}\s+)?with)\s*\([^()]*\)\s*(?:,\s*)?(?:and|or|versus|vs\.?|against)\s+(?:in\s+)?(?P<without>(?:{PEOPLE}\s+)?without)\s*\([^()]*\)\s*"
    rf"{WHAT}{END}",
    regex.IGNORECASE,
)
PAIRED = "population:with_and_without"
# Words that tell which study or arm it is, and no part of its people.
WHOLE = regex.compile(
    r"\b(?:same|overall|entire|whole|total|study|trial|itt|intention|intent|placebo|control|treatment|treated|active|combination|safety"
    r"|per-protocol|full|first|second|third|fourth|former|latter|this|that|these|other|expansion|retrospective|prospective|multicent\w+"
    r"|real-world|national|nationwide|registry|matched|propensity\S*|observational|community|screened|general|target|patient|dose|phase"
    r"|intervention|experimental|randomi[sz]ed|original|initial|final|main|analysis|analytic|evaluable|different|large|small|single"
    r"|international|independent|historical|comparator|vaccine|drug|respective|corresponding|and|or|of"
    r"|higher|lower|birth|mixed|modified|pooled|combined|primary|secondary|our|one|two|three|four|each|both|either|any|an?|the|to|with"
    r"|reference|unexposed|exposed|surgical|medical|test|standard)\b",
    regex.IGNORECASE,
)
# Before plain people; the first two also where their study is named for the first time.
LEADS = ("in", "among", "amongst", "of", "for")
OUTCOME_OF = regex.compile(r"%\s+of\s+(?:the\s+|all\s+)?$")
# "among those without", "in those without it": the others of the group before.
WITHOUT_IT = regex.compile(
    r"those\s+(?P<without>without(?:\s+(?:it|them|this|these|the\s+(?:disease|condition|mutation)))?)(?=\s*[.,;:(\[)]|\s+(?:was|were|had|it)\b|$)",
    regex.IGNORECASE,
)
SHARES_NOUN = regex.compile(
    r"\b(?:with|in|for|among|of|between|both)\s(?P<kind>\p{Ll}[\p{Ll}-]{3,})\s(?:and|or|versus|vs\.?|against)"
    r"\s(?:[\d.]+\s?%?\s(?:\([^()]*\)\s)?(?:with|in|for|among|of)\s)?$"
)
# Of those with these words nothing is told that sets them apart for good.
NO_TRAIT = regex.compile(
    r"^(?:previously|recently|already|also|never|not|either)$|^(?:the|an?|no|sex|both|either|data|available|results|respect|regard|placebo|control|similar|same|comparable|response|outcome|events?)\b"
    r"|\b(?:assigned|allocated|given|receiving|placebo|controls?|versus|arm|arms|drug|dose)\b|\b(?:with|of|who|more|by|to|for|at)$"
    r"|(?<!(?:\b(?:of|than|least|most|below|above|under|over|to)\s|[≥≤<>]\s?))(?<![\d.])\d[\d.]*\s?%|\bn\s?=",
    regex.IGNORECASE,
)
# Drugs that people had before are no arm of theirs.
TAKEN = regex.compile(
    r"\b(?:history|prior|previous|previously|failure|refractory|resistan\w+|intoleran\w+|intolerance|naive|experienced|exposure|exposed"
    r"|inadequate|ineligible|eligible|contraindicat\w+)\b",
    regex.IGNORECASE,
)
BARE = frozenset(
    f"{lead}{who}" for lead in ("", "in ", "among ") for who in ("men", "women", "children", "adults", "adolescents")
)


def described_groups(contents: Contents, *, carried: bool) -> list[PopulationMention]:
    """The groups set apart in words; of plain "patients" only where their study was told of before (`carried`)."""
    found = [*_set_apart(contents, carried=carried), *_named(contents)]
    for match in WITH_AND_WITHOUT.finditer(contents.text):
        what = " ".join(match["what"].split())
        for word, label in (("with", what), ("without", f"without {what}")):
            group = _mention(contents, match.start(word), match.end(word), label)
            found.append(group.model_copy(update={"rule": PAIRED}))
    if carried:
        found += [_mention(contents, m.start("what"), m.end(), m["what"]) for m in JOINED.finditer(contents.text)]
    return [p for p in found if TAKEN.search(p.label) or not any(p.span.overlaps(d.span) for d in contents.drugs)]


def _set_apart(contents: Contents, *, carried: bool) -> list[PopulationMention]:
    """People with what sets them apart: "those aged 65 or over", "women at high risk"."""
    found: list[PopulationMention] = []
    matches = list(SET_APART.finditer(contents.text))
    contrasted = len(matches) > 1 and any(m["people"].casefold() == "those" for m in matches)
    for match in matches:
        place = match.start("people")
        missing = WITHOUT_IT.match(contents.text, place)
        if missing is not None:
            if found:
                found.append(_mention(contents, place, missing.end("without"), f"without {found[-1].label}"))
            continue
        what = " ".join([*(match["subject"] or "").split(), *match["what"].split()])
        if not _may_be_plain(contents, match, contrasted=contrasted, carried=carried) or NO_TRAIT.search(what):
            continue
        found.append(_mention(contents, place, match.end("what"), f"without {what}" if match["lack"] else what))
    return found


def _may_be_plain(contents: Contents, match: "regex.Match[str]", *, contrasted: bool, carried: bool) -> bool:
    """Whether plain "patients" are set apart as "those" always are: by a contrast, or in a study told of before."""
    if match["people"].casefold() == "those":
        return True
    if match["with"] and OUTCOME_OF.search(contents.text, 0, match.start("people")):
        return False  # "8% of patients with adverse events" had them
    return contrasted or match["lead"].casefold() in (LEADS if carried else LEADS[:2])


def _named(contents: Contents) -> list[PopulationMention]:
    """Groups by a name of their own: "the endometrial cohort", "a subgroup with an NIHSS of 10 or more"."""
    found: list[PopulationMention] = []
    for match in NAMED.finditer(contents.text):
        what, noun = " ".join(match["what"].split()), match["noun"].casefold()
        if not WHOLE.search(what):
            label = f"{what} {noun}" if noun == "cohort" else what
            found.append(_mention(contents, match.start("what"), match.end("noun"), label))
    return found + [
        _mention(contents, m.start("what"), m.end("what"), " ".join(m["what"].split()))
        for m in WITH_TRAIT.finditer(contents.text)
    ]


def with_described(contents: Contents, *, carried: bool) -> list[PopulationMention]:
    """The kinds of patients in a sentence, known and described, in order; of two in one place the known one.

    One that names bare sex or age gives way: "women at high risk of progression".
    """
    known = _with_sharers(contents)
    described = described_groups(contents, carried=carried)
    free = [d for d in described if all(not d.span.overlaps(k.span) or k.label.casefold() in BARE for k in known)]
    kept = [k for k in known if not any(d.span.overlaps(k.span) for d in free)]
    return sorted([*kept, *free], key=lambda p: p.span)


def _with_sharers(contents: Contents) -> list[PopulationMention]:
    """The known kinds of patients, with those that share their noun: "in stable and active brain metastases"."""
    known = list(contents.populations)
    for group in contents.populations:
        first, _, noun = group.label.partition(" ")
        printed = contents.words(group.span.start, group.span.end)
        match = SHARES_NOUN.search(contents.words(contents.span.start, group.span.start))
        if match is None or not noun or printed.split()[0].casefold() != first.casefold():
            continue
        start = match.start("kind")
        place = Span(contents.span.start + start, contents.span.start + match.end("kind"))
        if not any(k.span.overlaps(place) for k in known):
            known.append(_mention(contents, start, match.end("kind"), f"{match['kind']} {noun}"))
    return sorted(known, key=lambda p: p.span)


def _mention(contents: Contents, start: int, end: int, label: str) -> PopulationMention:
    """A group at a place of the sentence's text."""
    offset = contents.span.start
    return PopulationMention(span=Span(offset + start, offset + end), label=label, rule="population:described")
