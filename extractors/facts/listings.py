"""Values and outcomes in lists of as many in, one outcome a value out: "the rates of PFS and OS were 50% and 60%"."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractors.facts.choices import Choice, fits
from extractors.facts.sentence import Contents
from extractors.facts.values import Unit
from extractors.patterns import Gated
from schemas.mention import EndpointMention

# "The rates of PFS and OS were 50% and 60%": a list of endpoints before a list of as many values.
WERE = regex.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:rates?\s+|values?\s+)?(?:(?:(?:of|for|in|with)\s+[^.;:,()\d]{2,50}?\s+)?were|of"
    r"|responses?\s+(?:(?:was|were)\s+\w+\s+)?(?:in|by)|(?:was|were)\s+(?:achieved|attained|reached|seen|reported|observed|met)\s+(?:in|by))\s+$"
)
FEWEST_IN = 3  # "A, B and C in 51%, 27% and 12%"
# Between two outcomes of a list: "CR and 3-year OS rates", "CR, the 2-year cumulative incidence of relapse".
BETWEEN = regex.compile(
    r"^(?=[^()]*(?:[,/(]|\band\b|\bor\b))[\s,/]*(?:and|or|rates?|median|mean|the|an?|values?|estimated|early|overall|cumulative|incidences?|of|grade\s\S+|any-grade"
    r"|(?:[\d.]+|one|two|three|four|five|six|ten|twelve)[-–\s](?:years?|months?|weeks?|days?)|\([^)]*\)|[\s,])*(?<=(?:,|and|or)\s)?(?:(?<=(?:,|and|or)\s)[a-z-]{4,20}\s+)?$"
)
JOINT = regex.compile(
    r"^\s*(?:%|months?|years?|weeks?|days?)?\s*(?:\([^()]*\)|\[[^\[\]]*\])?\s*(?:,|,?\s*(?:and|or)|/)\s*(?:\w+\s+)?$"
)


def pair_lists(contents: Contents, units: Sequence[Unit], endpoints: Sequence[EndpointMention]) -> dict[int, Choice]:
    """The units of lists that a list of as many outcomes stands before, one to one; the next such list goes on."""
    found: dict[int, Choice] = {}
    listed: list[EndpointMention] = []
    said = any(c.role == "respectively" for c in contents.cues)
    for run in _runs(contents, units):
        first = units[run[0]].span.start
        since = units[run[0] - 1].span.end if run[0] else contents.span.start
        named = [e for e in endpoints if since <= e.span.start and e.span.end <= first]
        own = last_list(contents, named)
        kept = own[-len(run) :]
        if {e.code for e in own} == {
            e.code for e in kept
        }:  # "40% were progression-free at six months, and PFS and OS were"
            own = kept
        if len(own) == len(run) and len(run) > 1:
            between = contents.words(own[-1].span.end, first)
            were = WERE.match(between) is not None or (len(run) >= FEWEST_IN and between.strip() in ("in", "by"))
            slashed = any("/" in contents.words(a.span.end, b.span.start) for a, b in pairwise(own))
            listed = own if said or were or slashed else []
        elif named:
            listed = []
        fitting = all(
            fits(e.family, units[k]) or e.family == "time_to_event" for e, k in zip(listed, run, strict=False)
        )
        if len(listed) == len(run) and fitting:
            found |= {k: Choice(e, "", "zip") for k, e in zip(run, listed, strict=True)}
    return found


def _runs(contents: Contents, units: Sequence[Unit]) -> list[list[int]]:
    """The numbers of the units, cut where more than a list's joint stands between two."""
    runs: list[list[int]] = []
    for i, unit in enumerate(units):
        if i and JOINT.match(contents.words(units[i - 1].span.end, unit.span.start)):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def last_list(contents: Contents, endpoints: Sequence[EndpointMention]) -> list[EndpointMention]:
    """The run of endpoints at the end, joined by commas and "and" alone."""
    run: list[EndpointMention] = []
    for endpoint in reversed(endpoints):
        if run and not BETWEEN.match(contents.words(endpoint.span.end, run[0].span.start)):
            break
        run.insert(0, endpoint)
    return run


# "overall, the respective figures were", "at 12 months these proportions were".
FIGURES = Gated(
    r"\b(?:the\s+)?(?:respective|corresponding|equivalent|these|those|the)\s+(?:figures|rates|values|proportions|percentages|medians|numbers)\s+"
    r"(?:were|was|stood\s+at|reached)\b",
    regex.IGNORECASE,
)


def give_figures(
    contents: Contents,
    units: Sequence[Unit],
    endpoints: Sequence[EndpointMention],
    found: list[Choice],
    told: Sequence[EndpointMention],
) -> list[Choice]:
    """Choices with figures that go on about the outcomes told before, each with its own."""
    match = FIGURES.search(contents.text)
    if match is None:
        return found
    start = contents.span.start + match.end()
    after = [i for i, unit in enumerate(units) if unit.span.start >= start]
    before = [c.mention for c, u in zip(found, units, strict=True) if u.span.end <= start and c.mention is not None]
    named = list({m.code: m for m in before or told}.values())
    if len(after) != len(named) or len(named) < 2 or any(e.span.start >= start for e in endpoints):
        return found
    if not all(fits(m.family, units[i]) or m.family == "time_to_event" for m, i in zip(named, after, strict=True)):
        return found
    for mention, i in zip(named, after, strict=True):
        found[i] = Choice(mention, "", "zip")
    return found
