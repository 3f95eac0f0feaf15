from __future__ import annotations

from collections.abc import Iterable

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.unit.symbol.areas import largest_square

from qr_engine.symbol import Level, Symbol, encode
from qr_engine.symbol.error_budget import (
    Cover,
    centred_area,
    measure_cover,
    measure_cover_at,
)
from qr_engine.symbol.layout import layout
from qr_engine.symbol.model import AreaShape
from qr_engine.symbol.roles import Role, roles
from qr_engine.symbol.standard import blocks

LEVELS: tuple[Level, ...] = ("L", "M", "Q", "H")
REFERENCE = {
    2: (5, 7, 7),
    3: (7, 9, 9),
    5: (11, 13, 15),
    7: (15, 17, 19),
    10: (19, 25, 27),
    15: (27, 35, 29),
    40: (65, 83, 91),
}


def symbol(version: int, level: Level, text: str = "https://example.com/") -> Symbol:
    return encode(text, version=version, error_correction=level, boost=False)


def plane(size: int, modules: Iterable[tuple[int, int]]) -> int:
    """The plane of modules given as column and row."""
    stride = size + 4
    return sum(1 << (size * stride - 1 - row * stride - column) for column, row in set(modules))


def modules_of(area: int, size: int) -> set[tuple[int, int]]:
    stride = size + 4
    bits = f"{area:0{size * stride}b}"
    return {(index % stride, index // stride) for index, bit in enumerate(bits) if bit == "1"}


def reads(code: Symbol, damage: int) -> bool:
    """Whether zxing-cpp reads the symbol with every module of `damage` turned over."""
    size = code.size
    bits = modules_of(code.matrix ^ damage, size)
    picture = Image.new("L", (size + 8, size + 8), 255)
    for column, row in bits:
        picture.putpixel((column + 4, row + 4), 0)
    picture = picture.resize((4 * picture.width, 4 * picture.height), Image.Resampling.NEAREST)
    text = "".join(segment.text for segment in code.segments)
    return [barcode.text for barcode in zxingcpp.read_barcodes(picture, is_pure=True)] == [text]


def modules_by_codeword(code: Symbol) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """The modules of each codeword, by block and place in the block (ISO/IEC 18004:2015, 7.6)."""
    assert code.error_correction
    division = blocks(code.version, code.error_correction, micro=False)
    lengths = [division.length + (number >= division.short) for number in range(division.count)]
    order = [
        (block, place)
        for place in range(division.length + 1)
        for block in range(division.count)
        if place < lengths[block]
    ]
    order += [(block, lengths[block] + place) for place in range(division.ec) for block in range(division.count)]
    n, found = code.size, {}
    # One placement a codeword: slow, and nothing like the table under test.
    for index, codeword in enumerate(order):
        bits = bytearray(8 * len(order))
        bits[8 * index : 8 * index + 8] = b"\x01" * 8
        spread = layout(code.version, micro=False).place(bytes(bits), b"\x00", b"")
        found[codeword] = [(i % n, i // n) for i, value in enumerate(spread) if value]
    return found


@pytest.mark.parametrize("version", REFERENCE)
def test_the_largest_centred_squares_are_those_of_the_reference(version: int) -> None:
    assert tuple(largest_square(version, level) for level in ("M", "Q", "H")) == REFERENCE[version]


def test_fifteen_q_bears_a_larger_square_than_fifteen_h() -> None:
    assert largest_square(15, "Q") > largest_square(15, "H")


@pytest.mark.parametrize(("level", "side"), [("M", 65), ("H", 91)])
def test_a_decoder_agrees_about_version_40(level: Level, side: int) -> None:
    code = symbol(40, level)
    assert reads(code, centred_area(code.size, side, side) & layout(40, micro=False).region)
    assert not reads(code, centred_area(code.size, side + 2, side + 2) & layout(40, micro=False).region)


@pytest.mark.parametrize("version", range(2, 41))
@pytest.mark.parametrize("level", LEVELS)
def test_the_largest_square_fits_and_the_next_one_does_not(version: int, level: Level) -> None:
    side, size = largest_square(version, level), 4 * version + 17
    assert side == 0 or measure_cover_at(version, level, centred_area(size, side, side)).fits
    assert not measure_cover_at(version, level, centred_area(size, side + 2, side + 2)).fits


@pytest.mark.parametrize("version", range(1, 41))
def test_every_codeword_is_counted_in_its_block(version: int) -> None:
    for level in LEVELS:
        division = blocks(version, level, micro=False)
        everything = measure_cover_at(version, level, layout(version, micro=False).region)
        short = division.length + division.ec
        assert everything.touched == (short,) * division.short + (short + 1,) * division.long
        assert everything.allowed == (everything.correctable,) * division.count


@pytest.mark.parametrize(
    ("version", "corrected"),
    [(1, (2, 4, 6, 8)), (2, (4, 8, 11, 14)), (3, (7, 13, 9, 11)), (7, (10, 9, 9, 13)), (40, (15, 14, 15, 15))],
)
def test_a_block_corrects_what_the_standard_says(version: int, corrected: tuple[int, ...]) -> None:
    assert tuple([measure_cover_at(version, level, 0).correctable for level in LEVELS]) == corrected


@settings(max_examples=60, deadline=None)
@given(data=st.data(), version=st.integers(1, 9), level=st.sampled_from(LEVELS))
def test_as_many_codewords_as_are_allowed_can_be_lost_and_one_more_cannot(
    data: st.DataObject, version: int, level: Level
) -> None:
    code = symbol(version, level, "covered")
    codewords = modules_by_codeword(code)
    division = blocks(version, level, micro=False)
    block = data.draw(st.integers(0, division.count - 1))
    own = [place for owner, place in codewords if owner == block]
    allowed = measure_cover(code, 0).allowed[block]
    # The decoder takes the codewords that protect from a wrong correction, in versions 1 and 2, for correction too.
    most = division.ec // 2
    lost = data.draw(st.permutations(own))[: most + 1]
    damage = [plane(code.size, codewords[block, place]) for place in lost]
    within, beyond = sum(damage[:allowed]), sum(damage[: allowed + 1])
    assert (measure_cover(code, within).touched[block], measure_cover(code, within).fits) == (allowed, True)
    assert (measure_cover(code, beyond).touched[block], measure_cover(code, beyond).fits) == (allowed + 1, False)
    assert (reads(code, within), reads(code, sum(damage))) == (True, False)


@pytest.mark.slow
@given(data=st.data(), version=st.integers(1, 12), level=st.sampled_from(LEVELS))
@settings(max_examples=40, deadline=None)
def test_one_module_touches_its_codeword_as_all_of_them_do(data: st.DataObject, version: int, level: Level) -> None:
    code = symbol(version, level, "touch")
    codewords = modules_by_codeword(code)
    chosen = data.draw(st.lists(st.sampled_from(sorted(codewords)), max_size=20, unique=True))
    modules = [data.draw(st.sampled_from(codewords[codeword])) for codeword in chosen]
    whole = [module for codeword in chosen for module in codewords[codeword]]
    assert (
        measure_cover(code, plane(code.size, modules)).touched == measure_cover(code, plane(code.size, whole)).touched
    )
    assert sum(measure_cover(code, plane(code.size, modules)).touched) == len(chosen)


@pytest.mark.slow
@pytest.mark.parametrize("version", [1, 2, 7, 40])
def test_a_module_of_any_pattern_that_readers_need_is_forbidden(version: int) -> None:
    code = symbol(version, "H", "1")
    for row, line in enumerate(roles(code)):
        for column, role in enumerate(line):
            found = measure_cover(code, plane(code.size, [(column, row)]))
            if role in (Role.DATA, Role.ERROR_CORRECTION, Role.REMAINDER):
                assert (found.forbidden, sum(found.touched)) == ((), int(role != Role.REMAINDER))
            elif role != Role.ALIGNMENT:
                assert found.forbidden == (role,)
                assert sum(found.touched) == 0


def test_the_alignment_pattern_in_the_middle_may_be_covered() -> None:
    found = measure_cover(symbol(7, "M"), plane(45, [(22, 22)]))
    assert (found.forbidden, found.fits) == ((), True)


@pytest.mark.parametrize(
    ("version", "column", "row"), [(2, 18, 18), (6, 34, 34), (7, 38, 38), (7, 6, 22), (7, 22, 6), (7, 38, 22)]
)
def test_an_alignment_pattern_at_the_edge_may_not(version: int, column: int, row: int) -> None:
    code = symbol(version, "M")
    assert roles(code)[row][column] == Role.ALIGNMENT
    assert measure_cover(code, plane(code.size, [(column, row)])).forbidden == (Role.ALIGNMENT,)


@pytest.mark.parametrize("version", [7, 10, 14, 21, 28, 35])
def test_a_decoder_does_without_the_alignment_patterns_that_may_be_covered(version: int) -> None:
    code = symbol(version, "H")
    side = largest_square(version, "H", reserve=0.25)
    assert reads(code, centred_area(code.size, side, side))


def test_nothing_covered_needs_no_correction() -> None:
    assert measure_cover(symbol(5, "Q"), 0).worst_share == 0


def test_the_worst_share_is_that_of_the_worst_block() -> None:
    assert Cover((1, 6), (8, 8), 8, ()).worst_share == 0.75


@pytest.mark.parametrize(("reserve", "allowed"), [(0, 8), (0.25, 6), (0.3, 5), (1, 0)])
def test_a_reserve_takes_its_share_of_every_block(reserve: float, allowed: int) -> None:
    assert measure_cover_at(4, "H", 0, reserve=reserve).allowed == (allowed,) * 4


def test_what_lies_outside_the_symbol_does_not_count() -> None:
    code = symbol(3, "M")
    assert measure_cover(code, 1 << 40 * code.size) == measure_cover(code, 0)


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_nothing_of_a_micro_symbol_may_be_covered(version: int) -> None:
    code = encode("1", micro=True, version=version, error_correction="L")
    last = measure_cover(code, plane(code.size, [(code.size - 1, code.size - 1)]))
    assert measure_cover(code, 0).fits
    assert (last.touched, last.fits) == ((1,), False)
    assert measure_cover(code, plane(code.size, [(0, 0)])).forbidden == (Role.FINDER,)


@pytest.mark.parametrize(
    ("version", "codewords"), [(1, 3 + 2), (2, 5 + 5), (3, 11 + 6), (4, 16 + 8)], ids=["M1", "M2", "M3", "M4"]
)
def test_a_micro_symbol_has_the_codewords_of_the_standard(version: int, codewords: int) -> None:
    code = encode("1", micro=True, version=version, error_correction="L")
    assert measure_cover(code, layout(version, micro=True).region).touched == (codewords,)


@pytest.mark.parametrize("shape", ["square", "circle", "rounded_square"])
def test_a_small_shape_touches_every_module_of_its_box(shape: AreaShape) -> None:
    assert _lines(centred_area(21, 5, 5, shape=shape), 21, 5) == ["11111"] * 5


def test_a_circle_leaves_the_corners_of_its_box_alone() -> None:
    assert _lines(centred_area(21, 9, 9, shape="circle"), 21, 9) == [
        "011111110",
        *["111111111"] * 7,
        "011111110",
    ]


def test_a_rounded_square_loses_only_the_tips_of_its_corners() -> None:
    lines = _lines(centred_area(37, 17, 17, shape="rounded_square"), 37, 17)
    assert lines[:3] == ["0" + "1" * 15 + "0", "1" * 17, "1" * 17]


def _lines(area: int, size: int, side: int) -> list[str]:
    modules, start = modules_of(area, size), (size - side) // 2
    assert all(start <= column < start + side and start <= row < start + side for column, row in modules)
    return ["".join("01"[(start + x, start + y) in modules] for x in range(side)) for y in range(side)]


@pytest.mark.parametrize("version", [10, 15, 40])
def test_a_circle_may_be_wider_than_a_square(version: int) -> None:
    circle = largest_square(version, "M", shape="circle")
    rounded = largest_square(version, "M", shape="rounded_square")
    assert largest_square(version, "M") <= rounded <= circle
    assert largest_square(version, "M") < circle
