"""Every pattern with every eye, read by zxing-cpp at 300 pixels: as it is, at 3 pixels a module, and blurred.

`EXHAUSTIVE=1` takes every combination, at the largest version and at one other; otherwise each option is met, and a
fair share of the pairs.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import product
from typing import Any, get_args

import pytest
from tests.unit.artwork.picture import failures

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
    assert [problem for version, eye in chosen for problem in unread(pattern, version, eye)] == []
