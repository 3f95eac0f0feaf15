"""The parts of a symbol that depend only on its version, computed once and kept."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from .function_patterns import Area, Role, areas, format_modules, micro_format_modules, version_modules
from .masking import MICRO_MASKS, PATTERNS, mask_plane
from .placement import make_placer
from .standard import LEVEL_BITS, MICRO_SYMBOL_NUMBER, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .model import Level

__all__ = ["Layout", "layout", "overlays"]

_FORMAT_GENERATOR, _FORMAT_XOR, _MICRO_FORMAT_XOR = 0x537, 0x5412, 0x4445
_VERSION_GENERATOR = 0x1F25


class Layout(msgspec.Struct, frozen=True):
    """The fixed part of a version; every plane is laid out as `Symbol.matrix` is.

    Attributes
    ----------
    size
        Modules a side.
    fixed
        The dark modules of the function patterns and of the version information.
    region
        The modules that hold the message.
    all_but_right, all_but_bottom
        All modules except those of the last column, and all except those of the last row.
    format_bits
        For each format bit, the lowest first, the modules that hold it.
    place
        See `placement.make_placer`.
    """

    size: int
    fixed: int
    region: int
    all_but_right: int
    all_but_bottom: int
    format_bits: tuple[int, ...]
    place: Callable[[bytes, bytes, bytes], bytes]


def _rectangle_plane(n: int, x: int, y: int, across: int, down: int) -> int:
    stride = n + 4
    row = (1 << across) - 1
    comb = ((1 << stride * down) - 1) // ((1 << stride) - 1) if down > 1 else 1
    return row * comb << (n - y - down) * stride + 4 + n - x - across


def _area_plane(n: int, area: Area) -> int:
    return _rectangle_plane(n, area.x, area.y, area.width, area.height)


def _modules_plane(n: int, positions: Iterable[tuple[int, int]]) -> int:
    plane = 0
    for x, y in positions:
        plane |= 1 << (n - 1 - y) * (n + 4) + 4 + n - 1 - x
    return plane


def _rings(n: int, area: Area) -> int:
    """Draw a square of dark and light rings, as finder and alignment patterns are: dark, light, dark inside."""
    x, y, side = area.x, area.y, area.width
    inner = 3 if side == 7 else 1
    gap = (side - inner) // 2
    return (
        _rectangle_plane(n, x, y, side, side)
        ^ _rectangle_plane(n, x + 1, y + 1, side - 2, side - 2)
        ^ _rectangle_plane(n, x + gap, y + gap, inner, inner)
    )


def _append_check_bits(value: int, bits: int, generator: int) -> int:
    """Append the BCH check bits of `value` to it (annexes C and D)."""
    degree = generator.bit_length() - 1
    rest = value << degree
    for shift in range(bits - 1, -1, -1):
        if rest >> shift + degree & 1:
            rest ^= generator << shift
    return value << degree | rest


@cache
def layout(version: int, *, micro: bool) -> Layout:
    """Return the layout of a version, 1 to 40, or 1 to 4 for Micro QR."""
    n = width(version, micro=micro)
    line = 0 if micro else 6
    taken = areas(version, micro=micro)
    covered, timing = 0, 0
    for area in taken:
        covered |= _area_plane(n, area)
    for i in range(0, n, 2):
        timing |= _modules_plane(n, ((i, line), (line, i)))
    fixed = timing
    for area in taken:
        if area.role in (Role.SEPARATOR, Role.FINDER, Role.ALIGNMENT):
            fixed &= ~_area_plane(n, area)
        if area.role in (Role.FINDER, Role.ALIGNMENT):
            fixed |= _rings(n, area)
        if area.role is Role.DARK_MODULE:
            fixed |= _modules_plane(n, [(area.x, area.y)])
    if not micro and version >= 7:
        word = _append_check_bits(version, 6, _VERSION_GENERATOR)
        for bit, pair in enumerate(version_modules(version)):
            if word >> bit & 1:
                fixed |= _modules_plane(n, pair)
    everything = _rectangle_plane(n, 0, 0, n, n)
    bits = [_modules_plane(n, [module]) for module in micro_format_modules()] if micro else []
    bits = bits or [_modules_plane(n, pair) for pair in format_modules(version)]
    return Layout(
        size=n,
        fixed=fixed,
        region=everything ^ covered,
        all_but_right=_rectangle_plane(n, 0, 0, n - 1, n),
        all_but_bottom=_rectangle_plane(n, 0, 0, n, n - 1),
        format_bits=tuple(bits),
        place=make_placer(version, taken, micro=micro),
    )


@cache
def overlays(version: int, level: Level, *, micro: bool) -> tuple[int, ...]:
    """Return for each mask the modules to invert: in the data region, and for the format bits that name the mask."""
    shape = layout(version, micro=micro)
    changes = []
    for number, mask in enumerate(MICRO_MASKS if micro else range(len(PATTERNS))):
        plane = mask_plane(mask, shape.size) & shape.region
        if micro:
            word = (
                _append_check_bits(MICRO_SYMBOL_NUMBER[version, level] << 2 | number, 5, _FORMAT_GENERATOR)
                ^ _MICRO_FORMAT_XOR
            )
        else:
            word = _append_check_bits(LEVEL_BITS[level] << 3 | number, 5, _FORMAT_GENERATOR) ^ _FORMAT_XOR
        for bit, modules in enumerate(shape.format_bits):
            if word >> bit & 1:
                plane |= modules
        changes.append(plane)
    return tuple(changes)
