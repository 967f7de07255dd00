"""Regions of a reading and a vocabulary in, hits of each kind out: overlaps settled, short forms learnt."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from extractors.mentions.clipped import join_clipped
from extractors.mentions.codenames import name_codes
from extractors.mentions.procedures import name_procedures
from extractors.mentions.regimens import define_regimens
from extractors.mentions.taken import Taken
from extractors.mentions.unlisted import name_unlisted
from extractors.mentions.vocabulary import Hit, Stem, Vocabulary, in_plain, longest
from schemas.anchor import Span
from schemas.lexicon import Drug
from schemas.mention import Abbreviation, DrugMention

# Where two kinds claim the same characters, the longer claim stands; between equals the kind named first.
ORDER = ("endpoints", "drugs", "measures", "populations")
WORD = regex.compile(r"\w+")
LETTER = regex.compile(r"\w")
# Controls that are one thing however they are called.
BLINDS = frozenset({"placebo", "sham"})
ARM_CUES = frozenset({"control_arm", "experimental_arm", "combination_arm", "both_arms"})


class Names(NamedTuple):
    """Hits by kind, drug mentions, and short forms the document defines as something the vocabulary does not know."""

    hits: dict[str, list[Hit]]
    drugs: list[DrugMention]
    foreign: frozenset[str]


class Learnt(NamedTuple):
    """The document's short forms: entries, regimens, classes of drugs and procedures in the document's own words,
    the regimens' own long forms, and what the vocabulary lacks."""

    aliases: dict[str, Hit]
    regimens: dict[str, tuple[str, ...]]
    classes: dict[str, tuple[str, ...]]
    defined: list[DrugMention]
    foreign: frozenset[str]


def recognise_names(
    reading: str, *, regions: Sequence[Span], vocabulary: Vocabulary, abbreviations: Sequence[Abbreviation]
) -> Names:
    """All names in the regions of a reading."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in vocabulary.find(reading, regions):
        found[hit.kind].append(hit)
    drugs = _drugs(reading, regions, found["drugs"], vocabulary)
    named = [Span(h.start, h.end) for hits in found.values() for h in hits]
    drugs += name_procedures(reading, regions=regions, known=named)
    aliases, regimens, classes, defined, foreign = _learn(reading, found, drugs, abbreviations)
    drugs = [_in_words(reading, d, classes) for d in drugs] + defined
    others = {reading[h.start : h.end] for kind in ORDER if kind != "drugs" for h in found[kind]}
    for code in name_codes(reading, regions=regions, drugs=drugs, known=others | set(aliases) | foreign):
        regimens.setdefault(code, (code,))
    lettered = {d.drugs[0] for d in drugs if d.drugs == (d.span.of(reading),)}
    for regimen in define_regimens(reading, drugs):
        if regimen.short in others:
            continue  # "A plus B (HR, 0.6)"
        if regimen.short in lettered:  # letters that everybody knows stand for themselves, also where they are defined
            regimen = regimen._replace(drugs=(regimen.short,))
        if len(regimen.drugs) >= len(regimens.get(regimen.short, ())):
            regimens[regimen.short] = regimen.drugs
        drugs.append(DrugMention(span=regimen.place, drugs=regimen.drugs, rule="drugs:regimen"))
    taken = [Span(h.start, h.end) for hits in found.values() for h in hits]
    drugs += name_unlisted(reading, regions=regions, drugs=drugs, known=taken)
    foreign -= set(regimens)
    regimens = {short: parts for short, parts in regimens.items() if short not in lettered}
    for kind in ORDER:
        other = foreign if kind == "drugs" else foreign | classes.keys()  # "pleurectomy with decortication (PD)"
        found[kind] = [h for h in found[kind] if reading[h.start : h.end] not in other]
    drugs = [d for d in drugs if reading[d.span.start : d.span.end] not in foreign]
    for short, hit in aliases.items():
        for start in _places(reading, regions, short):
            found[hit.kind].append(hit._replace(start=start, end=start + len(short), way="defined"))
    roles = {d.drugs: d.role for d in drugs if d.role is not None}
    for short, parts in regimens.items():
        drugs += [
            DrugMention(span=Span(start, start + len(short)), drugs=parts, role=roles.get(parts), rule="drugs:defined")
            for start in _starts(reading, regions, short)
        ]
    drugs += _classes(reading, regions, classes, drugs)
    return _settle(found, join_clipped(reading, drugs), foreign)


def _classes(
    reading: str, regions: Sequence[Span], classes: Mapping[str, tuple[str, ...]], drugs: Sequence[DrugMention]
) -> Iterator[DrugMention]:
    """Where the short form of a class or a procedure stands that the document defines ("exercise training (ET)")."""
    taken = {d.span.start for d in drugs}
    roles = {d.drugs: d.role for d in drugs if d.broad}
    for short, words in classes.items():
        for start in _places(reading, regions, short):
            if start not in taken:
                span = Span(start, start + len(short))
                yield DrugMention(span=span, drugs=words, role=roles.get(words), broad=True, rule="drugs:defined")


def _starts(reading: str, regions: Sequence[Span], short: str) -> Iterator[int]:
    """Where a short form stands, also with a capital at a sentence's start ("Axi-cel yields")."""
    yield from _places(reading, regions, short)
    if short[:1].islower():
        yield from _places(reading, regions, short[:1].upper() + short[1:])


def _places(reading: str, regions: Sequence[Span], short: str) -> Iterator[int]:
    """Where a short form stands as a word of its own in the regions, which are in order and apart from each other."""
    starts = [region.start for region in regions]
    place = reading.find(short)
    while place >= 0:
        end = place + len(short)
        i = bisect_right(starts, place) - 1
        alone = i >= 0 and end <= regions[i].end and not (place and LETTER.match(reading, place - 1))
        alone = alone and LETTER.match(reading, end, regions[i].end) is None
        if alone:
            yield place
        place = reading.find(short, end if alone else place + 1)


def _drugs(reading: str, regions: Sequence[Span], hits: Sequence[Hit], vocabulary: Vocabulary) -> list[DrugMention]:
    mentions = []
    for hit in longest(hits):
        entry = hit.entry
        if isinstance(entry, Drug):
            mentions.append(_drug(reading, hit, entry))
    listed = {(m.span.start, m.span.end) for m in mentions}
    for region, stem in _stemmed(reading, regions, vocabulary.stems):
        for match in stem.pattern.finditer(reading, region.start, region.end):
            word = match[0].lower()
            if word not in stem.spared and not any(s < match.end() and match.start() < e for s, e in listed):
                mentions.append(DrugMention(span=Span(*match.span()), drugs=(word,), rule="drug_stem"))
                listed.add(match.span())
    return sorted(mentions, key=lambda m: m.span.start)


def _stemmed(reading: str, regions: Sequence[Span], stems: Sequence[Stem]) -> Iterator[tuple[Span, Stem]]:
    """The regions with a word that ends as a stem does, each with its stems; few words do."""
    endings = tuple(stem.ending for stem in stems)
    starts = [region.start for region in regions]
    ended: dict[int, set[str]] = defaultdict(set)
    for word in set(WORD.findall(reading)):
        if word.endswith(endings):
            for place in _places(reading, regions, word):
                ended[bisect_right(starts, place) - 1].add(word)
    for i in sorted(ended):
        yield from ((regions[i], stem) for stem in stems if any(word.endswith(stem.ending) for word in ended[i]))


def _drug(reading: str, hit: Hit, entry: Drug) -> DrugMention:
    """The mention of a drug hit; a class of drugs and a kind of care keep their printed words ("medical therapy")."""
    broad = entry.broad
    parts = entry.parts or (entry.id,)
    if broad and hit.way != "name":
        parts = (reading[hit.start : hit.end],)  # "ECT", as the document calls it
    elif hit.way == "name" and (broad or (entry.role == "control" and entry.id not in BLINDS)):
        parts = (" ".join(reading[hit.start : hit.end].casefold().split()),)
    return DrugMention(span=Span(hit.start, hit.end), drugs=parts, role=entry.role, broad=broad, rule=hit.rule)


def _learn(
    reading: str, found: dict[str, list[Hit]], drugs: Sequence[DrugMention], abbreviations: Sequence[Abbreviation]
) -> Learnt:
    """What each short form of the document stands for: an entry, a regimen, or something foreign to the vocabulary."""
    aliases: dict[str, Hit] = {}
    regimens: dict[str, tuple[str, ...]] = {}
    classes: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    defined: list[DrugMention] = []
    foreign: set[str] = set()
    alone = [_Placed(longest(found[kind])) for kind in ("endpoints", "measures", "populations")]
    cues = _Placed(found["cues"])
    printed: dict[str, list[DrugMention]] = defaultdict(list)
    for drug in drugs:
        printed[drug.span.of(reading)].append(drug)
    for abbreviation in abbreviations:
        short, long = abbreviation.short, abbreviation.long
        place = Span(abbreviation.span.start, abbreviation.span.end)
        inside = [d for d in drugs if place.holds(d.span) and d.span.end - d.span.start > len(short)]
        if len(inside) > 1:  # "5-FU, doxorubicin, and methotrexate (FAMTX)"
            inside = [d for d in drugs if place.holds(d.span) and d.span.of(reading) != short]
        parts = tuple(dict.fromkeys(p for d in inside for p in d.drugs))
        covered = sum(d.span.end - d.span.start for d in inside)
        whole = [
            h
            for hits in alone
            for h in hits.touching(place)
            if h.end <= place.end
            and h.end - h.start > len(short)
            and h.end - max(h.start, place.start) >= 0.6 * len(long)  # "median overall survival (OS)" begins before
        ]
        if whole and short not in classes:  # what it was defined as first
            best = max(whole, key=lambda h: h.end - h.start)
            aliases[short] = best
            known.add(short)
        elif any(set(d.drugs) <= set(parts) for d in printed.get(short, ())):
            known.add(short)  # the vocabulary's own letters for what stands before them
        elif parts and covered >= 0.6 * len(in_plain(long).replace(" and ", "").replace(",", "")):
            known.add(short)
            if not all(d.broad for d in inside):
                regimens[short] = parts
            elif len(parts) == 1:
                classes[short] = parts
            elif short not in aliases:  # "pleurectomy with decortication (PD)"
                classes[short] = (" ".join(long.casefold().split()),)
            if len(parts) > 1 and not any(d.broad for d in inside):
                defined.append(DrugMention(span=_hull(inside), drugs=parts, rule="drugs:defined"))
        elif not any(h.end - h.start > len(short) for h in cues.touching(place)):
            foreign.add(short)
    return Learnt(aliases, regimens, classes, defined, frozenset(foreign - known))


class _Placed:
    """Hits by their place; `touching` gives those that share a character with a span or end where it begins."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.hits = sorted(hits, key=lambda h: h.start)
        self.starts = [h.start for h in self.hits]
        self.longest = max((h.end - h.start for h in self.hits), default=0)

    def touching(self, place: Span) -> list[Hit]:
        first = bisect_left(self.starts, place.start - self.longest)
        return [h for h in self.hits[first : bisect_right(self.starts, place.end)] if h.end >= place.start]


def _in_words(reading: str, drug: DrugMention, classes: Mapping[str, tuple[str, ...]]) -> DrugMention:
    """What the document defines a short form by where that is a class or procedure, not the vocabulary's entry."""
    words = classes.get(reading[drug.span.start : drug.span.end])
    return drug if words is None else drug.model_copy(update={"drugs": words})


def _hull(mentions: Sequence[DrugMention]) -> Span:
    return Span(min(m.span.start for m in mentions), max(m.span.end for m in mentions))


def _settle(found: dict[str, list[Hit]], drugs: list[DrugMention], foreign: frozenset[str]) -> Names:
    """Drop every hit that lies in a longer one of another kind."""
    claims: list[tuple[int, int, int]] = []
    kept: dict[str, list[Hit]] = {}
    for order, kind in enumerate(ORDER):
        if kind != "drugs":
            kept[kind] = longest(found[kind])
            claims += [(h.start, h.end, order) for h in kept[kind]]
    distinct: dict[int, DrugMention] = {}
    for drug in sorted(drugs, key=lambda d: (d.span.start, -d.span.end)):
        last = next(reversed(distinct.values()), None)
        if last is None or drug.span.start >= last.span.end:
            distinct[drug.span.start] = drug
    claims += [(d.span.start, d.span.end, ORDER.index("drugs")) for d in distinct.values()]
    claims.sort(key=lambda c: (c[0] - c[1], c[2]))
    taken = Taken()
    standing = {claim for claim in claims if taken.claim(claim[0], claim[1])}
    for order, kind in enumerate(ORDER):
        if kind != "drugs":
            kept[kind] = [h for h in kept[kind] if (h.start, h.end, order) in standing]
    order = ORDER.index("drugs")
    mine = [d for d in distinct.values() if (d.span.start, d.span.end, order) in standing]
    drug_places = [(d.span.start, d.span.end) for d in mine]
    cues = [
        h
        for h in longest(found["cues"])
        if getattr(h.entry, "role", "") not in ARM_CUES or all(h.end <= s or e <= h.start for s, e in drug_places)
    ]
    kept["cues"] = cues
    return Names(kept, mine, foreign)
