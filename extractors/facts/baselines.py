"""A value in a sentence in, whether it is what was measured before treatment out."""

import regex

from extractors.facts.sentence import Contents
from schemas.anchor import Span

BASELINE = "baseline"
"""The time of a value measured before treatment."""

# "8.3% at baseline", "2.1 (SD 0.4) before treatment".
BEHIND = regex.compile(
    r"^[\s)\]]*(?:\([^()]*\)\s*)?(?:at (?:the )?(?:baseline|study entry|enrol+ment|entry|inclusion|screening)"
    r"|(?:before|prior to|pre-?) ?(?:the )?(?:(?:start|initiation) of |initiating |starting )?"
    r"(?:treatment|therapy|baseline|intervention|surgery))\b"
)
# "from a baseline of 8.3%", "a mean baseline HbA1c of 8.02%".
AHEAD = regex.compile(
    r"\bfrom (?:(?:an?|the|their) )(?:(?:mean|median|average) )?baseline (?:value |level |score )?(?:of )?$"
    r"|(?<!\b(?:from|to|versus|than|over|above|below) )\bbaseline (?!to\b)(?:[^\s,;:.()]+ ){0,4}?"
    r"(?:(?:was|were|of|averaged|at) )?$",
    regex.IGNORECASE,
)
FROM = regex.compile(r"\bfrom (?:an? )?(?:(?:mean|median|average)(?: of)? )?$", regex.IGNORECASE)
TO = regex.compile(r"^[\s)\]]*(?:[(\[][^()\[\]]*[)\]]\s*)?to (?:an? )?(?:(?:mean|median)(?: of)? )?[~≈]?$")


def is_baseline(contents: Contents, span: Span, *, measured: bool) -> bool:
    """Whether the value at `span` is said to be of baseline; a measurement that goes from it to another one is, too."""
    ahead = contents.words(max(span.start - 60, contents.span.start), span.start)
    if BEHIND.match(contents.words(span.end, span.end + 80)) or AHEAD.search(ahead):
        return True
    later = next((v for v in contents.values if v.span.start >= span.end), None)
    gap = contents.words(span.end, later.span.start) if later is not None else ""
    return measured and FROM.search(ahead) is not None and TO.match(gap) is not None
