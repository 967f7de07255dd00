"""A sentence that reports several studies in turn in, one piece for each study out."""

from itertools import pairwise

import regex

from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents, narrow
from schemas.anchor import Span

# Where one study's part ends and the next one's begins.
SEAM = regex.compile(r";\s+|,?\s+(?:and|while|whereas|but)\s+|,\s+")
# From a seam to the name of the next study, at most.
LONGEST_LEAD = 40  # characters


def segments(contents: Contents, scope: Scope) -> list[tuple[Contents, Scope]]:
    """The pieces of a sentence whose studies each stand before their own results; else the sentence alone.

    "In A, 12% died, and in B 14% died" has two pieces; "by 44% in A and by 75% in B" has one.
    """
    pointed = any(m.rule == "study:pointed" for m, _ in scope.named)  # "... in the first and ... in the second"
    if len(scope.named) < 2 or pointed or any(c.role == "respectively" for c in contents.cues):
        return [(contents, scope)]
    numbers = sorted(n.span for kind in (contents.values, contents.counts) for n in kind)
    firsts = [pair for i, pair in enumerate(scope.named) if not i or pair[1] is not scope.named[i - 1][1]]
    starts, owners = [contents.span.start], [firsts[0][1]]
    for (mention, _), (following, study) in pairwise(firsts):
        seams = [contents.span.start + m.end() for m in SEAM.finditer(contents.text)]
        seam = max((s for s in seams if mention.span.end < s <= following.span.start), default=None)
        inside = seam is not None and any(mention.span.end <= n.start and n.end <= seam for n in numbers)
        after = any(n.start >= following.span.end for n in numbers)
        if seam is None or not inside or not after or following.span.start - seam > LONGEST_LEAD:
            continue
        starts.append(seam)
        owners.append(study)
    if len(starts) < 2 or any(n.end <= firsts[0][0].span.start for n in numbers):
        return [(contents, scope)]
    pieces = []
    for start, end, study in zip(starts, [*starts[1:], contents.span.end], owners, strict=True):
        piece = narrow(contents, Span(start, end))
        refs = tuple(dict.fromkeys(m for c in piece.citations for m in c.markers)) or scope.refs
        pieces.append((piece, Scope(study, refs, carried=False)))
    return pieces
