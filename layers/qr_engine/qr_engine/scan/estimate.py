"""An estimate of the score of a plain code in colours, from what is known without drawing it.

Plain codes are not read back, and of one in black on white nothing needs to be estimated. Only codes in colours load
this module. The figures are those of `read_back` on plain codes of versions 2 to 8 in shades of grey, on a white page.
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

# Of the 255 levels between black and white, those between the modules and the background; and the share of a camera's
# conditions in which such a code was read.
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
# How far up the background is from the modules to the white of the page, and what is left of the share: a reader whose
# threshold lies between the two takes a background below it for dark.
_SHARE_OF_HEIGHT: Final = ((0.3, 0.0), (0.36, 0.25), (0.42, 0.55), (0.5, 0.7), (0.6, 0.85), (0.7, 0.9), (0.75, 1.0))
# What is left where the background is not nearly as light as the page, or as dark, and ends close to the modules.
_NARROW_SHARE: Final = 0.75
_NEARLY: Final = 30

# The narrowest spans that bear a condition, and the darkest background that bears it on a white page.
_LEAST_SPANS: Final = (("dim", 130), ("glaring", 165), ("shadowed", 180))
_LEAST_GROUND_BLURRED: Final = 190
# The conditions of the read-back, of which a dark page is one more where the background lets it through.
_CONDITIONS: Final = 8
_DARK_PAGE: Final = Color(18, 18, 18)


def estimate_score(report: ScanReport, artwork: Artwork, pair: ContrastPair, *, quiet_zone: int) -> ScanReport:
    """Add an estimated score, and the condition that such a code bears worst, to the report on a plain code.

    Parameters
    ----------
    pair
        The two colours of the code.
    quiet_zone
        Modules that the empty border should have.
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
    """Return how light a reader sees an opaque colour, 0 to 255 (ITU-R BT.601)."""
    return round(0.299 * color.red + 0.587 * color.green + 0.114 * color.blue)


def _interpolate(points: tuple[tuple[float, float], ...], value: float) -> float:
    if value <= points[0][0]:
        return points[0][1]
    for (start, low), (end, high) in pairwise(points):
        if value <= end:
            return low + (high - low) * (value - start) / (end - start)
    return points[-1][1]
