"""Tiles that touch, as an SVG has them and as another program shows them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import msgspec
import numpy as np
import pytest
from PIL import Image
from tests.unit.render.independent import draw_svg
from tests.unit.render.layered import compose_layers, square

from qr_engine.artwork.color import BLACK
from qr_engine.artwork.model import Layer, Tiles
from qr_engine.render import draw


@pytest.mark.parametrize("width", [47, 101, 333])
def test_no_seams_show_between_tiles_at_a_fractional_scale(width: int) -> None:
    solid = compose_layers("solid", margin=0)
    side = solid.symbol.size
    tiles = Tiles((square(0, 0, 1, 1),), tuple((x, y, 0) for y in range(side) for x in range(side)))
    solid = msgspec.structs.replace(solid, layers=(Layer("data", tiles, BLACK),))
    inner = draw_svg(draw(solid, "svg"), width).crop((1, 1, width - 1, width - 1)).convert("L")
    assert inner.getextrema() == (0, 0)


def test_tiles_that_touch_are_one_outline_in_svg() -> None:
    picture = compose_layers("joined")
    row = Tiles((square(0, 0, 1, 1),), ((1, 1, 0), (2, 1, 0), (3, 1, 0), (3, 2, 0)))
    path = ET.fromstring(draw(msgspec.structs.replace(picture, layers=(Layer("data", row, BLACK),)), "svg"))[-1]
    assert path.attrib["d"] == "m1 1h3v2h-1v-1h-2z"


def test_tiles_that_touch_at_a_corner_only_are_both_whole() -> None:
    picture = compose_layers("corner", size=330)
    corner = Tiles((square(0, 0, 1, 1),), ((1, 1, 0), (2, 2, 0), (2, 0, 0)))
    image = draw_svg(draw(msgspec.structs.replace(picture, layers=(Layer("data", corner, BLACK),)), "svg"))
    dark = np.asarray(image.convert("L").resize((33, 33), Image.Resampling.BOX)) == 0
    assert {(int(x), int(y)) for y, x in np.argwhere(dark)} == {(1, 1), (2, 2), (2, 0)}
