"""From a canonical request to a picture and what is known of it: encode, compose, check, render."""

from __future__ import annotations

from functools import cache, partial
from types import GenericAlias
from typing import Any, Literal
from zlib import crc32

import msgspec

from ..artwork import Artwork, compose
from ..artwork.color import parse_color
from ..errors import WouldNotScan
from ..render import draw
from ..request import CanonicalRequest
from ..request.canonical import CanonicalStyle
from ..scan import ScanReport, noticed, rejections, report
from ..symbol import Level, Symbol, encode, encode_part

__all__ = ["LAYOUT", "Metadata", "described", "drawn", "is_readable", "packed", "plan"]

Complexity = Literal["basic", "medium", "advanced", "ultra"]

_COMPLEXITY: dict[str, Complexity] = {
    "colors": "medium",
    "data_pattern": "medium",
    "eyes": "medium",
    "eye_colors": "medium",
    "stroke": "medium",
    "gradient": "advanced",
    "logo": "advanced",
    "effects": "advanced",
    "frame": "advanced",
}
"""What a feature of the artwork makes of a code, two advanced ones an ultra one; what is not here leaves it basic."""

_PLAIN = ("#000000", "#ffffff")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a picture besides its bytes.

    Attributes
    ----------
    version, micro, modules
        The symbol, and its modules a side without the quiet zone.
    data_capacity, data_used
        Bits that the symbol holds at its level, and those taken.
    quiet_zone
        Modules on each side.
    width, height
        Pixels; None for formats that have none.
    """

    version: int
    micro: bool
    modules: int
    error_correction: Level | None
    mask: int
    eci: int | None
    quiet_zone: int
    data_capacity: int
    data_used: int
    width: int | None
    height: int | None
    bytes: int
    complexity_level: Complexity
    features_used: tuple[str, ...]
    scan: ScanReport


LAYOUT = crc32(" ".join((*Metadata.__struct_fields__, *ScanReport.__struct_fields__)).encode()).to_bytes(4, "big")
"""What packed metadata begin with; those of a version of the service that tells other things begin otherwise."""


def packed(metadata: Metadata) -> bytes:
    """The values of `metadata`, without their names, for the cache."""
    own = msgspec.structs.astuple(metadata)[:-1]
    return LAYOUT + _encode((own, msgspec.structs.astuple(metadata.scan)))


def described(values: bytes) -> dict[str, Any]:
    """What `packed` kept, as the JSON answer shows it."""
    own, scan = _decode(memoryview(values)[len(LAYOUT) :])
    known = dict(zip(Metadata.__struct_fields__, own, strict=False))
    known["scan"] = dict(zip(ScanReport.__struct_fields__, scan, strict=True))
    return known


def is_readable(values: bytes) -> bool:
    """Whether `values` are metadata as this version of the service packs them: of these names and types."""
    if not values.startswith(LAYOUT):
        return False
    try:
        _strict().decode(memoryview(values)[len(LAYOUT) :])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


@cache
def _strict() -> msgspec.msgpack.Decoder[Any]:
    own, scan = (tuple(field.type for field in msgspec.structs.fields(kind)) for kind in (Metadata, ScanReport))
    return msgspec.msgpack.Decoder(GenericAlias(tuple, (GenericAlias(tuple, own[:-1]), GenericAlias(tuple, scan))))


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


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
    symbol, borne = _symbol(request), None
    if request.style is not None and request.style.logo is not None:
        from .logo import bear

        borne = bear(request, request.style.logo, symbol, partial(_exactly, request))
        symbol = borne.symbol
    artwork = _composed(request, symbol)
    if borne is not None:
        artwork = borne.laid_on(artwork)
        if request.format == "json":
            # Programs that draw on their own get the symbol as it is encoded, and in `cleared` where the logo is.
            artwork = msgspec.structs.replace(artwork, symbol=borne.fitted.symbol)
    faint = request.style is not None and request.style.faint
    issues = rejections(artwork, request.format, faint=faint)
    if issues:
        raise WouldNotScan(f"{issues[0].path}: {issues[0].message}", issues=issues)
    found = noticed(report(artwork, request.format), request.text)
    return artwork, found if borne is None else borne.noted(found)


def drawn(request: CanonicalRequest) -> tuple[bytes, Metadata]:
    """The picture that `request` describes and what is known of it; the same each time.

    Raises
    ------
    Problem
        As `plan`.
    """
    artwork, scan = plan(request)
    if request.style is not None and request.style.verify:
        from .style import verified

        scan = verified(artwork, _shown_text(request, artwork.symbol), request.format, request.style, scan)
    body = draw(artwork, request.format)
    symbol = artwork.symbol
    width, height = artwork.pixels if request.size else (None, None)
    features = _features(request, symbol)
    metadata = Metadata(
        version=symbol.version,
        micro=symbol.micro,
        modules=symbol.size,
        error_correction=symbol.error_correction,
        mask=symbol.mask,
        eci=symbol.eci,
        quiet_zone=request.margin,
        data_capacity=symbol.capacity_bits,
        data_used=symbol.data_bits,
        width=width,
        height=height,
        bytes=len(body),
        complexity_level=_complexity(features),
        features_used=features,
        scan=scan,
    )
    return body, metadata


def _composed(request: CanonicalRequest, symbol: Symbol) -> Artwork:
    if request.style is not None:
        from .style import styled

        return styled(request, request.style, symbol)
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


def _shown_text(request: CanonicalRequest, symbol: Symbol) -> str:
    """What a reader sees in this one symbol."""
    return "".join(segment.text for segment in symbol.segments) if request.parts else request.text


def _symbol(request: CanonicalRequest, **changed: Any) -> Symbol:
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


def _exactly(request: CanonicalRequest, level: Level, version: int) -> Symbol:
    return _symbol(request, error_correction=level, version=version, boost=False)


def _features(request: CanonicalRequest, symbol: Symbol) -> tuple[str, ...]:
    used = {
        "colors": bool(request.foreground) and (request.foreground, request.background) != _PLAIN,
        "micro": symbol.micro,
        "structured_append": request.parts > 0,
        "eci": symbol.eci is not None,
        "kanji": any(segment.mode == "kanji" for segment in symbol.segments),
        **(_style_features(request.style) if request.style else {}),
    }
    return tuple(name for name, present in used.items() if present)


def _style_features(style: CanonicalStyle) -> dict[str, bool]:
    return {
        "data_pattern": style.data_pattern != "square",
        "eyes": (style.eye_shape, style.eye_border_style, style.eye_center_style) != (None, "square", "square"),
        "eye_colors": bool(style.eye_border or style.eye_center or style.per_eye),
        "gradient": any((style.gradient, style.eye_gradient, style.background_gradient)),
        "stroke": style.stroke is not None,
        "logo": style.logo is not None,
        "effects": bool(style.effects),
        "frame": style.frame is not None,
    }


def _complexity(features: tuple[str, ...]) -> Complexity:
    order: tuple[Complexity, ...] = ("basic", "medium", "advanced")
    found = [_COMPLEXITY.get(feature, "basic") for feature in features]
    return "ultra" if found.count("advanced") > 1 else max(found, key=order.index, default="basic")
