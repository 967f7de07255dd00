"""A sentence and the treatments found in it in, the groups that it names otherwise than by a treatment out."""

import regex

from extractors.facts.armbook import DRUGS_OF, Arm
from extractors.facts.sentence import Contents
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.evidence import ArmRole

# "the cCT-RT arm": a short form no vocabulary knows, named as a group.
UNKNOWN = regex.compile(r"\bthe\s+(?P<name>[\p{L}\d]*\p{Lu}[\p{L}\d]*(?:[-+/][\p{L}\d]+)*)\s+(?:arm|group)\b")
# A name between a joint of a list and brackets with a share.
VALUED = regex.compile(
    r"(?:,|\b(?:or|and|than|with|for|on|versus|vs\.?|against|to|in|the))\s(?P<name>(?:\p{L}[\p{L}/+-]+\s){0,3}?\p{L}[\p{L}\d/+-]+)\s"
    r"\((?=[\d.]+\s?%\))"
)
FEWEST_VALUED = 3
FEWEST_ALIKE = 2
# "with A, B and C were 40%, 28% and 15%, respectively": a list as long as that of the values behind it.
_WORD = r"(?!(?:and|or|were|was|of|in|for|with|at|on|who|patients)\b)\p{L}[\p{L}\d/+-]+"
_NAMED = rf"(?:an?\s|the\s)?(?P<name>(?:{_WORD}\s){{0,3}}?{_WORD})"
DEALT = Gated(
    rf"\b(?:with|after|under|on)\s(?:the\s)?{_NAMED}(?:,\s{_NAMED})+,?\s(?:and|or)\s{_NAMED}"
    r"(?:\s(?:groups?|arms?|patients|recipients))?,?\s(?:were|was|had|are)\b(?=[^.;]*\brespectively\b)"
)
# "12% of patients who underwent stenting and 20% of those given A": told of in the same words as one that is known.
_PEOPLE = r"(?:patients|participants|people|women|men|children|adults|infants|individuals|subjects|those)"
_GIVEN = (
    r"(?:who\s(?:had\s)?(?:underwent|undergone|received|were\sgiven)|undergoing|receiving|given|treated\swith"
    r"|who\shad)"
)
RECEIVED = Gated(
    rf"\b{_PEOPLE}\s(?P<how>{_GIVEN})\s(?:an?\s|the\s)?(?P<name>(?:{_WORD}\s){{0,2}}?{_WORD})"
    r"(?=\s(?:were|was|had|died|relapsed|responded|remained|achieved|survived|and|versus|vs|compared|than|or|but)\b|\s?[,;.)(]|$)"
)
# "in A group and stenting group", "the stenting and the A groups".
TWO_GROUPS = Gated(
    rf"\b(?:in|between|for|of)\s(?:the\s)?(?P<name>(?:{_WORD}\s){{0,2}}?{_WORD})\s(?:group|arm)\s(?:and|versus|vs\.?|against|than|compared\swith)\s(?:in\s)?"
    rf"(?:the\s)?(?P<name>(?:{_WORD}\s){{0,2}}?{_WORD})\s(?:group|arm)\b"
)
NO_TREATMENT = regex.compile(
    r"\b(?:treatments?|therap(?:y|ies)|drugs?|placebo|combination|both|either|neither|it|them|these|those|this|that|interventions?"
    r"|controls?|prior|previous|no|none|any|all|at|least|more|less|doses?|care|support|first|second|other)\b",
    regex.IGNORECASE,
)
# "30% with stenting versus 12% without (RR": the same, left out.
WITHOUT = Gated(
    r"\bwith\s(?:the\s)?(?P<name>[^.;:()\d]{3,50}?)(?:\s\([^()]*\))?,?\s(?:and|versus|vs\.?|compared\swith|compared\sto|than|against)"
    r"\s(?:in\s|only\s)?[\d.]+\s?%\s(?:\([^()]*\)\s)?(?P<without>without)(?:\sit)?(?=\s?[.,;()])"
)
# "95 patients without mesh": words the vocabulary knows only with others ("a mesh").
LACKING = Gated(r"\bwithout\s(?P<name>\p{L}[\p{L}-]{3,}(?:\s\p{L}{4,})?)(?=\s?[.,;()]|$)")
# "those in the highest quartile of intake": exposure groups of an observational study.
QUANTILE = Gated(
    r"\b(?:the\s+)?(?P<name>(?:highest|lowest|top|bottom|upper|lower|first|fourth|fifth)"
    r"\s+(?:quartile|quintile|tertile|decile)s?"
    r"|(?:quartile|quintile|tertile|decile)\s[1-9]0?|[QT][1-5](?=\s(?:vs\.?|versus|compared)\s|\s?[;),]))(?![\w.])"
)
# "the Japan Adjuvant Study Group": a body's name.
PROPER = regex.compile(r"\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+")
LETTER = regex.compile(r"\b[Aa]rm\s(?P<letter>[A-H])(?![\w-])")
OPENED = regex.compile(r"^\s*(?:alone\s*)?[(\[]\s*$")
# "the combination group of X and Y", "the control arm (X)": the words and the drugs are one arm.
SAME = regex.compile(r"^\s*(?:\(|of|treated with|receiving|with|,\s*)\s*(?:the\s+)?$")


def add_groups(contents: Contents, arms: list[Arm]) -> None:
    """Add groups by a word of their own, by letter, by quantile, and by their part in the study ("the control arm")."""
    _unknown(contents, arms)
    _listed(contents, arms)
    _dealt(contents, arms)
    _received(contents, arms)
    _without(contents, arms)
    _lettered(contents, arms)
    _quantiles(contents, arms)
    _parts(contents, arms)


def _unknown(contents: Contents, arms: list[Arm]) -> None:
    for match in UNKNOWN.finditer(contents.text):
        span = Span(contents.span.start + match.start("name"), contents.span.start + match.end("name"))
        if not any(a.span.overlaps(span) for a in arms) and not _named_otherwise(contents, span):
            arms.append(Arm(span=span, drugs=(match["name"],), grouped=True, rules=("arm:unknown_word",), active=1))


def _listed(contents: Contents, arms: list[Arm]) -> None:
    """The unknown one of treatments with a value in brackets each: "A (24%), nicotine patch (18%) or B (9%)"."""
    matches = list(VALUED.finditer(contents.text)) if contents.text.count("%)") >= FEWEST_VALUED else []
    spans = [Span(contents.span.start + m.start("name"), contents.span.start + m.end("name")) for m in matches]
    known = [any(a.drugs and a.span.end == s.end for a in arms) for s in spans]
    if len(spans) < FEWEST_VALUED or sum(known) < len(spans) - 1:
        return
    for match, span, is_known in zip(matches, spans, known, strict=True):
        if not is_known and not any(a.span.overlaps(span) for a in arms) and not _named_otherwise(contents, span):
            arms.append(Arm(span=span, drugs=(match["name"],), rules=("arm:unknown_word",), active=1))


def _dealt(contents: Contents, arms: list[Arm]) -> None:
    """The unknown ones of three or more treatments that as many values are dealt to in order."""
    for match in DEALT.finditer(contents.text):
        base = contents.span.start
        spans = [Span(base + a, base + b) for a, b in match.spans("name")]
        known = [any(a.drugs and a.span.overlaps(s) for a in arms) for s in spans]
        values = [v for v in contents.values if v.span.start >= base + match.end()]
        foreign = any(_named_otherwise(contents, s) for s, k in zip(spans, known, strict=True) if not k)
        if not any(known) or len(values) < len(spans) or foreign:
            continue
        for arm in (a for a in arms if any(a.span.overlaps(s) for s in spans)):
            arm.broad = False  # "with gastrectomy, bypass surgery and A": here the kind is an arm
        for span, name, is_known in zip(spans, match.captures("name"), known, strict=True):
            if not is_known:
                arms.append(Arm(span=span, drugs=(name,), rules=("arm:unknown_word",), active=1))


def _received(contents: Contents, arms: list[Arm]) -> None:
    """The unknown one of two treatments that people are said in like words to have been given."""
    given = list(RECEIVED.finditer(contents.text))
    told = [m.span("name") for m in given if not m["how"].endswith("had")]  # "who had diabetes" tells no treatment
    grouped = [place for m in TWO_GROUPS.finditer(contents.text) for place in m.spans("name")]
    for places in (told if len(given) >= FEWEST_ALIKE else [], grouped):
        spans = [Span(contents.span.start + start, contents.span.start + end) for start, end in places]
        known = [any(a.drugs and a.span.overlaps(s) for a in arms) for s in spans]
        for span, is_known in zip(spans, known, strict=True):
            name = contents.words(*span)
            if any(known) and not is_known and not NO_TREATMENT.search(name) and not _named_otherwise(contents, span):
                arms.append(
                    Arm(span=span, drugs=(name,), grouped=places is grouped, rules=("arm:unknown_word",), active=1)
                )


def _without(contents: Contents, arms: list[Arm]) -> None:
    """The arm that did without the treatment named with the value before."""
    for match in WITHOUT.finditer(contents.text):
        base = contents.span.start
        given = Span(base + match.start("name"), base + match.end("name"))
        holders = [a for a in arms if a.drugs and a.span.overlaps(given)]
        if len(holders) == 1:
            span = Span(base + match.start("without"), base + match.end("without"))
            name = f"no {holders[0].name}"
            arms.append(Arm(span=span, drugs=(name,), role="control", negated=True, rules=("arm:without",), active=0))

    named = {a.name: a for a in arms if a.name}
    for match in LACKING.finditer(contents.text) if named else ():
        span = Span(contents.span.start + match.start(), contents.span.start + match.end())
        if match["name"] in named and not any(a.span.overlaps(span) for a in arms):
            drugs = (f"no {match['name']}",)
            arms.append(Arm(span=span, drugs=drugs, role="control", negated=True, rules=("arm:without",), active=0))


def _named_otherwise(contents: Contents, span: Span) -> bool:
    kinds = (contents.endpoints, contents.populations, contents.studies, contents.measures, contents.cues)
    return any(m.span.overlaps(span) for kind in kinds for m in kind)


def _lettered(contents: Contents, arms: list[Arm]) -> None:
    """Give arms the letters behind them in brackets, and add those that a letter alone speaks of: "in arm B"."""
    for match in LETTER.finditer(contents.text):
        span = Span(contents.span.start + match.start(), contents.span.start + match.end())
        before = (a for a in arms if a.span.end < span.start)
        holder = next((a for a in before if OPENED.match(contents.words(a.span.end, span.start))), None)
        if holder is not None:
            holder.label = match["letter"]
        elif not any(a.span.overlaps(span) for a in arms):
            letter = match["letter"]
            drugs = (f"arm {letter}",)
            arms.append(Arm(span=span, drugs=drugs, grouped=True, rules=("arm:letter",), active=1, label=letter))


def _quantiles(contents: Contents, arms: list[Arm]) -> None:
    for match in QUANTILE.finditer(contents.text):
        span = Span(contents.span.start + match.start("name"), contents.span.start + match.end("name"))
        low = match["name"].startswith(("lowest", "bottom", "lower", "first")) or match["name"].endswith(
            (" 1", "Q1", "T1")
        )
        role: ArmRole = "control" if low else "experimental"
        arms.append(Arm(span=span, drugs=(match["name"],), role=role, grouped=True, rules=("arm:quantile",), active=1))


def _parts(contents: Contents, arms: list[Arm]) -> None:
    for cue in contents.cues:
        if PROPER.match(contents.words(cue.span.start, cue.span.end)):
            continue
        behind = (a for a in arms if a.span.start >= cue.span.end)
        if any(SAME.match(contents.words(cue.span.end, a.span.start)) for a in behind):
            continue
        if any(a.drugs and contents.words(a.span.end, cue.span.start) == " " for a in arms):
            continue  # "the X monotherapy arm"
        if cue.role in ("control_arm", "experimental_arm", "combination_arm") and not any(
            a.span.overlaps(cue.span) for a in arms
        ):
            side: ArmRole = "control" if cue.role == "control_arm" else "experimental"
            words = contents.words(cue.span.start, cue.span.end).casefold()
            count = next((word for word in DRUGS_OF if word in words), "")
            arms.append(
                Arm(span=cue.span, drugs=(), role=side, cue=cue.role, grouped=True, rules=(cue.rule,), label=count)
            )
