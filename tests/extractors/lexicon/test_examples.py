"""Every entry of the built-in vocabulary is found in its own sentences, and not in those it could be mistaken in."""

from collections import Counter

import pytest
import regex

from extractors.lexicon import Recognise, check, proofs
from extractors.lexicon.files import built_in_files, read_entries
from extractors.lexicon.kinds import KINDS
from extractors.mentions.vocabulary import KINDS as READ
from extractors.mentions.vocabulary import Vocabulary
from schemas.lexicon import Endpoint, Lexicon


@pytest.mark.parametrize("way", ["plain", "within_a_kind", "between_kinds"])
def test_every_example_holds(way: str, lexicon: Lexicon, request: pytest.FixtureRequest) -> None:
    """Told too: an entry without an example, words that two entries of a kind claim. The plain way has all kinds."""
    recognise: Recognise = request.getfixturevalue(way)
    kinds = KINDS if way == "plain" else READ
    problems = check(lexicon, recognise=recognise)
    assert [problem.message for problem in problems if problem.kind in kinds] == []


def test_the_program_reads_every_drug_stem_in_its_examples(lexicon: Lexicon, vocabulary: Vocabulary) -> None:
    assert len(vocabulary.stems) == len(lexicon.drug_stems)
    missed: list[tuple[str, str]] = []
    taken: list[tuple[str, str]] = []
    for entry, stem in zip(lexicon.drug_stems, vocabulary.stems, strict=True):
        for wanted, sentences, wrong in ((True, entry.found_in, missed), (False, entry.not_found_in, taken)):
            for sentence in sentences:
                words = [match[0].lower() for match in stem.pattern.finditer(sentence)]
                if any(word not in stem.spared for word in words) is not wanted:
                    wrong.append((entry.id, sentence))
    assert missed == []
    assert taken == []


def test_a_proof_can_fail(lexicon: Lexicon) -> None:
    """Where nothing or everything is recognised, every sentence that says otherwise is told."""
    wanted = Counter(proof.expected for proof in proofs(lexicon))
    everything = {(kind, entry.id) for kind in KINDS for entry in getattr(lexicon, kind)}
    blind = check(lexicon, recognise=lambda _: set())
    greedy = check(lexicon, recognise=lambda _: everything)
    assert (len(blind), len(greedy)) == (wanted[True], wanted[False])
    assert min(wanted.values()) > 300


def test_no_id_is_used_twice_over_the_files_of_a_kind() -> None:
    ids = Counter((raw.kind, raw.fields["id"]) for file in built_in_files() for raw in read_entries(file))
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_pattern_is_a_regular_expression_that_needs_something(lexicon: Lexicon) -> None:
    """Loading leaves this out for speed."""
    for kind in KINDS:
        for entry in getattr(lexicon, kind):
            for pattern in entry.patterns:
                assert regex.compile(pattern).fullmatch("") is None, (kind, entry.id)


def test_an_endpoint_has_a_short_code_and_no_bare_word_of_many_meanings(lexicon: Lexicon) -> None:
    bare = {"response", "function", "weight", "pain", "change", "rate", "score", "survival", "quality", "benefit"}
    for endpoint in lexicon.endpoints:
        assert len(endpoint.code) <= 60, endpoint.id
        assert bare.isdisjoint(name.lower() for name in endpoint.names), endpoint.id


def test_endpoints_that_share_a_code_are_of_one_family(lexicon: Lexicon) -> None:
    families: dict[str, set[str]] = {}
    for endpoint in lexicon.endpoints:
        assert isinstance(endpoint, Endpoint)
        families.setdefault(endpoint.code, set()).add(endpoint.family)
    assert {code: sorted(of_code) for code, of_code in families.items() if len(of_code) > 1} == {}


def test_only_drugs_that_are_a_class_or_a_procedure_are_broad(lexicon: Lexicon) -> None:
    broad = {drug.id for drug in lexicon.drugs if drug.broad}
    assert {"chemotherapy", "surgery", "statins", "corticosteroids"} <= broad
    assert broad.isdisjoint({"trastuzumab", "aspirin", "vitamin D", "placebo", "standard of care"})
    assert broad.isdisjoint(drug.id for drug in lexicon.drugs if drug.source == "INN" or drug.parts)
