"""What reading a picture answers."""

from __future__ import annotations

import msgspec

from qr_engine.reading import ReadSymbol

__all__ = ["ReadAnswer"]


class ReadAnswer(msgspec.Struct):
    """What is read from a picture.

    Attributes
    ----------
    symbols
        The symbols, the largest first; empty where there is none.
    """

    symbols: list[ReadSymbol]
