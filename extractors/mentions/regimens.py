"""Drug mentions and a reading in, the regimens the text names by letters out: "A, B and C (ABC)"."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from schemas.anchor import Span
from schemas.mention import DrugMention

JOIN = regex.compile(
    r"^\s*(?:,|,?\s*and|plus|\+|with|,?\s*combined with|,?\s*in combination with|-|–|/)\s*(?:the\s+)?$"
)
# A regimen's short form: two to ten letters with two capitals, or one capital and small ones ("Kd"), joined by - or /.
SHORT = regex.compile(r"^\s*[(\[](?P<short>\p{Lu}[\p{L}\d]{0,5}(?:[-/]\p{L}[\p{L}\d]{0,5}){0,2})[\s,;)\]]")


class Regimen(NamedTuple):
    """A regimen's short form, its drugs in printed order and the place of its long form."""

    short: str
    drugs: tuple[str, ...]
    place: Span


def define_regimens(reading: str, drugs: Sequence[DrugMention]) -> list[Regimen]:
    """Regimens defined in brackets right after their drugs, in order of place.

    The short form has a letter (or a word part) for each drug, so that a list that runs on before the regimen is cut.
    """
    found: list[Regimen] = []
    run: list[DrugMention] = []
    for drug in sorted(drugs, key=lambda d: d.span):
        if run and (drug.span.start < run[-1].span.end or not JOIN.match(reading[run[-1].span.end : drug.span.start])):
            run = []
        run.append(drug)
        match = SHORT.match(reading[drug.span.end : drug.span.end + 20])
        if match is None:
            continue
        letters = sum(c.isalpha() for c in match["short"])
        members = run[-letters:]
        parts = tuple(dict.fromkeys(p for d in members for p in d.drugs))
        place = drug.span.end + match.start("short")
        known = any(d.span.start <= place < d.span.end for d in drugs)  # "X, Y and trastuzumab emtansine (T-DM1)"
        if len(parts) > 1 and letters >= len(members) and not known:
            found.append(Regimen(match["short"], parts, Span(members[0].span.start, drug.span.end)))
    return found
