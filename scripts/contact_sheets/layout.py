"""Codes in rows, each with its name below."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from qr_engine.artwork import Artwork
from qr_engine.render import draw

__all__ = ["sheet"]

COLUMNS = 4
GAP = 24
LABEL = 34
FONT_SIZE = 18


def sheet(codes: list[tuple[str, Artwork]], side: int) -> Image.Image:
    """All the codes in rows, each `side` pixels wide, with its name below."""
    cell, step = side + GAP, side + GAP + LABEL
    rows = -(-len(codes) // COLUMNS)
    picture = Image.new("RGB", (GAP + COLUMNS * cell, GAP + rows * step), "#eceff1")
    pen = ImageDraw.Draw(picture)
    for number, (name, artwork) in enumerate(codes):
        left, top = GAP + number % COLUMNS * cell, GAP + number // COLUMNS * step
        with Image.open(io.BytesIO(draw(artwork, "png"))) as drawn:
            shown = drawn.convert("RGBA")
        picture.paste(shown, (left + (side - shown.width) // 2, top + (side - shown.height) // 2), shown)
        pen.text((left + side / 2, top + side + LABEL / 2), name, fill="#263238", font=_font(name, side), anchor="mm")
    return picture


def _font(name: str, side: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the largest size in which the name is no wider than its code."""
    usual = ImageFont.load_default(size=FONT_SIZE)
    return ImageFont.load_default(size=min(FONT_SIZE, FONT_SIZE * side / usual.getlength(name)))
