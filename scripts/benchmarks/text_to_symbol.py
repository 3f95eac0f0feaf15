"""Text to symbol: the encoder alone, at lengths that are asked for and at every size of symbol."""

from __future__ import annotations

from collections.abc import Iterator

from qr_engine.symbol import Level, encode
from qr_engine.symbol.standard import capacities

from .harness import Run
from .results import Result
from .symbol_makers import SEGNO, ZXING, compare, url

__all__ = ["BY_VERSION", "TITLE", "by_version", "results"]

TITLE = "Text to symbol"
BY_VERSION = "Text to symbol by version, full at level M"

_TEXTS: tuple[tuple[int, Level, dict[str, float]], ...] = (
    (25, "M", {SEGNO: 25}),
    (300, "M", {SEGNO: 25, ZXING: 1}),
    (2953, "L", {SEGNO: 50, ZXING: 1}),
)
"""Characters, level, and how many times faster than whom; the last one fills version 40."""

_VERSIONS = (1, 2, 5, 8, 10, 15, 20, 25, 30, 35, 40)
_LEVEL_WITH = 8
"""The version from which on ours is to be level with the encoder that is written in C++."""


def results(run: Run) -> Iterator[Result]:
    """Measure a short URL, a long one, and as much as the largest symbol holds."""
    for characters, level, targets in _TEXTS[:2] if run.quick else _TEXTS:
        text = url(characters)
        what = f"{characters:,} characters at {level}, version {encode(text, error_correction=level).version}"
        yield from compare(run, text, level, what, targets, rounds=9)


def by_version(run: Run) -> Iterator[Result]:
    """Measure what a symbol costs as it grows, every version filled to the last byte."""
    for version in _VERSIONS[:2] if run.quick else _VERSIONS:
        # Byte mode's header: the mode indicator, and a count of 8 bits up to version 9, of 16 from there on
        # (ISO/IEC 18004:2015, table 3).
        header = 4 + (8 if version < 10 else 16)
        text = url((capacities("M", micro=False)[version - 1] - header) // 8)
        if encode(text).version != version:
            raise ValueError(f"{len(text)} characters do not make version {version}")
        targets = {ZXING: 1.0} if version >= _LEVEL_WITH else {}
        yield from compare(run, text, "M", f"version {version}", targets, rounds=7)
