"""Reading codes: from a picture that somebody sends to its symbols, their contents, and how well they can be read.

`read` takes the bytes of a picture. `picture/` opens it within limits, `decoder.py` finds symbols in it, `stream.py`
reads what their codewords contain besides the text, `grade.py` grades how well the largest can be read, and
`content.parsing` turns the text back into the fields of a content. This package loads the decoder and Pillow, so only
the routes that read import it.
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
