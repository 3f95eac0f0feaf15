from __future__ import annotations

from typing import Any

import pytest
from qrcodegen import QrCode
from tests.unit.symbol.oracles import NAYUKI_LEVELS

from qr_engine.symbol.standard import LEVELS, alignment_centres, blocks, capacities, width


@pytest.mark.parametrize("version", range(1, 41))
def test_capacities_and_blocks_are_those_of_table_9(version: int) -> None:
    code: Any = QrCode
    for level in LEVELS:
        ordinal = NAYUKI_LEVELS[level].ordinal
        division = blocks(version, level, micro=False)
        assert division.data_bits == 8 * code._get_num_data_codewords(version, NAYUKI_LEVELS[level])
        assert division.data_bits == capacities(level, micro=False)[version - 1]
        assert division.count == code._NUM_ERROR_CORRECTION_BLOCKS[ordinal][version]
        assert division.ec == code._ECC_CODEWORDS_PER_BLOCK[ordinal][version]
        assert division.short * division.length + division.long * (division.length + 1) == division.data_bits // 8


@pytest.mark.parametrize("version", range(1, 41))
def test_alignment_patterns_are_where_annex_e_has_them(version: int) -> None:
    code: Any = object.__new__(QrCode)
    code._version, code._size = version, width(version, micro=False)
    assert list(alignment_centres(version)) == code._get_alignment_pattern_positions()


@pytest.mark.parametrize(
    ("level", "bits"),
    [("L", (20, 40, 84, 128)), ("M", (-1, 32, 68, 112)), ("Q", (-1, -1, -1, 80)), ("H", (-1, -1, -1, -1))],
)
def test_micro_symbols_hold_what_table_9_says(level: Any, bits: tuple[int, ...]) -> None:
    assert capacities(level, micro=True) == bits
