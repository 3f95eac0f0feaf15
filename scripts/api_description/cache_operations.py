"""The routes of operators."""

from __future__ import annotations

from typing import Any

from .operation import TOO_LARGE, UNKEPT, json_content, operation, success

__all__ = ["CACHE_PATHS"]

CACHE_PATHS: dict[str, dict[str, Any]] = {
    "/api/qr/cache/stats": {
        "get": operation(
            "cacheStats",
            "cache",
            "How well the cache serves",
            "Counters of all functions together, what the cache holds, and what is asked for most, by key and format "
            "only. Without Redis the figures are those of the function that answers alone.",
            answers={"200": success("The cache in figures.", json_content("StatsAnswer"), UNKEPT)},
        ),
    },
    "/api/qr/cache/clear": {
        "post": operation(
            "clearCache",
            "cache",
            "Remove entries",
            "Every entry, or those that meet all the conditions, which come in the body or in the query string. A "
            "clear that runs out of time gives a `cursor`: send it with the same conditions to go on. Counters stay, "
            "and so does whatever else lives in the same Redis. The body may have 16 KiB.",
            body=json_content(
                "ClearRequest",
                {
                    "one site": {"pattern": "https://example.com/*"},
                    "old bitmaps": {"format": "png", "older_than": 86400},
                },
            ),
            body_required=False,
            answers={"200": success("What was removed.", json_content("ClearAnswer"), UNKEPT), **TOO_LARGE},
        ),
    },
    "/api/qr/cache/warm": {
        "post": operation(
            "warmCache",
            "cache",
            "Draw and store before anyone asks",
            "The `patterns` of the body, the list in S3 (`listed`), and what is asked for most (`popular`). Each code "
            "is drawn and stored unless it is in the cache and not about to leave it; one that cannot be drawn never "
            "stops the others. The work ends before the invocation does, and the answer says what is left. The body "
            "may have 2 MiB.",
            body=json_content(
                "WarmRequest",
                {
                    "two codes": {"patterns": ["https://example.com", {"data": "x", "format": "png"}]},
                    "what is asked for most": {"popular": 100},
                },
            ),
            answers={"200": success("An outcome for each code.", json_content("WarmAnswer"), UNKEPT), **TOO_LARGE},
        ),
    },
}
