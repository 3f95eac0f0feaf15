"""Styled codes as PNG: what the file says is what was painted, whatever the rows are filtered by."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageChops
from tests.unit.render.layered import DARK, compose_layers, gradient

from qr_engine.artwork.color import TRANSPARENT, WHITE, Color
from qr_engine.artwork.model import Artwork, Effect
from qr_engine.pipeline.generate import draw_picture
from qr_engine.render import draw
from qr_engine.render.raster.compose import draw_pixels
from qr_engine.request import parse


def shaded(*, size: int = 495, background: Color = WHITE, effects: tuple[Effect, ...] = ()) -> Artwork:
    picture = compose_layers("png", data=gradient("linear", *DARK), eyes=gradient("radial", *DARK), size=size)
    return msgspec.structs.replace(picture, background=background, effects=effects)


@pytest.mark.parametrize("size", [64, 65, 495])
@pytest.mark.parametrize("background", [WHITE, TRANSPARENT], ids=["RGB", "RGBA"])
@pytest.mark.parametrize("kind", [None, "noise"])
def test_the_file_has_the_pixels_that_were_painted(size: int, background: Color, kind: str | None) -> None:
    effects = (Effect("noise", 0.5, seed=b"seed"),) if kind else ()
    picture = shaded(size=size, background=background, effects=effects)
    found, painted = Image.open(BytesIO(draw(picture, "png"))), draw_pixels(picture)
    assert found.mode == painted.mode == ("RGB" if background is WHITE else "RGBA")
    assert found.tobytes() == painted.tobytes()


def test_the_file_says_how_many_pixels_an_inch_has() -> None:
    picture = msgspec.structs.replace(shaded(), dpi=300)
    assert Image.open(BytesIO(draw(picture, "png"))).info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.mark.parametrize("kind", ["linear", "conic"])
def test_layers_of_one_paint_look_as_if_each_was_painted_by_itself(kind: str) -> None:
    paint = gradient("linear" if kind == "linear" else "conic", *DARK)
    together = compose_layers("one paint", data=paint, eyes=paint)
    alone = [msgspec.structs.replace(together, layers=(layer,)) for layer in together.layers]
    apart = ImageChops.darker(*[draw_pixels(each) for each in alone])
    difference = np.asarray(ImageChops.difference(draw_pixels(together), apart))
    # Of the few pixels next to the jump of a turning gradient, some may be on its other side.
    assert (difference > 1).sum() <= 3 * 250


def test_a_picture_with_grain_is_hardly_larger_than_what_pillow_makes_of_it() -> None:
    picture = shaded(effects=(Effect("noise", 0.5, seed=b"seed"),))
    by_pillow = BytesIO()
    draw_pixels(picture).save(by_pillow, "PNG", compress_level=3)
    assert len(draw(picture, "png")) <= 1.15 * len(by_pillow.getvalue())


@pytest.mark.parametrize("form", ["png", "webp", "jpeg", "avif"])
@pytest.mark.parametrize("look", [{}, {"gradient": {"colors": ["#5b2a86", "#0b3d91"]}}], ids=["indexed", "true colour"])
def test_pixels_that_were_read_back_are_those_that_are_printed(form: str, look: dict[str, Any]) -> None:
    fields = {"data": "https://example.com", "format": form, "data_pattern": "rounded", **look}
    read, unread = (draw_picture(parse({**fields, "verify": verify})[1])[0] for verify in (True, False))
    assert read == unread
