"""Drugs followed by letters in brackets are a regimen: "A, B and C (ABC)"."""

import re

import pytest

from extractors.mentions.regimens import define_regimens
from schemas.anchor import Span
from schemas.mention import DrugMention

DRUGS = re.compile(r"\b(?:wrenitol|finchine|larkine|duncide)\b")

DEFINED = [
    ("wrenitol, finchine and larkine (WFL)", ["WFL = wrenitol + finchine + larkine"]),
    ("wrenitol, finchine, and larkine (WFL)", ["WFL = wrenitol + finchine + larkine"]),
    ("wrenitol plus finchine [WF]", ["WF = wrenitol + finchine"]),
    ("wrenitol + finchine (Wf)", ["Wf = wrenitol + finchine"]),
    ("wrenitol/finchine (W-F)", ["W-F = wrenitol + finchine"]),
    ("wrenitol in combination with finchine (WF, n = 12)", ["WF = wrenitol + finchine"]),
    # a list that runs on before the regimen is cut to as many drugs as letters
    ("duncide, wrenitol and finchine (WF)", ["WF = wrenitol + finchine"]),
    ("wrenitol and finchine (WF) or larkine and duncide (LD)", ["WF = wrenitol + finchine", "LD = larkine + duncide"]),
    ("wrenitol and wrenitol (WW)", []),
    # no regimens
    ("wrenitol (W)", []),
    ("wrenitol (WRN)", []),
    ("wrenitol and finchine", []),
    ("wrenitol and finchine (in brackets)", []),
    ("wrenitol and finchine were given (WF)", []),
    ("wrenitol. finchine (WF)", []),
    ("wrenitol or finchine (WF)", []),
]


@pytest.mark.parametrize(("text", "regimens"), DEFINED)
def test_regimens_of_a_text(text: str, regimens: list[str]) -> None:
    drugs = [DrugMention(span=Span(*m.span()), drugs=(m[0],), rule="test") for m in DRUGS.finditer(text)]
    assert [f"{r.short} = {' + '.join(r.drugs)}" for r in define_regimens(text, drugs)] == regimens


def test_the_place_is_that_of_the_long_form() -> None:
    text = "duncide, wrenitol and finchine (WF)"
    drugs = [DrugMention(span=Span(*m.span()), drugs=(m[0],), rule="test") for m in DRUGS.finditer(text)]
    (regimen,) = define_regimens(text, drugs)
    assert regimen.place.of(text) == "wrenitol and finchine"


def test_letters_that_are_a_drug_themselves_name_no_regimen() -> None:
    text = "wrenitol and finchine (WF)"
    drugs = [DrugMention(span=Span(*m.span()), drugs=(m[0],), rule="test") for m in DRUGS.finditer(text)]
    known = DrugMention(span=Span(23, 25), drugs=("wf",), rule="test")
    assert define_regimens(text, [*drugs, known]) == []
