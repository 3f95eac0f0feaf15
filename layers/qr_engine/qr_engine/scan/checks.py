"""Checks of colours, quiet zone and size, before anything is drawn, for whether a phone would read the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..artwork.color import BLACK, WHITE, Color, contrast, luminance, over
from ..errors import Issue
from ..invisible import character_name, find_invisible
from .contrast import (
    CONTRAST_ADVISED,
    CONTRAST_REQUIRED,
    ContrastPair,
    caption_pair,
    colors_of,
    contrast_pairs,
    stroke_conflicts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..artwork import Artwork

__all__ = [
    "CONTRAST_REQUIRED",
    "SCORE_VERSION",
    "ScanReport",
    "ScanWarning",
    "find_issues",
    "judge",
    "with_invisible_characters",
]

SCORE_VERSION: Final = 3
"""Rises where the same picture gets another score or other warnings, so that no release tells what another found."""

# ISO/IEC 18004:2015, 6.3.8: four modules on every side, two for Micro QR.
QUIET_ZONE: Final = 4
QUIET_ZONE_MICRO: Final = 2
# With fewer pixels, one blurred edge takes a third of the module.
MODULE_PIXELS_ADVISED: Final = 3


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
        ``as_it_is``; ``reduced`` to three pixels a module; ``dark_on_light``, so that no reader has to try the
        negative; those of `conditions.CONDITIONS`; ``on_dark``, where the picture lets a dark page through.
    passed, steps
        Degrees of the condition in which it was read, of how many; each has one.
    """

    name: str
    passed: int
    steps: int = 1


class LogoCover(msgspec.Struct, frozen=True):
    """Codewords that a logo covers, and how many it may cover.

    Attributes
    ----------
    touched
        Codewords that the logo covers, at least in part, of the block that loses most.
    allowed
        Codewords that a block may lose: what it can correct, less the reserve.
    correctable
        Codewords that a block can correct (ISO/IEC 18004:2015, Table 9).
    reserve
        Share of the correctable codewords, 0 to 1, that is kept for the camera.
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
        Ratio between foreground and background, 1 to 21, to two decimals (WCAG 2.2), on a white page where colours are
        not opaque. With several paints, the lowest ratio of any of them.
    inverted
        Whether modules that should be dark are the lighter ones.
    quiet_zone
        Width of the empty border, in modules.
    module_pixels
        Side of a module, in pixels; a whole number in raster formats.
    warnings
        Reasons why some readers may fail.
    score
        0 to 100: the share of a camera's hard conditions in which a decoder read the finished picture, a third of
        that for light on dark; None where the picture was not read back and is not estimated either.
    estimated
        Whether the score is worked out from the colours and the quiet zone, as that of a plain code in colours is.
    worst_condition
        In words, what the code fails in that is met most often; None where it fails nothing, or nobody looked.
    conditions
        The conditions of the score.
    covered
        Codewords that the logo covers; None without a logo.
    changes
        Changes of the request that make room for the logo, a sentence each.
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


def judge(artwork: Artwork, *, raster: bool) -> ScanReport:
    """Judge the picture; `raster` says whether it is made of pixels."""
    pairs = contrast_pairs(artwork)
    report = ScanReport(
        contrast=round(min([pair.ratio for pair in _with_effects(artwork, pairs)]), 2),
        inverted=any(pair.inverted for pair in pairs),
        quiet_zone=artwork.margin,
        module_pixels=artwork.module_pixels if raster else round(artwork.size / artwork.modules, 2),
        warnings=tuple(_warnings(artwork, pairs, raster=raster)),
    )
    if artwork.layers or (artwork.foreground, artwork.background) == (BLACK, WHITE):
        return report
    from .estimate import estimate_score

    return estimate_score(report, artwork, pairs[0], quiet_zone=_quiet_zone_of(artwork))


def with_invisible_characters(scan: ScanReport, text: str) -> ScanReport:
    """Add a warning about the characters in the text of the symbol that nobody sees."""
    characters = find_invisible(text)
    if not characters:
        return scan
    named = ", ".join(map(character_name, characters[:5]))
    warning = ScanWarning(
        "invisible_characters", f"The data have characters that nobody sees and readers pass on: {named}.", "data"
    )
    return msgspec.structs.replace(scan, warnings=(*scan.warnings, warning))


def find_issues(artwork: Artwork, *, raster: bool, faint: bool, for_all: bool = False) -> tuple[Issue, ...]:
    """Give every reason why the picture must not be made, since no phone would read it; none when it may be.

    Parameters
    ----------
    faint
        Whether too little contrast is no such reason.
    for_all
        Whether inverted colours are one: the code is to be read by scanners that take none.
    """
    pairs = contrast_pairs(artwork)
    issues = [] if faint else [_low_contrast_issue(pair) for pair in pairs if pair.ratio < CONTRAST_REQUIRED]
    if not issues:
        issues += _polarity_issues(pairs)
        issues += [_stroke_issue(pair) for pair in stroke_conflicts(artwork, pairs)[:1]]
    if not issues and for_all and any(pair.inverted for pair in pairs):
        issues.append(_INVERTED)
    if not (issues or faint):
        issues += _effect_issues(artwork, pairs)
    text = None if faint else caption_pair(artwork)
    if text is not None and text.ratio < CONTRAST_REQUIRED:
        issues.append(_low_contrast_issue(text))
    if raster and not artwork.module_pixels:
        issues.append(
            Issue(
                path="size",
                message=f"Must be at least {artwork.modules}: a pixel for each module of a side, quiet zone included.",
                limit={"min": artwork.modules},
                suggestion=artwork.modules * MODULE_PIXELS_ADVISED,
            )
        )
    return tuple(issues)


_INVERTED: Final = Issue(
    "readers",
    "Must be phones where the modules are lighter than the background, which quirc, BoofCV and OpenCV do not read; "
    "or exchange the colours.",
    suggestion="phones",
)


def _low_contrast_issue(pair: ContrastPair) -> Issue:
    path, color = _suggest_color(pair)
    # Rounded down, or a ratio just short of the limit would read as if it met it.
    ratio = int(pair.ratio * 100) / 100
    return Issue(
        path=path,
        message=f"Must have a contrast ratio of at least {CONTRAST_REQUIRED:g}, not {ratio:g}.",
        suggestion=color.hex,
    )


def _with_effects(artwork: Artwork, pairs: tuple[ContrastPair, ...]) -> tuple[ContrastPair, ...]:
    """Return `pairs` as the artwork's effects leave them, if it has any."""
    if not artwork.effects:
        return pairs
    from .effect_contrast import with_effects

    return with_effects(artwork, pairs)


def _effect_issues(artwork: Artwork, pairs: tuple[ContrastPair, ...]) -> Iterator[Issue]:
    """Find that the effects leave too little contrast where without them there is enough."""
    ratio = min([pair.ratio for pair in _with_effects(artwork, pairs)])
    if artwork.effects and ratio < CONTRAST_REQUIRED:
        message = f"Must leave a contrast ratio of at least {CONTRAST_REQUIRED:g}, not {int(ratio * 100) / 100:g}"
        yield Issue("effects", f"{message}: lower their intensity, or use darker modules.")


def _stroke_issue(pair: ContrastPair) -> Issue:
    return Issue(
        path="stroke.color",
        message="Must stand out less: readers cannot tell what it is around from the background.",
        suggestion=pair.seen.hex,
    )


def _polarity_issues(pairs: tuple[ContrastPair, ...]) -> Iterator[Issue]:
    """Find the paints that are lighter than the background while others are darker: no threshold tells both from it."""
    darker = [pair for pair in pairs if not pair.inverted]
    for pair in pairs:
        if darker and pair.inverted:
            yield Issue(
                path=pair.path,
                message="Must be darker than the background, as other parts are: readers need all of one kind.",
                suggestion=darker[0].seen.hex,
            )


def _warnings(artwork: Artwork, pairs: tuple[ContrastPair, ...], *, raster: bool) -> Iterator[ScanWarning]:
    for pair in pairs:
        if pair.ratio < CONTRAST_ADVISED:
            message = f"The contrast ratio is below {CONTRAST_ADVISED:g}; readers may fail in poor light."
            if pair.ratio < CONTRAST_REQUIRED:
                message = f"The contrast ratio is below {CONTRAST_REQUIRED:g}; many readers fail."
            path, color = _suggest_color(pair)
            yield ScanWarning("low_contrast", message, path, color.hex)
    plain = min([pair.ratio for pair in pairs])
    if artwork.effects and min([pair.ratio for pair in _with_effects(artwork, pairs)]) < CONTRAST_ADVISED <= plain:
        message = f"The effects leave a contrast ratio below {CONTRAST_ADVISED:g}; readers may fail in poor light."
        yield ScanWarning("low_contrast", message, "effects")
    text = caption_pair(artwork)
    if text is not None and text.ratio < CONTRAST_ADVISED:
        message = f"The contrast ratio of the caption is below {CONTRAST_ADVISED:g}; people may not be able to read it."
        path, color = _suggest_color(text)
        yield ScanWarning("low_contrast", message, path, color.hex)
    if any(pair.inverted for pair in pairs):
        yield ScanWarning(
            "inverted", "The modules are lighter than the background; some readers only take dark on light."
        )
    quiet_zone = _quiet_zone_of(artwork)
    if artwork.margin < quiet_zone:
        message = f"The quiet zone is narrower than {quiet_zone} modules; leave that much space around the picture."
        yield ScanWarning("narrow_quiet_zone", message, "margin", quiet_zone)
    if raster and artwork.module_pixels < MODULE_PIXELS_ADVISED:
        message = f"A module is less than {MODULE_PIXELS_ADVISED} pixels wide; readers may not tell modules apart."
        yield ScanWarning("small_modules", message, "size", artwork.modules * MODULE_PIXELS_ADVISED)
    if not _has_opaque_background(artwork):
        yield ScanWarning("transparent_background", "What lies under the picture decides whether it can be read.")


def _quiet_zone_of(artwork: Artwork) -> int:
    return QUIET_ZONE_MICRO if artwork.symbol.micro else QUIET_ZONE


def _has_opaque_background(artwork: Artwork) -> bool:
    """Return whether nothing shows through the background."""
    return artwork.background.opaque or any(
        all(color.opaque for color in colors_of(layer.paint)) for layer in artwork.layers if layer.part == "background"
    )


def _suggest_color(pair: ContrastPair) -> tuple[str, Color]:
    """Find the field to change, and the value nearest to the requested one that gives the contrast advised."""
    dark, light = pair.seen, pair.under
    for tenths in range(9, -1, -1):
        darker = Color(dark.red * tenths // 10, dark.green * tenths // 10, dark.blue * tenths // 10)
        if contrast(darker, light) >= CONTRAST_ADVISED and luminance(darker) < luminance(light):
            return pair.path, darker
    # Even black is too close to this background: then either the background changes, or the code stays inverted.
    if contrast(over(pair.paint, WHITE), WHITE) >= CONTRAST_ADVISED:
        return pair.under_path, WHITE
    return pair.path, WHITE
