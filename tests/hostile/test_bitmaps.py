"""Bitmap logos at and beyond what one may take: pixels, chunks, scans, texts that grow, and what packs badly."""

from __future__ import annotations

import struct
import zlib

import pytest

from .bitmaps import (
    chunk,
    dynamic_blocks,
    exif_of,
    jpeg,
    jpeg_frame,
    png_of,
    refined_jpeg,
    segment,
    two_shades,
    webp,
    webp_of,
)
from .limited import ENOUGH, Answer, answers
from .logos import jpeg_of_scans, with_logo, with_picture

VALIDATE = "POST /api/qr/validate"
MEGABYTE = zlib.compress(bytes(1024 * 1024 - 1), 9)
FULL = 1_900_000

REFUSED = {
    "16 bits": (
        lambda: png_of(4096, 16, 6),
        "A bitmap logo can take at most 650 ms to read; this takes about 671 ms, for a PNG of 4096 × 4096 pixels, "
        "16 bits of RGBA. Make it smaller, about 4010 pixels a side.",
    ),
    "interlaced": (lambda: png_of(4096, 16, 6, interlaced=True), "A bitmap logo can take at most 650 ms to read"),
    "refining scans": (lambda: refined_jpeg(99), "A bitmap logo can take at most 650 ms to read"),
    "scans": (lambda: jpeg_of_scans(5000), "A JPEG can have at most 100 scans; this one has 5001."),
    "empty chunks": (lambda: png_of(8, between=chunk(b"IDAT") * 170_000), "A PNG can have at most 4096 chunks"),
    "unknown chunks": (lambda: png_of(8, extra=chunk(b"abCd") * 170_000), "A PNG can have at most 4096 chunks"),
    "comments": (lambda: jpeg(64, extra=segment(0xFE) * 400_000), "A JPEG can have at most 4096 segments"),
    "webp chunks": (lambda: webp_of(*[(b"none", b"")] * 200_000), "A WebP can have at most 4096 chunks"),
    "frames of webp": (
        lambda: webp_of((b"VP8X", b"\2\0\0\0\x3f\0\0\x3f\0\0"), *[(b"ANMF", bytes(16))] * 4000),
        "The picture is animated, with 4000 frames; a logo must be a still picture.",
    ),
    "frames of png": (
        lambda: png_of(8, extra=chunk(b"acTL", struct.pack(">II", 60_000, 0))),
        "The picture is animated, with 60000 frames; a logo must be a still picture.",
    ),
    "arithmetic": (lambda: jpeg_frame(64, 0xC9), "This JPEG is arithmetically coded, which browsers do not show"),
    "lossless": (lambda: jpeg_frame(64, 0xC3), "This JPEG is lossless or hierarchical, which browsers do not show"),
    "12 bits": (lambda: jpeg_frame(64, 0xC1, depth=12), "A JPEG must have 8 bits per sample; this one has 12."),
    "two frames": (lambda: jpeg(64, extra=jpeg_frame(64, 0xC0)[2:21]), "The picture is truncated or damaged."),
    "profile": (
        lambda: png_of(8, extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(30_000_000), 9))),
        "A colour profile can have at most 2097152 bytes; this one has more.",
    ),
    "within an SVG": (
        lambda: with_picture(png_of(4096), "png", 1),
        "The bitmaps inside an SVG logo can take at most 400 ms to read",
    ),
}

ACCEPTED = {
    "RGBA": lambda: png_of(4096),
    "RGBA of 16 bits": lambda: png_of(4000, 16),
    "interlaced RGBA": lambda: png_of(4090, interlaced=True),
    "empty blocks": lambda: png_of(10, data=dynamic_blocks((b"\0" + b"\1" * 40) * 10, FULL)),
    "two shades": lambda: two_shades(1024),
    "profiles": lambda: png_of(8, extra=chunk(b"iCCP", b"a\0\0" + MEGABYTE) * 1800),
    "texts": lambda: png_of(8, extra=chunk(b"zTXt", b"a\0\0" + MEGABYTE) * 1800),
    "scans": lambda: jpeg_of_scans(99),
    "refining scans": lambda: refined_jpeg(40),
    "progressive CMYK": lambda: jpeg(4096, "CMYK", progressive=True, subsampling=0),
    "fill": lambda: jpeg(64, extra=b"\xff" * FULL),
    "junk": lambda: jpeg(64, extra=segment(0xFE) + b"\0" * FULL),
    "directories": lambda: jpeg(64, extra=segment(0xE1, exif_of(5000)) * 28),
    "lossy WebP": lambda: webp(4096, "RGB", quality=50, method=0),
    "within an SVG": lambda: with_picture(png_of(4096, color=0), "png", 1),
}


@pytest.fixture(scope="module")
def answered() -> dict[str, Answer]:
    """The answers to all of them, by their names, in one process."""
    requests = [(VALIDATE, "", with_logo(make())) for make, _ in REFUSED.values()]
    requests += [("POST /api/qr/generate", "", with_logo(make())) for make in ACCEPTED.values()]
    return dict(zip((*REFUSED, *[f"{kind} within" for kind in ACCEPTED]), answers(requests, seconds=15), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("kind", REFUSED)
def test_what_takes_too_long_is_refused_by_its_headers(kind: str, answered: dict[str, Answer]):
    answer = answered[kind]
    assert answer.status == 400
    assert answer.messages[0].startswith(f"logo.data: {REFUSED[kind][1]}")
    assert answer.seconds < 0.3


@pytest.mark.slow
@pytest.mark.parametrize("kind", ACCEPTED)
def test_what_is_accepted_takes_no_longer_than_any_request(kind: str, answered: dict[str, Answer]):
    answer = answered[f"{kind} within"]
    assert answer.status == 200, answer.messages
    assert answer.seconds < ENOUGH
