"""Endpoint hits in, endpoint mentions with site and statistic from the words beside them out."""

import regex

from extractors.mentions.endpoint_names import name_endpoint
from extractors.mentions.vocabulary import Hit, in_plain
from schemas.anchor import Span
from schemas.evidence import Site
from schemas.lexicon import Endpoint
from schemas.mention import EndpointMention

INTRACRANIAL = r"(?:intra-?cranial|CNS|central nervous system|brain|cerebral|IC)"
EXTRACRANIAL = r"(?:extra-?cranial|non-CNS|systemic|ex-?CNS)"
BETWEEN = r"[\s-]+(?:(?:best|overall|confirmed|objective|median|tumou?r|complete|partial|CNS)[\s-]+){0,3}"
SITE_BEFORE = regex.compile(rf"\b(?:(?P<intra>{INTRACRANIAL})|(?P<extra>{EXTRACRANIAL})){BETWEEN}$", regex.IGNORECASE)
SITE_AFTER = regex.compile(
    r"^(?:\s*\([\w-]+\))?[\s)]*(?:rates?|values?)?\s*(?:(?:for|of|in) (?:the )?(?:\w+ )?"
    rf"(?:(?P<intra>{INTRACRANIAL})|(?P<extra>{EXTRACRANIAL}))"
    r" (?:metasta|lesion|disease|tumou?r)|\((?P<short>intracranial|CNS|extracranial)\))",
    regex.IGNORECASE,
)
OWN_SITE = regex.compile(rf"{INTRACRANIAL}\b", regex.IGNORECASE)
# "median" stands before ("median PFS", "median duration of response") or is part of the short form ("mPFS").
MEDIAN = regex.compile(r"\b(?:median|Median)\b[\w\s,-]{0,25}$")
MEDIAN_SHORT = regex.compile(r"m(?!RS|TICI)[A-Z]")  # the modified Rankin scale is no median
MEAN = regex.compile(r"\b(?:mean|Mean|average|Average)\b[\w\s,-]{0,25}$")


# "pathologic response rate", "virologic response": no response of tumours on a scan.
KIND_OF_RESPONSE = regex.compile(
    r"\b(?P<kind>pathologic(?:al)?|metabolic|molecular|ha?ematologic(?:al)?|biochemical|virologic(?:al)?|serologic(?:al)?|histologic(?:al)?"
    r"|cytogenetic|immune|antibody|endoscopic|platelet)\s+$",
    regex.IGNORECASE,
)
BARE_RESPONSE = regex.compile(r"responses?\b", regex.IGNORECASE)


def describe_endpoint(reading: str, hit: Hit) -> EndpointMention:
    """The mention of one endpoint hit."""
    entry = hit.entry
    assert isinstance(entry, Endpoint)
    before = in_plain(reading[max(hit.start - 60, 0) : hit.start])
    text = reading[hit.start : hit.end]
    statistic = (
        "median" if MEDIAN.search(before) or MEDIAN_SHORT.match(text) else "mean" if MEAN.search(before) else None
    )
    kind = KIND_OF_RESPONSE.search(before) if entry.code == "ORR" and BARE_RESPONSE.match(text) else None
    if kind is not None:
        return EndpointMention(
            span=Span(hit.start - len(before) + kind.start("kind"), hit.end),
            code=f"{kind['kind'].lower()} response",
            family=entry.family,
            text=f"{kind['kind']} {text}",
            site=None,
            statistic=statistic,
            rule=f"{hit.rule}+kind",
        )
    return EndpointMention(
        span=Span(hit.start, hit.end),
        code=name_endpoint(entry.code, text),
        family=entry.family,
        text=text,
        site=entry.site or _site(reading, hit, before),
        statistic=statistic,
        rule=hit.rule,
    )


def _is_harm(hit: Hit) -> bool:
    return isinstance(hit.entry, Endpoint) and hit.entry.code == "AE"


def _site(reading: str, hit: Hit, before: str) -> Site | None:
    if OWN_SITE.match(reading[hit.start : hit.end]):
        return "intracranial"
    match = SITE_BEFORE.search(before)
    if match is not None and (match["intra"] or not _is_harm(hit)):  # "systemic adverse events" are of the whole body
        return "intracranial" if match["intra"] else "extracranial"
    match = SITE_AFTER.match(in_plain(reading[hit.end : hit.end + 60]))
    if match is not None:
        extra = match["extra"] or (match["short"] or "").lower() == "extracranial"
        return "extracranial" if extra else "intracranial"
    return None
