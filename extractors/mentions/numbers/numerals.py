"""Text -> its groups of digits as numerals: thousands, decimals, powers of ten, signs, the decimal comma."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from schemas.anchor import Span
from schemas.number import Number

# Every dash a typesetter may put between two bounds or before a negative number.
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
DASH = f"[{DASHES}]"
# Thousands need groups of three and no leading zero: "0,750" is a decimal.
_THOUSANDS = r"[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?:\.\d+)?"
# Lancet prints decimals with a raised point; several glyphs stand for it.
_POINT = r"[.\u00b7\u2219\u22c5]"
# "P=.01" has no digit before the point; a letter, digit or bracket before it makes it the end of something else.
_DECIMAL = rf"\d+{_POINT}\d+|(?<![\w.)\]%]){_POINT}\d+"
# Unmistakable decimal commas: a leading zero, or a percent sign right behind one or two digits.
_COMMA_SURE = r"0,\d+(?![\d,])|\d{1,3},\d{1,2}(?=\s?\\?%)"
_COMMA_ANY = r"\d+,\d+(?![\d,])"
# "3 × 10−5": without its power the number would be wrong by orders of magnitude.
_POWER = rf"(?:\s?[×x*·]\s?10(?:\^|\*\*)?\{{?(?:{DASH}\s?\d{{1,3}}|\^?[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^\{{?\d{{1,2}})\}}?|[eE]{DASH}\d{{1,3}}(?![\w]))"
_NUMERAL = re.compile(rf"(?:{_COMMA_SURE}|{_THOUSANDS}|{_DECIMAL}|\d+)(?:{_POWER})?")
_NUMERAL_COMMA = re.compile(rf"(?:{_DECIMAL}|{_COMMA_ANY}|{_THOUSANDS}|\d+)(?:{_POWER})?")
_POWER_AT_END = re.compile(rf"{_POWER}\Z")
# A line break can swallow the dash of an interval: "0.690.90" under a confidence interval is two numbers.
_GLUED = re.compile(r"(?<![\d.])(\d{1,2}\.(\d{1,3}))(\d{1,2}\.(\d{1,3}))(?![\d.])")
_INTERVAL_BEFORE = re.compile(r"(?:CI|interval)[\s:,;=})\]([]{0,4}\Z")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_OPENS_NUMBER = frozenset(" \t\n([{=:,;<>≤≥~≈/$±|*_")
_MAY_STAND_OFF = re.compile(r"(?:[(\[=:<>]|\b(?:of|was|were|by|to|from|and|vs\.?|versus|is|than))\s?\Z")
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


@lru_cache(maxsize=8)
def uses_decimal_comma(reading: str) -> bool:
    """Whether a text prints its decimals with a comma: at least three such, and more than decimals with a point."""
    commas = sum(1 for _ in _COMMA_DECIMALS.finditer(reading))
    return commas >= 3 and commas > sum(1 for _ in _POINT_DECIMALS.finditer(reading))


def find_numerals(piece: str, *, decimal_comma: bool = False) -> list[Numeral]:
    """Every group of digits of `piece` in order; no digit is left out and none is in two."""
    found: list[Numeral] = []
    pattern = _NUMERAL_COMMA if decimal_comma else _NUMERAL
    position = 0
    while match := pattern.search(piece, position):
        start, position = match.span()
        if piece[position : position + 1] == "." and (glued := _GLUED.match(piece, start)):
            if len(glued[2]) == len(glued[4]) and _INTERVAL_BEFORE.search(piece, max(start - 14, 0), start):
                position = glued.end()
                found.append(_numeral(piece, start, glued.end(1)))
                found.append(_numeral(piece, glued.start(3), position)._replace(signed=glued.start(3)))
                continue
        found.append(_numeral(piece, start, position))
    return found


def _numeral(piece: str, start: int, end: int) -> Numeral:
    value, decimals = _read(piece[start:end])
    signed = start_with_sign(piece, start, decimals=decimals)
    if signed < start and piece[signed] != "+":
        value = -value
    return Numeral(start, end, value, decimals, signed)


def start_with_sign(piece: str, start: int, *, decimals: int) -> int:
    """Where the number that has its first digit at `start` begins, its sign included; the dash of a range is no sign."""
    if start == 0:
        return 0
    sign = piece[start - 1]
    before = piece[start - 2] if start > 1 else " "
    if sign in DASHES or sign == "+":
        if before in _OPENS_NUMBER or (before in DASHES and sign in DASHES):
            # "10 –15 months" and "10%– 15%": the dash follows a number, so it joins two of them.
            held = piece[max(start - 4, 0) : start - 1].rstrip()[-1:]
            return start if before.isspace() and (held.isdigit() or held == "%") else start - 1
        if sign == "\u2212" and decimals and before.islower():
            return start - 1
        return start
    if sign == " " and before in DASHES + "+" and _MAY_STAND_OFF.search(piece, max(start - 10, 0), start - 2):
        return start - 2
    return start


def _read(raw: str) -> tuple[Decimal, int]:
    """Value and decimals of the digits as printed."""
    power = _POWER_AT_END.search(raw)
    mantissa = raw[: power.start()] if power else raw
    for point in "\u00b7\u2219\u22c5":
        mantissa = mantissa.replace(point, ".")
    if "," in mantissa and re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", mantissa) is None:
        mantissa = mantissa.replace(",", ".")
    mantissa = mantissa.replace(",", "")
    decimals = len(mantissa.partition(".")[2])
    try:
        value = Decimal(mantissa)
        if power:
            exponent = int("".join(c for c in _exponent(power[0])))
            value, decimals = value.scaleb(exponent), max(decimals - exponent, 0)
    except (InvalidOperation, ValueError):
        return Decimal("".join(c for c in mantissa if c.isdecimal()) or "0"), 0
    return value, decimals


def _exponent(power: str) -> str:
    text = power.translate(_SUPERSCRIPTS)
    for dash in DASHES:
        text = text.replace(dash, "-")
    tail = re.search(r"(-?)\s?(\d+)\}?\Z", text.split("10", 1)[-1] if "10" in text else text)
    return tail[1] + tail[2] if tail else "0"


def number_of(numeral: Numeral, piece: str, offset: int) -> Number:
    """The numeral as a schema number whose span stands in the whole text."""
    span = Span(numeral.signed + offset, numeral.end + offset)
    return Number(raw=piece[numeral.signed : numeral.end], value=numeral.value, decimals=numeral.decimals, span=span)
