"""Module for module against Nayuki's encoder, which is slow: 1,280 symbols take a minute.

Every run compares each version and level with one mask, in turn, so that each of the 32 pairs of level and mask comes
up in five versions, and checks for all masks that they differ from one another as they should. With ``EXHAUSTIVE=1`` in
the environment every mask is compared with Nayuki's.
"""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.unit.symbol.oracles import nayuki, nayuki_rows, rows

from qr_engine.symbol import Level, Symbol, encode
from qr_engine.symbol.layout import layout
from qr_engine.symbol.standard import LEVELS, capacities

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

EXHAUSTIVE = os.environ.get("EXHAUSTIVE") == "1"
ALPHABETS = ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", "abcdefghijklmnopqrstuvwxyz,;!?_")


def fill_symbol(version: int, level: Level, mask: int | None) -> Symbol:
    """A symbol that is nearly full, with segments of every mode where there is room for them."""
    random = Random(f"{version}{level}")
    budget = capacities(level, micro=False)[version - 1]
    text = ""
    while True:
        longer = text + "".join(random.choices(random.choice(ALPHABETS), k=random.randint(1, max(budget // 80, 3))))
        if 9 * len(longer.encode()) + 40 > budget:
            break
        text = longer
    return encode(text or "a", error_correction=level, version=version, mask=mask, boost=False)


@pytest.mark.parametrize("version", range(1, 41))
def test_every_module_is_where_nayuki_has_it(version: int) -> None:
    for index, level in enumerate(LEVELS):
        for mask in range(8) if EXHAUSTIVE else [(version + 2 * index) % 8]:
            symbol = fill_symbol(version, level, mask)
            assert rows(symbol) == nayuki_rows(nayuki(symbol, mask=mask)), (level, mask)


FORMULAS: tuple[Callable[[int, int], int], ...] = (
    lambda x, y: (x + y) % 2,
    lambda x, y: y % 2,
    lambda x, y: x % 3,
    lambda x, y: (x + y) % 3,
    lambda x, y: (x // 3 + y // 2) % 2,
    lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
)
"""ISO/IEC 18004:2015, table 10; a module is inverted where they give 0."""


def mask_by_module(formula: Callable[[int, int], int], size: int) -> int:
    """The mask as a plane, module by module."""
    lines = ["".join("10"[formula(x, y) != 0] for x in range(size)) + "0000" for y in range(size)]
    return int("".join(lines), 2)


@pytest.mark.parametrize("version", range(1, 41))
def test_masks_differ_by_their_formulas_in_the_data_and_in_nothing_but_the_format_elsewhere(version: int) -> None:
    shape = layout(version, micro=False)
    matrices = [fill_symbol(version, "M", mask).matrix for mask in range(8)]
    first = mask_by_module(FORMULAS[0], shape.size)
    for matrix, formula in zip(matrices, FORMULAS, strict=True):
        changed = matrix ^ matrices[0]
        assert changed & shape.region == (mask_by_module(formula, shape.size) ^ first) & shape.region
        assert not changed & ~shape.region & ~sum(shape.format_bits)


@pytest.mark.parametrize("version", [1, 5, 7, 14, 21, 32, 40])
def test_the_mask_with_the_fewest_points_is_the_one_that_nayuki_takes(version: int) -> None:
    for level in ("L", "H"):
        symbol = fill_symbol(version, level, None)
        assert symbol.mask == nayuki(symbol).get_mask(), level


@pytest.mark.parametrize("text", ["0" * 300, "A" * 500, "aaaaaaaaaa" * 40, "\x00" * 100, "U" * 70, "\xff" * 200, "1"])
def test_repetitive_data_get_the_mask_that_nayuki_takes(text: str) -> None:
    symbol = encode(text, eci="never")
    assert symbol.mask == nayuki(symbol).get_mask()
