"""A synthesis and one of its sentences in, whether it tells of methods or of the synthesis's own results out."""

import regex

from extractors.facts.sentence import Contents
from schemas.document import Document, Sentence

RESULTS = regex.compile(r"^[\d.\s]*(?:results|findings)\b", regex.IGNORECASE)
AFTER_RESULTS = regex.compile(
    r"^[\d.\s]*(?:discussion|conclusions?|limitations|strengths|comment|interpretation)\b", regex.IGNORECASE
)
POOLING = regex.compile(r"meta-?\s?analy|pooled analysis", regex.IGNORECASE)


class Zones:
    """The parts of a synthesis of studies; every part of any other document is neither."""

    def __init__(self, document: Document, *, synthesis: bool) -> None:
        self._methods: set[str] = set()
        self._pooled: set[str] = set()
        inside = False
        for section in document.sections if synthesis else ():
            if RESULTS.match(section.heading):
                inside = True
            elif AFTER_RESULTS.match(section.heading) or section.role != "body":
                inside = False
            if section.role == "body" and not section.result_bearing and not inside:
                self._methods.add(section.section_id)
            if inside and POOLING.search(document.title):
                self._pooled.add(section.section_id)

    def methods(self, sentence: Sentence, contents: Contents) -> bool:
        """Whether a sentence of a synthesis tells how studies were found and judged, and not how many of them."""
        within = sentence.role == "body" and sentence.section_id in self._methods
        return within and not any(c.unit == "studies" for c in contents.counts)

    def pooled(self, sentence: Sentence) -> bool:
        """Whether a sentence stands among the results of a meta-analysis, which are its own unless it says whose."""
        return sentence.role == "body" and sentence.section_id in self._pooled
