"""Check from colours, quiet zone and size whether a phone would read the code, before anything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from ..artwork.color import BLACK, WHITE, Color, contrast, luminance, over
from ..errors import Issue
from ..invisible import character_name, find_invisible
from ..render import FORMATS
from .contrast import (
    CONTRAST_ADVISED,
    CONTRAST_REQUIRED,
    ContrastPair,
    caption_pair,
    colors_of,
    contrast_pairs,
    stroke_conflicts,
)
from .report import ScanReport, ScanWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..artwork import Artwork

__all__ = ["find_issues", "judge", "report_scan", "scan_issues", "with_invisible_characters"]

# ISO/IEC 18004:2015, 6.3.8: four modules on every side, two for Micro QR.
QUIET_ZONE: Final = 4
QUIET_ZONE_MICRO: Final = 2
# With fewer pixels, one blurred edge takes a third of the module.
MODULE_PIXELS_ADVISED: Final = 3

Look: TypeAlias = tuple[Color, Color, int, int, int, int, bool, bool]
"""All that the result depends on for a plain code: colours, spaces, side, whether it is micro, and kind of format."""

_MOST_LOOKS: Final = 64

_reports: dict[Look, ScanReport] = {}
_issues: dict[Look, tuple[Issue, ...]] = {}


def report_scan(artwork: Artwork, format_name: str = "svg") -> ScanReport:
    """Judge the picture as `format_name`, one of `render.FORMATS`, would show it."""
    raster = FORMATS[format_name].raster
    if artwork.layers:
        return judge(artwork, raster=raster)
    look = _look(artwork, raster)
    report = _reports.get(look)
    if report is None:
        report = judge(artwork, raster=raster)
        _make_room(_reports)
        _reports[look] = report
    return report


def scan_issues(artwork: Artwork, format_name: str, *, faint: bool = False, for_all: bool = False) -> tuple[Issue, ...]:
    """Return every reason to refuse the picture, as `find_issues` does, and remember it for plain codes."""
    raster = FORMATS[format_name].raster
    if artwork.layers or faint:
        return find_issues(artwork, raster=raster, faint=faint, for_all=for_all)
    look = _look(artwork, raster)
    issues = _issues.get(look)
    if issues is None:
        issues = find_issues(artwork, raster=raster, faint=False)
        _make_room(_issues)
        _issues[look] = issues
    return issues


def _look(artwork: Artwork, raster: bool) -> Look:
    symbol, spaces = artwork.symbol, (artwork.margin, artwork.size, artwork.padding)
    return artwork.foreground, artwork.background, *spaces, symbol.size, symbol.micro, raster


def _make_room(remembered: dict[Look, ScanReport] | dict[Look, tuple[Issue, ...]]) -> None:
    if len(remembered) >= _MOST_LOOKS:
        remembered.pop(next(iter(remembered)))


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
    """Add a warning about invisible characters in the text of the symbol."""
    characters = find_invisible(text)
    if not characters:
        return scan
    named = ", ".join(map(character_name, characters[:5]))
    warning = ScanWarning(
        "invisible_characters", f"The data has invisible characters, which readers pass on: {named}.", "data"
    )
    return msgspec.structs.replace(scan, warnings=(*scan.warnings, warning))


def find_issues(artwork: Artwork, *, raster: bool, faint: bool, for_all: bool = False) -> tuple[Issue, ...]:
    """Return every reason to refuse the picture, since no phone would read it; none when it may be drawn.

    Parameters
    ----------
    faint
        Accept too little contrast.
    for_all
        Refuse inverted colours: the code is for scanners that do not read them.
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
                message=f"Must be at least {artwork.modules}: one pixel per module of a side, quiet zone included.",
                limit={"min": artwork.modules},
                suggestion=artwork.modules * MODULE_PIXELS_ADVISED,
            )
        )
    return tuple(issues)


_INVERTED: Final = Issue(
    "readers",
    "Must be phones if the modules are lighter than the background, because quirc, BoofCV and OpenCV do not read that; "
    "or swap the colours.",
    suggestion="phones",
)


def _low_contrast_issue(pair: ContrastPair) -> Issue:
    path, color = _suggest_color(pair)
    # Round down: a ratio just short of the limit must not read as if it met the limit.
    ratio = int(pair.ratio * 100) / 100
    return Issue(
        path=path,
        message=f"Must have a contrast ratio of at least {CONTRAST_REQUIRED:g}, not {ratio:g}.",
        suggestion=color.hex,
    )


def _with_effects(artwork: Artwork, pairs: tuple[ContrastPair, ...]) -> tuple[ContrastPair, ...]:
    """Return `pairs` as they look with the artwork's effects, if it has any."""
    if not artwork.effects:
        return pairs
    from .effect_contrast import with_effects

    return with_effects(artwork, pairs)


def _effect_issues(artwork: Artwork, pairs: tuple[ContrastPair, ...]) -> Iterator[Issue]:
    """Yield an issue where the contrast is enough without the effects, and too little with them."""
    ratio = min([pair.ratio for pair in _with_effects(artwork, pairs)])
    if artwork.effects and ratio < CONTRAST_REQUIRED:
        message = f"Must leave a contrast ratio of at least {CONTRAST_REQUIRED:g}, not {int(ratio * 100) / 100:g}"
        yield Issue("effects", f"{message}: lower their intensity, or use darker modules.")


def _stroke_issue(pair: ContrastPair) -> Issue:
    return Issue(
        path="stroke.color",
        message="Must stand out less: next to it, readers cannot tell the modules from the background.",
        suggestion=pair.seen.hex,
    )


def _polarity_issues(pairs: tuple[ContrastPair, ...]) -> Iterator[Issue]:
    """Yield an issue where some paints are lighter than the background and others darker: no threshold fits both."""
    darker = [pair for pair in pairs if not pair.inverted]
    for pair in pairs:
        if darker and pair.inverted:
            yield Issue(
                path=pair.path,
                message="Must be darker than the background, like the other parts: readers cannot read a mix.",
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
            "inverted", "The modules are lighter than the background; some readers only read dark on light."
        )
    quiet_zone = _quiet_zone_of(artwork)
    if artwork.margin < quiet_zone:
        message = f"The quiet zone is narrower than {quiet_zone} modules; leave more space around the picture."
        yield ScanWarning("narrow_quiet_zone", message, "margin", quiet_zone)
    if raster and artwork.module_pixels < MODULE_PIXELS_ADVISED:
        message = f"A module is less than {MODULE_PIXELS_ADVISED} pixels wide; readers may not tell modules apart."
        yield ScanWarning("small_modules", message, "size", artwork.modules * MODULE_PIXELS_ADVISED)
    if not _has_opaque_background(artwork):
        yield ScanWarning(
            "transparent_background",
            "The background is transparent; whether readers can read the picture depends on what lies under it.",
        )


def _quiet_zone_of(artwork: Artwork) -> int:
    return QUIET_ZONE_MICRO if artwork.symbol.micro else QUIET_ZONE


def _has_opaque_background(artwork: Artwork) -> bool:
    """Return whether the background is opaque everywhere."""
    return artwork.background.opaque or any(
        all(color.opaque for color in colors_of(layer.paint)) for layer in artwork.layers if layer.part == "background"
    )


def _suggest_color(pair: ContrastPair) -> tuple[str, Color]:
    """Return the field to change, and the value nearest to the requested one that gives the advised contrast."""
    dark, light = pair.seen, pair.under
    for tenths in range(9, -1, -1):
        darker = Color(dark.red * tenths // 10, dark.green * tenths // 10, dark.blue * tenths // 10)
        if contrast(darker, light) >= CONTRAST_ADVISED and luminance(darker) < luminance(light):
            return pair.path, darker
    # Even black is too close to this background, so either the background has to change or the code stays inverted.
    if contrast(over(pair.paint, WHITE), WHITE) >= CONTRAST_ADVISED:
        return pair.under_path, WHITE
    return pair.path, WHITE
