"""Printed numbers come back as they were printed, and no text, however odd, loses a digit or raises."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mentions.abbreviations import define_abbreviations
from extractors.mentions.numbers import NumberMentions, recognise_numbers
from schemas.anchor import Span
from schemas.number import Number

# Pieces that rules look for, so that random texts are not all refused at the first look.
PIECES = st.sampled_from(
    "95% CI|HR|P <|P for trend =|n =|of|vs|to|and|months|month|%|mg/kg|±|SD|(|)|[|]|–|−|-|.|,|;|:|/|not reached|NR|"
    "patients|studies|weeks 1|at|within|every|grade|Table|aged|years|per 100 patient-years|×10|$|*|12|0.5|.01|1,234|"
    "3–4|one hundred|two|no|a|both|median|mean (SD)|range|IQR|follow-up|PD-L1|5-FU|NCT0123|10.1016/x.1| |\n|  |PFS|"
    "progression-free survival|(PFS)|referred to as".split("|")
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=30).map(" ".join) | st.text(max_size=80)
DECIMALS = st.builds(
    lambda whole, places, digits: f"{whole}.{str(digits).zfill(places)[:places]}",
    st.integers(0, 99),
    st.integers(1, 3),
    st.integers(0, 999),
)
DASHES = st.sampled_from(["-", "–", "—", "−", "‐", " – ", " to "])


def mentions(found: NumberMentions) -> list[Span]:
    kinds = (found.values, found.intervals, found.p_values, found.counts, found.timepoints, found.others)
    return [mention.span for kind in kinds for mention in kind]


def numbers(found: NumberMentions) -> list[Number]:
    every = [v.number for v in found.values] + [v.spread for v in found.values]
    every += [bound for i in found.intervals for bound in (i.interval.low, i.interval.high)]
    every += [p.p.number for p in found.p_values] + [o.number for o in found.others]
    every += [number for c in found.counts for number in (c.number, c.of)]
    return [number for number in every if number is not None]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_losing_a_digit(text: str) -> None:
    found = recognise_numbers(text)
    spans = mentions(found)
    for place, character in enumerate(text):
        if character in "0123456789":
            assert any(start <= place < end for start, end in spans), (character, place)
    for number in numbers(found):
        assert number.span is not None
        assert number.span.of(text) == number.raw
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_digit_is_read_twice(text: str) -> None:
    places: set[int] = set()
    for number in numbers(recognise_numbers(text)):
        assert number.span is not None
        digits = {k for k in range(*number.span) if text[k] in "0123456789"}
        assert not digits & places
        places |= digits


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_gives_abbreviations_that_stand_in_it(text: str) -> None:
    for abbreviation in define_abbreviations(text, start=3):
        assert abbreviation.short
        assert abbreviation.short in text
        assert 3 <= abbreviation.span.start < abbreviation.span.end <= len(text) + 3


@given(DECIMALS, DECIMALS, DASHES, st.sampled_from(["95% CI ", "95% CI, ", "95% CI: ", "95% confidence interval "]))
def test_intervals_come_back(low: str, high: str, dash: str, cue: str) -> None:
    (mention,) = recognise_numbers(f"HR 0.71 ({cue}{low}{dash}{high}).").intervals
    interval = mention.interval
    assert interval.low is not None
    assert interval.high is not None
    assert (interval.low.value, interval.high.value, interval.level) == (Decimal(low), Decimal(high), Decimal(95))
    assert interval.low.decimals == len(low.partition(".")[2])


@given(
    st.integers(1, 9999),
    st.integers(1, 4),
    st.sampled_from(["=", "<", ">"]),
    st.sampled_from(["P{o}{n}", "p {o} {n}", "P-value {o} {n}", "*P* {o} {n}", "$P {o} {n}$", "P for trend {o} {n}"]),
    st.booleans(),
)
def test_p_values_come_back(digits: int, places: int, operator: str, form: str, zero: bool) -> None:
    fraction = str(digits).zfill(places)[:places]
    printed = f"{'0' if zero else ''}.{fraction}"
    (mention,) = recognise_numbers(f"They differed ({form.format(o=operator, n=printed)}).").p_values
    assert mention.p.operator == operator
    assert mention.p.number.value == Decimal(f"0.{fraction}")


@given(DECIMALS, DECIMALS, st.sampled_from(["months", "weeks", "days", "years", "%", "mmol/L", "kg"]))
def test_a_unit_at_the_end_of_a_pair_is_that_of_both(first: str, second: str, unit: str) -> None:
    gap = "" if unit == "%" else " "
    found = recognise_numbers(f"It was {first} vs {second}{gap}{unit} in the two arms.")
    assert [(v.number.value, v.unit) for v in found.values if v.number is not None] == [
        (Decimal(first), unit),
        (Decimal(second), unit),
    ]


@given(st.integers(2, 1_500), st.sampled_from(["{n} patients", "(n={n})", "(n = {n})", "{n} eligible participants"]))
def test_counts_come_back(number: int, form: str) -> None:
    (mention,) = recognise_numbers(f"We included {form.format(n=f'{number:,}')}.").counts
    assert (mention.number.value, mention.unit) == (number, "patients")


@given(st.integers(0, 500), st.integers(2, 500), st.sampled_from([" of ", "/", " out of "]))
def test_parts_come_back_with_their_whole(part: int, more: int, joint: str) -> None:
    (mention,) = recognise_numbers(f"A response was seen in {part}{joint}{part + more}.").counts
    assert mention.of is not None
    assert (mention.number.value, mention.of.value) == (part, part + more)


@given(st.integers(1, 48), st.sampled_from(["month", "week", "day", "year"]))
def test_landmarks_come_back(number: int, unit: str) -> None:
    text = f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    assert [t.text for t in recognise_numbers(f"At {text}, 45% were alive.").timepoints] == [text]
    assert [t.text for t in recognise_numbers(f"The {number}-{unit} survival rate was 45%.").timepoints] == [text]
