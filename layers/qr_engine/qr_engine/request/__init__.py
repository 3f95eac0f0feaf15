"""Requests: decoded, validated, brought into one canonical form, and given a cache key.

The request schemas are in `request.schema`, which a plain code does not load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..config import settings
from .cache_key import cache_key, canonical_bytes, canonical_request, format_of, is_redrawable, text_of
from .canonical import CanonicalRequest
from .canonicalize import LONGEST_TEXT
from .decode import decode_json, decode_pairs
from .parse import parse, parse_parameters, style_missing, validate

if TYPE_CHECKING:
    from .styled import StyledFields

__all__ = [
    "LONGEST_TEXT",
    "CanonicalRequest",
    "cache_key",
    "canonical_bytes",
    "canonical_request",
    "decode_json",
    "decode_pairs",
    "format_of",
    "is_redrawable",
    "parse",
    "parse_parameters",
    "style_missing",
    "text_of",
    "validate",
    "with_style",
]


def with_style(fields: dict[str, Any], *, strict: bool = True) -> tuple[dict[str, Any], StyledFields | None]:
    """Complete `fields` with those of the style that they name.

    Returns
    -------
    The fields to parse, and the style's part in them; `fields` and None if they name no style and need none.

    Raises
    ------
    Problem
        See `styled.apply_style`.
    """
    # Null stands for a missing field, as everywhere.
    if fields.get("style") is None:
        if settings().require_style:
            raise style_missing()
        return fields, None
    from .styled import apply_style

    styled = apply_style(fields, strict=strict)
    return styled.fields, styled
