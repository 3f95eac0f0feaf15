"""Compute how much of a symbol may be covered, from the Reed-Solomon codewords that an area touches.

An area is a plane, one integer laid out like `Symbol.matrix`, with 1 for each module that is unreadable. The share of
the symbol that is covered says nothing: the worst block counts. Blocks are interleaved, so the blocks that an area
touches depend on where the version puts its codewords (ISO/IEC 18004:2015, 7.5 and 7.7.3).
"""

from __future__ import annotations

from array import array
from functools import cache, lru_cache
from itertools import compress
from math import sqrt
from typing import TYPE_CHECKING, Final

import msgspec

from .function_patterns import Role, areas
from .layout import layout
from .standard import alignment_centres, blocks, correctable_errors, width

if TYPE_CHECKING:
    from .model import AreaShape, Level, Symbol

__all__ = [
    "CAMERA_RESERVE",
    "Cover",
    "centred_area",
    "measure_centred_cover",
    "measure_cover",
    "measure_cover_at",
]

CAMERA_RESERVE: Final = 0.25
"""Share of each block's correction that is kept for dirt, blur, glare or a bent label.

Measured with zxing-cpp on versions 3 to 10 at four pixels a module, tilted, blurred, noisy and unevenly lit. Of 100
pictures of an uncovered symbol, 87 are read. If covering needs up to three quarters of the correction, 86 to 92 are
read; above that 84, from seven eighths up 62, and at the limit 24. So the curve is flat at first, and then falls.
"""

ROUNDING: Final = 0.25
"""Radius of the corners of a rounded square, as a share of its shorter side."""

_NO_CODEWORD: Final = 0xFFFF


class Cover(msgspec.Struct, frozen=True):
    """The codewords and patterns of a symbol that an area covers.

    Attributes
    ----------
    touched
        For each Reed-Solomon block, how many of its codewords have at least one covered module.
    allowed
        For each block, how many codewords may be covered: as many as it corrects, less the reserve. A covered codeword
        counts as an error, not an erasure, since readers do not know that it is covered.
    correctable
        Codewords that a block corrects, the same for every block: half of its error correction codewords, and fewer in
        versions 1 and 2 at the weaker levels (ISO/IEC 18004:2015, Table 9).
    forbidden
        The roles of covered modules without which a reader does not find the symbol or learn its format: finder,
        separator, timing, format and version patterns, and the alignment patterns at the edges.
    """

    touched: tuple[int, ...]
    allowed: tuple[int, ...]
    correctable: int
    forbidden: tuple[Role, ...]

    @property
    def fits(self) -> bool:
        """Whether the symbol stays readable without using its reserve."""
        return not self.forbidden and all(
            touched <= allowed for touched, allowed in zip(self.touched, self.allowed, strict=True)
        )

    @property
    def worst_share(self) -> float:
        """The share of its correction that the worst block needs; above 1, the symbol cannot be read."""
        worst = max(self.touched)
        if not self.correctable:
            return 0.0 if not worst else float("inf")
        return worst / self.correctable


def measure_cover(symbol: Symbol, area: int, *, reserve: float = 0.0) -> Cover:
    """Count the codewords and patterns of a symbol that `area` covers.

    Micro QR symbols allow no cover: the camera needs all that their few codewords can correct.

    Parameters
    ----------
    symbol
        Any symbol; its text makes no difference.
    area
        The covered modules, as a plane like `Symbol.matrix`; modules outside the symbol do not count.
    reserve
        Share of each block's correction to keep free, 0 to 1, such as `CAMERA_RESERVE`.
    """
    if symbol.micro or symbol.error_correction is None:
        touched = len(_covered_codewords(symbol.version, area, micro=True))
        return Cover((touched,), (0,), 0, _forbidden_roles(symbol.version, area, micro=True))
    return measure_cover_at(symbol.version, symbol.error_correction, area, reserve=reserve)


def measure_cover_at(version: int, level: Level, area: int, *, reserve: float = 0.0) -> Cover:
    """Count the codewords and patterns that `area` covers in version 1 to 40 at a level; see `measure_cover`."""
    block_of, correctable = _block_of_codeword(version, level)
    touched = bytes([block_of[index] for index in _covered_codewords(version, area, micro=False)])
    count = block_of[-1] + 1
    # Add a little, so that 8 less a quarter is 6 however the reserve is rounded.
    allowed = int(correctable * (1 - reserve) + 1e-9)
    return Cover(
        touched=tuple([touched.count(block) for block in range(count)]),
        allowed=(allowed,) * count,
        correctable=correctable,
        forbidden=_forbidden_roles(version, area, micro=False),
    )


# A repair tries many sizes, and several of them cover the same modules.
@lru_cache(maxsize=256)
def measure_centred_cover(
    version: int, level: Level, across: int, down: int, shape: AreaShape, reserve: float
) -> Cover:
    """Count the codewords and patterns that a `centred_area` covers in version 1 to 40 at a level."""
    area = centred_area(width(version, micro=False), across, down, shape=shape)
    return measure_cover_at(version, level, area, reserve=reserve)


def centred_area(size: int, across: int, down: int, *, shape: AreaShape = "square") -> int:
    """Return the plane of the modules that a shape in the middle of a symbol touches.

    Parameters
    ----------
    size
        Modules a side of the symbol.
    across, down
        Width and height of the shape's box in modules, both odd, like `size`, and at most `size`. A circle is the
        ellipse in that box, and a rounded square has corners of `ROUNDING`.
    """
    stride = size + 4
    left, top = (size - across) // 2, (size - down) // 2
    plane = 0
    for row in range(down):
        run = across - 2 * _row_indent(row, across, down, shape)
        plane |= ((1 << run) - 1) << (size - 1 - top - row) * stride + 4 + size - left - (across - run) // 2 - run
    return plane


def _row_indent(row: int, across: int, down: int, shape: AreaShape) -> int:
    """Count the modules that the shape leaves free at each end of a row of its box."""
    if shape == "square":
        return 0
    if shape == "circle":
        radius_x, radius_y = across / 2, down / 2
    else:
        radius_x = radius_y = ROUNDING * min(across, down)
    # The shape is widest at the edge of the row that is nearer to the middle.
    edge = min(row + 1, down - row)
    if edge >= radius_y:
        return 0
    # A module that the outline touches counts as covered, so only modules wholly outside are left free.
    return int(radius_x - radius_x * sqrt(1 - ((radius_y - edge) / radius_y) ** 2))


@cache
def _codeword_of_bit(version: int, *, micro: bool) -> array[int]:
    """Return for every bit of a plane the number of its codeword in the final message."""
    division = blocks(version, "L", micro=micro)
    total = (division.data_bits + 7) // 8 + division.ec * division.count
    numbers = range(total)
    high = b"".join([bytes((number >> 8,)) * 8 for number in numbers])
    low = b"".join([bytes((number & 255,)) * 8 for number in numbers])
    if micro and division.data_bits % 8:
        # The last data codeword of M1 and M3 has four modules.
        high, low = (part[: division.data_bits] + part[division.data_bits + 4 :] for part in (high, low))
    place = layout(version, micro=micro).place
    none = b"\xff"
    pairs = zip(place(high, none, none * 4), place(low, none, none * 4), strict=True)
    return array("H", [upper << 8 | lower for upper, lower in pairs] + [_NO_CODEWORD] * 4)


def _covered_codewords(version: int, area: int, *, micro: bool) -> set[int]:
    labels = _codeword_of_bit(version, micro=micro)
    length = len(labels)
    area &= (1 << length) - 1
    # Look only at the part from the first covered module to the last.
    start = length - area.bit_length()
    selectors = f"{area:b}".rstrip("0").encode().translate(_SELECTORS)
    codewords = set(compress(labels[start : start + len(selectors)], selectors))
    codewords.discard(_NO_CODEWORD)
    return codewords


_SELECTORS: Final = bytes.maketrans(b"01", b"\x00\x01")


@cache
def _block_of_codeword(version: int, level: Level) -> tuple[bytes, int]:
    """Return the block of each codeword in the final message (ISO/IEC 18004:2015, 7.6), and how many one corrects."""
    division = blocks(version, level, micro=False)
    every = bytes(range(division.count))
    block_of = every * division.length + every[division.short :] + every * division.ec
    return block_of, correctable_errors(version, level, division.ec)


def _forbidden_roles(version: int, area: int, *, micro: bool) -> tuple[Role, ...]:
    return tuple([role for role, plane in _protected_planes(version, micro=micro) if area & plane])


@cache
def _protected_planes(version: int, *, micro: bool) -> tuple[tuple[Role, int], ...]:
    """Return each role whose modules must not be covered, and the plane of these modules."""
    size = width(version, micro=micro)
    free = () if micro else _free_alignment(version)
    planes: dict[Role, int] = {}
    for area in areas(version, micro=micro):
        plane = _rectangle_plane(size, area.x, area.y, area.width, area.height)
        # Where two overlap, the later one counts.
        planes = {role: other & ~plane for role, other in planes.items()}
        if area.role is not Role.ALIGNMENT or (area.x + 2, area.y + 2) not in free:
            planes[area.role] = planes.get(area.role, 0) | plane
    return tuple(sorted(planes.items()))


def _free_alignment(version: int) -> set[tuple[int, int]]:
    """Return the centres of the inner alignment patterns, which versions from 7 up can do without.

    Readers start from the pattern in the corner, and the patterns in row and column 6 are on the timing patterns.
    """
    inner = alignment_centres(version)[1:-1]
    return {(x, y) for x in inner for y in inner}


def _rectangle_plane(size: int, left: int, top: int, across: int, down: int) -> int:
    run = ((1 << across) - 1) << size + 4 - left - across
    plane = 0
    for row in range(top, top + down):
        plane |= run << (size - 1 - row) * (size + 4)
    return plane
