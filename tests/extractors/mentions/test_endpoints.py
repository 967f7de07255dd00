"""The words beside an endpoint say its site and whether it is a median or a mean."""

import pytest

from extractors.mentions.endpoints import describe_endpoint
from extractors.mentions.vocabulary import Hit
from schemas.lexicon import Endpoint

ENTRY = Endpoint(id="orr", code="ORR", family="response")


def described(text: str, *, words: str = "ORR", entry: Endpoint = ENTRY) -> tuple[str | None, str | None]:
    """Site and statistic of the endpoint whose words stand in the text."""
    start = text.index(words)
    mention = describe_endpoint(text, Hit(start, start + len(words), "endpoints", entry, "name"))
    assert mention.span.of(text) == mention.text == words
    assert (mention.code, mention.family, mention.rule) == (entry.code, entry.family, f"endpoints:{entry.id}")
    return mention.site, mention.statistic


SITES = [
    ("the ORR", None),
    ("intracranial ORR", "intracranial"),
    ("Intra-cranial confirmed ORR", "intracranial"),
    ("CNS-ORR", "intracranial"),
    ("CNS best overall ORR", "intracranial"),
    ("brain ORR", "intracranial"),
    ("extracranial ORR", "extracranial"),
    ("systemic ORR", "extracranial"),
    ("non-CNS ORR", "extracranial"),
    ("ORR for CNS metastases", "intracranial"),
    ("ORR rate in the brain metastases", "intracranial"),
    ("ORR of extracranial lesions", "extracranial"),
    ("ORR (CNS)", "intracranial"),
    ("ORR (extracranial)", "extracranial"),
    ("intracranial disease, and the ORR", None),
    ("brain metastases and ORR", None),
    ("ORR in patients with brain metastases", None),
]


@pytest.mark.parametrize(("text", "site"), SITES)
def test_the_site(text: str, site: str | None) -> None:
    assert described(text)[0] == site


def test_an_endpoint_of_the_brain_by_its_own_words_or_entry() -> None:
    assert described("the CNS response", words="CNS response")[0] == "intracranial"
    entry = ENTRY.model_copy(update={"site": "extracranial"})
    assert described("intracranial ORR", entry=entry)[0] == "extracranial"


@pytest.mark.parametrize(
    ("text", "words", "statistic"),
    [
        ("median PFS", "PFS", "median"),
        ("Median overall PFS", "PFS", "median"),
        ("median, confirmed PFS", "PFS", "median"),
        ("mPFS", "mPFS", "median"),
        ("the mean PFS", "PFS", "mean"),
        ("Average PFS", "PFS", "mean"),
        ("PFS", "PFS", None),
        ("at the median. PFS", "PFS", None),
        ("the median of the doses that were given to all and PFS", "PFS", None),
    ],
)
def test_the_statistic(text: str, words: str, statistic: str | None) -> None:
    assert described(text, words=words)[1] == statistic
