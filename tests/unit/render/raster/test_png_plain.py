from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.render.independent import draw_modules, open_picture, symbol_of

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import BLACK, TRANSPARENT, WHITE, Color
from qr_engine.render import draw

channels = st.integers(0, 255)
colors = st.builds(Color, channels, channels, channels, channels)


def artwork(version: int = 2, *, margin: int = 4, size: int = 300, background: Color = WHITE) -> Artwork:
    return Artwork(symbol_of("pixels", version), margin=margin, size=size, foreground=BLACK, background=background)


def chunks(picture: bytes) -> list[tuple[bytes, bytes]]:
    """Kind and data of each chunk, the checksums verified (ISO/IEC 15948, 5.3)."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    found, position = [], 8
    while position < len(picture):
        (length,) = struct.unpack_from(">I", picture, position)
        kind = picture[position + 4 : position + 8]
        data = picture[position + 8 : position + 8 + length]
        assert struct.unpack_from(">I", picture, position + 8 + length) == (zlib.crc32(kind + data),)
        found.append((kind, data))
        position += 12 + length
    return found


@pytest.mark.parametrize("version", [1, 2, 3, 6, 7, 14, 20, 33, 40])
def test_every_pixel_is_as_pillow_draws_it(version: int) -> None:
    picture = artwork(version, size=700)
    assert open_picture(draw(picture, "png")) == draw_modules(picture)


@given(
    version=st.sampled_from([1, 2, 3, 7]),
    margin=st.integers(0, 20),
    extra=st.integers(0, 400),
    foreground=colors,
    background=colors,
)
def test_every_pixel_is_right_at_any_size_margin_and_colour(
    version: int, margin: int, extra: int, foreground: Color, background: Color
) -> None:
    symbol = symbol_of("any", version)
    size = symbol.size + 2 * margin + extra
    picture = Artwork(symbol, margin=margin, size=size, foreground=foreground, background=background)
    assert open_picture(draw(picture, "png")) == draw_modules(picture)


@pytest.mark.parametrize("size", [33, 64, 65, 299, 300, 1023, 4096])
def test_it_is_exactly_as_large_as_asked(size: int) -> None:
    assert open_picture(draw(artwork(size=size), "png")).size == (size, size)


def test_a_pixel_left_over_goes_to_the_right_and_to_the_bottom() -> None:
    # 33 modules of 9 pixels leave 3 of 300: one before the quiet zone, two after it.
    dark = open_picture(draw(artwork(size=300), "png")).convert("L").point(lambda value: 255 - value).getbbox()
    assert dark == (1 + 4 * 9, 1 + 4 * 9, 300 - 2 - 4 * 9, 300 - 2 - 4 * 9)


def test_a_module_of_less_than_a_pixel_is_refused() -> None:
    with pytest.raises(ValueError, match="33 modules need at least as many pixels, and the size is 32"):
        draw(artwork(size=32), "png")


def test_opaque_colours_need_no_transparency_chunk() -> None:
    assert [kind for kind, _ in chunks(draw(artwork(), "png"))] == [b"IHDR", b"PLTE", b"pHYs", b"IDAT", b"IEND"]


def test_alpha_is_kept_for_each_of_the_two_colours() -> None:
    assert dict(chunks(draw(artwork(background=TRANSPARENT), "png")))[b"tRNS"] == b"\x00\xff"


def test_a_pixel_takes_one_bit() -> None:
    header = dict(chunks(draw(artwork(size=300), "png")))[b"IHDR"]
    assert struct.unpack(">2I5B", header) == (300, 300, 1, 3, 0, 0, 0)
