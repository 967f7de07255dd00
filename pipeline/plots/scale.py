"""The numbers of one panel in; where each stands between the panel's left and right edge, and its ticks, out."""

import math
from collections.abc import Sequence
from typing import NamedTuple, Self

from matplotlib.ticker import MaxNLocator

WIDEST = 40.0
"""An axis of ratios reaches at most so many times beyond the outermost value: one open bound must not flatten all."""
STEPS = (1, 1.5, 2, 3, 5, 7)


class Scale(NamedTuple):
    """An axis from `low` to `high`, in inches from `left` to `right`; `log` for ratios."""

    low: float
    high: float
    log: bool
    left: float
    right: float

    @classmethod
    def over(
        cls, values: Sequence[float], bounds: Sequence[float], *, reference: float | None, log: bool,
        left: float, right: float,
    ) -> Self:  # fmt: skip
        """An axis that shows every value and, as far as they are not out of all proportion, the bounds."""
        kept = [number for number in values if number > 0] if log else list(values)
        kept += [reference] if reference is not None else []
        kept = kept or [1.0]
        if log:
            limits = (min(kept) / WIDEST, max(kept) * WIDEST)
            kept += [bound for bound in bounds if limits[0] <= bound <= limits[1]]
            low, high = math.log(min(kept)), math.log(max(kept))
            margin = max(0.04 * (high - low), 0.05)
            return cls(math.exp(low - margin), math.exp(high + margin), log, left, right)
        kept += bounds
        kept += [0.0] if min(kept) >= 0 else []
        margin = 0.04 * (max(kept) - min(kept)) or 1.0
        low = min(kept) if min(kept) == 0 else min(kept) - margin
        return cls(low, max(kept) + margin, log, left, right)

    def place(self, value: float) -> float:
        """Inches from the sheet's left; a value beyond the axis stands at its edge."""
        if self.log:
            if value <= 0:
                return self.left
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def holds(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        return self.low <= value <= self.high

    def ticks(self) -> list[float]:
        """Round numbers on the axis, five or so."""
        if not self.log:
            found = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(self.low, self.high)
            return [float(tick) for tick in found if self.holds(tick)]
        decades = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        for steps in (STEPS, (1, 2, 5), (1, 3), (1,)):
            ticks = [step * 10.0**decade for decade in decades for step in steps]
            ticks = [tick for tick in ticks if self.holds(tick)]
            if len(ticks) <= 7:
                return ticks
        return ticks[:: math.ceil(len(ticks) / 7)]
