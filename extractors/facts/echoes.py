"""Results of the running text and one of a table in, the table's with what the text says of the same number out."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from extractors.facts.draft import Draft

Key = tuple[str, str, str, Decimal, str]


class Echoes:
    """The results of the text by study, endpoint and number: a table that repeats one says less of it."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._told: dict[Key, list[Draft]] = defaultdict(list)
        for draft in drafts:
            if (key := _key(draft)) is not None:
                self._told[key].append(draft)

    def complete(self, draft: Draft, *, whole: bool = False) -> None:
        """Give a result that a table prints bare the population and the arm on which the text's own agree.

        Of a `whole` study, laid out by its arms, a table has no part in mind.
        """
        key = _key(draft)
        told = self._told.get(key, []) if key is not None else []
        if not told:
            return
        populations = {d.population for d in told}
        if not whole and not draft.population and len(populations) == 1 and populations != {""}:
            draft.population = told[0].population
            draft.flags.add("population_carried")
        arms = {d.arm for d in told}
        if draft.arm is None and draft.kind != "cohort" and len(arms) == 1 and told[0].arm is not None:
            draft.arm, draft.role = told[0].arm, told[0].role
            draft.comparator = draft.comparator or told[0].comparator
            draft.flags.discard("arm_ambiguous")
            draft.flags.add("arm_carried")


def _key(draft: Draft) -> Key | None:
    if draft.study is None or draft.number is None:
        return None
    return (draft.study.key, draft.kind, draft.endpoint, draft.number.value, draft.unit or "")
