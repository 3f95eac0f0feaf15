"""Characters that nobody sees: copying carries them along, and they make another text of what looks the same.

What a script or an emoji needs is left alone: joiners between letters that join and within an emoji, the tags of a
flag, variation selectors.
"""

from collections.abc import Iterator
from functools import cache

__all__ = ["character_name", "find_invisible", "remove_invisible"]

_JOINERS = "\u200c\u200d"
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0"
"""Of other categories than Cf, and without ink (Unicode's Default_Ignorable_Code_Point, and the empty braille cell)."""

_INKED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Of the category Cf, and seen: signs that Arabic, Syriac and Kaithi put around numbers and the like."""

_BLACK_FLAG = "\U0001f3f4"
_LAST_TAG = "\U000e007f"


def find_invisible(text: str) -> tuple[str, ...]:
    """List the characters without ink that have no business in `text`, each once, in their order."""
    if text.isascii():
        return ()
    return tuple(dict.fromkeys(text[index] for index in _stray_positions(text)))


def remove_invisible(text: str) -> str:
    """Leave out what `invisible` lists, wherever it has no business."""
    if text.isascii():
        return text
    positions = set(_stray_positions(text))
    return "".join(character for index, character in enumerate(text) if index not in positions)


def character_name(character: str) -> str:
    """Write the code point of a character with its name, such as ``U+200B ZERO WIDTH SPACE``."""
    from unicodedata import name

    label = _ALIASES.get(character) or name(character, "")
    return f"U+{ord(character):04X} {label}".rstrip()


_ALIASES = {"\ufeff": "BYTE ORDER MARK (ZERO WIDTH NO-BREAK SPACE)"}


def _stray_positions(text: str) -> Iterator[int]:
    for index, character in enumerate(text):
        if character in _JOINERS:
            if not _is_joining(text, index):
                yield index
        elif "\U000e0020" <= character <= _LAST_TAG:
            if not _is_in_flag(text, index):
                yield index
        elif character in _FILLERS or (not character.isascii() and _is_format(character)):
            yield index


@cache
def _is_format(character: str) -> bool:
    from unicodedata import category

    return category(character) == "Cf" and character not in _INKED


def _is_joining(text: str, index: int) -> bool:
    """Whether a joiner stands between two characters that it can act on, or after a letter of a joining script."""
    before, after = text[index - 1 : index] if index else "", text[index + 1 : index + 2]
    return _can_join(before) and (_can_join(after) or _is_of_joining_script(before))


def _can_join(character: str) -> bool:
    """Whether `character` is a letter or mark of a script that joins, or a part of an emoji."""
    from unicodedata import category

    if not character or ord(character) < 0x590:
        return False
    return category(character) in ("Lo", "Mn", "Mc", "Lm", "So", "Sk") or character in "\u2640\u2642\u200d"


def _is_of_joining_script(character: str) -> bool:
    """Whether letters of its script change their form with their neighbours, so that a joiner alone means something."""
    code = ord(character)
    return 0x600 <= code < 0x2000 or 0xA800 <= code < 0xAC00 or 0x10A00 <= code < 0x12000


def _is_in_flag(text: str, index: int) -> bool:
    """Whether a tag belongs to a sequence that begins with a black flag and ends with the last tag (UTS 51, ED-14a)."""
    start = index
    while start and "\U000e0020" <= text[start] <= _LAST_TAG:
        start -= 1
    end = text.find(_LAST_TAG, index)
    return text[start] == _BLACK_FLAG and end >= index
