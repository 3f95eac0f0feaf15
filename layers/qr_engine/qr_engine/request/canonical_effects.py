"""The canonical effects: only visible ones, in the order in which they are painted."""

from __future__ import annotations

from typing import get_args

from ..artwork.color import ColorError, parse_color
from ..artwork.words import EffectKind
from ..errors import Issue
from .canonical import CanonicalEffect
from .style_schema import Effect

__all__ = ["canonical_effects"]

_COLORLESS = ("blur",)
_ORDER = get_args(EffectKind)
# Writing the default colour of an effect means the same as leaving it out.
_DEFAULT_COLORS = {"shadow": "#000000"}


def canonical_effects(requested: list[Effect], issues: list[Issue]) -> tuple[CanonicalEffect, ...]:
    """Fold effects into the visible ones; problems are added to `issues`."""
    by_type: dict[EffectKind, CanonicalEffect] = {}
    types: set[str] = set()
    for index, effect in enumerate(requested):
        if effect.type in types:
            issues.append(Issue(f"effects[{index}].type", f"Must not repeat a type; {effect.type} is given twice."))
        types.add(effect.type)
        color = _parse_effect_color(effect, f"effects[{index}].color", issues)
        if effect.intensity and color != "":
            by_type[effect.type] = CanonicalEffect(effect.type, effect.intensity, color)
    return tuple([by_type[kind] for kind in _ORDER if kind in by_type])


def _parse_effect_color(effect: Effect, path: str, issues: list[Issue]) -> str | None:
    """Parse the colour of an effect: None for its default, the empty text for an invisible one."""
    if effect.color is None:
        return None
    if effect.type in _COLORLESS:
        colored = ", ".join(kind for kind in _ORDER if kind not in _COLORLESS)
        issues.append(Issue(path, f"Must be left out for {effect.type}; only these have a colour: {colored}."))
        return None
    try:
        color = parse_color(effect.color)
    except ColorError as error:
        issues.append(Issue(path, str(error), suggestion=error.suggestion))
        return None
    if not color.alpha:
        return ""
    return None if color.hex == _DEFAULT_COLORS.get(effect.type) else color.hex
