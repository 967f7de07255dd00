"""Each unit of a sentence gets one endpoint: named near it, listed, carried, or as printed; and a statistic."""

import pytest

from extractors.facts.choices import Choice, fits
from extractors.facts.endpoints import choose_endpoints
from extractors.facts.phrases import printed_phrase
from extractors.facts.quantities import quantity
from extractors.facts.summaries import statistic_of
from extractors.facts.values import read_numbers
from schemas.anchor import Span
from schemas.mention import EndpointMention, ValueMention
from schemas.number import Number
from tests.extractors.facts.marking import contents

OS, PFS, ORR, CR = "{time_to_event|OS}", "{time_to_event|PFS}", "{response|ORR}", "{response|CR}"
CARRIED = EndpointMention(span=Span(0, 1), code="DOR", family="time_to_event", text="DOR", rule="test")


def chosen(sentence: str, *, carried: EndpointMention | None = None) -> list[tuple[str, str]]:
    """Code (or printed words) and way of the endpoint of each unit."""
    piece = contents(sentence)
    choices = choose_endpoints(piece, read_numbers(piece).units, carried=carried)
    return [(choice.mention.code if choice.mention is not None else choice.phrase, choice.way) for choice in choices]


CHOSEN = [
    (f"{PFS} was 9.7 months", [("PFS", "before")]),
    (f"{PFS} was 9.7 months and {OS} was 22 months", [("PFS", "before"), ("OS", "before")]),
    (f"{PFS} and {OS} were 9.7 and 22 months, {{respectively|respectively}}", [("PFS", "zip"), ("OS", "zip")]),
    (f"{ORR} and {PFS} were 51% and 9.7 months, {{respectively|respectively}}", [("ORR", "zip"), ("PFS", "zip")]),
    (f"a 51% {ORR}", [("ORR", "after")]),
    (f"51% of patients had a {CR}", [("CR", "after")]),
    (f"12% had {CR} and then 40% had {{response|PR}}", [("CR", "after"), ("PR", "after")]),
    (f"{ORR} was 51% (9.7 months of {PFS})", [("ORR", "before"), ("PFS", "after")]),
    # a number and its endpoint are of one kind
    (f"{ORR} and {PFS}: 9.7 months", [("PFS", "before")]),
    (f"{PFS} and {ORR}: 51%", [("ORR", "before")]),
    (f"{ORR} lasted: 9.7 months", [("DOR", "carried")]),
    # nothing named: carried from before, or a time that names itself
    ("It was 9.7 months.", [("DOR", "carried")]),
    ("It was 51 kg.", [("", "none")]),
    ("The time to radiotherapy was 9.7 months.", [("time to radiotherapy", "phrase")]),
    ("over a median of 2.2 years", [("follow-up", "before")]),
    # a landmark makes a share of a time to an event
    (f"{ORR} was good and the {PFS} rate at 6 months 40%", [("PFS", "before")]),
]


@pytest.mark.parametrize(("sentence", "found"), CHOSEN)
def test_the_endpoint_of_a_value(sentence: str, found: list[tuple[str, str]]) -> None:
    assert chosen(sentence, carried=CARRIED) == found


def test_nothing_is_carried_where_nothing_came_before() -> None:
    assert chosen("It was 9.7 months.") == [("", "none")]


PHRASES = [
    ("The wound healing was 51%.", "wound healing"),
    ("with a body temperature of 36 kg", "body temperature"),
    ("the score was only 51%.", "score"),
    ("{drug|osimertinib} was 51%.", ""),
    ("It was 51%.", ""),
]


@pytest.mark.parametrize(("sentence", "words"), PHRASES)
def test_words_in_an_endpoints_place(sentence: str, words: str) -> None:
    piece = contents(sentence)
    assert printed_phrase(piece, read_numbers(piece).units, 0) == words


def value(unit: str | None, number: str | None = "12") -> ValueMention:
    figure = Number.model_validate({"raw": number, "value": number}) if number is not None else None
    status = "reported" if number is not None else "not reached"
    return ValueMention(span=Span(0, 2), number=figure, unit=unit, status=status, rule="test")


def choice(family: str | None, statistic: str | None = None) -> Choice:
    if family is None:
        return Choice(None, "some words", "phrase")
    mention = EndpointMention(
        span=Span(0, 1), code="X", family=family, text="X", statistic=statistic, rule="test"
    )  # fmt: skip
    return Choice(mention, "", "before")


STATISTICS = [
    ("time_to_event", None, value("months"), "", "median"),
    ("time_to_event", None, value("months"), "mean ", "mean"),
    ("time_to_event", "mean", value("months"), "", "mean"),
    ("time_to_event", None, value("%"), "", "rate"),
    ("time_to_event", None, value(None, None), "", "median"),
    ("response", None, value("%"), "", "rate"),
    ("response", None, value(None, None), "", "rate"),
    ("response", None, value("patients"), "", "count"),
    ("follow_up", None, value("months"), "", "median"),
    ("follow_up", None, value("months"), "at least ", "other"),
    ("continuous", None, value("mm Hg"), "", "other"),
    ("continuous", None, value("mm Hg"), "a mean of ", "mean"),
    ("continuous", "median", value("mm Hg"), "", "median"),
    ("continuous", None, value("%"), "", "rate"),
    (None, None, value("%"), "", "rate"),
    (None, None, value("kg"), "median ", "median"),
]


@pytest.mark.parametrize(("family", "said", "printed", "before", "statistic"), STATISTICS)
def test_how_a_value_is_read(
    family: str | None, said: str | None, printed: ValueMention, before: str, statistic: str
) -> None:
    assert statistic_of(choice(family, said), printed, before) == statistic


def test_a_spread_makes_a_mean() -> None:
    spread = value("mm Hg").model_copy(update={"spread": value("mm Hg").number})
    assert statistic_of(choice("continuous"), spread, "") == "mean"


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("months", "time"), ("%", "share"), ("patients", "count"), ("mm Hg", "other"), (None, "any")],
)
def test_kinds_of_numbers(unit: str | None, kind: str) -> None:
    assert quantity(value(unit)) == kind


def test_a_time_does_not_fit_a_response_and_a_count_no_time() -> None:
    (months,) = read_numbers(contents("It was 9.7 months.")).units
    (share,) = read_numbers(contents("It was 51%.")).units
    assert (fits("time_to_event", months), fits("response", months)) == (True, False)
    assert (fits("time_to_event", share), fits("response", share), fits("follow_up", share)) == (True, True, False)
