"""A document and its mentions in, its records and an account of its numbers out."""

from extractors.facts.additions import spread_additions
from extractors.facts.arms import Arm, find_arms
from extractors.facts.backrefs import point_back
from extractors.facts.confidence import weigh
from extractors.facts.coverage import account
from extractors.facts.doses import tell_doses
from extractors.facts.echoes import Echoes
from extractors.facts.focus import (
    contrast_of_synthesis,
    focal_kinds,
    lend_pairs,
    lend_siblings,
    lend_treatments,
    take_pairs,
)
from extractors.facts.prose import draft_prose, learn_books
from extractors.facts.scope import scope_sentences
from extractors.facts.sealing import Sealer, in_order
from extractors.facts.sentence import MentionIndex, cut_sentences
from extractors.facts.studybook import StudyBook
from extractors.facts.subject import name_responses, name_subject, of_tumours
from extractors.facts.synthesis import own_study
from extractors.facts.tables import draft_tables, pairs_in_tables
from extractors.facts.topics import find_topics
from extractors.facts.trial import count_beside, learn_trial
from schemas.document import Document
from schemas.mention import EndpointMention, Mentions
from schemas.record import Coverage, Record

__all__ = ["link"]


def link(document: Document, *, mentions: Mentions) -> tuple[tuple[Record, ...], Coverage]:
    """Every result of a document as a record, and what became of each of its numbers."""
    mentions = name_responses(document, name_subject(document, mentions))
    index = MentionIndex(document, mentions)
    sentences = cut_sentences(document, index)
    book = StudyBook()
    book.learn([contents for _, contents in sentences])
    own = own_study(document, book)
    scopes = scope_sentences(document, sentences, book)
    trial = learn_trial([c for _, c in sentences], mentions.abbreviations) if own is book.report else None
    arms = [
        spread_additions(contents, find_arms(contents)) if trial is None else trial.find(contents)
        for _, contents in sentences
    ]
    if trial is not None:
        sentences = [(s, count_beside(c, named)) for (s, c), named in zip(sentences, arms, strict=True)]
    headings = _headings(document, index)
    books = learn_books(sentences, scopes, arms, headings)
    if trial is None:
        told = [
            (scope.study.key, c) for (_, c), scope in zip(sentences, scopes, strict=True) if scope.study is not None
        ]
        kinds = focal_kinds(told, books)
        if kinds:  # what the document is about is an arm wherever it is named
            arms = [spread_additions(contents, find_arms(contents, kinds)) for _, contents in sentences]
            books = learn_books(sentences, scopes, arms, headings)
        take_pairs(books, pairs_in_tables(document, index, book))
        compared = None
        if own is book.review and (title := next((s.span for s in document.sentences if s.role == "title"), None)):
            review = books[own.key]
            controls = sum(c.role == "control_arm" for _, contents in sentences for c in contents.cues)
            compared = contrast_of_synthesis(index.cut(title), review, controls)
            if compared is not None:
                review.pair = compared
        lend_siblings(books)
        lend_pairs(books, compared)
        lend_treatments(sentences, scopes, arms, books)
        arms = tell_doses(sentences, scopes, arms, books)
        arms = point_back(sentences, scopes, arms, books)
    if trial is not None:
        for known in books.values():
            trial.teach(known)
    sealer = Sealer(document)
    topics = find_topics(document, index, sentences)
    prose = draft_prose(sentences, scopes, arms, books, _leads(document, index), topics=topics, studies=book)
    if not of_tumours(document, mentions):
        for draft, _ in prose:
            if draft.endpoint == "ORR" and "endpoint:befell" in draft.rules:  # "63% responded"
                draft.endpoint = "response"
    records = [r for draft, sentence in prose if (r := sealer.seal(draft, sentence=sentence)) is not None]
    echoes = Echoes(draft for draft, _ in prose)
    for item in draft_tables(document, index, book, books, own):
        echoes.complete(item.draft, whole=item.whole)
        record = sealer.seal(
            item.draft, sentence=None, source=item.source, shown=item.shown, section=item.source, page=item.page
        )
        if record is not None:
            records.append(record)
    ordered = in_order(weigh(records))
    return ordered, account(document, mentions, ordered, index=index)


def _headings(document: Document, index: MentionIndex) -> dict[str, Arm]:
    """The treatment each section is headed by, where its heading names just one."""
    found: dict[str, Arm] = {}
    for paragraph in document.paragraphs:
        if paragraph.kind == "heading":
            arms = find_arms(index.cut(paragraph.span))
            if arms and len({frozenset(a.drugs) for a in arms}) == 1 and arms[0].drugs and not arms[0].broad:
                found[paragraph.section_id] = arms[0]
    return found


def _leads(document: Document, index: MentionIndex) -> dict[int, EndpointMention]:
    """The last endpoint of each list item's lead-in sentence, by paragraph."""
    found: dict[int, EndpointMention] = {}
    for number, paragraph in enumerate(document.paragraphs):
        endpoints = index.cut(paragraph.lead_in).endpoints if paragraph.lead_in is not None else ()
        if endpoints:
            found[number] = endpoints[-1]
    return found
