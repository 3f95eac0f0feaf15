"""Read a logo from the text in a request."""

from __future__ import annotations

from typing import Final

from ..hashes import sha256
from .bitmap import is_bitmap
from .data_uri import decode_data_uri
from .model import MAX_BYTES, Logo, refuse

__all__ = ["decode_logo", "is_markup", "read", "read_logo"]

_KINDS: Final = ("image/png", "image/jpeg", "image/webp", "image/svg+xml")
# How an SVG in UTF-16 begins, with a byte order mark or without.
_UTF_16: Final = (b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")
# With percent encoding, a byte takes at most three characters.
_MAX_CHARACTERS: Final = 3 * MAX_BYTES + 1024


def read_logo(data: str) -> Logo:
    """Read and check a logo.

    Its bytes decide the format, since media types are often wrong.

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
        As for `read_logo`.
    """
    if is_bitmap(body):
        from .raster import read_raster

        return read_raster(body, digest)
    if is_markup(body):
        from .svg.parse import read_svg

        return read_svg(body, digest)
    return refuse("This is neither a PNG, a JPEG, a WebP nor an SVG.", allowed=_KINDS)


def is_markup(body: bytes) -> bool:
    """Return whether a file begins like an SVG in UTF-8 or UTF-16."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or body.startswith(_UTF_16)


def decode_logo(data: str) -> bytes:
    """Decode the bytes of a logo from a data URI or base64, at most 2 MiB.

    Raises
    ------
    InvalidRequest
        There are more bytes or none, or the text is neither a data URI nor base64.
    """
    if len(data) > _MAX_CHARACTERS:
        refuse(f"A logo can have at most {MAX_BYTES} bytes.", limit={"max_bytes": MAX_BYTES})
    try:
        body = decode_data_uri(data)
    except ValueError as error:
        refuse(str(error))
    if not body:
        refuse("There is no picture in the data.")
    if len(body) > MAX_BYTES:
        refuse(f"A logo can have at most {MAX_BYTES} bytes; this one has {len(body)}.", limit={"max_bytes": MAX_BYTES})
    return body
