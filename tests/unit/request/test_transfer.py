"""The symbol of a SEPA credit transfer is that of EPC069-12, whatever else is asked for."""

from typing import Any

import pytest

from qr_engine.errors import InvalidRequest, WouldNotScan
from qr_engine.pipeline.generate import draw_picture, plan
from qr_engine.request import parse

TRANSFER = {"type": "epc", "name": "A", "iban": "DE71110220330123456789"}
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><path d='M0 0h8v8H0z'/></svg>"
LOGO = {"data": f"data:image/svg+xml,{SVG}"}


def complaints(**fields: Any) -> dict[str, str]:
    try:
        parse({"data": TRANSFER, **fields})
    except InvalidRequest as problem:
        return {issue.path: issue.message for issue in problem.issues}
    return {}


@pytest.mark.parametrize("fields", [{}, {"error_correction": "M"}, {"boost_error_correction": True}, {"version": 13}])
def test_it_has_level_m_and_nothing_more(fields: dict[str, Any]) -> None:
    artwork, _ = plan(parse({"data": TRANSFER, **fields})[1])
    assert artwork.symbol.error_correction == "M"
    assert artwork.symbol.version == fields.get("version", 3)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"error_correction": "L"}, "error_correction"),
        ({"error_correction": "high"}, "error_correction"),
        ({"version": 20}, "version"),
        ({"micro": True}, "micro"),
        ({"kanji": True}, "kanji"),
        ({"structured_append": {"part": 1, "parts": 2}}, "structured_append"),
    ],
)
def test_another_symbol_is_refused_with_the_rule(fields: dict[str, Any], path: str) -> None:
    messages = complaints(**fields)
    assert list(messages) == [path]
    assert messages[path].startswith("Must ")
    assert "EPC069-12" in messages[path]


@pytest.mark.parametrize("character", ["x", "ž", "字"])
def test_the_longest_transfer_fits_the_largest_version(character: str) -> None:
    octets = len(character.encode())
    words = {"name": character * (70 // octets), "text": character * (140 // octets), "bic": "BHBLDEHHXXX"}
    artwork, _ = plan(parse({"data": {**TRANSFER, **words, "information": "x" * 45}})[1])
    assert artwork.symbol.version <= 13


@pytest.mark.parametrize("size", [10, 20, 35, 50])
def test_a_logo_is_made_smaller_and_raises_nothing(size: int) -> None:
    artwork, scan = plan(parse({"data": TRANSFER, "version": 10, "logo": {**LOGO, "size": size}})[1])
    assert (artwork.symbol.version, artwork.symbol.error_correction) == (10, "M")
    assert [change for change in scan.changes if "size" not in change] == []


def test_a_logo_that_fits_in_no_size_is_refused_though_another_symbol_would_bear_it() -> None:
    with pytest.raises(WouldNotScan) as caught:
        plan(parse({"data": TRANSFER, "logo": {**LOGO, "size": 20}})[1])
    assert [issue.path for issue in caught.value.issues] == ["logo.size"]


def test_an_ordinary_code_with_a_logo_still_grows() -> None:
    artwork, _ = plan(parse({"data": "https://example.com", "logo": {**LOGO, "size": 25}})[1])
    assert artwork.symbol.error_correction == "H"


def test_it_is_drawn() -> None:
    body, metadata = draw_picture(parse({"data": TRANSFER, "format": "png"})[1])
    assert body.startswith(b"\x89PNG")
    assert metadata.error_correction == "M"
