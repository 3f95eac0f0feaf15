"""Check which options go together, before there is a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import Issue
from .standard import LEVELS, capacities

if TYPE_CHECKING:
    from .model import Eci, Level

__all__ = ["option_issues"]

_ECIS = ("auto", "always", "never")


def option_issues(
    *,
    error_correction: Level = "M",
    version: int | None = None,
    mask: int | None = None,
    micro: bool = False,
    eci: Eci = "auto",
    part: int | None = None,
    parts: int | None = None,
    characters: int | None = None,
) -> tuple[Issue, ...]:
    """Return everything that is wrong with a set of options of `encode` or of `encode_part`.

    The paths of the issues are the names of the options. `boost` and `kanji` are not checked, since any value goes with
    every other option.
    """
    versions, masks = (4, 4) if micro else (40, 8)
    kind = "Micro QR" if micro else "QR Code"
    issues = []
    if version is not None and not 1 <= version <= versions:
        message = f"Must be from 1 to {versions} in a {kind} symbol, not {version}."
        issues.append(Issue("version", message, limit={"min": 1, "max": versions}))
        version = None
    levels = _levels(version, micro=micro)
    if error_correction not in levels:
        name = (f"M{version}" if version else kind) if micro else kind
        message = f"Must be {_join_with_or(levels)} in {name}, not {error_correction}."
        issues.append(Issue("error_correction", message, allowed=levels))
    if mask is not None and not 0 <= mask < masks:
        message = f"Must be from 0 to {masks - 1} in a {kind} symbol, not {mask}."
        issues.append(Issue("mask", message, limit={"min": 0, "max": masks - 1}))
    if eci not in _ECIS:
        issues.append(Issue("eci", f"Must be {_join_with_or(_ECIS)}, not {eci}.", allowed=_ECIS))
    elif micro and eci == "always":
        issues.append(
            Issue(
                "eci",
                "Must be auto or never in a Micro QR symbol, which does not support ECI.",
                allowed=("auto", "never"),
            )
        )
    if parts is not None:
        issues += _sequence_issues(part, parts, characters, micro=micro)
    return tuple(issues)


def _sequence_issues(part: int | None, parts: int, characters: int | None, *, micro: bool) -> list[Issue]:
    issues = []
    if micro:
        issues.append(Issue("micro", "Must be false with structured_append: Micro QR does not support it."))
    if not 2 <= parts <= 16:
        issues.append(Issue("parts", f"Must be from 2 to 16, not {parts}.", limit={"min": 2, "max": 16}))
    elif part is None or not 1 <= part <= parts:
        issues.append(Issue("part", f"Must be from 1 to {parts}, not {part}.", limit={"min": 1, "max": parts}))
    if 2 <= parts <= 16 and characters and characters < parts:
        message = f"Must be at most {characters}, the number of characters in data: each symbol needs at least one."
        issues.append(Issue("parts", message, limit={"max": characters}))
    return issues


def _levels(version: int | None, *, micro: bool) -> tuple[Level, ...]:
    if not micro:
        return LEVELS
    versions = [version - 1] if version else range(4)
    return tuple(level for level in LEVELS if any(capacities(level, micro=True)[v] > 0 for v in versions))


def _join_with_or(words: tuple[str, ...]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
