"""One document's records as the checks see them, by kind and by sentence, and the findings made of them."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.document import Document, Sentence
from schemas.evidence import Cohort, Comparison, Estimate
from schemas.finding import Check, Finding, Severity, Verdict
from schemas.lexicon import Lexicon
from schemas.number import Number
from schemas.record import Coverage, Record


@dataclass(frozen=True)
class Case:
    """The records of one document and the document itself; every family of checks takes one.

    `lexicon` tells which words of a title are drugs; without it no title contradicts a study by its drugs.
    `coverage` tells which numbers are in no record; without it none is said to be left over.
    """

    records: Sequence[Record]
    document: Document
    lexicon: Lexicon | None = None
    coverage: Coverage | None = None

    @cached_property
    def cohorts(self) -> list[tuple[Record, Cohort]]:
        """Cohort records with their facts, in the order given; so are `estimates` and `comparisons`."""
        return [(record, record.fact) for record in self.records if isinstance(record.fact, Cohort)]

    @cached_property
    def estimates(self) -> list[tuple[Record, Estimate]]:
        return [(record, record.fact) for record in self.records if isinstance(record.fact, Estimate)]

    @cached_property
    def comparisons(self) -> list[tuple[Record, Comparison]]:
        return [(record, record.fact) for record in self.records if isinstance(record.fact, Comparison)]

    @cached_property
    def effects(self) -> list[tuple[Record, Estimate | Comparison]]:
        """Estimates and comparisons together, in the order given."""
        return [(record, record.fact) for record in self.records if isinstance(record.fact, (Estimate, Comparison))]

    @cached_property
    def by_sentence(self) -> dict[str, list[Record]]:
        """Records of running text by their sentence, in the order given."""
        grouped: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            if record.provenance.source == "text":
                grouped[record.provenance.sentence_id].append(record)
        return dict(grouped)

    @cached_property
    def _sentences(self) -> dict[str, Sentence]:
        return {sentence.sentence_id: sentence for sentence in self.document.sentences}

    def sentence(self, record: Record) -> Sentence | None:
        """The sentence of running text a record stands in; None for a table cell."""
        if record.provenance.source != "text":
            return None
        return self._sentences.get(record.provenance.sentence_id)

    def before(self, position: int, *, width: int) -> str:
        """Up to `width` characters of the text before a position, citation markers blanked."""
        return self.document.reading[max(position - width, 0) : max(position, 0)]

    def state(
        self,
        check: Check,
        verdict: Verdict,
        records: Sequence[Record],
        *,
        about: Number | None,
        message: str,
        printed: str = "",
        expected: str = "",
        severity: Severity = "note",
        aspect: str = "",
        study: str | None = "",
    ) -> Finding:
        """A finding on `records`, of which the first is what it is about; none where a study has no record.

        `study` is that of the first record where none is given.
        Its id hashes file, check, records, value and `aspect`. `aspect` tells apart two findings of one check on the
        same records; it is a code, so that rewording a message leaves the id alone.
        """
        ids = tuple(record.record_id for record in records)
        value = None if about is None else float(about.value)
        key = "|".join((self.document.source.sha256, check, *ids, repr(value), aspect))
        return Finding(
            finding_id=hashlib.sha256(key.encode()).hexdigest()[:16],
            document=self.document.source.stem,
            check=check,
            verdict=verdict,
            record_ids=ids,
            study=records[0].fact.group.study.name if study == "" else study,
            value=value,
            printed=printed,
            expected=expected,
            message=message,
            severity=severity,
        )


Family = Callable[[Case], Iterable[Finding]]
Findings = Iterator[Finding]


def position(record: Record) -> int:
    """Where a record's number stands in the document's text."""
    start = record.provenance.value_start
    return record.provenance.quote.span.start if start is None else start
