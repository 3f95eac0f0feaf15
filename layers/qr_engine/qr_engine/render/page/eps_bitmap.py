"""Pixels on a PostScript page."""

from __future__ import annotations

import zlib
from base64 import a85encode
from typing import TYPE_CHECKING

from .content import UNIT, print_number

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["print_bitmap"]


def print_bitmap(image: Image.Image, box: tuple[float, float, float, float]) -> str:
    """Print the operators that show an ``RGB`` bitmap in `box`: left, top, right and bottom, in modules.

    They change the coordinate system, and the data follow in the text of the program.
    """
    data = a85encode(zlib.compress(image.tobytes(), 6), wrapcol=120)
    # Readers would take a line that begins with two percent signs for a comment on the document's structure.
    lines = "\n".join([f" {line}" if line.startswith("%") else line for line in data.decode("ascii").split("\n")])
    left, top, right, bottom = box
    corner = " ".join([print_number(value * UNIT) for value in (left, top)])
    size = " ".join([print_number(value * UNIT) for value in (right - left, bottom - top)])
    width, height = image.size
    return f"""\
{corner} translate {size} scale /DeviceRGB setcolorspace
<</ImageType 1/Width {width}/Height {height}/BitsPerComponent 8/Decode[0 1 0 1 0 1]/Interpolate true
/ImageMatrix[{width} 0 0 {height} 0 0]/DataSource currentfile/ASCII85Decode filter/FlateDecode filter>>image
{lines}~>"""
