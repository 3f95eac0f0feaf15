"""Every pattern with every eye, read by zxing-cpp at 300 pixels: as it is, at 3 pixels a module, and blurred.

`EXHAUSTIVE=1` takes every combination, at the largest version and at one other; otherwise each option is met, and a
fair share of the pairs. ZBar reads those that it is known to be sensitive to.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import product
from typing import Any, get_args

import pytest
from PIL import Image
from scripts.zbar import zbar
from tests import machine
from tests.unit.artwork.picture import failures, pixels, read

from qr_engine.artwork.style import Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape
from qr_engine.symbol import Symbol, encode

pytestmark = pytest.mark.slow

TEXT = "EXAMPLE.COM/QR"
VERSIONS = (1, 2, 4, 7, 10)
PATTERNS = get_args(DataPattern)
SHAPES: list[dict[str, Any]] = [{"eye_shape": shape} for shape in get_args(EyeShape)]
PAIRS: list[dict[str, Any]] = [
    {"eye_border_style": border, "eye_center_style": center}
    for border, center in product(get_args(EyeBorderStyle), get_args(EyeCenterStyle))
]
EYES = SHAPES + PAIRS
EVERYTHING = "EXHAUSTIVE" in os.environ


@cache
def symbol(version: int) -> Symbol:
    return encode(TEXT, version=version)


# Eyes whose drawing ZBar or zxing-cpp is sensitive to: a notch on a middle line, a hole that is not even.
SENSITIVE: list[dict[str, Any]] = [
    *[{"eye_shape": shape} for shape in ("dot", "star", "flower", "hexagon", "crystal", "shield", "bars_vertical")],
    *[{"eye_border_style": "circle", "eye_center_style": center} for center in ("square", "star", "cross")],
    *[{"eye_border_style": border, "eye_center_style": "square"} for border in ("star", "hexagon", "double_border")],
]


@pytest.mark.parametrize("eye", SENSITIVE, ids=lambda eye: " + ".join(eye.values()))
def test_an_eye_is_read_by_two_readers_in_every_size(eye: dict[str, Any]) -> None:
    machine.library("zbar", "apt-get install libzbar0, or brew install zbar")
    lost = []
    patterns: tuple[DataPattern, ...] = ("square", "dots")
    for version, module_pixels, pattern in product((2, 7, 14), (4, 9), patterns):
        style = Style(data_pattern=pattern, seed=bytes([version]), **eye)
        side = module_pixels * (symbol(version).size + 8)
        picture = pixels(compose_styled(symbol(version), style, margin=4, size=side), side)
        name = f"version {version} {pattern}, {module_pixels} pixels a module"
        if read(picture) != TEXT:
            lost.append(f"zxing-cpp: {name}")
        if zbar()(Image.fromarray(picture)) != TEXT.encode():
            lost.append(f"ZBar: {name}")
    assert lost == []


def unread(pattern: DataPattern, version: int, eye: dict[str, Any]) -> list[str]:
    artwork = compose_styled(
        symbol(version), Style(data_pattern=pattern, seed=bytes([version]), **eye), margin=4, size=300
    )
    return [f"v{version} {pattern} {' + '.join(eye.values())}: {name}" for name in failures(artwork, TEXT)]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_read_with_every_eye(pattern: DataPattern) -> None:
    # One version for each eye, another for the next pattern: together all of them meet all versions.
    first = PATTERNS.index(pattern)
    chosen = [
        (version, eye)
        for number, eye in enumerate(EYES)
        for version in {VERSIONS[(number // 4 + first) % len(VERSIONS)], *(VERSIONS[-1:] if EVERYTHING else ())}
        if EVERYTHING or number % 4 == first % 4
    ]
    problems = [problem for version, eye in chosen for problem in unread(pattern, version, eye)]
    assert problems == []
