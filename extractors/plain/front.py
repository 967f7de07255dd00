"""The blocks of a plain text in, the same with title, front matter and abstract told from the body out."""

import re

from extractors.plain.shapes import opens_labelled
from extractors.plain.stretch import ends_sentence
from schemas.block import Block

_ABSTRACT = re.compile(r"[#*\s]*(?:abstract|summary)[*:.\s]*", re.IGNORECASE)
_KEYWORDS = re.compile(r"\**key\s?words?\**\s*[:—–]", re.IGNORECASE)
_NO_TITLE = re.compile(r"@|https?://|©|\bdoi\b|correspond|copyright|received", re.IGNORECASE)
_WORDS_OF_PROSE = 40
_WORDS_OF_SENTENCE = 12
_LONGEST_TITLE = 45  # words
_FEW = 30  # blocks; a front that long is none


def tell_front(blocks: list[Block]) -> list[Block]:
    """`blocks` with kind title, front, and role abstract where they stand before the body."""
    body = next((i for i, block in enumerate(blocks[:_FEW]) if _opens_text(block)), 0)
    if blocks[body].kind == "heading" and not _ABSTRACT.fullmatch(blocks[body].text):
        # Without an abstract the text may begin, unannounced, before its first heading.
        body = next((i for i, block in enumerate(blocks[:body]) if _is_prose(block, _WORDS_OF_SENTENCE)), body)
    told = [_as_front(block) for block in blocks[:body]]
    title = next((i for i, block in enumerate(told[:8]) if _is_title(block)), None)
    if title is not None:
        told[title] = told[title]._replace(kind="title", role="title")
    rest = blocks[body:]
    for i, block in enumerate(rest):
        if block.kind == "heading" and not _ABSTRACT.fullmatch(block.text):
            break
        if block.kind == "paragraph" and _KEYWORDS.match(block.text):
            rest[i] = _as_front(block)
        elif block.kind == "paragraph" and opens_labelled(block.text):
            rest[i] = block._replace(role="abstract")
    return told + rest


def _opens_text(block: Block) -> bool:
    """Whether abstract or body begin here: their heading, a labelled paragraph, or running text."""
    if block.kind == "heading":
        return _ABSTRACT.fullmatch(block.text) is not None or block.text[0] in "#0123456789"
    labelled = block.kind == "paragraph" and opens_labelled(block.text)
    return labelled or _is_prose(block, _WORDS_OF_PROSE)


def _is_prose(block: Block, least: int) -> bool:
    """Whether the block is a paragraph of at least so many words, most of them in lower case, that ends as one."""
    if block.kind != "paragraph" or block.role == "table" or _NO_TITLE.search(block.text):
        return False
    words = block.text.split()
    return len(words) >= least and sum(word.islower() for word in words) > len(words) // 2 and ends_sentence(block.text)


def _as_front(block: Block) -> Block:
    return block._replace(kind="front", role="front", level=0)


def _is_title(block: Block) -> bool:
    words = block.text.split()
    if _NO_TITLE.search(block.text) or block.text.endswith((".", ",", ";")):
        return False
    return 5 <= len(words) <= _LONGEST_TITLE and block.text.count(",") < 5
