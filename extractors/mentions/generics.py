"""Endpoint mentions in order in, the same out without those that only say which rank the next one has."""

from collections.abc import Sequence

import regex

from schemas.mention import EndpointMention

# "the primary endpoint of death or stroke", "The primary outcome, pain at 12 weeks, was".
RANKS = frozenset({"primary endpoint", "secondary endpoint"})
NAMED = regex.compile(
    r"^\s+(?:of|for)\s+(?:the\s+|a\s+)?(?:composite\s+of\s+)?(?:\d-point\s+|\d-)?$|^,\s+(?:the\s+)?(?:mean\s+)?$"
)


def drop_ranks(reading: str, mentions: Sequence[EndpointMention]) -> tuple[EndpointMention, ...]:
    """Mentions in order, "the primary endpoint of X" as X alone."""
    kept = []
    for i, mention in enumerate(mentions):
        following = mentions[i + 1] if i + 1 < len(mentions) else None
        named = following is not None and mention.code in RANKS
        if named and following is not None and NAMED.match(reading[mention.span.end : following.span.start]):
            continue
        kept.append(mention)
    return tuple(kept)
