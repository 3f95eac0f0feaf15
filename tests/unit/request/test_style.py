from __future__ import annotations

from typing import get_args

import pytest

from qr_engine.artwork import eyes, patterns
from qr_engine.artwork import style as artwork_style
from qr_engine.render import FORMATS
from qr_engine.request import style
from qr_engine.request.model import FormatName


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        (style.DataPattern, patterns.DataPattern),
        (style.EyeShape, eyes.EyeShape),
        (style.EyeBorderStyle, eyes.EyeBorderStyle),
        (style.EyeCenterStyle, eyes.EyeCenterStyle),
        (style.GradientType, artwork_style.GradientType),
    ],
)
def test_what_can_be_asked_for_is_what_can_be_drawn(asked: object, drawn: object):
    assert get_args(asked) == get_args(drawn)


def test_every_format_that_can_be_rendered_can_be_asked_for():
    assert get_args(FormatName) == tuple(FORMATS)
