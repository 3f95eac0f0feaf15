"""Text to QR Code and Micro QR symbols (ISO/IEC 18004:2015), without a dependency."""

from __future__ import annotations

from .encoder import encode
from .model import Eci, Level, Mode, Segment, Symbol
from .options import rejections

__all__ = ["Eci", "Level", "Mode", "Segment", "Symbol", "encode", "rejections"]
