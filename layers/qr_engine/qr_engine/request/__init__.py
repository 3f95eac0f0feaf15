"""What may be asked for: parsed, checked, folded into one form, and given a key."""

from .body import object_of_json, object_of_pairs
from .key import cache_key, canonical_bytes, canonical_request, format_of, redrawable, text_of
from .model import BatchOptions, BatchRequest, CanonicalRequest, ClearRequest, QRRequest, WarmRequest
from .parse import LONGEST_TEXT, checked, parse

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
