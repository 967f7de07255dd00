"""A stretch of text in, the treatment it names out: its words without brackets, its short names, its size."""

from typing import NamedTuple

import regex

from extractors.facts.sentence import Contents, blank_brackets
from schemas.anchor import Span

# What ends the name of a treatment: how long, how often, in whom, by what order it was given.
TAIL = regex.compile(
    r"\s(?:after|before|following|during|prior to|in order to|in an?\b|at an?\b|at the\b|until|if|when|while|as part"
    r"|and then|and were|were|was|in addition|using|in (?:patients|women)|(?:for|in) the (?:treatment|prevention)"
    r"|among|as (?:first|second|an? |adjuvant|initial|primary)|stratified|according"
    r"|and (?:followed|assessed|evaluated)|from|for (?:\d|an?|six|one|two|three|four|five|twelve)\b|every|on the"
    r"|of the\b|within|once|twice|daily|who|which|with a ratio|by the"
    r"|to (?:determine|assess|evaluate|improve|prevent|reduce)"
    r"|significantly|reduces?|improves?|prolongs?|decreases?|differed|rather|due|that|suggests?|offers?|(?:and|or)$)\b"
    r"|[;:]|\.\s|,\s(?=\d)"
    r"|,\s(?:and\s)?(?:with|followed|stratified|respectively|after|before|for|using|who|which|in|all"
    r"|both|were|as|the)\b"
)
# In an aim also what it is given for: "X for pain compared with Y".
FOR = regex.compile(r"\s(?:for|in(?! combination)|on|as|to|among|during|after|before|is|are|was|were)\s")
COUNTED = regex.compile(r"\b[nN]\s?=|\b(?:patients?|women|subjects|participants|cases)\b|^\W*\d+\W*$|\bno\.")
ALIAS = regex.compile(
    r"(?:the |a |hereafter )?(?P<name>(?:[\w/+-]+\s){0,4}?(?:[Gg]roups?|[Aa]rms?)(?:\s(?:[A-Z]|[1-6]|I{1,3}))?"
    r"|[A-Z][\w+/-]{0,11}|control|placebo|intervention|experimental)"
)
# "the early group (injection before surgery, n = 35)": what the group is given.
TOLD = regex.compile(r"\p{L}[\p{L} /+-]{4,60}")
NO_ALIAS = frozenset(("n", "N", "IV", "PO", "SC", "IM", "RT"))
# What stands before the name itself.
LEAD = regex.compile(
    r"^(?:(?:the|an?|either|into|in|to|up to|a maximum of|maximum of|of|including|receive|receiving|undergo|undergoing"
    r"|(?:addition|use|benefits?|efficacy|effects?|safety|administration|application) of"
    r"|(?:two|three|four) groups to receive|(?:two|three|four)|for|with|by|treatment with|use|using|have|be|given"
    r"|treated with|take|took|taking|or|get|both|approximately|about)\s"
    r"|(?:an?\s)?\d\s?:\s?\d(?:\s?:\s?\d)*\s(?:ratio|fashion|manner)\s(?:to|into)\s"
    r"|\d+\s(?:patients\s|women\s)?(?:to|in|for|into)?\s"
    r"|\w+[ -](?:weeks?|months?|days?|years?|cycles|courses)(?:-?cycles)?\s(?:cycles\s)?of\s(?:either\s)?"
    r"|(?:\d+\s)?(?:patients|women|participants|subjects)\s(?:who\s)?(?:were\s)?"
    r"(?:receiv\w+|underwent|given|assigned to|in|to)\s)+",
    regex.IGNORECASE,
)
CLAUSE = regex.compile(
    r"(?:were|was|is|are|had|has|have|we|who|which|then|followed|they|that|than|it)\b", regex.IGNORECASE
)
# Results, no treatments: "A and 12% of", "more had died".
TOLD_OF = regex.compile(r"\d\s?%|\b(?:had|has|died|failed|took|fell|rose|ones|were|was)\b|^(?:up|more|some)$")
LETTERS = regex.compile(r"\p{L}{2}|[A-Z]")
BRACKET = regex.compile(r"[(\[]([^()\[\]]*)[)\]]")
PIECE = regex.compile(r"[;,=:]\s?")
LONGEST = 14  # words


class Item(NamedTuple):
    """One treatment of a list: place, words without brackets, short names in them, whether people are counted.

    `told` is what brackets say besides short names and sizes.
    """

    span: Span
    text: str
    aliases: tuple[str, ...] = ()
    counted: bool = False
    told: tuple[str, ...] = ()


# "randomised people with 1 of 4 risk factors to A versus B": the name begins behind the last "to".
DRAWN = regex.compile(r"\b(?:randomi[sz]|assign|allocat)\w*")
LED_TO = regex.compile(r"(?:(?!\b(?:and|or)\b)[^\x00])*\sto\s(?:receive\s|undergo\s|either\s|the\s)*")


A_GROUP = regex.compile(r"[\w-]+\s(?:arms?|groups?)\b")  # "40 were randomised to the sequential arm"


def read_item(contents: Contents, start: int, end: int, *, aim: bool = False) -> Item | None:
    """The treatment named between two places of the sentence's text, null where no name stands there.

    In an `aim` a name ends before what it is given for.
    """
    raw = contents.text[start:end]
    plain = blank_brackets(raw)
    cut = TAIL.search(plain, 4)
    plain = plain[: cut.start()] if cut is not None else plain
    lead = LEAD.match(plain)
    begin = lead.end() if lead is not None else 0
    drawn = LED_TO.match(plain, begin) if DRAWN.search(contents.text, 0, start + begin) else None
    if drawn is not None and not A_GROUP.match(plain, drawn.end()):
        begin = drawn.end()
    purpose = FOR.search(plain, begin + 3) if aim else None
    plain = plain[: purpose.start()] if purpose is not None else plain
    words = " ".join(plain[begin:].replace("\x00", " ").split()).strip(" ,;:.'\"")
    if LETTERS.search(words) is None or CLAUSE.match(words) is not None or TOLD_OF.search(words) is not None:
        return None
    first = begin + len(plain[begin:]) - len(plain[begin:].lstrip())
    base = contents.span.start + start
    place = Span(base + first, base + len(plain.rstrip()))
    brackets = [m[1] for m in BRACKET.finditer(raw)]
    counted = any(COUNTED.search(b) is not None for b in brackets)
    aliases = tuple(a for b in brackets for a in _aliases(b))
    told = tuple(piece for b in brackets for piece in map(str.strip, PIECE.split(b)) if TOLD.fullmatch(piece))
    return Item(place, " ".join(words.split()[:LONGEST]), aliases, counted, tuple(t for t in told if t not in aliases))


def _aliases(bracket: str) -> list[str]:
    """The short names in brackets: "(HT; n = 70)", "(control group)"."""
    found = (ALIAS.fullmatch(piece.strip()) for piece in PIECE.split(bracket))
    return [m["name"] for m in found if m is not None and m["name"] not in NO_ALIAS]
