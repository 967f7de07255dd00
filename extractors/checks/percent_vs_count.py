"""Percentages with counts or cohort sizes in; findings on whether whole patients can give them out.

Source: Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci 2017;8(4):363-369, for percentages of patients.

Rates of time-to-event endpoints are Kaplan-Meier estimates and pooled rates of meta-analyses are weighted: neither is a
count over a number, so both are left alone unless events and patients are printed with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from extractors.checks.case import Case, Findings
from extractors.checks.proportion import counts, cut_off, denominators, fitting, percentage, telling
from extractors.checks.share import PERCENTAGES, approximate, counted, printed_after, share
from extractors.checks.sizes import POOLED, Sizes, spell, whole
from schemas.evidence import Cohort, Estimate, Group
from schemas.finding import Finding, Severity, Verdict
from schemas.number import Number
from schemas.record import Record

MOST = 10**6
"""No trial has more patients."""
BY_CHANCE = 3
"""A size explains a percentage only where no more than one in so many percentages would fit it by chance."""
ASSESSED = Decimal("0.9")
"""That share of a group can usually be assessed: a fit so near is hardly worth a word."""


def check_percent_against_count(case: Case) -> Findings:
    """One finding for each percentage that a count, a denominator or the size of its group speaks to."""
    sizes = Sizes(case)
    facts: Iterable[tuple[Record, Estimate | Cohort]] = (*case.estimates, *case.cohorts)
    for record, fact in facts:
        percent, count = share(fact)
        if percent is None or not 0 <= percent.value <= 100:
            continue
        judge = _Judge(case, sizes, record, percent)
        n = (whole(fact.n) if isinstance(fact, Estimate) else None) or printed_after(case, fact)
        if count is not None and n:
            finding = judge.pair_of(count, n)
        elif approximate(case, record):
            continue
        elif count is not None:
            finding = judge.count_alone(count)
        elif isinstance(fact, Estimate) and counted(fact):
            finding = judge.of_n(n) if n else judge.of_group(fact)
        else:
            continue
        if finding is not None:
            yield finding


@dataclass(frozen=True)
class _Judge:
    """One percentage and what is known of its group."""

    case: Case
    sizes: Sizes
    record: Record
    percent: Number

    @property
    def _group(self) -> Group:
        return self.record.fact.group

    @property
    def _shown(self) -> str:
        return f"{self.percent.value}%"

    def _state(
        self,
        verdict: Verdict,
        message: str,
        *,
        printed: str,
        expected: str,
        severity: Severity = "note",
        others: tuple[Record, ...] = (),
    ) -> Finding:
        return self.case.state(
            "percent_vs_count",
            verdict,
            [self.record, *others],
            about=self.percent,
            message=message,
            printed=printed,
            expected=expected,
            severity=severity,
        )

    def _could_be_of(self, n: int) -> bool:
        """Whether the percentage fits a size, and not by chance."""
        return telling(self.percent, n=BY_CHANCE * n) and bool(counts(self.percent, n=n))

    def pair_of(self, count: int, n: int) -> Finding | None:
        """Count and denominator are both printed."""
        printed = f"{count}/{n} ({self._shown})"
        if count > n:
            return None  # plausibility says so
        exact = percentage(count, n, decimals=self.percent.decimals)
        if count in counts(self.percent, n=n):
            message = f"{count} of {n} patients is {exact}, as printed."
            return self._state("consistent", message, printed=printed, expected=exact)
        message = f"{count} of {n} patients is {exact}; printed {self._shown}"
        if cut_off(self.percent, count=count, n=n):
            message += ", which is cut off instead of rounded."
            return self._state("inconsistent", message, printed=printed, expected=exact, severity="note")
        fits = denominators(self.percent, count=count, most=MOST)
        other = self.sizes.elsewhere(self._group, fits=fits.__contains__, but=(n,))
        if other is not None:
            message += f"; {count} of {other.spell()} would give it."
            return self._state("uncheckable", message, printed=printed, expected=exact, others=(other.record,))
        return self._state("inconsistent", f"{message}.", printed=printed, expected=exact, severity="error")

    def count_alone(self, count: int) -> Finding | None:
        """Count and percentage are printed; the denominator must be a whole number and should be a known group's."""
        printed = f"{count} ({self._shown})"
        fits = denominators(self.percent, count=count, most=MOST)
        if not fits:
            message = f"No whole number of patients gives {count} as {self._shown}."
            return self._state("inconsistent", message, printed=printed, expected="", severity="error")
        if count == 0:
            return None
        some = f"{count}/{fits[0]}" if len(fits) == 1 else f"{count}/{fits[0]} to {count}/{fits[-1]}"
        own = isinstance(self.record.fact, Estimate) and self._group.study.name != POOLED
        known = self.sizes.of_group(self._group) if own else []
        itself = () if isinstance(self.record.fact, Estimate) else (count,)
        other = next((size for size in known if size.n in fits), None) or self.sizes.elsewhere(
            self._group, fits=fits.__contains__, but=itself
        )
        if other is not None:
            message = f"{self._shown} is {count} of {other.spell()}."
            return self._state("consistent", message, printed=printed, expected=some, others=(other.record,))
        if not known:
            of = f"{fits[0]}" if len(fits) == 1 else f"{fits[0]} to {fits[-1]}"
            message = f"{count} patients are {self._shown} of {of}."
            return self._state("consistent", message, printed=printed, expected=some)
        if self._group.arm is not None and not any(size.arm for size in self.sizes.of_study(self._group)):
            message = f"{self._shown} as {count} patients fits {some}; how large the arm is, is not printed."
            return self._state("uncheckable", message, printed=printed, expected=some)
        message = f"{count} patients as {self._shown} fits {some}, not the {spell(known)} printed for the group."
        return self._state("inconsistent", message, printed=printed, expected=some, severity="warning")

    def of_n(self, n: int) -> Finding | None:
        """A denominator is printed with the percentage."""
        return self._against([n], whose=f"{n}")

    def of_group(self, fact: Estimate) -> Finding | None:
        """Only the size of the group is printed, somewhere in the document.

        Adverse events are of those treated, and a finding without a code may be of those tested: both are left alone.
        """
        if fact.outcome.endpoint not in PERCENTAGES - {"AE"}:
            return None
        known = self.sizes.of_group(self._group)
        if known:
            return self._against([size.n for size in known], whose=spell(known), others=(known[0].record,))
        most = self.sizes.bound(self._group)
        if most is None or not telling(self.percent, n=most) or next(fitting(self.percent, most=most), None):
            return None
        message = f"No whole number of any group of up to {most} patients gives {self._shown}."
        printed = f"{self._shown} of at most {most}"
        return self._state("inconsistent", message, printed=printed, expected="", severity="error")

    def _against(self, sizes: list[int], *, whose: str, others: tuple[Record, ...] = ()) -> Finding | None:
        """Whether any of the sizes the group may have gives the percentage; the fits near by where none does."""
        if any(not telling(self.percent, n=n) for n in sizes):
            return None
        printed = f"{self._shown} of {whose}"
        for n in sizes:
            for count in counts(self.percent, n=n):
                message = f"{self._shown} is {count} of {n} patients."
                return self._state("consistent", message, printed=printed, expected=f"{count}/{n}", others=others)
        near = list(islice(fitting(self.percent, most=max(sizes)), 3))
        expected = ", ".join(f"{count}/{n}" for count, n in near)
        fewer = f"; {expected} would" if near else ", nor of any fewer"
        message = f"No whole number of {whose} patients gives {self._shown}{fewer}"
        other = self.sizes.elsewhere(self._group, fits=self._could_be_of, but=sizes)
        if other is not None:
            message += f", and {other.n} is the size of another group of the study."
            return self._state("uncheckable", message, printed=printed, expected=expected, others=(other.record,))
        severity: Severity = "error"
        if near:
            message += " (patients who could be assessed may be fewer)"
            severity = "note" if near[0][1] >= ASSESSED * max(sizes) else "warning"
        return self._state(
            "inconsistent", f"{message}.", printed=printed, expected=expected, severity=severity, others=others
        )
