"""How well a symbol can be read, measured in its picture."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

import zxingcpp
from PIL import Image

from ..artwork.color import Color, contrast
from ..scan.checks import MODULE_PIXELS_ADVISED, QUIET_ZONE, QUIET_ZONE_MICRO
from ..scan.conditions import CONDITIONS, WORKING_MODULE_PIXELS, photograph
from ..scan.contrast import CONTRAST_ADVISED
from ..scan.report import Condition, ScanWarning
from .clock import GRADING_SECONDS
from .decoder import FORMATS
from .model import Grade
from .sampling import straighten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .clock import Clock
    from .decoder import Found
    from .sampling import Sample

__all__ = ["grade_symbol"]

_AROUND: Final = 8
"""Modules around a symbol to search for its quiet zone, which should have four."""

_FINE: Final = 2
"""Pixels per module when measuring the quiet zone."""

_CELL: Final = 8
"""Pixels along an edge to average, so that a camera's grain does not end the quiet zone."""

# Share of the way from light to dark that a shadow or a paper's fibres do not reach, and printing does.
_NOT_QUIET: Final = 0.4
_MUCH_USED: Final = 0.5
_LEVELS: Final = 255


def grade_symbol(found: Found, sample: Sample, clock: Clock) -> Grade:
    """Grade a symbol that was found in a picture."""
    ratio = round(contrast(_grey(sample.dark), _grey(sample.light)), 2)
    quiet_zone = _measure_quiet_zone(found, sample)
    module_pixels = round(sqrt(found.position.area) / found.size, 2)
    unused = None if found.error_correction is None else found.unused
    conditions = tuple(_try_conditions(found, clock))
    whole = len(conditions) == len(CONDITIONS)
    return Grade(
        score=round(100 * sum([each.passed for each in conditions]) / len(CONDITIONS)) if whole else None,
        conditions=conditions,
        contrast=ratio,
        quiet_zone=quiet_zone,
        module_pixels=module_pixels,
        unused_error_correction=unused,
        warnings=tuple(_warnings(found, sample, ratio, quiet_zone, module_pixels, unused)),
    )


def _grey(level: float) -> Color:
    return Color(round(level), round(level), round(level))


def _try_conditions(found: Found, clock: Clock) -> Iterator[Condition]:
    """Read the symbol in each condition, until the time is up."""
    quiet_zone = QUIET_ZONE_MICRO if found.micro else QUIET_ZONE
    upright = straighten(
        found.grey, found.corners, found.size, around=quiet_zone, pixels=WORKING_MODULE_PIXELS, beyond=_LEVELS
    )
    photo = photograph(upright, WORKING_MODULE_PIXELS)
    for name, show in CONDITIONS.items():
        if clock.is_past(GRADING_SECONDS):
            return
        yield Condition(name, int(_can_read(show(photo), found.data)))


def _can_read(image: Image.Image, data: bytes) -> bool:
    return any(barcode.bytes == data for barcode in zxingcpp.read_barcodes(image, formats=FORMATS))


def _measure_quiet_zone(found: Found, sample: Sample) -> float:
    """Measure the empty border, in half modules; the edge of the picture ends it."""
    beyond = round(sample.dark)
    image = straighten(found.grey, found.corners, found.size, around=_AROUND, pixels=_FINE, beyond=beyond)
    furthest = sample.light + _NOT_QUIET * (sample.dark - sample.light)
    turns = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    sides = [image if turn is None else image.transpose(turn) for turn in turns]
    return min([_quiet_lines(side, found.size, furthest, sample) for side in sides]) / _FINE


def _quiet_lines(image: Image.Image, size: int, furthest: float, sample: Sample) -> int:
    """Count the lines of pixels above a symbol that are as light as its light modules."""
    edge = _AROUND * _FINE
    cells = max(1, size * _FINE // _CELL)
    strip = image.crop((edge, 0, edge + size * _FINE, edge)).resize((cells, edge), Image.Resampling.BOX).tobytes()
    sign = -1 if sample.inverted else 1
    lines = [
        all(sign * level >= sign * furthest for level in strip[start : start + cells])
        for start in range(0, len(strip), cells)
    ][::-1]
    # The first line holds the blur of the symbol's own edge.
    lines[0] = lines[1]
    return lines.index(False) if False in lines else edge


def _warnings(
    found: Found, sample: Sample, ratio: float, quiet_zone: float, module_pixels: float, unused: float | None
) -> Iterator[ScanWarning]:
    if ratio < CONTRAST_ADVISED:
        message = f"The contrast ratio is below {CONTRAST_ADVISED:g}; readers may fail in poor light."
        yield ScanWarning("low_contrast", message)
    if sample.inverted:
        message = "The modules are lighter than the background; some readers only read dark on light."
        yield ScanWarning("inverted", message)
    needed = QUIET_ZONE_MICRO if found.micro else QUIET_ZONE
    if quiet_zone < needed:
        message = f"The quiet zone is narrower than {needed} modules; leave more space around the symbol."
        yield ScanWarning("narrow_quiet_zone", message)
    if module_pixels < MODULE_PIXELS_ADVISED:
        message = f"A module is less than {MODULE_PIXELS_ADVISED} pixels wide; readers may not tell modules apart."
        yield ScanWarning("small_modules", message)
    if unused is not None and unused < _MUCH_USED:
        message = "The damage uses up more than half of the error correction; a little dirt or glare may be too much."
        yield ScanWarning("damaged", message)
