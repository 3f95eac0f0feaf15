"""Photographs are the same in each run, and the easy ones are read."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from PIL import Image
from scripts.readers.camera import Pixels, photograph
from scripts.readers.conditions import CONDITIONS, Condition
from scripts.readers.decoders.python_decoders import PYTHON_DECODERS
from tests.unit.artwork.picture import pixels

from qr_engine.artwork.style import Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.symbol import encode

TEXT = "https://example.com/menu/table"
BY_NAME = {condition.name: condition for condition in CONDITIONS}
EASY = ("tilted by 20°", "turned by 45°", "JPEG 30", "ink 120, paper 210", "dot gain +0.1", "cylinder 45°", "dark page")


@cache
def plain() -> Pixels:
    symbol = encode(TEXT, version=3, error_correction="Q")
    return np.asarray(pixels(compose_styled(symbol, Style(), margin=4, size=592), 592), np.float32)


def take(condition: Condition, name: str = "plain") -> Pixels:
    return photograph(plain(), name, condition, modules=37)


@pytest.mark.parametrize("name", ["noise 30", "moire 0.5", "phone, far"])
def test_a_photograph_is_the_same_each_time_and_another_for_another_look(name: str):
    first = take(BY_NAME[name])
    assert np.array_equal(first, take(BY_NAME[name]))
    assert not np.array_equal(first, take(BY_NAME[name], "dots"))


@pytest.mark.parametrize("name", EASY)
def test_a_plain_code_is_read_in_easy_conditions(name: str):
    _, read = PYTHON_DECODERS["zxingcpp"]()
    assert list(read(Image.fromarray(take(BY_NAME[name])))) == [TEXT]


def test_every_condition_changes_the_picture():
    without = take(Condition("nothing", "none"))
    changed = [take(condition) for condition in CONDITIONS]
    assert all(each.shape != without.shape or np.abs(each - 1.0 * without).mean() > 1 for each in changed)


def test_a_module_stays_as_large_when_the_page_is_turned():
    # The picture with its page is 45 modules a side, and a square that stands on a corner needs 1.41 as many.
    assert take(BY_NAME["turned by 45°"]).shape[0] == pytest.approx(45 * 5 * 2**0.5, abs=1)
