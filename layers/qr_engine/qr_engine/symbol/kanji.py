"""Which characters Kanji mode can hold (ISO/IEC 18004:2015, 7.4.6)."""

from __future__ import annotations

__all__ = ["kanji_code"]


def kanji_code(character: str) -> bytes | None:
    """The two Shift_JIS bytes of a character of Kanji mode, 0x8140 to 0x9FFC or 0xE040 to 0xEBBF; else None.

    Characters on which the JIS table and Microsoft's differ are left out: readers show one or the other.
    """
    try:
        code = character.encode("shift_jis")
        if code != character.encode("cp932"):
            return None
    except UnicodeEncodeError:
        return None
    return (
        code if len(code) == 2 and (b"\x81\x40" <= code <= b"\x9f\xfc" or b"\xe0\x40" <= code <= b"\xeb\xbf") else None
    )
