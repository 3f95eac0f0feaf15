from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qrcodegen import QrCode

from qr_engine.symbol.reed_solomon import error_correction_codewords

NAYUKI: Any = QrCode


@given(st.binary(min_size=1, max_size=150), st.integers(2, 68))
def test_the_remainder_is_nayukis(data: bytes, count: int) -> None:
    divisor = NAYUKI._reed_solomon_compute_divisor(count)
    assert error_correction_codewords(data, count) == bytes(NAYUKI._reed_solomon_compute_remainder(data, divisor))


def test_the_example_of_annex_i_comes_out() -> None:
    data = bytes.fromhex("10200c566180ec11ec11ec11ec11ec11")
    assert error_correction_codewords(data, 10) == bytes.fromhex("a524d4c1ed36c7872c55")


@pytest.mark.parametrize("count", [7, 10, 30])
def test_no_data_give_no_error_correction(count: int) -> None:
    assert error_correction_codewords(bytes(20), count) == bytes(count)
