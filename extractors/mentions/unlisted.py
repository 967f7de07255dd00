"""A reading in, the treatments it speaks of by words that no vocabulary knows out: "elemene", "black cohosh"."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

import regex

from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import DrugMention

_WORD = r"(?<![\w-])(?P<word>\p{L}\p{Ll}{4,}(?:-\p{L}{3,})?)(?![\w-])"
_DOSE = r"\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?(?:mg|µg|μg|mcg|g|IU|units?|mL)\b(?!\s?/\s?(?:d?L|mL|100|kg/m))"
# What is said of a treatment and of little else, by kind.
SAID = {
    "dosed": Gated(rf"{_WORD},?\s(?:\(\s?)?(?:at\s(?:a\sdose\sof\s)?)?{_DOSE}"),
    "dose of": Gated(
        rf"{_DOSE}(?:\s?/\s?(?:day|d|kg|week)|\s(?:daily|once|twice|per\sday))*\s(?:of\s)?(?:oral\s)?{_WORD}"
    ),
    "group": Gated(
        rf"\b(?:the|in|and|than|versus|vs\.?|against|between)\s{_WORD}\s(?:treatment\s)?(?:groups?|arms?)\b"
    ),
    "label": Gated(rf"[(,;]\s?{_WORD}(?:\sgroup|\sarm)?:\s(?:n\s?=\s?)?\d"),
    "given": Gated(
        rf"\b(?:receiv(?:ed|ing)|treated\swith|given|administered|taking|took|(?:assigned|randomi[sz]ed|allocated)\sto"
        rf"|treatment\swith|therapy\swith|injections?\sof|infusions?\sof|supplementation\swith|doses?\sof|courses?\sof)\s"
        rf"(?:either\s|oral\s|intravenous\s|daily\s|weekly\s)?{_WORD}"
    ),
    "form": Gated(
        rf"{_WORD}[\s-](?:treated|monotherapy|supplementation|supplements?|injections?|infusions?|vaccination|capsules?|tablets?"
        rf"|extracts?|recipients|users)\b"
    ),
    "against": Gated(
        rf"{_WORD}\s(?:versus|vs\.?|or|compared\swith|with)\s(?:a\s|matching\s)?(?:placebo|sham|vehicle)\b"
    ),
    "added": Gated(
        rf"{_WORD}\s(?:combined\swith|in\scombination\swith|plus|\+)\s|\s(?:plus|\+|combined\swith)\s{_WORD}"
    ),
}
# These hold a dose, which is found faster than a word that may stand before one.
DOSE, DOSED = regex.compile(_DOSE), frozenset(("dosed", "dose of"))
SHORTEST = 8  # characters: "agent 1g"
# At least one of these kinds is said of it.
SURE = frozenset(("dosed", "dose of", "group", "label", "against"))
FEWEST_KINDS, FEWEST = 2, 3
# Words that stand in such places without being a treatment.
NO_NAME = regex.compile(
    r"(?:\w+(?:ing|ed|ly|tion|tions|ment|ments|ity|ness|ance|ence|ive|ous|ful|less|est|ical|able|ible|eral|ional)|placebo|sham|vehicle|control"
    r"|controls|groups?|arms?|patients?|women|people|adults|children|infants|subjects|participants|volunteers|study|studies|trials?"
    r"|doses?|dosage|dosages|daily|weekly|monthly|total|single|double|lower|higher|greater|third|first|second|other|others|another"
    r"|either|these|those|their|which|where|while|there|about|after|before|during|under|above|below|between|within|every|least"
    r"|drugs?|agents?|therapy|therapies|regimens?|care|standard|usual|surgery|active|study|index|exposed|unexposed|weight|urine|blood"
    r"|serum|plasma|water|weeks?|months?|years?|hours?|minutes?|times?|cycles?|tumou?rs?|cancers?|lesions?|disease|cases?|cohort|overall"
    r"|whole|entire|same|different|various|several|three|seven|eight|twelve|alone|orally|early|delayed|intensive|maintenance|matched"
    r"|adjusted|median|average|maximum|minimum|initial|final|baseline|short|young|older|elderly|female|males?|black|white|asian|blind"
    r"|open|label|sessions?|visits?|oral|systemic|topical|local|general|medical|clinical|dietary|physical|exercise|training|education|support|counselling"
    r"|protein|fibre|fiber|energy|sodium|glucose|carbohydrate|alcohol|coffee|smoking|meals?|diets?|foods?|phase|stage|level|levels|range"
    r"|novel|newer|latter|former|triple|quadruple|combination|combined|monotherapy|treatment|injection|infusion|vaccine|vaccines|device)$",
    regex.IGNORECASE,
)
# A word before it that is nearly always there belongs to its name.
BOUND = 0.8
LED = regex.compile(r"(?<![\w-])(?P<lead>\p{L}\p{Ll}{2,})\s$")
NO_LEAD = regex.compile(
    r"(?:the|and|for|with|oral|daily|plus|than|from|that|this|versus|both|either|high|low|dose|given|received?|receiving|taking|using|of|by"
    r"|pure|placebo|weekly|combined|treated|alone|between|were|was|who|adding|also|only|whereas|while|but|intravenous|topical|not)$",
    regex.IGNORECASE,
)


def name_unlisted(
    reading: str, *, regions: Sequence[Span], drugs: Sequence[DrugMention], known: Collection[Span]
) -> list[DrugMention]:
    """Mentions of treatments that only the text tells; `known` are the places of everything a vocabulary knows."""
    taken = bytearray(len(reading))  # one for each character that is of something known: looking is all it is for
    for span in {*known, *(d.span for d in drugs)}:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    kinds: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for region in regions:
        text = region.of(reading)
        if len(text) < SHORTEST:
            continue  # most cells of tables
        open_ = [kind for kind, said in SAID.items() if said.may_match(text)]
        if DOSED & set(open_) and DOSE.search(text) is None:
            open_ = [kind for kind in open_ if kind not in DOSED]
        for kind in open_:
            for match in SAID[kind].pattern.finditer(reading, region.start, region.end):
                span = Span(*match.span("word"))
                word = match["word"].casefold()
                if NO_NAME.match(word) is None and not _overlaps(span, taken):
                    kinds[word].add(kind)
                    counts[word] += 1
    words = {w for w, k in kinds.items() if len(k) >= FEWEST_KINDS and counts[w] >= FEWEST and k & SURE}
    return [m for word in sorted(words) for m in _mentions(reading, regions, word, taken)]


def _mentions(reading: str, regions: Sequence[Span], word: str, taken: bytearray) -> Iterator[DrugMention]:
    pattern = regex.compile(rf"(?<![\w-]){regex.escape(word)}(?!\w)", regex.IGNORECASE)
    spans = [Span(*m.span()) for region in regions for m in pattern.finditer(reading, region.start, region.end)]
    spans = [s for s in spans if not _overlaps(s, taken)]
    leads = Counter(m["lead"].casefold() for s in spans if (m := LED.search(reading, max(s.start - 20, 0), s.start)))
    lead, often = leads.most_common(1)[0] if leads else ("", 0)
    led = often > BOUND * len(spans) and NO_LEAD.match(lead) is None
    for span in spans:
        match = LED.search(reading, max(span.start - 20, 0), span.start) if led else None
        whole = Span(match.start("lead"), span.end) if match is not None and match["lead"].casefold() == lead else span
        yield DrugMention(span=whole, drugs=(f"{lead} {word}" if led else word,), rule="drugs:unlisted")


def _overlaps(span: Span, taken: bytearray) -> bool:
    return 1 in taken[span.start : span.end]
