"""Simulate how a phone's camera sees a code in hard conditions, one function for each condition.

Each condition is as strong as zxing-cpp still reads plain codes of every version in it, so weaker codes fail it.
Nothing is random: the same picture gives the same results in every process.
"""

from __future__ import annotations

from functools import cache
from hashlib import shake_256
from math import pi, sin
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CONDITIONS", "WORKING_MODULE_PIXELS", "photograph", "read_in_conditions"]

WORKING_MODULE_PIXELS: Final = 4
"""Enough pixels for a condition to look as it does at larger sizes, and few enough to be fast."""

# Modules of white page around the code. A picture with a dark edge is harder to read on it.
_PAGE: Final = 4
_WHITE: Final = 255

_DIM: Final = (20, 70)
_DIM_GRAIN: Final = 7
_GRAIN: Final = 48
_GLARE: Final = 190
_SHADE: Final = 0.6
_BLUR: Final = 0.43
_FAR_MODULE_PIXELS: Final = 2
_STRIPES: Final = 0.25
_STRIPE_MODULES: Final = 1.8
_TURN_DEGREES: Final = 15
_TURN_BLUR: Final = 0.41
_TURN_GRAIN: Final = 7
_TURN_LIGHT: Final = 0.7


def photograph(grey: Image.Image, module_pixels: float) -> Image.Image:
    """Put a grey picture on a white page at `WORKING_MODULE_PIXELS` a module; all conditions start from that.

    Parameters
    ----------
    grey
        The code with its quiet zone, mode ``L``.
    module_pixels
        Side of a module in `grey`.
    """
    factor = WORKING_MODULE_PIXELS / module_pixels
    if factor != 1:
        size = max(1, round(grey.width * factor)), max(1, round(grey.height * factor))
        grey = grey.resize(size, Image.Resampling.BOX)
    return ImageOps.expand(grey, _PAGE * WORKING_MODULE_PIXELS, _WHITE)


def read_in_conditions(photo: Image.Image, read: Callable[[Image.Image], bool]) -> dict[str, bool]:
    """Return for each of `CONDITIONS` whether `read` reads the picture in it.

    Parameters
    ----------
    photo
        The picture, as `photograph` returns it.
    """
    return {name: read(show(photo)) for name, show in CONDITIONS.items()}


def _dim(photo: Image.Image) -> Image.Image:
    return _add_grain(_expose(photo, *_DIM), _DIM_GRAIN)


def _noisy(photo: Image.Image) -> Image.Image:
    return _add_grain(photo, _GRAIN)


def _shadowed(photo: Image.Image) -> Image.Image:
    """Let a shadow with a hard edge fall across the code from one side."""
    width, height = photo.size
    shade = Image.new("L", photo.size, _WHITE)
    ImageDraw.Draw(shade).polygon(
        ((width * 7 // 8, 0), (width, 0), (width, height), (width // 8, height)), fill=round(_WHITE * _SHADE)
    )
    return ImageChops.multiply(photo, shade)


def _glaring(photo: Image.Image) -> Image.Image:
    return ImageChops.add(photo, _glare().resize(photo.size, Image.Resampling.BILINEAR))


def _blurred(photo: Image.Image) -> Image.Image:
    return photo.filter(ImageFilter.GaussianBlur(_BLUR * WORKING_MODULE_PIXELS))


def _far_away(photo: Image.Image) -> Image.Image:
    factor = _FAR_MODULE_PIXELS / WORKING_MODULE_PIXELS
    return photo.resize((round(photo.width * factor), round(photo.height * factor)), Image.Resampling.BILINEAR)


def _on_screen(photo: Image.Image) -> Image.Image:
    """Lay stripes over the code, such as the pixels of a screen give in a camera."""
    width, height = photo.size
    slope = 0.31
    length = int(width + slope * height) + 2
    row = Image.frombytes("L", (length, 1), bytes([_stripe(x) for x in range(length)]))
    return ImageChops.multiply(photo, row.transform(photo.size, Image.Transform.AFFINE, (1, slope, 0, 0, 0, 0)))


def _turned(photo: Image.Image) -> Image.Image:
    """Turn the code, a little out of focus, with grain, and with less light from top to bottom."""
    # One box blur looks enough like a lens out of focus, and takes a third of the time of a Gaussian.
    soft = photo.filter(ImageFilter.BoxBlur(_TURN_BLUR * WORKING_MODULE_PIXELS))
    lit = ImageChops.multiply(soft, _fading_light().resize(photo.size))
    turned = lit.rotate(_TURN_DEGREES, Image.Resampling.BILINEAR, expand=True, fillcolor=_WHITE)
    return _add_grain(turned, _TURN_GRAIN)


CONDITIONS: Final[dict[str, Callable[[Image.Image], Image.Image]]] = {
    "dim": _dim,
    "noisy": _noisy,
    "shadowed": _shadowed,
    "glaring": _glaring,
    "blurred": _blurred,
    "far_away": _far_away,
    "on_screen": _on_screen,
    "turned": _turned,
}
"""The function for each condition, which turns a picture from `photograph` into what the camera sees."""


def _expose(photo: Image.Image, black: int, white: int) -> Image.Image:
    return photo.point([round(black + (white - black) * level / 255) for level in range(256)])


def _add_grain(photo: Image.Image, deviation: float) -> Image.Image:
    """Brighten or darken each pixel by uniform noise; `deviation` is the standard deviation in levels."""
    most = deviation * 3**0.5
    noise = _grain(photo.size).point([round(128 + most * (level - 127.5) / 127.5) for level in range(256)])
    return ImageChops.add(photo, noise, offset=-128)


def _grain(size: tuple[int, int]) -> Image.Image:
    pixels = size[0] * size[1]
    block = _grain_block()
    return Image.frombytes("L", size, (block * (pixels // len(block) + 1))[:pixels])


@cache
def _grain_block() -> bytes:
    return shake_256(b"grain").digest(1 << 16)


@cache
def _glare() -> Image.Image:
    """Return the glare of two lamps, which hides the code completely in the middle of each."""
    side = 128
    glare = Image.new("L", (side, side))
    for x, y, across in ((0.62, 0.4, 0.6), (0.4, 0.66, 0.6)):
        lamp = Image.radial_gradient("L").resize((round(side * across),) * 2)
        lamp = lamp.point([round(_GLARE * max(0, 1 - level / 180)) for level in range(256)])
        middle = lamp.width // 2
        glare.paste(lamp, (round(side * x) - middle, round(side * y) - middle))
    return glare


@cache
def _fading_light() -> Image.Image:
    light = Image.linear_gradient("L").resize((1, 256))
    return light.point([round(255 - (1 - _TURN_LIGHT) * level) for level in range(256)])


def _stripe(x: int) -> int:
    wave = sin(2 * pi * x / (_STRIPE_MODULES * WORKING_MODULE_PIXELS))
    return round(_WHITE * (1 - _STRIPES * (1 - wave) / 2))
