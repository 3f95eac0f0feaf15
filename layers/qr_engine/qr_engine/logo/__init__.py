"""Read and sanitise logos, and find a symbol that stays readable with one.

`read_logo` turns the data in a request into a picture that is safe to embed. `fit_logo` puts the picture in the middle
of a symbol and counts what it covers. `repair` finds a level, a version or a size with which the symbol can be read.
"""

from __future__ import annotations

from .model import Logo
from .placement import Placement, PlacementOptions, fit_logo
from .reading import read_logo
from .repair import LogoFit, repair

__all__ = ["Logo", "LogoFit", "Placement", "PlacementOptions", "fit_logo", "read_logo", "repair"]
