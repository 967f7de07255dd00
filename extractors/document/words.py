"""Words that decide where sentences end and abstracts are divided, read from words.toml."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one list of words.toml."""
    text = files("extractors.document").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind])
