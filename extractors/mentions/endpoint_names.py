"""An endpoint's code and printed words in, its name out: the code, or the words where they say another thing."""

from functools import lru_cache

import regex

# The codes that a record may carry whatever the words are; what a study calls its first or second outcome is one too.
CODES = frozenset(
    {
        *("ORR", "CR", "PR", "SD", "PD", "DCR", "CBR", "PFS", "OS", "DFS", "iDFS", "EFS", "RFS", "MFS", "pCR", "DOR"),
        *("TTP", "TTF", "TTR", "QoL", "AE", "DOT", "follow-up", "primary endpoint", "secondary endpoint"),
    }
)
# What is said of an outcome and is none of it: its rate or risk, when it was looked at, how it was summed up.
AROUND = regex.compile(
    r"^(?:(?:risks?|rates?|incidences?|proportions?|frequency|odds|likelihood)\s+of\s+(?:the\s+|an?\s+)?|%\s*|patients\s+|mean\s+|median\s+|Kaplan[–-]Meier\s+)"
    r"|^(?:(?:\d[\d.]*|one|two|three|four|five|six|nine|ten|twelve)[\s-](?:days?|weeks?|months?|years?|hours?|h|d)[\s-]+)"
    r"|(?<!\bevents?)\s+(?:risks?|rates?)$"
    r"|^differences?\s+in\s+|\s+differences?$"
    r"|\s+(?:had\s+)?(?:changed|fell|fallen|declined|dropped|decreased|increased|rose|risen)$"
    r"|\s+(?:at|by|within|in|after)\s+(?:(?:the\s+)?first\s+)?(?:(?:days?|weeks?|months?|years?)\b.*|\d+\s?-?(?:days?|weeks?|months?|years?|hours?|h|d))$",
    regex.IGNORECASE,
)
VERB = regex.compile(
    r"^(?:died|alive|dead|survived|(?:was|were|became|being|be|remained|regained)\s.*|\w+ed|\w+ed\s+.*|doses?\s(?:(?:was|were)\s)?\w+ed)$",
    regex.IGNORECASE,
)
DIED = regex.compile(r"^(?:died|dead|had died)$", regex.IGNORECASE)
SPELLINGS = (
    (regex.compile(r"a?e(?=m(?:o|i|a))"), "e"),
    (regex.compile(r"isa(?=tion)"), "iza"),
    (regex.compile(r"ologic\b"), "ological"),
    (regex.compile(r"oe(?=dema)"), "e"),
)
CAPITAL = regex.compile(r"[A-Z]")
DIGIT = regex.compile(r"\d")
WORD = regex.compile(r"[^\W_]+")
NO_LETTER = regex.compile(r"[^a-z\d]")
PLURAL = regex.compile(r"[a-z-]{4,}[^su]s")
ENDING = regex.compile(r"(?<=\w{3})e?s$|(?<=\w{3})e$")
LITTLE = frozenset({"of", "the", "for", "from", "in", "or", "and", "to", "a", "an", "any", "all"})
SHARED = 0.5


@lru_cache(maxsize=4096)
def name_endpoint(code: str, printed: str) -> str:
    """The code where the words share half of theirs with it or abbreviate it, else the words in their plain form."""
    if code in CODES:
        return code
    words = plain_words(printed)
    if not words or code.casefold() == words.casefold():
        return code
    if DIED.match(words):
        return "death"
    if VERB.match(words) or _alike(code, words) or _abbreviates(code, words) or _abbreviates(words, code):
        return code
    return words


@lru_cache(maxsize=1024)
def plain_words(printed: str) -> str:
    """An outcome's printed words without rate, time and plural, in lower case but for short forms."""
    words, before = " ".join(printed.split()), ""
    while words != before:
        before, words = words, AROUND.sub("", words).strip()
    parts = [w if CAPITAL.search(w[1:]) or len(w) == 1 else w.lower() for w in words.split()]
    if parts and PLURAL.fullmatch(parts[-1]) and not parts[-1].endswith(("is", "us", "ss")):
        last = parts[-1]
        parts[-1] = f"{last[:-3]}y" if last.endswith("ities") else last.removesuffix("s")
    return " ".join(parts)


def _alike(code: str, words: str) -> bool:
    a, b = _stems(code), _stems(words)
    numbers = [{w for w in part if DIGIT.search(w)} for part in (a, b)]
    if b < a:  # the code says more than is printed: "mortality" is not said to be of all causes
        return False
    return bool(a | b) and len(a & b) / len(a | b) >= SHARED and numbers[0] == numbers[1]


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    folded = text.casefold()
    for pattern, to in SPELLINGS:
        folded = pattern.sub(to, folded)
    words = WORD.findall(folded)
    return frozenset(ENDING.sub("", word) for word in words) - LITTLE


def _abbreviates(short: str, long: str) -> bool:
    """Whether a short form's letters stand in order in a long one that begins with the same ("MI", "LVEF")."""
    letters = NO_LETTER.sub("", short.casefold())
    if not CAPITAL.search(short[1:]) or " " in short or len(letters) < 2 or " " not in long.replace("-", " "):
        return False
    rest = iter(NO_LETTER.sub("", long.casefold()))
    return long[:1].casefold() == letters[0] and all(letter in rest for letter in letters)
