"""What reading a picture answers."""

from __future__ import annotations

import msgspec

from qr_engine.reading import Grade, ReadSymbol

__all__ = ["GoqrReading", "ReadAnswer"]


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


class GoqrSymbol(msgspec.Struct):
    """A symbol, as goqr.me tells of it.

    Attributes
    ----------
    seq
        Its place in a sequence, from 0.
    data
        What it says; null where there is an error.
    error
        What went wrong, in words; null where nothing did.
    """

    seq: int
    data: str | None
    error: str | None


class GoqrReading(msgspec.Struct):
    """What is read from a picture, as goqr.me answers it: one of these in a list.

    Attributes
    ----------
    type
        `qrcode`.
    symbol
        The symbol, or those of a sequence.
    """

    type: str
    symbol: list[GoqrSymbol]
