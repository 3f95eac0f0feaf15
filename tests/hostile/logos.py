"""Small logos that take long to draw."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode

__all__ = ["jpeg_of_scans", "png", "svg", "with_logo", "with_picture", "zigzag"]


def svg(inside: str, box: str = "0 0 99 99") -> bytes:
    """Give an SVG document."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'.encode()


def zigzag(segments: int, side: int = 99) -> str:
    """Give path data of lines all over a picture."""
    return "M0 0" + "".join(f"L{37 * index % side} {53 * index % side}" for index in range(1, segments + 1))


def with_picture(body: bytes, kind: str, uses: int) -> bytes:
    """Give an SVG that shows a bitmap so many times."""
    data = f"data:image/{kind};base64,{b64encode(body).decode()}"
    return svg(f'<defs><image id="a" width="99" height="99" href="{data}"/></defs>' + '<use href="#a"/>' * uses)


def with_logo(body: bytes, **fields: object) -> dict[str, object]:
    """Give the request for a code with a logo."""
    return {"data": "https://example.com", "format": "png", "logo": {"data": b64encode(body).decode()}, **fields}


def png(side: int) -> bytes:
    """Give a PNG of stripes, a few kilobytes at any size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = b"\0" + bytes(index // 16 & 255 for index in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * side, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_of_scans(scans: int, side: int = 4096) -> bytes:
    """Give a progressive JPEG in grey with a first scan and so many that say nothing, in 34 bytes each.

    They are runs of blocks that end at once (ITU T.81, G.1.2.2), which a decoder follows over the whole picture.
    """

    def table(kind: int, symbol: int) -> bytes:
        return b"\xff\xc4" + struct.pack(">HB", 20, kind) + bytes([1] + 15 * [0]) + bytes([symbol])

    quantization = b"\xff\xdb\x00\x43\x00" + 64 * b"\x01"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, side, side, 1) + b"\x01\x11\x00"
    blocks = (side // 8) ** 2
    head = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00"
    first = head + b"\x00\x00\x00" + bytes(blocks // 8)
    bits = "011111111111111" * -(-blocks // 32767)
    bits += "1" * (-len(bits) % 8)
    runs = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    again = head + b"\x01\x3f\x00" + runs
    return (
        b"\xff\xd8" + quantization + frame + table(0x00, 0x00) + table(0x10, 0xE0) + first + again * scans + b"\xff\xd9"
    )
