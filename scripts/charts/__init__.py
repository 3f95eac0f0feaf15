"""Charts as SVG, for pages and for the documentation: lines and bars on linear or logarithmic axes."""

from .bars import bars
from .lines import Band, Line, lines
from .scale import Scale, linear, logarithmic

__all__ = ["Band", "Line", "Scale", "bars", "linear", "lines", "logarithmic"]
