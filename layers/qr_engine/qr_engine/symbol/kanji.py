"""The characters that Kanji mode can hold (ISO/IEC 18004:2015, 7.4.6)."""

from __future__ import annotations

__all__ = ["kanji_code"]


_RANGES = ((b"\x81\x40", b"\x9f\xfc"), (b"\xe0\x40", b"\xeb\xbf"))
_BACKSLASH = b"\x81\x5f"
"""A full-width backslash in the JIS table, which some readers show as the ASCII backslash."""


def kanji_code(character: str) -> bytes | None:
    """Return the two Shift_JIS bytes of a character that Kanji mode can hold, else None.

    Characters for which the tables of JIS and of Microsoft differ count as not held, because readers use either table.
    """
    try:
        code = character.encode("shift_jis")
        if code != character.encode("cp932") or code == _BACKSLASH:
            return None
    except UnicodeEncodeError:
        return None
    return code if len(code) == 2 and any(first <= code <= last for first, last in _RANGES) else None
