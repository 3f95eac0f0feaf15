"""What may be asked for: parsed, checked, folded into one form, and given a key."""

from .cache_key import cache_key, canonical_bytes, canonical_request, format_of, redrawable, text_of
from .canonical import CanonicalRequest
from .canonicalize import LONGEST_TEXT
from .decode import object_of_json, object_of_pairs
from .parse import checked, parse
from .schema import BatchOptions, BatchRequest, ClearRequest, QRRequest, WarmRequest

__all__ = [
    "LONGEST_TEXT",
    "BatchOptions",
    "BatchRequest",
    "CanonicalRequest",
    "ClearRequest",
    "QRRequest",
    "WarmRequest",
    "cache_key",
    "canonical_bytes",
    "canonical_request",
    "checked",
    "format_of",
    "object_of_json",
    "object_of_pairs",
    "parse",
    "redrawable",
    "text_of",
]
