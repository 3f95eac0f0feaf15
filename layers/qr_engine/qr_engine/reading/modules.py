"""Modules of a symbol as one byte each, row after row, and the planes of `symbol` in that form."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from ..symbol.layout import layout, overlays

if TYPE_CHECKING:
    from ..symbol.model import Level

__all__ = ["format_modules", "has_whole_patterns", "masked_modules", "transpose"]

_BITS: Final = bytes.maketrans(b"01", b"\x00\x01")


@cache
def masked_modules(version: int, level: Level, mask: int, *, micro: bool) -> bytes:
    """Return 1 for each module that a mask inverts, or that is dark to encode the mask and the level."""
    shape = layout(version, micro=micro)
    return _spread(overlays(version, level, micro=micro)[mask], shape.size)


@cache
def format_modules(version: int, *, micro: bool) -> tuple[int, ...]:
    """Return the indexes of the modules that hold the format information, counted row after row."""
    shape = layout(version, micro=micro)
    planes = [_spread(plane, shape.size) for plane in shape.format_bits]
    return tuple([index for plane in planes for index, module in enumerate(plane) if module])


def has_whole_patterns(version: int, modules: bytes) -> bool:
    """Return whether the finder, separator and timing patterns of a Micro QR symbol are free of errors."""
    shape = layout(version, micro=True)
    fixed, region = _spread(shape.fixed, shape.size), _spread(shape.region, shape.size)
    others = set(format_modules(version, micro=True))
    pairs = enumerate(zip(modules, fixed, region, strict=True))
    return all(module == dark or free or index in others for index, (module, dark, free) in pairs)


def transpose(modules: bytes, size: int) -> bytes:
    """Return the modules mirrored along the diagonal."""
    return b"".join([modules[column::size] for column in range(size)])


def _spread(plane: int, size: int) -> bytes:
    """Spread a plane, which has guard bits after each row, into one byte per module."""
    stride = size + 4
    bits = f"{plane:0{size * stride}b}".encode().translate(_BITS)
    return b"".join([bits[start : start + size] for start in range(0, len(bits), stride)])
