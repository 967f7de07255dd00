"""A p-value in its sentence in, whether it tests how unlike the pooled studies are, and no effect, out."""

import regex

from extractors.facts.sentence import Contents, brackets_around
from schemas.anchor import Span
from schemas.mention import PValueMention

# "I² = 71%, P = .008": the p-value that follows a heterogeneity statistic is its own.
HETEROGENEITY_VALUE = regex.compile(
    r"(?:I\s?[²2]|χ\s?[²2]?|[Cc]hi\s?[²2]?|[Tt]au\s?[²2]?|τ\s?[²2]?|Q|df)\s?[<>=:]\s?[\d.,·]+\s?%?\s?[,;]\s*$"
)
HETEROGENEITY = regex.compile(
    r"\b(?:heterogene\w+|inconsisten\w+|incoherence)\b[^.;()\d]{0,60}(?:\(\s*)?(?:P-values? for \w+,?\s*)?$",
    regex.IGNORECASE,
)
FENCED = regex.compile(r"heterogene\w+[^.;(]{0,40}$")


def tests_heterogeneity(contents: Contents, p: PValueMention) -> bool:
    """Whether a p-value is said to test how unlike studies are; "for heterogeneity" alone is mostly of subgroups."""
    before = contents.words(contents.span.start, p.span.start)
    if HETEROGENEITY_VALUE.search(before):
        return p.p.qualifier == "heterogeneity"  # "(RR 0.57, 95% CI 0.30-1.05, I² = 0%, P > .05)": the effect's
    said = HETEROGENEITY.search(before) is not None or is_fenced(contents, p.span)
    return said and p.p.qualifier != "heterogeneity"


def is_fenced(contents: Contents, span: Span) -> bool:
    """ "heterogeneity (P < .05, I² = 3%)": brackets behind the word that hold no effect."""
    fence = brackets_around(contents, span)
    if fence is None:
        return False
    lead = contents.words(max(fence.start - 60, contents.span.start), fence.start)
    effects = any(fence.holds(m.span) for m in contents.measures)
    return not effects and FENCED.search(lead) is not None
