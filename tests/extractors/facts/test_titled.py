"""What a title says is looked at: an exposure, an outcome, or neither."""

import pytest

from extractors.facts.sentence import MentionIndex
from extractors.facts.titled import exposure_of_title, outcome_of_title
from tests.extractors.facts.reading import read

TITLES = [
    ("Coffee consumption and the risk of gout: a meta-analysis", "coffee consumption", None),
    ("Association between sleep duration and stroke: a systematic review", "sleep duration", "stroke"),
    ("Elevated ferritin is associated with poor prognosis in sarcoma", "elevated ferritin", None),
    ("Prognostic value of ferritin in patients with sarcoma: a meta-analysis", "ferritin", None),
    ("Incidence, prevalence and predictors of delirium after surgery", None, "delirium"),
    ("Relationship of handgrip strength with falls in nursing homes", "handgrip strength", "falls"),
    ("Efficacy and safety of osimertinib in lung cancer: a systematic review", None, None),
    ("Association between tea, coffee and gout: a meta-analysis", None, "gout"),
    ("How vaccines are given and what follows", None, None),
]


@pytest.mark.parametrize(("title", "exposure", "outcome"), TITLES)
def test_what_a_title_looks_at(title: str, exposure: str | None, outcome: str | None) -> None:
    result = read("Nothing else is said.", title=title)
    place = next(s.span for s in result.document.sentences if s.role == "title")
    told = MentionIndex(result.document, result.mentions).cut(place)
    arm, mention = exposure_of_title(told), outcome_of_title(told)
    assert (arm.name if arm is not None else None, mention.text if mention is not None else None) == (exposure, outcome)
