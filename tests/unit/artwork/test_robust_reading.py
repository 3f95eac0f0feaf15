"""Eyes as all scanners read them, by the decoders at hand: two of phones', and two that take corners for places.

Each picture is one whose plain code the decoder reads. docs/readers.md has all decoders and many more pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, get_args

import pytest
from PIL import Image
from scripts.readers.decoders.python_decoders import PYTHON_DECODERS
from tests import machine

from qr_engine.artwork.robust_eyes import SQUARE_BORDERS
from qr_engine.artwork.style import Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape
from qr_engine.render.raster.compose import draw_pixels
from qr_engine.symbol import Symbol, encode

# quirc warns of each picture that it cannot read.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Failed to decode")]

TEXT = "https://example.com"
VERSIONS = tuple(range(2, 11))
SIZES = (300, 600)
PATTERNS: tuple[DataPattern, ...] = ("square", "rounded", "dots", "classy")
SHAPES: list[dict[str, Any]] = [{"eye_shape": shape} for shape in get_args(EyeShape)]
PAIRS: list[dict[str, Any]] = [
    {"eye_border_style": border, "eye_center_style": center}
    for number, (border, center) in enumerate(product(get_args(EyeBorderStyle), get_args(EyeCenterStyle)))
    if number % 3 == 0
]
DECODERS = {
    "zxingcpp": 1.0,
    "zbar": 1.0,
    "opencv": 0.98,
    "quirc": 0.98,
}
"""Which share of what it reads of plain codes a decoder has to read."""


@cache
def symbol(version: int) -> Symbol:
    return encode(TEXT, version=version)


@cache
def picture(version: int, size: int, **looks: Any) -> Image.Image:
    style = Style(seed=TEXT.encode(), **looks)
    return draw_pixels(compose_styled(symbol(version), style, margin=4, size=size)).convert("L")


def pictures(*, robust: bool) -> Iterator[tuple[str, int, int, Image.Image]]:
    """A picture for each eye, of a version, a size and a pattern by turns."""
    for number, eye in enumerate(SHAPES + PAIRS):
        version, size = VERSIONS[number % len(VERSIONS)], SIZES[number // 2 % len(SIZES)]
        pattern = PATTERNS[number % len(PATTERNS)]
        looks = {**eye, "data_pattern": pattern, "robust": robust}
        yield " + ".join(eye.values()), version, size, picture(version, size, **looks)


def reads(name: str, image: Image.Image) -> bool:
    return TEXT in PYTHON_DECODERS[name]()[1](image)


def need(name: str) -> None:
    if name == "quirc":
        machine.package("quirc", "pip install --group quirc, for which there has to be a C++ compiler")
    if name == "zbar":
        machine.library("zbar", "apt-get install libzbar0, or brew install zbar")


@pytest.mark.parametrize("name", DECODERS)
def test_a_decoder_reads_robust_eyes_as_well_as_plain_ones(name: str) -> None:
    need(name)
    trials = [trial for trial in pictures(robust=True) if reads(name, picture(trial[1], trial[2]))]
    unread = [f"{eye} v{version}@{size}" for eye, version, size, image in trials if not reads(name, image)]
    assert len(trials) > 0.9 * len(SHAPES + PAIRS)
    assert len(unread) <= (1 - DECODERS[name]) * len(trials), unread


def test_of_other_eyes_quirc_reads_those_with_square_borders() -> None:
    need("quirc")
    for border in get_args(EyeBorderStyle):
        read = [reads("quirc", picture(version, 300, eye_border_style=border)) for version in VERSIONS]
        if border in SQUARE_BORDERS:
            assert sum(read) >= len(read) - 1, border
        else:
            assert sum(read) <= 0.6 * len(read), (border, read)
