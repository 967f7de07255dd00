"""A population's label: entry, printed words and the pattern's groups in, the short phrase for the dataset out."""

from collections.abc import Mapping

from schemas.lexicon import Population


def label_of(entry: Population, *, match: str, groups: Mapping[str, str | None] | None = None) -> str:
    """The label of `entry` with its fields filled: `{match}` by the printed words, `{name}` by the pattern's group.

    "PD-L1 ≥ {n}%" with groups {"n": "50"} gives "PD-L1 ≥ 50%". Runs of blanks become one; a group that took no
    part in the match is left out.
    """
    filled = {name: value or "" for name, value in (groups or {}).items()}
    return " ".join(entry.label.format_map({**filled, "match": match}).split())
