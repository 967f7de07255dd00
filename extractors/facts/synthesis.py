"""A document in, whether it is a synthesis of studies, and which of its sentences speak of itself, out."""

import regex

from extractors.facts.sentence import Contents
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.patterns import Gated
from schemas.document import Document

WORDED = (
    "(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Tt]hirteen"
    "|[Ff]ourteen)"
)
OWN = Gated(
    r"\b(?:[Tt]his|[Tt]he present|[Oo]ur|[Tt]he current)\s+(?:\w+\s+){0,3}"
    r"(?:review|meta-analys[ei]s|analys[ei]s|study)\b"
    r"|\b[Ww]e (?:found|included|identified|pooled|analy[sz]ed)\b"
    r"|\b(?:included|eligible|enrolled) (?:in|for|into) (?:the |this |our )?(?:present |final |current "
    r"|quantitative |qualitative )*"
    r"(?:meta-?analys|analys|review|synthesis)"
    r"|\b[Tt]he (?:pooled|combined|overall|summary) (?:HRs?|ORs?|RRs?|SMDs?|WMDs?|MDs?|hazard|odds|risk|relative"
    r"|effect|estimate"
    r"|prevalence|incidence|mean|results?|analys|sensitivity|specificity|proportion|rate)"
    r"|\b(?:[Tt]he|[Oo]ur) (?:results of (?:the )?)?meta-?analys[ei]s (?:showed|reveal|demonstrat|indicat|suggest"
    r"|found)"
    r"|\bincluded (?:studies|trials|articles|RCTs)\b|\bI² ?=|\b(?:high|low|significant|no|moderate"
    r"|substantial) heterogeneity\b"
    rf"|^(?:\w+, )?(?:A total of |Only |Of \w+ |(?:In|Out of|Across|Among) (?:a total of )?)?(?:\d+"
    rf"|{WORDED}) (?:[\w-]+ ){{0,3}}?(?:studies|trials|RCTs"
    rf"|articles|cohorts)\b"
)
# What only a synthesis prints of its own: how it pooled, what it screened, what its figures show.
SYNTHESIS = Gated(
    r"\b(?:fixed|random)[- ]effects?\b|\bheterogeneity\b|\bI\s?[²2]\s?[=<>]|\bpublication bias\b|\b(?:Egger|Begg)\b"
    r"|\b(?:pooled|combined|summary|overall) (?:\w+ ){0,3}?(?:HRs?|ORs?|RRs?|SMDs?|WMDs?|MDs?|AUCs?|hazard|odds"
    r"|risk|effects?"
    r"|estimates?|analys[ei]s|data|results?|prevalence|incidence|sensitivity|samples?)\b"
    r"|\b(?:studies|articles|records|papers|reports|publications|citations|literatures?|trials|RCTs"
    r"|abstracts)\b[^.;]{0,60}"
    r"\b(?:were|was) (?:\w+ )?(?:included|identified|excluded|retrieved|screened|eligible|selected|removed"
    r"|obtained|assessed"
    r"|left|reviewed|considered|judged|found to)\b"
    r"|^\W*After (?:removing|removal of|excluding|exclusion of|reading|screening|full-text|deduplication)\b"
    r"|\bwe (?:searched|screened|excluded|retrieved|extracted)\b|\b(?:subgroup|sensitivity) analys[ei]s\b",
    regex.IGNORECASE,
)
FIGURE = regex.compile(r"\((?:[^()]*\b)?(?:Figs?\.?|Figures?|Tables?|Supplementary)\s*\w?\d[^()]*\)", regex.IGNORECASE)
# "They included 14 studies": what was spoken of before, whatever it says of studies.
OTHERS = regex.compile(
    r"^\W*(?:They|Their|The authors?|This (?:trial|study|meta-analysis|review) by|In (?:that|their))\b"
)
SYNTHESIS_TITLE = regex.compile(r"meta-?\s?analy|systematic(?:ally)? review|pooled analysis", regex.IGNORECASE)
LONGEST_SUBTITLE = 120  # characters; longer front matter is an address or a statement
POOLED = regex.compile(
    r"meta-?\s?analy|systematic(?:ally)? review|\b(?:pooled|combined) (?:\w+ ){0,2}(?:results?|HRs?|ORs?|RRs?"
    r"|hazard|odds|risk"
    r"|analysis|estimates?)|\b(?:fixed|random)[- ] ?effects?\b|\bRevMan\b",
    regex.IGNORECASE,
)
SEARCHED = regex.compile(
    r"\b(?:PubMed|MEDLINE|EMBASE|Cochrane|Web of Science|Scopus|CNKI)\b[^.]{0,200}\b(?:search|retriev|scann"
    r"|sought)|\b(?:search\w*|sought|retriev\w*|articles)\b[^.]{0,200}"
    r"\b(?:PubMed|MEDLINE|EMBASE|Cochrane|Web of Science|Scopus|CNKI|databases?|literature)\b",
    regex.IGNORECASE,
)
# "We found 13 RCTs", "2 studies, 358 participants", "three studies were included": what only a synthesis says.
_SOME = rf"(?:\d+|{WORDED})\s(?:\w+\s){{0,3}}?"
_TRIALS = r"(?:RCTs?|studies|(?:randomi[sz]ed |controlled |clinical ){0,3}trials|cohorts|reports)"
GATHERED = regex.compile(
    rf"\b{_SOME}{_TRIALS}"
    r"(?:\s(?:\w+\s){0,2}?(?:were|was)\s(?:\w+\s)?(?:included|identified|eligible|selected|found|pooled)\b"
    r"|,\s(?:n\s?=\s?)?\d[\d, ]*\s(?:participants|patients|women|men|people|children|adults|infants)\b"
    r"|,?\s(?:including|involving|comprising|enrolling|with)\s(?:a total of\s)?\d)"
    rf"|\b(?:found|included|identified|pooled|analy[sz]ed)\s(?:a total of\s)?{_SOME}(?:RCTs?|studies|trials)\b",
    regex.IGNORECASE,
)
_NEWS = r"(?:advances|progress|developments|evidence|concepts|insights|updates?)"
REVIEW_TITLE = regex.compile(
    rf"\b(?:review|overview|(?:recent|current|new|latest) (?:\w+ ){{0,2}}{_NEWS}|\d{{4}} update|update (?:on|in)"
    r"|state of the art|guidelines?|consensus|perspectives?)\b",
    regex.IGNORECASE,
)
REPORT_TITLE = regex.compile(r"\b(?:trial|study|randomi[sz]ed|phase)\b", regex.IGNORECASE)
# So many studies by name are told of, not reported, unless the first sentence is a report's title.
SEVERAL = 2
# Longer texts without a reference are reviews whose list was lost, not reports of one study.
LONGEST_ABSTRACT = 6000  # characters


# Citations in brackets, where no list of references is left: what is told is another's.
CITED = regex.compile(r"\p{Ll}\s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")


def own_study(document: Document, book: StudyBook) -> KnownStudy | None:
    """The study of a result no other study owns: a systematic review's own, or the one an abstract reports."""
    if SYNTHESIS_TITLE.search(document.title) or _searched(document):
        return book.review
    bare = (
        not document.references and not document.citations and not document.tables and not CITED.search(document.text)
    )
    if not bare or len(document.text) > LONGEST_ABSTRACT:
        return None
    if GATHERED.search(document.text):
        return book.review
    title = document.title or document.sentences[0].text if document.sentences else ""
    told = len(book) >= SEVERAL and REPORT_TITLE.search(title) is None
    return None if told or REVIEW_TITLE.search(document.title) else book.report


def _searched(document: Document) -> bool:
    """Whether a subtitle, or an abstract that tells of a search and of pooling, makes a document a synthesis."""
    sentences = document.sentences
    front = [s.text for s in sentences[:12] if s.role == "front" and len(s.text) < LONGEST_SUBTITLE]
    if any(SYNTHESIS_TITLE.search(text) for text in front):
        return True
    abstract = [s.text for s in sentences if s.role == "abstract"]
    text = " ".join(abstract or [s.text for s in sentences if s.role == "body"][:20])
    return SEARCHED.search(text) is not None and POOLED.search(text) is not None


# Behind a count of studies, the citations of all of them: "was reported by 13 RCTs [41,43-46]".
CITED_BEHIND = 14  # characters from a count to its citations, at most
FEWEST_CITED = 3


def _counts_cited(contents: Contents) -> bool:
    """Whether a sentence counts studies that it cites one by one."""
    for count in contents.counts:
        behind = [c for c in contents.citations if 0 <= c.span.start - count.span.end <= CITED_BEHIND]
        if count.unit == "studies" and behind and len(behind[0].markers) >= min(FEWEST_CITED, int(count.number.value)):
            return count.number.value > 1
    return False


def of_review(contents: Contents) -> bool:
    """Whether a sentence of a synthesis speaks of the synthesis itself."""
    if OWN.search(contents.text) or _counts_cited(contents):
        return True
    if OTHERS.match(contents.text) or contents.citations:
        return False
    shown = FIGURE.search(contents.text) and contents.measures and contents.intervals
    return bool(shown or SYNTHESIS.search(contents.text))
