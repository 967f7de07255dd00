"""The sentences of a report on one trial in, its arms and where each sentence speaks of them out."""

from collections.abc import Iterable, Iterator, Sequence

import regex

from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.arms import find_arms
from extractors.facts.sentence import Contents
from extractors.facts.trial.definitions import MOST_ARMS, define_arms
from extractors.facts.trial.naming import JOINED, SHORT, literal_names, name_arms
from extractors.facts.trial.roster import Roster, TrialArm
from extractors.facts.trial.shapes import Name, find_groups
from extractors.facts.trial.words import SIGNED, Vocabulary
from schemas.anchor import Span
from schemas.mention import Abbreviation

PLUS = regex.compile(
    r"^\s*(?:\d[\w./]*(?:\s?[\w./]+)?(?:\(\d\))?\s(?:(?:orally|daily|weekly|once|twice|every|\d+|weeks?|days?|on|day)\s){0,6})?"
    r"(?:plus|\+|/|combined with|in combination with|and then|followed by)\s*(?:the\s)?$"
)
# "(A vs. B)", "A: 12%; B: 9%", "A=18%".
SIGN = regex.compile(
    r"(?<![\w.-])(?P<sign>[A-Z])(?=\s?[:=]|\s(?:vs\.?|versus)\s)|(?<=(?:vs\.?|versus)\s)(?P<sign>[A-Z])(?![\w.])"
    r"|(?<=\b(?:and|or)\s)(?P<sign>[A-Z])(?=\s(?:\(\S*\d|was\b|had\b|were\b))"
)


LETTER = regex.compile(
    r"(?<=\b(?:on|took|or|and|with|received?|receiving|in|to|either)\s)(?P<sign>[A-Z])"
    r"(?=\s?[,;.()]|\s(?:in|had|was|were|completed|for|every|and|or|vs|versus)\b|$)"
)
# "(fibrin, 27 percent; saline, 34 percent)": what stands before a number in brackets.
HEADED = regex.compile(
    r"(?<=[(\[;,]\s?(?:and\s)?)(?P<name>\p{L}[\w/+-]*(?:\s(?![nN]\s?=|(?:versus|vs|v)\b)[\w/+-]+){0,3}?)"
    r"(?:\s?[,:=;]\s?(?:[nN]\s?=\s?)?|\s[nN]\s?=\s?)(?=[-<>~]?\d)"
)
# "of intervention women", "580 intervention and 655 control women".
PART = regex.compile(
    r"\b(?P<part>intervention|experimental|control|comparison|treated(?=\s(?:women|men|patients|participants|subjects)))\b"
    r"(?=\s(?:women|men|participants|patients|subjects|persons|children|clinics|practices|and\b|vs\b|versus\b|\()|\s?[,;:=)])"
)
# "soy (n = 49)": a short name that running text may hold for other things.
SIZED = regex.compile(
    r"(?<![\w-])(?P<name>[a-z]{3,5})(?=\s?[(\[]\s?[nN]\s?=)"
    r"|(?<=\d\s?%?\s(?:\([^()]*\)\s)?(?:for|with|in|on)\s)(?P<name>[a-z]{3,5})(?=\s(?:and|versus|vs|but|compared)\b|[,;.)])"
)
# "75% of cases as opposed to 35% of controls".
CASES = regex.compile(r"(?<=\bof\s)cases\b|\bcases(?=\s(?:as opposed to|versus|vs\.?|compared with)\s)")
# "without X", "who had no X".
DENIED = regex.compile(r"(?<![\w-])(?:without|no|not (?:receiving|given|taking|treated with))\s(?:the\s|any\s)?$")
# "a placebo-controlled trial" speaks of its design.
CONTROLLED = "-controlled"


class Mention:
    """A place where a sentence speaks of an arm."""

    __slots__ = ("arm", "grouped", "span")

    def __init__(self, span: Span, arm: TrialArm, *, grouped: bool) -> None:
        self.span, self.arm, self.grouped = span, arm, grouped

    def seal(self) -> Arm:
        """The arm as it is named here."""
        arm = self.arm.arm
        assert arm is not None
        return Arm(
            span=self.span, drugs=arm.drugs, role=arm.role, grouped=self.grouped, rules=arm.rules, active=arm.active
        )


class Trial:
    """The one trial that a document reports: its arms, and their mentions in a sentence."""

    def __init__(self, roster: Roster, groups: dict[Span, list[Name]]) -> None:
        self._roster, self._groups = roster, groups
        literal = {name: arm for arm in reversed(roster.arms) for name in literal_names(roster, arm)}
        self._literal = [
            (name if SHORT.match(name) else " ".join(name.replace("-", " ").casefold().split()), arm)
            for name, arm in sorted(literal.items(), key=lambda pair: -len(pair[0]))
        ]

    def find(self, contents: Contents) -> list[Arm]:
        """The arms a sentence speaks of, in printed order."""
        taken: list[Mention] = []
        for mention in (
            *self._widened(contents, self._grouped(contents)),
            *self._called(contents, [(name, arm) for name, arm in self._literal if SIGNED.fullmatch(name)]),
            *self._headed(contents),
            *self._called(contents, [(name, arm) for name, arm in self._literal if JOINED.search(name)]),
            *self._treated(contents),
            *self._called(contents, self._literal),
            *self._signed(contents),
            *self._lettered(contents),
        ):
            end = mention.span.end
            design = contents.words(end, end + len(CONTROLLED)).replace(" ", "-") == CONTROLLED
            if not design and not any(m.span.overlaps(mention.span) for m in taken):
                taken.append(self._denied(contents, mention))
        return [m.seal() for m in self._put_together(contents, sorted(taken, key=lambda m: m.span))]

    def _widened(self, contents: Contents, groups: Iterable[Mention]) -> Iterator[Mention]:
        """Groups, under the arm's full name where that holds "or" and the group's name was read from its last words."""
        called = [
            m for m in self._called(contents, self._literal) if " or " in contents.words(m.span.start, m.span.end)
        ]
        for group in groups:
            longer = next((m for m in called if m.span.start < group.span.start < m.span.end), None)
            if longer is None:
                yield group
            else:
                yield Mention(Span(longer.span.start, group.span.end), longer.arm, grouped=True)

    def _denied(self, contents: Contents, mention: Mention) -> Mention:
        """A mention, of the other arm of two where the text says "without" before the treatment under study."""
        roster, arm = self._roster, mention.arm
        if len(roster.arms) != 2 or arm.arm is None or arm.arm.role == "control":
            return mention
        denied = DENIED.search(contents.words(contents.span.start, mention.span.start))
        if denied is None or mention.grouped:
            return mention
        start = mention.span.start - len(denied[0])
        return Mention(Span(start, mention.span.end), roster.other(arm), grouped=False)

    @property
    def sides(self) -> tuple[Arm, ...]:
        """The arms in order of definition."""
        return tuple(a.arm for a in self._roster.arms if a.arm is not None)

    def teach(self, book: ArmBook) -> None:
        """Write the arms into a study's book, its first experimental arm and its control as the pair."""
        book.sides = self.sides
        for arm in book.sides:
            book.learn(arm)
        tried, control = ([a for a in book.sides if a.role == role] for role in ("experimental", "control"))
        book.pair = (tried[0], control[0])
        book.order = book.sides if len(book.sides) == 2 else book.pair

    def _grouped(self, contents: Contents) -> Iterator[Mention]:
        """What the sentence calls a group."""
        roster = self._roster
        for name in self._groups.get(contents.span) or find_groups(contents):
            known = roster.resolve(roster.key(contents, name)) or roster.by_part(name.text) or roster.named(name.text)
            if known is not None:
                yield Mention(name.span, known, grouped=True)

    def _headed(self, contents: Contents) -> Iterator[Mention]:
        """Short names at the head of numbers in brackets, and people called by their part in the trial."""
        base = contents.span.start
        for match in HEADED.finditer(contents.text):
            span = Span(base + match.start("name"), base + match.end("name"))
            known = self._roster.resolve(self._roster.vocabulary.words_at(contents, span))
            if known is not None:
                yield Mention(span, known, grouped=True)
        for match in SIZED.finditer(contents.text):
            known = self._roster.named(match["name"])
            if known is not None:
                yield Mention(Span(base + match.start("name"), base + match.end("name")), known, grouped=True)
        tried = self._roster.side("experimental")
        for match in CASES.finditer(contents.text) if tried is not None and "controls" in contents.text else ():
            assert tried is not None
            yield Mention(Span(base + match.start(), base + match.end()), tried, grouped=True)
        for match in PART.finditer(contents.text):
            known = self._roster.by_part(match["part"])
            if known is not None:
                yield Mention(Span(base + match.start(), base + match.end()), known, grouped=True)

    def _treated(self, contents: Contents) -> Iterator[Mention]:
        """Treatments and cues that the vocabulary knows."""
        roster = self._roster
        for arm in find_arms(contents):
            if arm.cue is None:
                known = roster.resolve(roster.vocabulary.words_at(contents, arm.span))
            else:
                text = contents.words(arm.span.start, arm.span.end)
                several = arm.role != "control" and text.endswith(("arms", "groups"))
                bound = contents.words(arm.span.start - 1, arm.span.start) == "-"
                known = None if several or bound or arm.role is None else roster.side(arm.role)
            if known is not None:
                yield Mention(arm.span, known, grouped=arm.grouped)

    def _called(self, contents: Contents, names: Sequence[tuple[str, TrialArm]]) -> Iterator[Mention]:
        """Where some of the arms' own names stand in running text; `names` come longest first."""
        text, base = contents.text, contents.span.start
        plain = text.casefold().replace("-", " ")
        if len(plain) != len(text):  # a letter that casefolds to two
            plain = text.lower().replace("-", " ")
        for name, arm in names:
            within = text if SHORT.match(name) else plain
            start = within.find(name)
            while start >= 0:
                end = start + len(name)
                end += within[end : end + 1] == "s"
                if not _in_word(text, start, end):
                    yield Mention(Span(base + start, base + end), arm, grouped=False)
                start = within.find(name, start + 1)

    def _signed(self, contents: Contents) -> Iterator[Mention]:
        """Bare letters of groups that are known by letters."""
        signs = {n[1:]: a for a in self._roster.arms for n in a.names if n.startswith("#") and n[1:].isalpha()}
        for match in SIGN.finditer(contents.text) if signs else ():
            if match["sign"] in signs:
                span = Span(contents.span.start + match.start(), contents.span.start + match.end())
                yield Mention(span, signs[match["sign"]], grouped=True)

    def _lettered(self, contents: Contents) -> Iterator[Mention]:
        """Treatments whose short form is a single letter, where a treatment stands: "28 of 30 on E"."""
        letters = {n: a for a in self._roster.arms for n in a.names if len(n) == 1 and n.isupper()}
        for match in LETTER.finditer(contents.text) if letters else ():
            if match["sign"] in letters:
                span = Span(contents.span.start + match.start("sign"), contents.span.start + match.end("sign"))
                yield Mention(span, letters[match["sign"]], grouped=False)

    def _put_together(self, contents: Contents, taken: Sequence[Mention]) -> list[Mention]:
        """Mentions that "plus" joins are one: "A plus B" is the arm that has both."""
        joined: list[Mention] = []
        for mention in taken:
            last = joined[-1] if joined else None
            if last is not None and not last.grouped and PLUS.match(contents.words(last.span.end, mention.span.start)):
                whole = Span(last.span.start, mention.span.end)
                both = self._roster.resolve(self._roster.vocabulary.words_at(contents, whole))
                if both is not None:
                    joined[-1] = Mention(whole, both, grouped=mention.grouped)
                    continue
            joined.append(mention)
        return joined


def _in_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends inside a word, or behind a hyphen."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return before.isalnum() or before in ("-", "_") or after.isalnum() or after == "_"


def learn_trial(
    sentences: Sequence[Contents], abbreviations: Sequence[Abbreviation], *, titled: bool = True
) -> Trial | None:
    """The trial a report is about, with the arms it defines; null where it defines fewer than two.

    `titled` says whether the first sentence is a title; what others tell of a trial has none.
    """
    if not sentences:
        return None
    roster = Roster(Vocabulary(abbreviations))
    groups = {c.span: find_groups(c) for c in sentences}
    define_arms(roster, sentences, groups, titled=titled)
    if not 2 <= len(roster.arms) <= MOST_ARMS:
        return None
    name_arms(roster, sentences, groups, titled=titled)
    return Trial(roster, groups)
