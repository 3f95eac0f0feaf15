"""Scores of known pictures: what other decoders lose has the low ones."""

from __future__ import annotations

from typing import Any

import pytest

from qr_engine.pipeline.generate import draw_picture, plan
from qr_engine.request import parse
from qr_engine.scan import ScanReport

TEXT = "https://example.com/menu/table"
INVERTED = {"foreground": "white", "background": "black"}


def scan_of(**style: Any) -> ScanReport:
    return draw_picture(parse({"data": TEXT, "format": "png", **style})[1])[1].scan


@pytest.mark.parametrize("pattern", ["dots", "rounded", "classy", "mosaic"])
def test_patterns_in_black_are_as_good_as_plain_codes(pattern: str) -> None:
    scan = scan_of(data_pattern=pattern)
    assert scan.score is not None
    assert scan.score >= 88
    assert not scan.estimated


@pytest.mark.parametrize(
    ("style", "most"),
    [
        ({"effects": [{"type": "blur", "intensity": 100}]}, 50),
        ({"effects": [{"type": "glow", "intensity": 100}]}, 50),
        ({"effects": [{"type": "vintage", "intensity": 100}]}, 88),
        ({"data_pattern": "dots", "colors": {"foreground": "#949494"}}, 50),
        ({"data_pattern": "dots", "colors": INVERTED}, 34),
        ({"colors": {"foreground": "#949494"}}, 50),
        ({"colors": INVERTED}, 34),
    ],
    ids=["blur", "glow", "vintage", "pale", "inverted", "plain and pale", "plain and inverted"],
)
def test_what_other_decoders_lose_has_a_low_score(style: dict[str, Any], most: int) -> None:
    scan = scan_of(**style)
    assert scan.score is not None
    assert scan.score <= most
    assert scan.worst_condition is not None


def test_a_plain_code_in_colours_is_estimated_and_one_in_black_is_not() -> None:
    assert scan_of(colors={"foreground": "navy"}).estimated
    plain = scan_of()
    assert (plain.score, plain.estimated) == (None, False)


def test_a_style_is_not_estimated_before_it_is_drawn() -> None:
    _, scan = plan(parse({"data": TEXT, "data_pattern": "dots", "colors": {"foreground": "navy"}})[1])
    assert (scan.score, scan.estimated) == (None, False)


def test_the_score_is_the_share_of_the_conditions_of_a_camera() -> None:
    scan = scan_of(colors={"foreground": "#8a8a8a"}, data_pattern="rounded")
    counted = [each for each in scan.conditions if each.name not in ("as_it_is", "reduced", "dark_on_light")]
    assert len(counted) == 8
    assert scan.score == round(100 * sum(each.passed for each in counted) / 8)
