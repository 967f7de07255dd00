"""A count of a synthesis's studies in its clause in, which of the studies they are, in the text's words, out."""

from typing import NamedTuple

import regex

from extractors.facts.clause import Clause
from extractors.facts.studybook import REVIEW
from schemas.anchor import Span
from schemas.mention import CountMention

_WHAT = r"(?P<what>(?!\d)(?:both\s[^.;:,()\[\]]{2,40}?\sand\s)?\p{L}[^.;:,()\[\]]{2,70}?)"
# Where the words end that tell the studies apart: at a verb that tells their result, or with the clause.
_END = (
    r"(?=\s*(?:[.;:,()\[\]]|$)|\s(?:was|were|is|are|and|but|while|whereas|which|that|had|has|have|showed|shows|reveal\w*|indicat\w+"
    r"|demonstrat\w+|found|report\w*|suggest\w*|yield\w*|produc\w+|result\w*|provid\w+|gave|involv\w+|compar\w+|did|with\sa\stotal"
    r"|across|within\sthe\ssame|exhibited|confirmed|observed|evaluat\w+|assess\w+)\b)"
)
# "five studies using X guidelines", "26 trials of scalp psoriasis", "three RCTs in Asia".
BY = regex.compile(
    r"^\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:(?:conducted|performed|carried out|done|published)\s)?"
    r"(?P<how>using|us(?:ed|e)|utili[sz](?:ing|ed)|employ(?:ing|ed)|adher(?:ing|ed)\sto|following|follow(?:ed"
    r"|ing)|based on|applying"
    r"|in accordance with|according to|under|of|in|on|among|with|from|at|by|for)\s(?!(?:these|them|those|which"
    r"|whom)\b)(?:the\s|an?\s)?" + _WHAT + _END
)
# "17 studies adopted a prospective design", "eleven RCTs enrolled frail elders": what they did tells them apart.
DID = regex.compile(
    r"^\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:of\s(?:these|them|which)\s)?(?:adopted|used|employed|had|enrolled|included|recruited|involved|examined|provided|performed"
    r"|reported|followed|applied|were|was)\s(?:only\s)?(?:patients\swith\s|participants\swho\swere\s|the\s|an?\s|from\s|in\s|at\s|of\s)?"
    r"(?!(?:that|analy[sz]ed|assessed|evaluated|combined|used|conducted|published|considered|performed|found|judged|rated|classified|included|identified|eligible|retrieved|excluded|pooled|selected|deemed|enrolled|recruited|collected|in\sareas|reviewed|screened|retained|met|satisfied|fulfilled|available|not|no|a\stotal|significant\w*)\b)"
    + _WHAT
    + _END
)
# "changes in weight were reported by 10 RCTs", "X was assessed in six studies": what they measured.
REPORTED_BY = regex.compile(
    r"(?:^|[.;:,]\s(?:and\s)?|\band\s)(?:[Tt]he\s"
    r"|[Cc]hanges in\s(?:the\s)?)?(?P<what>\p{L}[^.;:,()\[\]]{2,60}?)\s(?:usage\s|use\s)?(?:was|were)\s"
    r"(?:\w+ly\s)?(?:reported|assessed|examined|evaluated|measured|studied|analy[sz]ed|used|investigated|described|provided)\s"
    r"(?:by|in)\s(?:only\s|a total of\s|all\s)?$"
)
# "Asia (four RCTs)".
BRACKETED = regex.compile(
    r"(?:^|[,;:]\s|\band\s|\bincluded\s|\bin\s)(?:the\s)?(?P<what>\p{Lu}[\p{L} -]{2,40}?)\s[(\[]$"
)
ENDED = regex.compile(r"^\s*[)\]]")
# What all of a synthesis's studies did.
ALL = regex.compile(
    r"\b(?:all|total|overall|included|eligible|meta-analys[ei]s|systematic review|review|databases?|search"
    r"|analys[ei]s|duplicates?|abstracts?"
    r"|full[- ]texts?|populations?|about|more than|outcomes?|inclusion|criteria|literature|total of"
    r"|heterogeneity|participants? total|patients total)\b",
    regex.IGNORECASE,
)
PEOPLE = regex.compile(
    r"^(?:a\stotal\sof\s)?\d|^(?:patients|participants|people|individuals|women|men|children|adults)$"
)
# "In cohort studies using X guidelines, ...".
FRONTED = regex.compile(
    r"^\W*(?:[\w,]+\s)?(?:[Ii]n|[Aa]mong|[Aa]cross)\s(?P<what>(?!(?:the|these|those|all|both|most|our|this|included|eligible|other|previous"
    r"|some|several|many)\b)(?:[\p{L}-]+\s){0,4}?(?:studies|trials|RCTs|cohorts)(?:\s[^.;:,()\[\]\d]{3,60})?),\s"
)
CUT = regex.compile(r"\b\d+$")
LONGEST = 9  # words


class Members(NamedTuple):
    """Which of a synthesis's studies are meant, and whether what is pooled from them is about these alone.

    "five studies using X" are apart; "five studies reported X" only measured it.
    """

    words: str
    apart: bool


NONE = Members("", apart=False)


def which_studies(clause: Clause, count: CountMention) -> Members:
    """The words that tell some of a synthesis's studies from the others; none where the count is of all of them."""
    contents, study = clause.contents, clause.scope.study
    counted = any(c.unit == "studies" and c.span.end <= count.span.start for c in contents.counts)
    if not counted and (study is None or study.key != REVIEW):
        return NONE  # "a meta-analysis of 20 trials of X", told of by another
    before = contents.words(contents.span.start, count.span.start)
    after = contents.words(count.span.end, contents.span.end)
    aside = BRACKETED.search(before) if ENDED.match(after) else None
    match = aside or REPORTED_BY.search(before)
    if match is not None:
        return NONE if _names_none(match["what"]) else Members(_plain(match["what"]), apart=False)
    match = BY.match(after) or DID.match(after)
    if match is None or _names_none(match["what"]):
        return NONE
    span = Span(count.span.end + match.start("what"), count.span.end + match.end("what"))
    treated = any(d.span.overlaps(span) for d in contents.drugs)
    return NONE if treated else Members(_plain(match["what"]), apart=match.re is BY)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _names_none(words: str) -> bool:
    """Whether words can tell no studies apart: of all of them, of people, or cut off at a number."""
    long = len(words.split()) > LONGEST
    return bool(long or ALL.search(words) or PEOPLE.search(words) or CUT.search(words))


def group_of_studies(clause: Clause, place: int) -> str:
    """Which studies an effect at a place was pooled from, where its sentence says: those counted last before it, or
    those it begins with ("In cohort studies using X, ...")."""
    study, contents = clause.scope.study, clause.contents
    if study is None or study.key != REVIEW:
        return ""
    counts = [c for c in contents.counts if c.unit == "studies" and c.span.end <= place]
    for count in reversed(counts):
        found = which_studies(clause, count)
        if found.apart:
            return found.words
    match = FRONTED.match(contents.text)
    if match is None or _names_none(match["what"]):
        return ""
    span = Span(contents.span.start + match.start("what"), contents.span.start + match.end("what"))
    return "" if any(d.span.overlaps(span) for d in contents.drugs) else _plain(match["what"])
