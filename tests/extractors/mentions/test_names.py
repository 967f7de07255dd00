"""The texts of tests/cases/names.toml hold the names written there; a document's own short forms come first."""

from typing import Any

import pytest

from extractors.lexicon import load
from extractors.mentions.abbreviations import define_abbreviations
from extractors.mentions.names import Names, recognise_names
from extractors.mentions.vocabulary import vocabulary
from schemas.anchor import Span
from schemas.lexicon import Drug, Endpoint, Lexicon, Measure
from schemas.mention import Mentions
from tests.extractors.facts.reading import read
from tests.extractors.mentions.listing import cases, listed

CASES = listed("names.toml")
GROUPS = ("control_arm", "experimental_arm", "combination_arm", "both_arms", "respectively")


def described(found: Mentions) -> list[str]:
    """One line a name, in order of place."""
    lines = [(e.span, " ".join(x for x in ("endpoint", e.code, e.site, e.statistic) if x)) for e in found.endpoints]
    for drug in found.drugs:
        kind = "control" if drug.role == "control" else "class" if drug.broad else "drug"
        lines.append((drug.span, f"{kind} {' + '.join(drug.drugs)}"))
    lines += [(m.span, f"measure {m.statistic}") for m in found.measures]
    lines += [(p.span, f"population {p.label}") for p in found.populations]
    lines += [(c.span, f"cue {c.role}") for c in found.cues if c.role in GROUPS]
    return [line for _, line in sorted(lines)]


@pytest.mark.parametrize("case", cases(CASES))
def test_names_as_written(case: dict[str, Any]) -> None:
    assert described(read(case["text"]).mentions) == case["found"]


# A small vocabulary, so that what is tried does not hang on the built-in one.
LEXICON = Lexicon(
    endpoints=(
        Endpoint(id="survival", code="OS", family="time_to_event", names=("overall survival",), abbreviations=("OS",)),
        Endpoint(id="response", code="ORR", family="response", names=("response rate",), abbreviations=("RR",)),
    ),
    drugs=(
        Drug(id="wrenitol", names=("wrenitol",)),
        Drug(id="finchine", names=("finchine",)),
        Drug(id="placebo", names=("placebo",), role="control"),
    ),
    measures=(Measure(id="risk", statistic="RR", scale="log", names=("risk ratio",), abbreviations=("RR",)),),
)


def names(text: str) -> Names:
    return recognise_names(
        text,
        regions=[Span(0, len(text))],
        vocabulary=vocabulary(LEXICON),
        abbreviations=define_abbreviations(text, start=0),
    )


def test_of_equal_claims_the_kind_named_first_stands() -> None:
    found = names("The RR was high.")
    assert [hit.entry.id for hit in found.hits["endpoints"]] == ["response"]
    assert found.hits["measures"] == []


def test_a_short_form_defined_as_something_unknown_is_dropped_everywhere() -> None:
    found = names("The OS was long. The overnight shift (OS) was long. The OS was long.")
    assert found.foreign == {"OS"}
    assert found.hits["endpoints"] == []


def test_a_short_form_defined_as_a_known_thing_is_found_everywhere() -> None:
    found = names("The OVS was long. The overall survival (OVS) was long.")
    assert [(hit.start, hit.entry.id, hit.way) for hit in found.hits["endpoints"]] == [
        (4, "survival", "defined"),
        (22, "survival", "name"),
        (40, "survival", "defined"),
    ]


def test_a_drugs_short_form_is_the_drug() -> None:
    found = names("They got wrenitol (WRN) or finchine. WRN was better.")
    assert [(drug.span.start, drug.drugs) for drug in found.drugs] == [
        (9, ("wrenitol",)),
        (19, ("wrenitol",)),
        (27, ("finchine",)),
        (37, ("wrenitol",)),
    ]


def test_a_regimens_short_form_is_its_drugs() -> None:
    found = names("They got wrenitol plus finchine (WF). WF was better than placebo.")
    assert [drug.drugs for drug in found.drugs] == [
        ("wrenitol", "finchine"),
        ("wrenitol", "finchine"),
        ("wrenitol", "finchine"),
        ("placebo",),
    ]
    assert [drug.role for drug in found.drugs] == [None, None, None, "control"]


def test_names_are_found_in_the_regions_alone() -> None:
    text = "OS here, OS there"
    found = recognise_names(text, regions=[Span(9, 17)], vocabulary=vocabulary(LEXICON), abbreviations=())
    assert [hit.start for hit in found.hits["endpoints"]] == [9]


def test_every_place_is_the_names_own() -> None:
    text = "Patients on osimertinib had a longer median PFS (HR 0.52) than the control group."
    found = read(text)
    kinds = (found.mentions.endpoints, found.mentions.drugs, found.mentions.measures, found.mentions.cues)
    spans = [mention.span for kind in kinds for mention in kind]
    assert {"PFS", "osimertinib", "HR", "control group"} <= {span.of(found.document.text) for span in spans}


def test_a_vocabulary_is_kept_by_its_digest() -> None:
    assert vocabulary(load()) is vocabulary(load())
    assert vocabulary(LEXICON) is not vocabulary(LEXICON)
