"""The report on how well a picture can be read, from checks before it is drawn and from reading it back."""

from __future__ import annotations

from typing import Final

import msgspec

__all__ = ["SCORE_VERSION", "Condition", "LogoCover", "ScanReport", "ScanWarning"]

SCORE_VERSION: Final = 3
"""Rises when the same picture gets another score or other warnings, so that no release repeats what another found."""


class ScanWarning(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reason why some readers may fail.

    Attributes
    ----------
    code
        The kind of reason, for programs.
    message
        One sentence for people.
    path
        The field to change, as in `Issue`; None where no single field decides.
    suggestion
        A value for that field; None where no single value helps.
    """

    code: str
    message: str
    path: str | None = None
    suggestion: str | int | None = None


class Condition(msgspec.Struct, frozen=True):
    """How well the finished picture was read in one condition.

    Attributes
    ----------
    name
        ``as_it_is``; ``reduced`` to three pixels a module; ``dark_on_light``, passed where no reader has to try the
        negative; those of `conditions.CONDITIONS`; ``on_dark``, tried where a dark page shows through the picture.
    passed, steps
        In how many degrees of the condition the picture was read, and how many there are; each condition has one.
    """

    name: str
    passed: int
    steps: int = 1


class LogoCover(msgspec.Struct, frozen=True):
    """Codewords that a logo covers, and how many it may cover.

    Attributes
    ----------
    touched
        Codewords of the worst block that the logo covers at least in part.
    allowed
        Codewords that a block may lose: what it can correct, less the reserve.
    correctable
        Codewords that a block can correct (ISO/IEC 18004:2015, Table 9).
    reserve
        Share of the correctable codewords, 0 to 1, kept for the camera's own errors.
    """

    touched: int
    allowed: int
    correctable: int
    reserve: float


class ScanReport(msgspec.Struct, frozen=True):
    """How the picture looks to a reader.

    Attributes
    ----------
    contrast
        Contrast ratio of foreground and background, 1 to 21, to two decimals (WCAG 2.2); colours that are not opaque
        count as on a white page. With several paints, the lowest of their ratios.
    inverted
        Whether modules that should be dark are the lighter ones.
    quiet_zone
        Width of the empty border, in modules.
    module_pixels
        Side of a module, in pixels; a whole number in raster formats.
    warnings
        Reasons why some readers may fail.
    score
        0 to 100: the share of hard conditions for a camera in which a decoder read the finished picture, a third of
        that for light on dark; None where the picture was neither read back nor estimated.
    estimated
        Whether the score was estimated from the colours and the quiet zone, as for plain codes in colour.
    worst_condition
        The most common condition in which the code fails, in words; None where it fails in none, or was not graded.
    conditions
        The conditions of the score.
    covered
        Codewords that the logo covers; None without a logo.
    changes
        What was drawn otherwise than the request asks, to make room for the logo or for scanners, a sentence each.
    """

    contrast: float
    inverted: bool
    quiet_zone: int
    module_pixels: float
    warnings: tuple[ScanWarning, ...]
    score: int | None = None
    estimated: bool = False
    worst_condition: str | None = None
    conditions: tuple[Condition, ...] = ()
    covered: LogoCover | None = None
    changes: tuple[str, ...] = ()
