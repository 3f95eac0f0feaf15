from __future__ import annotations

from collections import Counter

import pytest

from qr_engine.symbol import Symbol, encode
from qr_engine.symbol.function_patterns import areas
from qr_engine.symbol.roles import Role, roles
from qr_engine.symbol.standard import blocks

GLYPHS = ".e_FsTAfVD"
"""One for each role, in their order."""


def drawing(symbol: Symbol) -> list[str]:
    return ["".join(GLYPHS[role] for role in row) for row in roles(symbol)]


def counts(symbol: Symbol) -> Counter[Role]:
    return Counter(Role(role) for row in roles(symbol) for role in row)


def test_a_micro_symbol_is_laid_out_as_figure_6_shows_it() -> None:
    assert drawing(encode("12345", micro=True, error_correction="L")) == [
        "FFFFFFFsTTT",
        "FFFFFFFsf..",
        "FFFFFFFsf..",
        "FFFFFFFsf..",
        "FFFFFFFsf..",
        "FFFFFFFsf..",
        "FFFFFFFsf..",
        "ssssssssf..",
        "Tffffffff..",
        "Teeeeeeee..",
        "Teeeeeeee..",
    ]


def test_version_1_is_laid_out_as_figure_4_shows_it() -> None:
    assert drawing(encode("1", version=1, error_correction="L", boost=False)) == [
        "FFFFFFFsf....sFFFFFFF",
        "FFFFFFFsf....sFFFFFFF",
        "FFFFFFFsf....sFFFFFFF",
        "FFFFFFFsf....sFFFFFFF",
        "FFFFFFFsf....sFFFFFFF",
        "FFFFFFFsf....sFFFFFFF",
        "FFFFFFFsTTTTTsFFFFFFF",
        "ssssssssf....ssssssss",
        "ffffffTff....ffffffff",
        "eeeeeeTeeee..........",
        "eeeeeeTeeee..........",
        "eeeeeeTeeee..........",
        "eeeeeeTeeee..........",
        "ssssssssDee..........",
        "FFFFFFFsfee..........",
        "FFFFFFFsfee..........",
        "FFFFFFFsfee..........",
        "FFFFFFFsfee..........",
        "FFFFFFFsfee..........",
        "FFFFFFFsfee..........",
        "FFFFFFFsfee..........",
    ]


@pytest.mark.parametrize("version", range(1, 41))
def test_each_role_has_as_many_modules_as_the_standard_gives_it(version: int) -> None:
    symbol = encode("1", version=version, error_correction="Q", boost=False)
    found, division = counts(symbol), blocks(version, "Q", micro=False)
    assert found[Role.DATA] == division.data_bits
    assert found[Role.ERROR_CORRECTION] == 8 * division.ec * division.count
    # Table 1, the last but one column.
    remainder = [0, *[7] * 5, *[0] * 7, *[3] * 7, *[4] * 7, *[3] * 7, *[0] * 6]
    assert found[Role.REMAINDER] == remainder[version - 1]
    assert (found[Role.FINDER], found[Role.SEPARATOR], found[Role.FORMAT]) == (147, 45, 30)
    assert (found[Role.DARK_MODULE], found[Role.VERSION]) == (1, 36 if version >= 7 else 0)
    patterns = sum(area.role is Role.ALIGNMENT for area in areas(version, micro=False))
    assert found[Role.ALIGNMENT] == 25 * patterns
    assert sum(found.values()) == symbol.size**2


@pytest.mark.parametrize(("version", "data", "error_correction"), [(1, 20, 16), (2, 40, 40), (3, 84, 48), (4, 128, 64)])
def test_the_message_of_a_micro_symbol_is_counted_in_bits(version: int, data: int, error_correction: int) -> None:
    found = counts(encode("1", micro=True, version=version, error_correction="L", boost=False))
    assert (found[Role.DATA], found[Role.ERROR_CORRECTION]) == (data, error_correction)
    assert found[Role.REMAINDER] == found[Role.DARK_MODULE] == 0


def test_a_role_has_a_name_for_programs() -> None:
    assert [role.name.lower() for role in Role] == [
        "data",
        "error_correction",
        "remainder",
        "finder",
        "separator",
        "timing",
        "alignment",
        "format",
        "version",
        "dark_module",
    ]
