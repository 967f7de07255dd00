"""A document's sentences in scope in, the arms of each sentence and the design of each study out."""

from collections import Counter
from collections.abc import Sequence

from extractors.facts.additions import spread_additions
from extractors.facts.allocated import allocated_kinds
from extractors.facts.armbook import Arm, ArmBook
from extractors.facts.arms import find_arms
from extractors.facts.backrefs import point_back, point_to_kinds
from extractors.facts.doses import tell_doses
from extractors.facts.focus import (
    contrast_of_synthesis,
    denied_kinds,
    focal_kinds,
    lend_controls,
    lend_pairs,
    lend_siblings,
    lend_treatments,
    take_pairs,
)
from extractors.facts.groupnames import name_groups
from extractors.facts.prose import learn_books
from extractors.facts.reports import read_reports
from extractors.facts.scope import Scope
from extractors.facts.sentence import Contents, MentionIndex
from extractors.facts.studybook import KnownStudy, StudyBook
from extractors.facts.tables import arms_in_tables
from extractors.facts.titled import associates, exposure_most_told, exposure_of_title
from extractors.facts.variants import tell_variants
from schemas.document import Document, Sentence
from schemas.mention import Abbreviation


def learn_designs(
    document: Document,
    index: MentionIndex,
    sentences: Sequence[tuple[Sentence, Contents]],
    scopes: Sequence[Scope],
    arms: list[list[Arm]],
    *,
    studies: StudyBook,
    own: KnownStudy | None,
    abbreviations: Sequence[Abbreviation],
) -> tuple[list[list[Arm]], dict[str, ArmBook]]:
    """The arms of each sentence, and the arms and contrast of each study by its key.

    What a study's own sentences do not say is taken from, in turn: a table, its replicate trial, what the document
    compares as a whole, its section. `own` is the study that a synthesis is itself.
    """
    headings = treatments_of_headings(document, index)
    arms = point_to_kinds(sentences, tell_variants(sentences, scopes, arms))
    books = learn_books(sentences, scopes, arms, headings)
    told = [(scope.study.key, c) for (_, c), scope in zip(sentences, scopes, strict=True) if scope.study is not None]
    kinds = focal_kinds(told, books) | denied_kinds([contents for _, contents in sentences])
    if kinds:  # what the document is about is an arm wherever it is named
        arms = [spread_additions(contents, find_arms(contents, kinds)) for _, contents in sentences]
        arms = point_to_kinds(sentences, tell_variants(sentences, scopes, arms))
        books = learn_books(sentences, scopes, arms, headings)
    allocated = allocated_kinds(sentences, scopes, arms)
    if allocated:
        arms = [
            named
            if scope.study is None or scope.study.key not in allocated
            else spread_additions(contents, find_arms(contents, kinds | allocated[scope.study.key]))
            for (_, contents), scope, named in zip(sentences, scopes, arms, strict=True)
        ]
        arms = point_to_kinds(sentences, tell_variants(sentences, scopes, arms))
        books = learn_books(sentences, scopes, arms, headings)
    tabled = arms_in_tables(document, index, studies)
    take_pairs(books, tabled.pairs)
    compared = _of_synthesis(document, index, sentences, arms, books[own.key]) if own is studies.review else None
    lend_controls([(document.paragraphs[s.paragraph].lead_in, s.span) for s, _ in sentences], scopes, arms, books)
    lend_siblings(books)
    lend_pairs(books, compared)
    lend_treatments(sentences, scopes, arms, books)
    arms = tell_doses(sentences, scopes, arms, books, tabled=tabled.doses)
    arms = read_reports(sentences, scopes, arms, books, abbreviations)
    arms = name_groups(sentences, scopes, arms, books, abbreviations)
    return point_back(sentences, scopes, arms, books), books


def _of_synthesis(
    document: Document,
    index: MentionIndex,
    sentences: Sequence[tuple[Sentence, Contents]],
    arms: Sequence[Sequence[Arm]],
    book: ArmBook,
) -> tuple[Arm, Arm] | None:
    """What a synthesis says in its title that it compares, written into its own book too."""
    title = next((s.span for s in document.sentences if s.role == "title"), None)
    if title is None:
        return None
    controls = Counter("control" for _, contents in sentences for c in contents.cues if c.role == "control_arm")
    controls.update(" + ".join(d.drugs) for _, contents in sentences for d in contents.drugs if d.role == "control")
    compared = contrast_of_synthesis(index.cut(title), book, controls)
    book.pair = compared or book.pair
    if compared is None and associates(index.cut(title)):
        book.exposure = exposure_of_title(index.cut(title)) or exposure_most_told(arms)
    return compared


def treatments_of_headings(document: Document, index: MentionIndex) -> dict[str, Arm]:
    """The treatment each section is headed by, where its heading names just one."""
    found: dict[str, Arm] = {}
    for paragraph in document.paragraphs:
        if paragraph.kind == "heading":
            arms = find_arms(index.cut(paragraph.span))
            if arms and len({frozenset(a.drugs) for a in arms}) == 1 and arms[0].drugs and not arms[0].broad:
                found[paragraph.section_id] = arms[0]
    return found
