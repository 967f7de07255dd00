"""The blocks of a plain text in, the same with paragraphs that are the items of a list told out."""

from extractors.plain.stretch import ends_sentence
from schemas.block import Block

_LEAST_WORDS = 6  # "Evidence (ipilimumab):" is a label; a lead-in is a sentence
_LONGEST_ITEM = 450  # characters


def tell_items(blocks: list[Block]) -> list[Block]:
    """`blocks` with short paragraphs behind a paragraph that ends in a colon as list items.

    Text that was copied from a page loses the marks of its lists; what is left is the colon and the short
    paragraphs behind it.
    """
    told: list[Block] = []
    led = clauses = False
    for block in blocks:
        if led and block.kind == "paragraph" and _is_item(block):
            block = block._replace(kind="list_item", level=1)
            clauses = clauses or block.text.endswith((";", "or", "and"))
            led = not (clauses and block.text.endswith("."))  # "a; b; or c." ends its list itself
        else:
            words = block.text.rstrip("* ")
            clauses = False
            led = block.kind == "paragraph" and words.endswith(":") and len(words.split()) >= _LEAST_WORDS
        told.append(block)
    return told


def _is_item(block: Block) -> bool:
    text = block.text
    ends = ends_sentence(text) or text.endswith(("or", "and"))
    return len(text) <= _LONGEST_ITEM and ends and not text.startswith("**") and not text.rstrip("* ").endswith(":")
