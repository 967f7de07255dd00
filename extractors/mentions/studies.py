"""A text's words in, the names of its studies out: by shape, and by how the text speaks of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from extractors.mentions.study_names import StudyNames
from extractors.mentions.study_shapes import (
    ACRONYM,
    AFTER,
    AUTHOR,
    BEFORE,
    BRACKETED_NAME,
    COMPOUND,
    DESCRIBED,
    DOER,
    DOING,
    ENDED,
    GENERIC_STUDY,
    JOINT,
    LAST,
    MARKER_AFTER,
    MIXED,
    NAMED_STUDY,
    NOT_STUDIES,
    OPENING,
    PLURAL_AFTER,
    SPOKEN,
    STAGE,
    SUBJECT,
    TIME_CODE,
    TYPES,
    WORKS,
)
from schemas.anchor import Span
from schemas.evidence import StudyType
from schemas.mention import StudyMention

DIGIT = regex.compile(r"\d")
WORD = regex.compile(r"\w")
CAPITAL = regex.compile(r"\p{Lu}")
LOOSE = regex.compile(r"[^\p{L}\d]")
TRIAL_NUMBER = regex.compile(r"[ -]\d{3,6}(?!\d)|\b[A-Z]?\d{4,6}$")
JOINTS = regex.compile(r"[ /–-]")
TOO_SHORT = regex.compile(r"\p{Lu}{1,2}-?\d{0,3}|\p{Lu}-?\d+\p{Lu}?")
# "MgCl2", "NaHCO3": of elements with small letters.
CHEMICAL = regex.compile(
    r"(?=.*(?:Na|Mg|Ca|Zn|Fe|Li|Cl|Se|Cu|Mn))(?:(?:Na|Mg|Ca|Zn|Fe|Li|Cl|Se|Cu|Mn|[HCONSPK])\d?){2,6}"
)
# "Post-2000" heads the trials since then.
SINCE = regex.compile(r"(?:Pre|Post|Mid|Late|Early)-?(?:19|20)\d\d")
# Two letters and three digits make a name where the text calls it a study ("AB-302").
SPONSORED = regex.compile(r"\p{Lu}{2}-\d{3}")
NUMBERED = regex.compile(r"\p{Lu}[\p{L}-]{3,}[ -]\d{2,4}")
TWINNED = regex.compile(r"\p{Lu}[\p{L} -]{4,}[1-9]")
OWN_WORD = regex.compile(r"\p{Lu}{4,}(?:-?\d)?")
TITLE = regex.compile(
    r" (?P<word>(?!(?:Study|Trial|Group|Registry|Investigators?|Committee|Programme?|Score|Scale|Index|Criteria|Results"
    r"|Patients)\b)"
    r"\p{Lu}\p{Ll}{3,})(?! \p{Lu}|[\w-])(?P<noun> (?:trial|study|extension)\b)?"
)
YEAR = regex.compile(r"\b(?:19|20)\d\d")
LAST_DIGIT = regex.compile(r"[ -]?\d$")
OTHERS = regex.compile(r",? (?:et al\.?|and co.*)$")


# "HARBOR (osimertinib, n = 295): median PFS": a list of studies.
ENTERED = regex.compile(r"\s?\((?:[^()]{2,60}[,;]\s)[nN]\s?=\s?\d[\d,]*\)\s?:")
CALLED_STUDY = regex.compile(r"\s(?:trial|study|enrolled|randomi[sz]ed|recruited|included|assigned)\b")


class Candidate(NamedTuple):
    """A word group shaped like a study's name, at [start, end)."""

    start: int
    end: int
    name: str


def recognise_studies(
    reading: str,
    *,
    regions: Sequence[Span],
    taken: Sequence[Span],
    defined: frozenset[str],
    groups: frozenset[str] = frozenset(),
    treatments: frozenset[str] = frozenset(),
    told: str = "",
    headed: Sequence[Span] = (),
    shapes: Sequence[StudyNames] = (),
) -> tuple[StudyMention, ...]:
    """Study mentions in the regions of a reading, in order.

    `taken` are places of endpoints, drugs and measures, which no study's name may lie in; `defined` are short forms
    the document defines as something else and `groups` those of organisations, whose numbered trials bear their name
    ("the Gull Oncology Group (GOG)", "GOG-0218"); `treatments` are names of drugs in it; `told` is the text of the
    reference list, whose titles name studies; `headed` are cells under a header such as "Trial"; `shapes` are those
    of the vocabulary.
    """
    starts = {s.start: s.end for s in taken}
    found: list[StudyMention] = []
    worded = [region for region in regions if CAPITAL.search(reading, *region)]
    candidates = [c for region in worded for c in _candidates(reading, region, defined, groups)]
    candidates = [_after_taken(reading, c, starts) for c in candidates if not _is_taken(c, starts)]
    accepted = _accepted(reading, candidates) | _told(candidates, told)
    accepted |= {squeeze(c.name) for c in candidates if JOINTS.split(c.name, 1)[0] in groups and c.name not in groups}
    accepted |= {squeeze(c.name) for c in candidates if any(h.start <= c.start and c.end <= h.end for h in headed)}
    accepted -= _markers(reading, candidates) | {squeeze(c.name) for c in candidates if c.name in treatments}
    accepted -= _diseases(reading, candidates)
    titled = _titled(reading, candidates, accepted)
    found += [
        _mention(reading, Span(t.start, t.end), t.name, "acronym", "study:acronym")
        for c, t in zip(candidates, titled, strict=True)
        if squeeze(c.name) in accepted
    ]
    found += _by_year(reading, [m for region in regions for m in _patterned(reading, region)])
    for shape in shapes:
        found += (_mention(reading, *named, shape.kind, shape.rule) for named in shape.find(reading, regions))
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end)))


def _is_taken(candidate: Candidate, starts: Mapping[int, int]) -> bool:
    """Whether a candidate lies in an endpoint, a drug or a measure, or is nothing but such joined by slashes."""
    place = candidate.start
    for part in candidate.name.split("/"):
        if starts.get(place, -1) >= candidate.end:
            return True
        if starts.get(place) != place + len(part):
            return False
        place += len(part) + 1
    return True


def _after_taken(reading: str, candidate: Candidate, starts: Mapping[int, int]) -> Candidate:
    """A candidate without the endpoint it opens with ("OS HARBOR-1", where a table's head runs into its first row)."""
    cut = starts.get(candidate.start, candidate.start) - candidate.start
    left = candidate.name[cut + 1 :]
    called = not left.isalpha() and CALLED_STUDY.match(reading, candidate.end) is not None  # "OASIS 1 enrolled"
    if cut > 0 and candidate.name[cut : cut + 1] == " " and not called:
        return Candidate(candidate.start + cut + 1, candidate.end, candidate.name[cut + 1 :])
    return candidate


Kind = Literal["acronym", "registry", "author_year", "described"]


def _patterned(reading: str, region: Span) -> Iterator[StudyMention]:
    """Studies whose words alone give them away: "the X Study", authors, descriptions."""
    text = region.of(reading)
    if any(word in text for word in ("Study", "Trial", "Registry")):
        for match in NAMED_STUDY.finditer(reading, region.start, region.end):
            if not GENERIC_STUDY.match(match["name"]):
                yield _mention(reading, Span(*match.span()), match["name"], "acronym", "study:named")
    if ")-" in text:
        for match in BRACKETED_NAME.finditer(reading, region.start, region.end):
            name = f"{match['name']}-{match['number']}"
            yield _mention(reading, Span(*match.span()), name, "acronym", "study:bracketed")
    if any(words in text for words in (" et al", " and co", " (19", " (20", " [19", " [20")):
        for match in AUTHOR.finditer(reading, region.start, region.end):
            name = OTHERS.sub(" et al.", match["name"])
            yield _mention(reading, Span(*match.span()), name, "author_year", "study:author")
    if any(words in text for words in WORKS):
        for match in DESCRIBED.finditer(reading, region.start, region.end):
            yield _mention(reading, Span(*match.span()), match["what"], "described", "study:described")


def _by_year(reading: str, found: Sequence[StudyMention]) -> list[StudyMention]:
    """Works of one author that only their year tells apart, named with it: "Harlow (2021)" and "Harlow (2024)"."""
    named = [m for m in found if m.kind == "author_year"]
    dated = {m.span: years[-1] for m in named if (years := YEAR.findall(m.span.of(reading)))}
    told: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        if mention.span in dated:
            told[squeeze(mention.name)].add(dated[mention.span])
    return [
        m.model_copy(update={"name": f"{m.name} ({dated[m.span]})"})
        if m.kind == "author_year" and m.span in dated and len(told[squeeze(m.name)]) > 1
        else m
        for m in found
    ]


def _mention(reading: str, span: Span, name: str, kind: Kind, rule: str) -> StudyMention:
    return StudyMention(span=span, name=name, kind=kind, study_type=study_type(reading, *span), rule=rule)


@lru_cache(maxsize=4096)
def squeeze(name: str) -> str:
    """A study's name without blanks, hyphens and case of letters: one key for its spellings."""
    return name.casefold() if name.isalpha() else LOOSE.sub("", name).casefold()


def study_type(reading: str, start: int, end: int) -> StudyType | None:
    """What kind of study the words at and around [start, end) say it is."""
    around = reading[max(start - 60, 0) : end + 40]
    return next((kind for pattern, kind in TYPES if pattern.search(around)), None)


def _told(candidates: Sequence[Candidate], told: str) -> set[str]:
    """Candidates that a cited title names as a study: "(LINNET): a randomised trial", "the WREN study"."""
    names = {c.name for c in candidates}
    return {squeeze(name) for name in names if name in told and _is_told(name, told)}


def _is_told(name: str, told: str) -> bool:
    """Whether `told` holds a name in brackets, or as a word before "trial" or "study"."""
    if any(f"({name}){mark}" in told for mark in (":", ".", ",", " trial", " study")):
        return True
    for kind in ("trial", "study", "Trial", "Study"):
        place = told.find(f"{name} {kind}")
        while place >= 0:
            if not place or WORD.match(told, place - 1) is None:
                return True
            place = told.find(f"{name} {kind}", place + 1)
    return False


# "patients with newly diagnosed APL", "APL patients".
DISEASED = regex.compile(
    r"\b(?:patients?|individuals|people|adults|children|women|men|those|cases|diagnosed|treatment|management|therapy)\s"
    r"(?:[\p{L}-]+\s){0,2}?(?:with|of|for)\s(?:[\p{L}/-]+\s){0,3}$"
)
DISEASED_BEHIND = regex.compile(r"^\s(?:patients|cases|cells)\b")
FEWEST_DISEASED = 2


def _diseases(reading: str, candidates: Sequence[Candidate]) -> set[str]:
    """Candidates of letters alone that people have: names of diseases."""
    told = Counter(
        squeeze(c.name)
        for c in candidates
        if c.name.isalpha()
        and (
            DISEASED.search(reading[max(c.start - 60, 0) : c.start])
            or DISEASED_BEHIND.match(reading[c.end : c.end + 12])
        )
    )
    return {name for name, n in told.items() if n >= FEWEST_DISEASED}


def _markers(reading: str, candidates: Sequence[Candidate]) -> set[str]:
    """Candidates written at least once as a gene, a protein or a status is ("X-positive", "X rearrangement")."""
    return {squeeze(c.name) for c in candidates if MARKER_AFTER.match(reading[c.end : c.end + 30])}


def _candidates(reading: str, region: Span, defined: frozenset[str], groups: frozenset[str]) -> Iterator[Candidate]:
    for match in ACRONYM.finditer(reading, region.start, region.end):
        name = match["name"].rstrip("-–/")
        first = JOINTS.split(name, 1)[0]
        letters = sum(c.isupper() for c in name)
        if (
            name.upper() in NOT_STUDIES
            or name in defined
            or (
                first in defined
                and not (first in groups and TRIAL_NUMBER.search(name))
                and not _is_own_word(first, name, defined)
            )
            or (letters < 3 and not DIGIT.search(name) and not MIXED.fullmatch(name))
        ):
            continue
        staged = STAGE.fullmatch(name.split(" ")[0])
        if staged or SINCE.fullmatch(name) or CHEMICAL.fullmatch(name) or TIME_CODE.fullmatch(name):
            continue
        if (TOO_SHORT.fullmatch(name) and not SPONSORED.fullmatch(name)) or (
            first.upper() in NOT_STUDIES and " " not in name
        ):
            continue
        yield Candidate(match.start("name"), match.start("name") + len(name), name)


def _is_own_word(first: str, name: str, defined: frozenset[str]) -> bool:
    """Whether a name goes on from a defined short form with a word of its own: "RA-BEAM", for rheumatoid arthritis."""
    rest = name[len(first) + 1 :]
    return rest not in defined and rest.upper() not in NOT_STUDIES and OWN_WORD.fullmatch(rest) is not None


def _titled(reading: str, candidates: Sequence[Candidate], accepted: set[str]) -> list[Candidate]:
    """The candidates, a name of capitals with the word its programme gives each of its trials: "GULL Surveillance".

    One word in capitals behind the name is part of it where it comes so twice, or before "trial" or "study".
    """
    titles: Counter[str] = Counter()
    behind: dict[Candidate, str] = {}
    for c in candidates:
        match = (
            TITLE.match(reading, c.end)
            if squeeze(c.name) in accepted and c.name.isalpha() and c.name.isupper()
            else None
        )
        if match is not None:
            behind[c] = name = f"{c.name} {match['word']}"
            titles[name] += 1 + (match["noun"] is not None)
    long = {c: Candidate(c.start, c.start + len(name), name) for c, name in behind.items() if titles[name] > 1}
    return [long.get(c, c) for c in candidates]


def _accepted(reading: str, candidates: Sequence[Candidate]) -> set[str]:
    """Squeezed names that the text calls a study at least once, and those joined to one of them."""
    accepted: set[str] = set()
    for c in candidates:
        after, before = reading[c.end : c.end + 90], reading[max(c.start - 110, 0) : c.start]
        long = len(CAPITAL.findall(c.name)) >= 4 or (DIGIT.search(c.name) and len(c.name) >= 6)
        subject = not before.strip() or before.rstrip(" ").endswith((".", ":", "•", "\n"))
        whole = COMPOUND.fullmatch(c.name) is not None
        led = subject and whole and SUBJECT.match(after) is not None
        led = led or (subject and DOER.fullmatch(c.name) is not None and DOING.match(after) is not None)
        opened = OPENING.search(before) is not None and reading[c.end : c.end + 1] in (",", " ")
        if (
            led
            or (subject and ENTERED.match(after))
            or AFTER.search(after)
            or (SPOKEN.fullmatch(c.name) and LAST.search(before) and ENDED.match(after))
            or (long and opened)
            or (long and (BEFORE.search(before) or PLURAL_AFTER.search(after)))
        ):
            accepted.add(squeeze(c.name))
    heads = Counter(h for name in {c.name for c in candidates if squeeze(c.name) in accepted} if (h := _family(name)))
    accepted |= {squeeze(c.name) for c in candidates if heads[_family(c.name)] > 1}
    series = {stem for c in candidates if squeeze(c.name) in accepted and (stem := _series(c.name))}
    accepted |= {squeeze(c.name) for c in candidates if _series(c.name) in series}
    joins = list(pairwise(candidates))
    for a, b in [*joins, *reversed(joins)]:
        if JOINT.match(reading[a.end : b.start]):
            pair = {squeeze(a.name), squeeze(b.name)}
            if pair & accepted and min(len(a.name), len(b.name)) >= 4:
                accepted |= pair
    endings = {ending for c in candidates if squeeze(c.name) in accepted and (ending := _ending(c.name))}
    return accepted | {squeeze(c.name) for c in candidates if c.name in endings}


def _family(name: str) -> str:
    """The name that trials of one programme share: "GULLNET" of "GULLNET-2" and "GULLNET OUTCOME"; "" for none."""
    head = JOINTS.split(name, 1)[0]
    named = head.isupper() or MIXED.fullmatch(head) is not None
    return head if len(head) > 4 and named and head != name else ""


def _ending(name: str) -> str:
    """The last word of a name of several, where it is numbered: "WREN-1" of "GULL WREN-1"; else ""."""
    words = name.split(" ")
    return words[-1] if len(words) > 1 and len(words[-1]) > 3 and TWINNED.fullmatch(name) else ""


def _series(name: str) -> str:
    """A numbered name with its digits blotted out: "GULL 083" is of the series "GULL 000", "LIN-NET-2" of "LIN-NET-0".

    "" for other names; a short word and one digit can be anything.
    """
    if NUMBERED.fullmatch(name):
        return str(DIGIT.sub("0", name))
    return str(LAST_DIGIT.sub("-0", name)) if TWINNED.fullmatch(name) else ""
