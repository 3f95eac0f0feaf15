"""What the parts of an SVG cost to draw, in nanoseconds."""

from __future__ import annotations

from typing import Final

__all__ = ["NANOSECONDS"]

NANOSECONDS: Final = {
    # For each element and each edge, at any size: to convert and to flatten it.
    "element": 5_000,
    "edge": 1_500,
    # For each two edges of a path that lie side by side: a renderer sorts them anew at each line of pixels.
    "crossing": 1,
    # For each pixel of height of an edge.
    "row": 160,
    # For each pixel on an edge, more for each nanosecond of the price of its paint, and the most that this can add.
    "partial": 150,
    "partial paint": 14,
    "partial pattern": 2_800,
    # For each pixel along a stroke thinner than a pixel, in the same way.
    "hairline": 1_000,
    "hairline paint": 30,
    "hairline pattern": 6_000,
    # For each edge of a stroke along a long curve.
    "bend": 3_000,
    # For each pixel within the box of an outline, by its paint, and for each colour of a gradient.
    "opaque": 2.5,
    "translucent": 20,
    "gradient": 55,
    "shade": 0.5,
    # The tile is turned, or its side is not a whole number of pixels; other tiles cost a sixth of this.
    "pattern": 600,
    # For each colour of a gradient, each time that it is used.
    "stop": 130,
    # For each pixel of a layer: to draw it, to composite it, and to cut it to a clip path or a mask.
    "layer": 4,
    "composite": 50,
    "clip": 22,
    "nested clip": 65,
    "mask": 50,
    # For each pixel of an embedded picture, each time that it is drawn, and for each pixel that it covers.
    "decoded": 50,
    "resampled": 650,
}
"""Measured with resvg 0.45 on one vCPU, the dearest case of each kind; docs/security.md shows them."""
