"""A document and its mentions in, its records and an account of its numbers out."""

from extractors.facts.additions import spread_additions
from extractors.facts.arms import find_arms
from extractors.facts.confidence import weigh
from extractors.facts.coverage import account
from extractors.facts.designs import learn_designs, treatments_of_headings
from extractors.facts.echoes import Echoes
from extractors.facts.prose import draft_prose, learn_books
from extractors.facts.scope import scope_sentences
from extractors.facts.sealing import Sealer, in_order
from extractors.facts.sentence import MentionIndex, cut_sentences
from extractors.facts.studybook import StudyBook
from extractors.facts.subject import name_responses, name_subject, of_tumours
from extractors.facts.synthesis import own_study
from extractors.facts.tables import draft_tables
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
    if trial is None:
        arms, books = learn_designs(
            document, index, sentences, scopes, arms, studies=book, own=own, abbreviations=mentions.abbreviations
        )
    else:
        sentences = [(s, count_beside(c, named)) for (s, c), named in zip(sentences, arms, strict=True)]
        # No arm is learnt from how a sentence sets its arms: the trial knows which of them is the control.
        books = learn_books(sentences, scopes, [[] for _ in arms], treatments_of_headings(document, index))
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


def _leads(document: Document, index: MentionIndex) -> dict[int, EndpointMention]:
    """The last endpoint of each list item's lead-in sentence, by paragraph."""
    found: dict[int, EndpointMention] = {}
    for number, paragraph in enumerate(document.paragraphs):
        endpoints = index.cut(paragraph.lead_in).endpoints if paragraph.lead_in is not None else ()
        if endpoints:
            found[number] = endpoints[-1]
    return found
