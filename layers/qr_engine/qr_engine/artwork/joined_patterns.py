"""Patterns whose modules join their neighbours.

Each function draws the shape of one module in a unit square. Its argument `around` has a bit for each dark neighbour,
as in `grid.dark_neighbours`.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from .model import Path
from .paths import rectangle, rotate_quarters

__all__ = [
    "SIDES",
    "classy",
    "classy_rounded",
    "drop_open_diagonals",
    "extra_rounded",
    "horizontal",
    "round_alignment",
    "rounded",
    "vertical",
    "wave",
]

_N, _E, _S, _W = 1, 2, 4, 8
_SIDES: Final = ((_N, _W), (_N, _E), (_S, _E), (_S, _W))
"""The bits of the two neighbours next to each corner, clockwise from the top left corner."""

_DIAGONALS: Final = (128, 16, 32, 64)
"""The bit of the diagonal neighbour at each of those corners."""

_BAR: Final = 0.84
"""Width of a bar: the gap is wide enough to be seen, and too narrow for a reader to find."""

_SWELL: Final = 0.14
"""How far a wave rises and falls."""

_BEND: Final = 0.85
"""Radius of the outside of a bend; with 1, the module would be a quarter disc."""

_FILLET: Final = 0.35
"""Radius of the inside of a bend."""

_ARC: Final = 4 / 3 * (2**0.5 - 1)
"""Length of the handles of a quarter circle of radius 1."""

_Radii: TypeAlias = tuple[float, float, float, float]
"""Radii of the corners, clockwise from the top left."""

SIDES: Final = 15
"""The bits of the four neighbours that share a side."""


def drop_open_diagonals(around: int) -> int:
    """Clear the bit of each diagonal neighbour unless both neighbours next to that corner are dark.

    No shape depends on the cleared bits; 47 of the 256 neighbourhoods remain.
    """
    for (above, beside), diagonal in zip(_SIDES, _DIAGONALS, strict=True):
        if not (around & above and around & beside):
            around &= ~diagonal
    return around


def rounded(around: int) -> Path:
    """Draw a square, and round each corner where neither of the two neighbours next to it is dark."""
    return rectangle(0, 0, 1, 1, _free_radii(around, (0.5, 0.5, 0.5, 0.5)))


def extra_rounded(around: int) -> Path:
    """Draw as `rounded`, but with wide curves on the outside and the inside of a bend."""
    return rectangle(0, 0, 1, 1, _widen_bend(around, _free_radii(around, (0.5, 0.5, 0.5, 0.5)))) + _fillets(around)


def round_alignment(around: int) -> Path:
    """Draw an alignment pattern with round corners and a nearly square middle.

    jsQR compares the runs through the middle along the diagonals. With a dot there, they would be farther from 1:1:1
    than those of many modules among the data.
    """
    if not around & SIDES:
        return rectangle(0, 0, 1, 1, 0.12)
    return rectangle(0, 0, 1, 1, _widen_bend(around, _free_radii(around, (0.5, 0.5, 0.5, 0.5)), 0.8)) + _fillets(around)


def classy(around: int) -> Path:
    """Round two opposite corners like those of a leaf, where no neighbour is dark."""
    return rectangle(0, 0, 1, 1, _free_radii(around, (0.5, 0.0, 0.5, 0.0)))


def classy_rounded(around: int) -> Path:
    """Draw as `classy`, with wide curves at bends and a little softness at the other corners."""
    return rectangle(0, 0, 1, 1, _widen_bend(around, _free_radii(around, (0.5, 0.2, 0.5, 0.2))))


def horizontal(around: int) -> Path:
    """Draw bars along the rows, with round ends."""
    left, right = (0.0 if around & side else _BAR / 2 for side in (_W, _E))
    return rectangle(0, (1 - _BAR) / 2, 1, (1 + _BAR) / 2, (left, right, right, left))


def vertical(around: int) -> Path:
    """Draw bars along the columns, with round ends."""
    top, bottom = (0.0 if around & side else _BAR / 2 for side in (_N, _S))
    return rectangle((1 - _BAR) / 2, 0, (1 + _BAR) / 2, 1, (top, top, bottom, bottom))


def wave(around: int) -> Path:
    """Draw rows that rise in one column and fall in the next; with bit 16 of `around`, this module falls.

    Two modules above each other would share a curved edge. The upper one reaches into the lower one, so that the edge
    does not show.
    """
    middle = _SWELL if around & 16 else -_SWELL
    handle = middle * 2 / 3
    tl, tr, br, bl = (not around & (a | b) for a, b in _SIDES)
    # The handles of a quarter of an ellipse from the module's side to its crest.
    up, down = 0.5 + (middle - 0.5) * _ARC, 0.5 + (middle + 0.5) * _ARC
    path: Path = (
        ("M", 0, 0.5) if tl else ("M", 0, 0),
        ("C", 0, up, 0.224, middle, 0.5, middle) if tl else ("C", 0.212, handle, 0.356, middle, 0.5, middle),
        ("C", 0.776, middle, 1, up, 1, 0.5) if tr else ("C", 0.644, middle, 0.788, handle, 1, 0),
    )
    if around & _S:
        return (*path, ("L", 1, 1.3), ("L", 0, 1.3), ("Z",))
    low = 1 + middle
    return (
        *path,
        ("L", 1, 0.5) if br else ("L", 1, 1),
        ("C", 1, down, 0.776, low, 0.5, low) if br else ("C", 0.788, 1 + handle, 0.644, low, 0.5, low),
        ("C", 0.224, low, 0, down, 0, 0.5) if bl else ("C", 0.356, low, 0.212, 1 + handle, 0, 1),
        ("Z",),
    )


def _free_radii(around: int, free: _Radii) -> _Radii:
    """Return the radii of `free` for the corners that no dark neighbour touches, and 0 for the others."""
    tl, tr, br, bl = (0.0 if around & (a | b) else radius for (a, b), radius in zip(_SIDES, free, strict=True))
    return tl, tr, br, bl


def _widen_bend(around: int, radii: _Radii, wide: float = _BEND) -> _Radii:
    """Widen the radius on the outside of a bend, where only the two neighbours on the opposite sides are dark."""
    bend = {_S | _E: 0, _S | _W: 1, _N | _W: 2, _N | _E: 3}.get(around & SIDES)
    if bend is None or not radii[bend]:
        return radii
    tl, tr, br, bl = (wide if corner == bend else radius for corner, radius in enumerate(radii))
    return tl, tr, br, bl


def _fillets(around: int) -> Path:
    """Draw the insides of all bends of a module."""
    shape: Path = ()
    for corner, ((above, beside), diagonal) in enumerate(zip(_SIDES, _DIAGONALS, strict=True)):
        if around & above and around & beside and not around & diagonal:
            shape += _fillet(corner)
    return shape


def _fillet(corner: int) -> Path:
    """Draw the inside of a bend, which lies in the diagonal neighbour; it overlaps the bend, so that no seam shows."""
    at, reach = 1 + _FILLET, 1 + _FILLET * (1 - _ARC)
    path: Path = (("M", 0.8, 0.8), ("L", at, 1), ("C", reach, 1, 1, reach, 1, at), ("Z",))
    return rotate_quarters(path, corner + 2, 1)
