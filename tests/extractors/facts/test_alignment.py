"""Values (numbers) and labels (capitals) of a line are paired as its words say."""

import re

import pytest

from extractors.facts.alignment import align
from schemas.anchor import Span

LINES = [
    # labels before their values, after them, and both
    ("A: 1, 2; B: 3", "1A 2A 3B"),
    ("1 with A and 2 with B", "1A 2B"),
    ("1 and 2 with A", "1A 2A"),
    ("A was 1 and B was 2", "1A 2B"),
    ("A was 1, with B it was 2", "1A 2B"),
    ("1 with A, 2 with B, 3 with C", "1A 2B 3C"),
    ("in A, 1 of them; 2 with B and 3 with B", "1A 2B 3B"),
    ("1, 2 and 3 with A", "1A 2A 3A"),
    # nothing to go by
    ("1 and 2", "1- 2-"),
    ("1 whereas A", "1-"),
    # lists paired in order
    ("A and B: 1 and 2, respectively", "1A 2B"),
    ("1, 2 and 3 with A, B and C, respectively", "1A 2B 3C"),
    ("A, B and C: 1 and 2, respectively, and 3", "1C 2C 3C"),
    ("A and B: 1 and 2, but C and D: 3 and 4, respectively", "1A 2B 3C 4D"),
    ("1 with A and B, respectively", "1A"),
    # brackets hold their label's values, and a label in brackets does not reach out of them
    ("A (1) and B (2)", "1A 2B"),
    ("A (1) was 2", "1A 2-"),
    ("B, like A (1), was 2", "1A 2B"),
    ("1 (with A) and 2", "1A 2-"),
    ("A (1 versus 2) and B (3)", "1A 2- 3B"),
    # no label reaches over a contrast
    ("A was 1 versus 2", "1A 2-"),
    ("A was 1 versus 2 with B", "1A 2B"),
]


def brackets_after(line: str, end: int) -> Span | None:
    match = re.match(r" ?\([^()]*\)", line[end:])
    return Span(end, end + match.end()) if match else None


def brackets_around(line: str, span: Span) -> Span | None:
    inside = [Span(*m.span()) for m in re.finditer(r"\([^()]*\)", line)]
    return next((place for place in inside if place.holds(span)), None)


def paired(line: str, *, fill: bool = True) -> str:
    values = [Span(*m.span()) for m in re.finditer(r"\d", line)]
    labels = [Span(*m.span()) for m in re.finditer(r"\b[A-D]\b", line)]
    listed = (lambda a, b: re.fullmatch(r",|,? and ", line[a.end : b.start].replace(", ", ",")) is not None) if (
        "respectively" in line
    ) else None  # fmt: skip
    found = align(
        values,
        labels,
        follows=lambda v, k: re.fullmatch(r" \(?with ", line[values[v].end : labels[k].start]) is not None,
        listed=listed,
        encloses=lambda k: brackets_after(line, labels[k].end),
        around=lambda k: brackets_around(line, labels[k]),
        apart=lambda a, b: "versus" in line[a.end : b.start],
        fill=fill,
    )
    assert len(found) == len(values)
    return " ".join(
        f"{value.of(line)}{labels[each.label].of(line) if each.label is not None else '-'}"
        for value, each in zip(values, found, strict=True)
    )


@pytest.mark.parametrize(("line", "pairs"), LINES)
def test_values_take_their_labels(line: str, pairs: str) -> None:
    assert paired(line) == pairs


def test_without_filling_only_the_bound_value_has_the_label_after_it() -> None:
    assert paired("1, 2 and 3 with A", fill=False) == "1- 2- 3A"


def test_the_way_is_told() -> None:
    spans = {word: Span(i, i + 1) for i, word in enumerate("1A2B3")}
    values, labels = [spans["1"], spans["2"], spans["3"]], [spans["A"], spans["B"]]
    found = align(values, labels, follows=lambda v, k: (v, k) == (0, 0))
    assert [(each.label, each.way) for each in found] == [(0, "after"), (0, "before"), (1, "before")]


def test_nothing_to_pair() -> None:
    assert align([], [Span(0, 1)], follows=lambda _v, _k: True) == []
    assert [each.way for each in align([Span(0, 1)], [], follows=lambda _v, _k: True)] == ["none"]
