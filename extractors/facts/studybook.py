"""Study mentions of a whole document in, its studies out: spellings merged, citations tied to names."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import regex

from extractors.facts.sentence import Contents
from schemas.evidence import Study, StudyType
from schemas.mention import StudyMention

REVIEW = "this review"
REPORT = "this study"
# What a cell under "Study" may hold beside a name.
DESIGN = regex.compile(
    r"\W*(?:RCTs?|(?:prospective|retrospective|observational|cross[- ]sectional|case[- ](?:control|series|report)"
    r"|cohort|randomi[sz]ed"
    r"|controlled|double[- ]blind|open[- ]label|single[- ]arm|clinical|multi-?cent(?:er|re)|pilot|study|trial"
    r"|phase|[IV1-4]+|total|overall"
    r"|pooled|subtotal|all)[\s,/-]*)+$",
    regex.IGNORECASE,
)
# "Osei (2014)", "Osei et al, 2014", "Osei and Lind 2014a": an author whose year is a part of the name.
AUTHOR_YEAR = regex.compile(
    r"^\W*(?P<name>(?:\p{Lu}\.\s?){0,3}(?:\p{Ll}{2,3}\s){0,2}\p{Lu}[\p{L}'’-]*\p{Ll}[\p{L}'’-]*"
    r"(?:[\s,.]+(?:(?:et|al|and|&)\b|\p{Lu}[\p{L}'’.-]*))*[\s,.]*\(?(?:19|20)\d\d[a-z]?\)?)(?=\W|$)"
)
# Between a study and its authors: "In X, A et al.", "A et al. reported the X trial", "X by A et al.", "X (A et al.)".
BESIDE = regex.compile(
    r"^\s*(?:,|\((?:by\s+)?)?\s*$"
    r"|^\s+(?:trial|study)?\s*(?:,|\(|by|of)\s*$"
    r"|^\s*(?:reported|published|conducted|presented|described)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:of\s+)?(?:the\s+)?$"
)
ROMAN_END = regex.compile(r"(?<=\w[- ])(I{1,3}|IV)$")
LOOSE = regex.compile(r"[^\p{L}\d]")
OTHERS = regex.compile(r"\bet\.?\s+al\b\.?|\band (?:colleagues|coworkers|co-workers)\b")
# What a table's cell says beside a study's name.
ASIDE = regex.compile(r"\[[^\]]*\]|\([^)]*\)|\bNCT\d{8}\b")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass
class KnownStudy:
    """A study while its names are still being gathered; `members` are the keys of the studies an analysis pools."""

    key: str
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[StudyType] = field(default_factory=Counter)
    registry: set[str] = field(default_factory=set)
    refs: Counter[str] = field(default_factory=Counter)
    members: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest printed form: the most frequent one, the longer of equals."""
        return max(self.names, key=lambda n: (self.names[n], len(n), n)) if self.names else self.key

    def seal(self) -> Study:
        """The study as the dataset names it."""
        kind = self.types.most_common(1)[0][0] if self.types else None
        name = self.name
        return Study(
            name=name,
            alt_names=tuple(sorted(n for n in self.names if n != name)),
            study_type=kind,
            registry_ids=tuple(sorted(self.registry)),
        )


class StudyBook:
    """All studies of a document, by any spelling of their names and by the citations that stand beside them."""

    def __init__(self) -> None:
        self._by_key: dict[str, KnownStudy] = {}
        self.by_ref: dict[str, KnownStudy] = {}
        self.review = KnownStudy(REVIEW, Counter({REVIEW: 1}))
        self.report = KnownStudy(REPORT, Counter({REPORT: 1}))

    def learn(self, sentences: Sequence[Contents]) -> None:
        """Take in all mentions of a document, in reading order."""
        for contents in sentences:
            for mention in contents.studies:
                if mention.kind in ("acronym", "author_year"):
                    self._note(mention)
        self._merge()
        for contents in sentences:
            self._adopt(contents)
        self._shorten()
        owners: dict[str, Counter[str]] = defaultdict(Counter)
        for contents in sentences:
            self._tie(contents, owners)
        for marker, keys in owners.items():
            if len(keys) == 1 or keys.most_common(2)[0][1] > keys.most_common(2)[1][1]:
                self.by_ref[marker] = self._by_key[keys.most_common(1)[0][0]]

    def __len__(self) -> int:
        """How many studies are known by name."""
        return len({id(study) for study in self._by_key.values()})

    def named(self, mention: StudyMention) -> KnownStudy | None:
        """The study of a mention with a name, null for a mere description."""
        return self._by_key.get(key_of(mention.name)) if mention.kind in ("acronym", "author_year") else None

    def in_cell(self, text: str, *, header: bool) -> KnownStudy | None:
        """The study a table cell names: known from the text or, under a header such as "Trial", any name it prints."""
        cited = AUTHOR_YEAR.match(text)
        bare = ASIDE.sub(" ", text) if cited is None else cited["name"]
        bare = bare.strip(" ,;*†‡")
        shorter = (bare.split(",")[0], bare.split(" ")[0]) if cited is None else ()
        for candidate in (bare, *shorter):
            study = self._by_key.get(key_of(candidate))
            if study is not None and not key_of(candidate).isdigit():
                return study
        author = author_key(bare) if cited is not None else ""
        known = [s for key, s in self._by_key.items() if author and author_key(s.name) == author]
        if known:
            return known[0]
        if not header or not regex.search(r"\p{L}{2}", bare) or len(bare) > 60 or DESIGN.match(bare):
            return None
        name = " ".join(regex.sub(r"(?<=\p{Lu})-\s+(?=\p{Lu})", "-", bare).split())
        key = key_of(name)
        return self._by_key.setdefault(key, KnownStudy(key, Counter({name: 1})))

    def enter(self, name: str) -> KnownStudy:
        """The study of a name, made known by it where it was not."""
        key = key_of(name)
        return self._by_key.setdefault(key, KnownStudy(key, Counter({name: 1})))

    def cited(self, markers: Sequence[str]) -> KnownStudy:
        """The study known by its citation alone, under "ref N"."""
        name = f"ref {markers[0]}"
        if name not in self._by_key:
            self._by_key[name] = KnownStudy(name, Counter({name: 1}))
        study = self._by_key[name]
        study.refs.update(markers)
        return study

    def joint(self, first: KnownStudy, second: KnownStudy) -> KnownStudy:
        """Two studies taken together, under both names."""
        name = f"{first.name} and {second.name}"
        study = self._by_key.setdefault(f"{first.key}+{second.key}", KnownStudy(f"{first.key}+{second.key}"))
        study.names[name] += 1
        study.types["pooled analysis"] += 1
        return study

    def _note(self, mention: StudyMention) -> None:
        key = key_of(mention.name)
        study = self._by_key.setdefault(key, KnownStudy(key))
        study.names[mention.name] += 1
        if mention.study_type is not None:
            study.types[mention.study_type] += 1

    def _merge(self) -> None:
        """One study for "HARBOR-191/WRENS" and "HARBOR-191", for "GARDEN-Wren02" and "GW02"."""
        for key in sorted(self._by_key):
            study = self._by_key[key]
            fullest = study.name
            parts = [key_of(p) for p in regex.split(r"/", fullest) if len(p) > 3]
            short = initials(fullest)
            for other in [*parts, *([short] if short else [])]:
                twin = self._by_key.get(other)
                if twin is not None and twin is not study:
                    self._absorb(study, twin)

    def _adopt(self, contents: Contents) -> None:
        """The authors of a study named beside them are another name of it: "In HARBOR-1, Osei et al. treated"."""
        names = [m for m in contents.studies if m.kind in ("acronym", "author_year")]
        for one, other in pairwise(names):
            author, trial = (one, other) if one.kind == "author_year" else (other, one)
            gap = contents.words(one.span.end, other.span.start)
            study, alias = self.named(trial), self.named(author)
            if author.kind == trial.kind or study is None or alias is None or study is alias or not BESIDE.match(gap):
                continue
            self._absorb(study, alias)

    def _absorb(self, study: KnownStudy, twin: KnownStudy) -> None:
        """Make a study known by the names of another as well; its own stay the first."""
        fullest = study.name
        study.names.update(twin.names)
        study.types.update(twin.types)
        study.registry |= twin.registry
        study.names[fullest] = max(study.names.values()) + 1
        for alias in [k for k, known in self._by_key.items() if known is twin]:
            self._by_key[alias] = study

    def _shorten(self) -> None:
        """The last word of just one longer name is that study: "WREN-1" of "GULL WREN-1"."""
        for key, short in sorted(self._by_key.items()):
            longer = {id(s): s for s in self._by_key.values() if any(n.endswith(f" {short.name}") for n in s.names)}
            if self._by_key[key] is short and len(longer) == 1 and regex.search(r"\d", short.name):
                self._absorb(next(iter(longer.values())), short)

    def _tie(self, contents: Contents, owners: dict[str, Counter[str]]) -> None:
        named = [(m, s) for m in contents.studies if (s := self.named(m)) is not None]
        for i, (mention, study) in enumerate(named):
            for registry in contents.studies:
                if registry.kind == "registry" and 0 <= registry.span.start - mention.span.end <= 12:
                    study.registry.add(registry.name)
            end = named[i + 1][0].span.start if i + 1 < len(named) else contents.span.end
            for citation in contents.citations:
                if mention.span.end <= citation.span.start < end:
                    for marker in citation.markers:
                        owners[marker][study.key] += 1
                        study.refs[marker] += 1


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """A name's letters and digits alone: one key for "LINNET-Early" and "LINNETEarly", "X-1" and "X-I"."""
    arabic = ROMAN_END.sub(lambda m: str(ROMAN[m[1]]), name)
    return str(LOOSE.sub("", arabic)).casefold()


@lru_cache(maxsize=4096)
def author_key(name: str) -> str:
    """The letters and digits of an author's name and year, however the co-authors are spoken of."""
    return key_of(OTHERS.sub(" ", name))


def initials(name: str) -> str:
    """The short form a long trial name is often given: "GARDEN-Wren02" is "gw02"; "" where there is none."""
    match = regex.fullmatch(r"(\p{Lu})[\p{L}]+[- ](\p{Lu})[\p{L}]+[- ]?(\d+)", name)
    return f"{match[1]}{match[2]}{match[3]}".casefold() if match else ""
