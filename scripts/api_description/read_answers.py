"""What reading a picture answers."""

from __future__ import annotations

import msgspec

from qr_engine.reading import Grade, ReadSymbol

__all__ = ["ReadAnswer"]


class ReadAnswer(msgspec.Struct):
    """What is read from a picture.

    Attributes
    ----------
    symbols
        The symbols, the largest first; empty where there is none.
    grade
        How well the largest symbol can be read; null where there is none.
    """

    symbols: list[ReadSymbol]
    grade: Grade | None
