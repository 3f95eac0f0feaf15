"""Refuse a picture that would take longer to draw than the owner allows, and say which smaller change would do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from ..errors import Issue, TooMuchData
from ..render import FORMATS
from ..request import CanonicalRequest
from .drawing_time import estimate_ms

__all__ = ["check_drawing_time"]

_SMALLEST: Final = 16


def check_drawing_time(request: CanonicalRequest, seconds: float) -> None:
    """Refuse `request` if drawing it is estimated to take more than `seconds` of processor time.

    Raises
    ------
    TooMuchData
        The estimate is too long; each issue names one change that is enough.
    """
    limit = seconds * 1000
    needed = estimate_ms(request)
    if needed <= limit:
        return
    issues = tuple(_find_changes(request, limit))
    advice = "" if issues else " A smaller size without effects and gradients takes less."
    raise TooMuchData(
        f"Drawing it would take {needed / 1000:.2g} s of processor time; this service allows {seconds:g} s.{advice}",
        issues=issues,
        limit=seconds,
        needed=round(needed / 1000, 2),
        unit="seconds",
    )


def _find_changes(request: CanonicalRequest, limit: float) -> Iterator[Issue]:
    if FORMATS[request.format].raster:
        size = _largest_size(request, limit)
        if size:
            message = f"Must be at most {size} to draw the code in time."
            yield Issue("size", message, limit={"max": size}, suggestion=size)
    style = request.style
    if style is None:
        return
    changes: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("effects", "Must be left out, unless the picture is smaller.", {"effects": ()}),
        ("verify", "Must be false, which skips the read-back.", {"verify": False}),
    )
    for path, message, change in changes:
        changed = msgspec.structs.replace(request, style=msgspec.structs.replace(style, **change))
        if estimate_ms(changed) <= limit:
            yield Issue(path, message, suggestion=False if path == "verify" else None)


def _largest_size(request: CanonicalRequest, limit: float) -> int:
    """Return the largest size below that of `request` that takes at most `limit`; 0 if there is none."""
    low, high = _SMALLEST - 1, request.size
    while high - low > 1:
        middle = (low + high) // 2
        if estimate_ms(msgspec.structs.replace(request, size=middle)) <= limit:
            low = middle
        else:
            high = middle
    return low if low >= _SMALLEST else 0
