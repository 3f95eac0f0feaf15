"""Reading codes: a picture that somebody sends, to its symbols, what they say, and how well they can be read.

`read` takes the bytes of a picture. `picture/` opens it under bounds, `decoder.py` finds symbols in it, `stream.py`
reads what their codewords say beside the text, `grade.py` tells how well the largest can be read, and
`content.parsing` turns the text back into the fields of a content. The decoder and Pillow are loaded with this room, so
it is imported only by the routes that read.
"""

from __future__ import annotations

from .model import MAX_SYMBOLS, Corners, Grade, Point, Reading, ReadSymbol, SequencePlace
from .picture import MAX_BYTES, MAX_PIXELS
from .read import read

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "MAX_SYMBOLS",
    "Corners",
    "Grade",
    "Point",
    "ReadSymbol",
    "Reading",
    "SequencePlace",
    "read",
]
