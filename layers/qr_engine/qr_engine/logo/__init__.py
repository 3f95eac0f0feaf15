"""Logos: reading and sanitising them, and finding a symbol that bears one.

`read_logo` takes what a request brings and gives a picture that is safe to embed; `fit_logo` puts it in the middle of a
symbol and counts what it covers; `repair` finds a level, a version or a size with which it can be read.
"""

from __future__ import annotations

from .model import Logo
from .placement import Placement, PlacementOptions, fit_logo
from .reading import read_logo
from .repair import LogoFit, repair

__all__ = ["Logo", "LogoFit", "Placement", "PlacementOptions", "fit_logo", "read_logo", "repair"]
