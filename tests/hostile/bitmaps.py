"""Bitmaps of a few kilobytes, or at most 2 MiB, that take long to decode, to read the headers of, or to write anew."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

from PIL import Image

__all__ = [
    "PNG",
    "chunk",
    "dynamic_blocks",
    "exif_of",
    "jpeg",
    "jpeg_frame",
    "png_of",
    "refined_jpeg",
    "segment",
    "two_shades",
    "webp",
    "webp_of",
]

PNG = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    """Give a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(
    side: int,
    depth: int = 8,
    color: int = 6,
    *,
    interlaced: bool = False,
    data: bytes | None = None,
    extra: bytes = b"",
    between: bytes = b"",
) -> bytes:
    """Give a PNG whose rows are filtered by Paeth, the slowest predictor.

    Parameters
    ----------
    color
        The colour type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA.
    data
        The compressed picture instead.
    extra, between
        Chunks before the picture, and between two chunks of it.
    """
    if data is None:
        data = zlib.compress(b"".join(_rows(side, depth, color, interlaced)), 9)
    head = struct.pack(">IIBBBBB", side, side, depth, color, 0, 0, interlaced)
    palette = chunk(b"PLTE", bytes(range(256)) * 3) if color == 3 else b""
    first, second = data[: len(data) // 2], data[len(data) // 2 :]
    body = chunk(b"IDAT", first) + between + chunk(b"IDAT", second)
    return PNG + chunk(b"IHDR", head) + palette + extra + body + chunk(b"IEND")


def _rows(side: int, depth: int, color: int, interlaced: bool) -> list[bytes]:
    passes = ((0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2))
    rows = []
    for left, step, top, rise in passes if interlaced else ((0, 1, 0, 1),):
        across, down = len(range(left, side, step)), len(range(top, side, rise))
        length = (across * depth * _CHANNELS[color] + 7) // 8
        # Alpha is the last of the bytes; so that something is seen, it is not zero.
        row = b"\4" + b"\x01" * length
        rows.append(row * down)
    return rows


def dynamic_blocks(raw: bytes, most: int) -> bytes:
    """Give a zlib stream of as many empty blocks with trees of their own as fit into `most` bytes, and then `raw`."""
    # The code lengths' own lengths, in their order (RFC 1951, 3.2.7): 18 and 1 have codes of one bit.
    order = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1)
    bits = "0" + "01" + "00000" + "00000" + format(len(order) - 4, "04b")[::-1]
    bits += "".join("100" if code in (18, 1) else "000" for code in order)
    # 255 literals without a code, one literal and the end with codes of one bit, and a distance.
    for zeros in (138, 117):
        bits += "1" + format(zeros - 11, "07b")[::-1]
    bits += "000"
    # The block ends at once.
    bits += "1"
    # Eight blocks end on a byte.
    whole = int((bits * 8)[::-1], 2).to_bytes(len(bits), "little")
    blocks = whole * (most // len(whole))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"\x78\xda" + blocks + packer.compress(raw) + packer.flush() + struct.pack(">I", zlib.adler32(raw))


def two_shades(side: int, mode: str = "RGBA") -> bytes:
    """Give a PNG of random bytes of two values, which compressors search longest in."""
    source = random.Random(7)
    count = side * side * len(mode)
    bits = source.getrandbits(count)
    body = format(bits, f"0{count}b").encode().translate(bytes.maketrans(b"01", b"\xfe\xff"))
    out = BytesIO()
    Image.frombytes(mode, (side, side), body).save(out, "PNG")
    return out.getvalue()


def segment(marker: int, body: bytes = b"") -> bytes:
    """Give a segment of a JPEG."""
    return struct.pack(">BBH", 255, marker, len(body) + 2) + body


def jpeg(side: int, mode: str = "RGB", extra: bytes = b"", **options: object) -> bytes:
    """Give a JPEG of stripes; `extra` are segments behind its first marker."""
    out = BytesIO()
    stripes = Image.linear_gradient("L").resize((side, side))
    Image.merge(mode, [stripes] * len(mode)).save(out, "JPEG", **options)
    return out.getvalue()[:2] + extra + out.getvalue()[2:]


def jpeg_frame(side: int, marker: int, depth: int = 8) -> bytes:
    """Give a JPEG with a frame of some kind, and one scan of nothing."""
    frame = segment(marker, struct.pack(">BHHB", depth, side, side, 1) + b"\x01\x11\x00")
    return b"\xff\xd8" + frame + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + bytes(64) + b"\xff\xd9"


def exif_of(fields: int) -> bytes:
    """Give Exif data each field of which says that it is as long as all of them."""
    entries = b"".join(struct.pack(">HHII", 0xC000 + index, 1, 12 * fields, 8) for index in range(fields))
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", fields) + entries + bytes(4)


def refined_jpeg(scans: int, side: int = 4096) -> bytes:
    """Give a progressive JPEG in grey with so many scans that refine nothing, but look at every coefficient."""

    def table(kind: int, symbol: int) -> bytes:
        return segment(0xC4, bytes([kind, 1] + 15 * [0]) + bytes([symbol]))

    blocks = (side // 8) ** 2
    first = segment(0xDA, b"\x01\x01\x00\x00\x00\x00") + bytes(blocks // 8)
    bits = "011111111111111" * -(-blocks // 32767)
    bits += "1" * (-len(bits) % 8)
    runs = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    again = segment(0xDA, b"\x01\x01\x00\x01\x3f\x10") + runs
    frame = segment(0xC2, struct.pack(">BHHB", 8, side, side, 1) + b"\x01\x11\x00")
    tables = segment(0xDB, b"\0" + 64 * b"\1") + table(0x00, 0x00) + table(0x10, 0xE0)
    return b"\xff\xd8" + tables + frame + first + again * scans + b"\xff\xd9"


def webp(side: int, mode: str = "RGBA", **options: object) -> bytes:
    """Give a WebP of slight noise."""
    out = BytesIO()
    noise = Image.effect_noise((side, side), 3)
    Image.merge(mode, [noise] * (len(mode) - 1) + [noise]).save(out, "WEBP", **options)
    return out.getvalue()


def webp_of(*chunks: tuple[bytes, bytes]) -> bytes:
    """Give a WebP of these chunks."""
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
