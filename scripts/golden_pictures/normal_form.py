"""What counts of a picture's bytes: the same on every machine, whatever zlib and codecs are there.

Text is taken as it is. What is deflated is inflated, what is a picture is decoded to pixels, and what a lossy encoder
made stands for the pixels that it was given.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from base64 import a85decode, b64decode
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from .lossy import of_pixels

if TYPE_CHECKING:
    from collections.abc import Callable

    from .lossy import Sources

__all__ = ["normal_form"]


def normal_form(body: bytes, form: str, sources: Sources) -> bytes:
    """Return the part of `body`, a picture in the format `form`, that must not change.

    Parameters
    ----------
    sources
        What the lossy files that were encoded here are made of.

    Raises
    ------
    ValueError
        The picture is not what its format says.
    """
    if form in ("txt", "json"):
        return body
    if form == "eps":
        return _eps(body)
    return _FORMS[form](body, sources)


def _raster(body: bytes, sources: Sources) -> bytes:
    """Return the pixels and the resolution, or what a lossy file was made of, or the bytes of an upload."""
    source = sources.get(hashlib.sha256(body).digest())
    if source is not None:
        return source.encode()
    with Image.open(BytesIO(body)) as image:
        image.load()
        if image.format == "JPEG":
            return body
        dpi = image.info.get("dpi") or dict(image.getexif())
        return f"{image.format} {of_pixels(image)} {dpi}".encode()


_DATA_URI = re.compile(rb"data:(image/[a-z]+);base64,([A-Za-z0-9+/=]+)")
_IDENTIFIER = re.compile(rb'\bid="[a-z]([0-9a-f]{12})')


def _svg(body: bytes, sources: Sources) -> bytes:
    def decode(match: re.Match[bytes]) -> bytes:
        return b"[%b %b]" % (match[1], _raster(b64decode(match[2], validate=True), sources))

    plain = _DATA_URI.sub(decode, body)
    if plain != body:
        # Identifiers of the whole document are a digest of it, and so of the bytes of its pictures.
        whole = {found[1] for found in _IDENTIFIER.finditer(body) if _names_all(body, found)}
        for mark in whole:
            plain = plain.replace(mark, b"[document]")
    return plain


def _names_all(body: bytes, match: re.Match[bytes]) -> bool:
    """Whether the identifier is made from the whole document; one of a gradient begins with ``g``, and is not."""
    return body[match.start(1) - 1 : match.start(1)] != b"g"


_BITMAP = re.compile(rb"(/ASCII85Decode filter/FlateDecode filter>>image\n)(.*?)~>", re.S)


def _eps(body: bytes) -> bytes:
    def inflate(match: re.Match[bytes]) -> bytes:
        return b"%b[%b]" % (match[1], _digest(zlib.decompress(a85decode(match[2]))))

    return _BITMAP.sub(inflate, body)


_OBJECT = re.compile(rb"\d+ 0 obj\n(.*)\nendobj\n", re.S)
_STREAM = re.compile(rb"(<<.*?)/Length (\d+)(.*?>>)stream\n(.*)\nendstream", re.S)


def _pdf(body: bytes, sources: Sources) -> bytes:
    """Return the objects, streams inflated, and the trailer without offsets and the file's digest."""
    start = int(body.rpartition(b"startxref\n")[2].split()[0])
    table, _, trailer = body[start:].partition(b"trailer\n")
    starts = [int(line.split()[0]) for line in table.split(b"\n")[3:] if line]
    parts = [body[: starts[0]]]
    for first, last in zip(starts, [*starts[1:], start], strict=True):
        match = _OBJECT.fullmatch(body, first, last)
        if match is None:
            raise ValueError(f"there is no object at {first}")
        parts.append(_STREAM.sub(partial(_stream, sources), match[1]))
    parts.append(re.sub(rb"/ID\[.*?\]", b"", trailer.partition(b"startxref")[0]))
    return b"\n".join(parts)


def _stream(sources: Sources, match: re.Match[bytes]) -> bytes:
    if int(match[2]) != len(match[4]):
        raise ValueError(f"a stream is {len(match[4])} bytes long, and says {match[2].decode()}")
    header = match[1] + match[3]
    if b"/DCTDecode" in header:
        return b"%b[%b]" % (header, _raster(match[4], sources))
    data = zlib.decompress(match[4])
    return b"%b[%b]" % (header, _digest(data) if b"/Subtype/Image" in header else data)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


_FORMS: dict[str, Callable[[bytes, Sources], bytes]] = {
    "svg": _svg,
    "pdf": _pdf,
    "png": _raster,
    "webp": _raster,
    "jpeg": _raster,
    "avif": _raster,
    "gif": _raster,
}
