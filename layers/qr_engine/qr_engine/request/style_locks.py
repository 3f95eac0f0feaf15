"""Locks of a style: the fields that no request may change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import inspect

from ..errors import Issue
from .explain import nearest_word
from .introspect import fields_of, kinds_of
from .schema import QRRequest
from .style_rules import OWN_FIELDS

__all__ = ["ALTERNATIVES", "expand_locks", "lock_issues", "lock_of", "overlap"]

UNLOCKED: Final = ("size", "format", "margin")
"""Fields that are locked only if the list names them, as one style may serve a screen and a poster."""

ALTERNATIVES: Final[dict[str, tuple[str, ...]]] = {
    "eye_shape": ("eye_border_style", "eye_center_style"),
    "eye_border_style": ("eye_shape",),
    "eye_center_style": ("eye_shape",),
    "logo.data": ("logo.asset",),
    "logo.asset": ("logo.data",),
    **{f"{name}.colors": (f"{name}.stops",) for name in ("gradient", "eye_gradient", "background_gradient")},
    **{f"{name}.stops": (f"{name}.colors",) for name in ("gradient", "eye_gradient", "background_gradient")},
}
"""Fields that exclude each other: one in the request replaces the others in the style."""

_EYE_COLORS: Final = ("colors.eye_border", "colors.eye_center", "colors.per_eye")
_GRADIENT_PARTS: Final = ("gradient.apply_to_data", "gradient.apply_to_eyes")

_PAINTED_OVER: Final[dict[str, tuple[str, ...]]] = {
    "colors.foreground": ("gradient",),
    "colors.background": ("background_gradient",),
    "colors.eye_border": ("eye_gradient", "colors.per_eye"),
    "colors.eye_center": ("eye_gradient", "colors.per_eye"),
    "colors.per_eye": ("eye_gradient",),
    "eye_gradient": _EYE_COLORS,
    "gradient": ("eye_gradient", *_EYE_COLORS),
    "gradient.colors": _GRADIENT_PARTS,
    "gradient.stops": _GRADIENT_PARTS,
    "eye_shape": ("readers",),
    "eye_border_style": ("readers",),
}
"""Fields that are drawn instead of others, or change them: a locked colour should stay visible."""


def lock_issues(lock: Any) -> list[Issue]:
    """List what is wrong with the `lock` of a style."""
    if isinstance(lock, bool):
        return []
    if not isinstance(lock, list):
        return [Issue("lock", "Must be true or false, or a list of fields such as colors.foreground.")]
    names = tuple(_names(QRRequest, ""))
    return [
        Issue(
            f"lock[{index}]",
            "Must be the name of a field, such as colors.foreground.",
            suggestion=nearest_word(each, names),
        )
        for index, each in enumerate(lock)
        if each not in names
    ]


def _names(struct: Any, prefix: str) -> Iterator[str]:
    """List the dotted names of all fields that a style may have."""
    for name, field in fields_of(struct).items():
        if prefix or name not in OWN_FIELDS:
            yield prefix + name
            for kind in kinds_of(field.type):
                if isinstance(kind, inspect.StructType):
                    yield from _names(kind.cls, f"{prefix}{name}.")


def expand_locks(lock: bool | list[str], fields: dict[str, Any]) -> tuple[str, ...]:
    """Return the dotted names that `lock` stands for, and those of fields that would be drawn instead of these."""
    locks = list(lock) if isinstance(lock, list) else [name for name in fields if lock and name not in UNLOCKED]
    others = [
        other
        for table in (ALTERNATIVES, _PAINTED_OVER)
        for name, replacing in table.items()
        for other in replacing
        if any(overlap(name, each) for each in locks) and not any(f"{other}.".startswith(f"{each}.") for each in locks)
    ]
    return tuple(dict.fromkeys([*locks, *others]))


def overlap(one: str, other: str) -> bool:
    """Return whether one of two dotted names is the other, or a part of it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def lock_of(path: str, locks: tuple[str, ...]) -> str | None:
    """Return the lock that covers a field; None if there is none."""
    return next((lock for lock in locks if overlap(path, lock)), None)
