"""What a reader finds in an answer."""

from __future__ import annotations

import gzip
import io

import zxingcpp
from PIL import Image

__all__ = ["Unreadable", "text_in"]


class Unreadable(Exception):
    """The picture is none, or no code is found in it; says which."""


def text_in(body: bytes, content_type: str, coding: str) -> str:
    """Read the text of the one code in a picture.

    Parameters
    ----------
    content_type, coding
        As the headers of the answer had them.

    Raises
    ------
    Unreadable
        There is not exactly one code.
    """
    try:
        picture = gzip.decompress(body) if coding == "gzip" else body
        image = _OPENED.get(content_type.partition(";")[0], _open)(picture)
    except (OSError, ValueError) as error:
        raise Unreadable(f"no picture: {error}") from None
    barcodes = zxingcpp.read_barcodes(image)
    if len(barcodes) != 1:
        raise Unreadable(f"{len(barcodes)} codes found")
    return str(barcodes[0].text)


def _open(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture)).convert("RGBA")
    # As a page shows it: on white.
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")


def _svg(picture: bytes) -> Image.Image:
    import resvg_py

    return _open(bytes(resvg_py.svg_to_bytes(svg_string=picture.decode())))


def _pdf(picture: bytes) -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(picture)
    try:
        page: Image.Image = document[0].render(scale=3).to_pil()
        return page.convert("L")
    finally:
        document.close()


_OPENED = {"image/svg+xml": _svg, "application/pdf": _pdf}
