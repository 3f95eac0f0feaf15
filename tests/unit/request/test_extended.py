from __future__ import annotations

from typing import Any

import pytest

from qr_engine.artwork.color import Color, parse_color
from qr_engine.errors import InvalidRequest, TooMuchData
from qr_engine.pipeline.generate import plan
from qr_engine.request import (
    CanonicalRequest,
    cache_key,
    canonical_bytes,
    canonical_request,
    format_of,
    parse,
    text_of,
)
from qr_engine.request.canonical_extended import ExtendedRequest
from qr_engine.request.extended import PlainCode, canonicalize_plain


def canonical(**fields: Any) -> CanonicalRequest:
    plain: dict[str, Any] = {
        "text": "https://example.com",
        "format": "png",
        "size": 300,
        "margin": 4,
        "error_correction": "M",
        "foreground": Color(0, 0, 0),
        "background": Color(255, 255, 255),
    }
    return canonicalize_plain(PlainCode(**{**plain, **fields}))


def test_what_reaches_no_further_has_the_key_of_the_same_request_to_the_api() -> None:
    fields = {"data": "https://example.com", "format": "png", "boost_error_correction": False}
    own = parse(fields)[1]
    same = canonical(scale=4, charset="iso-8859-1")
    assert type(same) is CanonicalRequest
    assert cache_key(canonical_bytes(same)) == cache_key(canonical_bytes(own))


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "é", "charset": "iso-8859-1"},
        {"padding": 1},
        {"size": 20, "scale": 1},
        {"foreground": parse_color("#eee")},
        {"background": parse_color("#0008"), "padding": 3},
    ],
)
def test_what_reaches_further_has_a_form_of_its_own_which_can_be_read_again(fields: dict[str, Any]) -> None:
    extended = canonical(**fields)
    assert isinstance(extended, ExtendedRequest)
    written = canonical_bytes(extended)
    assert canonical_request(written) == extended
    assert type(canonical_request(written)) is ExtendedRequest
    assert (text_of(written), format_of(written)) == (extended.text, "png")
    assert cache_key(written) != cache_key(canonical_bytes(canonical()))


@pytest.mark.parametrize(
    ("size", "padding", "scale", "side"),
    [
        (10, 0, 1, 33),
        (32, 0, 4, 132),
        (33, 0, 4, 33),
        (35, 1, 1, 35),
        (34, 1, 1, 35),
        (1, 0, 4, 132),
        (300, 50, 1, 300),
    ],
)
def test_a_picture_grows_where_its_pixels_are_fewer_than_the_modules(
    size: int, padding: int, scale: int, side: int
) -> None:
    artwork, _ = plan(canonical(size=size, padding=padding, scale=scale))
    assert artwork.pixels == (side, side)
    assert artwork.module_pixels >= 1


def test_modules_keep_away_from_the_padding() -> None:
    artwork, _ = plan(canonical(size=300, padding=50))
    assert artwork.module_pixels == 200 // 33


def test_a_vector_picture_has_the_size_that_is_asked_for_and_no_padding() -> None:
    artwork, _ = plan(canonical(size=20, padding=5, scale=1, format="svg"))
    assert (artwork.pixels, artwork.padding) == ((20, 20), 0)


def test_a_text_that_no_symbol_holds_is_refused_before_it_is_encoded() -> None:
    with pytest.raises(TooMuchData):
        canonical(text="1" * 7090)


def test_no_text_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        canonical(text="")
