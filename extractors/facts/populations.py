"""Values in their clause in, whom each is of out: the group named with it, else the one the paragraph goes on about."""

from collections.abc import Sequence

import regex

from extractors.facts.alignment import align
from extractors.facts.arms import binds
from extractors.facts.clause import Clause
from extractors.facts.described import PAIRED
from extractors.facts.sentence import Contents, brackets_after, brackets_around, listed_by
from extractors.facts.values import Unit
from extractors.patterns import Gated
from schemas.anchor import Span
from schemas.mention import PopulationMention


def label_populations(clause: Clause, units: Sequence[Unit]) -> list[str]:
    """The population of each unit: named in its sentence, or carried in its paragraph."""
    contents = clause.contents
    populations = [p for p in clause.populations if not _is_predicate(contents, p)] or _pointed_at(clause, units)
    spans = [u.span for u in units]
    own = [p.rule == PAIRED for p in populations]  # "with (HR 0.8) and without (HR 0.9)": of what the brackets hold
    labelled = align(
        spans,
        [p.span for p in populations],
        listed=listed_by(clause.contents),
        follows=lambda v, k: binds(contents, spans[v].end, populations[k].span.start) and not own[k],
        encloses=lambda k: brackets_after(contents, populations[k].span.end),
        around=lambda k: brackets_around(contents, populations[k].span),
        parted=lambda a, b: OWN_PEOPLE.search(contents.words(a.end, b.start)) is not None,
    )
    goes_on = CONNECTED.match(contents.text) is not None and not EVERYONE.search(contents.text)
    told = clause.memory.subgroup if THIS_GROUP.search(contents.text) or goes_on else ""
    carried = told or clause.memory.population
    return [_in_full(contents, populations[lab.label]) if lab.label is not None else carried for lab in labelled]


# "67% overall, rising to 85% in those in X and 61% in ...": a value before has people of its own, or all.
OWN_PEOPLE = regex.compile(
    r"\b(?:in|among|for|of)\s(?:those|patients|the\s(?:overall|whole|entire))\b|\b(?:rising|falling|increasing|decreasing|dropping|climbing)\s"
)
# "63% vs 47% of the former and 55% vs 45% of the latter", "in the former population".
POINTED = regex.compile(
    r"\b(?:of|in|within|among|for|by)\s+(?P<words>the\s+(?P<which>former|latter)"
    r"(?:\s+(?P<noun>groups?|populations?|cohorts?|sub-?groups?|subsets?|patients))?)\b",
    regex.IGNORECASE,
)


def _pointed_at(clause: Clause, units: Sequence[Unit]) -> list[PopulationMention]:
    """The two kinds of patients told of last, where "the former" and "the latter" are no arms."""
    groups, contents = clause.memory.groups, clause.contents
    if len(groups) < 2:
        return []
    found = []
    contrasted = any(u.contrast for u in units)
    for match in POINTED.finditer(contents.text):
        noun = (match["noun"] or "").casefold()
        if not (contrasted or len(clause.book.arms) < 2 or noun.startswith(("pop", "coh", "sub"))):
            continue
        start, end = match.span("words")
        span = Span(contents.span.start + start, contents.span.start + end)
        label = groups[0] if match["which"].casefold() == "former" else groups[1]
        found.append(PopulationMention(span=span, label=label, rule="population:pointed_at"))
    return found


# "only 31% had heart failure", "35% were still responders": what a share is of, and nobody's name.
PREDICATED = regex.compile(
    r"\d\s?%[)\s]*(?:of\s+(?:[\w-]+\s+){1,5})?(?:had|were|was|remained|became)\s+(?:still\s+|already\s+)?(?:an?\s+|the\s+)?$"
)


# "node-negative disease in 18% of patients": what became of people, and nobody's name.
SHARED_OUT = regex.compile(
    r"^\s*(?:disease\s+|status\s+|tumou?rs?\s+)?(?:in|for|among)\s+(?:only\s+|about\s+)?\d[\d.]*\s?%\s+of\s+(?:the\s+|all\s+)?"
    r"(?:patients|participants|women|men|people|those|cases)"
)


def _is_predicate(contents: Contents, population: PopulationMention) -> bool:
    """Whether a kind of people is what a share of them is said to be or to have become."""
    told = PREDICATED.search(contents.words(population.span.start - 80, population.span.start)) is not None
    return told or SHARED_OUT.match(contents.words(population.span.end, population.span.end + 70)) is not None


# "patients with renal disease (groups 1 and 4)": the label the study gives them.
NUMBERED = regex.compile(r"^\s*\((?P<label>(?:cohorts?|groups?|parts?)\s+[\w, ]{1,30})\)")


def _in_full(contents: Contents, population: PopulationMention) -> str:
    """A population's label with the cohorts that brackets behind it name."""
    match = NUMBERED.match(contents.words(population.span.end, population.span.end + 50))
    return population.label if match is None else f"{population.label} ({match['label']})"


# "In this subgroup, ...": the kind of patients the sentence before was about.
THIS_GROUP = Gated(
    r"\b(?:this|these|that|the latter|such)\s+(?:(?:patient|high-risk|particular)\s+)?"
    r"(?:sub-?groups?|subsets?|subpopulations?|populations?|patients|participants|individuals)\b",
    regex.IGNORECASE,
)
# "However, the median was not reached": of those the sentence before was about, unless everyone is named.
CONNECTED = regex.compile(
    r"^\W*(?:However|In addition|Additionally|Moreover|Furthermore|Also|Similarly|Likewise|Nevertheless"
    r"|After the data cut-?off)\b"
)
EVERYONE = regex.compile(
    r"\b(?:overall|all|entire|whole|total"
    r"|(?:across|both|two|three|four) (?:the )?(?:\w+ )?(?:groups|arms|cohorts|populations))\b",
    regex.IGNORECASE,
)
