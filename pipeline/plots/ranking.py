"""Results and a selection in; which endpoints matter most, and a sentence on how much there is, out."""

from collections import Counter
from collections.abc import Sequence

from pipeline.exports.selection import Selection
from pipeline.exports.wording import say_selection
from pipeline.plots.results import Result


def rank_endpoints(results: Sequence[Result]) -> list[str]:
    """Endpoints, those with most comparisons that have an interval first, then those with most results."""
    compared: Counter[str] = Counter()
    amount: Counter[str] = Counter()
    for result in results:
        endpoint = str(result.record["endpoint"])
        compared[endpoint] += result.record["kind"] == "comparison" and result.record["ci"] is not None
        amount[endpoint] += 1
    return sorted(amount, key=lambda endpoint: (-compared[endpoint], -amount[endpoint], endpoint))


def count(results: Sequence[Result], selection: Selection) -> str:
    """How many results, studies and documents, and which of all."""
    studies = len({result.study for result in results})
    documents = len({record["document"] for result in results for record in result.records})
    numbers = ((len(results), "result"), (studies, "study"), (documents, "document"))
    one, two, three = (f"{n:,} {_plural(noun) if n != 1 else noun}" for n, noun in numbers)
    return " ".join(part for part in (f"{one} of {two}, printed by {three}.", say_selection(selection)) if part)


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
