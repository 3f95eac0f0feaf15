"""Outlines as the shortest possible path data of SVG (SVG 1.1, 8.3).

Coordinates become whole numbers before they are printed relative to each other, so no rounding errors add up along a
path. Repeated outlines are printed only once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..relative_path import relative_outlines

if TYPE_CHECKING:
    from ...artwork.model import Path
    from ..relative_path import Segment

__all__ = ["TILE_UNIT", "format_number", "print_move", "print_path", "print_segments"]

# Steps of a module. Tiles are small and many, so they have fewer digits: a hundredth is a third of a pixel at most.
UNIT: Final = 1000
TILE_UNIT: Final = 100


def format_number(value: float) -> str:
    """Format a number with up to three decimals, without the zeros that SVG does not need."""
    return _print_number(round(value * UNIT), UNIT)


def print_path(shape: Path) -> str:
    """Print the path data of one shape."""
    return "".join(
        [
            f"M{_join_numbers(start, UNIT)}{print_segments(tuple(segments), UNIT)}"
            for start, segments in relative_outlines(shape, UNIT)
        ]
    )


@lru_cache(maxsize=4096)
def print_segments(segments: tuple[Segment, ...], unit: int) -> str:
    """Print a closed outline after its move command; if the last segment is a line, closing the path draws it."""
    if len(segments[-1]) == 2:
        segments = segments[:-1]
    commands = []
    reflected: tuple[int, int] | None = None
    for segment in segments:
        if len(segment) == 2:
            commands.append(_print_line(segment, unit))
            reflected = None
            continue
        commands.append(_print_curve(segment, unit, smooth=segment[:2] == reflected))
        # The first handle that "s" implies: the last handle of the curve before, seen from that curve's end.
        reflected = segment[4] - segment[2], segment[5] - segment[3]
    return f"{''.join(commands)}z"


@lru_cache(maxsize=4096)
def _print_line(segment: Segment, unit: int) -> str:
    across, down = segment
    if not down:
        return f"h{_print_number(across, unit)}"
    return f"l{_join_numbers(segment, unit)}" if across else f"v{_print_number(down, unit)}"


@lru_cache(maxsize=4096)
def _print_curve(segment: Segment, unit: int, *, smooth: bool) -> str:
    return f"s{_join_numbers(segment[2:], unit)}" if smooth else f"c{_join_numbers(segment, unit)}"


@lru_cache(maxsize=4096)
def _print_number(value: int, unit: int) -> str:
    sign = "-" if value < 0 else ""
    whole, fraction = divmod(abs(value), unit)
    if not fraction:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{str(unit + fraction)[1:].rstrip('0')}"


def _join_numbers(values: tuple[int, ...], unit: int) -> str:
    """Join numbers, separated only where they would run together."""
    text = before = ""
    for value in values:
        number = _print_number(value, unit)
        # A minus sign begins a new number, and so does a decimal point after a number that already has one.
        separated = not text or number[0] == "-" or (number[0] == "." and "." in before)
        text += number if separated else f" {number}"
        before = number
    return text


@lru_cache(maxsize=4096)
def print_move(across: int, down: int, unit: int) -> str:
    """Print the move from the start of the previous outline to the start of the next."""
    return f"m{_join_numbers((across, down), unit)}"
