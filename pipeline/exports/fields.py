"""What the normalized tables are: their columns with types, meanings and enumerations, their keys."""

from typing import Literal, NamedTuple, get_args

from pipeline.labels import SHORT
from schemas.block import Role
from schemas.evidence import ArmRole, Site, Statistic, Status, StudyType
from schemas.finding import Check, Severity, Verdict
from schemas.flat import FlatReview
from schemas.run import DocumentStatus

Type = Literal["string", "integer", "number", "boolean", "array", "object"]
Items = Literal["texts", "boxes", "works"]


class Field(NamedTuple):
    """A column; `enum` lists the values it may have, `items` says what an array is made of.

    `known` is a text that is never unknown: a blank one is empty, as "" in `population` is everyone in the study.
    """

    name: str
    type: Type
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    known: bool = False
    items: Items = "texts"


class TableSpec(NamedTuple):
    """A table: one row's meaning, its columns, its primary key, and (columns, table they point into, columns there)."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()


def _one_of(kind: object) -> tuple[str, ...]:
    return get_args(kind)


DOCUMENT = Field("document", "string", "the document's name in this dataset", required=True)
OF_DOCUMENT = ((("document",), "documents", ("document",)),)
OF_STUDY = (*OF_DOCUMENT, (("study_id",), "studies", ("study_id",)))
MARKER = Field("marker", "string", "number or key that citations use", required=True)

DOCUMENTS = TableSpec(
    "documents",
    "one document, also one that could not be read",
    (
        DOCUMENT,
        Field("files", "array", "names of the files that hold it", required=True),
        Field("format", "string", "kind of file", required=True, enum=tuple(SHORT)),
        Field("sha256", "string", "fingerprint of its bytes; blank where the file cannot be opened"),
        Field("status", "string", "read, or why not", required=True, enum=_one_of(DocumentStatus)),
        Field("reason", "string", "what to do where it was not read, or what its records alone would hide", known=True),
        Field("title", "string", "title as printed", known=True),
        Field("pages", "integer", "pages of a PDF, else 0", required=True),
        Field("numbers", "integer", "numbers printed", required=True),
        Field("explained", "integer", "numbers that stand in a record", required=True),
        Field("not_understood", "integer", "numbers that look like results and are in no record", required=True),
        Field("records", "integer", "records found", required=True),
        Field("findings", "integer", "findings", required=True),
        Field("code_version", "string", "program that read it", required=True),
        Field("lexicon_digest", "string", "fingerprint of the vocabulary it was read with", required=True),
    ),
    ("document",),
)

STUDIES = TableSpec(
    "studies",
    "one study as one document names it",
    (
        Field("study_id", "string", "key of the study within the dataset", required=True),
        DOCUMENT,
        Field("study", "string", "fullest printed name", required=True),
        Field("study_alt_names", "array", "other printed names", required=True),
        Field("study_type", "string", "kind of study where the document says", enum=_one_of(StudyType)),
        Field("registry_ids", "array", "registry numbers", required=True),
    ),
    ("study_id",),
    OF_DOCUMENT,
)

_WHO = (
    Field("record_id", "string", "stable over repeated runs", required=True),
    DOCUMENT,
    Field("study_id", "string", "the study in `studies`", required=True),
    Field("study", "string", "fullest printed name of the study", required=True),
    Field("population", "string", "subgroup as printed; blank is everyone in the study", known=True),
    Field("arm", "string", "treatment in its long form; blank is all arms together"),
    Field("arm_role", "string", "role of the arm", enum=_one_of(ArmRole)),
)
_WHERE = (
    Field("source", "string", "text, or the table's label", required=True),
    Field("section", "string", "heading above it", known=True),
    Field("page", "integer", "page, from 1"),
    Field("sentence_id", "string", "sentence or table cell"),
    Field("sentence", "string", "the sentence for people; for a table the cell with its headers", known=True),
    Field("quote", "string", "exact characters of the document's text", required=True),
    Field("quote_start", "integer", "first character of the quote in the text", required=True),
    Field("quote_end", "integer", "character after the quote", required=True),
    Field("value_start", "integer", "first character of the printed number"),
    Field("events_start", "integer", "first character of the printed count"),
    Field("sd_start", "integer", "first character of the printed standard deviation"),
    Field(
        "boxes",
        "array",
        "[page, x0, top, x1, bottom] of the value, points from the page's top left",
        True,
        items="boxes",
    ),
    Field("refs", "array", "citation markers of the statement", required=True),
    Field("cited", "array", "what they resolve to: marker, title, doi, pmid, year", required=True, items="works"),
    Field("rules", "array", "what made the record", required=True),
    Field("confidence", "number", "0 to 1", required=True),
    Field("needs_review", "boolean", "whether a person should look", required=True),
    Field("flags", "array", "why, as codes", required=True),
    Field(
        "review", "string", "a reviewer's latest verdict", enum=get_args(FlatReview.model_fields["verdict"].annotation)
    ),
    Field("reviewer", "string", "who decided"),
    Field("reviewed_at", "string", "when, ISO 8601"),
    Field("correction", "object", "what was corrected; the row has it already"),
)
_WHAT = (
    Field("endpoint", "string", "code, or a term as printed", required=True),
    Field("endpoint_text", "string", "words of the endpoint as printed", known=True),
    Field("event", "string", "name of an adverse event"),
    Field("site", "string", "where in the body", enum=_one_of(Site)),
    Field("timepoint", "string", "landmark"),
    Field("statistic", "string", "what kind of number", required=True, enum=_one_of(Statistic)),
    Field("value", "number", "the number as printed"),
    Field("value_text", "string", "its characters", known=True),
    Field("unit", "string", "unit"),
    Field("status", "string", "whether there is a number, or why not", required=True, enum=_one_of(Status)),
    Field("ci_low", "number", "lower bound; blank where open or not printed"),
    Field("ci_high", "number", "upper bound; blank where open or not printed"),
    Field("ci_open", "string", "which bound of a printed interval is open", enum=("low", "high", "both")),
    Field("ci_level", "number", "95 for a 95% interval; blank where not printed"),
    Field("p", "string", "operator and number: =0.0049, <0.001"),
    Field("n", "number", "denominator"),
)

COHORTS = TableSpec(
    "cohorts",
    "the printed size of one group of people (or studies)",
    (
        *_WHO,
        Field("n", "number", "printed count; blank where only a share is printed"),
        Field("percent", "number", "printed share"),
        Field("unit", "string", "patients or studies"),
        Field("value_text", "string", "its characters", known=True),
        *_WHERE,
    ),
    ("record_id",),
    OF_STUDY,
)
ESTIMATES = TableSpec(
    "estimates",
    "one endpoint's value in one group",
    (
        *_WHO,
        *_WHAT,
        Field("events", "number", "people with the event"),
        Field("percent", "number", "share printed beside a count"),
        *_WHERE,
    ),
    ("record_id",),
    OF_STUDY,
)
COMPARISONS = TableSpec(
    "comparisons",
    "a measure between two groups, or a p-value alone",
    (*_WHO, Field("comparator", "string", "what the arm is compared with"), *_WHAT, *_WHERE),
    ("record_id",),
    OF_STUDY,
)
FINDINGS = TableSpec(
    "findings",
    "one judgement of one check; it says that numbers disagree, never which of them is wrong",
    (
        Field("finding_id", "string", "key of the finding", required=True),
        DOCUMENT,
        Field("check", "string", "family of checks", required=True, enum=_one_of(Check)),
        Field("verdict", "string", "consistent, inconsistent or uncheckable", required=True, enum=_one_of(Verdict)),
        Field("record_ids", "array", "records it is about", required=True),
        Field("study", "string", "study it is about"),
        Field("value", "number", "printed number it is about"),
        Field("printed", "string", "what is printed", known=True),
        Field("expected", "string", "what would agree with it", known=True),
        Field("message", "string", "one sentence for a reviewer", known=True),
        Field("severity", "string", "weight", required=True, enum=_one_of(Severity)),
    ),
    ("document", "finding_id"),
    OF_DOCUMENT,
)
SENTENCES = TableSpec(
    "sentences",
    "one sentence of one document",
    (
        DOCUMENT,
        Field("sentence_id", "string", "key within the document", required=True),
        Field("page", "integer", "page, from 1"),
        Field("section", "string", "role of its section", required=True, enum=_one_of(Role)),
        Field("heading", "string", "heading above it", known=True),
        Field("text", "string", "its words, citation markers left out", known=True),
        Field("start", "integer", "first character in the document's text", required=True),
        Field("end", "integer", "character after it", required=True),
        Field("citations", "array", "citation markers in it", required=True),
    ),
    ("document", "sentence_id"),
    OF_DOCUMENT,
)
REFERENCES = TableSpec(
    "references",
    "one entry of a document's reference list",
    (
        DOCUMENT,
        Field("position", "integer", "place in the list, from 0", required=True),
        MARKER,
        Field("text", "string", "the entry as printed", known=True),
        Field("authors", "string", "authors as printed"),
        Field("title", "string", "title"),
        Field("year", "integer", "year"),
        Field("doi", "string", "DOI"),
        Field("pmid", "string", "PubMed number"),
    ),
    ("document", "position"),
    OF_DOCUMENT,
)
CITATIONS = TableSpec(
    "citations",
    "one reference that one citation marker in the text names",
    (
        DOCUMENT,
        Field("start", "integer", "first character of the printed marker in the text", required=True),
        Field("position", "integer", "which of the marker's references, from 0", required=True),
        Field("end", "integer", "character after the printed marker", required=True),
        MARKER,
        Field("sentence_id", "string", "sentence it stands in"),
    ),
    ("document", "start", "position"),
    OF_DOCUMENT,
)

TABLES = (DOCUMENTS, STUDIES, COHORTS, ESTIMATES, COMPARISONS, FINDINGS, SENTENCES, REFERENCES, CITATIONS)
