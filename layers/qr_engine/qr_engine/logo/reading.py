"""From the text in a request to a logo."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Final
from urllib.parse import unquote_to_bytes

from ..hashes import sha256
from .bitmap import is_bitmap
from .model import MAX_BYTES, Logo, refuse

__all__ = ["decode_logo", "read", "read_logo"]

_KINDS: Final = ("image/png", "image/jpeg", "image/webp", "image/svg+xml")
# By a byte order mark, or without one.
_UTF_16: Final = (b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")
# Percent-encoded, each byte takes three characters at most.
_MAX_CHARACTERS: Final = 3 * MAX_BYTES + 1024


def read_logo(data: str) -> Logo:
    """Read and check a logo.

    What it is is told by its bytes: media types are often wrong.

    Parameters
    ----------
    data
        A data URI, or the base64 of PNG, JPEG, WebP or SVG; at most 2 MiB decoded.

    Raises
    ------
    InvalidRequest
        With one issue at ``logo.data``: it cannot be decoded, is not one of these formats, is truncated, animated, too
        large or wholly transparent, or is an SVG with anything that could run, reach out or look different elsewhere.
    """
    body = decode_logo(data)
    return read(body, sha256(body).hexdigest())


def read(body: bytes, digest: str) -> Logo:
    """Read and check the bytes of a logo whose SHA-256 is known.

    Raises
    ------
    InvalidRequest
        As `read_logo`.
    """
    if is_bitmap(body):
        from .raster import read_raster

        return read_raster(body, digest)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or body.startswith(_UTF_16):
        from .svg.parse import read_svg

        return read_svg(body, digest)
    return refuse("This is neither a PNG, a JPEG, a WebP nor an SVG.", allowed=_KINDS)


def decode_logo(data: str) -> bytes:
    """Decode the bytes of a logo from a data URI or base64, at most 2 MiB.

    Raises
    ------
    InvalidRequest
        They are more, or there are none.
    """
    body = _decode(data)
    if len(body) > MAX_BYTES:
        refuse(f"A logo has at most {MAX_BYTES} bytes; this one has {len(body)}.", limit={"max_bytes": MAX_BYTES})
    return body


def _decode(data: str) -> bytes:
    if len(data) > _MAX_CHARACTERS:
        refuse(f"A logo has at most {MAX_BYTES} bytes.", limit={"max_bytes": MAX_BYTES})
    payload = data.strip()
    if payload[:5].lower() == "data:":
        head, comma, payload = payload[5:].partition(",")
        if not comma:
            refuse("A data URI has a comma between its media type and its data.")
        if not head.replace(" ", "").lower().endswith(";base64"):
            return unquote_to_bytes(payload)
        payload = unquote_to_bytes(payload).decode("latin-1")
    elif payload[:8].lower().startswith(("http:", "https:")):
        refuse("A logo is sent along, as a data URI or base64; none is fetched from a URL.")
    compact = "".join(payload.split()).rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    if not compact:
        refuse("There is no picture in this.")
    try:
        return b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (Base64Error, ValueError):
        refuse("This is not valid base64.")
