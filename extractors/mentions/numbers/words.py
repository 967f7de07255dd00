"""Text -> numbers printed in words, "Eighty-two" or "one hundred and thirty-seven", as numerals."""

import re
from decimal import Decimal

from extractors.mentions.numbers.numerals import Numeral

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: i for i, word in enumerate(_SMALL)} | {word: 10 * (i + 2) for i, word in enumerate(_TENS)}
_VALUES |= {"fourty": 40, "ninty": 90}
_SCALES = {"hundred": 100, "thousand": 1000}
# A PDF may hold "five" with the ligature fi; longer words first, so that "six" does not cut "sixteen" short.
_ATOM = "|".join(sorted([*_VALUES, *_SCALES], key=len, reverse=True)).replace("fi", "(?:fi|\ufb01)")
# "one-third" and "two-arm" are no numbers of something; time units take their hyphen themselves.
_WORDED = re.compile(rf"(?<![\w-])(?:{_ATOM})(?:(?:\s|-|\u2010|\u2011)(?:and\s)?(?:{_ATOM}))*(?!\w)", re.IGNORECASE)
_SPLIT = re.compile(r"[\s\u2010\u2011-]+(?:and\s)?", re.IGNORECASE)


def find_worded(piece: str) -> list[Numeral]:
    """Every number in words of `piece`, in order; words that make no number together ("two three") are left out."""
    found: list[Numeral] = []
    for match in _WORDED.finditer(piece):
        value = read_words(match[0])
        if value is not None:
            found.append(Numeral(match.start(), match.end(), Decimal(value), 0, match.start(), worded=True))
    return found


def read_words(words: str) -> int | None:
    """The whole number that English number words say, or None where they do not make one."""
    total = current = 0
    last = 10**6
    for word in _SPLIT.split(words.lower().replace("\ufb01", "fi")):
        if word in _SCALES:
            scale = _SCALES[word]
            if scale == 1000:
                total, current, last = total + max(current, 1) * 1000, 0, 1000
            else:
                current, last = max(current, 1) * 100, 100
            continue
        value = _VALUES[word]
        # After "twenty" only a digit may follow, after "hundred" anything below it, after a digit nothing.
        if value >= last or (last < 20) or (20 <= last < 100 and value >= 10):
            return None
        current, last = current + value, value if value else 1
    return total + current
