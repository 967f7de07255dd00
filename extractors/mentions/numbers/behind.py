"""Patterns that are read from right to left, ending where they are asked: what stands right before a number."""

from typing import cast

import regex


class Behind:
    """A pattern for the characters right before a place.

    Matching runs backwards from the place (`regex`'s reverse mode), so that asking costs the length of the match and
    not a search through the sentence; every repetition in such a pattern is bounded.
    """

    def __init__(self, pattern: str, *, ignore_case: bool = False) -> None:
        self._pattern = regex.compile(f"(?r)(?:{pattern})", regex.IGNORECASE if ignore_case else 0)

    def __call__(self, text: str, place: int) -> "regex.Match[str] | None":
        """The match in `text` that ends at `place`, or None."""
        return cast("regex.Match[str] | None", self._pattern.match(text, 0, place))
