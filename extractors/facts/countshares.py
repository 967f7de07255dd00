"""A count in its sentence in, the percentage printed for the same people out."""

import regex

from extractors.facts.clause import Clause
from extractors.facts.draft import Draft
from extractors.facts.owned import owned
from extractors.facts.sentence import Contents, brackets_around
from schemas.anchor import Span
from schemas.mention import CountMention, ValueMention

SHARE = regex.compile(r"^[^.;]{0,60}?[\s(\[,]$")
TOLD_BETWEEN = regex.compile(r"[^.;:()\d]{0,60}[(\[]")

# "Of 141 patients, 48% achieved": a share of them, and no other way to say the count.
OF_PEOPLE = regex.compile(r"\b(?:[Oo]f|[Aa]mong|[Ii]n|[Oo]ut of)\s+(?:the\s+|all\s+|these\s+|those\s+|a total of\s+)*$")
TOLD_OF = regex.compile(
    r"^\s*%?\s+(?!of\b(?!\s(?:those|them|patients|participants)\b)|were\s+(?:wom|m[ae]n|fem|male))\p{Ll}{3,}"
)
# From a count to a share that is of something else: a clause of its own, or one of two shares set side by side.
OWN_CLAUSE = regex.compile(r"[,;:]\s[^,;:()]*\b(?:was|were|is|are|had|has|have|did|could|may)\b")
SET_AGAINST = regex.compile(r"^\s*%?\s*(?:vs\.?|versus|against)\s")
# A rate of its own stands before a share.
RATE = regex.compile(r"\b(?:rates?|probability|incidence|proportions?)\s*[(\[]\s*$")
# Behind a share these words say of which part it is.
PART_TOLD = regex.compile(r"^\s*%?\s+(?:with|of whom|had|having|were|wom[ae]n|m[ae]n|(?:fe)?males?)\b")
# "838 patients with episodic (39%) or chronic (61%) migraine": of parts.
PARTS = regex.compile(r"^\s?%?\s?\)\s(?:or|and)\s[^.;,()\d]{2,40}\(\d[\d.]*\s?%")
KIND = regex.compile(r"^\s(?:with|who|of)\s[^()\d]*\(?$")


def share_of(clause: Clause, count: CountMention) -> ValueMention | None:
    """The percentage printed right after a count, in brackets or after a comma."""
    for value in clause.contents.values:
        if value.unit == "%" and value.span.start >= count.span.end:
            between = clause.contents.words(count.span.end, value.span.start)
            crossed = any(
                c.span.start > count.span.start and c.span.end <= value.span.start for c in clause.contents.counts
            ) or _of_another(clause, count, value)
            if not crossed and _is_its_share(count, value) and TOLD_BETWEEN.fullmatch(between):
                return value
            if crossed or PART_TOLD.match(clause.contents.words(value.span.end, value.span.end + 24)):
                return None  # "226 patients (97% with A)": of a part of them
            of_people = OF_PEOPLE.search(clause.contents.words(count.span.start - 24, count.span.start)) is not None
            told = TOLD_OF.match(clause.contents.words(value.span.end, value.span.end + 24)) is not None
            if between.strip() == "," and of_people and told:
                return None  # "Of 141 patients, 48% responded"
            if count.of is None and RATE.search(between):
                return None  # "136 patients had a longer PFS rate (86%)"
            if is_of_part(clause, count, value):
                return None
            after = clause.contents.words(value.span.end, value.span.end + 14)
            if OWN_CLAUSE.search(between) or SET_AGAINST.match(after):
                return None  # "276 patients, and X caused nausea (8.6% vs 2.2%)"
            opened = between.rstrip("<>~≈≤≥ ").endswith(("(", "[")) or between.strip() in (",", "/", "=")
            return value if opened and SHARE.match(between) and ")" not in between else None
    return None


def is_of_part(clause: Clause, count: CountMention, value: ValueMention) -> bool:
    """Whether the first share behind a count is one of several kinds: "60 with A (39%) or B (61%) disease"."""
    between = clause.contents.words(count.span.end, value.span.start)
    return bool(KIND.match(between) and PARTS.match(clause.contents.words(value.span.end, value.span.end + 60)))


def shares_of_parts(clause: Clause, count: CountMention) -> list[Span]:
    """The places of the shares that the kinds of the people counted make up; no results."""
    shares = [v for v in clause.contents.values if v.unit == "%" and v.span.start >= count.span.end]
    return [v.span for v in shares[:2]] if shares and is_of_part(clause, count, shares[0]) else []


def _of_another(clause: Clause, count: CountMention, value: ValueMention) -> bool:
    """Whether a percentage of a reported trial is another arm's: "1 in A and 3 in B (1.5% vs 4.4%)"."""
    if not clause.book.sides:
        return False
    own, other = owned(clause, count.span)[0], owned(clause, value.span)[0]
    return own is not None and other is not None and own.name != other.name


def _is_its_share(count: CountMention, value: ValueMention) -> bool:
    """Whether a percentage is what a part makes of its whole, rounded: "1 of 50 patients given X (2%)"."""
    if count.of is None or value.number is None or not count.of.value:
        return False
    return abs(float(value.number.value) - 100 * float(count.number.value) / float(count.of.value)) < 1


def whole_of_share(clause: Clause, count: CountMention) -> ValueMention | None:
    """The percentage whose part and whole a count in brackets right behind it gives: "16.5% (66 of 400)"."""
    own = count.of is not None or (clause.book.sides and count.rule == "count:n")
    fence = brackets_around(clause.contents, count.span) if own or clause.book.sides else None
    if fence is None:
        return None
    alone = clause.contents.words(fence.start + 1, fence.end - 1).strip() == clause.contents.words(*count.span).strip()
    if not own and not alone:
        return None
    before = (v for v in clause.contents.values if v.unit == "%" and 0 <= fence.start - v.span.end <= 2)
    return next(before, None)


# From a share to its interval: "17%; 95% CI 11-26", "17% [95% CI".
TO_INTERVAL = regex.compile(
    r"^\s?%?\s?[;,(\[]\s?(?:\d[\d.]*\s?%\s?)?(?:(?:CI|[Cc]onfidence interval)[\s:,=]*\s?)?[(\[]?\s?$", regex.IGNORECASE
)


def take_interval(contents: Contents, share: ValueMention, draft: Draft) -> None:
    """Give a draft the interval printed right behind the share of its count ("18 (17%; 95% CI 11-26)")."""
    end = max(share.span.end, draft.place.end)
    behind = next((m for m in contents.intervals if m.span.start >= end), None)
    if behind is not None and TO_INTERVAL.match(contents.words(end, behind.span.start)) is not None:
        draft.interval = behind.interval
        draft.rules.append(behind.rule)
        place = draft.quote if draft.quote is not None else draft.place
        draft.quote = Span(place.start, behind.span.end)
