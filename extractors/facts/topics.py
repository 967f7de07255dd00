"""Paragraphs with what stands in them in, the outcome each is about out, as its heading or opening words name it."""

from collections import Counter
from collections.abc import Sequence

import regex

from extractors.facts.sentence import Contents, MentionIndex
from schemas.anchor import Span
from schemas.document import Document, Sentence
from schemas.mention import EndpointMention

EFFECT_FAMILIES = frozenset({"event", "time_to_event", "response"})
# Names that are no outcome of their own.
GENERAL = frozenset({"primary endpoint", "secondary endpoint", "incidence", "follow-up", "efficacy", "event rate"})
# A heading run in at the start of a paragraph has no verb: "All-cause mortality.", "3.6.1. Nausea within 6 hours."
VERB = regex.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|can|could|did|does|do|show\w*|report\w*|found|reduc\w*|improv\w*"
    r"|increas\w*|decreas\w*|includ\w*|remain\w*|occur\w*|compar(?:ed|es?))\b"
)
LONGEST_HEADING = 12  # words


def find_topics(
    document: Document, index: MentionIndex, sentences: Sequence[tuple[Sentence, Contents]]
) -> dict[int, EndpointMention]:
    """The outcome of each paragraph that has one, by paragraph: a heading, or one run in, holds until the next."""
    headed = _headed(document, index)
    topics: dict[int, EndpointMention] = {}
    run_in: dict[str, EndpointMention | None] = {}
    paragraph = -1
    for sentence, contents in sentences:
        if sentence.paragraph == paragraph or sentence.role != "body":
            continue
        paragraph, section = sentence.paragraph, sentence.section_id
        only = _only(contents)
        if is_run_in(contents):
            run_in[section] = only
        topic = run_in.get(section) or headed.get(section)
        if topic is not None:
            topics[paragraph] = topic
    return topics


def is_run_in(contents: Contents) -> bool:
    """Whether a paragraph's first sentence is a heading that names an outcome."""
    brief = len(contents.text.split()) <= LONGEST_HEADING
    return brief and bool(contents.endpoints) and not contents.values and VERB.search(contents.text) is None


def _headed(document: Document, index: MentionIndex) -> dict[str, EndpointMention]:
    found: dict[str, EndpointMention] = {}
    for paragraph in document.paragraphs:
        if paragraph.kind == "heading" and (only := _only(index.cut(paragraph.span))) is not None:
            found[paragraph.section_id] = only
    return found


def _only(contents: Contents) -> EndpointMention | None:
    """The one outcome that a stretch of text names; null where it names none or several."""
    named = {e.code: e for e in contents.endpoints if e.code not in GENERAL}
    return next(iter(named.values())) if len(named) == 1 else None


def usual_endpoint(sentences: Sequence[Contents]) -> EndpointMention | None:
    """The outcome a document speaks of most: what an effect is of whose own paragraph names none."""
    told = [e for contents in sentences for e in contents.endpoints if may_be_usual(e)]
    codes = Counter(e.code for e in told)
    return max(told, key=lambda e: codes[e.code], default=None)


NAME = r"[\p{L}][\p{L}\d/'’-]*"
RISKS = (
    regex.compile(
        rf"\b(?:risks?|incidence|prevention|prevalence|odds|development|occurrence)\s+of\s+(?:the\s+)?"
        rf"(?P<what>{NAME}(?:\s(?!(?:in|and|among|with|by|for|from|or|after)\b){NAME}){{0,3}})",
        regex.IGNORECASE,
    ),
    regex.compile(
        rf"\b(?P<what>(?!and\b|the\b|of\b|on\b|at\b){NAME}(?:\s(?!the\b|and\b|or\b){NAME})?)\s+risk\b", regex.IGNORECASE
    ),
)
NO_RISK = regex.compile(
    r"\b(?:bias|and|the|of|high|low|increased|reduced|relative|absolute|at|fall)\b", regex.IGNORECASE
)


def titled_risk(titles: Sequence[Contents]) -> EndpointMention | None:
    """What a title says the risk is of: of what a bare effect is where the document has no name for any outcome."""
    for contents in titles:
        match = next((m for pattern in RISKS if (m := pattern.search(contents.text)) is not None), None)
        if match is not None and NO_RISK.search(match["what"]) is None:
            span = Span(contents.span.start + match.start("what"), contents.span.start + match.end("what"))
            words = match["what"]
            code = words if regex.search(r"[A-Z]{2}", words) else words.lower()
            return EndpointMention(span=span, code=code, family="event", text=words, rule="endpoint:of_title")
    return None


def usual_measure(sentences: Sequence[Contents]) -> EndpointMention | None:
    """What a document measures on a scale more often than all else: what a bare "mean change" is of."""
    told = [e for contents in sentences for e in contents.endpoints if e.family == "continuous"]
    codes = Counter(e.code for e in told)
    kin = {code: sum(n for other, n in codes.items() if _words(code) & _words(other)) for code in codes}
    code = max(codes, key=lambda c: (kin[c], codes[c]), default="")
    return next(e for e in told if e.code == code) if 2 * kin.get(code, 0) > len(told) else None


SCALE = regex.compile(r"^(?P<scale>[a-z]{0,2}[A-Z][A-Za-z]*[A-Z][A-Za-z]*)\s?\d")
FEWEST_POINTS = 3


def usual_scale(sentences: Sequence[Contents]) -> EndpointMention | None:
    """The scale whose points define a document's outcomes ("mRS 0-2"): what a common odds ratio is a shift on."""
    told = [(m["scale"], e) for c in sentences for e in c.endpoints if (m := SCALE.match(e.code)) is not None]
    scales = Counter(scale for scale, _ in told)
    scale, times = max(scales.items(), key=lambda item: item[1], default=("", 0))
    if times < FEWEST_POINTS:
        return None
    first = next(e for name, e in told if name == scale)
    return first.model_copy(update={"code": f"{scale} shift", "text": scale, "rule": "endpoint:ordinal"})


def _words(code: str) -> frozenset[str]:
    """The words of an outcome's name that may name its kin: "weight" of "weight change"."""
    return frozenset(code.casefold().split()) - {"change", "loss", "score", "rate", "total", "of", "in", "the"}


def may_be_usual(endpoint: EndpointMention) -> bool:
    """Whether a bare effect may be of this outcome: harms are named where a ratio is printed for them."""
    return endpoint.family in EFFECT_FAMILIES and endpoint.code != "AE"
