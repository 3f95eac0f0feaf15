"""Estimate the score of a plain code in colours without drawing it.

Plain codes are not read back, and black on white needs no estimate, so only codes in colours load this module. The
figures were measured with `read_back` on plain codes of versions 2 to 8 in shades of grey, on a white page.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from ..artwork.color import Color, contrast, over
from .contrast import CONTRAST_REQUIRED
from .worst_condition import NEGATIVE_SHARE, describe_worst_condition

if TYPE_CHECKING:
    from ..artwork import Artwork
    from .contrast import ContrastPair
    from .report import ScanReport

__all__ = ["estimate_score"]

# Pairs of a span, the grey levels of 255 between modules and background, and the share of camera conditions in which a
# code with that span was read.
_SHARE_OF_SPAN: Final = (
    (0, 0.0),
    (55, 0.25),
    (95, 0.28),
    (115, 0.38),
    (135, 0.47),
    (155, 0.53),
    (175, 0.69),
    (195, 0.88),
    (215, 1.0),
)
_NEGATIVE_SHARE_OF_SPAN: Final = ((0, 0.0), (75, 0.4), (105, 0.42), (135, 0.6), (165, 0.8), (195, 0.86), (250, 1.0))
# Pairs of a height, how far the background lies from the modules (0) to the white of the page (1), and the part of the
# share that remains: a reader with its threshold between modules and page takes a background below it for dark.
_SHARE_OF_HEIGHT: Final = ((0.3, 0.0), (0.36, 0.25), (0.42, 0.55), (0.5, 0.7), (0.6, 0.85), (0.7, 0.9), (0.75, 1.0))
# The part of the share that remains with too narrow a quiet zone on a background that is not nearly white, or for
# inverted colours not nearly black.
_NARROW_SHARE: Final = 0.75
_NEARLY: Final = 30

# The smallest span with which each condition passes, and the darkest background that passes "blurred" on a white page.
_LEAST_SPANS: Final = (("dim", 130), ("glaring", 165), ("shadowed", 180))
_LEAST_GROUND_BLURRED: Final = 190
# The number of camera conditions of the read-back; a dark page is one more where it shows through the background.
_CONDITIONS: Final = 8
_DARK_PAGE: Final = Color(18, 18, 18)


def estimate_score(report: ScanReport, artwork: Artwork, pair: ContrastPair, *, quiet_zone: int) -> ScanReport:
    """Add an estimated score, and the worst condition of such a code, to the report on a plain code.

    Parameters
    ----------
    pair
        The two colours of the code.
    quiet_zone
        Recommended width of the quiet zone, in modules.
    """
    ink, ground = _level(pair.seen), _level(pair.under)
    span = abs(ground - ink)
    failed = [name for name, least in _LEAST_SPANS if span < least]
    if pair.inverted:
        share = _interpolate(_NEGATIVE_SHARE_OF_SPAN, span)
        failed.append("dark_on_light")
    else:
        share = _interpolate(_SHARE_OF_SPAN, span) * _interpolate(_SHARE_OF_HEIGHT, span / max(1, 255 - ink))
        failed += ["blurred"] if ground < _LEAST_GROUND_BLURRED else []
    if artwork.margin < quiet_zone and (ground > _NEARLY if pair.inverted else ground < 255 - _NEARLY):
        share *= _NARROW_SHARE
    if share < 1 and not failed:
        failed.append("noisy")
    if not artwork.background.opaque:
        on_dark = _contrast_on(_DARK_PAGE, artwork) >= CONTRAST_REQUIRED
        share = (_CONDITIONS * share + on_dark) / (_CONDITIONS + 1)
        failed += [] if on_dark else ["on_dark"]
    if pair.inverted:
        share *= NEGATIVE_SHARE
    return msgspec.structs.replace(
        report, score=round(100 * share), estimated=True, worst_condition=describe_worst_condition(failed)
    )


def _contrast_on(page: Color, artwork: Artwork) -> float:
    ground = over(artwork.background, page)
    return contrast(over(artwork.foreground, ground), ground)


def _level(color: Color) -> int:
    """Return the grey level of an opaque colour as a reader sees it, 0 to 255 (ITU-R BT.601)."""
    return round(0.299 * color.red + 0.587 * color.green + 0.114 * color.blue)


def _interpolate(points: tuple[tuple[float, float], ...], value: float) -> float:
    if value <= points[0][0]:
        return points[0][1]
    for (start, low), (end, high) in pairwise(points):
        if value <= end:
            return low + (high - low) * (value - start) / (end - start)
    return points[-1][1]
