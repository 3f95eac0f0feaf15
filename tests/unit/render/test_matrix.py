from __future__ import annotations

import json
from typing import Any

import pytest
from tests.unit.render.independent import symbol_of

from qr_engine.artwork import compose
from qr_engine.artwork.color import BLACK, WHITE, Color
from qr_engine.render import draw
from qr_engine.symbol import Symbol, encode


def matrix(symbol: Symbol, *, margin: int = 4, size: int = 300, foreground: Color = BLACK) -> dict[str, Any]:
    artwork = compose(symbol, margin=margin, size=size, foreground=foreground, background=WHITE)
    document: dict[str, Any] = json.loads(draw(artwork, "json"))
    return document


@pytest.mark.parametrize("version", [1, 7, 40])
def test_the_modules_are_those_of_the_symbol(version: int) -> None:
    symbol = symbol_of("modules", version)
    bits = "".join(f"{row}0000" for row in matrix(symbol)["modules"])
    assert int(bits, 2) == symbol.matrix


def test_it_says_what_symbol_it_is() -> None:
    document = matrix(symbol_of("a", 7, "Q", 5), margin=6)
    del document["modules"]
    assert document == {"version": "7", "error_correction": "Q", "mask": 5, "size": 45, "quiet_zone": 6}


def test_colours_and_size_play_no_part() -> None:
    symbol = symbol_of("a")
    assert matrix(symbol, size=1000, foreground=Color(1, 2, 3)) == matrix(symbol)


def test_a_micro_symbol_goes_by_its_own_name_and_m1_has_no_level() -> None:
    document = matrix(encode("12345", micro=True))
    assert (document["version"], document["error_correction"]) == ("M1", None)
