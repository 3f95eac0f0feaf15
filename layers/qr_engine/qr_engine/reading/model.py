"""The result of reading a picture."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from ..content import Content
from ..scan.report import Condition, ScanWarning
from ..symbol.model import Level

__all__ = ["MAX_SYMBOLS", "ContentType", "Corners", "Grade", "Point", "ReadSymbol", "Reading", "SequencePlace"]

MAX_SYMBOLS: Final = 16
"""Most symbols to report for one picture, the largest first."""

ContentType = Literal["text", "binary", "mixed", "gs1", "iso15434", "unknown_eci"]


class Point(msgspec.Struct, frozen=True):
    """A point in the displayed picture, in pixels from the left and from the top."""

    x: float
    y: float


class Corners(msgspec.Struct, frozen=True):
    """The corners of a symbol without its quiet zone, named as in an upright symbol."""

    top_left: Point
    top_right: Point
    bottom_right: Point
    bottom_left: Point

    @property
    def points(self) -> tuple[Point, Point, Point, Point]:
        """The corners in their order around the symbol."""
        return self.top_left, self.top_right, self.bottom_right, self.bottom_left

    @property
    def area(self) -> float:
        """The area in square pixels."""
        points = self.points
        following = (*points[1:], points[0])
        return abs(sum([a.x * b.y - b.x * a.y for a, b in zip(points, following, strict=True)])) / 2

    def contains(self, point: Point) -> bool:
        """Return whether a point lies inside, or on the outline."""
        points = self.points
        following = (*points[1:], points[0])
        sides = [
            (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
            for a, b in zip(points, following, strict=True)
        ]
        return min(sides) >= 0 or max(sides) <= 0

    @property
    def centre(self) -> Point:
        """The middle of the four corners."""
        points = self.points
        return Point(sum([each.x for each in points]) / 4, sum([each.y for each in points]) / 4)

    def round(self) -> Corners:
        """Return the same corners rounded to a hundredth of a pixel."""
        return Corners(*[Point(round(each.x, 2), round(each.y, 2)) for each in self.points])

    def scale(self, across: float, down: float) -> Corners:
        """Return the same corners in a picture that is larger by these factors."""
        return Corners(*[Point(each.x * across, each.y * down) for each in self.points])

    def mirror(self) -> Corners:
        """Return the same corners, renamed for a symbol that is seen in a mirror."""
        return Corners(self.top_left, self.bottom_left, self.bottom_right, self.top_right)

    def shift(self, right: float, down: float) -> Corners:
        """Return the same corners in a picture with this many more pixels at the left and at the top."""
        return Corners(*[Point(each.x + right, each.y + down) for each in self.points])


class SequencePlace(msgspec.Struct, frozen=True):
    """Which symbol of a sequence this is (ISO/IEC 18004:2015, 8).

    Attributes
    ----------
    part, parts
        The number of the symbol from 1, and the number of symbols.
    parity
        All bytes of the whole message, combined by exclusive or: the same in all symbols of a sequence.
    """

    part: int
    parts: int
    parity: int


class ReadSymbol(msgspec.Struct, frozen=True):
    """A symbol of the picture.

    Attributes
    ----------
    text
        Its text; None if its bytes are not text.
    bytes
        Its bytes as encoded in the symbol, in base64.
    content_type
        The kind of data that the decoder takes the bytes for.
    eci
        The first ECI designator, such as 26 for UTF-8; None if it has none.
    version
        1 to 40; for Micro QR 1 to 4, meaning M1 to M4.
    error_correction
        The level; None for M1, which only detects errors.
    mask
        0 to 7; for Micro QR 0 to 3.
    position
        Its place in the picture.
    inverted
        Whether its dark modules are lighter than its light ones.
    mirrored
        Whether it is seen in a mirror.
    parsed
        The text as the fields of a content type, usable as `data` of generate; None for any other text.
    """

    text: str | None
    data: bytes = msgspec.field(name="bytes")
    content_type: ContentType
    eci: int | None
    version: int
    micro: bool
    error_correction: Level | None
    mask: int
    structured_append: SequencePlace | None
    position: Corners
    inverted: bool
    mirrored: bool
    parsed: Content | None


NOTE: Final = (
    "This is no grade by ISO/IEC 15415, which takes a calibrated camera, light of a known kind and angle, and an "
    "aperture in proportion to the modules: a picture tells none of them."
)


class Grade(msgspec.Struct, frozen=True):
    """How well the largest symbol of a picture can be read.

    Attributes
    ----------
    score
        0 to 100: the share of the conditions in which it was read; None if there was no time to try all of them.
    conditions
        Whether it was read in each condition of the score, starting from the picture turned upright.
    contrast
        Contrast ratio of the median light and dark modules in grey, 1 to 21, to two decimals (WCAG 2.2).
    quiet_zone
        Width of the empty border on the narrowest side, in modules to the nearest half, up to 8.
    module_pixels
        Side of a module in pixels of the picture.
    unused_error_correction
        Share of the error correction that is left, 0 to 1, in the block that needed the most; None for M1.
    warnings
        Reasons why some readers may fail.
    note
        The limits of this grade.
    """

    score: int | None
    conditions: tuple[Condition, ...]
    contrast: float
    quiet_zone: float
    module_pixels: float
    unused_error_correction: float | None
    warnings: tuple[ScanWarning, ...]
    note: str = NOTE


class Reading(msgspec.Struct, frozen=True):
    """The result of reading a picture.

    Attributes
    ----------
    symbols
        The symbols, the largest first; empty if there are none.
    grade
        How well the largest symbol can be read; None if there is none.
    """

    symbols: tuple[ReadSymbol, ...]
    grade: Grade | None
