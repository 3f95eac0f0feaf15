"""Find a level, a version or a size with which a symbol stays readable under its logo."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING, Final

import msgspec

from ..errors import Issue, WouldNotScan
from ..symbol.error_budget import CAMERA_RESERVE, Cover, measure_centred_cover
from ..symbol.model import Level, Symbol
from ..symbol.standard import LEVELS, width
from .model import Logo
from .placement import Placement, PlacementOptions, fit_logo, placement_box

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LogoFit", "repair"]

# A larger symbol has smaller modules in the same picture. Rather than grow it by more than a third, shrink the logo.
_GROWTH: Final = 4 / 3
# Nothing can be seen of a logo of fewer than three modules.
_LEAST_MODULES: Final = 3


class LogoFit(msgspec.Struct, frozen=True):
    """A symbol that stays readable under its logo.

    Attributes
    ----------
    symbol, placement
        The symbol and the placement to draw.
    changes
        The differences from the request, a sentence each.
    """

    symbol: Symbol
    placement: Placement
    changes: tuple[str, ...] = ()


def repair(
    symbol: Symbol,
    logo: Logo,
    options: PlacementOptions,
    *,
    make: Callable[[Level, int], Symbol],
    holds: Callable[[Level, int], bool],
    least: Level,
    version: int | None = None,
    reserve: float = CAMERA_RESERVE,
    change: bool = True,
    grow: bool = True,
) -> LogoFit:
    """Place a logo so that the symbol stays readable, with as little change to the request as possible.

    A logo that fits is left alone. Otherwise this takes the smallest version that works with the logo at any level from
    `least` up. The best level need not be the strongest: 15-H allows a smaller square than 15-Q. The symbol's side
    grows by at most a third. Where that is not enough, the logo shrinks.

    Parameters
    ----------
    symbol
        The symbol as requested.
    make
        Makes a symbol with the same text at exactly this level and version.
    holds
        Returns whether a symbol of this level and version has room for the text.
    least
        The weakest level allowed.
    version
        The version, if the request fixes it.
    reserve
        As for `error_budget.measure_cover`.
    change
        Whether anything may change.
    grow
        Whether the level and the version may change.

    Raises
    ------
    WouldNotScan
        The logo covers too much, and nothing may change or no change helps. `extra` has ``version``,
        ``error_correction``, ``touched`` and ``allowed``, the codewords of the worst block, and ``reserve``.
    """
    placement = fit_logo(symbol, logo, options, reserve=reserve)
    if placement.cover.fits:
        return LogoFit(symbol, placement)
    if symbol.micro:
        message = "A Micro QR symbol has no error correction to spare for a logo."
        raise WouldNotScan.of(Issue("micro", message))
    case = _Repair(symbol, logo, options, make, holds, least, version, reserve, grow)
    if change:
        candidates = _candidates(case)
        if repaired := _grow(case, candidates) or _shrink(case, candidates):
            return repaired
    raise _too_large(case, placement.cover)


class _Repair(msgspec.Struct, frozen=True):
    """The arguments of `repair`."""

    symbol: Symbol
    logo: Logo
    options: PlacementOptions
    make: Callable[[Level, int], Symbol]
    holds: Callable[[Level, int], bool]
    least: Level
    version: int | None
    reserve: float
    grow: bool

    def cover(self, version: int, level: Level, size: float) -> Cover:
        """Measure what the logo covers at a size in percent."""
        modules = width(version, micro=False)
        _, across, down = placement_box(modules, self.logo.aspect, msgspec.structs.replace(self.options, size=size))
        return measure_centred_cover(version, level, across, down, self.options.shape, self.reserve)

    def fit_at(self, version: int, level: Level, size: float) -> LogoFit:
        """Make the symbol at a version and level, and place the logo at a size in percent."""
        symbol = self.make(level, version)
        options = msgspec.structs.replace(self.options, size=size)
        placement = fit_logo(symbol, self.logo, options, reserve=self.reserve)
        return LogoFit(symbol, placement, tuple(_changes(self, symbol, size)))

    def largest_size(self, version: int, level: Level) -> int:
        """Find the largest whole percentage below the requested size that fits; 0 if no visible size fits."""
        least = ceil(100 * _LEAST_MODULES / width(version, micro=False))
        low, high = least - 1, int(min(self.options.size, 100)) + 1
        while high - low > 1:
            middle = (low + high) // 2
            if self.cover(version, level, middle).fits:
                low = middle
            else:
                high = middle
        return low if low >= least else 0


def _candidates(case: _Repair) -> list[tuple[int, Level]]:
    """List the versions and levels that hold the text, the smallest versions first."""
    if not case.grow:
        return [(case.symbol.version, case.symbol.error_correction or case.least)]
    first, last = case.symbol.version, 40
    while width(last, micro=False) > case.symbol.size * _GROWTH:
        last -= 1
    candidates: list[tuple[int, Level]] = []
    for level in LEVELS[LEVELS.index(case.least) :]:
        # A stronger level never holds the text in a smaller version than a weaker one does.
        versions = [case.version] if case.version else range(first, last + 1)
        smallest = next((version for version in versions if case.holds(level, version)), None)
        if smallest is None:
            break
        first = smallest
        candidates += [(version, level) for version in versions if version >= smallest]
    return sorted(candidates, key=lambda candidate: candidate[0])


def _grow(case: _Repair, candidates: list[tuple[int, Level]]) -> LogoFit | None:
    """Find the smallest version that works with the logo, at the level that leaves most of its correction free."""
    fitting: list[tuple[int, float, Level]] = []
    for version, level in candidates:
        if fitting and version > fitting[0][0]:
            break
        cover = case.cover(version, level, case.options.size)
        if cover.fits:
            fitting.append((version, cover.worst_share, level))
    if not fitting:
        return None
    version, _, level = min(fitting)
    return case.fit_at(version, level, case.options.size)


def _shrink(case: _Repair, candidates: list[tuple[int, Level]]) -> LogoFit | None:
    """Find the largest logo that works with any version and level, in the smallest such version."""
    sizes = [(case.largest_size(version, level), version, level) for version, level in candidates]
    # Of equal sizes, `max` takes the first, which has the smallest version and the weakest level.
    size, version, level = max(sizes, key=lambda candidate: candidate[0], default=(0, 0, case.least))
    return case.fit_at(version, level, size) if size else None


def _changes(case: _Repair, repaired: Symbol, size: float) -> Iterator[str]:
    original = case.symbol
    if repaired.error_correction != original.error_correction:
        yield (
            f"The error correction level is {repaired.error_correction} instead of {original.error_correction}, "
            "so that the code stays readable with the logo."
        )
    if repaired.version != original.version:
        yield f"The version was raised from {original.version} to {repaired.version} to make room for the logo."
    if size != case.options.size:
        yield f"The size of the logo was reduced from {case.options.size:g} to {size:g} percent."


def _too_large(case: _Repair, cover: Cover) -> WouldNotScan:
    version, level = case.symbol.version, case.symbol.error_correction or case.least
    touched, allowed = max(cover.touched), min(cover.allowed)
    if cover.forbidden:
        roles = ", ".join([role.name.lower().replace("_", " ") for role in cover.forbidden])
        message = f"The logo covers modules that every reader needs to find the symbol or its format: {roles}."
    else:
        message = (
            f"The logo covers {touched} codewords of one block, which may lose {allowed} "
            f"in version {version} at level {level}."
        )
    largest = case.largest_size(version, level) or None
    if largest is None:
        less = ", or less padding" if case.options.padding else ""
        message += f" No smaller logo fits into version {version} either: use a higher version{less}."
    issue = Issue("logo.size", message, limit={"max": largest} if largest else None, suggestion=largest)
    return WouldNotScan.of(
        issue,
        version=version,
        error_correction=level,
        touched=touched,
        allowed=allowed,
        reserve=case.reserve,
    )
