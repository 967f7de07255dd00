"""A heading in, the role of the text under it out, by the table of section titles."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from schemas.lexicon import SectionTitle

_NUMBER = re.compile(r"^(?:(?:\d+\.)*\d+\.?|[IVX]+\.|[A-H]\.|#+)\s+")
_EDGES = " \t\n:.*_#■●▪|"
# Parts of a structured abstract that may be headings of their own; a body has most of them too.
_ABSTRACT_PART = re.compile(
    r"(?:background|objectives?|aims?|purpose|importance|context|rationale|introduction|question|design|setting|"
    r"patients|participants|interventions?|exposures?|main outcomes?|measurements|outcomes|evidence|data|study|"
    r"eligibility|sources|methods?|methodology|materials|search|results?|findings|main content|main results|"
    r"conclusions?|interpretation|significance|relevance|discussion|limitations?|trial registration|registration|"
    r"prospero|funding|key ?(?:points|messages)|what)\b"
)


def find_role(heading: str) -> str | None:
    """The role that the table of section titles gives to `heading`; None where it is not listed."""
    return _role(plain_title(heading))


def is_abstract_part(heading: str) -> bool:
    """Whether `heading` is one that structured abstracts are divided by."""
    return _ABSTRACT_PART.match(plain_title(heading)) is not None


def plain_title(heading: str) -> str:
    """The heading in lower case, on one line, without number, marks of emphasis and closing punctuation."""
    return _NUMBER.sub("", " ".join(heading.split()).strip(_EDGES)).strip(_EDGES).lower()


@lru_cache(maxsize=4096)
def _role(title: str) -> str | None:
    return next((role for pattern, role in _patterns() if pattern.fullmatch(title)), None)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files("extractors.document").joinpath("section_titles.toml").read_text(encoding="utf-8")
    entries = [SectionTitle.model_validate(entry) for entry in tomllib.loads(text)["section_title"]]
    return tuple((re.compile("|".join(f"(?:{p})" for p in e.patterns)), e.role) for e in entries)
