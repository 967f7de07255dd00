"""Text -> its groups of digits as numerals: thousands, decimals, powers of ten, signs, the decimal comma."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractors.mentions.numbers.behind import Behind

# Every dash a typesetter may put between two bounds; an em dash sets off a clause and is never a minus sign.
MINUS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
DASHES = MINUS + "\u2014\u2015"
# Lancet prints decimals with a raised point; several glyphs stand for it.
_RAISED = "\u00b7\u2219\u22c5"
_POINT = f"[.{_RAISED}]"
_POINTS = frozenset("." + _RAISED)
_DIGIT = re.compile(r"\d")
# Thousands need groups of three and no leading zero: "0,750" is a decimal.
_THOUSANDS = r"[1-9]\d{0,2}(?:,\d{3})+(?!\d|,\d)(?:\.\d+)?"
# "P=.01" has no digit before the point; a letter, digit or bracket before it makes it the end of something else.
_DECIMAL = rf"\d+{_POINT}\d+|(?<![\w.)\]%]){_POINT}\d+"
# Unmistakable decimal commas: a leading zero, or a percent sign right behind one or two digits.
_COMMA_SURE = r"0,\d+(?![\d,])|\d{1,3},\d{1,2}(?=\s?\\?%)"
_COMMA_ANY = r"\d+,\d+(?![\d,])"
# "3 × 10−5": without its power the number would be wrong by orders of magnitude.
_POWER = (
    rf"(?:\s?[×x*]\s?10(?:\^|\*\*)?\{{?(?:[{MINUS}]\s?\d{{1,3}}|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|(?<=[\^*{{])\d{{1,2}})\}}?"
    rf"|[eE][{MINUS}]\d{{1,3}}(?!\w))"
)
_NUMERAL = re.compile(rf"(?:{_COMMA_SURE}|{_THOUSANDS}|{_DECIMAL}|\d+)(?:{_POWER})?")
_NUMERAL_COMMA = re.compile(rf"(?:{_DECIMAL}|{_COMMA_ANY}|{_THOUSANDS}|\d+)(?:{_POWER})?")
_POWER_AT_END = re.compile(rf"{_POWER}\Z")
_EXPONENT = re.compile(r"(?:10|[eE])(?:\^|\*\*)?\{?(-?)\s?(\d+)\}?\Z")
_TO_PLAIN = str.maketrans({**dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True)), **dict.fromkeys(MINUS, "-")})
_WHOLE_THOUSANDS = re.compile(_THOUSANDS)
# A line break can swallow the dash of an interval: "0.690.90" under a confidence interval is two numbers.
_GLUED = re.compile(r"(?<![\d.])(\d{1,2}\.(\d{1,3}))(\d{1,2}\.(\d{1,3}))(?![\d.])")
_INTERVAL_BEFORE = Behind(r"(?:CI|interval)[\s:,;=})\]([]{0,4}")
_OPENS_NUMBER = frozenset(" ([{=:,;<>≤≥~≈/$±|*_" + "\t\n")
# A minus sign set off by a thin space, "of − 2.9", unless it joins two things.
_STANDS_OFF = Behind(r"(?:[(\[=:<>]|\b(?:of|was|were|by|to|from|and|vs\.?|versus|against|is|than))\s?")
_NUMBER_ENDS = Behind(r"[\d%]\s?")
_COMMA_DECIMALS = re.compile(r"\d,\d{1,2}\s?(?:%|m[eo]|[–-]\s?\d+,\d)")
_POINT_DECIMALS = re.compile(r"\d\.\d")


class Numeral(NamedTuple):
    """A group of digits (or number words) in a piece of text; `start` leaves out a sign, `signed` does not."""

    start: int
    end: int
    value: Decimal
    decimals: int
    signed: int
    worded: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is printed as a whole number without a sign."""
        return self.decimals == 0 and self.signed == self.start


# "1,03", but neither "1,234" nor the "1, 2" of a list; "0.94" that is no part of a DOI, a section or a date.
_LOCAL_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d,]|\.\d)")
_LOCAL_POINT = re.compile(r"(?<![\d.,/])\d{1,3}\.\d{1,4}(?![\d./])")
FEWEST_COMMAS = 3


@lru_cache(maxsize=8)
def _knows_decimal_comma(reading: str) -> tuple[bool, bool]:
    """Whether a text prints at least three decimals with a comma, and whether more so than with a point."""
    commas = sum(1 for _ in _COMMA_DECIMALS.finditer(reading))
    return commas >= FEWEST_COMMAS, commas > sum(1 for _ in _POINT_DECIMALS.finditer(reading))


def uses_decimal_comma(reading: str, *, start: int = 0, end: int | None = None) -> bool:
    """Whether `reading[start:end]` prints its decimals with a comma.

    A text that does so everywhere does so here; in one that mixes both (an abstract in English before an article in
    Portuguese) the stretch itself decides.
    """
    some, mostly = _knows_decimal_comma(reading)
    if not some or mostly:
        return some
    last = len(reading) if end is None else end
    return _LOCAL_COMMA.search(reading, start, last) is not None and _LOCAL_POINT.search(reading, start, last) is None


def find_numerals(piece: str, *, decimal_comma: bool = False) -> list[Numeral]:
    """Every group of digits of `piece` in order; no digit is left out and none is in two."""
    found: list[Numeral] = []
    match_at = (_NUMERAL_COMMA if decimal_comma else _NUMERAL).match
    end = 0
    # Looking for a digit and reading the numeral from there is four times as fast as looking for numerals.
    while (digit := _DIGIT.search(piece, end)) is not None:
        start = digit.start()
        match = match_at(piece, start - 1) if start > end and piece[start - 1] in _POINTS else None
        match = match or match_at(piece, start)
        if match is None:
            break
        start, end = match.span()
        if piece[end : end + 1] == "." and (cut := _cut_glued(piece, start)) is not None:
            middle, end = cut
            found.append(_numeral(piece, start, middle))
            found.append(_numeral(piece, middle, end)._replace(signed=middle))
        else:
            found.append(_numeral(piece, start, end))
    return found


def _cut_glued(piece: str, start: int) -> tuple[int, int] | None:
    glued = _GLUED.match(piece, start)
    if glued is None or len(glued[2]) != len(glued[4]) or _INTERVAL_BEFORE(piece, start) is None:
        return None
    return glued.end(1), glued.end()


def _numeral(piece: str, start: int, end: int) -> Numeral:
    value, decimals = _read(piece[start:end])
    signed = _with_sign(piece, start, decimals=decimals)
    if signed < start and piece[signed] != "+":
        value = -value
    return Numeral(start, end, value, decimals, signed)


def _with_sign(piece: str, start: int, *, decimals: int) -> int:
    """Where the number with its first digit at `start` begins, its sign included; the dash of a range is no sign."""
    if start == 0:
        return 0
    sign = piece[start - 1]
    before = piece[start - 2] if start > 1 else " "
    if sign in MINUS or sign == "+":
        if before in _OPENS_NUMBER:
            # "10 –15 months": the dash follows a number, so it joins two of them.
            return start if before == " " and _NUMBER_ENDS(piece, start - 1) is not None else start - 1
        if before in DASHES:
            return start - 1
        return start - 1 if sign == "\u2212" and decimals and before.islower() else start
    if sign == " " and start > 1 and (before in MINUS or before == "+") and _STANDS_OFF(piece, start - 2) is not None:
        return start - 2
    return start


def _read(raw: str) -> tuple[Decimal, int]:
    """Value and decimals of the digits as printed."""
    if raw.isdecimal():
        return Decimal(raw), 0
    power = _POWER_AT_END.search(raw)
    mantissa = raw[: power.start()] if power else raw
    for point in _RAISED:
        mantissa = mantissa.replace(point, ".")
    if "," in mantissa:
        mantissa = mantissa.replace(",", "" if _WHOLE_THOUSANDS.fullmatch(mantissa) else ".")
    value, decimals = Decimal(mantissa), len(mantissa.partition(".")[2])
    if power is not None and (exponent := _EXPONENT.search(power[0].translate(_TO_PLAIN))) is not None:
        shift = int(exponent[1] + exponent[2])
        return value.scaleb(shift), max(decimals - shift, 0)
    return value, decimals
