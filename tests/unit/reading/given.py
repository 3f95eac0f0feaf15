"""Pictures of symbols, and what cameras and programs make of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from qr_engine.reading import Reading, ReadSymbol, read
from qr_engine.symbol import encode
from qr_engine.symbol.model import Symbol

__all__ = ["draw", "encoded", "photographed", "read_image", "the_symbol"]


def draw(symbol: Symbol | str, *, pixels: int = 5, margin: int = 4, **options: Any) -> Image.Image:
    """A symbol in grey, a text as the one that the service makes of it."""
    made = encode(symbol, **options) if isinstance(symbol, str) else symbol
    stride = made.size + 4
    bits = f"{made.matrix:0{made.size * stride}b}"
    rows = np.array([int(bit) for bit in bits], dtype=np.uint8).reshape(made.size, stride)[:, : made.size]
    picture = np.pad(np.where(rows, 0, 255).astype(np.uint8), margin, constant_values=255)
    return Image.fromarray(picture.repeat(pixels, 0).repeat(pixels, 1))


def encoded(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a file."""
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photographed(image: Image.Image, seed: int = 1, quality: int = 60) -> bytes:
    """A JPEG of the picture on a table, from the side, out of focus, in uneven light, with grain."""
    source = np.random.default_rng(seed)
    side = 900
    table = Image.new("L", (side, side), 90)
    table.paste(image.resize((420, 420), Image.Resampling.BICUBIC), (230, 210))
    lean = source.uniform(-1, 1, 4)
    coefficients = (
        1 + 0.1 * lean[0], 0.12 * lean[1], -40 * lean[1], 0.1 * lean[2], 1 + 0.1 * lean[3], -40 * lean[2],
        0.0002 * lean[0], 0.0002 * lean[3],
    )  # fmt: skip
    seen = table.transform((side, side), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    seen = seen.rotate(source.uniform(0, 360), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.5))
    light = np.linspace(0.6, 1, side)[:, None] * np.linspace(1, 0.8, side)[None, :]
    pixels = np.asarray(seen) * light + source.normal(0, 10, (side, side))
    grey = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return encoded(grey.convert("RGB"), "JPEG", quality=quality)


def read_image(image: Image.Image, form: str = "PNG", **options: Any) -> Reading:
    """What is read from a picture."""
    return read(encoded(image, form, **options))


def the_symbol(reading: Reading) -> ReadSymbol:
    """The one symbol that there is."""
    (symbol,) = reading.symbols
    return symbol
