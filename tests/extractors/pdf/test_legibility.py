"""Mojibake is told from languages, tables and formulas."""

import pytest

from extractors.pdf.legibility import garbled

ENGLISH = (
    "The median overall survival of the patients was longer in the group that was given the drug than in the other. "
)
PORTUGUESE = (
    "A ablação por campo pulsado não é inferior à ablação por radiofrequência em doentes com fibrilação auricular. "
)
CHINESE = "公司 在 报告 期 内 的 营业 收入 为 人民币 元 比 上年 同期 增长 百分之 十 "
TABLE = "45 49 291 78 82 15 65.9% 5.5 13.3 11.3 [12] [13] HR 0.58 (0.35–0.96) NR NA "


@pytest.mark.parametrize(
    "text", [ENGLISH, PORTUGUESE, CHINESE, TABLE], ids=["English", "Portuguese", "Chinese", "table"]
)
def test_what_can_be_read(text: str) -> None:
    assert not garbled((text * 5).split())


@pytest.mark.parametrize(
    "text",
    [
        "Ê¾»ÅºÅÈ·ÄÊ¿É·Æ¾»ÈÅÃÅÄ»Ƒ·È»»ÉÉ»ÄÊ¿·Â¼ÅÈ¿ÄÉ»¹ÊÅÂ¼·¹Ê¿ÅÄ ",
        "\x11\x13\x12 \x04\x15 \x05ab\x06 \x07\x11\x12c ",
        "(cid:12)(cid:7) (cid:44) ",
    ],
    ids=["shifted", "controls", "cid"],
)
def test_what_cannot(text: str) -> None:
    assert garbled((text * 20).split())
