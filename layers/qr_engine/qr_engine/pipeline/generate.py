"""From a canonical request to a picture and what is known of it: encode, compose, check, render."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec

from ..artwork import Artwork, compose
from ..artwork.color import parse_color
from ..errors import WouldNotScan
from ..render import draw
from ..request import CanonicalRequest
from ..scan import ScanReport, report_scan, scan_issues, with_invisible_characters
from ..symbol import Level, Symbol, encode, encode_part
from .metadata import Metadata, metadata_of

__all__ = ["draw_picture", "plan"]


def plan(request: CanonicalRequest) -> tuple[Artwork, ScanReport]:
    """The artwork that `request` describes, and whether it will scan; nothing is rendered.

    Raises
    ------
    TooMuchData
        The text does not fit.
    WouldNotScan
        No phone would read it.
    InvalidRequest, AssetNotFound, AssetUnavailable
        Its logo cannot be taken, or cannot be had.
    """
    symbol, placed = _encode(request), None
    if request.style is not None and request.style.logo is not None:
        from .logo import place_logo

        placed = place_logo(request, request.style.logo, symbol, partial(_encode_exactly, request))
        symbol = placed.symbol
    artwork = _compose(request, symbol)
    if placed is not None:
        artwork = placed.lay_on(artwork)
        if request.format == "json":
            # Programs that draw on their own get the symbol as it is encoded, and in `cleared` where the logo is.
            artwork = msgspec.structs.replace(artwork, symbol=placed.fitted.symbol)
    faint = request.style is not None and request.style.faint
    issues = scan_issues(artwork, request.format, faint=faint)
    if issues:
        raise WouldNotScan(f"{issues[0].path}: {issues[0].message}", issues=issues)
    scan = with_invisible_characters(report_scan(artwork, request.format), request.text)
    return artwork, scan if placed is None else placed.annotate(scan)


def draw_picture(request: CanonicalRequest) -> tuple[bytes, Metadata]:
    """The picture that `request` describes and what is known of it; the same each time.

    Raises
    ------
    Problem
        As `plan`.
    """
    artwork, scan = plan(request)
    if request.style is not None and request.style.verify:
        from .style import verify

        scan = verify(artwork, _encoded_text(request, artwork.symbol), request.format, request.style, scan)
    body = draw(artwork, request.format)
    return body, metadata_of(request, artwork, body, scan)


def _compose(request: CanonicalRequest, symbol: Symbol) -> Artwork:
    if request.style is not None:
        from .style import compose_in_style

        return compose_in_style(request, request.style, symbol)
    return compose(
        symbol,
        margin=request.margin,
        size=request.size or 300,
        foreground=parse_color(request.foreground or "black"),
        background=parse_color(request.background or "white"),
        dpi=request.dpi,
        title=request.title,
        description=request.description,
    )


def _encoded_text(request: CanonicalRequest, symbol: Symbol) -> str:
    """What a reader sees in this one symbol."""
    return "".join(segment.text for segment in symbol.segments) if request.parts else request.text


def _encode(request: CanonicalRequest, **changed: Any) -> Symbol:
    """The symbol of `request`, with some of the encoder's options `changed`."""
    options: dict[str, Any] = {
        "error_correction": request.error_correction,
        "boost": request.boost,
        "version": request.version,
        "mask": request.mask,
        "eci": request.eci,
        "kanji": request.kanji,
        **changed,
    }
    if request.parts:
        return encode_part(request.text, part=request.part, parts=request.parts, **options)
    return encode(request.text, micro=request.micro, **options)


def _encode_exactly(request: CanonicalRequest, level: Level, version: int) -> Symbol:
    return _encode(request, error_correction=level, version=version, boost=False)
