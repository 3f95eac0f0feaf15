"""From a canonical request to a picture and its metadata: encode, place the logo, compose, check, verify, render."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypedDict

import msgspec

from ..artwork import Artwork
from ..artwork.color import parse_color
from ..errors import WouldNotScan
from ..render import draw
from ..request import CanonicalRequest
from ..scan import ScanReport, report_scan, scan_issues, with_invisible_characters
from ..symbol import Eci, Level, Symbol, encode, has_room_for
from .metadata import Metadata, metadata_of

if TYPE_CHECKING:
    from typing import TypeGuard

    from PIL import Image

    from ..request.canonical_extended import ExtendedRequest
    from .logo import PlacedLogo

__all__ = ["draw_picture", "plan"]


def draw_picture(request: CanonicalRequest) -> tuple[bytes, Metadata]:
    """Draw the picture that `request` describes; the same request always gives the same bytes.

    Raises
    ------
    Problem
        See `plan`.
    """
    artwork, scan = plan(request)
    scan, pixels = _verify(request, artwork, scan)
    body = draw(artwork, request.format, pixels)
    return body, metadata_of(request, artwork, body, scan)


def plan(request: CanonicalRequest) -> tuple[Artwork, ScanReport]:
    """Compose the artwork that `request` describes and check that phones can read it, without rendering it.

    Raises
    ------
    TooMuchData
        The text does not fit.
    WouldNotScan
        No phone would read the code.
    InvalidRequest, AssetNotFound, AssetUnavailable
        The logo cannot be used, or S3 does not return it.
    """
    symbol = _encode(request, _encoder_options(request))
    logo = _place_logo(request, symbol)
    artwork = _compose(request, symbol if logo is None else logo.symbol)
    if logo is not None:
        artwork = _lay_on(request, artwork, logo)
    _refuse_unreadable(request, artwork)
    scan = with_invisible_characters(report_scan(artwork, request.format), request.text)
    if request.style is not None:
        from .style import tell_of_eyes

        scan = tell_of_eyes(scan, request.style, micro=symbol.micro)
    return artwork, scan if logo is None else logo.annotate(scan)


def _is_extended(request: CanonicalRequest) -> TypeGuard[ExtendedRequest]:
    """Return whether the request comes from another service's address, without importing the type of such requests."""
    return type(request) is not CanonicalRequest


class _EncoderOptions(TypedDict):
    """The options that `encode` and `encode_part` share."""

    error_correction: Level
    boost: bool
    version: int | None
    mask: int | None
    eci: Eci
    kanji: bool


def _encoder_options(request: CanonicalRequest) -> _EncoderOptions:
    return {
        "error_correction": request.error_correction,
        "boost": request.boost,
        "version": request.version,
        "mask": request.mask,
        "eci": request.eci,
        "kanji": request.kanji,
    }


def _encode(request: CanonicalRequest, options: _EncoderOptions) -> Symbol:
    if request.parts:
        from ..symbol.structured_append import encode_part

        return encode_part(request.text, part=request.part, parts=request.parts, **options)
    if _is_extended(request):
        from .extended import encode_extended

        return encode_extended(request)
    return encode(request.text, micro=request.micro, **options)


def _encode_exactly(request: CanonicalRequest, level: Level, version: int) -> Symbol:
    """Encode the text at exactly this level and version."""
    options = _encoder_options(request)
    options["error_correction"], options["version"], options["boost"] = level, version, False
    return _encode(request, options)


def _has_room(request: CanonicalRequest, level: Level, version: int) -> bool:
    """Return whether a symbol of this level and version has room for the text, or for its part of the text."""
    text, parts, eci, kanji = request.text, request.parts, request.eci, request.kanji
    if parts:
        from ..symbol.structured_append import has_room_for_parts

        return has_room_for_parts(text, parts, level, version, eci=eci, kanji=kanji)
    return has_room_for(text, level, version, eci=eci, kanji=kanji)


def _place_logo(request: CanonicalRequest, symbol: Symbol) -> PlacedLogo | None:
    if request.style is None or request.style.logo is None:
        return None
    from .logo import place_logo

    make, holds = partial(_encode_exactly, request), partial(_has_room, request)
    return place_logo(request, request.style.logo, symbol, make, holds)


def _compose(request: CanonicalRequest, symbol: Symbol) -> Artwork:
    if request.style is not None:
        from .style import compose_in_style

        return compose_in_style(request, request.style, symbol)
    if _is_extended(request):
        from .extended import compose_extended

        return compose_extended(request, symbol)
    return Artwork(
        symbol,
        margin=request.margin,
        size=request.size or 300,
        foreground=parse_color(request.foreground or "black"),
        background=parse_color(request.background or "white"),
        dpi=request.dpi,
        title=request.title,
        description=request.description,
    )


def _lay_on(request: CanonicalRequest, artwork: Artwork, logo: PlacedLogo) -> Artwork:
    artwork = logo.lay_on(artwork)
    if request.format == "json":
        # Programs that draw the code themselves get the whole symbol; `cleared` lists the modules behind the logo.
        artwork = msgspec.structs.replace(artwork, symbol=logo.fitted.symbol)
    return artwork


def _refuse_unreadable(request: CanonicalRequest, artwork: Artwork) -> None:
    for_all = request.style is not None and request.style.readers == "all"
    issues = scan_issues(artwork, request.format, faint=_may_be_faint(request), for_all=for_all)
    if issues:
        raise WouldNotScan(f"{issues[0].path}: {issues[0].message}", issues=issues)


def _may_be_faint(request: CanonicalRequest) -> bool:
    if _is_extended(request):
        return request.faint
    return request.style is not None and request.style.faint


def _verify(request: CanonicalRequest, artwork: Artwork, scan: ScanReport) -> tuple[ScanReport, Image.Image | None]:
    """Read a styled picture back, unless the request turns that off, and add the result to `scan`.

    Returns
    -------
    scan, pixels
        The pixels of the picture itself, if its format is a raster one.
    """
    if request.style is None or not request.style.verify:
        return scan, None
    from .style import paint, verify

    # One symbol of a sequence holds only a part of the text.
    text = "".join(segment.text for segment in artwork.symbol.segments) if request.parts else request.text
    pixels = paint(artwork, request.format)
    return verify(artwork, text, pixels, request.style, scan), pixels
