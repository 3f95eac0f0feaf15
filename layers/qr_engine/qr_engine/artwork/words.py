"""The names of all shapes, patterns, frames and effects, the same in requests, canonical styles and artwork.

Plain codes load this module too, so it holds only names; the modules that draw the shapes are loaded for styled codes.
"""

from __future__ import annotations

from typing import Literal

__all__ = [
    "DataPattern",
    "EffectKind",
    "EyeBorderStyle",
    "EyeCenterStyle",
    "EyeShape",
    "FrameName",
    "GradientKind",
    "GradientType",
    "Readers",
    "TextPosition",
]

DataPattern = Literal[
    "square",
    "dots",
    "rounded",
    "extra_rounded",
    "classy",
    "classy_rounded",
    "vertical",
    "horizontal",
    "diamond",
    "circular",
    "star",
    "cross",
    "random",
    "wave",
    "mosaic",
]
EyeShape = Literal[
    "square",
    "rounded_square",
    "circle",
    "dot",
    "leaf",
    "bars_horizontal",
    "bars_vertical",
    "star",
    "diamond",
    "cross",
    "hexagon",
    "heart",
    "shield",
    "crystal",
    "flower",
    "arrow",
]
EyeBorderStyle = Literal[
    "square",
    "rounded_square",
    "circle",
    "quarter_round",
    "cut_corner",
    "thick_border",
    "double_border",
    "diamond",
    "hexagon",
    "cross",
    "star",
    "leaf",
    "arrow",
]
EyeCenterStyle = Literal["square", "rounded_square", "circle", "dot", "star", "diamond", "cross", "plus", "heart"]
EffectKind = Literal["shadow", "glow", "blur", "noise", "vintage"]
FrameName = Literal["simple", "rounded", "bubble", "speech", "badge"]
TextPosition = Literal["top", "bottom", "left", "right"]
GradientType = Literal["linear", "radial", "diagonal", "conic", "diamond", "spiral"]
Readers = Literal["phones", "all"]
"""The readers that a code is for: ``all`` adds to phones the scanners that locate an eye by its outer corners."""
GradientKind = Literal["linear", "radial", "conic", "diamond", "spiral"]
"""The gradient types without ``diagonal``, which is drawn as ``linear`` at 45 degrees."""
