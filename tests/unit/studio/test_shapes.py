from __future__ import annotations

from typing import get_args
from xml.etree import ElementTree

import pytest

from qr_engine.artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape
from qr_engine.studio.shapes import draw_shapes

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {
    "data_pattern": DataPattern,
    "eye_shape": EyeShape,
    "eye_border_style": EyeBorderStyle,
    "eye_center_style": EyeCenterStyle,
}


def drawn() -> dict[str, str]:
    root = ElementTree.fromstring(draw_shapes())
    found = {}
    for symbol in root:
        assert symbol.tag == f"{SVG}symbol"
        (path,) = symbol
        found[symbol.attrib["id"]] = path.attrib["d"]
    return found


@pytest.mark.parametrize("field", WORDS)
def test_every_word_has_a_picture_unlike_the_others(field: str) -> None:
    found = {name: path for name, path in drawn().items() if name.startswith(f"{field}-")}
    assert set(found) == {f"{field}-{word}" for word in get_args(WORDS[field])}
    # A dot and a circle are one centre in small.
    assert len(set(found.values())) >= len(found) - (field == "eye_center_style")


def test_they_are_the_same_each_time() -> None:
    assert draw_shapes() == draw_shapes()
