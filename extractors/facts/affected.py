"""An effect in its sentence in, what its clause says was changed, where no vocabulary has a name for it, out."""

from collections.abc import Sequence

import regex

from extractors.facts.choices import Choice
from extractors.facts.draft import Draft
from extractors.facts.sentence import Contents
from extractors.facts.subjects import DONE, FOREIGN, LEAD, NAMELESS, QUALIFIED, START, WORD
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import EndpointMention

CHANGED = (
    r"(?:reduc|increas|improv|decreas|lower|rais|prevent|shorten|prolong|delay|enhanc|worsen|accelerat|alleviat"
    r"|attenuat|suppress|elevat"
    r"|predict)\w*"
)
CHANGE_IN = (
    r"(?:differences?|improvements?|reductions?|increases?|decreases?|declines?|changes?|rises?|falls?"
    r"|benefits?|effects?|impact|influence"
    r"|gains?|differ(?:ed)?(?:\s+from\s+[^()\d]{3,40}?)?)\s+(?:was\s+\w+\s+|were\s+\w+\s+)?(?:in|on|for|of)"
)
LINKED = (
    r"(?:associat\w+|correlat\w+|relat\w+|linked)\s+(?:with|to)|protect\w*\s+against|results?\s+in|resulted\s+in"
    r"|led\s+to"
)
LEVEL = (
    r"(?:(?:risks?|odds|incidence|rates?|occurrence|development|levels?|frequency|likelihood|prevalence"
    r"|numbers?|need|hazard|probability"
    r"|proportion|percentage)\s+(?:of|for)\s+(?:the\s+|an?\s+)?)"
)
RISK = r"(?:risks?|odds|incidence|rates?|occurrence|development|likelihood|prevalence|need|hazard|probability)"
LIKELY = (
    r"likely\s+to(?:\s+(?:have|achieve|experience|develop|reach|report|attain|suffer|need|require|undergo|show|be))?"
    r"|likelihood\s+of(?:\s+(?:having|achieving|experiencing|developing))?"
)
QUALITY = (
    r"(?:(?:an?|the|any|no|its|their|significantly?|statistically|overall|higher|lower|greater|increased"
    r"|reduced|decreased|improved|better"
    r"|modest|small|large|marked|more|less|fewer|shorter|longer|also)\s+)*"
)
# The brackets that the effect opens, or the comma before it: "(OR", "[WMD =", ", odds ratio".
OPENED = r"\s*[(\[,]\s*[^()\[\];\d]{0,70}(?:[(\[][^()\[\]]{1,30}[)\]][^()\[\];\d]{0,15})?$"
# Whom and when, between what was changed and its effect: "compared with placebo", "at 12 months", "in children".
TAIL = (
    r"(?:\s+(?:compared|versus|vs\.?|against|than|relative|irrespective|regardless|despite|across|per|whether|in|among"
    r"|at|with|by|when|after|during|within|over|between|for|from|under|following)\s"
    r"[^()\[\].;:]{1,90}?)?"
)
# "reduced transfusion (OR", "no difference in stool frequency (MD", "associated with the occurrence of AF (OR".
OBJECT = Gated(
    rf"\b(?:(?P<verb>{CHANGED}|needs?\s+for)|{CHANGE_IN}|{LINKED}|{RISK}\s+(?:of|for)|{LIKELY})\s+{QUALITY}"
    rf"(?P<level>{LEVEL}*)"
    rf"(?P<what>(?:{WORD}\s+){{0,6}}?{WORD})(?:\s*[(\[][^()\[\]\d]{{1,40}}[)\]])?{TAIL}{OPENED}",
    regex.IGNORECASE,
)
# "time to full activity was significantly shorter in the X group (WMD": the subject of the clause.
SUBJECT = Gated(
    rf"{START}{LEAD}(?P<what>(?:{WORD}\s+){{0,6}}?{WORD})\s+(?:(?:at|by|within|after|for)\s+(?:[\w-]+\s+){{1,3}}?)?"
    rf"{QUALIFIED}[^.;:()\d]{{0,80}}{OPENED}",
    regex.IGNORECASE,
)
# "Cure (RR = 0.9", "; lost to follow-up (RR 1.2": a label and its effect.
LABEL = regex.compile(
    rf"(?:^|[.;:]\s+|[)\]]\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|;\s*(?:and\s+)?))(?P<what>"
    rf"(?:{WORD}\s+){{0,4}}?{WORD})"
    rf"(?:\s*[(\[][^()\[\]\d]{{1,40}}[)\]])?{OPENED}"
)
# From an outcome to the brackets with its effect: no verb and nobody's group between.
LABELS = regex.compile(
    r"^(?:\s+(?!was|were|is|are|had|has|with|for|in|by|than|between|when|compared|using|among|of|to"
    r"|from)[^\s()\[\].;:,]+){0,4}\s*[(\[]"
)
AT_START = regex.compile(
    rf"(?:^|[.;:]\s+)(?P<what>(?:{WORD}\s+){{0,4}}?{WORD})(?:\s*[(\[][^()\[\]\d]{{1,40}}[)\]])?{OPENED}"
)
# Verbs and small words that no name of an outcome begins or ends with, and what tells whom instead of what.
EDGE = regex.compile(
    r"^(?:by|of|in|on|for|to|with|without|and|or|a|an|the|no|any|between|from|as|at|after|before|during"
    r"|observed|seen|found|noted|shown"
    r"|evident|under|about|around|over|within|across|among|per|though|although|albeit|even|also|only|especially"
    r"|particularly|respectively|vs|versus)\b"
    r"|\b(?:by|of|in|on|for|to|with|without|and|or|as|at|the|a|an|alone|\w+ly|smaller|larger|greater|higher"
    r"|lower|better|worse)$"
    r"|\b(?:appeared|seemed|remained|became|showed|did|does|do)\b|\b(?-i:[HOR]Rs?[a-z]+|P)\b",
    regex.IGNORECASE,
)
# What an effect's bracket names as the risk's bearer and not its outcome: "(RASSF1A, OR 2.1; RARb, OR 3.0)".
GENE = regex.compile(r"(?:(?=\w*\d)[A-Z][A-Z\d]+[A-Za-z]?|[A-Z]{2,}[a-z]\d?)")
LONGEST = 7  # words
REACH = 230  # characters back from an effect in which its clause is looked for


# From one clause to the next.
CLAUSE_ENDS = regex.compile(r"[;:]|,\s+(?:and|but|while|whereas|although)\b|[)\]]\s*,|\b(?:but|while|whereas)\b")


def affected(contents: Contents, place: Span, *, choice: Choice) -> EndpointMention | None:
    """What an effect's words say was changed, where the endpoint chosen for it stands in another clause or nowhere."""
    mention = choice.mention
    if mention is not None and choice.way in ("before", "after", "zip", "subject"):
        gap = contents.words(mention.span.end, place.start)
        if mention.span.start > place.start or CLAUSE_ENDS.search(gap) is None:
            return None
    kinds = (contents.values, contents.intervals)
    earlier = [m.span.end for kind in kinds for m in kind if m.span.end <= place.start]
    named = any(e.span.end <= place.start for e in contents.endpoints)
    return _named_by(contents, place, since=max(earlier, default=contents.span.start), named=named)


# "reduced pain by 1.2 points", "the mean difference in pain was -1.2 points".
MOVED = Gated(
    rf"\b(?:{CHANGED}|{CHANGE_IN})\s+{QUALITY}(?P<what>(?:{WORD}\s+){{0,5}}?{WORD})\s+(?:by|was|were|of)\s+"
    r"(?:(?:an?|only|about|average|mean|median|of)\s+)*$",
    regex.IGNORECASE,
)


def moved(contents: Contents, place: Span) -> EndpointMention | None:
    """What a difference at `place` is said to be in, where no vocabulary has a name for it."""
    text = contents.words(place.start - REACH, place.start)
    match = MOVED.search(text)
    if match is None or EDGE.search(match["what"]) or FOREIGN.search(match["what"]):
        return None
    start = place.start - len(text) + match.start("what")
    span = Span(start, start + len(match["what"]))
    kinds = (contents.drugs, contents.populations, contents.studies, contents.measures)
    if any(m.span.overlaps(span) for kind in kinds for m in kind):
        return None
    what = " ".join(match["what"].split())
    return EndpointMention(span=span, code=what, family="continuous", text=what, rule="endpoint:moved")


def _in_labels(contents: Contents, place: Span) -> bool:
    """Whether outcomes before an effect each stand right before their own brackets: "mortality (RR 0.9), cure (RR"."""
    before = [e.span.end for e in contents.endpoints if e.span.end <= place.start]
    return any(LABELS.match(contents.words(end, min(end + 45, place.start))) for end in before)


def _named_by(contents: Contents, place: Span, *, since: int, named: bool) -> EndpointMention | None:
    """What the words from `since` to an effect say was changed; `named`: whether an outcome stands before."""
    start = max(place.start - REACH, since, contents.span.start)
    text = contents.words(start, place.start)
    matches = [OBJECT.search(text), SUBJECT.search(text)]
    labels = LABEL if not named or _in_labels(contents, place) else AT_START
    for match in (*matches, None if any(matches) else labels.search(text)):
        found = _outcome(contents, place, match, start) if match is not None else None
        if found is not None:
            return found
    return None


def _outcome(contents: Contents, place: Span, match: "regex.Match[str]", start: int) -> EndpointMention | None:
    """The outcome of a match in words from `start`; null where it is none or the vocabulary has it."""
    span = Span(start + match.start("what"), start + match.end("what"))
    inside = [e for e in contents.endpoints if e.span.end > span.start and e.span.start < place.start]
    if inside:
        own = len(inside) == 1 and inside[0].span.overlaps(span) and inside[0].family in ("continuous", "count")
        return inside[0] if own else None
    # "reduced transfusion", "need for dialysis": what was done to people is an outcome where it was prevented.
    done = (match.re is OBJECT.pattern and (match["verb"] or match["level"])) or match.re is SUBJECT.pattern
    kinds = (() if done else contents.drugs, contents.studies, contents.measures, contents.populations)
    words = " ".join(match["what"].split())
    if any(m.span.overlaps(span) for kind in kinds for m in kind) or len(words) < 2 or len(words.split()) > LONGEST:
        return None
    if FOREIGN.search(words) or NAMELESS.search(words) or EDGE.search(words) or GENE.fullmatch(words):
        return None
    words = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    return EndpointMention(span=span, code=DONE.get(words, words), family="event", text=words, rule="endpoint:affected")


def counted_before(contents: Contents, place: Span, counted: Sequence[Draft]) -> Draft | None:
    """The last outcome counted before a p-value at `place`, where no other and no effect is named between them."""
    before = [d for d in counted if d.kind == "estimate" and d.place.end <= place.start and d.endpoint]
    if not before:
        return None
    told = [*(e.span for e in contents.endpoints), *(m.span for m in contents.measures)]
    named = any(before[-1].place.end <= span.start and span.end <= place.start for span in told)
    return None if named else before[-1]
