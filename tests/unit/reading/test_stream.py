"""Codewords with errors, and what they say beside the text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qr_engine.reading.correction import correct
from qr_engine.reading.modules import transpose
from qr_engine.reading.stream import read_stream
from qr_engine.symbol import encode
from qr_engine.symbol.reed_solomon import error_correction_codewords


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_as_many_errors_are_corrected_as_the_standard_says(data: st.DataObject):
    count = data.draw(st.sampled_from([7, 10, 13, 17, 22, 30]))
    message = data.draw(st.binary(min_size=1, max_size=120))
    block = message + error_correction_codewords(message, count)
    places = data.draw(st.lists(st.integers(0, len(block) - 1), max_size=count // 2, unique=True))
    damaged = bytearray(block)
    for place in places:
        damaged[place] ^= data.draw(st.integers(1, 255))
    assert correct(bytes(damaged), count) == block


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=30, max_size=60), st.integers(0, 2**32))
def test_more_errors_are_no_other_message_unless_one_is_as_near(message: bytes, seed: int):
    block = bytearray(message + error_correction_codewords(message, 10))
    for place in range(0, 30, 3):
        block[place] ^= 1 + (seed + place) % 255
    found = correct(bytes(block), 10)
    assert found is None or sum(a != b for a, b in zip(found, block, strict=True)) <= 5


def modules_of(text: str, **options: Any) -> tuple[Any, bytes]:
    made = encode(text, **options)
    stride = made.size + 4
    bits = f"{made.matrix:0{made.size * stride}b}".encode().translate(bytes.maketrans(b"01", b"\0\1"))
    return made, b"".join([bits[start : start + made.size] for start in range(0, len(bits), stride)])


@pytest.mark.parametrize("version", [1, 2, 5, 7, 10, 14, 27, 40])
@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
def test_headers_are_read_from_every_division_into_blocks(version: int, level: Any):
    made, modules = modules_of("ž1", version=version, error_correction=level, boost=False, eci="always")
    stream = read_stream(made.version, made.error_correction, made.mask, modules, micro=False)
    assert (stream.eci, stream.structured_append, stream.only_bytes) == (26, None, False)


@pytest.mark.parametrize(
    ("text", "options", "only_bytes"),
    [
        ("abc", {}, True),
        ("123", {}, False),
        ("ABC", {}, False),
        ("点", {"kanji": True}, False),
        ("点茗点茗 abc", {"kanji": True, "eci": "never"}, False),
        ("abc" * 20 + "1" * 40, {}, True),
    ],
)
def test_it_is_known_whether_bytes_alone_say_the_text(text: str, options: dict[str, Any], only_bytes: bool):
    made, modules = modules_of(text, **options)
    stream = read_stream(made.version, made.error_correction, made.mask, modules, micro=False)
    assert stream.only_bytes is only_bytes


def test_a_symbol_that_cannot_be_corrected_says_nothing():
    made, modules = modules_of("ž", eci="always")
    noise = bytes([module ^ (index % 3 == 0) for index, module in enumerate(modules)])
    stream = read_stream(made.version, made.error_correction, made.mask, noise, micro=False)
    assert (stream.eci, stream.structured_append, stream.only_bytes) == (None, None, False)


def test_a_micro_qr_symbol_has_neither_header():
    assert read_stream(2, "L", 0, bytes(13 * 13), micro=True).eci is None


def test_a_mirror_turns_rows_into_columns():
    assert transpose(bytes([1, 2, 3, 4]), 2) == bytes([1, 3, 2, 4])
