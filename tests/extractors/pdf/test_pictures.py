"""Pictures of pages: size, cut, direction, and what cannot be drawn."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from extractors.pdf import picture
from schemas.anchor import Box

BLACK = "0 g 100 150 40 20 re f"  # on a page of 400 by 300: from (100, 130) to (140, 150) counted from the top


def image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def dark(data: bytes) -> tuple[int, int, int, int] | None:
    """The rectangle over all that is not white."""
    return image(data).convert("L").point(lambda value: 255 - value).getbbox()


def test_a_page_is_drawn_at_its_scale(pdf: Callable[..., bytes]) -> None:
    drawn = picture(pdf(BLACK), page=1, scale=2)
    assert image(drawn).size == (800, 600)
    assert dark(drawn) == (200, 260, 280, 300)


def test_a_box_cuts_out_its_part(pdf: Callable[..., bytes]) -> None:
    drawn = picture(pdf(BLACK), page=1, scale=2, box=Box(1, 90, 120, 150, 160))
    assert image(drawn).size == (120, 80)
    assert dark(drawn) == (20, 20, 100, 60)


def test_a_box_beyond_the_page_is_cut_to_it(pdf: Callable[..., bytes]) -> None:
    assert image(picture(pdf(BLACK), page=1, scale=1, box=Box(1, 350, -20, 450, 30))).size == (50, 30)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_page_is_drawn_as_its_boxes_are_counted_unrotated(pdf: Callable[..., bytes], rotate: int) -> None:
    assert dark(picture(pdf(BLACK, rotate=rotate), page=1, scale=1)) == (100, 130, 140, 150)


def test_the_same_page_gives_the_same_bytes(pdf: Callable[..., bytes]) -> None:
    assert picture(pdf(BLACK), page=1, scale=1.3) == picture(pdf(BLACK), page=1, scale=1.3)


@pytest.mark.parametrize(("page", "box"), [(0, None), (2, None), (1, Box(1, 500, 500, 600, 600))])
def test_what_is_not_there_cannot_be_drawn(pdf: Callable[..., bytes], page: int, box: Box | None) -> None:
    with pytest.raises(ValueError, match="page"):
        picture(pdf(BLACK), page=page, scale=1, box=box)
