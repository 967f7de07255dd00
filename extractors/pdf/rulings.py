"""A page's drawn rules come in, the horizontal and vertical lines a reader sees go out, pieces of one line joined."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.page import Page, Rule

_THIN = 3.0  # points
_SAME = 1.6  # points: rules this near in the other direction are one line drawn in pieces, or twice
_JOIN = 4.0  # points between the pieces of one line
_SHORTEST = 8.0
_MANY = 4000  # rules on a page: a plot, whose lines say nothing of tables


class Rulings(NamedTuple):
    """Horizontal lines from the top, vertical lines from the left."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]


def rulings_of(page: Page) -> Rulings:
    """The lines of `page`; none where there are so many that they must be a drawing."""
    if len(page.rules) > _MANY:
        return Rulings((), ())
    flat = [r for r in page.rules if r.bottom - r.top <= _THIN and r.x1 - r.x0 > _THIN]
    tall = [r for r in page.rules if r.x1 - r.x0 <= _THIN and r.bottom - r.top > _THIN]
    turned = [Rule(r.top, r.x0, r.bottom, r.x1) for r in tall]
    horizontal = [r for r in _joined(flat) if r.x1 - r.x0 >= _SHORTEST]
    vertical = [Rule(r.top, r.x0, r.bottom, r.x1) for r in _joined(turned) if r.x1 - r.x0 >= _SHORTEST]
    return Rulings(tuple(horizontal), tuple(sorted(vertical)))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    lines: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.top), r.x0)):
        for i in range(len(lines) - 1, max(len(lines) - 40, -1), -1):
            line = lines[i]
            if abs(line.top - rule.top) <= _SAME and rule.x0 <= line.x1 + _JOIN and rule.x1 >= line.x0 - _JOIN:
                lines[i] = Rule(min(line.x0, rule.x0), line.top, max(line.x1, rule.x1), max(line.bottom, rule.bottom))
                break
        else:
            lines.append(rule)
    return sorted(lines, key=lambda r: (r.top, r.x0))
