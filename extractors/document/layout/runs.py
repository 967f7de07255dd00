"""Lines of words come in, runs with one box a printed word go out, words broken at a line's end made whole."""

from collections.abc import Mapping, Sequence

from extractors.document.layout.hyphens import Vocabulary
from schemas.block import Run
from schemas.page import Page, Word


def runs_of(
    lines: Sequence[tuple[int, Sequence[Word]]], *, pages: Mapping[int, Page], vocabulary: Vocabulary
) -> tuple[Run, ...]:
    """Runs of `lines` (page number, words), one a word, each with the blank that follows it."""
    runs: list[Run] = []
    words = [(number, word, i == 0) for number, on_line in lines for i, word in enumerate(on_line)]
    for k, (number, word, _) in enumerate(words):
        after = words[k + 1] if k + 1 < len(words) else None
        text = word.text
        if after is not None:
            _, following, new_line = after
            if new_line and _breaks(word, following):
                if not vocabulary.keeps_hyphen(_whole(words, k), following.text):
                    text = text[:-1]
            elif new_line or not following.glued:
                text += " "
        if text:
            box = pages[number].box(word.x0, word.top, word.x1, word.bottom)
            runs.append(Run(text, (box,), word.superscript))
    return tuple(runs)


def _breaks(word: Word, following: Word) -> bool:
    """Whether `word` ends in a hyphen that ties it to the first word of the next line."""
    text = word.text
    return (
        len(text) > 1
        and text.endswith("-")
        and text[-2].isalnum()
        and (following.text[0].isalnum() or following.text[0] in "(")
    )


def _whole(words: Sequence[tuple[int, Word, bool]], k: int) -> str:
    """The word at `k` with the pieces it is glued to."""
    text = words[k][1].text
    while k and words[k][1].glued and not words[k][2]:
        k -= 1
        text = words[k][1].text + text
    return text
