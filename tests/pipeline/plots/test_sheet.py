"""Sheets: the same bytes twice, whatever words they are given, whatever a user set for pictures of their own."""

import io

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from pipeline.plots import FORMATS, Format, Legend, Sheet, draw_forest, draw_map, panels_of, results_of
from pipeline.plots.lettering import width, wrapped
from tests.pipeline.plots.drawn import Drawn
from tests.pipeline.plots.making import finding, flat

HOSTILE = '</title><script>alert("x")</script>&amp;$\\frac{1}{2}$ ]]> \x00\x1b[31m\ud800 \u202e \U0001f9ec 試験'


def picture() -> Sheet:
    record = flat(record_id="a" * 16, study="Study $x$", sentence="A sentence.")
    results = results_of([record, flat(record_id="b" * 16, value=0.4)], [finding(record["record_id"])])
    return draw_forest(panels_of(results), legend=Legend("PFS", "One."))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_marks_give_the_same_bytes(form: Format) -> None:
    first = picture().render(form)
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": "mine", "figure.dpi": 300, "text.usetex": False}):
        assert picture().render(form) == first
    assert picture().render(form) == first


def test_no_time_and_no_program_is_told() -> None:
    for form in FORMATS:
        content = picture().render(form)
        assert b"202" not in content or form == "png"
        assert b"CreationDate" not in content
        assert b"matplotlib" not in content.lower()


def test_a_png_is_as_large_as_its_sheet() -> None:
    sheet = picture()
    with Image.open(io.BytesIO(sheet.render("png"))) as image:
        assert image.size == pytest.approx((sheet.width * 150, sheet.height * 150), abs=1)


def test_ids_of_two_pictures_in_one_page_do_not_meet() -> None:
    sheet = picture()
    first, second = (Drawn(sheet, prefix=prefix).root for prefix in ("a-", "b-"))
    ids = [[element.get("id") for element in root.iter() if element.get("id")] for root in (first, second)]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])
    for root, known in zip((first, second), ids, strict=True):
        links = [element.get("{http://www.w3.org/1999/xlink}href") for element in root.iter()]
        assert {link.removeprefix("#") for link in links if link} <= set(known)


def test_hostile_words_stay_words() -> None:
    record = flat(study=HOSTILE, arm=HOSTILE, sentence=HOSTILE, document=HOSTILE, endpoint=HOSTILE)
    results = results_of([record], [finding(record["record_id"], message=HOSTILE)])
    for sheet in (
        draw_forest(panels_of(results), legend=Legend(HOSTILE, HOSTILE, link='javascript:"x')),
        draw_map(results, title=HOSTILE, subtitle=HOSTILE),
    ):
        for form in FORMATS:
            content = sheet.render(form)
            assert content
        root = etree.fromstring(sheet.render("svg"))
        assert not [element for element in root.iter() if "script" in str(element.tag)]
        assert b"<script" not in sheet.render("svg")
        assert '<script>alert("x")</script>' in "".join(root.itertext())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.text(max_size=200), room=st.floats(0.4, 5))
def test_lines_fit_their_room_and_lose_nothing(text: str, room: float) -> None:
    lines = wrapped(text, size=8, room=room, most=1000)
    assert all(width(line, size=8) <= room or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(wrapped(text, size=8, room=1e9)).replace(" ", "")
