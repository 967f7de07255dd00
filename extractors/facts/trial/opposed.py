"""A sentence in, the treatments that its results set against each other out, whatever they are called."""

import regex

from extractors.facts.sentence import Contents, blank_brackets
from extractors.facts.trial.items import Item, read_item

# "women assigned to exercise had", "those on a low-fat diet lost": people by what they were given.
GIVEN = regex.compile(
    r"\b(?:patients|participants|people|women|men|children|adults|infants|subjects|individuals|those|girls|boys|mothers"
    r"|residents|volunteers|students|workers)\s(?:who\s)?(?:(?:were|was|had)\s)?(?:randomly\s)?"
    r"(?:(?:assigned|allocated|randomi[sz]ed)\sto(?:\sreceive)?|given|treated\swith|receiv(?:ed|ing)|under(?:went|going)"
    r"|taking|took|on|using|offered)\s(?:either\s)?(?P<name>[^.;:,()]{3,60}?)"
    r"(?=\s(?:had|has|was|were|lost|gained|showed|experienced|achieved|reported|did|scored|reached|developed|died|stopped"
    r"|at|after|by|during|compared|than|versus|vs\.?|and\s(?:[\d.]+%?\s(?:of|in)\s)?(?:in\s)?(?:those|patients|participants"
    r"|women|men|children)|\x00)|[.,;)]|$)"
)
VERB = (
    r"(?:reduc|increas|improv|decreas|lower|prolong|lengthen|shorten|rais|prevent|halv|doubl|accelerat|attenuat|result"
    r"|produc|achiev|show|yield|provid|offer|caus|outperform|exceed)(?:ed|es|s)?"
    r"|led|was|were|is|are|had|has|did|gave|cut"
)
# "early surgery led to fewer strokes than delayed surgery", "A was noninferior to B".
THAN = regex.compile(
    rf"(?:^|[,;:]\s|\bthat\s)(?:the\s)?(?P<first>(?!(?:the|there|it|they|this|these|both|patients|results|no)\b)"
    rf"\p{{L}}[^.;:,()]{{3,60}}?)\s(?:(?:significantly|also|markedly|not)\s)?(?:{VERB})\s"
    r"(?:[^.;()]{0,120}?\s)?(?:than|(?:as\s)?compared (?:with|to)|versus|vs\.?|relative to"
    r"|(?:non-?inferior|superior|inferior|equivalent|similar|comparable) to)\s"
    r"(?:that (?:of|with|in)\s|those (?:of|with|in)\s|with\s|in\s|after\s|the\s)*"
    r"(?P<second>(?!\d|those\b|patients\b|women\b|men\b|people\b)\p{L}[^.;:,()]{3,60}?)"
    r"(?=\s(?:in|at|for|after|among|with|during|over|by|and|but|on|as|\x00)|\x00|[.,;:)(]|$)"
)
# "Compared with sham, rTMS increased".
FRONTED = regex.compile(
    r"(?:^|[;:]\s|,\s)(?:[Ww]hen\s)?(?:[Cc]ompared (?:with|to)|[Rr]elative to|[Uu]nlike|[Ii]n comparison (?:with|to))"
    r"\s(?:the\s)?(?P<second>[^.;:,()]{3,60}),\s(?:the\s)?"
    r"(?P<first>(?!(?:there|it|they|this|these|both|patients)\b)\p{L}[^.;:,()]{3,60}?)"
    rf"\s(?:(?:significantly|also|markedly)\s)?(?:{VERB})\b"
)
_NAME = r"(?!\d|those\b|patients\b|women\b|men\b|people\b)\p{L}[^.;:,()]{3,60}?"
_ENDED = r"(?=\s(?:in|at|for|after|among|with|during|over|by|but|on|as|were|was|groups?|arms?|\x00)|\x00|[.,;:)(]|$)"
# "lower with A than with B".
WITH_THAN = regex.compile(
    r"\b(?:lower|higher|less|more|fewer|greater|better|worse|longer|shorter|similar|reduced|increased|improved|common|frequent)"
    r"\b[^.;()]{0,40}?\s(?:with|after|in|for|among|under|following)\s(?:the\s)?"
    rf"(?P<first>{_NAME})\s(?:than|compared (?:with|to)|versus|vs\.?)\s"
    rf"(?:(?:with|after|in|for|among|under|following)\s)?(?:the\s)?(?P<second>{_NAME}){_ENDED}"
)
# "did not differ between A and B"; "the rates with A and B were 12% and 20%, respectively".
BETWEEN = regex.compile(rf"\bbetween\s(?:the\s)?(?P<first>{_NAME})\sand\s(?:the\s)?(?P<second>{_NAME}){_ENDED}")
DEALT = regex.compile(
    rf"\b(?:with|for|after|in|under|following)\s(?:the\s)?(?P<first>{_NAME})\sand\s(?:the\s)?(?P<second>{_NAME})"
    r"(?=\s(?:groups?\s|arms?\s|patients\s)?(?:were|was|are|is|had)\s)"
)
# "in favour of A over B", "favoured A over B for pain".
FAVOURED = regex.compile(
    rf"\b(?:in favou?r of|favou?r(?:ed|ing|s)?)\s(?:the\s)?(?P<first>{_NAME})\s(?:over|rather than|versus|vs\.?"
    rf"|compared (?:with|to))\s(?:the\s)?(?P<second>{_NAME}){_ENDED}"
)
# "62% after resection and 41% after ablation".
VALUED = regex.compile(
    r"\d\s?%?\s?(?:months|weeks|days|years|points|patients|[\w/·]{1,8})?\s?\x00*\s?(?:with|after|following|under|for)\s(?:the\s)?"
    r"(?P<name>\p{L}[^.;:,()\d]{3,50}?)(?=\s(?:and|versus|vs\.?|compared|but|while|whereas|than|at|in)\b|\x00|[,;.(]|$)"
)
CUES = ("than", "ompared", "versus", " vs", "elative", "nlike", "omparison", " to ")
# Words that are no treatment, at an item's head or anywhere in it.
NO_NAME = regex.compile(
    r"\b(?:risks?|rates?|incidence|mortality|survival|levels?|scores?|patients|participants|women|men|children|adults"
    r"|disease|cancers?|tumou?rs?|diabetes|baseline|years?|months|weeks|days|who|which|trials?|stud(?:y|ies)|analys[ei]s"
    r"|results?|differences?|effects?|outcomes?|endpoints?|review|meta-analysis|authors?|data|evidence|number|proportion"
    r"|incidences?|prevalence|median|mean|expected|any|other|others|all|each|either|primary|secondary|historical"
    r"|significan\w+|it|they|improvements?|reductions?|increases?|decreases?|changes?|tables?|fig(?:ure)?s?|bias|causes?"
    r"|our|their|al|more|less|better|finding|limbs?|heterogeneity|models?|expression|cohorts?|prospective|retrospective|distinct|replication|validation"
    r"|\p{L}+(?:omas?|itis|osis|a?emia))\b|\d",
    regex.IGNORECASE,
)
LONGEST = 6  # words


def find_opposed(contents: Contents) -> list[list[Item]]:
    """Lists of two or more treatments: what people were given, what "than" sets against, what stands behind values."""
    text = blank_brackets(contents.text)
    found = [_distinct([_item(contents, m, "name") for m in GIVEN.finditer(text)])]
    if any(cue in text for cue in CUES):
        opposed = [m for p in (FRONTED, THAN, WITH_THAN) for m in p.finditer(text)]
        found += [_distinct([_item(contents, m, "first"), _item(contents, m, "second")]) for m in opposed]
    for cue, pattern in (("between", BETWEEN), ("respectively", DEALT), ("avo", FAVOURED)):
        pairs = pattern.finditer(text) if cue in text else ()
        found += [_distinct([_item(contents, m, "first"), _item(contents, m, "second")]) for m in pairs]
    found.append(_distinct([_item(contents, m, "name") for m in VALUED.finditer(text)]))
    return [items for items in found if len(items) > 1]


def _item(contents: Contents, match: "regex.Match[str]", group: str) -> Item | None:
    start, end = match.span(group)
    behind = [m.span.end - contents.span.start for m in contents.studies]
    if any(start < place <= end for place in behind):
        return None
    item = read_item(contents, start, end)
    if item is None or not is_name(item.text):
        return None
    kinds = (contents.endpoints, contents.populations, contents.studies, contents.measures)
    return None if any(m.span.overlaps(item.span) for kind in kinds for m in kind) else item


def is_name(words: str) -> bool:
    """Whether words may name a treatment: not too many of them, and none of what people have or papers speak of."""
    return len(words.split()) <= LONGEST and NO_NAME.search(words) is None


def _distinct(items: list[Item | None]) -> list[Item]:
    """The items, each name once; none where one of them could not be read."""
    named = {i.text.casefold(): i for i in items if i is not None}
    return list(named.values()) if None not in items else []
