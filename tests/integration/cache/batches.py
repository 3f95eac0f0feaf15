"""Batches of fifty codes, and where each came from."""

from __future__ import annotations

from typing import Any

from qr_engine.pipeline.batch import generate_all
from qr_engine.pipeline.engine import Code, Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import format_of

from .conftest import asked

__all__ = ["TEXTS", "figures", "made", "sources"]

TEXTS = [f"code {number}" for number in range(50)]


def made(engine: Engine, texts: list[str], **options: Any) -> list[Any]:
    requests = [KeyedRequest.of(asked(text)) for text in texts]
    return generate_all(engine, requests, remaining_ms=lambda: 30_000.0, **options)


def sources(engine: Engine, texts: list[str], **options: Any) -> list[str]:
    return [found.source if isinstance(found, Code) else "none" for found in made(engine, texts, **options)]


def figures(engine: Engine) -> dict[str, Any]:
    told = engine.cache.stats(format_of)
    names = ("hits", "misses", "memory_hits", "redis_hits", "sets", "errors", "compression_ratio", "total_keys")
    popular = sorted((found.key, round(found.lookups, 1)) for found in told.popular)
    return {**{name: getattr(told, name) for name in names}, "popular": popular}
