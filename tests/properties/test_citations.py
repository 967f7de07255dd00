"""True citations are hardly ever called wrong; shifted and exchanged ones are found at stated rates."""

import numpy as np

from extractors.checks import judge
from tests.extractors.checks.reviews import LEXICON
from tests.properties.citing import Cited, cite

DRAWS = 150


def contradicted(cited: Cited) -> tuple[set[str], int]:
    """Studies whose marker is called wrong, and how many judgements there are."""
    found = [f for f in judge(cited.records, cited.document, lexicon=LEXICON) if f.check == "citation"]
    return {f.study or "" for f in found if f.verdict == "inconsistent"}, len(found)


def test_true_citations_are_not_flagged() -> None:
    random = np.random.default_rng(20240601)
    wrong, judged = [], 0
    for _ in range(DRAWS):
        found, number = contradicted(cite(random))
        wrong += sorted(found)
        judged += number
    assert judged > 5 * DRAWS
    assert len(wrong) < judged / 1000, wrong


def test_a_list_one_too_high_or_low_is_found_with_most_of_its_markers() -> None:
    random = np.random.default_rng(20240602)
    lists = caught = planted = false = 0
    for _ in range(DRAWS):
        cited = cite(random, naming=0.8, shift=(2, 9, int(random.choice([-1, 1]))))
        found, _ = contradicted(cited)
        lists += "" in found
        caught += len(found & cited.wrong)
        planted += len(cited.wrong)
        false += len(found - cited.wrong - {""})
    assert lists >= 0.6 * DRAWS  # a marker one off may be that of the study's own second entry
    assert caught >= 0.6 * planted
    assert false <= 0.02 * planted


def test_exchanged_markers_are_found_where_the_list_names_the_studies() -> None:
    random = np.random.default_rng(20240603)
    caught = planted = 0
    for _ in range(DRAWS):
        cited = cite(random, naming=1.0, exchange=True)
        found, _ = contradicted(cited)
        caught += len(found & cited.wrong)
        planted += len(cited.wrong)
        assert found <= cited.wrong | {""}
    assert caught >= 0.5 * planted
