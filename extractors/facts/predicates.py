"""A count of people and its clause in, the words that clause has for them out: "25 patients were untreated"."""

import regex

from extractors.facts.clause import Clause
from schemas.anchor import Span
from schemas.mention import CountMention, ValueMention

ENROL = regex.compile(
    r"\b(?:select|determin|consider|follow|identif|found|divid|stratif|available|enrol|includ|recruit|randomi[sz]"
    r"|assign|allocat|analy[sz]|evaluat|treated|receiv|participa|compris|involv|screen|eligible|with)\w*\b"
)
# "with available imaging data": a part of the patients.
AVAILABLE = regex.compile(r"^(?:an? )?(?:available|evaluable|measurable)\s+(?:[\w-]+\s+){1,3}[\w-]+")
WITH = regex.compile(r"^\s*%?[\s)\]]*(?:of\s+(?:them|whom|these|those)\s+)?with\s+(?:an?\s+)?(?P<what>[^.;:,()]{3,60})")
CLAUSE_END = regex.compile(
    r"\s+(?:and|at|while|but|or|for|in|who|that|the|were|was|had|took|lost|after|subjected|including|evaluated"
    r"|(?<!\bpreviously\s)(?<!\bheavily\s)treated"
    r"|averaged|achieved|experienced|showed|responded|died|gave|reached|underwent|lived|did|developed|reported|completed"
    r"|fell|rose|randomi[sz]ed|assigned|given|followed|whose|which"
    r"|select\w*|receiv\w*)"
    r"(?:\s.*|$)"
)
PREDICATE = regex.compile(
    r"^\s*%?[\s)\]]*(?:of (?:the |whom )?\w*\s*)?(?P<verb>were|was|had|harbou?red)\s+(?:an?\s+)?"
    r"(?P<what>[^.;:,()]{3,70})"
)
# What was done with people, what a test found, what is compared: nobody's trait ("had been randomised", "was seen").
DONE = regex.compile(
    r"(?:(?:then|also|again|later|subsequently|initially|finally|\w+ly)\s+)*"
    r"(?!un|pre|non|previously|infected|diagnosed|born|married|advanced|affected|vaccinated|hospitali[sz]ed|naive)"
    r"(?:(?:infus|inject|dos|implant)ed\s+with|been|not|being|seen|given|lost|found|shown|put|kept|done|re-?(?!ceiv)\w+ed|\w+ed\s+(?:to|in|by|from|into|on|as"
    r"|between)"
    r"|fewer|more|less|similar|higher|lower|longer|shorter|better|worse|(?:an?\s+|no\s+)?(?:evidence"
    r"|statistical|significan\w*"
    r"|difference|effect|benefit|excluded|withdrawn|switched|stopped|operated|sampled|observed|reported|older"
    r"|younger|sicker|lost))\b"
    r"|[^.;,]{0,40}\bones?\b",
    regex.IGNORECASE,
)
# "(n = 59) had an ORR of 74.6%": what they had is a result with a value of its own.
RESULT = regex.compile(r"\b(?:of|was|were)\s+\d")
SEXES = regex.compile(
    r"\b(?P<what>wom[ae]n|m[ae]n|females?|males?|girls?|boys?|children|adults|adolescents)$", regex.IGNORECASE
)
# "patients who would not have qualified (n = 70)": whom the number in brackets counts.
DESCRIBED = regex.compile(
    r"\b(?i:patients|participants|those|people|women|men|adults|children|subjects|individuals)\s+"
    r"(?:(?:with|aged)\s+(?:an?\s+)?|(?:in whom|who)\s+(?:had\s+|have\s+|were\s+)?|(?P<without>without)\s+)"
    r"(?P<what>[^.;,()\d][^.;,()]{2,60}?)\s*\(\s*(?:[nN]\s*=\s*)?$"
)
ELLIPTIC = regex.compile(
    r"^\s*(?:patients\s+)?(?:with|had)\s+(?P<adjective>[\w-]+)\s+and\s+\d+\s+(?:patients\s+)?(?:with|had)\s+"
)


def said_of(clause: Clause, count: CountMention, share: ValueMention | None, *, bound: bool) -> str:
    """What a count's own clause says of its people ("25 patients (30.1%) were untreated", "19 with BRAF V600K")."""
    start = share.span.end if share is not None else count.span.end
    text = clause.contents.words(start, clause.contents.span.end)
    match = WITH.match(text) or (None if bound else PREDICATE.match(text))
    if match is not None and match.re is PREDICATE and match["verb"] == "was" and count.number.value > 1:
        return ""  # another's verb
    if match is None or match["what"][0].isdigit():
        return ""
    if (ENROL.match(match["what"]) and not AVAILABLE.match(match["what"])) or DONE.match(match["what"]):
        return ""
    what = Span(start + match.start("what"), start + match.end("what"))
    if any(a.span.start < what.start + 5 and what.overlaps(a.span) for a in clause.arms):
        return ""
    if match.re is PREDICATE and RESULT.search(clause.contents.words(what.start, what.end + 2)):
        return ""
    return str(CLAUSE_END.sub("", " ".join(match["what"].split())))


def fuller(said: str, label: str) -> str:
    """The vocabulary's label of a population, or the words said of it where they are not the same."""
    words, known = ({regex.sub(r"(?:es|is|s)$", "", w) for w in text.casefold().split()} for text in (said, label))
    return label if not said or (known and known <= words) else said


def shared_noun(clause: Clause, count: CountMention) -> str:
    """The population of a count that shares its noun with the next ("64 with stable and 91 with active disease")."""
    match = ELLIPTIC.match(clause.contents.words(count.span.end, clause.contents.span.end))
    if match is None:
        return ""
    position = count.span.end + match.end()
    following = [p for p in clause.populations if p.span.start <= position + 2 and p.span.end > position]
    words = following[0].label.split() if following else []
    return " ".join([match["adjective"], *words[1:]]) if len(words) > 1 else ""


# "376 (66%) men": the noun behind the share.
SHARE_BEFORE = regex.compile(r"\s*[(\[][^()\[\]]*%[^()\[\]]*[)\]]\s+(?P<what>\w+)")


def sex_of(clause: Clause, count: CountMention, *, share: bool) -> str:
    """The sex or age that a count's own noun names, where it is a part: "376 (66%) men and 190 (34%) women"."""
    own = SEXES.search(clause.contents.words(count.span.start, count.span.end))
    after = clause.contents.words(count.span.end, count.span.end + 30)
    behind = SHARE_BEFORE.match(after)
    if own is None and behind is not None:
        own = SEXES.search(behind["what"])
    return own["what"].lower() if own is not None and share else ""


def noun_apart(clause: Clause, count: CountMention) -> str:
    """The sex or age that a count's noun names beside another's: "1155 children and 1070 adults"."""
    nouns = {c.span: SEXES.search(clause.contents.words(c.span.start, c.span.end)) for c in clause.contents.counts}
    own = nouns.get(count.span)
    if own is None:
        return ""
    others = {m["what"].lower() for m in nouns.values() if m is not None} - {own["what"].lower()}
    return own["what"].lower() if others else ""


def described_before(clause: Clause, count: CountMention) -> str:
    """Whom brackets count that stand behind a description: "patients who had not qualified (n = 70)"."""
    match = DESCRIBED.search(clause.contents.words(clause.contents.span.start, count.span.start))
    if match is None or ENROL.match(match["what"]) or DONE.match(match["what"]):
        return ""
    start = clause.contents.span.start
    what = Span(start + match.start("what"), start + match.end("what"))
    if any(a.span.overlaps(what) for a in clause.arms):
        return ""
    return ("without " if match["without"] else "") + " ".join(match["what"].split())
