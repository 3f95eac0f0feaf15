"""What a topic finds: a ratio a line, or why there is none."""

from __future__ import annotations

from typing import Literal

import msgspec

from .harness import Measured

__all__ = ["LeftOut", "Line", "Result"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One comparison.

    Attributes
    ----------
    what
        What was done.
    ours, theirs
        Both from the same run.
    as_floor
        Theirs is a bare minimum that nobody can undercut, and the ratio says how many times its cost ours is.
        Otherwise the ratio says how many times faster, or smaller, ours is; under 1 ours is behind.
    target
        The least ratio that is asked for, over a floor the greatest; None where nothing is asked.
    at, series
        Where a chart shows it, and on which line; None where none does.
    """

    what: str
    ours: Measured
    theirs: Measured
    as_floor: bool = False
    target: float | None = None
    at: float | None = None
    series: str | None = None

    @property
    def ratio(self) -> float:
        """Of the medians."""
        return self._of(self.ours.median, self.theirs.median)

    @property
    def ratio_of_minima(self) -> float:
        """Of the fastest rounds: what is left where the machine was busy with something else as well."""
        return self._of(self.ours.minimum, self.theirs.minimum)

    @property
    def met(self) -> bool | None:
        """Whether the ratio is what is asked for; None where nothing is."""
        if self.target is None:
            return None
        return self.ratio <= self.target if self.as_floor else self.ratio >= self.target

    def _of(self, ours: float, theirs: float) -> float:
        return ours / theirs if self.as_floor else theirs / ours


class LeftOut(msgspec.Struct, frozen=True):
    """A comparison that could not be made here.

    Attributes
    ----------
    why
        What is missing, and how to get it.
    """

    what: str
    why: str


Result = Line | LeftOut
Layout = Literal["lines", "grid"]
