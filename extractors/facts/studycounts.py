"""A count of studies in its sentence in, whether it is a synthesis's own out."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.pointers import JOINT
from extractors.facts.studybook import REPORT, REVIEW
from schemas.mention import CountMention

# "a meta-analysis of 26 trials", "pooled data from five trials", "combined six such trials".
POOLED_FROM = regex.compile(
    r"\b(?:meta-?(?:analys[ei]s|regression|synthes[ei]s)|pooled analys[ei]s|(?:Cochrane|systematic|umbrella"
    r"|scoping)\s(?:analys[ei]s|reviews?))\s+"
    r"(?:and\s+meta-?analys[ei]s\s+)?(?:\([^()]*\)\s*)?(?:of|from|on|including|with|comprising|that\s+included"
    r"|which\s+included|included|identified|found|involving)\b[^.;,]{0,40}$"
    r"|\bmeta-?analys[ei]s\b[^.;]{0,60}\b(?:in|across|from|of)\s+(?:the\s+)?$"
    r"|\b(?:we|review|analysis|update|search(?:es)?)\s+(?:(?:finally|then|ultimately|also)\s+)?(?:included"
    r"|identified|retrieved|analy[sz]ed|added)"
    r"\s+(?:a\s+total\s+of\s+)?$"
    r"|\b(?:pooled|pooling|combined|combining)\b[^.;]{0,50}$",
    regex.IGNORECASE,
)
# "16 randomised trials were included": the words of a search.
INCLUDED = regex.compile(
    r"^\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:were|was)\s+(?:(?:finally|then|ultimately|also|eventually)\s+)?"
    r"(?:included|eligible|identified|retrieved|pooled|meta-analy[sz]ed)\b"
)
# "eight trials (2,110 patients)", "seven RCTs with a total of 1,958 participants", "two studies, 358 participants".
WITH_PEOPLE = regex.compile(
    r"^\s*(?:[(\[]\s*(?:[nN]\s*=\s*|total\s+)?|,?\s*(?:with|including|involving|comprising|enrolling|of|on|in"
    r"|totall?ing|and|that\s+\w+)\s+"
    r"(?:an?\s+(?:\w+\s+)?total\s+(?:of\s+|sample\s+size\s+of\s+)?|altogether\s+)?|[,;:]\s*(?:[nN]\s*=\s*)?)$"
)
# "17 656 participants from 99 RCTs", "4993 people (mean age 70.7 years) in nine trials".
OF_PEOPLE = regex.compile(
    r"\b(?:patients|participants|people|individuals|subjects|women|men|children|adults|cases|eyes)\s+"
    r"(?:[(\[][^()\[\]]*[)\]]\s*)?"
    r"(?:(?:were|was)\s+)?(?:(?:enrolled|included|randomi[sz]ed|participating)\s+)?(?:in|from|of|across)\s+"
    r"(?:the\s+|a\s+total\s+of\s+)?$"
)
# "Two studies compared A to B": where one abstract tells of several, they are what it put together.
TOLD = regex.compile(
    r"^\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:that\s+)?(?:compared|assessed|evaluated|reported|contributed|provid"
    r"(?:ed|ing)|investigated|examined"
    r"|included|involv(?:ed|ing)|tested|measured|enrolled|used|showed|found|met|were|had|of)\b"
)
PREVIOUS = regex.compile(r"\b(?:previous|earlier|prior|ongoing)(?:ly)?\b", regex.IGNORECASE)
EARLIER = regex.compile(
    r"\b(?:previous|earlier|prior|other|recent|published|ongoing|phase|pivotal|large|subsequent|similar"
    r"|replicate|identical|parallel)\b",
    regex.IGNORECASE,
)
# "their 2015 study": a year.
ONE = regex.compile(r"(?:study|trial|report|review)$", regex.IGNORECASE)
NO_STUDIES = regex.compile(r"cohorts?(?!\s+stud)|groups?|arms?")


def of_synthesis(clause: Clause, count: CountMention) -> bool:
    """Whether a count of studies is a synthesis's own ("data from 10 studies"), not a word for what is to follow."""
    contents = clause.contents
    words = contents.words(count.span.start, count.span.end)
    place = count.span.end - contents.span.start
    pointed = any(p.start() < place <= p.end() for p in JOINT.finditer(contents.text))
    if count.number.value > 1 and ONE.search(words) is not None:
        return False
    if pointed or NO_STUDIES.search(words) or PREVIOUS.search(words):
        return False
    return _in_force(clause) or _said(clause, count)


def _in_force(clause: Clause) -> bool:
    """Whether the study that a sentence is about put studies together."""
    study = clause.scope.study
    return study is not None and (
        study.key == REVIEW or not {"meta-analysis", "pooled analysis"}.isdisjoint(study.types)
    )


def _said(clause: Clause, count: CountMention) -> bool:
    """Whether the words around a count of studies say that they were put together."""
    contents = clause.contents
    before = contents.words(count.span.start - 90, count.span.start)
    after = contents.words(count.span.end, count.span.end + 60)
    if INCLUDED.match(after) or POOLED_FROM.search(before) or _with_people(clause, count):
        return True
    words = contents.words(count.span.start, count.span.end)
    if count.number.value < 2 or EARLIER.search(words) or EARLIER.search(before[-12:]):
        return False
    earlier = [c for c in contents.counts if c.unit == "studies" and c.span.end <= count.span.start]
    if any(_said(clause, c) for c in earlier[:1]):
        return True  # "the review included 177 trials, including 26 trials of scalp psoriasis"
    study = clause.scope.study
    return study is not None and study.key == REPORT and TOLD.match(after) is not None


def _with_people(clause: Clause, count: CountMention) -> bool:
    """Whether several studies are told with the people of all of them: nobody counts so but who puts them together."""
    contents = clause.contents
    words = contents.words(count.span.start, count.span.end)
    if count.number.value < 2 or regex.search(r"(?:s|series|analyses)$", words) is None:
        return False
    if OF_PEOPLE.search(contents.words(count.span.start - 90, count.span.start)):
        return any(c.unit == "patients" and c.span.end <= count.span.start for c in contents.counts)
    later = next((c for c in contents.counts if c.span.start >= count.span.end), None)
    return (
        later is not None
        and later.unit == "patients"
        and WITH_PEOPLE.match(contents.words(count.span.end, later.span.start)) is not None
    )
