"""The units of a sentence in, those that are a difference between groups out, each with its p-value."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractors.facts.arms import binds
from extractors.facts.clause import Clause
from extractors.facts.owned import said_of_arm
from extractors.facts.pooled import is_pooled
from extractors.facts.protection import is_protection
from extractors.facts.quantities import quantity
from extractors.facts.sentence import BRACKETED, Contents
from extractors.facts.values import BY_OTHER, MEASURED, Numbers, Unit
from extractors.patterns import Gated
from schemas.mention import PValueMention

# "extended by 9.1 months", "a reduction of 2.3%": a difference between groups, not a group's value.
CHANGED = (
    r"(?:exten[ds]|prolong|cut|halv|reduc|increas|decreas|improv|lower|rais|shorten|declin|drop|fell|rise|rose"
    r"|gain|benefit"
    r"|differ)"
)
CHANGE = r"(?:reduction|decrease|increase|improvement|rise|fall|decline|difference|gain|benefit)"
AGAINST = r"(?:(?:versus|vs\.?|from|over|against|relative to|compared with)\s+[^.;,()\d]{1,30}?,?\s+)?"
DIFFERENCE = regex.compile(
    rf"\b{CHANGED}\w*\b[^.;]{{0,60}}?\bby\s+(?:a\s+|an?\s+median\s+of\s+|approximately\s+|about\s+|~)?$"
    rf"|\b(?:(?:less|more)\s+\w+|(?:steep|slow|fast|short|long|small|great|low|high)er)\s+by\s+(?:about\s+"
    rf"|approximately\s+)?$"
    rf"|\b(?:(?:relative|absolute|risk|percentage)\s+)?{CHANGE}s?\s+(?:in\s+(?:[\w-]+\s+){{1,5}})?(?:of|was|="
    rf"|:)\s+$|\b[Dd]ifference,\s*$"
    r"|\b(?:relative|risk) (?:reduction|increase),?\s*$"
)
# The noun itself, with or without whom it is against: "difference 45.0%", "effect size versus placebo, 28.5%".
NAMED = regex.compile(
    rf"\b(?:[Dd]ifferences?|[Ee]ffect\s+sizes?)(?:\s+\[\w+\])?,?\s+(?:(?:in|at|on|by|after)\s+"
    rf"(?:[\w-]+\s+){{1,4}})?{AGAINST}"
    r"(?:of\s+|was\s+|were\s+|being\s+)?$"
    r"|[(\[]\s?(?:\w+\s){0,2}[Dd]ifferences?:\s+$"
    r"|\b(?:RRR|ARR|[Rr]elative\s+risk\s+reductions?)[)\]]?\s*(?:=|of|was|were|:|,)?\s*$"
    r"|\b(?:outperform|beat|exceed|surpass|superior)\w*\s[^.;]{0,60}?\bby\s+(?:about\s+|approximately\s+)?$"
)
# "The difference between A and B in stiffness at 12 weeks was".
BETWEEN = Gated(
    r"\b[Dd]ifferences?\s+between\s+(?:[^.;:()\d]|(?<=\p{L})\d){3,100}?(?:\s+(?:at|after)\s+(?:week\s+)?\d+(?:\s+(?:weeks?|months?|years?|days?))?,?)?"
    r"\s+(?:was|were|of)\s+$"
)
# "(difference in X after 18 months between A and B = -0.24": far behind its noun.
EQUALLED = regex.compile(r"\b[Dd]ifferences?\b(?:[^.;()=]|\bvs?\.){0,200}=\s*$")
# "placebo-adjusted reductions were 0.6%, 0.9% and 1.1%".
ADJUSTED = regex.compile(
    r"\b(?:placebo|sham|control|vehicle)[\s‐‑-](?:adjusted|subtracted|corrected)\s[^;.()]{0,40}?\b(?:was|were"
    r"|of)\s+[^;:()]{0,40}$",
    regex.IGNORECASE,
)
# "a 25% reduction in", "a 38% relative risk reduction", "a 30% lower risk".
CHANGE_OF = regex.compile(
    rf"^\s*%?\s*(?:\([^()]*\)\s*)?(?:(?:relative|absolute|significant|greater|mean|median)\s+)*(?:risk\s+)?"
    rf"(?:{CHANGE}|lower|higher"
    rf"|greater|more|less|fewer|shorter|longer|earlier|faster|slower|(?:reduced|increased|decreased|elevated|lowered)\s+(?:\w+\s+)?(?:risk|odds|RR|HR"
    rf"|incidence|likelihood|rate|mortality"
    rf"|hazard|probability))\b"
)
# "lower by 12% in A and by 14% in B", "lower by 12% (95% CI 10 to 14) and 14%".
LIKEWISE = regex.compile(r"^(?:\s*\([^()]*\))?[^.;,\d]{0,70},?\s*\band (?:by )?$")
OF_NEXT = regex.compile(r"^[\s\w%/]{0,14}?\s*,?\s*and\s+(?:in\s+|of\s+|for\s+)?[^.;()\d]{2,60}\s(?:of|by)\s+$")
LISTED = regex.compile(r"^\s*%?\s*(?:,|,?\s*and)\s+$")
# "a 37% (RR 0.63) and a 77% (RR 0.23) lower risk": what stands behind the last is said of both.
SAME_CHANGE = regex.compile(r"^\s*%?\s*and\s+(?:an?\s+)?$")
REFERENCE = Gated(r"\b(?:relative to|compared (?:with|to)|versus|vs|than)\b", regex.IGNORECASE)
# A risk that is cut is cut against another group's.
RISK = regex.compile(
    r"\b(?:risks?|hazards?|odds|mortality|deaths?|dying|incidence|rates?|events?|hospitali[sz]ations?|relapses?"
    r"|recurrences?"
    r"|likelihood|prevalence|HR|OR|RR)\b|\bp\s?[<=]",
    regex.IGNORECASE,
)
# "an efficacy of 62%": of a vaccine or a prophylaxis, the risk it takes away; with an interval or a test it is one.
EFFICACY = regex.compile(r"\befficacy\s+(?:(?:rate|estimate)\s+)?(?:of|was|:|,)?\s*$", regex.IGNORECASE)
# "both p < 0.001", "all P = .02", "(p < 0.001 for both)": said once of several results.
SHARED_BEFORE = regex.compile(r"\b(?:both|all|each|either)\s*,?\s*[(*_]*$", regex.IGNORECASE)
SHARED_AFTER = regex.compile(r"^\s*(?:for|in)\s+(?:both|all|each|either|every)\b", regex.IGNORECASE)


# "reductions of 5% or more were reached by 86%": a share of people.
REACHED_BY = regex.compile(
    r"\b(?:reached|achieved|attained|crossed|met|surpassed|lost|shed|experienced|reported|seen|taken up)\s+by\s+"
    r"(?:only\s+|about\s+|approximately\s+|nearly\s+|almost\s+)?$"
)


# "an improvement in median OS of 9.6 months compared with a median OS of 7.4 months": two arms' own.
IMPROVED_MEDIAN = regex.compile(rf"\b{CHANGE}s?\s+in\s+(?:the\s+)?(?:median|mean)\s+[^.;()\d]{{1,50}}?\bof\s+$")
OTHER_MEDIAN = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?[^.;()\d]{0,60}?\b(?:compared\s+(?:with|to)|versus|vs\.?|against)\s+(?:an?\s+)?[^.;()\d]{0,40}?\d"
)
FOLLOWED = regex.compile(r"\bfollow[‐‑-]?\s?up\s+(?:period\s+)?(?:of|was|:)\s+$")


def is_difference(clause: Clause, unit: Unit) -> bool:
    """Whether a lone value is said to be a change or gain ("by 9.1 months", "a 25% reduction in")."""
    reading = unit.readings[0]
    if unit.contrast or reading.value.number is None:
        return False
    start, end = unit.span
    efficacy = EFFICACY.search(clause.contents.words(start - 40, start))
    if efficacy is not None and reading.value.unit == "%" and reading.interval is not None:
        return True
    before, after = clause.contents.words(start - 120, start), clause.contents.words(end, end + 60)
    if (reading.value.unit == "%" and REACHED_BY.search(before)) or FOLLOWED.search(before):
        return False
    if IMPROVED_MEDIAN.search(before) and OTHER_MEDIAN.match(clause.contents.words(end, end + 110)):
        return False
    if _is_named(clause, unit) or _protects(clause, unit):
        return True
    if is_pooled(clause, unit):
        return True
    changed = DIFFERENCE.search(before) is not None or CHANGE_OF.match(after) is not None
    return changed and not _of_one_group(clause, unit)


# What one group's change is set beside, or that it is one between groups.
OTHERS_THAN = regex.compile(
    r"\b(?:(?:relative to|compared (?:with|to)|versus|vs|than|from|over)"
    r"\s(?!(?:the\s)?(?:baseline|before|pre-?treatment))(?!\d)"
    r"|placebo|controls?|sham|differences?|between|adjusted|WMD|MD)\b",
    regex.IGNORECASE,
)


def _of_one_group(clause: Clause, unit: Unit) -> bool:
    """Whether one group had the change: "in 22 women, hot flashes fell by 53%", "haemoglobin rose by 3.2 g/dL"."""
    reading, text = unit.readings[0], clause.contents.text
    if quantity(reading.value) == "other" and reading.value.unit != "points":
        return reading.interval is None and OTHERS_THAN.search(text) is None and RISK.search(text) is None
    alone = clause.book.pair is None and not clause.book.sides and reading.interval is None
    return alone and reading.value.unit == "%" and RISK.search(text) is None and REFERENCE.search(text) is None


def _is_named(clause: Clause, unit: Unit) -> bool:
    before = clause.contents.words(unit.span.start - 110, unit.span.start)
    if NAMED.search(before[-90:]) is not None or ADJUSTED.search(before) is not None:
        return True
    if BETWEEN.search(clause.contents.words(unit.span.start - 180, unit.span.start)) is not None:
        return True
    equal = regex.search(r"=\s*$", before) is not None
    return equal and EQUALLED.search(clause.contents.words(unit.span.start - 220, unit.span.start)) is not None


# "1.9% higher in those given A": against others, whoever is named behind it.
COMPARED = regex.compile(r"^\s*%?\s(?:significantly\s)?(?:higher|lower|greater)\b")


def _is_compared(clause: Clause, unit: Unit) -> bool:
    """Whether a value of a trial's report is by how much one arm is above or below another."""
    after = clause.contents.words(unit.span.end, unit.span.end + 30)
    return bool(clause.book.sides) and COMPARED.match(after) is not None


def split_differences(clause: Clause, units: Sequence[Unit]) -> list[Unit]:
    """The units of a sentence that are differences; "fell by x with A and rose by y with B" is two arms' values."""
    named = [
        u
        for u in units
        if is_difference(clause, u) and (_is_named(clause, u) or _is_compared(clause, u) or _protects(clause, u))
    ]
    own = _each_own(clause, units)
    changed = [
        u
        for u in units
        if is_difference(clause, u) and u not in named and u not in own and not _in_series(clause, units, u)
    ]
    found = named + ([] if _of_arms(clause, changed) or _set_apart(clause, changed) else changed)
    first = list(found)
    listed: list[Unit] = []
    for a, b in pairwise(units):
        same = a in found and b not in found and not b.contrast and a.readings[0].value.unit == b.readings[0].value.unit
        gap = BRACKETED.sub(" ", clause.contents.words(a.span.end, b.span.start))
        before = clause.contents.words(a.span.start - 120, a.span.start)
        told = DIFFERENCE.search(before) is not None or _is_named(clause, a) or a not in first
        if same and _is_named(clause, a) and LISTED.match(gap):
            listed.append(b)  # "(RRR = 37%, 22% and 23%)"
        elif same and a in listed and LISTED.match(gap):
            listed.append(b)
        alike = same and (a.readings[0].interval is None) == (b.readings[0].interval is None)
        if alike and told and OF_NEXT.match(gap):
            listed.append(b)  # "a reduction in X of 4.6 mm Hg and in Y of 2.3 mm Hg"
        if (same and b in listed) or (same and LIKEWISE.search(gap) and (told or regex.search(r"\bby\s+$", gap))):
            found.append(b)
        likewise = (
            a.readings[0].value.unit == b.readings[0].value.unit and b in found and a not in found and not a.contrast
        )
        if likewise and SAME_CHANGE.match(gap) and CHANGE_OF.match(clause.contents.words(b.span.end, b.span.end + 60)):
            found.append(a)
    if clause.book.sides and not named and any(_dealt(clause, units, u) for u in found):
        return []
    tested = any(u.readings[0].interval is not None for u in found) or REFERENCE.search(clause.contents.text)
    if named or tested or not _of_arms(clause, found):
        return found
    return first if len(first) > 1 else []


# From the change of one group to the next one's: "by 11 mm Hg with A versus 8 mm Hg with B".
WITH = r"(?:(?:with|in|for|on|among|after|by|following|at)\s+(?P<whom>[^.;:%\d]{1,80}?))"
SET_AGAINST = regex.compile(
    rf"^[\s)\]]*[\s\w%/]{{0,14}}?\s*{WITH}?,?\s*(?:(?:as\s+)?compared\s+(?:with|to)|versus|vs\.?|against"
    rf"|whereas|while)\s+"
    rf"(?:(?:with|to|only|just|by|of)\s+)*(?:an?\s+(?:[\w-]+\s+){{0,2}}{CHANGE}\s+of\s+)?(?:by\s+)?$"
)
BESIDE = regex.compile(
    rf"^[\s)\]]*[\s\w%/]{{0,14}}?\s*{WITH},?\s*(?:and|,|but|,\s*and)\s+(?:(?:only|just)\s+)?(?:by\s+)?$"
)
OF_GROUP = regex.compile(r"^[^.;:,\d]{0,60}?\b(?:groups?|arms?|controls?|placebo|alone|usual care|sham)\b")


def _each_own(clause: Clause, units: Sequence[Unit]) -> list[Unit]:
    """The units that are changes two groups each had: set against each other, or each with its own group behind it."""
    contents, found = clause.contents, []
    for a, b in reversed(list(pairwise(units))):
        if a.contrast or b.contrast or quantity(a.readings[0].value) != quantity(b.readings[0].value):
            continue
        if a.readings[0].value.unit != b.readings[0].value.unit or _is_named(clause, a) or _is_named(clause, b):
            continue
        gap = MEASURED.sub(" ", BRACKETED.sub(" ", contents.words(a.span.end, b.span.start)))
        beside = BESIDE.match(gap) is not None and _of_two(clause, a, b, gap)
        # "by 3.2 in the 70-mg group and by 3.7 in the 140-mg group, as compared with 1.8 in the placebo group"
        if SET_AGAINST.match(gap) or _by_other(clause, a, b) or (beside and (b in found or _untold(clause, b, gap))):
            found += [a, b]
    return found


def _by_other(clause: Clause, first: Unit, second: Unit) -> bool:
    """Whether another group is named to have changed by the second value: "A lowered it by 4.1 and placebo by 1.0"."""
    between = [a for a in clause.arms if first.span.end <= a.span.start < second.span.start]
    gap = clause.contents.words(first.span.end, second.span.start)
    return len(between) == 1 and BY_OTHER.match(gap) is not None


# "relative to placebo, lower by 67% with A and by 75% with B": what both are against is said, and is neither.
AGAINST_OTHER = Gated(
    r"\b(?:relative to|compared (?:with|to)|versus|vs|than)\b(?!\s+(?:the\s+)?baseline)", regex.IGNORECASE
)
CONTROL = regex.compile(
    r"\b(?:placebo|controls?|sham|usual care|standard care|vehicle|wait(?:ing)?[- ]?list|no treatment)\b"
)


def _untold(clause: Clause, second: Unit, gap: str) -> bool:
    """Whether a sentence does not say what two changes are against, or one of the two is the control's."""
    after = clause.contents.words(second.span.end, second.span.end + 60)
    if AGAINST_OTHER.search(clause.contents.text) is None:
        return True
    return CONTROL.search(gap) is not None or CONTROL.search(BRACKETED.sub(" ", after).split(",")[0]) is not None


def _of_two(clause: Clause, first: Unit, second: Unit, gap: str) -> bool:
    """Whether the groups named behind two values are not the same."""
    contents = clause.contents
    behind = [
        next((clause.book.resolve(a).name for a in clause.arms if binds(contents, u.span.end, a.span.start)), "")
        for u in (first, second)
    ]
    after = contents.words(second.span.end, second.span.end + 80)
    return (all(behind) and behind[0] != behind[1]) or bool(
        OF_GROUP.match(gap) and OF_GROUP.match(BRACKETED.sub(" ", after))
    )


def _protects(clause: Clause, unit: Unit) -> bool:
    """Whether a share is how far a vaccine protects: against those who got none, whoever is named behind it."""
    return unit.readings[0].value.unit == "%" and is_protection(clause.contents, unit.span)


def _dealt(clause: Clause, units: Sequence[Unit], change: Unit) -> bool:
    """Whether the next or the last value of a change's kind is said of the other arm: each arm changed by its own."""
    unit = change.readings[0].value.unit
    alike = [u for u in units if not u.contrast and u.readings[0].value.unit in (unit, None, "")]
    own = said_of_arm(clause, change.span)
    if own is None or change not in alike:
        return False
    i = alike.index(change)
    beside = (said_of_arm(clause, u.span) for u in (*alike[max(i - 1, 0) : i], *alike[i + 1 : i + 2]))
    return any(arm is not None and arm.name != own.name for arm in beside)


# "by 64%, compared with a 9% reduction in the control group", "a 97% reduction, and Z resulting in a 57% reduction".
APART = regex.compile(
    r"\b(?:compared with|compared to|versus|vs\.?|against|while|whereas|and|but)\b[^.;\d]{0,60}?"
    r"\b(?:an?|by)\s+(?:\w+\s+)?$"
)
VERSUS = regex.compile(r"\b(?:compared with|compared to|versus|vs\.?|against)\s+an?\s+(?:\w+\s+)?$")


def _set_apart(clause: Clause, changed: Sequence[Unit]) -> bool:
    """Whether several changes without an interval are each told of a group of its own."""
    arms = {a.name for a in map(clause.book.resolve, clause.arms) if a.name}
    if len(changed) < 2 or len(arms) < len(changed) or any(u.readings[0].interval is not None for u in changed):
        return False
    if not all(CHANGE_OF.match(clause.contents.words(u.span.end, u.span.end + 60)) for u in changed[1:]):
        return False
    last, before = changed[-1], changed[-2]
    gap = clause.contents.words(before.span.end, last.span.start)
    between = any(before.span.end <= a.span.start < last.span.start for a in clause.arms)
    return APART.search(gap) is not None and (between or VERSUS.search(gap) is not None)


# Between the changes of several groups: "fell by 9.6%, 7.0% and 3.4%", "by 1.6 points with A, by 1.5 points with B".
SERIES = regex.compile(
    r"^\s*%?\s*(?:(?:with|in|for|on|among|after)\s+(?:the\s+)?[^;:()%]{1,45}?)?(?:,|,?\s*(?:and|versus|vs\.?"
    r"|against))\s*(?:and\s+)?"
    r"(?:by\s+)?$"
)


def _in_series(clause: Clause, units: Sequence[Unit], unit: Unit) -> bool:
    """Whether a change is one of three or more in a row: each group's own."""
    i = units.index(unit)
    run = 1
    for a, b in pairwise(units[i:]):
        if quantity(a.readings[0].value) != quantity(b.readings[0].value):
            break
        if SERIES.match(BRACKETED.sub(" ", clause.contents.words(a.span.end, b.span.start))) is None:
            break
        run += len(b.readings)
        if b.contrast:
            break
    return run > 2


def keep_changes(clause: Clause, numbers: Numbers) -> None:
    """Make values of the changes that several arms of the reported trial are each said to have had.

    "The score fell by 3.1 in group A and by 0.4 in group B" gives two arms' values and no difference between them.
    """
    changes = [r for r in numbers.effects if r.measure is not None and r.measure.statistic == "difference"]
    told = [(r, arm) for r in changes if (arm := said_of_arm(clause, r.span)) is not None]
    others = (said_of_arm(clause, u.span) for u in numbers.units)
    if len({arm.name for _, arm in told} | {arm.name for arm in others if arm is not None}) < 2:
        return
    for reading, _ in told:
        reading.measure = None
        numbers.effects.remove(reading)
        numbers.units = sorted([*numbers.units, Unit([reading])], key=lambda u: u.span)


def _of_arms(clause: Clause, units: Sequence[Unit]) -> bool:
    """Whether several changes are each bound to an arm of their own."""
    owners = {
        a.name
        for u in units
        for a in clause.arms
        if a.span.start >= u.span.end and binds(clause.contents, u.span.end, a.span.start)
    }
    return len(units) > 1 and len(owners) > 1


CLOSED = regex.compile(r"^[^()\[\]]*[)\]]")
TOLD_BEFORE = regex.compile(r"^[^()\[\]]*[)\]]\s*;")


def p_of_difference(contents: Contents, unit: Unit, numbers: Numbers, *, alone: bool) -> PValueMention | None:
    """The p-value of a difference: its own, one said of several, or, where it stands `alone`, the sentence's first."""
    own = [p for p, u in numbers.loose_p if u is unit]
    shared = [p for p, _ in numbers.loose_p if is_shared(contents, p)]
    # "(difference 0.9 points), with a gain of 1.8 versus 0.6 kg (p = 0.003)": of what comes after the brackets;
    # "47% (p = 0.001); for Y alone the drugs did not differ (difference 3.9%)": of what is told before them
    others = [
        p
        for p, u in numbers.loose_p
        if u is not None
        and not (u.contrast and CLOSED.match(contents.words(unit.span.end, u.span.start)))
        and not TOLD_BEFORE.match(contents.words(p.span.end, unit.span.start))
    ]
    told = own or shared or (others if alone else [])
    return told[0] if told else None


def is_shared(contents: Contents, p: PValueMention) -> bool:
    """Whether a p-value is said of several results at once."""
    before, after = contents.words(p.span.start - 12, p.span.start), contents.words(p.span.end, p.span.end + 16)
    return SHARED_BEFORE.search(before) is not None or SHARED_AFTER.match(after) is not None
