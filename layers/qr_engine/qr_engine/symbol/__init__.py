"""Turn text into QR Code and Micro QR symbols (ISO/IEC 18004:2015), with big integers and no dependency.

`encode` makes a symbol, `has_room_for` checks whether a text fits without making a symbol, and `option_issues` checks
the options before there is a text. Two modules are loaded only for codes that need them: `symbol.structured_append`
makes one of several symbols that hold a text together, and `symbol.roles` gives the role of each module of a symbol.
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
