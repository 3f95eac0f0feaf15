"""The metadata of a picture: how the JSON answer shows them, and how the cache stores them."""

from __future__ import annotations

from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Literal
from zlib import crc32

import msgspec

from ..artwork import Artwork
from ..request import CanonicalRequest
from ..request.canonical import CanonicalStyle
from ..scan import SCORE_VERSION, ScanReport
from ..symbol import Level, Symbol

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FINGERPRINT", "Metadata", "changes_in", "is_readable", "metadata_of", "pack_metadata", "unpack_metadata"]

Complexity = Literal["basic", "medium", "advanced", "ultra"]

_COMPLEXITY_OF_FEATURE: dict[str, Complexity] = {
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
"""The complexity that a feature gives a code; two advanced ones make it ultra, features not listed leave it basic."""

_PLAIN = ("#000000", "#ffffff")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """The metadata of a picture.

    Attributes
    ----------
    version, micro, modules
        The symbol, and its modules per side without the quiet zone.
    data_capacity, data_used
        Bits that the symbol holds at its level, and bits that the data take.
    quiet_zone
        Modules on each side.
    width, height
        Pixels; None for formats without pixels.
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


_LAYOUT = (*Metadata.__struct_fields__, *ScanReport.__struct_fields__, f"score {SCORE_VERSION}")

FINGERPRINT = crc32(" ".join(_LAYOUT).encode()).to_bytes(4, "big")
"""Fingerprint of the metadata fields and of the scoring method, prefixed to packed metadata.

Entries with other fields, or with a score from another method, are rejected.
"""


def pack_metadata(metadata: Metadata) -> bytes:
    """Pack the values of `metadata` for the cache, without field names."""
    own = msgspec.structs.astuple(metadata)[:-1]
    return FINGERPRINT + _encode((own, msgspec.structs.astuple(metadata.scan)))


def unpack_metadata(values: bytes) -> dict[str, Any]:
    """Unpack metadata into the object that the JSON answer shows."""
    own, scan = _decode(memoryview(values)[len(FINGERPRINT) :])
    members = dict(zip(Metadata.__struct_fields__, own, strict=False))
    members["scan"] = dict(zip(ScanReport.__struct_fields__, scan, strict=True))
    return members


def changes_in(values: bytes) -> Sequence[str]:
    """Return the changes to the request, a sentence each, from its packed metadata."""
    # The changes come last in the metadata, and nearly all pictures have none.
    return () if values.endswith(_NO_CHANGES) else unpack_metadata(values)["scan"]["changes"]


def is_readable(values: bytes) -> bool:
    """Return whether `values` are metadata with the fields and types of this version of the service."""
    if not values.startswith(FINGERPRINT):
        return False
    try:
        _strict_decoder().decode(memoryview(values)[len(FINGERPRINT) :])
        # The strict decoder skips values beyond the fields; this reads them.
        unpack_metadata(values)
    except (msgspec.DecodeError, ValueError):
        return False
    return True


@cache
def _strict_decoder() -> msgspec.msgpack.Decoder[Any]:
    own, scan = (tuple(field.type for field in msgspec.structs.fields(kind)) for kind in (Metadata, ScanReport))
    return msgspec.msgpack.Decoder(GenericAlias(tuple, (GenericAlias(tuple, own[:-1]), GenericAlias(tuple, scan))))


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode

_NO_CHANGES = _encode(())


def metadata_of(request: CanonicalRequest, artwork: Artwork, body: bytes, scan: ScanReport) -> Metadata:
    """Collect the metadata of `body`, the picture of `artwork` that answers `request`."""
    symbol = artwork.symbol
    width, height = artwork.pixels if request.size else (None, None)
    features = _features(request, symbol)
    return Metadata(
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


def _features(request: CanonicalRequest, symbol: Symbol) -> tuple[str, ...]:
    used = (
        ("colors", bool(request.foreground) and (request.foreground, request.background) != _PLAIN),
        ("micro", symbol.micro),
        ("structured_append", request.parts > 0),
        ("eci", symbol.eci is not None),
        ("kanji", "kanji" in [segment.mode for segment in symbol.segments]),
    )
    features = [name for name, present in used if present]
    if request.style is not None:
        features += [name for name, present in _style_features(request.style).items() if present]
    return tuple(features)


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
    if not features:
        return "basic"
    order: tuple[Complexity, ...] = ("basic", "medium", "advanced")
    levels = [_COMPLEXITY_OF_FEATURE.get(feature, "basic") for feature in features]
    return "ultra" if levels.count("advanced") > 1 else max(levels, key=order.index)
