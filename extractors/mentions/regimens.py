"""Drug mentions and a reading in, the regimens the text names by letters out: "A, B and C (ABC)"."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from schemas.anchor import Span
from schemas.mention import DrugMention

JOIN = regex.compile(
    r"^\s*(?:[(\[][^()\[\]]{1,20}[)\]]\s*)?(?:,|,?\s*and|plus|\+|with|,?\s*combined with|,?\s*in combination with"
    r"|-|–|/)\s*(?:the\s+)?$"
)
# "A 3 mg/kg every two weeks and B 1 mg/kg every six weeks (A3+B1)": doses and schedules between.
DOSED = regex.compile(
    r"^\s*\d[\d.,]*\s?(?:mg|µg|mcg|g|IU|mL|AUC)\S*(?:\s(?:every|once|twice|\w+|\d+)){0,4}?\s(?:and|plus|with|\+)\s(?:the\s)?$"
)
DOSE_BEHIND = regex.compile(r"^\s*\d[\d.,]*\s?(?:mg|µg|mcg|g|IU|mL|AUC)\S*(?:\s(?!and\b|plus\b|or\b)\w+){0,4}(?=\s\()")
OPENED = regex.compile(r"^\s*[(\[]$")
LEADING = regex.compile(
    r"(?<![\w-])(?P<short>(?=\S*\p{Lu}\S*\p{Lu})\p{Lu}[\p{L}\d]{0,8}(?:[-/]\p{L}[\p{L}\d]{0,5})?)\s\($"
)
# A regimen's short form: two to ten letters with two capitals, or one capital and small ones ("Kd"), joined by - or /.
# "A plus B (HR 0.5" defines nothing.
SHORT = regex.compile(
    r"^\s*[(\[](?P<short>\p{Lu}[\p{L}\d]{0,9}(?:[-/+]\p{L}[\p{L}\d]{0,5}){0,2})(?:[,;)\]]|\s(?:regimens?|groups?|arms?|protocol)\b)"
)


INITIALS = regex.compile(r"(\p{L})[\p{L}\d]*[\s-]*")


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
        between = reading[run[-1].span.end : drug.span.start] if run else ""
        if run and OPENED.match(between) and drug.drugs == run[-1].drugs:
            continue  # "fluorouracil (5-FU), leucovorin": one drug twice
        if run and (drug.span.start < run[-1].span.end or not (JOIN.match(between) or DOSED.match(between))):
            run = []
        run.append(drug)
        named = _behind(reading, run, drugs)
        found += named
        found += _before(reading, run)
        if named:
            run = []  # "A plus B (AB), C plus B (CB)": the next one begins anew
    return found


def _behind(reading: str, run: Sequence[DrugMention], drugs: Sequence[DrugMention]) -> list[Regimen]:
    """The regimen whose letters stand in brackets behind a run of drugs."""
    last = run[-1]
    behind = reading[last.span.end : last.span.end + 60]
    dose = DOSE_BEHIND.match(behind)
    dosed = dose.end() if dose is not None else 0
    match = SHORT.match(behind[dosed:])
    if match is None:
        return []
    letters = sum(c.isalpha() for c in match["short"])
    if match["short"] == INITIALS.sub(r"\1", last.span.of(reading)).upper():
        return []  # "protein supplements plus exercise training (ET)": of the last alone
    members = run[-letters:]
    parts = tuple(dict.fromkeys(p for d in members for p in d.drugs))
    place = last.span.end + dosed + match.start("short")
    # "X, Y and trastuzumab emtansine (T-DM1)"; but the vocabulary's letters for a regimen give way to what is listed
    known = any(d.span.start <= place < d.span.end and d.drugs != (match["short"],) for d in drugs)
    if len(parts) < 2 or letters < len(members) or known:
        return []
    if dosed:  # other doses of the same drugs are another regimen: its name tells them apart
        parts = (match["short"],)
    return [Regimen(match["short"], parts, Span(members[0].span.start, last.span.end))]


def _before(reading: str, run: Sequence[DrugMention]) -> list[Regimen]:
    """The regimen whose letters stand before a run of drugs in brackets: "FOLFOX (A, B and C)"."""
    first, last = run[0], run[-1]
    match = LEADING.search(reading[max(first.span.start - 20, 0) : first.span.start])
    if match is None or not reading.startswith(")", last.span.end) or len(run) < 2:
        return []
    parts = tuple(dict.fromkeys(p for d in run for p in d.drugs))
    if len(parts) < 2 or sum(c.isalpha() for c in match["short"]) < len(run):
        return []
    return [Regimen(match["short"], parts, Span(first.span.start - len(match[0]), last.span.end))]
