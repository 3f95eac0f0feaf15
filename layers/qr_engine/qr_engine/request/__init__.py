"""Requests: decoded, validated, brought into one canonical form, and given a cache key.

The schemas of requests are in `request.schema`, which a plain code does not load.
"""

from .cache_key import cache_key, canonical_bytes, canonical_request, format_of, is_redrawable, text_of
from .canonical import CanonicalRequest
from .canonicalize import LONGEST_TEXT
from .decode import decode_json, decode_pairs
from .parse import parse, parse_parameters, style_missing, validate, with_style

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
