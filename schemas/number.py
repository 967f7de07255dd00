"""Printed numbers: their characters, their value and the range of true values that rounding allows."""

from decimal import Decimal
from typing import Literal

from schemas.anchor import Frozen, Span

Operator = Literal["=", "<", ">", "<=", ">=", "~"]


class Number(Frozen):
    """A number as printed (`raw`, "1,234.50") and as meant (`value`); `decimals` counts the digits after the point."""

    raw: str
    value: Decimal
    decimals: int = 0
    span: Span | None = None

    @property
    def half_unit(self) -> Decimal:
        """Half a unit of the last printed digit: what rounding can hide, in the number's own unit."""
        return Decimal(5).scaleb(-self.decimals - 1)

    @property
    def lowest(self) -> Decimal:
        """The smallest true value that rounds to this number (either rule for halves)."""
        return self.value - self.half_unit

    @property
    def highest(self) -> Decimal:
        """The largest true value that rounds to this number (either rule for halves)."""
        return self.value + self.half_unit


class Interval(Frozen):
    """A printed interval; a bound printed as "not reached" is null, as is the `level` (95 for 95%) of a bare "CI"."""

    raw: str
    low: Number | None
    high: Number | None
    level: Decimal | None = None
    span: Span | None = None
    kind: Literal["confidence", "credible", "range", "quartiles"] = "confidence"


class PValue(Frozen):
    """A printed p-value: operator and number, and what kind of test it says it belongs to."""

    raw: str
    operator: Operator
    number: Number
    span: Span | None = None
    qualifier: Literal["", "trend", "interaction", "noninferiority", "one-sided", "heterogeneity"] = ""

    @property
    def text(self) -> str:
        """Operator and number as the dataset writes them: "=0.0049", "<0.001"."""
        return f"{self.operator}{self.number.value}"
