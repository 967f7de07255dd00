"""A heading in, the role of the text under it out, by the vocabulary's section titles."""

import re
from functools import cache, lru_cache

from extractors.document.words import words
from extractors.lexicon import load
from schemas.block import Role

_NUMBER = re.compile(r"^(?:(?:\d+\.)*\d+\.?|[IVX]+\.|[A-H]\.|#+)\s+")
_EDGES = " \t\n:.*_#■●▪|"


def find_role(heading: str) -> Role | None:
    """The role that the section titles give to `heading`; None where it is not among them."""
    return _role(plain_title(heading))


def is_abstract_part(heading: str) -> bool:
    """Whether `heading` is one that structured abstracts are divided by."""
    title = plain_title(heading)
    return any(title == part or title.startswith((f"{part} ", f"{part}:")) for part in words("abstract_parts"))


def plain_title(heading: str) -> str:
    """The heading in lower case, on one line, without number, marks of emphasis and closing punctuation."""
    title = " ".join(heading.replace("’", "'").split()).strip(_EDGES)
    return _NUMBER.sub("", title).strip(_EDGES).lower()


@lru_cache(maxsize=4096)
def _role(title: str) -> Role | None:
    names, patterns = _titles()
    return names.get(title) or next((role for pattern, role in patterns if pattern.fullmatch(title)), None)


@cache
def _titles() -> tuple[dict[str, Role], tuple[tuple[re.Pattern[str], Role], ...]]:
    entries = load().section_titles
    names: dict[str, Role] = {name.lower(): entry.role for entry in entries for name in entry.names}
    patterns: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
        (re.compile(pattern, re.IGNORECASE), entry.role) for entry in entries for pattern in entry.patterns
    )
    return names, patterns
