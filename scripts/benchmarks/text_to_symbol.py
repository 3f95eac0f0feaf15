"""Text to symbol: what most of a request is, when the cache has nothing."""

from __future__ import annotations

from collections.abc import Iterator

from qr_engine.symbol import Level, encode

from .harness import Run
from .results import Result
from .symbol_makers import SEGNO, ZXING, compare, url

__all__ = ["TITLE", "results"]

TITLE = "Text to symbol"

_TEXTS: tuple[tuple[int, Level, dict[str, float]], ...] = (
    (25, "M", {SEGNO: 25}),
    (100, "M", {}),
    (100, "Q", {ZXING: 1}),
    (300, "M", {SEGNO: 25, ZXING: 1}),
    (2331, "M", {SEGNO: 50, ZXING: 1}),
    (2953, "L", {SEGNO: 50, ZXING: 1}),
)
"""Characters, level, and how many times faster than whom; the last two fill version 40."""


def results(run: Run) -> Iterator[Result]:
    """Short and long URLs, down to the fullest symbol there is, against every other encoder."""
    for characters, level, targets in _TEXTS[:3] if run.quick else _TEXTS:
        text = url(characters)
        version = encode(text, error_correction=level).version
        yield from compare(
            run, text, level, f"{characters:,} characters at {level}, version {version}", targets, rounds=9
        )
