"""Requests that name a style: its fields apply where the request has none. Other requests do not load this module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ..errors import AssetNotFound, InvalidRequest, Issue, Problem
from .canonical import CanonicalRequest
from .named_style import NamedStyle, broken_style, find_style
from .parse import parse, parse_parameters
from .snake_case import to_snake_case
from .style_locks import ALTERNATIVES, lock_of, overlap

__all__ = ["StyleUse", "StyledFields", "apply_recipe", "apply_style", "is_recipe"]

_RECIPE_HEADER = b"\x95"
"""How a recipe begins: MessagePack's array of five values. No canonical request is that short."""

_Recipe = tuple[str, str, str, bool, dict[str, Any]]
"""What popularity remembers of a styled code: text, format, the name of the style, and the request's own fields.

The text and the format come first, as in a canonical request, because clearing and statistics read them.
"""


class StyleUse(msgspec.Struct, frozen=True):
    """What the cache has to know of the style of a request.

    Attributes
    ----------
    digest
        The digest of the style, which is part of the cache key.
    recipe
        Enough to draw the code with the style as it will be by then; empty if the caller uploaded a logo.
    """

    digest: str
    recipe: bytes


class StyledFields(msgspec.Struct, frozen=True):
    """The fields of a request that names a style.

    Attributes
    ----------
    fields
        The fields of the request, completed with those of the style.
    own
        The fields of the request alone.
    style
        The style.
    strict
        False if the request is a query string.
    """

    fields: dict[str, Any]
    own: dict[str, Any]
    style: NamedStyle
    strict: bool

    def use(self, canonical: CanonicalRequest) -> StyleUse:
        """Return what the cache has to know of the style of this request, given its canonical form."""
        own = dict(self.own)
        if own.get("data") == canonical.text:
            del own["data"]
        if "format" not in self.style.fields:
            # The format may be negotiated.
            own["format"] = canonical.format
        logo = own.get("logo")
        sent_along = isinstance(logo, dict) and "data" in logo
        recipe: _Recipe = (canonical.text, canonical.format, self.style.name, self.strict, own)
        return StyleUse(self.style.digest, b"" if sent_along else msgspec.msgpack.encode(recipe))


def apply_style(own: dict[str, Any], *, strict: bool) -> StyledFields:
    """Complete the fields of a request with those of the style that it names.

    Parameters
    ----------
    strict
        False if numbers and booleans arrive as text, as in a query string.

    Raises
    ------
    InvalidRequest
        The style's name is missing or invalid, or a field differs from a locked one.
    StyleNotFound, BrokenStyle, StyleUnavailable
        See `find_style`.
    """
    own = to_snake_case(own)
    style = find_style(own.pop("style"))
    fields = _merge(style.fields, own)
    _check_logo(style, fields)
    locked = [path for path in _paths(own) if lock_of(path, style.locks)]
    if locked:
        _refuse_differences(own, style, fields, locked, strict=strict)
    return StyledFields(fields, own, style, strict)


def is_recipe(request: bytes) -> bool:
    """Return whether the remembered bytes are a recipe, and not a canonical request."""
    return request.startswith(_RECIPE_HEADER)


def apply_recipe(recipe: bytes) -> StyledFields:
    """Complete the fields of a remembered request with those that its style has now.

    Raises
    ------
    InvalidRequest
        The recipe is damaged; or see `apply_style`.
    """
    try:
        text, _, name, strict, own = msgspec.msgpack.decode(recipe, type=_Recipe)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidRequest("The request comes from another version of the service, or is damaged.") from None
    return apply_style({"data": text, **own, "style": name}, strict=strict)


def _merge(style: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Lay the fields of a request over those of its style, merging objects field by field."""
    replaced = {other for path in _paths(own) for other in ALTERNATIVES.get(path, ())}
    return _lay_over(_without(style, replaced), own)


def _lay_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    fields = dict(under)
    for name, value in over.items():
        below = fields.get(name)
        if value is None and name in fields:
            # Null stands for a missing field.
            continue
        fields[name] = _lay_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return fields


def _without(fields: dict[str, Any], paths: Iterable[str], prefix: str = "") -> dict[str, Any]:
    """Return `fields` without those at `paths`, and without objects that become empty."""
    left = {}
    for name, value in fields.items():
        path = prefix + name
        if path in paths:
            continue
        if isinstance(value, dict) and any(overlap(path, each) for each in paths):
            value = _without(value, paths, f"{path}.")
            if not value:
                continue
        left[name] = value
    return left


def _paths(fields: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """List the dotted names of the given fields; a list counts as one value."""
    for name, value in fields.items():
        if isinstance(value, dict) and value and name != "data":
            yield from _paths(value, f"{prefix}{name}.")
        elif value is not None:
            yield prefix + name


def _refuse_differences(
    own: dict[str, Any], style: NamedStyle, fields: dict[str, Any], locked: list[str], *, strict: bool
) -> None:
    """Refuse fields at the paths `locked` that mean something else than in the style.

    Raises
    ------
    InvalidRequest
        One issue for each such field.
    """

    def mean(fields: dict[str, Any]) -> CanonicalRequest:
        return (parse(fields) if strict else parse_parameters(fields))[1]

    def differs(path: str) -> bool:
        others = [each for each in locked if each != path]
        try:
            return mean(_merge(style.fields, _without(own, others))) != wanted
        except Problem:
            # This field is invalid without others that belong to it.
            return True

    actual = mean(fields)
    wanted = mean(_merge(style.fields, _without(own, locked)))
    if actual == wanted:
        return
    issues = [
        Issue(path, f"Is locked by the style {style.name} ({lock_of(path, style.locks)}); leave it out.")
        for path in [path for path in locked if differs(path)] or locked
    ]
    raise InvalidRequest.of(*issues)


def _check_logo(style: NamedStyle, fields: dict[str, Any]) -> None:
    """Blame the style if its logo does not exist.

    Raises
    ------
    BrokenStyle
        The logo does not exist.
    """
    key = (style.fields.get("logo") or {}).get("asset")
    logo = fields.get("logo")
    if key is None or not isinstance(logo, dict) or logo.get("asset") != key:
        return
    from ..logo.assets import asset

    try:
        asset(key)
    except (AssetNotFound, InvalidRequest) as problem:
        raise broken_style(style.name, list(problem.issues)) from None
