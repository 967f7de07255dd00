"""A picture's SVG in, what stands in it out: its groups with tooltips and marks, its words, its ids."""

from typing import Any, NamedTuple

from lxml import etree

from pipeline.plots import Sheet

SVG = "{http://www.w3.org/2000/svg}"


class Mark(NamedTuple):
    """A named group: its tooltip, its words, its colours and where a link leads."""

    tip: str
    words: list[str]
    styles: list[str]
    link: str | None
    element: Any


class Drawn:
    """An SVG taken apart."""

    def __init__(self, sheet: Sheet, **options: Any) -> None:
        self.root = etree.fromstring(sheet.render("svg", **options))
        self.words = [element.text or "" for element in self.root.iter(f"{SVG}text")]
        self.marks = {group.get("id"): self._mark(group) for group in self.root.iter(f"{SVG}g") if group.get("id")}

    def _mark(self, group: Any) -> Mark:
        parent = group.getparent()
        return Mark(
            tip=group.findtext(f"{SVG}title"),
            words=[element.text or "" for element in group.iter(f"{SVG}text")],
            styles=[element.get("style", "") for element in group.iter()],
            link=parent.get("href") if parent.tag == f"{SVG}a" else None,
            element=group,
        )

    def of(self, record: dict[str, Any]) -> Mark:
        """The row of a record in a forest plot."""
        return self.marks[f"record-{record['record_id']}"]

    def lines(self, record: dict[str, Any]) -> list[list[float]]:
        """End points (x0, y0, x1, y1) of the straight lines in a record's row."""
        found = []
        for path in self.of(record).element.iter(f"{SVG}path"):
            numbers = [
                float(word) for word in path.get("d").split() if word.replace(".", "").replace("-", "").isdigit()
            ]
            if len(numbers) == 4:
                found.append(numbers)
        return found
