"""A fold in its sentence in, whether it is a ratio of risks and what the risk is of out ("a 2.7-fold risk of X")."""

import regex

from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.mention import EndpointMention

# "2.7-fold (2.6% vs 0.6%) increased risk": a ratio without an interval.
OF_RISK = regex.compile(
    r"^\s?(?:\([^()]*\)\s)?(?:increased?|higher|greater|elevated|lower|reduced|excess)\s(?:in\s(?:the\s)?)?(?:relative\s)?"
    r"(?:risk|odds|incidence|likelihood|hazard|mortality|prevalence|rate)s?\b"
)
# Between a fold of risk and its interval: "a 1.3-fold increased risk of stroke (95% CI".
BEFORE_INTERVAL = regex.compile(
    r"\b(?:risk|odds|rate|incidence|likelihood)\s+of\s+(?P<what>[^.;,()\d]{3,50}?)\s*[(\[]?$"
)
BEHIND = regex.compile(
    r"^\s?(?:\([^()]*\)\s)?\w+\s(?:in\s(?:the\s)?)?(?:relative\s)?(?:risk|odds|rate|incidence|likelihood|hazard)s?\sof\s"
    r"(?P<what>[^.;,()\d]{3,50}?)(?=\s*(?:[.;,()]|$)|\s(?:and|in|among|than|compared|with|for|when|after|during)\b)"
)


def is_of_risk(contents: Contents, fold: Span) -> bool:
    """Whether the words behind a fold say that a risk is higher or lower by it."""
    return OF_RISK.match(contents.words(fold.end, fold.end + 60)) is not None


def outcome_of_fold(contents: Contents, fold: Span, interval: Span | None) -> EndpointMention | None:
    """What a fold of risk is of, where the words behind it say; its interval, if printed, ends them."""
    if interval is None:
        match = BEHIND.match(contents.words(fold.end, fold.end + 120))
    else:
        match = BEFORE_INTERVAL.search(contents.words(fold.end, interval.start))
    if match is None:
        return None
    span = Span(fold.end + match.start("what"), fold.end + match.end("what"))
    named = next((e for e in contents.endpoints if span.overlaps(e.span)), None)
    what = match["what"]
    return named or EndpointMention(span=span, code=what, family="event", text=what, rule="endpoint:of_fold")
