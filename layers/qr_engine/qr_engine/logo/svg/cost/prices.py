"""What the parts of an SVG cost to draw, in nanoseconds."""

from __future__ import annotations

from typing import Final

__all__ = ["NANOSECONDS"]

NANOSECONDS: Final = {
    # By element and by edge, at any size: to convert and to flatten them.
    "element": 5_000,
    "edge": 1_500,
    # For each two edges of a path that lie side by side: they are sorted anew at each line of pixels.
    "crossing": 1,
    # For each pixel of height of an edge.
    "row": 160,
    # For each pixel within the box of an outline, by its paint, and for each colour of a gradient.
    "opaque": 2.5,
    "translucent": 20,
    "gradient": 55,
    "shade": 0.5,
    # Of a tile that is turned, or whose side is no whole number of pixels; others take a sixth of it.
    "pattern": 600,
    # By colour of a gradient, each time that it is used.
    "stop": 130,
    # For each pixel of what is drawn apart, then laid on the picture, and cut to a clip path or a mask.
    "layer": 4,
    "composite": 50,
    "clip": 22,
    "nested clip": 65,
    "mask": 50,
    # For each pixel of a picture inside, each time that it is drawn, and for each that it covers.
    "decoded": 50,
    "resampled": 650,
}
"""Measured with resvg 0.45 on one vCPU, the dearest case of each kind; docs/security.md shows them."""
