"""A row of a table of harms in, its harm in the row's own words out: what no vocabulary knows is a harm there too."""

import regex

from extractors.facts.headwords import name_outcome
from extractors.facts.rows import Frame, Row
from extractors.facts.sentence import Contents

_HARMS = r"(?:adverse|side[- ]effects?|toxicit(?:y|ies)|tolerability|harms)"
# A caption that tells of harms alone, and the header of a column of them.
CAPTION = regex.compile(
    r"^\W*(?:Table\s\w?\d+[.:]?\s?)?(?:(?:the|most|more|common\w*|frequent\w*|reported|selected|main|key"
    r"|incidences?|severity|frequenc(?:y|ies)|rates?|numbers?|of|and|or|to|in|with|emergent"
    r"|\S+[- ]?(?:emergent|related)|serious|severe|any|grades?|higher|summary|overview|patients|all|\W*\d\S*)\s)*"
    rf"{_HARMS}\b",
    regex.IGNORECASE,
)
OTHERS = regex.compile(
    r"\b(?:efficacy|outcomes|results|response|survival|characteristics|studies|trials|recommend\w*"
    r"|management|risk factors)\b",
    regex.IGNORECASE,
)
HEADER = regex.compile(
    r"^\W*(?:(?:most\s)?(?:common|frequent)\s|treatment[- ](?:related|emergent)\s|any\s|serious\s|grade\s\S+\s"
    rf"|type\sof\s)*{_HARMS}\b",
    regex.IGNORECASE,
)
# What tables of harms tell beside them under a name of its own, and how many had any.
KEPT = regex.compile(
    r"\b(?:death|died|mortality|surviv\w+|discontinu\w+|withdr\w+|patients|participants|total|events?|dose|follow-up|exposure|wom[ae]n|men|incidence|rates?|ratio)\b",
    regex.IGNORECASE,
)
TIMED = regex.compile(r"^(?:during|in|at|within|after)\b", regex.IGNORECASE)  # of the harm above, at a time


def of_harms(caption: Contents | None, lead: str) -> bool:
    """Whether a table lists harms: its caption speaks of them and of nothing else, or the column of its rows does."""
    told = caption is not None and CAPTION.search(caption.text) is not None and OTHERS.search(caption.text) is None
    return told or HEADER.match(lead) is not None


def name_harm(row: Row, contents: Contents, frame: Frame) -> None:
    """Make what a row of a table of harms names its harm, whatever it is elsewhere."""
    words = " ".join(contents.text.split())
    measured = row.meaning.role == "people" or row.meaning.measure is not None
    if not frame.harms or not row.outside or measured or KEPT.search(words) or TIMED.match(words):
        return
    own = row.meaning.endpoint
    if own is not None and own.code == "AE" and own.span.overlaps(contents.span):
        return
    named = name_outcome(words, contents.span)
    if named is not None and not row.arms:
        row.meaning.endpoint = named.model_copy(update={"code": "AE"})
        row.group = row.population = ""
