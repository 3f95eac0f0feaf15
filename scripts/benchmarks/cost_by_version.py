"""What a symbol costs as it grows, every version filled to the last byte."""

from __future__ import annotations

from collections.abc import Iterator

from qr_engine.symbol import encode
from qr_engine.symbol.standard import capacities

from .harness import Run
from .results import Result
from .symbol_makers import ZXING, compare, url

__all__ = ["TITLE", "results"]

TITLE = "Text to symbol by version, full at level M"

_VERSIONS = (1, 2, 5, 8, 10, 15, 20, 25, 30, 35, 40)
_LEVEL_WITH = 8
"""The version from which on ours is to be level with the encoder that is written in C++."""


def results(run: Run) -> Iterator[Result]:
    """Every encoder at growing versions."""
    for version in _VERSIONS[:2] if run.quick else _VERSIONS:
        # Byte mode's header: the mode indicator, and a count of 8 bits up to version 9, of 16 from there on
        # (ISO/IEC 18004:2015, table 3).
        header = 4 + (8 if version < 10 else 16)
        text = url((capacities("M", micro=False)[version - 1] - header) // 8)
        if encode(text).version != version:
            raise ValueError(f"{len(text)} characters do not make version {version}")
        targets = {ZXING: 1.0} if version >= _LEVEL_WITH else {}
        yield from compare(run, text, "M", f"version {version}", targets, rounds=7)
