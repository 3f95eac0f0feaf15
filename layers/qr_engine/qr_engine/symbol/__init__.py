"""Text to QR Code and Micro QR symbols (ISO/IEC 18004:2015), on big integers and without a wheel of its own.

`encode` makes a symbol, `encode_part` one of several that hold a text together, `has_room_for` and
`has_room_for_parts` say whether they could without making any, `option_issues` checks their options
before there is a text, and `roles` tells what each module of a symbol is for.
"""

from __future__ import annotations

from .encoder import encode, has_room_for
from .model import Eci, Level, Mode, Segment, Symbol
from .options import option_issues
from .roles import Role, roles
from .structured_append import encode_part, has_room_for_parts

__all__ = [
    "Eci",
    "Level",
    "Mode",
    "Role",
    "Segment",
    "Symbol",
    "encode",
    "encode_part",
    "has_room_for",
    "has_room_for_parts",
    "option_issues",
    "roles",
]
