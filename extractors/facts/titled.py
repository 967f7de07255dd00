"""A synthesis's title in, the exposure that it says outcomes are associated with out."""

from collections import Counter
from collections.abc import Sequence

import regex

from extractors.facts.armbook import Arm
from extractors.facts.exposures import LEVEL_RULES
from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.mention import EndpointMention

_OUTCOME = (
    r"(?:risks?|outcomes?|mortality|deaths?|survival|prognos[ei]s|incidences?|events?|prevalence|odds|progression|recurrence"
    r"|development|cancers?|carcinomas?|diseases?|complications?|readmissions?|hospitali[sz]ations?)"
)
_X = r"(?P<what>\p{L}[^:;.?]{3,80}?)"
ASSOCIATED = (
    # "Association between X and Y", "Relationship of X with the risk of Y"
    regex.compile(
        r"\b(?:associations?|relationships?|relations?|links?|correlations?)\s(?:(?P<two>between)|of)\s(?:the\s)?"
        rf"{_X}\s(?:(?(two)and)|with|to)\s(?:the\s)?",
        regex.IGNORECASE,
    ),
    # "X is associated with Y", "Increased X is a poor prognostic marker", "X predicts"
    regex.compile(
        rf"^\W*(?:the\s)?{_X}\s(?:is|are|was|were|as|serves as"
        rf"|predicts?)\s(?:an?\s)?(?:\p{{L}}+ly\s)?(?:associated|correlated|related|linked"
        r"|(?:independent\s|poor\s|adverse\s|noninvasive\s|non-invasive\s|significant\s)?(?:prognostic|predictive|risk|predictor))\b",
        regex.IGNORECASE,
    ),
    # "Prognostic value of X in Y", "Prognosis value of X expression in"
    regex.compile(
        r"\b(?:prognos\w+|predictive|clinicopathological)\s(?:and\s\w+\s)?(?:value|significance|role|impact|effects?|importance)\sof\s(?:the\s)?"
        rf"{_X}\s(?:in|on|for|among)\s",
        regex.IGNORECASE,
    ),
    # "X and the risk of Y", "X and cardiovascular outcomes across"
    regex.compile(rf"^\W*(?:the\s)?{_X}\sand\s(?:the\s)?(?:[\p{{L}}-]+\s){{0,3}}?{_OUTCOME}\b", regex.IGNORECASE),
)
# "the association between X and Y among Z", "link between X, Y and Z in W": the outcome that is looked at.
OUTCOME = regex.compile(
    r"\b(?:associations?|relationships?|relations?|links?|correlations?)\s(?:between|of)\s(?:the\s)?\p{L}[^:;.?,]{2,60}?"
    r"(?:,\s|\s(?:and|with|to)\s)(?:the\s)?(?:(?:risks?|incidence|odds|development|onset)\sof\s)?(?P<what>\p{L}[^:;.?()]{3,50}?)"
    r"(?:\s(?:among|in|for|of|by|across|after|during|with|using|risk|from)\b|\s?[:;.?(]|$)",
    regex.IGNORECASE,
)
# "Incidence, prevalence, and predictors of X", "X risk factors": what is looked at for how often it comes.
_FREQUENCY = (
    r"(?:incidence|prevalence|frequency|rates?|burden|epidemiology|predictors?|risk\sfactors?|determinants?"
    r"|prognostic\sfactors?)"
)
FREQUENCY = regex.compile(
    rf"\b{_FREQUENCY}(?:(?:,|,?\sand)\s(?:the\s)?{_FREQUENCY})*\s(?:of|for)\s(?:the\s)?(?P<what>\p{{L}}[^:;.?()]{{3,60}}?)"
    r"(?:\s(?:among|in|for|by|across|after|during|following|with|using|from|related)\b|\s?[:;.?(]|$)"
    r"|^\W*(?:Table\s\w+\W+)?(?P<what>\p{L}[\p{L}-]+(?:\s[\p{L}-]+){0,3}?)\s(?:risk\sfactors|predictors)\b",
    regex.IGNORECASE,
)
SHORT = regex.compile(r"\s*\([^()]*\)")
# What is looked at and no exposure: outcomes of a treatment, a test, a programme.
NO_EXPOSURE = regex.compile(
    r"\b(?:incidence|prevalence|predictors?|determinants?|efficacy|safety|effectiveness|screening|diagnos\w+|accuracy|management"
    r"|treatments?|trials?|evaluation|burden|costs?|quality|guidelines?|role|use of|how|what|is|does|versus|vs)\b",
    regex.IGNORECASE,
)
LONGEST = 8  # words
FEWEST = 2  # sentences that tell an exposure


def exposure_of_title(title: Contents) -> Arm | None:
    """The exposure of a synthesis of associations, in the title's words; null where a treatment is looked at."""
    for pattern in ASSOCIATED:
        match = pattern.search(title.text)
        if match is None:
            continue
        span = Span(title.span.start + match.start("what"), title.span.start + match.end("what"))
        words = " ".join(SHORT.sub("", match["what"]).split())
        several = regex.search(r",|\band\b", words) is not None
        if several or NO_EXPOSURE.search(words) or len(words.split()) > LONGEST:
            return None
        if any(d.span.overlaps(span) and d.span != span for d in title.drugs):
            return None
        words = words if words[1:2].isupper() else words[:1].lower() + words[1:]
        return Arm(span=span, drugs=(words,), role="experimental", grouped=True, rules=("arm:of_title",), active=1)
    return None


def associates(title: Contents) -> bool:
    """Whether a title says that something is looked at for what it is associated with."""
    return any(pattern.search(title.text) for pattern in ASSOCIATED)


def exposure_most_told(arms: Sequence[Sequence[Arm]]) -> Arm | None:
    """The level of something that most sentences set alone beside an effect; null where none is told twice."""
    alone = [found[0] for found in arms if len(found) == 1 and found[0].rules == LEVEL_RULES and found[0].drugs]
    told = Counter(a.drugs for a in alone).most_common(1)
    if not told or told[0][1] < FEWEST:
        return None
    return next(a for a in alone if a.drugs == told[0][0])


def outcome_of_title(told: Contents) -> EndpointMention | None:
    """The outcome that a title or a caption says something is associated with; null where it says no such thing."""
    match = OUTCOME.search(told.text) or FREQUENCY.search(told.text)
    if match is None or NO_EXPOSURE.search(match["what"]):
        return None
    span = Span(told.span.start + match.start("what"), told.span.start + match.end("what"))
    first, joined, _ = match["what"].rpartition(" and ")
    begun = Span(span.start, span.start + len(first))
    if joined and not any(e.span.overlaps(begun) for e in told.endpoints):  # "between tea, coffee and gout"
        span = Span(begun.end + len(joined), span.end)
    words = " ".join(told.words(*span).split())
    if any(d.span.overlaps(span) for d in told.drugs) or len(words.split()) > LONGEST:
        return None
    words = words if regex.search(r"[A-Z]{2}", words) else words.lower()
    return EndpointMention(span=span, code=words, family="event", text=words, rule="endpoint:of_title")
