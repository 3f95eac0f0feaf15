"""Country codes of telephone numbers, and whether a zero after them is dialled.

Source: the list of assigned country codes (ITU-T E.164, annexe to ITU Operational Bulletin 1114) and the national
numbering plans that the ITU publishes, as of November 2026. A test compares them with libphonenumber's metadata.
"""

from typing import Final

__all__ = ["KEEPS_ZERO", "MAY_START_WITH_ZERO", "TRUNKS", "UNSETTLED_ZERO", "country_code"]

_ZONES: Final = (20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67))
_TWO_DIGITS: Final = frozenset(map(str, (*_ZONES, 81, 82, 84, 86, *range(90, 96), 98)))
"""Codes of two digits; all others except 1 and 7 have three."""

KEEPS_ZERO: Final[dict[str, int | None]] = {"39": None, "225": 10, "226": 8, "229": 10, "242": 9, "378": None}
"""Countries where a leading zero is also dialled from abroad, with the digits of every number there.

Italy with Vatican City, Côte d'Ivoire, Burkina Faso, Benin, Congo, San Marino. None if the lengths differ.
"""

UNSETTLED_ZERO: Final = frozenset({"241", "992"})
"""Countries where some numbers keep the zero and some do not: Gabon, Tajikistan."""

MAY_START_WITH_ZERO: Final = frozenset(
    # Norway's numbers of five digits, Niger's free ones, Ascension, Rwanda's satellite phones, New Caledonia's free
    # ones, international freephone, satellite phones, and humanitarian operations.
    {"47", "227", "241", "247", "250", "687", "800", "881", "888", "992"}
)
"""Countries where a number may begin with a zero that is dialled, although ``(0)`` in brackets is not."""

TRUNKS: Final = {"7": ("8",), "36": ("06",), "370": ("8",), "375": ("8", "80"), "993": ("8",)}
"""Trunk prefixes other than 0."""


def country_code(digits: str) -> str:
    """Return the country code at the beginning of `digits`; empty if there are too few, or if they begin with 0."""
    if digits[:1] in ("1", "7"):
        return digits[0]
    length = 2 if digits[:2] in _TWO_DIGITS else 3
    return digits[:length] if digits[:length].isdigit() and len(digits) >= length and digits[0] != "0" else ""
