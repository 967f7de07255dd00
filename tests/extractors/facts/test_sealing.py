"""Drafts become records with an id, a place and flags; and every printed number is accounted for."""

import itertools
from decimal import Decimal

from extractors.facts.draft import Draft
from extractors.facts.sealing import Sealer, in_order
from extractors.facts.studybook import KnownStudy
from schemas.anchor import Span
from schemas.evidence import Estimate
from schemas.number import Interval, Number
from schemas.record import Record
from tests.extractors.facts.reading import document_of, read

TEXT = "In the HARBOR-1 trial, 14 of 56 (25%, 95% CI 14–38) responded [2]."
DOCUMENT = document_of(TEXT)


def place(words: str) -> Span:
    start = DOCUMENT.text.index(words)
    return Span(start, start + len(words))


def number(words: str) -> Number:
    return Number(raw=words, value=Decimal(words), span=place(words))


def draft(**changes: object) -> Draft:
    made = Draft("estimate", place("25"), statistic="rate", number=number("25"), unit="%", endpoint="ORR")
    made.study = KnownStudy("harbor1")
    made.rules = ["value:share", "value:share", "endpoints:orr"]
    for name, value in changes.items():
        assert hasattr(made, name)
        setattr(made, name, value)
    return made


def sealed(one: Draft, *, sealer: Sealer | None = None) -> Record:
    record = (sealer or Sealer(DOCUMENT)).seal(one, sentence=DOCUMENT.sentence_at(one.place.start))
    assert record is not None
    return record


def test_a_draft_without_study_or_endpoint_is_none() -> None:
    sealer = Sealer(DOCUMENT)
    assert sealer.seal(draft(study=None), sentence=None) is None
    assert sealer.seal(draft(endpoint=""), sentence=None) is None
    assert sealer.seal(draft(kind="cohort", endpoint=""), sentence=None) is not None


def test_a_record_keeps_the_flags_and_rules_of_its_draft() -> None:
    record = sealed(draft(flags={"study_carried", "arm_ambiguous"}))
    assert record.flags == ("arm_ambiguous", "study_carried")
    assert record.rules == ("value:share", "endpoints:orr")


def test_records_of_one_place_have_ids_of_their_own() -> None:
    sealer = Sealer(DOCUMENT)
    one, two = sealed(draft(), sealer=sealer), sealed(draft(arm="other"), sealer=sealer)
    assert one.record_id != two.record_id


def test_an_id_outlives_better_linking() -> None:
    other = draft(arm="osimertinib", population="women", endpoint="CR", study=KnownStudy("linnet2"))
    assert sealed(draft()).record_id == sealed(other).record_id
    assert sealed(draft(place=place("56"))).record_id != sealed(draft()).record_id


def test_the_quote_reaches_over_all_printed_numbers_of_a_record() -> None:
    assert sealed(draft()).provenance.quote.text == "25"
    interval = Interval(raw="95% CI 14–38", low=None, high=None, span=place("95% CI 14–38"))
    record = sealed(draft(interval=interval, events=number("14")))
    assert record.provenance.quote.text == "14 of 56 (25%, 95% CI 14–38"
    assert record.provenance.value_start == place("25").start
    assert record.provenance.events_start == place("14").start


def test_the_quote_stays_in_its_sentence() -> None:
    record = sealed(draft(quote=Span(0, 3)))
    assert record.provenance.quote.text == "25"


def test_citations_resolve_and_those_without_entry_keep_their_marker() -> None:
    cited = sealed(draft(refs=("2", "77"))).provenance.cited
    assert [(work.marker, work.title, work.year) for work in cited] == [
        ("2", "On the lives of siskins", 2012),
        ("77", None, None),
    ]


def test_an_estimate_without_number_shows_its_status() -> None:
    fact = sealed(draft(number=None, status="not reached")).fact
    assert isinstance(fact, Estimate)
    assert (fact.value, fact.value_text, fact.status) == (None, "not reached", "not reached")


def test_records_stand_in_order_of_place_and_kind_whatever_their_order_before() -> None:
    sealer = Sealer(DOCUMENT)
    drafts = [draft(), draft(place=place("56")), draft(kind="cohort"), draft(arm="other")]
    records = [sealed(one, sealer=sealer) for one in drafts]
    orders = {tuple(r.record_id for r in in_order(order)) for order in itertools.permutations(records)}
    assert len(orders) == 1
    assert [r.provenance.quote.text for r in in_order(records)] == ["56", "25", "25", "25"]
    assert in_order(records)[1].fact.kind == "cohort"


def test_every_number_is_explained_or_left_over_with_its_reason() -> None:
    coverage = read("The HARBOR-1 trial of 2014 gave osimertinib 80 mg daily. The ORR was 51% and 7 more.").coverage
    assert coverage.explained == 1
    assert {(left.text, left.reason) for left in coverage.leftovers} == {
        ("1", "name"),
        ("2014", "year"),
        ("80", "dose"),
        ("7", None),
    }
    assert coverage.numbers == coverage.explained + len(coverage.leftovers)


def test_a_leftover_tells_its_sentence() -> None:
    result = read("The HARBOR-1 trial began in 2014.")
    year = next(left for left in result.coverage.leftovers if left.reason == "year")
    sentence = result.document.sentence_at(year.span.start)
    assert sentence is not None
    assert year.sentence_id == sentence.sentence_id
