"""Numbers set against each other in a trial's report in, as many arms in the order the text deals them out."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extractors.facts.armbook import Arm
from extractors.facts.sentence import BRACKETED, Contents, brackets_around
from extractors.facts.trial.clusters import Cluster

UNIT = (
    r"(?:%|percent|per cent|months?|weeks?|days?|years?|hours?|h|min(?:utes)?|[mckµμnpf]?[gLlm]\w?(?:/\w+)?|points?"
    r"|cases|patients|women|events)"
)
_VOID = r"\s\x00%,;)\]"
# Between two numbers set against each other, their brackets, units and tests left out.
AGAINST = regex.compile(
    rf"^[{_VOID}]*{UNIT}?[{_VOID}]*(?:vs\.?|versus|v\.?|as opposed to|against|(?:as )?compared (?:with|to)|/|:)"
    r"[\s\x00(\[]*(?:only |just )?$"
)
JOINED = regex.compile(rf"^[{_VOID}]*{UNIT}?[\s\x00%)\]]*(?:,|and|or|, and|;)[\s\x00(\[]*(?:only )?$")
# A number that leaves its unit to the one it is set against: "5.9 versus 18.4%".
BARE = {""}
# From a list to the arms it is dealt out to: "in the A and B groups", "of patients treated with A and B".
TO_ARMS = regex.compile(
    rf"^[\s%\x00]*(?:{UNIT}\b)?[\s\x00]*(?:[\w-]+\s){{0,6}}?"
    r"(?:in|with|for|of|among|on|under|by|to|into|from|receiving|received|taking|undergoing|given|treated with"
    r"|assigned to|allocated to|randomi[sz]ed to|(?:in|of|for|to) (?:the|those|patients|women)(?: \w+){0,4})\s"
    r"(?:the\s|those\s|a\s)?(?:(?!and|or|to|in|of|vs|versus|by)[\w-]+\s){0,2}$"
)
WERE = regex.compile(r"\b(?:were|was)\s(?:only\s)?$")
TESTED = regex.compile(r"^\s*%?\s*\w*\s*[,;]\s*[pP]\b")
# "rates of 84% and 91% (P = .004)": a test right behind two numbers compares them.
COMPARED_BEHIND = regex.compile(r"^[^.;()]{0,40}\((?:HR|OR|RR|[Hh]azard|[Oo]dds|[Pp]\s?[=<>≤])")
# An arm is set against another by these words before it.
SECOND = regex.compile(
    r"\b(?:than|versus|vs\.?|v\.?|compared (?:with|to)|comparison (?:with|to)|relative to|over|against|contrast to"
    r"|opposed to|whereas)\s"
    r"(?:(?:in|with|for|of|among|by|to|from|that|those|patients|women|participants|subjects|the|a|an|on|receiving"
    r"|given|treated|only|who|received|administered|assigned|standard|compared)\s){0,6}$",
    regex.IGNORECASE,
)
COMPARING = regex.compile(
    r"\b(?:than|versus|vs|v|compared|higher|lower|longer|shorter|more|less|fewer|greater|better|improved|differ\w*"
    r"|similar|between)\b"
)
# From a list to the second of two arms it is dealt out to, the first under a name not known.
LISTED_LAST = regex.compile(
    rf"^[\s%\x00]*(?:{UNIT}\b)?[\s\x00]*(?:[\w-]+\s){{0,4}}?(?:in|with|for|of|among|on|receiving)\s[^.;,]{{2,60}}?"
    r"\s(?:and|or|versus|vs\.?)\s(?:the\s|those\s)?(?:\w+\s)?$"
)
# "... (12% vs 9%), the pCR rate in A was higher (38% vs 14%)": A alone is spoken of.
CLAUSE = regex.compile(r"[,;]\s(?:and\s|but\s|while\s|whereas\s)?(?:the|a|an|there|its|their|[\w-]+\s(?:was|were))\s")
OPPOSED = regex.compile(r"\b(?:versus|vs?)\b")
# "in patients receiving X and placebo were 12 and 15, respectively": the arm named is the second.
LISTED_BEFORE = regex.compile(r"\s(?:and|or|versus|vs\.?)\s(?:(?:in|with|for|the)\s){0,2}$")
SUBJECT = regex.compile(r"^(?:\s(?:groups?|arms?|patients))?\s(?:was|were|had)\s$")
# "In X, the values were 95% and 99%, respectively": both are X's.
PLACE = regex.compile(r"^\W*(?:In|For|With|Among|On|Of)\s(?:the\s|those\s)?$")
LISTED = regex.compile(r"^(?:,|,?\s(?:and|or))\s(?:the\s)?$")
RESPECTIVELY = regex.compile(r",?\srespectively,?\s")
SEMICOLON = regex.compile(r";\s")


def blank_closed(gap: str) -> str:
    """A gap with its closed brackets blanked, those inside others first."""
    while BRACKETED.search(gap) is not None:
        gap = str(BRACKETED.sub(lambda m: "\x00" * len(m[0]), gap))
    return gap


def find_runs(contents: Contents, clusters: Sequence[Cluster], arms: Sequence[Arm]) -> list[list[Cluster]]:
    """Numbers of a kind set against each other, no arm between; those joined by "and" only where arms are dealt out."""
    respectively = any(c.role == "respectively" for c in contents.cues)
    plain = _blotted(contents)
    runs: list[tuple[list[Cluster], bool]] = []
    for cluster in clusters:
        run, sure = runs[-1] if runs else ([], False)
        gap = _gap(contents, plain, run[-1], cluster, arms) if run else None
        against = gap is not None and AGAINST.match(gap) is not None
        if not against and cluster.kinds == BARE and run and run[-1].kinds != BARE:
            gap = None
        if gap is None or not (against or (JOINED.match(gap) and not sure)):
            runs.append(([cluster], False))
        elif against and not sure and len(run) > 1:  # "20 and 12% vs 9%": the list ended before
            runs.append(([run.pop(), cluster], True))
        else:
            runs[-1] = ([*run, cluster], sure or against)
    return [
        run
        for run, sure in runs
        if len(run) > 1 and not _total_first(contents, run) and (sure or respectively or _dealt(contents, run, arms))
    ]


def _blotted(contents: Contents) -> str:
    """The sentence with its intervals and p-values blotted out."""
    text = list(contents.text)
    for span in (*(i.span for i in contents.intervals), *(p.span for p in contents.p_values)):
        a, b = span.start - contents.span.start, span.end - contents.span.start
        text[a:b] = "\x00" * (b - a)
    return "".join(text)


def _gap(contents: Contents, plain: str, left: Cluster, right: Cluster, arms: Sequence[Arm]) -> str | None:
    """The words between two numbers of a kind; null for numbers that differ in kind or have an arm between."""
    if not (left.kinds & right.kinds or BARE in (left.kinds, right.kinds)) or any(
        left.end <= a.span.start < right.start for a in arms
    ):
        return None
    return blank_closed(plain[left.end - contents.span.start : right.start - contents.span.start])


def _total_first(contents: Contents, run: Sequence[Cluster]) -> bool:
    """Whether a list of two counts is a total and a part: "165 patients, 84 to A and 81 to B"."""
    between = contents.words(run[0].end, run[1].start).strip()
    return len(run) == 2 and "count" in run[0].kinds and between in (",", ";")


def _dealt(contents: Contents, run: Sequence[Cluster], arms: Sequence[Arm]) -> bool:
    """Whether as many arms stand right behind a list ("12% and 15% in the A and B arms"), or a test closes it."""
    after = [a for a in arms if a.span.start >= run[-1].end]
    distinct = {a.name for a in after[: len(run)]}
    if len(distinct) == len(run) and reaches_arm(contents, run[-1].end, after[0]):
        return True
    if len(run) != 2:
        return False
    if TESTED.match(contents.words(run[-1].end, contents.span.end)) is not None and _opened(contents, run[0]):
        return True
    named = len({a.name for a in arms if a.span.end <= run[0].start})
    compared = COMPARED_BEHIND.match(contents.words(run[-1].end, contents.span.end)) is not None
    ends = [v.span.end for v in contents.values if v.span.end <= run[0].start]
    times = [t for t in contents.timepoints if max(ends, default=0) <= t.span.start]
    if compared and named in (0, 2) and len(times) < 2:
        return True
    # "Median survival times were 19 and 44 months": of one outcome, with no arm named before.
    led = contents.words(contents.span.start, run[0].start)
    outcomes = [e for e in contents.endpoints if e.span.end <= run[0].start]
    return WERE.search(led) is not None and len(outcomes) < 2 and len(contents.timepoints) < 2 and not named


def reaches_arm(contents: Contents, end: int, arm: Arm) -> bool:
    """Whether the words from a number to an arm behind it lead to the arm."""
    return TO_ARMS.match(RESPECTIVELY.sub(" ", blank_closed(contents.words(end, arm.span.start)))) is not None


class Dealer(NamedTuple):
    """What the arms of a run are told by: the sentence, its arms, those of the document, and the pair last named."""

    contents: Contents
    arms: Sequence[Arm]
    sides: Sequence[Arm]
    order: Sequence[Arm]

    def deal(self, run: Sequence[Cluster]) -> list[Arm]:
        """As many arms as a run has numbers, in the order the text deals them out; none where it does not say."""
        k = len(run)
        before, after = self._before(run), [a for a in self.arms if a.span.start >= run[-1].end]
        if before and k == 2 and self._labelled(before[-1], run[0]):
            return [before[-1]] * k
        if after and self._alone_in_clause(run, after[0]) and reaches_arm(self.contents, run[-1].end, after[0]):
            return [after[0]] * k
        behind = _distinct(after, k)
        if len(behind) == k and not self._listed(behind, run):
            # "23% and 5% in the A arm, and 15% and 1% in the B arm": both are of A
            if reaches_arm(self.contents, run[-1].end, behind[0]):
                return [behind[0]] * k
            behind = []
        if len(behind) == k and reaches_arm(self.contents, run[-1].end, behind[0]):
            return behind
        before = self._since(run, before)
        ahead = _distinct(list(reversed(before)), k)[::-1]
        if k > 2 and len(ahead) < k <= len(before) and _in_list(self.contents, before[-k:]):
            return list(before[-k:])  # "the X, Y, and no X or Y groups"
        if k == len(self.sides) > 2 and len(ahead) < k and not after:
            return list(self.sides)
        if len(ahead) == k:
            return self._subject_first(ahead) if k == 2 else ahead
        if len(ahead) == 1 and k == 2:
            others = [a for a in after if a.name != ahead[0].name]
            if others:
                return self._against(ahead[0], others[0])
        return behind if len(behind) == k else self._by_one(ahead or behind, run, named_before=bool(ahead))

    def _alone_in_clause(self, run: Sequence[Cluster], arm: Arm) -> bool:
        """Whether semicolons part a run and the arm behind it from all other arms: "; 33% and 31% in the A group;"."""
        start, end = self.contents.span
        seam = max((m.end() for m in SEMICOLON.finditer(self.contents.words(start, run[0].start))), default=0)
        stop = SEMICOLON.search(self.contents.words(arm.span.end, end))
        limit = arm.span.end + stop.start() if stop is not None else end
        within = {a.name for a in self.arms if start + seam <= a.span.start < limit}
        return (
            seam > 0 and within == {arm.name} and OPPOSED.search(self.contents.words(run[0].end, run[-1].start)) is None
        )

    def _listed(self, arms: Sequence[Arm], run: Sequence[Cluster]) -> bool:
        """Whether arms stand in a list, with no number of a run's kind between them but in brackets."""
        counts = [c.span for c in self.contents.counts if "count" in run[0].kinds]
        values = [v.span for v in self.contents.values if run[0].kinds - {"count"}]
        first, last = arms[0].span.end, arms[-1].span.start
        if SEMICOLON.search(blank_closed(self.contents.words(first, last))):
            return False
        between = [span for span in (*counts, *values) if first <= span.start < last]
        return all(brackets_around(self.contents, span) is not None for span in between)

    def _before(self, run: Sequence[Cluster]) -> list[Arm]:
        """The arms named before a run, in its own clause where it names any."""
        start = self.contents.span.start
        seams = [m.end() for m in SEMICOLON.finditer(blank_closed(self.contents.words(start, run[0].start)))]
        before = [a for a in self.arms if a.span.end <= run[0].start]
        return [a for a in before if a.span.start >= start + max(seams, default=0)] or before

    def _since(self, run: Sequence[Cluster], before: Sequence[Arm]) -> list[Arm]:
        """Of the arms before a run those behind the number before it, where a clause of its own begins between."""
        ends = [n.span.end for kind in (self.contents.values, self.contents.counts) for n in kind]
        last = max((e for e in ends if e <= run[0].start), default=self.contents.span.start)
        since = [a for a in before if a.span.start >= last]
        return since if since and CLAUSE.search(self.contents.words(last, since[0].span.start)) else list(before)

    def _by_one(self, named: Sequence[Arm], run: Sequence[Cluster], *, named_before: bool) -> list[Arm]:
        """The arms of a run whose sentence names one or none."""
        k = len(run)
        if not named:
            return list(self.order) if k == len(self.order) else list(self.sides) if k == len(self.sides) else []
        others = [s for s in self.sides if s.name != named[0].name]
        if named_before and k == 2 == len(self.sides) and any(c.role == "respectively" for c in self.contents.cues):
            led = self.contents.words(self.contents.span.start, named[0].span.start)
            if LISTED_BEFORE.search(led):
                return [others[0], named[0]]
            if PLACE.search(led):
                return [named[0]] * k
            if SUBJECT.match(self.contents.words(named[0].span.end, run[0].start)) is None:
                return [named[0], others[0]]
        if named_before and not COMPARING.search(self.contents.text) and not _opened(self.contents, run[0]):
            return [named[0]] * k
        if k == 2 == len(self.sides) and not named_before and self._listed_last(named[0], run[-1]):
            return [others[0], named[0]]
        plain = len(others) == 1 or (bool(others) and named[0].role == "control")
        return self._against(named[0], others[0]) if k == 2 and plain else []

    def _against(self, named: Arm, other: Arm) -> list[Arm]:
        """Two arms with the one that is spoken of first."""
        return [other, named] if self._second(named) else [named, other]

    def _labelled(self, arm: Arm, cluster: Cluster) -> bool:
        """Whether a name in brackets heads the numbers behind it: "(A, 17% versus 6%; B, 11% versus 6%)"."""
        fence = brackets_around(self.contents, arm.span)
        between = self.contents.words(arm.span.end, cluster.start).strip()
        if fence is None or between not in (",", ":", "=", ""):
            return False
        first = fence.start >= arm.span.start - 2
        further = self.contents.words(fence.start, arm.span.start).rstrip().endswith(";")
        return further or (first and between != "")

    def _listed_last(self, arm: Arm, cluster: Cluster) -> bool:
        """Whether the only arm a list is dealt out to comes second: "8 and 12 months with the mixture and placebo"."""
        return LISTED_LAST.match(blank_closed(self.contents.words(cluster.end, arm.span.start))) is not None

    def _second(self, arm: Arm) -> bool:
        """Whether words such as "compared with" or "than" stand before an arm."""
        return SECOND.search(self.contents.words(self.contents.span.start, arm.span.start)) is not None

    def _subject_first(self, pair: list[Arm]) -> list[Arm]:
        """Two arms in the order of what is said: "compared with A, B did better (12 vs 8)" speaks of B first."""
        return pair[::-1] if self._second(pair[0]) and not self._second(pair[1]) else pair


def _in_list(contents: Contents, arms: Sequence[Arm]) -> bool:
    """Whether arms stand in one list: "the X, Y, and Z groups"."""
    return all(LISTED.match(contents.words(a.span.end, b.span.start)) is not None for a, b in pairwise(arms))


def _opened(contents: Contents, cluster: Cluster) -> bool:
    return contents.words(contents.span.start, cluster.start).rstrip().endswith(("(", "["))


def _distinct(arms: Sequence[Arm], most: int) -> list[Arm]:
    """The first arms of different names."""
    found: dict[str, Arm] = {}
    for arm in arms:
        if len(found) < most:
            found.setdefault(arm.name, arm)
    return list(found.values())
