"""A header's or label's words that no vocabulary knows in, the outcome or the subgroup they name out."""

import regex

from extractors.facts.sentence import Contents
from schemas.anchor import Span
from schemas.mention import EndpointMention

# What the first column's header says its rows are.
OF_OUTCOMES = regex.compile(
    r"\b(?:outcomes?|end ?points?|events?|complications?|adverse|toxicit\w+|symptoms?|measures?|parameters?"
    r"|variables?)\b",
    regex.IGNORECASE,
)
OF_GROUPS = regex.compile(
    r"\b(?:sub-?groups?|strat\w+|categor\w+|factors?|populations?|characteristics?|analys[ei]s|moderators?|covariates?"
    r"|settings?|term)\b",
    regex.IGNORECASE,
)
# A table of who was enrolled: what its rows count are no outcomes.
ENROLLED = regex.compile(
    # Portuguese, Spanish and French reviews often have their tables in these words
    r"\b(?:characteristics?|baseline|demographics?|eligib\w+|caracter[ií]sticas|caract[ée]ristiques|basais|basales|demogr[áa]fic[oa]s)\b",
    regex.IGNORECASE,
)
EVERYONE = regex.compile(
    r"^\W*(?:all|overall|total|pooled|combined|summary|whole|any|main|primary analysis)\b", regex.IGNORECASE
)
# Units, counts and measures in a header are no words of the outcome's name.
ASIDE = regex.compile(
    r"\([^()]*\)|\[[^\]]*\]|%|\b\d\d\s?% ?C[Ir]I?\b"
    r"|\b(?:n|no\.|number|95|CI|HR|OR|RR|SMD|W?MD|p|values?|rates?|median|mean|SD|IQR|per cent|percent|months?|weeks?"
    r"|days?|years?|effects?|estimates?|pooled|adjusted|events?)\b\.?",
    regex.IGNORECASE,
)
GENERIC = frozenset(
    "result results value outcome outcomes finding findings conclusion comments remarks treatment intervention control"
    " placebo experimental comparison group groups arm arms total overall all patients participants subjects cases"
    " studies study trial trials size sample follow-up time duration heterogeneity quality level evidence weight model"
    " efficacy safety endpoint endpoints primary secondary drug drugs active vehicle sham change changes mean from"
    " with the and per"
    " median baseline positive negative"
    " type method country year age sex male female number reference subgroup range dose".split()
)
LETTERS = regex.compile(r"[\p{L}-]{3,}")
THREE_LETTERS = regex.compile(r"\p{L}{3}")
YES_OR_NO = regex.compile(r"\W*(?:yes|no)\W*", regex.IGNORECASE)
THREE_DIGITS = regex.compile(r"\d{3}")
BRACKETED = regex.compile(r"\([^()]*\)|\[[^\]]*\]|\bn\s*=\s*\d+")
LONGEST = 80  # characters
LONGEST_GROUP = 40  # characters; longer cells describe whom a study enrolled


def name_outcome(words: str, span: Span, *, family: str = "event") -> EndpointMention | None:
    """The outcome that words name as printed; null where they name nothing that can be one."""
    bare = " ".join(ASIDE.sub(" ", words).split()).strip(" ,;:-–/*†‡§.")
    told = [w for w in LETTERS.findall(bare) if w.casefold() not in GENERIC]
    if not told or len(bare) > LONGEST:
        return None
    name = bare if bare[1:2].isupper() else bare[:1].lower() + bare[1:]
    return EndpointMention(span=span, code=name, family=family, text=name, rule="endpoint:header")


def name_group(label: str, heading: str) -> str:
    """The subgroup that a row's label names, under its heading where it is only a number; "" for everyone."""
    if EVERYONE.match(label):
        return ""
    if THREE_LETTERS.search(label) is not None and not YES_OR_NO.fullmatch(label):
        return label
    if heading and YES_OR_NO.fullmatch(label):
        return f"{heading}: {label.casefold()}"
    return f"{heading} {label}" if heading else ""


# A header whose cells are parts of a study, and one of whom it enrolled.
PARTS = regex.compile(r"^\W*(?:sub-?groups?|sub-?populations?|biomarkers?|strat\w+|cohort)\b", regex.IGNORECASE)
WHOLE = regex.compile(
    r"^\W*(?:ITT|m?ITT|intention|intent|full analysis|all|overall|any|unselected)\b", regex.IGNORECASE
)


def name_population(contents: Contents, header: str) -> tuple[str, bool]:
    """Whom a cell under "Population" or "Subgroup" names, in its own words where need be; whether that is a part."""
    part = PARTS.search(header) is not None
    bare = " ".join(BRACKETED.sub(" ", contents.text).split())
    if WHOLE.match(bare):
        return "", False
    if not part and THREE_DIGITS.search(contents.text):
        return "", False
    known = next((p.label for p in contents.populations), "")
    worded = THREE_LETTERS.search(bare) is not None and len(bare) <= LONGEST_GROUP
    return bare if worded else known, part
