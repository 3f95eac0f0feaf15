"""Text to QR Code and Micro QR symbols (ISO/IEC 18004:2015), on big integers and without a wheel of its own.

`encode` makes a symbol, `has_room_for` says whether it could without making any, and `option_issues` checks the options
before there is a text. What few codes need is loaded by them only: `symbol.structured_append` makes one of several
symbols that hold a text together, and `symbol.roles` tells what each module of a symbol is for.
"""

from __future__ import annotations

from .encoder import encode, has_room_for
from .model import Eci, Level, Mode, Segment, Symbol
from .options import option_issues

__all__ = [
    "Eci",
    "Level",
    "Mode",
    "Segment",
    "Symbol",
    "encode",
    "has_room_for",
    "option_issues",
]
