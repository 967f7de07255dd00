"""A value's place in its sentence in, the outcome that is the subject of its clause out: as printed, known or not."""

import regex

from extractors.facts.befallen import LEFT
from extractors.facts.sentence import Contents
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import EndpointMention

WORD = r"[\p{L}][\p{L}\d/'’-]*"
START = (
    r"(?:^\W*|[.;:]\s+|,\s+(?:(?:and|but|while|whereas|although|with)\s+)?"
    r"|\b(?:and|but|while|whereas|although|that)\s+)"
)
LEAD = (
    r"(?:(?:the|an?|any|no)\s+)?(?:(?:(?:statistically\s+)?significant\s+|clear\s+)?differences?\s+in\s+(?:the\s+)?)?"
    r"(?:(?:rates?|incidence|frequency|risk|proportion|prevalence)\s+of\s+)?"
)
TIME = r"(?:\s+(?:at|by|within|after|through|during)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?[\w-]+)?"
OCCURRED = (
    r"(?:(?:was|were|had been|has been|have been)\s+)?(?:\w+ly\s+|also\s+)?"
    r"(?:observed|seen|noted|recorded|reported|documented|found|detected|occurred|developed|obtained|achieved|reached|needed|required"
    r"|attained|experienced|diagnosed|confirmed|affected|complicated)"
)
QUALIFIED = (
    r"(?:was|were|is|are|remained|occurred|developed|arose|happened|recurred|proved|tended to be|appeared)"
    r"(?:,\s[\w\s]{3,30},)?\s+"
    r"(?:(?:\w+ly|also|even|again|not|no|much|twice|slightly|the|most|least)\s+){0,3}"
    r"(?:more|less|lower|lowest|higher|highest|reduced|increased|improved|similar|comparable|better|worse|rare|rarer"
    r"|frequent|infrequent|common|commonest|uncommon|doubled|halved|greater|fewer|shorter|longer|faster|slower|earlier|often|delayed"
    r"|prolonged|decreased|lowered|balanced|favou?red)\b"
)
# "Folliculitis was noted in 23.5%", "death was more frequent with X (18.4% vs 15.5%".
CLAUSE = Gated(
    rf"{START}{LEAD}(?P<what>(?:{WORD}\s+){{0,7}}?{WORD}){TIME}(?:,\s[^,;.:()\d]{{3,40}},)?\s+"
    rf"(?:{OCCURRED}\s+(?:(?:in|by|among|for)?\s*(?:only|just|about|approximately|nearly|almost|a total of"
    rf"|all)?\s*[(\[]?|between\s+[^.;:()\d]{{3,40}}\s[(\[])"
    rf"|{QUALIFIED}[^.;:()\d]{{0,80}}[(\[](?:[^()\[\]\d]{{0,40}}))$",
    regex.IGNORECASE,
)
# "Fibrosis had improved without worsening of inflammation in 36%": what happened to a thing is the outcome.
HAPPENED = Gated(
    rf"{START}(?:at\s+(?:week|month|year|day)\s+\d+,\s+)?(?:the\s+|an?\s+)?(?P<what>(?:{WORD}\s+){{0,3}}?{WORD}\s+"
    r"(?:had\s+|has\s+)?(?:completely\s+|partially\s+|fully\s+)?"
    r"(?P<verb>resolved|improved|healed|cleared|regressed|disappeared|worsened|deteriorated|recanali[sz]ed"
    r"|normali[sz]ed|stabili[sz]ed"
    r"|(?:was|were)\s(?:\w+ly\s)?(?:maintained|preserved|avoided|restored|controlled|eradicated|prevented|successful|sustained|retained))"
    rf"(?:\s+(?:without|with|by|to)\s+[^.;:,()\d]{{3,50}}?)?){TIME}\s+in\s+(?:only\s+|about\s+|approximately\s+)?$",
    regex.IGNORECASE,
)
AUXILIARY = regex.compile(r"\b(?:had|has|was|were)\s")
PASSIVE = regex.compile(r"\b(?:was|were)\s")
# "fewer patients had disease activity with A than with B (24.0% vs 34.5%".
FEWER = regex.compile(
    r"\b(?:fewer|more|most|(?:similar|higher|lower|greater|smaller|larger|comparable)\s(?:proportions?|numbers?|percentages?)\sof)\s"
    r"(?:of\sthe\s)?(?:[\w-]+\s){0,2}?(?:patients|participants|people|women|men|children|adults|individuals|subjects|infants)\s"
    r"(?:had|experienced|developed|achieved|reported|showed|required|needed|reached|suffered|attained)\s(?:an?\s|any\s)?"
    rf"(?P<what>(?:{WORD}\s){{0,4}}?{WORD})\s(?:with|in|on|among|than|after|at|by|under|following|when)\b[^;()]{{0,100}}[(](?:[^();]{{2,20}}?\s)?$",
    regex.IGNORECASE,
)
# "resulting in R0 resection in 28% of patients and node-negative disease in 18% of patients".
IN_SHARE = regex.compile(
    rf"(?:\b(?:resulting in|resulted in|leading to|led to|with|and|showed|produced|yielded)|,)\s+(?:an?\s+|the\s+)?"
    rf"(?P<what>(?:{WORD}\s+){{0,4}}{WORD})\s+(?:in|for)\s+(?:only\s+|about\s+|approximately\s+)?$",
    regex.IGNORECASE,
)
TOLD = regex.compile(
    r"\b(?:occur\w*|observed|seen|noted|reported|found|develop\w*|achieved|obtained|recorded|experienced"
    r"|detected|documented"
    r"|discontinued|stopped|interrupted|reduced|present|required|completed|continued|ongoing)$"
)
OF_THEM = regex.compile(
    r"^\s*%?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?of\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){0,2}?(?:patients|participants"
    r"|women|men|people|cases|those)\b"
)
# "X occurred in 5% ..., and gastrointestinal wall disruption in 2.6%": a list of what befell people goes on.
GOES_ON = regex.compile(
    rf"(?:,\s+(?:and\s+|but\s+|while\s+|whereas\s+)?|\band\s+)(?P<what>(?:{WORD}\s+){{0,4}}{WORD})\s+in\s+"
    rf"(?:only\s+|about\s+)?$",
    regex.IGNORECASE,
)
# "grade ≥2 hypertension (20%) and proteinuria (11%)": harms by their grade, said once of a list.
GRADED = regex.compile(
    r"\bgrade\s*(?:[≥>]\s?\d|\d(?:\s*(?:[‐-―/-]|to|or|and)\s*\d)?(?:\s+or\s+(?:higher|worse|above|more|greater))?)\s+"
    rf"(?:(?:{WORD}\s+){{1,4}}[(\[][^()\[\]]*[)\]]\s*(?:,|,?\s*and|or)\s*)*(?P<what>"
    rf"(?:{WORD}\s+){{0,3}}{WORD})(?:\s*[(\[]\s*|\sin\s(?:only\s|about\s)?)$",
    regex.IGNORECASE,
)
PRICE = regex.compile(
    rf"\bat\s+the\s+(?:price|cost|expense)\s+of\s+(?P<what>(?:{WORD}\s+){{0,8}}{WORD})\s+in\s+(?:only\s+)?"
    rf"(?:\d[\d.]*\s?%\s+of\s+[\w\s]{{3,30}}\s+and\s+)?$",
    regex.IGNORECASE,
)
STOPPED = regex.compile(rf"^\s*%?\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:(?:of\s+[\w\s]{{3,30}}?|had)\s+)?(?P<what>{LEFT})")
# "was more likely to respond (64% vs 28%".
LIKELY = regex.compile(
    r"\b(?:more|less|equally|as|twice as)\s+likely\s+to\s+(?:have\s+)?"
    r"(?P<verb>die|relapse|respond|remit|seroconvert|recover|recur|progress)"
    r"(?:ed)?\b[^.;()\d]{0,50}[(]\s*$"
)
# Words that no outcome's name holds, and nouns that name none.
FOREIGN = regex.compile(
    r"\b(?:was|were|is|are|be|been|had|has|have|who|which|that|this|these|it|they|there|we|he|she|not|no|than|but|yet"
    r"|as|if|when|where"
    r"|while|whereas|although|because|since|patients?|participants?|subjects?|people|women|men|adults|children"
    r"|respectively|vs|versus"
    r"|compared|treated|receiving|assigned|randomi[sz]ed|among|from|and|or|both|all|each|one|two|three)\b",
    regex.IGNORECASE,
)
NAMELESS = regex.compile(
    r"\b(?:effects?|benefits?|advantages?|differences?|results?|findings?|data|trends?|trials?|stud(?:y|ies)"
    r"|analys[ei]s|treatments?"
    r"|therap(?:y|ies)|interventions?|groups?|arms?|cohorts?|outcomes?|end\s?-?points?|rates?|values?|figures?"
    r"|proportions?|percentages?"
    r"|gap|superiority|efficacy|safety|tolerability|reductions?|increases?|changes?|scores?|responders?"
    r"|estimates?|associations?"
    r"|others?|majority|same|former|latter|drug|dose|regimen|surgery|evidence|heterogeneity|population|subgroups?"
    r"|models?|methods?|significance|(?:long|medium|mid|short)-term)$",
    regex.IGNORECASE,
)
LETTERS = regex.compile(r"\p{Lu}{2,3}")  # "AF was diagnosed in"
LONGEST = 9  # words
# What people are said to have done or become, right behind their share: "63% (57/91) remitted", "31% and 42% died".
DID = regex.compile(
    r"^\s*%?\s*[)\]]?\s*(?:[(\[][^()\[\]]*[)\]]\s*)*"
    r"(?:(?:of|in|with|on|among|from|given|receiving|assigned to|treated with|who received)\s+"
    r"(?!an?\s)[^.;:,()\d]{0,60}?\s)?(?:(?:had|have|has|were|was)\s+)?(?:still\s+|already\s+)?"
    r"(?P<verb>met\s+(?:the\s+)?(?:criteria\s+for\s+)?(?:response|remission)|(?:alive\s+and\s+)?"
    r"(?:progression-free|free\s+(?:from|of)\s+(?:disease\s+)?progression)|(?:were\s+)?in\s+(?:full\s+"
    r"|complete\s+)?remission|died|dead|relapsed|responded|responders|remitted|seroconverted|recovered|recurred"
    r"|progressed|alive)\b"
    r"(?!\s+(?:of|from|due|because)\b|[-/])"
)
IN_BRACKETS = regex.compile(r"\s?[(\[][^()\[\]]*[)\]]")
LISTED_BEFORE = regex.compile(
    r"\b(?:occurred|developed|reported|noted|experienced|recorded|documented|observed|seen)\s+(?:in|by"
    r"|among)\s+(?:\w+\s+)?\d[^;:]{0,150}$"
)
BEFELL = regex.compile(
    r"\b(?:occurred|developed|reported|noted|experienced|recorded|documented)\s+(?:in|by|among)\s+(?:\w+\s+)?[(\[]?$"
)
GOOD = regex.compile(
    r"improvement|respon|remission|recover|surviv|success|heal|clear|conver|benefit|resol|complet|death"
    r"|mortality|relapse"
    r"|recurren|progress|control|cure|eradic|negativ|independ|discharge|pregnan|birth|reperfusion|achiev",
    regex.IGNORECASE,
)
DONE = {
    "died": "death",
    "dead": "death",
    "relapsed": "relapse",
    "responded": "ORR",
    "responders": "ORR",
    "remitted": "remission",
    "seroconverted": "seroconversion",
    "recovered": "recovery",
    "recurred": "recurrence",
    "progressed": "PD",
    "alive": "OS",
    "die": "death",
    "relapse": "relapse",
    "respond": "ORR",
    "remit": "remission",
    "seroconvert": "seroconversion",
    "recover": "recovery",
    "recur": "recurrence",
    "progress": "PD",
}
# "Vitrectomy was required in 15%": the treatment is what befell them.
NEEDED = regex.compile(r"\s(?:(?:was|were|had been)\s)?(?:\w+ly\s)?(?:needed|required)\b")
CODES = {"progression": "PD", "disease progression": "PD", "tumour progression": "PD", "tumor progression": "PD"}


def clause_subject(contents: Contents, place: Span) -> EndpointMention | None:
    """The outcome named by the subject of the clause that a value closes; null where the vocabulary knows one there."""
    text = contents.words(contents.span.start, place.start)
    match = CLAUSE.search(text)
    if match is None and LISTED_BEFORE.search(IN_BRACKETS.sub("", text)) is not None:
        match = GOES_ON.search(text)
        match = match if match is not None and TOLD.search(match["what"]) is None else None
    if match is None:
        return _happened(contents, text, place)
    start, end = contents.span.start + match.start("what"), contents.span.start + match.end("what")
    # "Hypertension requiring therapy occurred in 23%": a disease that befell people is no kind of people.
    listed = match.re is GOES_ON
    people = () if listed or BEFELL.search(text) else contents.populations
    kinds = (contents.endpoints, people, contents.studies, contents.measures)
    lacked = NEEDED.match(contents.words(end, end + 30)) is not None
    known = [m.span for kind in kinds for m in kind] + [
        d.span for d in contents.drugs if not lacked and not _needed(match["what"], d.span.start - start)
    ]
    if any(start < m.span.end and m.span.start < place.start for m in contents.endpoints):
        return None
    words = " ".join(match["what"].split())
    taken = any(span.start < end and start < span.end for span in known)
    nameless = NAMELESS.search(words) is not None and not _needed(words, len(words)) and not (lacked and " " in words)
    # "Progression to blast crisis or acute leukaemia occurred in 5%": alternatives are one outcome
    plain = words.replace(" or ", " ") if BEFELL.search(text) else words
    short = len(words) < 4 and LETTERS.fullmatch(words) is None
    if taken or FOREIGN.search(plain) or nameless or len(words.split()) > LONGEST or short:
        return None
    words = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    # A list of harms goes on; what befell people unasked is a harm, but for what they were treated for.
    harm = any(m.code == "AE" and m.span.end <= start for m in contents.endpoints)
    harm = harm or ((listed or BEFELL.search(text) is not None) and GOOD.search(words) is None)
    code = "AE" if harm else CODES.get(words, words)
    return EndpointMention(span=Span(start, end), code=code, family="event", text=words, rule="endpoint:subject")


def _needed(words: str, place: int) -> bool:
    """Whether a drug at a place of an outcome's words is what it needed: "hypertension requiring medical therapy"."""
    return regex.search(r"\b(?:requiring|needing|treated with|necessitating)\b", words[: max(place, 0)]) is not None


def _happened(contents: Contents, text: str, place: Span) -> EndpointMention | None:
    """What is said to have happened to something: "fibrosis improved without worsening of inflammation in"."""
    match = HAPPENED.search(text)
    if match is None or FOREIGN.search(AUXILIARY.sub("", match["what"])):
        return None
    start = contents.span.start + match.start("what")
    if NAMELESS.search(match["what"][: match.start("verb") - match.start("what")].strip()):
        return None
    if any(start < d.span.end and d.span.start < place.start for d in contents.drugs):
        return None
    words = " ".join(PASSIVE.sub("", match["what"]).split())
    words = words if regex.search(r"[A-Z]", words[1:]) else words.lower()
    span = Span(start, contents.span.start + match.end("what"))
    return EndpointMention(span=span, code=words, family="event", text=words, rule="endpoint:subject")


def found_in_share(contents: Contents, place: Span) -> EndpointMention | None:
    """The outcome of "... and node-negative disease in 18% of patients", where the vocabulary has none there."""
    if OF_THEM.match(contents.words(place.end, place.end + 60)) is None:
        return None
    match = IN_SHARE.search(contents.words(contents.span.start, place.start))
    if match is None:
        return None
    start, words = contents.span.start + match.start("what"), " ".join(match["what"].split())
    span = Span(start, contents.span.start + match.end("what"))
    kinds = (contents.endpoints, contents.drugs, contents.studies, contents.measures)
    taken = any(m.span.end > start and m.span.start < place.start for kind in kinds for m in kind)
    if taken or FOREIGN.search(words) or NAMELESS.search(words) or TOLD.search(words) or len(words) < 4:
        return None
    return EndpointMention(span=span, code=words.lower(), family="event", text=words, rule="endpoint:subject")


def harm_beside(contents: Contents, place: Span) -> EndpointMention | None:
    """The harm of a share by a grade ("grade ≥2 proteinuria (11%)"), a price, or for which people stopped."""
    text, start = contents.words(contents.span.start, place.start), contents.span.start
    match = GRADED.search(text) or PRICE.search(text)
    if match is not None and FOREIGN.search(match["what"]):
        return None
    if match is None:
        text, start = contents.words(place.end, contents.span.end), place.end
        match = STOPPED.match(text)
    if match is None:
        return None
    span = Span(start + match.start("what"), start + match.end("what"))
    if any(span.overlaps(d.span) for d in contents.drugs):
        return None
    words = " ".join(match["what"].split())
    return EndpointMention(span=span, code="AE", family="event", text=words, rule="endpoint:harm")


def told_as_likely(contents: Contents, place: Span) -> EndpointMention | None:
    """The outcome of "more likely to respond (64% vs 28%)", of "fewer patients had X with A (24% vs 34%)"."""
    text = contents.words(contents.span.start, place.start)
    fewer = FEWER.search(text)
    if fewer is not None:
        start, words = contents.span.start + fewer.start("what"), " ".join(fewer["what"].split())
        span = Span(start, contents.span.start + fewer.end("what"))
        kinds = (contents.endpoints, contents.drugs, contents.studies, contents.measures)
        if FOREIGN.search(words) or NAMELESS.search(words) or any(m.span.overlaps(span) for k in kinds for m in k):
            return None
        return EndpointMention(span=span, code=words, family="event", text=words, rule="endpoint:subject")
    match = LIKELY.search(text)
    if match is None:
        return None
    start, verb = contents.span.start + match.start("verb"), match["verb"]
    span = Span(start, start + len(verb))
    return EndpointMention(span=span, code=DONE[verb], family="event", text=verb, rule="endpoint:befell")


def told_by_verb(contents: Contents, end: int) -> EndpointMention | None:
    """The outcome that the verb right behind a share names; null where the vocabulary names another before it."""
    text = contents.words(end, contents.span.end)
    match = DID.match(text)
    if match is None:
        return None
    start, verb = end + match.start("verb"), match["verb"]
    named = [e for e in contents.endpoints if e.span.start < start + len(verb) and end <= e.span.start]
    if named:
        return named[0] if named[0].span.start >= start else None
    free = "free" in verb
    family = "time_to_event" if free or verb == "alive" else "event"
    span = Span(start, start + len(verb))
    last = verb.split()[-1]
    code = "PFS" if free else DONE.get(verb, "ORR" if last == "response" else last)
    return EndpointMention(span=span, code=code, family=family, text=verb, rule="endpoint:befell")
