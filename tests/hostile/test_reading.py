"""Pictures to read that take long to decode, or that are full of what a decoder stops at."""

from __future__ import annotations

import struct
from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from .bitmaps import chunk, dynamic_blocks, jpeg, png_of, refined_jpeg, webp
from .limited import Answer, answers
from .logos import jpeg_of_scans

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

READ = "POST /api/qr/read"
FULL = 4_000_000
SECONDS = 1.5
"""What a picture may take, whatever is in it: the service says so. Beyond twice that, its budget is broken."""

SOURCE = np.random.default_rng(7)
FINDER = np.ones((9, 9), np.uint8) * 255
FINDER[1:8, 1:8], FINDER[2:7, 2:7], FINDER[3:6, 3:6] = 0, 255, 0


def encoded(pixels: NDArray[np.uint8] | Image.Image, form: str = "PNG", **options: Any) -> bytes:
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def finders(side: int, pixels: int = 1) -> NDArray[np.uint8]:
    """Finder patterns all over, of so many pixels a module."""
    tile = FINDER.repeat(pixels, 0).repeat(pixels, 1)
    return np.tile(tile, (side // len(tile) + 1,) * 2)[:side, :side]


def finders_in_noise(side: int, pixels: int = 1) -> NDArray[np.uint8]:
    """The same with random modules between them, which look like the data of symbols."""
    modules = (SOURCE.integers(0, 2, (side // pixels + 1,) * 2) * 255).astype(np.uint8)
    for top in range(0, len(modules) - 9, 14):
        for left in range(0, len(modules) - 9, 14):
            modules[top : top + 9, left : left + 9] = FINDER
    return modules.repeat(pixels, 0).repeat(pixels, 1)[:side, :side]


def noise(side: int) -> NDArray[np.uint8]:
    return SOURCE.integers(0, 256, (side, side), dtype=np.uint8)


def clear(pixels: NDArray[np.uint8]) -> Image.Image:
    """The same with a clear pixel, so that it is searched on a white page and on a black one."""
    image = Image.fromarray(pixels).convert("LA")
    image.putpixel((0, 0), (0, 0))
    return image


def animated(form: str, frames: int, side: int) -> bytes:
    images = [Image.new("RGB", (side, side), (index % 256, 0, 0)) for index in range(frames)]
    return encoded(images[0], form, save_all=True, append_images=images[1:])


def avif(side: int, told: int = 0, **options: Any) -> bytes:
    """An AVIF of soft noise; `told` is the side that its boxes say instead."""
    soft = Image.fromarray(noise(side // 4)).resize((side, side)).convert("RGB")
    body = encoded(soft, "AVIF", speed=10, **options)
    at = body.index(b"ispe") + 8
    return body[:at] + struct.pack(">II", told, told) + body[at + 8 :] if told else body


SEARCHED: dict[str, Callable[[], bytes]] = {
    "finders": lambda: encoded(finders(1024)),
    "finders on two pages": lambda: encoded(clear(finders(1024))),
    "finders at the largest that is kept": lambda: encoded(finders(2048)),
    "finders at the largest that is taken": lambda: encoded(finders(4096, 2)),
    "finders with an alpha channel": lambda: encoded(clear(finders(4096, 2))),
    "finders in noise": lambda: encoded(finders_in_noise(2048)),
    "finders in a strip": lambda: encoded(np.tile(finders(256), (1, 64))),
    "noise": lambda: encoded(noise(1900)),
    "RGBA": lambda: png_of(4096),
    "16 bits": lambda: png_of(4096, 16, 6),
    "empty blocks": lambda: png_of(10, data=dynamic_blocks((b"\0" + b"\1" * 40) * 10, FULL)),
    "scans": lambda: jpeg_of_scans(99),
    "refining scans": lambda: refined_jpeg(30),
    "progressive CMYK": lambda: jpeg(4096, "CMYK", progressive=True, subsampling=0),
    "a photograph": lambda: encoded(
        Image.fromarray(noise(1024)).resize((4080, 4080)).convert("RGB"), "JPEG", quality=50, progressive=True
    ),
    "lossy WebP": lambda: webp(3600, "RGB", quality=50, method=0),
    "GIF": lambda: encoded(finders(4096, 2), "GIF"),
    "AVIF": lambda: avif(3072, quality=60),
    "frames of GIF": lambda: animated("GIF", 200, 300),
    "frames of WebP": lambda: animated("WEBP", 100, 300),
    "frames of AVIF": lambda: animated("AVIF", 60, 300),
    "frames of PNG": lambda: animated("PNG", 100, 300),
}
GIF_FRAME = b"\x2c" + struct.pack("<HHHHB", 0, 0, 65_000, 65_000, 0) + b"\x02\x02\x4c\x01\x00\x3b"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "pixels of PNG": (lambda: png_of(5000, color=0), "at most 16777216 pixels, such as 4096 × 4096"),
    "a side": (lambda: encoded(np.zeros((1, 20_000), np.uint8)), "at most 16384 pixels a side"),
    "pixels of GIF": (
        lambda: b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + GIF_FRAME,
        "at most 16777216",
    ),
    "a GIF's frame": (lambda: b"GIF89a" + struct.pack("<HHBBB", 9, 9, 0, 0, 0) + GIF_FRAME, "at most 16777216"),
    "pixels of AVIF": (lambda: avif(256, told=60_000), "at most 16777216 pixels"),
    "refining scans": (lambda: refined_jpeg(99), "at most 700 ms to decode"),
    "scans": (lambda: jpeg_of_scans(5000), "at most 100 scans"),
    "chunks": (lambda: png_of(8, between=chunk(b"IDAT") * 200_000), "at most 4096 chunks"),
    "no picture": (lambda: bytes(3_000_000), "neither a PNG"),
    "boxes": (lambda: b"\0\0\0\x0cftypavif" + b"\0\0\0\x08free" * 400_000, "too many parts"),
    "boxes in boxes": (lambda: b"\0\0\0\x0cftypavif" + b"\0\0\0\0moov" * 400_000, "too many parts"),
    "an AVIF that is cut": (lambda: avif(256)[:-40], "damaged"),
}


def sent(body: bytes) -> tuple[str, str, dict[str, str]]:
    return READ, "", {"image": b64encode(body).decode()}


@pytest.fixture(scope="module")
def answered() -> dict[str, Answer]:
    """The answers to all of them, by their names, in one process."""
    warm = sent(encoded(finders(64)))
    requests = [sent(make()) for make in SEARCHED.values()] + [sent(make()) for make, _ in REFUSED.values()]
    _, *found = answers([warm, *requests], seconds=40)
    return dict(zip((*SEARCHED, *[f"{kind}: refused" for kind in REFUSED]), found, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("kind", SEARCHED)
def test_whatever_is_in_a_picture_it_takes_no_longer_than_is_said(kind: str, answered: dict[str, Answer]):
    answer = answered[kind]
    assert answer.status == 200, answer.messages
    assert answer.body["symbols"] == []
    assert answer.seconds < 2 * SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_take_too_long_is_refused_by_its_headers(kind: str, answered: dict[str, Answer]):
    answer = answered[f"{kind}: refused"]
    assert answer.status == 400
    assert answer.messages[0].startswith("image: ")
    assert REFUSED[kind][1] in answer.messages[0]
    assert answer.seconds < 0.3


@pytest.mark.slow
def test_what_the_boxes_of_an_avif_say_of_its_size_is_not_believed():
    small, large = (avif(2048, told=told, quality=90) for told in (16, 0))
    first, second = answers([sent(small), sent(large)])
    assert (first.status, second.status) == (200, 200)
    (refused,) = answers([sent(frames_of_one_picture(avif(2048, told=16, quality=1), 20))])
    assert refused.status == 400
    assert "700 ms" in refused.messages[0]


def frames_of_one_picture(body: bytes, times: int) -> bytes:
    """The same AVIF with the stream of its picture so many times one after the other."""
    at = body.index(b"mdat") + 4
    stream = body[at:] * times
    length = struct.pack(">I", len(body) - at)
    assert body.count(length) == 1
    changed = body[:at].replace(length, struct.pack(">I", len(stream)))
    return changed[:-8] + struct.pack(">I", len(stream) + 8) + b"mdat" + stream
