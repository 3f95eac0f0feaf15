"""Kinds of answers, and the phases of a test, by the words that reports use for them."""

from __future__ import annotations

__all__ = ["CLASSES", "PHASES"]

CLASSES = {
    "all": "all",
    "drawn": "drawn",
    "cached": "from the cache",
    "memory": "from memory",
    "redis": "from Redis",
    "revalidated": "not modified (304)",
}
"""Kinds of answers, and what people read: from the cache is from memory or from Redis."""

PHASES = {
    "cold": "The cache is empty at the start, so each code is drawn at its first request.",
    "warm": "The same codes again, which the cache has by now.",
    "revalidation": "Clients have the pictures and ask whether they are still right; the answer is 304.",
    "warmed": "The cache is emptied and filled by the warm route before this phase starts.",
}
"""In their order, with what each does."""
