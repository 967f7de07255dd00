"""Text in, the abbreviations it defines out: "long form (SF)", "SF (long form)", "referred to as X", lists of them.

The alignment of a short with a long form is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for
identifying abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8 (2003) 451-462; plurals,
regimens by the initials of their drugs, hyphenated drug codes, names given to groups and lists are added to it.
"""

import re
from collections.abc import Iterator

from schemas.anchor import Span
from schemas.mention import Abbreviation

__all__ = ["align", "define_abbreviations"]

# Longer brackets hold sentences, not definitions; nested ones are met by their innermost pair.
_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]{2,160})[)\]}]")
_SHORT = re.compile(r"(?=[^\s]*[A-Z0-9])[A-Za-z0-9α-ωΑ-Ω][\w/&+.α-ωΑ-Ω‐‑–-]{0,13}(?:\s[A-Z0-9][\w/&+-]{0,6})?")
_SHORT_BEFORE = re.compile(r"(?:^|[\s(\[;,])((?=[^\s]*[A-Z])[A-Za-z0-9][\w/&+‐‑–-]{1,14})\s?\Z")
_NAMED = re.compile(
    r"(?:here(?:in)?after|henceforth|subsequently|from here on)?[\s,]{0,2}"
    r"(?:(?:also\s)?(?:referred\sto|abbreviated|designated|denoted|known|defined|labell?ed)(?:\s(?:here"
    r"|below))?\s(?:as|to)"
    r"|called|termed|named)"
    r"[\s,]{1,2}(?:the\s)?[\"“‘']?(?P<name>[^\"”’'()]{2,60}?)[\"”’']?\s?\Z|(?:here(?:in)?after"
    r"|henceforth)[\s,]{1,2}(?:the\s)?[\"“‘']?(?P<short>[^\"”’'()]{2,60}?)[\"”’']?\s?\Z",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(?:the\s)?(?P<name>(?:[A-Za-z][\w+/-]{0,24}\s){1,4}(?:group|arm|cohort|regimen))\s?\Z")
_TREATMENTS = re.compile(r"\+|\b(?:plus|combin(?:ed|ation)\swith|and|with|alone)\b")
# Where a treatment named for a group begins: behind one of these, counted from the right.
_PHRASE_START = re.compile(
    r".*(?:[.;:(\[]|\b(?:that|receiv\w+|to\s(?:the|either)|compared\s(?:to|with)|versus|vs\.?|against|with\seither|or|the"
    r"|between|assigned\sto|treated\swith|given|either|of|in|an?)\s|,\s(?:and\s)?(?:the\s)?)",
    re.DOTALL,
)
_DRUG_CODE = re.compile(r"[A-Z]{1,3}-[A-Z][A-Za-z0-9]{1,5}")
_REGIMEN = re.compile(r"[A-Za-z]{2,6}")
_JOINTS = re.compile(
    r"\s?(?:,\s?(?:and\s|plus\s|or\s)?|\s(?:and|plus|with|in combination with|combined with)\s|\s?[+/-]\s?)"
)
_TAIL_WORD = re.compile(r"[^\s]+\Z")
_HEADED = re.compile(r"\b(?:[Aa]bbreviations?|ABBREVIATIONS?)\b(?:\sused)?[\s:.-]{1,4}")
# One pair of a list, at the end of a stretch between semicolons; a full stop ends the last one.
_PAIR = re.compile(
    r"(?:.{0,200}?(?:[.:]\s"
    r"|\A))?\s?(?P<short>(?=[^\s,;:=]{0,15}[A-Z])[A-Za-z0-9][\w/&+‐‑–-]{0,14}(?:\s?[A-Z0-9][\w-]{0,5})?)"
    r"\s?[,:=–—]\s?(?P<long>[A-Za-zα-ω0-9][^:=.]{2,90})(?:\.(?:\s.{0,400})?)?",
    re.DOTALL,
)
_STRETCH = re.compile(r"[^;]+")
_SENTENCE_END = re.compile(r"(?:[;:]|(?<=[a-z0-9)])\.)\s")
_TRAILING = ' ,*_"“”'
_WORDS = re.compile(r"\S+")
_PLURAL = re.compile(r"[A-Z0-9]s\Z")
_NOT_LONG = re.compile(r"[<>=≤≥%$()\[\]@|]|//|\b(?:19|20)\d\d\b")
# Ordinary words, stage numerals and initials of persons stand in brackets too, and spell anything.
_NO_SHORT = re.compile(r"AND|OR|NOT|[A-Z]?[a-z]{3,}|[IVX]+[ABCabc]?|(?:[A-Z]\.){1,3}|[a-z]+-[A-Z]+|[A-Z]\d?")
_SMALL_WORDS = frozenset("a an and the of to for in on with by or per from at".split())
# What no name begins with: "after initial surgery to chemotherapy-carboplatin (AUC" spells nothing.
_LEADING_WORDS = frozenset("after before during until than versus that which who whose were was had have".split())
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_SUB_WORDS = re.compile(r"[^\W_]+")
_IS_PLURALS = ("stases", "lyses", "noses", "theses", "crises")
_BACK = 140
_WORDED = re.compile(r"[^\W\d_A-Z]{3}|[^\W\d_]{5}")  # a long form has words, and is not "A → B"


def define_abbreviations(reading: str, *, start: int = 0) -> tuple[Abbreviation, ...]:
    """The abbreviations that `reading` defines, in order of place; `start` is added to their spans.

    `short` is in the singular where the text prints a plural ("TKIs"); `span` covers the definition, both forms of it.
    """
    found: dict[tuple[int, int], Abbreviation] = {}
    for match in _BRACKETED.finditer(reading):
        for short, long, begin, end in _defined(reading, match):
            found.setdefault((begin, end), _abbreviation(short, long, begin + start, end + start))
    for short, long, begin, end in _listed(reading):
        if not any(b < end and begin < e for b, e in found):
            found[begin, end] = _abbreviation(short, long, begin + start, end + start)
    return tuple(found[key] for key in sorted(found))


def _abbreviation(short: str, long: str, start: int, end: int) -> Abbreviation:
    if _PLURAL.search(short) and len(short) > 2:
        short = short[:-1]
        if long.endswith(_IS_PLURALS):
            long = long[:-2] + "is"
        elif long.endswith("s") and not long.endswith(("ss", "sis", "us")):
            long = long[:-3] + "y" if long.endswith("ies") else long[:-1]
    return Abbreviation(short=short, long=long, span=Span(start, end))


def _defined(text: str, match: re.Match[str]) -> Iterator[tuple[str, str, int, int]]:
    """What the bracket `match` defines: (short, long, start, end)."""
    inside, opening, closing = match[1].strip(), match.start(), match.end()
    named = _NAMED.match(inside) or _GROUP.fullmatch(inside)
    if named is not None:
        given = named.groupdict()
        name = (given["name"] or given.get("short") or "").strip()
        if (aligned := _before(text, name, opening)) is not None:
            yield name, text[aligned:opening].strip(), aligned, closing
        elif (begin := _phrase_before(text, opening)) is not None and (
            named.re is _NAMED or _TREATMENTS.search(text, begin, opening) is not None
        ):
            yield name, text[begin:opening].strip(), begin, closing
        return
    head = re.split(r"[;,]\s", inside, maxsplit=1)[0].strip()
    if _SHORT.fullmatch(head) is not None:
        first = _before(text, head, opening)
        if first is not None:
            yield head, text[first:opening].rstrip(' ,;*_"”'), first, closing
            return
    before = _SHORT_BEFORE.search(text, max(opening - 24, 0), opening)
    long = re.split(r";\s", inside, maxsplit=1)[0].strip()
    spelt = (
        before is not None
        and " " in long
        and _WORDED.search(long)
        and not _NOT_LONG.search(long)
        and len(long) > len(before[1])
    )
    if before is not None and spelt and _NO_SHORT.fullmatch(before[1]) is None:
        short = before[1]
        if align(short.rstrip("s") if _PLURAL.search(short) else short, long) == 0:
            yield short, long, before.start(1), closing


def _before(text: str, short: str, position: int) -> int | None:
    """Where the long form of `short` begins that ends at `position`, or None if the words there do not spell it."""
    core = short[:-1] if _PLURAL.search(short) and len(short) > 2 else short
    letters = sum(c.isalnum() for c in core)
    if letters < 2 or not any(c.isalpha() for c in core) or _NO_SHORT.fullmatch(core):
        return None
    offset = max(position - _BACK, 0)
    for end in _SENTENCE_END.finditer(text, offset, position):
        offset = end.end()
    window = text[offset:position].rstrip(_TRAILING)
    words = list(_WORDS.finditer(window))[-min(letters + 5, letters * 2) :]
    if not words:
        return None
    candidate = window[words[0].start() :]
    begin = _initials(core, candidate)
    if begin is not None:
        return offset + words[0].start() + begin
    begin = _longest_spelling(core, candidate)
    if begin is not None:
        return offset + words[0].start() + begin
    begin = _regimen(core, candidate)
    return offset + words[0].start() + begin if begin is not None else None


def align(short: str, long: str, *, from_start: bool = False) -> int | None:
    """Where in `long` its part that spells `short` begins (Schwartz and Hearst 2003), or None.

    From the right, each letter or digit of `short` must be found in `long`, the first one at the beginning of a word,
    or with `from_start` of `long` itself.
    """
    if from_start:
        rest = _align_rest(short[1:], long)
        return 0 if rest is not None and rest > 0 and long[:1].lower() == short[:1].lower() else None
    place = len(long) - 1
    for i in range(len(short) - 1, -1, -1):
        character = short[i].lower()
        if not character.isalnum():
            continue
        while place >= 0 and (long[place].lower() != character or (i == 0 and place > 0 and long[place - 1].isalnum())):
            place -= 1
        if place < 0:
            return None
        place -= 1
    place += 1
    while place > 0 and not long[place - 1].isspace() and long[place - 1] not in "([/":
        place -= 1
    return place


def _initials(short: str, long: str) -> int | None:
    """Where the words begin whose initials are `short`, small words skipped: "time to treatment failure (TTF)".

    Asked before the alignment, which takes the shortest way and would leave the first words out.
    """
    letters = [c.lower() for c in short if c.isalnum()]
    subs = list(_SUB_WORDS.finditer(long))
    if len(letters) < 2 or not subs:
        return None
    i, k = len(letters) - 1, len(subs) - 1
    while i >= 0 and k >= 0:
        word = subs[k][0].lower()
        if word[0] == letters[i]:
            i -= 1
        elif word not in _SMALL_WORDS:
            return None
        k -= 1
    if i >= 0:
        # "time to treatment failure": the "to" was taken for a T, and "time" is what the first letter stands for.
        return None
    first = k + 1
    if subs[first][0].lower() in _SMALL_WORDS and first > 0 and subs[first - 1][0][0].lower() == letters[0]:
        first -= 1
    begin = subs[first].start()
    while begin > 0 and not long[begin - 1].isspace():
        begin -= 1
    return None if _NOT_LONG.search(long[begin:]) else begin


def _align_rest(short: str, long: str) -> int | None:
    """Where the first letter of `short` is met when all its letters are looked for in `long` from the right."""
    place = len(long)
    for letter in reversed(short.lower()):
        if letter.isalnum():
            place = long.lower().rfind(letter, 0, place)
            if place < 0:
                return None
    return place


def _longest_spelling(short: str, candidate: str) -> int | None:
    """Where the words begin that spell `short` with most letters at the beginning of a word; of equals the shortest.

    The plain alignment takes the shortest way always: "carcinoma" for "colorectal carcinoma (CRC)".
    """
    nearest = align(short, candidate)
    if nearest is None:
        return None
    best, most = None, 0
    starts = [m.start() for m in _WORDS.finditer(candidate) if m.start() <= nearest]
    for begin in reversed(starts):
        part = candidate[begin:]
        if begin == nearest or (part[0].lower() == short[0].lower() and align(short, part, from_start=True) == 0):
            initial = _in_order(short.lower(), [m[0][0].lower() for m in _SUB_WORDS.finditer(part)])
            if initial > most and _plausible(short, part):
                best, most = begin, initial
    return best


def _in_order(short: str, initials: list[str]) -> int:
    """How many letters of `short` are among `initials` in this order."""
    row = [0] * (len(short) + 1)
    for initial in initials:
        previous = 0
        for k, letter in enumerate(short, start=1):
            kept = row[k]
            row[k] = max(row[k], row[k - 1], previous + 1 if letter == initial else 0)
            previous = kept
    return row[-1]


def _plausible(short: str, long: str) -> bool:
    """Whether an aligned long form is one: longer than the short, without it, and not far more words than letters."""
    letters = sum(c.isalnum() for c in short)
    words = long.split()
    if (
        len(long) <= len(short)
        or len(words) > min(letters + 5, letters * 2)
        or short in words
        or _NOT_LONG.search(long)
        or not _WORDED.search(long)
        or words[0].lower() in _LEADING_WORDS
        or (len(words) == 2 and _TWO_CAPITALS.fullmatch(short) and words[1][0].lower() != short[1].lower())
    ):
        return False
    # A long short form spells almost any sentence, unless its letters begin words.
    starts = {m[0][0].lower() for m in _SUB_WORDS.finditer(long)}
    return letters < 6 or sum(c.lower() in starts for c in short if c.isalnum()) * 2 > letters


def _regimen(short: str, candidate: str) -> int | None:
    """Where a list of drugs begins whose initials mostly make `short` ("DVd"), or the drug of a code ("T-DXd")."""
    if _DRUG_CODE.fullmatch(short):
        starts = [m.start() for m in re.finditer(r"(?<![A-Za-z])[A-Za-z]", candidate)]
        tail = candidate.split()[-3:]
        floor = len(candidate) - len(" ".join(tail))
        for begin in reversed(starts):
            if begin >= floor - 1 and candidate[begin].lower() == short[0].lower():
                while begin > 0 and not candidate[begin - 1].isspace():
                    begin -= 1
                return begin if candidate[begin:].replace("-", " ").replace(" ", "").isalpha() else None
        return None
    if not _REGIMEN.fullmatch(short) or sum(c.isupper() for c in short) == 0:
        return None
    parts = list(_JOINTS.finditer(candidate))
    if len(parts) < len(short) - 1:
        return None
    joints = parts[-(len(short) - 1) :]
    tail_before = _TAIL_WORD.search(candidate[: joints[0].start()])
    if tail_before is None:
        return None
    items = [tail_before[0]] + [
        candidate[a.end() : b.start() if b is not None else len(candidate)].strip()
        for a, b in zip(joints, [*joints[1:], None], strict=True)
    ]
    if any(" " in item or not item for item in items):
        return None
    same = sum(item[0].lower() == letter.lower() for item, letter in zip(items, short, strict=True))
    return tail_before.start() if same * 3 >= len(short) * 2 and items[0][0].lower() == short[0].lower() else None


def _phrase_before(text: str, position: int) -> int | None:
    """Where the noun phrase that ends at `position` begins: what a group's name is given to."""
    floor = max(position - _BACK, 0)
    window = text[floor:position]
    match = _PHRASE_START.match(window)
    begin = match.end() if match is not None else 0
    phrase = window[begin:].strip()
    if len(phrase) < 3 or (match is None and floor > 0):
        return None
    return floor + begin + len(window[begin:]) - len(window[begin:].lstrip())


def _listed(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The pairs of a list of abbreviations: under such a heading, or at least two in a row that align."""
    if ";" not in text and "bbreviation" not in text and "BBREV" not in text:
        return
    headed = _HEADED.search(text)
    run: list[tuple[str, str, int, int]] = []
    for stretch in _STRETCH.finditer(text, headed.end() if headed is not None else 0):
        pair = _pair(text, *stretch.span())
        if pair is not None:
            run.append(pair)
        elif len(run) > 1 or (run and headed is not None):
            yield from run
            run = []
        else:
            run = []
    if len(run) > 1 or (run and headed is not None):
        yield from run


def _pair(text: str, start: int, end: int) -> tuple[str, str, int, int] | None:
    """The abbreviation and long form that [start, end) ends in: "PFS, progression-free survival"."""
    # What stands before the first pair of a list may be long; the pair itself is not.
    match = _PAIR.fullmatch(text, max(start, end - 600), end)
    if match is None:
        return None
    short, long = match["short"], match["long"].strip()
    core = short[:-1] if _PLURAL.search(short) else short
    if _NO_SHORT.fullmatch(core) or len(long) <= len(short) or align(core, long) != 0:
        return None
    return short, long, match.start("short"), match.start("long") + len(match["long"].rstrip())
