"""Pictures from strangers, opened within limits that are checked against their headers before anything is decoded.

`bitmap.py` decodes PNG, JPEG, WebP, GIF and AVIF, and `drawing.py` draws SVG. `gif.py` and `avif.py` read headers that
the logo code does not.
"""

from __future__ import annotations

from ...logo.data_uri import decode_data_uri
from ...logo.reading import is_markup
from .bitmap import is_bitmap, open_bitmap
from .model import MAX_BYTES, MAX_PIXELS, Picture, refuse

__all__ = ["MAX_BYTES", "MAX_PIXELS", "Picture", "decode_picture", "open_picture", "refuse"]

FORMATS = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/svg+xml")


def decode_picture(data: str) -> bytes:
    """Decode the bytes of a picture from a data URI or base64.

    Raises
    ------
    InvalidRequest
        The data are neither; there is one issue, at ``image``.
    """
    try:
        return decode_data_uri(data)
    except ValueError as error:
        refuse(str(error))


def open_picture(body: bytes) -> Picture:
    """Open a picture in the format that its bytes show, since media types are often wrong.

    Raises
    ------
    InvalidRequest
        It has none of the formats, is damaged, or exceeds a limit; there is one issue, at ``image``.
    """
    if not body:
        refuse("There is no picture in the data.")
    if len(body) > MAX_BYTES:
        refuse(
            f"A picture can have at most {MAX_BYTES} bytes; this one has {len(body)}.", limit={"max_bytes": MAX_BYTES}
        )
    if is_bitmap(body):
        return open_bitmap(body)
    if is_markup(body):
        from .drawing import open_drawing

        return open_drawing(body)
    return refuse("This is neither a PNG, a JPEG, a WebP, a GIF, an AVIF nor an SVG.", allowed=FORMATS)
