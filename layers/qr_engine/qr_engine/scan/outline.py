"""Judge the outline of the eyes for scanners that locate an eye by the corners of its outline.

That outline alone decides whether quirc reads a code, and nearly alone for BoofCV and OpenCV. Patterns, centres,
colours, frames, logos and effects make no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..artwork.robust_eyes import LOST_BORDERS, SQUARE_BORDERS
from .report import ScanWarning

if TYPE_CHECKING:
    from .report import ScanReport

__all__ = ["with_eyes", "with_squarer_center"]


def with_eyes(scan: ScanReport, border: str, path: str, name: str, *, robust: bool, micro: bool) -> ScanReport:
    """Add a warning about the eyes, or the change that makes all scanners read them.

    Parameters
    ----------
    border
        The style of the eye border, as `artwork.robust_eyes` names it.
    path, name
        The field that chose the eyes, and its value.
    robust
        Whether the eyes are drawn in the form that all scanners read.
    micro
        Whether the symbol is a Micro QR code, which has no such form.
    """
    if robust and border in LOST_BORDERS:
        change = (
            f"The eyes have a round border inside a square line, because some scanners read no form of {path} {name}."
        )
        return msgspec.structs.replace(scan, changes=(*scan.changes, change))
    if robust or border in SQUARE_BORDERS:
        return scan
    # With `readers: all`, inverted colours are refused, so that form would not help.
    has_form = not micro and not any(warning.code == "inverted" for warning in scan.warnings)
    message = (
        "Scanners in kiosks, robots and microcontrollers (quirc, BoofCV, OpenCV) miss eyes without square outer "
        f"corners, such as {name}{'; readers: all draws them in a form that they read' if has_form else ''}."
    )
    return msgspec.structs.replace(scan, warnings=(*scan.warnings, ScanWarning("outline", message, path, "square")))


def with_squarer_center(scan: ScanReport, path: str, name: str) -> ScanReport:
    """Add the change that the centre of the eyes is nearly square, so that all scanners read it.

    Parameters
    ----------
    path, name
        The field that asks for another centre, and its value.
    """
    change = f"The centre of the eyes is nearly square, because some scanners miss the usual form of {path} {name}."
    return msgspec.structs.replace(scan, changes=(*scan.changes, change))
