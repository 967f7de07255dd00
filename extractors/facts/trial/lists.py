"""A sentence in, the treatments out that it draws by lot, gives sizes of or sets against each other."""

from itertools import pairwise

import regex

from extractors.facts.sentence import BRACKETED, Contents, blank_brackets
from extractors.facts.trial.items import TAIL, Item, read_item
from schemas.anchor import Span

# "were randomly assigned to receive either ...", "randomized into two groups: ..."; behind it stands the list.
_DRAWN = r"\b(?:randomi[sz](?:ed|ation|e)|randomly|assigned|allocated|divided|allocation|assigning)\b"
_TO = (
    r"\b(?:(?!(?<=\d\s)to\s\d+\s(?:years?|months?|weeks?|days?)\b)to|into|between|in|comparing|received?|receiving|for|underwent|undergo|of(?!\s\d)"
    r"|(?:randomly )?assigned(?=\s(?!to|in|into|by|at|on|with|as|after)[a-z]))\s"
)
_GROUPS = (
    r"(?:(?:one of\s|either of\s)?(?:the\s|these\s)?(?:following\s)?(?:\w+\s)?(?:two|three|four|2|3|4)\s"
    r"(?:[\w-]+\s){0,3}?(?:groups?|arms?|regimens?|treatments?|strategies|conditions|therapies|schedules)\s?"
    r"(?:\([^()]{0,40}\)\s?)?[:,;(]\s?(?:to\sreceive\s|receiving\s|either\s)?)?"
)
# "in a 1:1 ratio to receive": how people were drawn stands before what they were drawn to.
_RATIO = r"(?:(?:an?\s)?\d+(?:\s?:\s?\d+)+(?:\s(?:ratio|fashion|manner|basis|allocation))?,?\s(?:to|into|between)\s)?"
_GIVEN = (
    r"(?:(?:orally|receive|undergo|be|have|treatment with|treatment|either|both|take|get|a|an|the|be given|one of)\s)"
    r"{0,4}"
)
ALLOCATED = regex.compile(
    rf"{_DRAWN}(?:\s\([^()]*\))?(?:[^.;:()]|(?<=\d):(?=\d)){{0,70}}?{_TO}{_RATIO}{_GROUPS}{_GIVEN}"
)
# "we randomly assigned 90 women with X in Y to Z or placebo": the people may stand between.
DRAWN_TO = regex.compile(
    rf"{_DRAWN}(?:[^.;:]|(?<=\d)[.:](?=\d)){{0,160}}?(?!(?<=\d)\sto\s\d+\s(?:years?|months?|weeks?|days?)\b)\sto\s{_GROUPS}{_GIVEN}"
)
RATIO = regex.compile(r"\b\d+(?:\s?:\s?\d+)+\b")
STEMS = ("andom", "ssign", "llocat", "ivided")
# "randomised to evaluate" draws nobody.
AIM = regex.compile(
    r"\s*(?:vice versa|evaluat|determin|assess|compar|investigat|test|examin|study|explor|confirm|find|identify"
    r"|analy[sz]e|measure|establish|clarify)\w*\b"
)
# "X versus Y", "X compared with Y" in a title or an aim.
CONTRAST = regex.compile(
    r"\s(?:versus|vs\.?|v\.?|(?:as )?compared (?:with|to)|in comparison (?:with|to)|against)\s", regex.IGNORECASE
)
COMPARED = regex.compile(
    r"\b(?:(?P<open>compar(?:e|ed|ing|es|ison)(?: (?:of|between))?|differences? between)"
    r"|(?:effects?|efficacy|effectiveness|activity|safety|benefits?) (?:and \w+ )?of|(?:trial|study) of)\s"
    r"(?P<rest>[^.;]{3,240})",
    regex.IGNORECASE,
)
JOINED = regex.compile(r"\s(?:with|to|and|or)\s(?:that of\s|those of\s)?")
SET_BESIDE = regex.compile(r"\s(?:with|to)\s(?:that of\s|those of\s)?")
# "compared the completion rates and safety of X with Y": the name begins behind what is compared.
MEASURE_OF = regex.compile(
    r"\b(?:rates?|safety|efficacy|effects?|tolerability|outcomes?|incidences?|toxicity|activity|effectiveness|feasibility)\s"
    r"of\s"
)
OPENED = regex.compile(r"[.:;]\s|\b(?:of|trial|study|comparing|between|whether)\s", regex.IGNORECASE)
# What stands on either side of "and" or "versus" without being a treatment.
NO_TREATMENT = regex.compile(
    r"\b(?:cancers?|carcinomas?|tumou?rs?|disease|patients|women|participants|trials?|outcomes?|survival|mortality"
    r"|toxicity|quality|incidence|risk|expression|metasta\w+|nodes?|involvement|recurrence|guidelines"
    r"|progression|rates?(?!\s(?:control|management|limitation))|persistence|adherence|compliance)\b",
    regex.IGNORECASE,
)
# "(A, n = 191; B, n = 178)", "(A: 12 patients; B: 13)".
SHARED = regex.compile(
    r"[(\[;,]\s?(?:and\s)?(?P<name>[^()\[\];,:=]{2,60}?)\s?[,:]?\s(?:[nN]\s?=\s?)?\d[\d,]*"
    r"(?=\s?[;,)\]]|\s(?:patients|cases|women)\b)"
)
# "women (n = 200) received X (n = 100) or Y (n = 100)": those drawn are no group of their own.
PEOPLE = regex.compile(
    r"\b(?:women|men|patients|participants|subjects|survivors|adults|children|females|males|volunteers|individuals)$",
    regex.IGNORECASE,
)
# "22% versus 35% in X" are results.
SHARE = regex.compile(r"\d[\d.]*\s?%")
COHORT = regex.compile(r"cohort\s\w+$", regex.IGNORECASE)
# "X (n = 55)": the name begins behind the last of these words.
SIZE = regex.compile(r"[(\[](?:[^()\[\]=]{0,60}[,;:]\s?)?[nN]\s?=\s?\d[\d, ]*[^()\[\]]{0,60}[)\]]")
CUT = regex.compile(
    r"(?:^|\s)(?:and|or|versus|vs\.?|to|of|with|in|into|the|received?|receiving|either|between|undergo|for|assigned|given)\s|[.,;:]\s"
)
# "X (n = 55)", "X (XT)".
LABELLED = regex.compile(rf"{SIZE.pattern}|[(\[][A-Z][\w+/-]{{1,11}}[)\]]")
LONGEST_SIZED = 8  # words
# A treatment by a few words, no way or time of giving the one before it.
NAMED = regex.compile(
    r"(?!(?:with|plus|followed|at|once|twice|for|every|given|administered|then|weekly|daily|monthly|each|using|as|in|on)\b)"
    r"(?:an?\s)?\p{L}[^\s,]*(?:\s(?!(?:was|were|who|which|and|for|at|with)\b)[^\s,]+){0,4}"
)
MOST_COMMAS = 2  # of more names some may be one treatment's: "cyclophosphamide, methotrexate, fluorouracil or rest"
# "early or deferred surgery": what kind of treatment, its noun said behind the last.
KIND = regex.compile(
    r"(?:early|immediate|late|delayed|deferred|intensive|standard|conventional|high|low|short|long|open|laparoscopic|daily"
    r"|weekly|oral|intravenous|continuous|intermittent|primary|routine|elective|restrictive|liberal|invasive|conservative"
    r"|intensified|extended|prolonged|active|passive|supervised|unsupervised)(?![\w-])"
)
WITH_OR_WITHOUT = regex.compile(r"\b(?:with (?:or|and|versus|vs\.?) without|with/without|\+/-|±|plus or minus)\s")
EACH = regex.compile(r",?\s(?:each|both)\s(?:given\s|combined\s)?$")
NEAREST = 90  # characters
OR = regex.compile(
    r",?\s(?:or(?!\s(?:more|less|fewer|older|younger|over|above|greater|higher|later)\b)|versus|vs\.?|v\.?)\s(?:to\s)?(?:(?:receive|undergo|a|an|the|either|no)\b(?<!no)\s)?|,?\sor\s(?=no\b)"
)
AND = regex.compile(r",?\sand\s(?:\d+\s)?(?:to\s)?|;\s(?:and\s)?|,\s")
# "the A group and a B group" are two also where "or" parts others.
GROUP_AND = regex.compile(r"(?<=\b(?:group|arm)),?\sand\s(?:an?\s|the\s)?")
# "89 were assigned to X and 92 to Y".
NUMBERED = regex.compile(r"\sand\s\d+\s(?:patients\s|women\s)?to\s")
GROUPED = regex.compile(r"\b(?:groups?|arms?)\b")
VERSUS = regex.compile(r"\b(?:versus|vs?)\b")
COMMA = regex.compile(r",\s")
# "to one of these schedules: X, Y, or Z": the list begins behind the colon.
HEAD = regex.compile(r"[^:;]{0,80}:\s(?=\p{L})")
STOP = regex.compile(r"\.\s")
# Behind a comma these go on about the same treatment.
DOSED = regex.compile(
    r"^(?:\d|once|twice|daily|orally|by\b|for\b|every|intraven|followed|given|administered|via|with|oral|on|at|per|and"
    r"|both|then|days?|week|respectively|each|starting|beginning|all|plus|in\b|the (?:first|second)"
    r"|(?-i:[A-Z][a-z]+,))",
    regex.IGNORECASE,
)
# "until progression or unacceptable toxicity" names no treatment.
UNTIL = regex.compile(r"\b(?:toxicity|progression|death|vice versa)\b", regex.IGNORECASE)
ENDED = (".", "were", "was", "until")
FARTHEST = 420  # characters
# "Effects of X on Y in Z", "X reduces Y": what a title is about.
SUBJECT = regex.compile(
    r"^(?:[^:]{0,80}:\s|[^.:]{0,120}?\b(?:trial|study|effects?|efficacy|role|impact|use)\sof\s)?(?:(?:the|a|an|randomi[sz]ed|controlled|trial|study|phase|ii|iii|comparison|evaluation|use|role"
    r"|impact|effects?|efficacy|effectiveness|benefits?|feasibility|safety|and|of|prospective|double-blind|pilot"
    r"|clinical|\[)[\s,-]+)*(?P<what>[^.:;,]{3,90}?)"
    r"(?=\s(?:for|in|on|as|to|among|during|after|before|is|are|improves?|reduces?|prevents?|decreases?|increases?|does"
    r"|by|following|with)\s|[.:;,]|$)",
    regex.IGNORECASE,
)


def find_allocation(contents: Contents) -> list[list[Item]]:
    """The lists of treatments that a sentence says people were drawn by lot to."""
    text = contents.text
    if not any(stem in text for stem in STEMS):
        return []
    starts = {m.end() for pattern in (ALLOCATED, DRAWN_TO) for m in pattern.finditer(text, overlapped=True)}
    drawn = [start for start in sorted(starts) if AIM.match(text, start) is None]
    found = [_read_list(contents, start, min(len(text), start + FARTHEST)) for start in drawn]
    return [items for items in found if len(items) > 1 and not any(SHARE.match(i.text) for i in items)]


def find_counted(contents: Contents) -> list[list[Item]]:
    """The names before sizes in brackets: "X (n = 55) and Y (n = 57)", "(X, n = 20; Y, n = 21)"."""
    text = contents.text
    if text.count("=") < 2:
        return []
    items = []
    position = 0
    for match in SIZE.finditer(text):
        plain = blank_brackets(text[position : match.start()])
        cut = max((m.end() for m in CUT.finditer(plain)), default=0)
        item = read_item(contents, position + cut, match.end())
        position = match.end()
        if item is not None and len(item.text.split()) <= LONGEST_SIZED:
            items.append(item._replace(counted=True))
    named = [i for i in items if PEOPLE.search(i.text) is None]
    items = named or items
    found = [items, *(_shared(contents, *b.span()) for b in BRACKETED.finditer(text))]
    found = [i for i in found if sum(NO_TREATMENT.search(x.text) is not None for x in i) < 2]
    return [i for i in found if len(i) > 1 and not any(COHORT.match(x.text) or SHARE.match(x.text) for x in i)]


def _shared(contents: Contents, start: int, end: int) -> list[Item]:
    """The groups that one pair of brackets gives sizes of."""
    places = [m.span("name") for m in SHARED.finditer(contents.text[start:end])]
    items = [read_item(contents, start + a, start + b) for a, b in places]
    return [i._replace(counted=True) for i in items if i is not None]


def find_contrast(contents: Contents) -> list[list[Item]]:
    """The treatments that a title or an aim sets against each other."""
    text = contents.text
    found = []
    match = WITH_OR_WITHOUT.search(text)
    if match is not None:
        found.append(_with_or_without(contents, 0, match.start(), match.end(), len(text)))
    for compared in COMPARED.finditer(text):
        start, end = compared.span("rest")
        rest = blank_brackets(text[start:end])
        beside = (SET_BESIDE.search(rest) or JOINED.search(rest)) if compared["open"] is not None else None
        joint = CONTRAST.search(rest) or beside
        if joint is not None:
            first = max((m.end() for m in MEASURE_OF.finditer(rest, 0, joint.start())), default=0)
            found.append(_pair(contents, start + first, start + joint.start(), start + joint.end(), end))
    plain = blank_brackets(text)
    joint = CONTRAST.search(plain)
    if joint is not None:
        opened = max((m.end() for m in OPENED.finditer(plain, 0, joint.start())), default=0)
        found.append(_pair(contents, opened, joint.start(), joint.end(), len(text)))
    return [items for items in found if len(items) > 1 and not any(_measured(contents, i) for i in items)]


def find_subject(contents: Contents) -> str:
    """What a title is about: "Effects of X on Y in Z" is about X; "" where nothing can be told."""
    match = SUBJECT.match(contents.text)
    return match["what"].strip("[]") if match is not None else ""


def _pair(contents: Contents, start: int, left: int, right: int, end: int) -> list[Item]:
    pair = [read_item(contents, start, left, aim=True), read_item(contents, right, end, aim=True)]
    last = pair[-1]
    if last is not None and len(last.aliases) == 2:  # "versus Y (light touch [LT]) and Z (ZC)"
        stop = last.span.end - contents.span.start
        for joint in AND.finditer(blank_brackets(contents.text[right:stop])):
            seam = right + joint.start(), right + joint.end()
            parts = [read_item(contents, right, seam[0], aim=True), read_item(contents, seam[1], end, aim=True)]
            if all(part is not None and len(part.aliases) == 1 for part in parts):
                pair[-1:] = parts
                break
    return [i for i in pair if i is not None]


def _measured(contents: Contents, item: Item) -> bool:
    """Whether a name is that of an outcome or of a disease ("effect of X on pain and survival")."""
    named = any(e.span.start <= item.span.start < e.span.end for e in contents.endpoints)
    return named or NO_TREATMENT.search(item.text) is not None


def _read_list(contents: Contents, start: int, end: int) -> list[Item]:
    """The items from `start` on, parted by "or", else by "and" where they are sized or called groups."""
    plain = blank_brackets(contents.text[start:end])
    stop = STOP.search(plain)
    plain = plain[: stop.start()] if stop is not None else plain
    both = WITH_OR_WITHOUT.search(plain)
    if both is not None and (each := EACH.search(plain[: both.start()])) is not None:
        plain, both = plain[: each.start()], None  # "to X or Y, each with or without Z"
    if both is not None and both.start() < NEAREST:
        return _with_or_without(contents, start, start + both.start(), start + both.end(), start + len(plain))
    found = list(OR.finditer(plain))
    opposed = [m for m in found if VERSUS.search(m[0])]  # "A or B versus no A or B"
    alternatives = [m.span() for m in opposed or found]
    if alternatives:
        ratio = RATIO.search(contents.text)
        sides = ratio[0].count(":") + 1 if ratio is not None else 0
        sized = _sized_commas(contents, start, plain, alternatives)
        several = sides or len({v.span for v in contents.values if v.unit == "%"}) != len(alternatives) + 1
        return _parted(contents, start, plain, sized or _with_commas(plain, alternatives, sides, several=bool(several)))
    items = _parted(
        contents, start, plain, [m.span() for m in AND.finditer(plain) if not DOSED.match(plain[m.end() :])]
    )
    grouped = GROUPED.search(contents.text, max(0, start - 60), end) or NUMBERED.search(plain)
    return items if grouped or sum(i.counted for i in items) > 1 else []


def _sized_commas(contents: Contents, start: int, plain: str, joints: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The joints of a list with its commas, where brackets size or name each item: "A (n = 9), B (n = 8) or C"."""
    commas = [m.span() for m in COMMA.finditer(plain, 0, joints[0][0])]
    starts, ends = [0, *(b for _, b in commas)], [*(a for a, _ in commas), joints[0][0]]
    parts = [contents.text[start + a : start + b] for a, b in zip(starts, ends, strict=True)]
    return sorted([*commas, *joints]) if commas and all(LABELLED.search(part) for part in parts) else []


def _with_commas(plain: str, joints: list[tuple[int, int]], sides: int, *, several: bool) -> list[tuple[int, int]]:
    """The joints of a list with its commas, where they part treatments ("A, B, or C") and no drugs of one.

    `sides` is how many arms the ratio of the draw tells of, 0 where none is printed; `several`, that no two values in
    the sentence speak for two arms.
    """
    joints = sorted([*joints, *(m.span() for m in GROUP_AND.finditer(plain))])
    head = plain[: joints[0][0]]
    commas = [m.span() for m in COMMA.finditer(head) if not DOSED.match(plain[m.end() :])]
    if sides > 2 and len(commas) + len(joints) + 1 == sides:  # "1:1:1 to A, B or C"
        return [*commas, *joints]
    ended = " and " in head[commas[-1][0] if commas else 0 :]  # "A, B and C, or D": "and" has ended the list
    starts = [0, *(b for _, b in commas)]
    names = [head[a:b].strip(" ,") for a, b in zip(starts, [*(a for a, _ in commas), len(head)], strict=True)]
    plainly = several and 0 < len(commas) < MOST_COMMAS and all(NAMED.fullmatch(name) for name in names)  # "A, B or C"
    return joints if ended or not (plainly or plain[joints[0][0]] == ",") else [*commas, *joints]


def _parted(contents: Contents, start: int, plain: str, joints: list[tuple[int, int]]) -> list[Item]:
    """The items between joints, up to where a clause of its own ends the list."""
    items: list[Item] = []
    head = HEAD.match(plain, 0, joints[0][0]) if joints else None
    position = head.end() if head is not None else 0
    for a, b in [*joints, (len(plain), len(plain))] if joints else ():
        item = read_item(contents, start + position, start + a)
        named = item is not None and (item.counted or NO_TREATMENT.search(item.text) is None)
        if item is not None and named and UNTIL.search(item.text) is None:
            items.append(item)
        elif item is None and items:
            break
        cut = TAIL.search(plain, position, a)
        if cut is not None and cut[0].strip().startswith(ENDED):
            break
        position = b
    return _sized_alike(_completed(items))


def _sized_alike(items: list[Item]) -> list[Item]:
    """Items most of which have sizes: one without is a part of the next ("X and Y (n = 9), Z (n = 8)")."""
    if sum(i.counted for i in items) < 2:
        return items
    done: list[Item] = []
    for item in items:
        if done and not done[-1].counted and item.counted:
            part = done.pop()
            item = item._replace(span=Span(part.span.start, item.span.end), text=f"{part.text} and {item.text}")
        done.append(item)
    return done


def _completed(items: list[Item]) -> list[Item]:
    """Items with what a hyphen or a noun said once leaves to the next one: "high- or low-dose X", "early or late X"."""
    done = list(items)
    for i, (item, following) in enumerate(pairwise(items)):
        tail = following.text.partition("-")[2]
        if item.text.endswith("-") and tail:
            first = regex.sub(r"^.*\beither\s", "", item.text)
            done[i] = item._replace(text=first + tail)
        elif KIND.fullmatch(item.text) and len(following.text.split()) > 1 and KIND.match(following.text):
            done[i] = item._replace(text=f"{item.text} {following.text.partition(' ')[2]}")
    return done


def _with_or_without(contents: Contents, start: int, left: int, right: int, end: int) -> list[Item]:
    """ "A with or without B": the group that has B and the one that has not."""
    added = read_item(contents, right, end)
    if added is None:
        return []
    base = read_item(contents, start, left)
    name = f"{base.text} " if base is not None and len(base.text.split()) <= LONGEST_SIZED else ""
    both = added._replace(text=f"{name}plus {added.text}", aliases=(*added.aliases, added.text)) if name else added
    place = Span(contents.span.start + left, contents.span.start + left + 1)
    return [both, Item(place, f"{name}alone", (f"no {added.text}", f"without {added.text}"))]
