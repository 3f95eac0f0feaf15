from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.render.independent import symbol_of

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, WHITE, Color
from qr_engine.render import draw
from qr_engine.symbol import Symbol, encode


def matrix(symbol: Symbol, *, margin: int = 4, size: int = 300, foreground: Color = BLACK) -> dict[str, Any]:
    artwork = Artwork(symbol, margin=margin, size=size, foreground=foreground, background=WHITE)
    document: dict[str, Any] = json.loads(draw(artwork, "json"))
    return document


@pytest.mark.parametrize("version", [1, 7, 40])
def test_the_modules_are_those_of_the_symbol(version: int) -> None:
    symbol = symbol_of("modules", version)
    bits = "".join(f"{row}0000" for row in matrix(symbol)["modules"])
    assert int(bits, 2) == symbol.matrix


def test_it_says_what_symbol_it_is() -> None:
    document = matrix(symbol_of("a", 7, "Q", 5), margin=6)
    del document["modules"], document["roles"], document["legend"]
    assert document == {"version": "7", "error_correction": "Q", "mask": 5, "size": 45, "quiet_zone": 6}


def test_colours_and_size_play_no_part() -> None:
    symbol = symbol_of("a")
    assert matrix(symbol, size=1000, foreground=Color(1, 2, 3)) == matrix(symbol)


def test_a_micro_symbol_goes_by_its_own_name_and_m1_has_no_level() -> None:
    document = matrix(encode("12345", micro=True, error_correction="L"))
    assert (document["version"], document["error_correction"]) == ("M1", None)


def test_every_letter_is_in_the_legend() -> None:
    document = matrix(symbol_of("legend", 7))
    assert {letter for row in document["roles"] for letter in row} <= set(document["legend"])


def test_roles_have_the_shape_of_the_modules() -> None:
    document = matrix(symbol_of("shape", 7))
    assert [len(row) for row in document["roles"]] == [len(row) for row in document["modules"]]


@pytest.mark.parametrize(
    ("role", "modules"),
    [
        # Version 7-L (ISO/IEC 18004:2015, 6.3 and tables 1 and 9): three finder patterns of 7 by 7, three separators
        # of 15, two timing patterns of 45 - 16 without the alignment patterns' five each, six alignment patterns of
        # 5 by 5, twice 15 and 18 bits of format and version, 156 + 40 codewords of 8 bits, none left over.
        ("finder", 147),
        ("separator", 45),
        ("timing", 48),
        ("alignment", 150),
        ("format", 30),
        ("version", 36),
        ("dark_module", 1),
        ("data", 1248),
        ("error_correction", 320),
        ("remainder", 0),
    ],
)
def test_each_role_has_the_modules_that_the_standard_gives_it(role: str, modules: int) -> None:
    document = matrix(symbol_of("roles", 7))
    letters = {name: letter for letter, name in document["legend"].items()}
    assert "".join(document["roles"]).count(letters[role]) == modules
