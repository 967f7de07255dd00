"""Lines of words come in, runs with one box a printed word go out, words broken at a line's end made whole."""

from collections.abc import Mapping, Sequence

from extractors.document.layout.hyphens import Vocabulary
from schemas.anchor import Box
from schemas.block import Run
from schemas.page import Page, Word


def runs_of(
    lines: Sequence[tuple[int, Sequence[Word]]], *, pages: Mapping[int, Page], vocabulary: Vocabulary
) -> tuple[Run, ...]:
    """Runs of `lines` (page number, words), one a word, each with the blank that follows it."""
    runs: list[Run] = []
    make = tuple.__new__  # a named tuple's own way in takes three times as long, and this is done for every word
    filled = [(number, on_line) for number, on_line in lines if on_line]
    for k, (number, on_line) in enumerate(filled):
        page = pages[number]
        straight = not page.rotation
        end = len(on_line) - 1
        for i, word in enumerate(on_line):
            text = word.text
            if i < end:
                following = on_line[i + 1]
                if not following.glued and not (text[-1:].isupper() and vocabulary.is_one(text, following.text)):
                    text += " "
            elif k + 1 < len(filled):
                following = filled[k + 1][1][0]
                if not _breaks(word, following) and not _slashed(word, following):
                    text += " "
                elif text.endswith("/"):
                    pass
                elif not vocabulary.keeps_hyphen(_whole(on_line), following.text):
                    text = text[:-1]
            at = vocabulary.cut(text) if text and not text.islower() and text[0].islower() else 0
            if at:
                middle = word.x0 + (word.x1 - word.x0) * at / len(word.text)
                head = (number, word.x0, word.top, middle, word.bottom)
                box = make(Box, head) if straight else page.box(*head[1:])
                runs.append(make(Run, (text[:at] + " ", (box,), word.superscript, ())))
                word, text = word._replace(x0=middle), text[at:]
            if text:
                place = (number, word.x0, word.top, word.x1, word.bottom)
                box = make(Box, place) if straight else page.box(*place[1:])
                runs.append(make(Run, (text, (box,), word.superscript, ())))
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


def _slashed(word: Word, following: Word) -> bool:
    """Whether a line ends after the slash of a compound ("F/" + "TDF")."""
    text = word.text
    return len(text) > 1 and text[-1] == "/" and text[-2].isalnum() and following.text[0].isalnum()


def _whole(line: Sequence[Word]) -> str:
    """The last word of a line with the pieces it is glued to."""
    k = len(line) - 1
    text = line[k].text
    while k and line[k].glued:
        k -= 1
        text = line[k].text + text
    return text
