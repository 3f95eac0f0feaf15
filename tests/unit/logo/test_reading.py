from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from tests.unit.logo.pictures import as_base64, picture, read, read_or_refused, refusal_of, svg

from qr_engine.logo import Logo, read_logo


def open_picture(logo: Logo) -> Image.Image:
    with Image.open(io.BytesIO(logo.body)) as image:
        image.load()
        return image


@pytest.mark.parametrize(
    ("format_name", "content_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/png")]
)
def test_each_raster_format_is_read(format_name: str, content_type: str) -> None:
    logo = read(picture(format_name))
    assert (logo.kind, logo.width, logo.height, logo.content_type) == ("raster", 64, 48, content_type)
    assert Image.MIME[open_picture(logo).format or ""] == content_type
    assert open_picture(logo).getpixel((9, 9)) == pytest.approx((200, 30, 40), abs=3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_may_have_any_mode(mode: str) -> None:
    assert open_picture(read(picture("PNG", mode=mode))).mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")


def test_sixteen_bits_are_scaled() -> None:
    assert open_picture(read(picture("PNG", mode="I;16"))).getpixel((0, 0)) == (156, 156, 156)


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    assert open_picture(read(picture("JPEG", mode="CMYK"))).mode == "RGB"


def test_transparency_is_kept() -> None:
    assert open_picture(read(picture("PNG", mode="RGBA"))).getpixel((0, 0)) == (200, 30, 40, 128)
    assert open_picture(read(picture("WEBP", mode="RGBA", lossless=True))).getpixel((0, 0)) == (200, 30, 40, 128)


def test_a_large_picture_is_kept_at_1024_pixels() -> None:
    logo = read(picture("PNG", (4096, 2048)))
    assert (logo.width, logo.height) == (1024, 512)


def test_a_photograph_is_turned_upright_and_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Maker"
    logo = read(picture("JPEG", (64, 48), exif=exif))
    assert (logo.width, logo.height) == (48, 64)
    assert b"Maker" not in logo.body
    assert not open_picture(logo).getexif()


def test_text_in_a_png_is_dropped() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "private")
    assert b"private" not in read(picture("PNG", pnginfo=text)).body


@pytest.mark.parametrize(
    "wrapped",
    [
        "data:image/png;base64,{}",
        "data:;base64,{}",
        "DATA:image/jpeg;charset=utf-8;BASE64,{}",
        "  {}\n",
        "{}",
    ],
)
def test_a_logo_may_be_wrapped_in_many_ways_and_stays_the_same(wrapped: str) -> None:
    body = picture()
    assert read_logo(wrapped.format(as_base64(body))) == read(body)


def test_base64_may_be_broken_into_lines_lack_its_padding_or_be_url_safe() -> None:
    body = picture(size=(65, 47))
    text = as_base64(body)
    lines = "\r\n".join(text[start : start + 76] for start in range(0, len(text), 76))
    assert read_logo(lines) == read_logo(text.rstrip("=")) == read(body)
    assert read_logo(text.replace("+", "-").replace("/", "_")) == read(body)


def test_an_svg_may_be_percent_encoded() -> None:
    assert read_logo("data:image/svg+xml," + quote(svg().decode())) == read(svg())
    assert read_logo("data:image/svg+xml;utf8," + svg().decode()) == read(svg())


def test_what_it_is_is_told_by_its_bytes() -> None:
    assert read_logo("data:image/svg+xml;base64," + as_base64(picture("JPEG"))).content_type == "image/jpeg"


def test_the_digest_is_that_of_what_was_given() -> None:
    assert read(picture(color=(1, 2, 3))).digest != read(picture(color=(1, 2, 4))).digest


def test_the_same_logo_gives_the_same_bytes() -> None:
    body = picture("WEBP", mode="RGBA")
    assert read(body) == read(body)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "There is no picture in the data."),
        ("data:image/png;base64,", "There is no picture in the data."),
        ("data:image/png;base64", "A data URI must have a comma between its media type and its data."),
        ("data:,", "There is no picture in the data."),
        ("%%%%", "This is neither a data URI nor valid base64."),
        ("ÄÖÜß", "This is neither a data URI nor valid base64."),
        ("abcde", "This is neither a data URI nor valid base64."),
        (
            "https://example.com/logo.png",
            "The service fetches no pictures from URLs; send the picture as a data URI or in base64.",
        ),
        (as_base64(b"%PDF-1.7"), "This is neither a PNG, a JPEG, a WebP nor an SVG."),
        (as_base64(picture("GIF")), "This is neither a PNG, a JPEG, a WebP nor an SVG."),
        (as_base64(picture("BMP")), "This is neither a PNG, a JPEG, a WebP nor an SVG."),
    ],
)
def test_what_is_no_logo_is_refused(data: str, message: str) -> None:
    assert refusal_of(data).message == message


@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_picture_is_refused(format_name: str, kept: float) -> None:
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    out = io.BytesIO()
    noise.save(out, format_name)
    body = out.getvalue()
    assert refusal_of(body[: int(len(body) * kept)]).message == "The picture is truncated or damaged."


@pytest.mark.parametrize("format_name", ["PNG", "WEBP"])
def test_an_animation_is_refused(format_name: str) -> None:
    frames = [Image.new("RGB", (32, 32), color) for color in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, format_name, save_all=True, append_images=frames[1:])
    assert (
        refusal_of(out.getvalue()).message == "The picture is animated, with 3 frames; a logo must be a still picture."
    )


def test_the_second_picture_that_phones_add_to_a_jpeg_is_no_animation() -> None:
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (32, 32))])
    assert open_picture(read(out.getvalue())).getpixel((5, 5)) == pytest.approx((254, 0, 0), abs=2)


def test_more_than_4096_pixels_a_side_are_refused() -> None:
    issue = refusal_of(picture(size=(4097, 2000)))
    assert issue.message == "A logo can have at most 4096 pixels a side; this one has 4097 × 2000."
    assert issue.limit == {"max": 4096}


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has gigabytes of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(1 << 20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [10_000, 30_000, 2**31 - 1])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    body = bomb(side, side)
    tracemalloc.start()
    issue = refusal_of(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert issue.limit == {"max": 4096}
    assert peak < 4 << 20


def test_a_bomb_in_the_text_of_a_png_is_left_as_it_is() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a" * (8 << 20), zip=True)
    assert b"Comment" not in read_logo(as_base64(picture(pnginfo=text))).body


def test_more_than_two_mebibytes_are_refused() -> None:
    issue = refusal_of(picture() + bytes(2 << 20))
    assert issue.message.startswith("A logo can have at most 2097152 bytes; this one has ")
    assert issue.limit == {"max_bytes": 2 << 20}


def test_twenty_megabytes_are_refused_without_being_decoded() -> None:
    assert refusal_of("A" * 20_000_000).message == "A logo can have at most 2097152 bytes."


def test_a_picture_that_shows_nothing_is_refused() -> None:
    assert refusal_of(picture(mode="RGBA", color=(0, 0, 0, 0))).message == "The picture is fully transparent."


def test_a_strip_is_refused() -> None:
    assert refusal_of(picture(size=(2100, 100))).message == "A logo can be at most 20 times as long as it is wide."
    assert read(picture(size=(2000, 100))).width == 1024


@settings(max_examples=150, deadline=None)
@given(data=st.data(), format_name=st.sampled_from(["PNG", "JPEG", "WEBP"]))
def test_a_damaged_picture_is_read_or_refused_and_never_a_fault(data: st.DataObject, format_name: str) -> None:
    body = bytearray(picture(format_name, mode="RGB"))
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    logo = read_or_refused(bytes(body))
    assert logo is None or open_picture(logo).size == (logo.width, logo.height)
