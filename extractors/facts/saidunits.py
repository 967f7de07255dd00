"""A sentence that says its unit before its values in, the sentence with the unit given to each of them out."""

from extractors.facts.sentence import Contents
from extractors.patterns import Gated

# "The incidence per 100 person-years was 2.13 (...) for A and 3.32 (...) for B".
PER = Gated(
    r"\b(?P<unit>per\s(?:\d[\d, ]*\s)?(?:person|patient|participant|woman|child)s?[-‐‑–\s](?:years?|months?"
    r"|days?))\s?[)\]]?,?\s"
    r"(?:\([^()]*\)\s)?(?:was|were|is|are|of|:)\s"
)


def unit_said_before(contents: Contents) -> Contents:
    """The contents with the unit of a rate, said before a list of bare decimals, written into each."""
    match = PER.search(contents.text)
    if match is None:
        return contents
    start, unit = contents.span.start + match.end(), match["unit"]
    values = []
    going = True
    for value in contents.values:
        bare = value.unit in (None, "") and value.number is not None and value.number.decimals > 0
        if value.span.start >= start and going and not any(i.span.holds(value.span) for i in contents.intervals):
            going = bare
        values.append(
            value.model_copy(update={"unit": unit}) if bare and going and value.span.start >= start else value
        )
    return contents._replace(values=values)
