"""Name the worst condition of a code in words, for its designer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["NEGATIVE_SHARE", "describe_worst_condition"]

NEGATIVE_SHARE: Final = 1 / 3
"""Factor for the score of a code that is light on dark: of twelve readers measured, four also try the negative."""


def describe_worst_condition(failed: Collection[str]) -> str | None:
    """Describe the most common of the failed conditions; None where `_WORDS` has none of them.

    Parameters
    ----------
    failed
        Names of conditions, as in `Condition`.
    """
    return next((f"fails {words}" for name, words in _WORDS.items() if name in failed), None)


_WORDS: Final = {
    "dark_on_light": "with readers that only take dark on light",
    "on_dark": "on a dark page",
    "dim": "in dim light",
    "glaring": "under glare",
    "shadowed": "where a shadow falls on it",
    "turned": "when it is turned and out of focus",
    "blurred": "out of focus",
    "far_away": "from far away",
    "noisy": "with a grainy camera",
    "on_screen": "when it is shown on a screen",
}
"""Conditions in words, the most common first."""
