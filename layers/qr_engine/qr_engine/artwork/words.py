"""The words for everything that a style chooses from, by which requests, canonical styles and artwork call it.

A plain code loads this module, so it holds words only: what they look like is in the modules that draw them.
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
"""Whom a code is for: ``all`` are phones and the scanners that take the outer corners of an eye for its place."""
GradientKind = Literal["linear", "radial", "conic", "diamond", "spiral"]
"""The types that are drawn: ``diagonal`` is ``linear`` at 45 degrees."""
