"""Linking whole texts: every record stands where it says, and the same text gives the same records."""

import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.facts import link
from extractors.lexicon import load
from extractors.mentions import recognise
from extractors.mentions.vocabulary import Vocabulary
from schemas.anchor import Span
from schemas.record import Record
from tests.extractors.facts.reading import document_of, read

ROOT = Path(__file__).parents[3]

# Pieces of sentences that report results, so that random texts are nearly ones.
PIECES = st.sampled_from(
    "In the HARBOR-1 trial,|In the LINNET-2 trial|A phase II trial|Osei et al.|HARBOR-1|osimertinib|docetaxel|placebo|"
    "osimertinib plus bevacizumab|chemotherapy|the control group|the no surgery group|both arms|median PFS|OS|ORR|"
    "intracranial ORR|median follow-up|diarrhoea|HbA1c|was|were|had|achieved|occurred in|rose from|to|by|of|with|and|"
    "vs|versus|compared with|than|respectively|15.2|8.4 months|62%|29%|12 of 60 patients (20%)|n = 59|118 patients|"
    "5 patients|not reached|mm Hg|(|)|[|]|[1]|[2,3]|,|;|:|.|. The|HR 0.52|HR|(95% CI 0.41–0.66)|95% CI 3–NR|P < 0.001|"
    "p = 0.04|at 12 months|24-month|stable brain metastases|women|cohort A|grade 3|80 mg|2014|of whom|± 4.1|DVd|"
    "daratumumab, bortezomib and dexamethasone (DVd)|NCT01234567".split("|")
)
# Most open with a study and hold a number at once, or hardly any would give a record.
OPENINGS = st.sampled_from(["In the HARBOR-1 trial, ORR was 62%", "The HARBOR-1 trial enrolled 118 patients", "Later,"])
SENTENCES = st.tuples(OPENINGS, st.lists(PIECES, max_size=24).map(" ".join)).map(" ".join)
ROWS = st.lists(st.lists(PIECES, min_size=3, max_size=3).map("\t".join), min_size=2, max_size=4)
TEXTS = st.tuples(st.lists(SENTENCES, min_size=1, max_size=3), st.none() | ROWS).map(
    lambda made: "\n\n".join([*made[0], *(["Table 1. Some trials.\n\n" + "\n".join(made[1])] if made[1] else [])])
)


def numbers_of(record: Record) -> list[Span]:
    """The places of all numbers a record holds."""
    fact = record.fact
    held = [getattr(fact, name, None) for name in ("n", "value", "percent", "events", "spread", "interval", "p")]
    return [number.span for number in held if number is not None and number.span is not None]


@given(TEXTS)
@settings(max_examples=120, deadline=None)
def test_any_text_gives_records_that_stand_in_it(text: str) -> None:
    document = document_of(text)
    records, coverage = link(document, mentions=recognise(document, lexicon=load()))
    for record in records:
        quote = record.provenance.quote
        assert quote.span.of(document.text) == quote.text != ""
        assert all(0 <= span.start < span.end <= len(document.text) for span in numbers_of(record))
        assert record.provenance.value_start is not None
        assert 0 < record.confidence <= 1
        assert record.fact.kind == "cohort" or record.fact.outcome.endpoint
    ids = [record.record_id for record in records]
    assert len(set(ids)) == len(ids)
    assert coverage.explained + len(coverage.leftovers) == coverage.numbers


@given(TEXTS)
@settings(max_examples=25, deadline=None)
def test_the_same_text_gives_the_same_records(text: str) -> None:
    document = document_of(text)
    once, again = (link(document, mentions=recognise(document, lexicon=load())) for _ in range(2))
    assert once == again


TEXT = (
    "The HARBOR-1 trial compared osimertinib versus docetaxel [1]. Median PFS was 15.2 vs 8.4 months (HR 0.52, 95% CI "
    "0.41–0.66; P < 0.001), and 12 of 60 patients (20%) had diarrhoea.\n\n"
    "Table 1. Trials.\n\nTrial\tN\tORR, %\nHARBOR-1\t556\t62 vs 29\nLINNET-2\t60\t51"
)


def test_records_do_not_depend_on_what_a_process_read_before() -> None:
    """A vocabulary that has seen other texts (spaCy keeps strings) finds what a fresh one finds."""
    document, lexicon = document_of(TEXT), load()
    warm = recognise(document, lexicon=lexicon)
    fresh = recognise(document, lexicon=lexicon.model_copy(update={"digest": ""}))
    assert fresh == warm
    assert link(document, mentions=fresh) == link(document, mentions=warm)


def test_two_loads_of_the_vocabulary_find_the_same() -> None:
    first, second, whole = Vocabulary(load()), Vocabulary(load()), Span(0, len(TEXT))
    assert list(first.find(TEXT, [whole])) == list(second.find(TEXT, [whole])) != []


def test_records_do_not_depend_on_the_seed_of_hashes() -> None:
    code = (
        "from tests.extractors.facts.reading import read; from tests.extractors.facts.test_link import TEXT;"
        "print(*(r.model_dump_json() for r in read(TEXT).records), sep='\\n')"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert runs.pop().count("\n") == len(read(TEXT).records) >= 8
