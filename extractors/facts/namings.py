"""A sentence's endpoint mentions in, those that name what its numbers are of, in their fullest words, out."""

from collections.abc import Sequence

import regex

from extractors.facts.sentence import Contents, brackets_around
from schemas.anchor import Span
from schemas.mention import EndpointMention

# "ORR, the primary endpoint, was 54%", "the primary endpoint of ORR": the general name adds nothing.
APPOSED = regex.compile(r"^[\s),(:]*(?:of|which was|was|as|is|the|its|a|,|\s)*$")
GENERAL = frozenset({"primary endpoint", "secondary endpoint"})


def named_outside(contents: Contents) -> list[EndpointMention]:
    """The endpoints of a sentence but those that only define another in brackets ("primary endpoint (A, B or C)")."""
    numbers = [m.span for kind in (contents.values, contents.counts, contents.intervals) for m in kind]
    kept: list[EndpointMention] = []
    for endpoint in contents.endpoints:
        fence = brackets_around(contents, endpoint.span)
        led = fence is not None and any(0 <= fence.start - e.span.end <= 2 for e in kept)
        if not led or fence is None or any(fence.holds(n) for n in numbers):
            kept.append(endpoint)
    kept = [e for i, e in enumerate(kept) if e.code not in GENERAL or not _apposed(contents, kept, i)]
    kept = [e for i, e in enumerate(kept) if not i or not _is_test(contents, kept[i - 1], e)]
    return [_particular(contents, e) if e.code in FREQUENCIES else e for e in kept]


# "the sensitivity and specificity of D-dimer were": a test, of which accuracy is told.
ACCURACY = frozenset(
    {
        *(
            "sensitivity",
            "specificity",
            "diagnostic accuracy",
            "positive predictive value",
            "negative predictive value",
        ),
        *("positive likelihood ratio", "negative likelihood ratio"),
    }
)
OF_TEST = regex.compile(
    r"^\s(?:\([^()]*\)\s)?(?:of|for)\s(?:(?!and\b|with\b|but\b)[\p{L}-]+\s){0,4}?(?:(?:for|in|detecting)\s)?(?:the\s|an?\s)?$"
)


def _is_test(contents: Contents, before: EndpointMention, endpoint: EndpointMention) -> bool:
    """Whether an endpoint is only the test whose accuracy the one before it is."""
    return before.code in ACCURACY and OF_TEST.match(contents.words(before.span.end, endpoint.span.start)) is not None


# "the prevalence of VDD among patients was": a frequency's name, and of what.
FREQUENCIES = frozenset({"incidence", "prevalence"})
OF_WHAT = regex.compile(
    r"^\s+of\s+(?:the\s+|an?\s+|any\s+)?(?P<what>[\p{L}][\p{L}\d/'’()-]*(?:\s(?!(?:in|among|with|was|were|is"
    r"|are|at|by|on|for|and|from|between"
    r"|across|during|after|per|of|to|had|did|reporting|who)\b)[\p{L}\d/'’()-]+){0,4})"
)
NOBODY = regex.compile(
    r"\b(?:patients?|participants?|people|women|men|adults|children|events?|outcomes?|which|this|that|these)\b"
)


def _particular(contents: Contents, endpoint: EndpointMention) -> EndpointMention:
    """A frequency as that of what its words say it is of, where the vocabulary has no name for that."""
    match = OF_WHAT.match(contents.words(endpoint.span.end, endpoint.span.end + 90))
    if match is None or NOBODY.search(match["what"]):
        return endpoint
    span = Span(endpoint.span.end + match.start("what"), endpoint.span.end + match.end("what"))
    kinds = (contents.endpoints, contents.drugs, contents.studies)
    if any(m.span.overlaps(span) for kind in kinds for m in kind):
        return endpoint
    words = match["what"]
    code = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    whole = Span(endpoint.span.start, span.end)
    return endpoint.model_copy(update={"code": code, "text": words, "span": whole, "rule": "endpoint:frequency_of"})


def _apposed(contents: Contents, endpoints: Sequence[EndpointMention], i: int) -> bool:
    """Whether an endpoint stands right beside a more particular one."""
    pairs = [(j, j + 1) for j in (i - 1, i) if j >= 0 and j + 1 < len(endpoints)]
    return any(APPOSED.match(contents.words(endpoints[a].span.end, endpoints[b].span.start)) for a, b in pairs)
