"""The shapes of study names and of the words around them, as named parts of patterns."""

import regex

from schemas.evidence import StudyType

# A word of capitals with letters, digits, hyphens or slashes, two capitals at least: "HARBOR-189", "LIN-NET".
CAPITALS = r"(?=[A-Za-z0-9/+–—-]*\p{Lu}[A-Za-z0-9/–—-]*\p{Lu})\p{Ll}?\p{Lu}[\p{L}\d]*(?:[-–/—][\p{L}\d]+)*"
# A number printed apart from it ("GullTrack 067"), unless it counts something.
NUMBER_APART = (
    r"[ ]\d{1,4}[A-Z]{0,2}(?![\d.,%–-]*\d|\s*(?:mg|months|weeks|%)|\s*"
    r"(?:patients|participants|people|adults|women|men|children|infants|subjects)\b)"
)
# A second word of capitals ("LIN-NET OUTCOME"), or a short qualifier ("Harbor HF").
SECOND_WORD = r"(?:[ ]\p{Lu}{3,}\d*(?:[-–]\p{Lu}*\d*)?)+(?:[ ]\d{1,2}(?!\d|[.,]\d|\s*(?:patients|%)))?"
QUALIFIER = r"[ ](?:Part [A-Z\d]|HF|MI|CV|CKD|DM|SR|AF|IV|II|III|Outcomes|Extension)\b"
# A phase is no part of a name.
PHASE_NUMBER = r"(?!(?:I{1,3}|IV)[abAB]?(?:[/-](?:I{1,3}|IV|\d)[abAB]?)?[\s,)])"
# A small letter and a capital inside a word ("iLinEx"), but in no surname.
MIXED = regex.compile(r"(?!(?:Mc|Mac|De|Di|La|Le|Van|Von|Fitz)\p{Lu})\p{Ll}?\p{Lu}\p{Ll}+\p{Lu}\p{L}{0,8}")
# A sponsor's code ("W-120-01"), the number that two groups gave their trial ("GULL/WREN 80405").
CODE = r"(?:\p{Lu}{1,4}\d{0,3}-\d{2,4}-\d{2,4}|\p{Lu}{3,8}/\p{Lu}{3,8}[ -]\p{Lu}?\d{4,6})"
# A name and a number ("Impulse-010"), which only "trial" or "study" beside it makes a study's.
NAME_NUMBER = r"\p{Lu}\p{Ll}{3,}-\d{2,4}(?![\d-])"
ACRONYM = regex.compile(
    # A look at the first letters, which most words fail, before the looks around them.
    rf"\b(?=\p{{Ll}}?\p{{Lu}})(?<!/)(?<!\d-){PHASE_NUMBER}(?P<name>{CODE}|{NAME_NUMBER}|{CAPITALS}(?:{NUMBER_APART}|{SECOND_WORD})?(?:{QUALIFIER})?)(?![\w])"
)

# A time after a treatment written like a name: "PO24H", "W48", "D28".
TIME_CODE = regex.compile(r"\p{Lu}{0,3}\d{1,3}[HDWMY]|[DWMY]\d{1,3}")
# Stages and phases: "II–IIIA", "IIIb/IV".
STAGE = regex.compile(r"[IVX]+[ABCabc]?\d?(?:[–/-][IVX]+[ABCabc]?\d?)*")
PARTICLE = r"(?:(?:van|von|de|der|den|di|la|le|del) )*"
SURNAME = r"\p{Lu}[\p{Ll}’'-]+(?:-\p{Lu}\p{Ll}+)?(?: \p{Lu}[\p{Ll}-]+)?"
ONE_NAME = r"\p{Lu}[\p{Ll}’'-]+(?:-\p{Lu}\p{Ll}+)?"
AND_OTHERS = r",? (?:et al\.?|and colleagues|and co-?workers)"
AUTHOR = regex.compile(
    rf"(?<![\w-])(?P<name>{PARTICLE}{SURNAME}{AND_OTHERS})(?:,? \(?(?P<year>(?:19|20)\d\d)[a-z]?\)?)?"
    # "Harlow (2022) reported": the year in brackets tells a study from the surname of anyone else
    r"|(?<![\w-])(?:(?<!\b(?:[Ii]n|of|for|from|at|across|the) )"
    rf"(?P<name>{PARTICLE}{ONE_NAME} (?:and|&) {PARTICLE}{ONE_NAME})|(?P<name>{PARTICLE}{ONE_NAME}))"
    r" [(\[](?P<year>(?:19|20)\d\d)[a-z]?[)\]]"
    r"(?=,?\s+(?:reported|showed|found|demonstrated|observed|noted|described|had|with|and|could|assigned|allocated"
    r"|compared|randomi[sz]ed|enrolled|studied|treated|followed|recruited|pooled|included|evaluated|examined|tested)\b)"
)

NOUN = r"(?:[Tt]rial|[Ss]tudy|[Rr]egistry|RCT|sub-?study|programme?)"
DESIGN = (
    r"(?:phase|randomi[sz]ed|pivotal|open-label|double-blind|clinical|follow-up|extension|[IViv1-4]+(?:/[IViv]+)?[ab]?)"
)
DID = (
    r"(?:assigned|followed|treated|gave|included|stopped|was stopped|showed|demonstrated|reported|found|enrolled"
    r"|randomi[sz]ed|recruited|investigated|assessed|evaluated|compared|examined|met its|failed|tested|repeated"
    r"|provided|offered|extended|confirmed|recorded)"
)
AFTER = regex.compile(
    rf"^[’']?s?\)?\s*(?:\((?:NCT|n\s*=)[^)]{{0,60}}\)\s*)?(?:{DESIGN}[\s-]+){{0,4}}{NOUN}\b"
    rf"|^\s+(?:was|is)\s+(?:an?|the)\s+(?:[\w-]+[,\s]+){{0,8}}?{NOUN}\b"
    r"|^\s+(?:were|are)\s+(?:the\s+|two\s+)?(?:(?!from|in|of|for|by|to|with)[\w-]+[,\s]+){0,6}?(?:trials|studies)\b"
    r"|^\s*\(?\[?NCT\d{8}"
    r"|^\s*\((?:[Pp]hase\s*)?(?:I{1,3}|IV|I/II|II/III|[1-4])[ab]?\)"
    r"|^\s*\((?:n\s*=\s*)?[\d,]+(?:\s+(?:patients|participants|women|men|adults|children|people))?\)"
    r"|^\s*,\s+(?:in which|with [\d,]+ (?:patients|participants|women|men))\b"
    rf"|^\s*,\s+(?:an?|the)\s+(?:[\w-]+[,\s]+){{0,8}}?{NOUN}\b"
    rf"|^\s*,? (?:(?:also|has|had|further|recently|later|randomly)\s)?{DID}\b"
)
PHASE = r"\b[Pp]hase\s+[IVX1-4]+[abAB]?(?:[/-][IVX1-4]+[ab]?)?[,\s]+"
KIND = (
    r"(?:randomi[sz]ed|open-label|double-blind|multicent(?:er|re)|single-arm|placebo-controlled|clinical|trials?|study)"
)
BEFORE = regex.compile(
    rf"(?:{PHASE}(?:{KIND}[,\s]+)*"
    rf"|\b{NOUN}s?,?\s*(?:\(|(?:named|called|known as)\s+(?:the\s+)?)?"
    r"|\b(?:trials|studies),?\s+(?:named|called|such as|including)\s+(?:the\s+)?"
    r"|\b(?:tested|studied|examined|evaluated|assessed|shown|confirmed|seen|found|reported|compared|used|given) in"
    r"\s+(?:the\s+)?"
    r"|\b(?:pivotal|landmark|randomi[sz]ed|single-arm|placebo-controlled|head-to-head|registrational)\s+)$"
)
# "12 months with A in HARBOR-1.", "60% (HARBOR-1)": at the end of a result, a name of five letters or more, numbered or
# one that can be spoken; what is numbered without being a study is excepted.
LAST = regex.compile(r"\b(?:in|from|of|within|during|by)\s+(?:the\s+)?$")
ENDED = regex.compile(r"^\s*(?:[.;,:()\[]|$)")
SPOKEN = regex.compile(
    r"(?!(?:CTLA|HTLV|SGLT|PARP|PCSK|COVID|SARS|HbA|PSMA|GADA?|HAMD|MADRS|IPSS|CHADS)\b)"
    r"(?:\p{Lu}[\p{L}]{3,}(?:[- ]\p{Lu}\p{L}*)?[- ]\d{1,4}|\p{Lu}{5,}-\p{Lu}{2,}\d{1,3}"
    r"|(?=(?:[^AEIOUY]*[AEIOUY]){2})\p{Lu}{6,})"
)
# A sentence that opens "In X, 494 patients ..." speaks of a study.
# "LINNET-3 is instructive": a compound name as the subject of a sentence.
SUBJECT = regex.compile(r"^\s+(?:is|was|were|had|has|began|ran|took|used|met|led|also|then|therefore|thus|did|does)\b")
# "RAISE, finally, enrolled", "FIRE-3 missed its endpoint": what studies do, said of a name that opens its sentence.
DOING = regex.compile(
    r"^(?:,\s(?:finally|however|too|then|in turn|by contrast|in contrast|instead|meanwhile|therefore|for its part"
    r"|on the other hand|also|again),)?\s(?:(?:also|then|later|too|again|only|further|nevertheless)\s)?"
    r"(?:missed|taught|met|addressed|asked|answered|established|replicated|explored|set\sout|looked\sat|added|closed"
    r"|accrued|showed|found|reported|enrolled|recruited|randomi[sz]ed|assigned|tested|compared|evaluated|examined"
    r"|confirmed|extended|repeated|failed|included|treated|studied|demonstrated|fell\sshort|reversed|contradicted"
    r"|supported|asked|gave|\p{Ll}{2,}ed)\b"
)
DOER = regex.compile(r"(?=(?:[^AEIOUY]*[AEIOUY]){2})(?:\p{Lu}{5,}(?:-(?:\p{Lu}+\d{0,3}|\d{1,3}))?|\p{Lu}{4}-?\d{1,3})")
COMPOUND = regex.compile(r"\p{Lu}{4,}[\p{L}\d]*[-–/ ]\p{L}*\d*|\p{Lu}{4,}-?\d+")
OPENING = regex.compile(r"(?:^|\n|[.;:]\s+|\band\s+)[Ii]n\s+(?:the\s+)?$")
NAMED_STUDY = regex.compile(
    r"(?<![\w-])(?:The )?(?P<name>(?:(?!(?:The|In|At|By|From|For|Of|On|And|This|That|Another|Each|One) )"
    r"\p{Lu}[\p{L}\d-]+ ){1,4}(?:Study|Trial|Registry))(?![\w-]| Group\b)"
    r"|(?<![\w-])(?P<name>(?:Study|Trial) \d{2,4}[A-Z]?)(?![\w%-]|[.,]\d)"
)
# "the ... Group (WREN)-4 trial": WREN-4.
BRACKETED_NAME = regex.compile(r"\((?P<name>\p{Lu}{3,8})\)-(?P<number>\d{1,3})\b")
GENERIC_STUDY = regex.compile(r"(?:This|Our|Clinical|Randomi[sz]ed|Cohort|Phase)\b")
JOINT = regex.compile(r"^\s*(?:,|and|or|/|,\s*and|as well as|&)\s*(?:the\s+)?$")
# The word after a plural "trials" names them too, but "EGFR-TKI trials" names none: only long capitals count.
PLURAL_AFTER = regex.compile(r"^[\s)]*(?:clinical\s+|phase [IV1-4/]+\s+)?(?:trials|studies)\b")

DETERMINER = r"(?:[Aa]n?|[Tt]he|[Tt]his|[Oo]ne|[Aa]nother|[Oo]ur|[Tt]wo|[Ii]n a|[Rr]ecent)"
WORK = (
    r"(?:meta-analys[ei]s|meta-regression|pooled analysis|systematic review|trial|RCT|cohort study"
    r"|case[- ]control study|case series"
    r"|(?:retrospective|prospective|consecutive|institutional|cent(?:er|re)|nationwide|population-based|real-world)"
    r" (?:series|cohort|audit)(?! stud)"
    r"|(?:multicent(?:er|re)|multi-institutional|single-cent(?:er|re)|institutional|database|claims|Cochrane) analysis"
    r"|case report|registry|study|survey|retrospective analysis|post[- ]hoc analysis|subgroup analysis)"
)
WORKS = ("meta-", "analysis", "review", "trial", "RCT", "study", "case", "registry", "survey")
"""Each of the works' names holds one of these."""
NOT_A_WORK = r"(?!\s+(?:drug|treatment|population|medication|group|arm|period|end))"
DESCRIBED = regex.compile(
    rf"\b(?P<what>{DETERMINER}\s+(?:(?!(?:an?|the|this|our|in)\s)(?:[\w/–-]+"
    rf"|\([^()]{{1,20}}\))[,\s]+){{0,9}}?{WORK})\b{NOT_A_WORK}"
)

# What follows a gene, a protein or a status, and no trial.
MARKER_AFTER = regex.compile(
    r"(?:[-– ]|\s?\(?[+−]\)?\s)?(?:positiv|negativ|mutat|mutant|rearrang|fusion|amplif|inhibit|TKI|express|wild"
    r"|variant|gene\b"
    r"|altered|alteration|translocat|receptor|antibod|antagonis|agonis|driven|status|levels?\b|infect)"
)

# Words of methods, organisations and article furniture that are written like the name of a trial.
NOT_STUDIES = frozenset(
    (
        "PRISMA GRADE AMSTAR PROSPERO MEDLINE EMBASE CENTRAL CINAHL MOOSE CONSORT STROBE ROBINS QUADAS SPSS STATA "
        "RECIST RANO CTCAE MEDDRA ASCO ESMO NCCN WHO FDA EMA NICE ACC AHA ESC EASD ADA ECOG KPS NYHA RCT RCTS "
        "MESH USA UK EU DNA RNA MRI PET SD CI HR OR RR PICO PICOS NIH ICH GCP ROB REVMAN DOI PMID ISSN ISBN URL PDF "
        "ICU COVID SARS COPD DISCUSSION RESULTS METHODS CONCLUSION BACKGROUND ABSTRACT INTRODUCTION KEYWORDS REVIEW "
        "OBJECTIVE OBJECTIVES CONCLUSIONS PATIENTS PARTICIPANTS INTERVENTION INTERVENTIONS OUTCOMES DESIGN "
        "SETTING AIMS FINDINGS INTERPRETATION FUNDING IMPORTANCE "
        "PUBMED ENDNOTE CLINICALTRIALS SCOPUS GRAPHPAD TABLE FIGURE ARTICLE OPEN ACCESS CC BY HIV AIDS LDL HDL BMI ECG"
    ).split()
)
TYPES: tuple[tuple["regex.Pattern[str]", StudyType], ...] = (
    (regex.compile(r"meta-?(?:analys|regress)"), "meta-analysis"),
    (regex.compile(r"pooled"), "pooled analysis"),
    (regex.compile(r"real[- ]world|retrospective|observational|registry|cohort stud|case[- ]control"), "real-world"),
    (regex.compile(r"case (?:series|report)"), "case series"),
    (regex.compile(r"trial|RCT|randomi[sz]ed|phase"), "trial"),
)
