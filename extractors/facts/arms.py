"""Drug mentions of a sentence in, arms out: combinations put together, and each study's arms remembered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extractors.facts.armbook import Arm
from extractors.facts.armkinds import ALONE, ARM_NOUN, stands_as_group
from extractors.facts.armwords import add_groups
from extractors.facts.exposures import add_exposures
from extractors.facts.sentence import BRACKETED, Contents, brackets_around
from schemas.anchor import Span
from schemas.evidence import ArmRole
from schemas.mention import DrugMention

# Words between two drugs that make one treatment of them.
JOIN = regex.compile(
    # "A 200 mg + B": a dose stands between only before a plus
    r"^\s*(?:\([^()]{0,60}\)\s*)?(?:[\d.,]+\s?(?:mg|µg|mcg|g|IU|mL|Gy)\b(?:/\w+)*\s*(?=\+|plus\b|(?:in\s)?combin))?"
    r"(?:\+|-plus-|-and-|-followed-by-|-|–|/|&|[Pp]lus|(?:[Cc]ombined|[Aa]ccompanied|[Pp]aired|[Aa]long) with"
    r"|accompanied by"
    r"|in (?:combination|conjunction) with|together with|alongside"
    r"|added to|with|with a|with the"
    r"|on top of|in addition to|followed by"
    r"|with an?(?: \w+)? dose of)"
    r"(?:\s+an? (?:high|low|fixed|full|standard|reduced)[ -]dose(?: of)?)?"
    r"(?:\s+(?:a|an|the|high-dose|low-dose|standard|concurrent|either|daily|weekly|monthly|once-daily|twice-daily|oral"
    r"|intravenous|subcutaneous|continuous|maintenance|matching)){0,2}\s*(?:\([^()]{0,60}\)\s*)?$"
)
# "and" or a comma joins only where the text says so before ("combination of A and B", "A, B, and C (ABC)").
LOOSE = regex.compile(
    r"^\s*(?:\([^()]{0,140}\)\s*)?(?:,\s*and|,|and)\s+(?:the\s+)?(?:[\d.,]+\s*(?:mg|µg|g|mL|IU|units?)(?:/\w+)?\s+of\s+)?$"
)
# "compared X with A, B, and C": a comparison has two sides.
TWO_SIDES = regex.compile(r"\bcompar(?:ed|ing|es)\s+[^.;,]{2,40}?\s+(?:with|to)\s+$")
BETTERS = regex.compile(
    r"^\s(?:\([^()]*\)\s)?(?:also\s|significantly\s|further\s|modestly\s)?(?:reduc|improv|prolong|increas|lengthen|extend"
    r"|lower|did\b|raised|doubl|decreas|delay|led\b|resulted|failed|produced|yielded|cut\b)"
)
# "did not differ between A and B"; "Compared with A, B lowered".
APART = regex.compile(r"\b(?:between|differ\w*)\s+(?:the\s+)?$")
FRONTED = regex.compile(
    r"(?:^|[.;:]\s|(?P<inside>,\s(?:and\s|but\s)?))\W*(?:(?:[Ww]hen|[Aa]s)\s)?(?:[Cc]ompared (?:with|to)"
    r"|[Ii]n comparison (?:with|to)|[Rr]elative to|[Vv]ersus|[Uu]nlike)\s+(?:the\s+)?$"
)
SIZED = regex.compile(r"[(\[]\s*[nN]\s*=\s*\d")
CHOICE = regex.compile(r"^\s(?P<of>of\s(?:\w+\s)?)?$")
# What is given in place of a treatment makes a control of all it is combined with; usual care beside one does not.
MASKED = frozenset(("placebo", "sham", "vehicle"))
# "single-agent chemotherapy (A, B or C)": examples of one arm.
CLASS_BEFORE = regex.compile(
    r"\b(?:chemotherapy|therapy|treatment|choice|regimen|agents?|inhibitors?|drugs?|care|comparator)\s*$",
    regex.IGNORECASE,
)
OPTIONS = regex.compile(r"\bor\b|,")
COMBINED_AFTER = regex.compile(r"^\s*(?:\([^()]{0,40}\)\s*)?(?:in|as)\s+(?:an?\s+)?(?:[\w-]+\s+){0,2}combination\b")
COMBINING = regex.compile(
    r"(?:combination|combining|combinatorial (?:group|treatment)\b.{0,30}|combined|doublet|triplet|regimen|both)\b"
    r"[^.;]{0,40}$",
    regex.IGNORECASE,
)
COMPARING = regex.compile(r"\b(?:compar(?:ed|ing|ison)|versus|vs)\b[^.;]*$")
# "the A and B group" is one group, "the A and B groups" are two; what stands after "compared to" is one.
ONE_GROUP = regex.compile(
    r"^\s*(?:treatment|combination|therapy)?\s*(?:group|arm|combination|regimen)\b|^\s*\((?:doublet|triplet|quadruplet)\b"
)
SEVERAL = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:treatment\s+|alone\s+)?(?:groups|arms|were|are)\b|^\s*,\s*(?:and|respectively)"
)
FEWEST_LISTED = 3  # drugs
# What is said of each treatment of a list.
EACH = regex.compile(r"\b(?:each|respectively|both|all|either|or|various|such as|including|e\.g|agents|drugs)\b")
# "A, B or C": one of them.
OR_ON = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:[\d.,]+\s?(?:mg|µg|mcg|g|IU)\s?)?,?\sor\s(?!both\b)")
# "the A, B and C groups": each is one.
GROUPS_BEHIND = regex.compile(r"^[^.;:()\d]{0,60}\b(?:groups|arms)\b")
GIVEN = regex.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|with|of|to|plus|given|receiv\w+|assigned to|against)\s+(?:the\s+)?$"
)
PRIOR = regex.compile(
    r"\b(?:previously|prior|previous|progress\w+ (?:on or after|during or after|on|after|during|through)|failed)\b"
    r"(?:(?!\b(?:responded|achieved|assigned|allocated|randomi[sz]ed)\b)[^.;,()]){0,40}"
    r"(?:(?<!\bto\s)|(?<=\b(?:expos\w+|refractory|resistan\w+|intoleran\w+|respons\w+|responding|sensitiv\w+)\sto\s))$"
    # "platinum-resistant women received X": given after it, not before
    r"|\b(?:refractory|resistant|naive|intolerant|pre-?treated)\b"
    r"(?:(?!\b(?:received|given|assigned|allocated|randomi[sz]ed|treated)\b)[^.;,()]){0,40}$",
    regex.IGNORECASE,
)
AND_ON = regex.compile(r"^[\s,]*(?P<joint>and|or)?[\s,]*(?:\([^()]*\))?\s*$")
LIST_ON = regex.compile(r"^\s*(?:\([^()]*\)\s*)?(?:,|and\b|or\b)")
# "cisplatin-based doublet chemotherapy" is one treatment.
BASED = regex.compile(
    r"^-(?:based|containing)\s+(?:[\w-]+\s+){0,2}?(?:(?:chemo)?(?:immuno|radio)?therapy|chemoradiation|regimens?|treatments?"
    r"|doublets?(?:\s+chemotherapy)?|triplets?|combinations?)\b"
)
# "vitamin D levels", "iron deficiency": what was found in people, not what they were given.
MEASURED = regex.compile(
    r"^[\s-](?:levels?|status|deficien\w+|insufficien\w+|sufficien\w+|concentrations?|measurements?)\b"
)
LEFT_OUT = regex.compile(r"^\s+without\s+(?:the addition of\s+)?$")
# "cisplatin-ineligible patients" are told what they cannot have.
FITNESS = regex.compile(
    r"^[-–](?:in)?(?:eligible|tolerant|sensitive|fit)\b|^[-–](?:refractory|resistant|na[iï]ve|unfit|exposed|pre-?treated|experienced)\b"
)
# "12% and 10% of patients with A and B", "12% of 162 and 10% of 160 patients treated with A and B": one of each.
TWO_VALUES = regex.compile(
    r"(?<!\S,\s)(?<![.\d])\d[\d.]*\s?(?:%|months|weeks|years|days)?(?:\s\([^()]*\)|\sof\s[\d,]+)?\s(?:and|vs\.?|versus|against)\s"
    r"\d[\d.]*\s?(?:%|months|weeks|years|days)(?:\s\([^()]*\)|\sof\s[\d,]+)?"
    r"(?:\s(?:of|in|for)?\s?(?:the\s)?(?:patients|participants|those|women|men|adults|children|subjects|eyes))?"
    r"\s(?:(?:receiving|given|treated|taking|on|assigned\sto|who\sreceived)\s)?(?:with\s|for\s|in\s)?(?:the\s)?$"
)
DEFINED = "drugs:defined"  # the rule of a short form that the document defines
CONTROLLED = regex.compile(r"^[-–\s]controlled\b")
# "A (75 mg) added to B".
PLAIN_DOSE = regex.compile(r"^\s*\([\d.,/ -]*\s?(?:mg|µg|mcg|g|IU|mL|Gy|mg/kg)[^()%]{0,30}\)")
# "with (n = 95) or without X".
WITH_OR = regex.compile(r"\bwith\s\([^()]*\)\sor\swithout\s(?:[\w-]+\s)?$")
NEGATED = regex.compile(
    r"(?:\bnot\s+(?:\w+\s+){0,2}(?:treated with|received?|receiving|given)|\bwithout|\bno"
    r"|(?:\bvs\.?|\bversus|\band|\bor|\bthan|\bto|\bwith)\sNo)\s+(?:\w+\s+)?$"
    r"|\b(?:no|non)-$"
)
# What comes after the number that belongs to an arm, or before the arm's number.
# Possessive, since a word given back in part would only count for two.
NEAR = regex.compile(r"(?:[\s(]*+[\w/+'’-]++){0,8}[\s(]*")
HEAD = regex.compile(r"^\s*[:=]\s*[<>~≤≥]?\s?[-−–+]?\d")
LISTED_BEFORE = regex.compile(
    r"^\)\s+(?:with|in|on|among|under)\s+(?:the\s+)?"
    r"(?:(?:patients|participants|people|women|men|those|subjects|adults|children)\s+"
    r"(?:treated\s+with|given|receiving|taking|on|(?:who\s+)?received|(?:assigned|allocated|randomi[sz]ed)\s+to)\s+)?$"
)
ENCLOSED = regex.compile(r"[(\[](?:[\p{L} -]{2,40}[,:]?\s)?[<>~]?\s?[\d.]+\s?%?$")
# "13.6 months, which reached noninferiority, for patients given A".
RELATIVE = regex.compile(r"^(?:\s*%|\s*\p{L}+)?,\s+which\s[^,;()]{3,60},(?=\s)")
SPREAD = regex.compile(r"\d[\s%\w]*\((?:S[ED]M?\s|±\s?)?[\d.]+$")
BINDING = regex.compile(
    r"^[\s,%]*(?:\w+[\s-]*(?:²|2)?[\s,]*)?(?:\([^()]*\)\s*|\[[^\]]*\]\s*)*,?\s*"
    r"(?:(?:of|in|for|to|among|with|on|under|by|after|from|following)\b|were|was|who|treated|assigned|allocated"
    r"|receiving|received|given|taking|using|started|began|took|chose|(?:(?!and\b|or\b)[\w-]+\s)?(?:patients|participants|those|subjects)\b)"
)


def find_arms(contents: Contents, kinds: frozenset[str] = frozenset()) -> list[Arm]:
    """The arms a sentence names, in printed order; `kinds` are classes and procedures that are always arms."""
    arms: list[Arm] = []
    apposed = _apposed(contents)
    for drug in contents.drugs:
        if drug.span in apposed:
            continue
        if arms and drug.span.end <= arms[-1].span.end:
            continue  # "chemotherapy" of "cisplatin-based chemotherapy"
        if arms and arms[-1].drugs and LEFT_OUT.match(contents.words(arms[-1].span.end, drug.span.start)):
            arms[-1].alone, arms[-1].broad = True, False  # "chemotherapy without bevacizumab"
            arms[-1].span = Span(arms[-1].span.start, drug.span.end)
            continue
        if arms and _is_other_name(contents, arms[-1], drug):
            arms[-1].broad = arms[-1].broad and drug.broad
            continue  # "rivoceranib (apatinib)"
        if MEASURED.match(contents.words(drug.span.end, drug.span.end + 24)):
            continue
        if FITNESS.match(contents.words(drug.span.end, drug.span.end + 20)):
            continue
        role: ArmRole | None = "control" if drug.role == "control" else None
        chosen = CHOICE.match(contents.words(arms[-1].span.end, drug.span.start)) if arms else None
        if chosen is not None and arms[-1].drugs[-1].endswith("choice"):  # "investigator's choice (of) chemotherapy"
            name = drug.drugs if chosen["of"] else (f"{arms[-1].drugs[-1]} {' + '.join(drug.drugs)}",)
            whole = Span(arms[-1].span.start, drug.span.end)
            arms[-1] = replace(arms[-1], drugs=name, span=whole, role=None if chosen["of"] else arms[-1].role)
        elif arms and arms[-1].drugs and _joined(contents, arms[-1], drug.span, role):
            last = arms[-1]
            last.drugs = tuple(dict.fromkeys((*last.drugs, *drug.drugs)))
            last.span = Span(last.span.start, drug.span.end)
            background = not (MASKED & {*last.drugs}) and last.role == "control" and role is None
            last.role = None if background else last.role or role
            last.broad = last.broad and drug.broad
            last.active += role is None
            last.rules += (drug.rule,)
        else:
            active = 0 if role == "control" else len(drug.drugs)
            arm = Arm(span=drug.span, drugs=drug.drugs, role=role, rules=(drug.rule,), active=active, broad=drug.broad)
            based = BASED.match(contents.words(drug.span.end, drug.span.end + 60)) if len(drug.drugs) == 1 else None
            if based is not None and not drug.broad:
                arm.span = Span(drug.span.start, drug.span.end + based.end())
                arm.drugs = (f"{drug.drugs[0]}{' '.join(based[0].split())}",)
            arms.append(arm)
    arms = [a for a in arms if not _is_example(contents, a, arms)]
    arms = _without_prior(
        contents, [a for a in arms if not a.broad or kinds.intersection(a.rules) or stands_as_group(contents, a)]
    )
    for arm in arms:
        after = contents.words(arm.span.end, arm.span.end + 60)
        if arm.broad and len(arm.drugs) == 1 and after.startswith("-alone"):
            arm.drugs = (f"{arm.drugs[0]} alone",)
        arm.grouped = ARM_NOUN.match(after) is not None
        arm.alone = arm.alone or ALONE.match(after) is not None
        arm.design = CONTROLLED.match(after) is not None
        before = contents.words(arm.span.start - 40, arm.span.start)
        if NEGATED.search(before) and not WITH_OR.search(before):
            arm.drugs = ("no " + " + ".join(arm.drugs),)
            arm.role = "control"
            arm.negated = True
    without = {a.drugs[0].removeprefix("no ") for a in arms if a.negated}
    for arm in arms:  # "the X and the no X groups"
        arm.grouped = arm.grouped or (len(arm.drugs) == 1 and arm.drugs[0] in without)
    add_groups(contents, arms)
    add_exposures(contents, arms)
    return sorted(arms, key=lambda a: a.span.start)


def _apposed(contents: Contents) -> set[Span]:
    """Classes that only say what the drug right behind them is: "the DPP-4 inhibitor A", "the dual X and Y A"."""
    found: set[Span] = set()
    for drug, behind in reversed(list(pairwise(contents.drugs))):
        gap = contents.words(drug.span.end, behind.span.start)
        named = gap == " " and not behind.broad and behind.role != "control" and behind.rule != DEFINED
        if (drug.broad or drug.rule == DEFINED) and (named or (behind.span in found and gap == " and ")):
            found.add(drug.span)
    return found


def _is_other_name(contents: Contents, last: Arm, drug: DrugMention) -> bool:
    """Whether brackets right behind an arm hold nothing but another name of what is in it."""
    opened = contents.words(last.span.end, drug.span.start) == " ("
    return opened and set(drug.drugs) <= set(last.drugs) and contents.words(drug.span.end, drug.span.end + 1) == ")"


def _is_example(contents: Contents, arm: Arm, arms: Sequence[Arm]) -> bool:
    """Whether a drug is one of several in brackets that a class of drugs was given as: "chemotherapy (A, B or C)"."""
    fence = brackets_around(contents, arm.span)
    if fence is None:
        return False
    others = [a for a in arms if a is not arm and fence.holds(a.span)]
    text = contents.words(fence.start, fence.end)
    before = contents.words(fence.start - 40, fence.start)
    return bool(others) and CLASS_BEFORE.search(before) is not None and OPTIONS.search(text) is not None


def _without_prior(contents: Contents, arms: list[Arm]) -> list[Arm]:
    """Leave out what patients had before the study ("who had previously received X, Y, and Z")."""
    kept: list[Arm] = []
    last_prior: Arm | None = None
    for arm in arms:
        listed = last_prior is not None and _goes_on(contents, last_prior.span, arm.span)
        if listed or PRIOR.search(contents.words(arm.span.start - 60, arm.span.start)):
            last_prior = arm
        else:
            kept.append(arm)
    return kept


def _goes_on(contents: Contents, last: Span, span: Span) -> bool:
    """Whether a list goes on with a drug: behind "and" or "or", or behind a comma where more of the list follows it.

    "After progression on A, B gave 61%": the comma ends what they had before.
    """
    match = AND_ON.match(contents.words(last.end, span.start))
    return match is not None and (
        match["joint"] is not None or LIST_ON.match(contents.words(span.end, span.end + 40)) is not None
    )


def _named_before(contents: Contents, last: Arm, span: Span) -> bool:
    """Whether the drug at `span` is named in its sentence before the arm right in front of it, too."""
    drugs = _drugs_at(contents, span)
    return any(d.drugs == drugs and d.span.end <= last.span.start for d in contents.drugs)


def _drugs_at(contents: Contents, span: Span) -> tuple[str, ...]:
    return next((d.drugs for d in contents.drugs if d.span == span), ())


def _joined(contents: Contents, last: Arm, span: Span, role: ArmRole | None) -> bool:
    between = contents.words(last.span.end, span.start)
    if SIZED.search(between):  # "A (n = 201), B (n = 199)"
        return False
    told = (contents.values, contents.measures, contents.intervals)
    if (
        "(" in between
        and not PLAIN_DOSE.match(between)
        and any(last.span.end <= m.span.start < span.start for kind in told for m in kind)
    ):
        return False  # "with A (OR 2.81, 95% CI 1.68-4.71) and B (OR 5.13"
    if JOIN.match(between):
        if last.role == "control" and between.split()[:1] == ["followed"]:
            return False  # "placebo followed by X": told of for its placebo
        if "added" in between.split() and BETTERS.match(contents.words(span.end, span.end + 60)):
            return False  # "A added to B prolonged survival": A + B against B
        contrasted = between.split()[:1] == ["with"] and COMPARING.search(
            contents.words(last.span.start - 80, last.span.start)
        )
        return not contrasted
    if LOOSE.match(between):
        before = contents.words(last.span.start - 40, last.span.start)
        if APART.search(before) or (FRONTED.search(before) and "and" not in between):
            return False
        if TWO_SIDES.search(contents.words(contents.span.start, last.span.start)) and role is None is last.role:
            return True
        if role == "control" or (last.role == "control" and "," in between):
            return False
        if "," in between and "and" not in between and _named_before(contents, last, span):
            return False  # "in a trial of A versus B, A lowered"
        if set(_drugs_at(contents, span)) <= set(last.drugs):
            return False  # "A, B and C (triplet), A and C (doublet)"
        if _one_regimen(contents, span):
            return True
        after, before = contents.words(span.end, span.end + 40), contents.words(last.span.start - 25, last.span.start)
        if (
            SEVERAL.match(after)
            or ("," in between and GROUPS_BEHIND.match(after))
            or any(c.role == "respectively" for c in contents.cues)
            or deals_two(contents, last.span) is not None
        ):
            return False
        if COMBINED_AFTER.match(after):
            return True
        listed = "," in between and "and" not in between and len(last.drugs) == 1 and not two_told(contents)
        if listed and OR_ON.match(contents.words(span.end, span.end + 60)):
            return False  # "to A, B or C"
        if ONE_GROUP.match(after) or GIVEN.search(before) or len(last.drugs) > 1:
            return True
        return COMBINING.search(contents.words(last.span.start - 70, last.span.end)) is not None and not regex.match(
            r"^\s*(?:groups|arms)\b", contents.words(span.end, span.end + 20)
        )
    return False


def deals_two(contents: Contents, first: Span) -> int | None:
    """Where two values begin that stand right before an arm, one of them its own: "12% and 10% with A and B"."""
    match = TWO_VALUES.search(before := contents.words(first.start - 110, first.start))
    return None if match is None else first.start - len(before) + match.start()


def two_told(contents: Contents) -> bool:
    """Whether a sentence prints two values of one kind and no third, as for two arms."""
    kinds = Counter(v.unit for v in contents.values)
    return bool(kinds) and max(kinds.values()) == 2


def _one_regimen(contents: Contents, span: Span) -> bool:
    """Whether a list of drugs is given to one group: "87% with A, B, and C" has one value for three drugs."""
    if not contents.values or len(contents.drugs) < FEWEST_LISTED or EACH.search(contents.text):
        return False
    run: list[Span] = []
    for drug in contents.drugs:
        if drug.role == "control" or not (run and LOOSE.match(contents.words(run[-1].end, drug.span.start))):
            if any(s.overlaps(span) for s in run):
                break
            run = []
        run.append(drug.span)
    if len(run) < FEWEST_LISTED or not any(s.overlaps(span) for s in run):
        return False
    last = contents.words(run[-2].end, run[-1].start)
    kinds = Counter(v.unit for v in contents.values)
    return (
        " and " in last
        and not GROUPS_BEHIND.match(contents.words(run[-1].end, contents.span.end))
        and not any(n >= len(run) for n in kinds.values())
    )


def heads(contents: Contents, arm: Span) -> bool:
    """Whether an arm stands at the head of a number of its own: "A: 28.8", "B = 13%"."""
    return HEAD.match(contents.words(arm.end, arm.end + 6)) is not None


def binds(contents: Contents, value_end: int, label_start: int) -> bool:
    """Whether the words from a value to the label after it tie them ("12.7 months in the X group")."""
    between = contents.words(value_end, label_start)
    between = RELATIVE.sub("", between)
    if LISTED_BEFORE.match(between) and ENCLOSED.search(contents.words(value_end - 50, value_end)):
        return True  # "fatigue (9%) with X"
    if between.startswith(")") and SPREAD.search(contents.words(value_end - 20, value_end)):
        between = between[1:]  # "−17.0 (13.88) with X"
    if between in (" ", " to ", " on ") or BRACKETED.sub("", between).split() == ["at"]:
        return True  # "38% (95% CI 27-49) at 5 mg"
    match = BINDING.match(between + " ")
    return (
        match is not None
        and NEAR.fullmatch(between[match.end() - 1 :]) is not None
        and not regex.search(r"[;:]|\bwhile\b|\bwhereas\b|\bcompared\b|\bvs\b|\bversus\b", BRACKETED.sub(" ", between))
    )
