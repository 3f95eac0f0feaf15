"""A level, a version or a size with which a symbol can bear its logo."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING, Final

import msgspec

from ..errors import Issue, TooMuchData, WouldNotScan
from ..symbol.error_budget import CAMERA_RESERVE, Cover, centred, coverage
from ..symbol.model import Level, Symbol
from ..symbol.standard import LEVELS, width
from .model import Logo
from .placement import Placement, Wanted, fit, place

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Fitted", "repair"]

# A symbol that grows has smaller modules in the same picture; beyond a third, a smaller logo is the lesser change.
_GROWTH: Final = 4 / 3
# Under three modules there is nothing left to see.
_LEAST_MODULES: Final = 3


class Fitted(msgspec.Struct, frozen=True):
    """A symbol that bears its logo.

    Attributes
    ----------
    symbol, placement
        As they are to be drawn.
    changes
        What is not as it was asked for, a sentence each; empty where everything is.
    """

    symbol: Symbol
    placement: Placement
    changes: tuple[str, ...] = ()


def repair(
    symbol: Symbol,
    logo: Logo,
    wanted: Wanted,
    *,
    make: Callable[[Level, int], Symbol],
    least: Level,
    version: int | None = None,
    reserve: float = CAMERA_RESERVE,
    change: bool = True,
    grow: bool = True,
) -> Fitted:
    """Place a logo so that the symbol stays readable, changing what was asked as little as that takes.

    What fits is left alone. Otherwise the smallest version is taken that bears the logo at any level from `least` up,
    which need not be the strongest: 15-H bears a smaller square than 15-Q. The symbol's side grows by a third at
    most. Where that is not enough, the logo shrinks.

    Parameters
    ----------
    symbol
        As it was asked for.
    make
        The same text at exactly this level and version; raises `TooMuchData` where it does not fit.
    least
        The weakest level that will do.
    version
        The version, where the request fixes it.
    reserve
        As `error_budget.cover` has it.
    change
        Whether anything may be changed.
    grow
        Whether that may be the level and the version.

    Raises
    ------
    WouldNotScan
        It covers too much and nothing may be changed, or nothing helps. `extra` has ``version``,
        ``error_correction``, ``touched`` and ``allowed``, the codewords of the worst block, and ``reserve``.
    """
    placement = fit(symbol, logo, wanted, reserve=reserve)
    if placement.cover.fits:
        return Fitted(symbol, placement)
    if symbol.micro:
        message = "A Micro QR symbol has no error correction to spare for a logo."
        raise WouldNotScan.of(Issue("micro", message))
    case = _Case(symbol, logo, wanted, make, least, version, reserve, grow)
    if change and (found := _grown(case) or _shrunk(case)):
        return found
    raise _too_large(case, placement.cover)


class _Case(msgspec.Struct, frozen=True):
    """The arguments of `repair`."""

    symbol: Symbol
    logo: Logo
    wanted: Wanted
    make: Callable[[Level, int], Symbol]
    least: Level
    version: int | None
    reserve: float
    grow: bool

    def cover(self, version: int, level: Level, size: float) -> Cover:
        """What the logo covers at a size, in percent."""
        modules = width(version, micro=False)
        _, across, down = place(modules, self.logo.aspect, msgspec.structs.replace(self.wanted, size=size))
        area = centred(modules, across, down, shape=self.wanted.shape)
        return coverage(version, level, area, reserve=self.reserve)

    def fitted(self, version: int, level: Level, size: float) -> Fitted:
        """The symbol at a version and level, with the logo at a size."""
        symbol = self.make(level, version)
        wanted = msgspec.structs.replace(self.wanted, size=size)
        placement = fit(symbol, self.logo, wanted, reserve=self.reserve)
        return Fitted(symbol, placement, tuple(_changes(self, symbol, size)))

    def largest_size(self, version: int, level: Level) -> int:
        """The largest whole percentage below the one wanted that fits; 0 if none does that can be seen."""
        least = ceil(100 * _LEAST_MODULES / width(version, micro=False))
        low, high = least - 1, int(min(self.wanted.size, 100)) + 1
        while high - low > 1:
            middle = (low + high) // 2
            if self.cover(version, level, middle).fits:
                low = middle
            else:
                high = middle
        return low if low >= least else 0


def _candidates(case: _Case) -> list[tuple[int, Level]]:
    """Versions and levels that hold the text, the smallest versions first."""
    if not case.grow:
        return [(case.symbol.version, case.symbol.error_correction or case.least)]
    first, last = case.symbol.version, 40
    while width(last, micro=False) > case.symbol.size * _GROWTH:
        last -= 1
    found: list[tuple[int, Level]] = []
    for level in LEVELS[LEVELS.index(case.least) :]:
        # A stronger level never holds the text in a smaller version than a weaker one does.
        versions = [case.version] if case.version else range(first, last + 1)
        held = next((version for version in versions if _holds(case, version, level)), None)
        if held is None:
            break
        first = held
        found += [(version, level) for version in versions if version >= held]
    return sorted(found, key=lambda each: each[0])


def _holds(case: _Case, version: int, level: Level) -> bool:
    try:
        case.make(level, version)
    except TooMuchData:
        return False
    return True


def _grown(case: _Case) -> Fitted | None:
    """The smallest version that bears the logo, at the level that leaves most of its correction free."""
    fitting: list[tuple[int, float, Level]] = []
    for version, level in _candidates(case):
        if fitting and version > fitting[0][0]:
            break
        covered = case.cover(version, level, case.wanted.size)
        if covered.fits:
            fitting.append((version, covered.worst_share, level))
    if not fitting:
        return None
    version, _, level = min(fitting)
    return case.fitted(version, level, case.wanted.size)


def _shrunk(case: _Case) -> Fitted | None:
    """The largest logo that any version and level bears, in the smallest such version."""
    sizes = [(case.largest_size(version, level), version, level) for version, level in _candidates(case)]
    # Of equals the first one, which is the smallest version and the weakest level.
    size, version, level = max(sizes, key=lambda each: each[0], default=(0, 0, case.least))
    return case.fitted(version, level, size) if size else None


def _changes(case: _Case, made: Symbol, size: float) -> Iterator[str]:
    asked = case.symbol
    if made.error_correction != asked.error_correction:
        yield (
            f"The error correction level is {made.error_correction} instead of {asked.error_correction}, "
            "so that the symbol bears the logo."
        )
    if made.version != asked.version:
        yield f"The version was raised from {asked.version} to {made.version} to make room for the logo."
    if size != case.wanted.size:
        yield f"The logo's size was reduced from {case.wanted.size:g} to {size:g} percent."


def _too_large(case: _Case, covered: Cover) -> WouldNotScan:
    version, level = case.symbol.version, case.symbol.error_correction or case.least
    touched, allowed = max(covered.touched), min(covered.allowed)
    if covered.forbidden:
        roles = ", ".join([role.name.lower().replace("_", " ") for role in covered.forbidden])
        message = f"The logo covers modules without which no reader finds the symbol or its format: {roles}."
    else:
        message = (
            f"The logo covers {touched} codewords of one block, which may lose {allowed} "
            f"in version {version} at level {level}."
        )
    largest = case.largest_size(version, level) or None
    if largest is None:
        less = ", or less padding" if case.wanted.padding else ""
        message += f" No smaller one fits into version {version} either: it takes a higher version{less}."
    issue = Issue("logo.size", message, limit={"max": largest} if largest else None, suggestion=largest)
    return WouldNotScan.of(
        issue,
        version=version,
        error_correction=level,
        touched=touched,
        allowed=allowed,
        reserve=case.reserve,
    )
