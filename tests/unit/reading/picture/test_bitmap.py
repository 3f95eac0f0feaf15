"""Files of every kind that hold the same symbol."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.reading.given import draw, encoded, the_symbol

from qr_engine.errors import InvalidRequest
from qr_engine.reading import read
from qr_engine.reading.picture import MAX_BYTES, open_picture

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "abc"
CODE = draw(TEXT)
COLOUR = Image.merge("RGB", [CODE.point([20, *[0] * 254, 240]), CODE, CODE])
FRAMES = [COLOUR, *[Image.new("RGB", CODE.size, (shade, 0, 0)) for shade in (90, 180)]]


def with_alpha(image: Image.Image, page: int) -> Image.Image:
    """Dark modules that are opaque, on nothing."""
    layered = Image.new("LA", image.size, (page, 0))
    layered.paste(Image.new("LA", image.size, (255 - page, 255)), mask=image.point(lambda level: 255 - level))
    return layered


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()


FILES: dict[str, Callable[[], bytes]] = {
    "PNG of one bit": lambda: encoded(CODE.convert("1")),
    "PNG of a palette": lambda: encoded(COLOUR.quantize(16)),
    "PNG of RGB": lambda: encoded(COLOUR),
    "PNG of RGBA": lambda: encoded(COLOUR.convert("RGBA")),
    "PNG of 16 bits": lambda: encoded(Image.fromarray(np.asarray(CODE).astype(np.uint16) * 257)),
    "PNG with a clear page": lambda: encoded(with_alpha(CODE, 255)),
    "PNG with a clear page, in white": lambda: encoded(with_alpha(CODE, 0)),
    "PNG with a clear colour": lambda: encoded(CODE.convert("L"), transparency=255),
    "PNG with frames": lambda: encoded(COLOUR, save_all=True, append_images=FRAMES[1:]),
    "JPEG in grey": lambda: encoded(CODE, "JPEG"),
    "JPEG": lambda: encoded(COLOUR, "JPEG", quality=40),
    "JPEG, progressive": lambda: encoded(COLOUR, "JPEG", progressive=True),
    "JPEG of CMYK": lambda: encoded(COLOUR.convert("CMYK"), "JPEG"),
    "WebP": lambda: encoded(COLOUR, "WEBP", quality=40),
    "WebP, lossless": lambda: encoded(COLOUR.convert("RGBA"), "WEBP", lossless=True),
    "WebP with frames": lambda: encoded(COLOUR, "WEBP", save_all=True, append_images=FRAMES[1:]),
    "GIF": lambda: encoded(COLOUR, "GIF"),
    "GIF with frames": lambda: encoded(COLOUR, "GIF", save_all=True, append_images=FRAMES[1:]),
    "GIF with a clear page": lambda: encoded(CODE.convert("P"), "GIF", transparency=255),
    "AVIF": lambda: encoded(COLOUR, "AVIF", quality=60),
    "AVIF with a clear page": lambda: encoded(with_alpha(CODE, 255).convert("RGBA"), "AVIF"),
    "AVIF with frames": lambda: encoded(COLOUR, "AVIF", save_all=True, append_images=FRAMES[1:]),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_any_kind_is_read(kind: str):
    assert the_symbol(read(FILES[kind]())).text == TEXT


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_a_picture(form: str, orientation: int):
    sheet = Image.new("L", (400, 250), 255)
    sheet.paste(CODE, (20, 40))
    body = encoded(sheet, form, exif=exif(orientation))
    symbol = the_symbol(read(body))
    # As the decoder's own library has it.
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(Image.open(BytesIO(body)))
    expected = the_symbol(read(encoded(upright)))
    assert symbol.mirrored is expected.mirrored is (orientation in (2, 4, 5, 7))
    assert symbol.position.top_left.x == pytest.approx(expected.position.top_left.x, abs=1)
    assert symbol.position.top_left.y == pytest.approx(expected.position.top_left.y, abs=1)


def test_an_avif_that_is_turned_is_told_in_its_own_pixels():
    picture = open_picture(encoded(COLOUR.resize((200, 100)), "AVIF", exif=exif(6)))
    assert (picture.width, picture.height, picture.grey.size) == (100, 200, (100, 200))


def test_a_large_picture_is_told_in_its_own_pixels():
    image = draw(TEXT, pixels=100)
    assert image.width == 2900
    symbol = the_symbol(read(encoded(image)))
    corners = symbol.position
    assert [corners.top_left.x, corners.bottom_right.y] == pytest.approx([400, 2500], abs=4)


@pytest.mark.parametrize("share", [0.1, 0.2, 0.5])
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_ends_early_is_refused_or_read_as_far_as_it_goes(kind: str, share: float):
    body = FILES[kind]()
    reading = refusal = None
    try:
        reading = read(body[: int(len(body) * share)])
    except InvalidRequest as problem:
        refusal = problem
    assert reading or (refusal and [issue.path for issue in refusal.issues] == ["image"])


def test_bytes_beyond_the_limit_are_refused_unseen():
    with pytest.raises(InvalidRequest, match="at most 4194304 bytes; this one has 4194305"):
        open_picture(bytes(MAX_BYTES + 1))


@pytest.mark.parametrize("make", [lambda: {"quality": 60}, lambda: {"save_all": True, "append_images": FRAMES[1:]}])
def test_what_an_avif_says_is_what_it_has(make: Callable[[], dict[str, Any]]):
    from qr_engine.reading.picture.avif import read_avif

    width, height, pixels = read_avif(encoded(COLOUR, "AVIF", **make()))
    assert (width, height) == COLOUR.size
    assert pixels in (width * height, 2 * width * height)


@pytest.mark.parametrize("kind", ["PNG of RGB", "JPEG", "WebP", "GIF", "AVIF"])
def test_a_file_with_a_wrong_byte_is_read_or_refused(kind: str) -> None:
    body = bytearray(FILES[kind]())
    for place in range(0, len(body), max(1, len(body) // 150)):
        damaged = bytearray(body)
        damaged[place] ^= 255
        with suppress(InvalidRequest):
            read(bytes(damaged))
