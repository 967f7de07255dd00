"""What the keys do: shown by `?`, and bound in the pages by the same letters."""

from typing import NamedTuple


class Key(NamedTuple):
    """A key and what it does."""

    key: str
    does: str


KEYS: dict[str, tuple[Key, ...]] = {
    "Deciding": (
        Key("a", "accept, and on to the next"),
        Key("r", "reject, and on to the next"),
        Key("c", "correct fields"),
        Key("m", "add a missed record from this sentence"),
        Key("e", "write a reason"),
        Key("u", "undo your last decision"),
    ),
    "Moving": (
        Key("j", "next record, sentence or row"),
        Key("k", "the one before"),
        Key("Enter", "open the row in focus"),
        Key("q", "queue"),
        Key("d", "documents"),
        Key("t", "text of this document"),
        Key("w", "double review"),
        Key("p", "progress"),
    ),
    "Looking": (
        Key("+", "larger page"),
        Key("-", "smaller page"),
        Key("0", "page as wide as its place"),
        Key("[", "page before"),
        Key("]", "page after"),
        Key("f", "back to the value"),
        Key("n", "next number left over, in a document's text"),
        Key("/", "filters"),
        Key("?", "these keys"),
        Key("Esc", "leave a field; once more: leave the form"),
    ),
}
