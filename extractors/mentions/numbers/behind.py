"""Patterns that are read from right to left, ending where they are asked: what stands right before a number."""

from collections.abc import Callable

import regex


class Behind:
    """A pattern for the characters right before a place.

    Matching runs backwards from the place (`regex`'s reverse mode), so that asking costs the length of the match and
    not a search through the sentence; every repetition in such a pattern is bounded.
    """

    __slots__ = ("_match",)

    def __init__(self, pattern: str, *, ignore_case: bool = False) -> None:
        compiled = regex.compile(f"(?r)(?:{pattern})", regex.IGNORECASE if ignore_case else 0)
        self._match: Callable[[str, int, int], regex.Match[str] | None] = compiled.match

    def __call__(self, text: str, place: int) -> "regex.Match[str] | None":
        """The match in `text` that ends at `place`, or None."""
        return self._match(text, 0, place)
