from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from qr_engine.errors import InvalidRequest
from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import parse

DATA = "https://example.com"


def draw(format_name: str, **fields: Any) -> Image.Image:
    body, _ = draw_picture(parse({"data": DATA, "format": format_name, **fields})[1])
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


def pixels(image: Image.Image) -> Any:
    return np.asarray(image.convert("RGBA")).astype(int)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"colors": {"foreground": "#123456", "background": "#fedcba"}},
        {"colors": {"background": "transparent"}},
        {"data_pattern": "rounded", "colors": {"eye_center": "red"}},
        {"size": 64, "margin": 0},
    ],
)
def test_few_colours_are_those_of_a_png(fields: dict[str, Any]) -> None:
    gif, png = pixels(draw("gif", **fields)), pixels(draw("png", **fields))
    seen = gif[..., 3] > 0
    assert (seen == (png[..., 3] > 0)).all()
    assert (gif[seen] == png[seen]).all()


def test_a_plain_code_has_a_palette_of_its_two_colours() -> None:
    image = draw("gif")
    assert (image.format, image.mode, len(image.getcolors() or ())) == ("GIF", "P", 2)


@pytest.mark.parametrize(
    "fields",
    [
        {"gradient": {"colors": ["#5b2a86", "#0b3d91"]}, "data_pattern": "rounded"},
        {"gradient": {"type": "conic", "colors": ["navy", "teal", "purple"]}},
        {"effects": [{"type": "shadow"}]},
        {"effects": [{"type": "vintage"}]},
    ],
)
def test_many_colours_become_the_nearest(fields: dict[str, Any]) -> None:
    gif, png = pixels(draw("gif", **fields)), pixels(draw("png", **fields))
    assert np.abs(gif - png)[..., :3].mean() < 3
    assert np.abs(gif - png)[..., :3].max() < 40


@pytest.mark.parametrize("pattern", ["dots", "star", "wave"])
def test_it_is_read_with_a_transparent_background(pattern: str) -> None:
    image = draw("gif", data_pattern=pattern, colors={"background": "transparent"})
    page = Image.new("RGBA", image.size, "white")
    page.alpha_composite(image.convert("RGBA"))
    (found,) = zxingcpp.read_barcodes(page.convert("L"))
    assert found.text == DATA
    assert set(np.unique(pixels(image)[..., 3])) == {0, 255}


def test_a_colour_that_lets_something_through_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="GIF does not support"):
        parse({"data": DATA, "format": "gif", "colors": {"foreground": "#000000c0"}})


def test_the_same_request_gives_the_same_bytes() -> None:
    canonical = parse({"data": DATA, "format": "gif", "gradient": {"colors": ["navy", "teal"]}})[1]
    assert draw_picture(canonical)[0] == draw_picture(canonical)[0]
