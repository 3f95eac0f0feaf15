"""All topics, in the order of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from . import (
    adaptive_ttl,
    cached_answers,
    cold_start,
    cost_by_version,
    key_derivation,
    layer_size,
    plain_png,
    plain_svg,
    redis_hit,
    rejected_requests,
    scaling,
    styled,
    text_to_symbol,
    without_redis,
)
from .harness import Run
from .report import Findings
from .results import Layout, LeftOut, Line, Result

__all__ = ["TOPICS", "Topic", "findings"]


class Topic(msgspec.Struct, frozen=True):
    """One file of this folder."""

    title: str
    results: Callable[[Run], Iterator[Result]]
    layout: Layout = "lines"


TOPICS = {
    "text_to_symbol": Topic(text_to_symbol.TITLE, text_to_symbol.results),
    "cost_by_version": Topic(cost_by_version.TITLE, cost_by_version.results, "grid"),
    "plain_svg": Topic(plain_svg.TITLE, plain_svg.results),
    "plain_png": Topic(plain_png.TITLE, plain_png.results),
    "styled": Topic(styled.TITLE, styled.results),
    "cached_answers": Topic(cached_answers.TITLE, cached_answers.results),
    "rejected_requests": Topic(rejected_requests.TITLE, rejected_requests.results),
    "redis_hit": Topic(redis_hit.TITLE, redis_hit.results),
    "without_redis": Topic(without_redis.TITLE, without_redis.results),
    "scaling": Topic(scaling.TITLE, scaling.results),
    "adaptive_ttl": Topic(adaptive_ttl.TITLE, adaptive_ttl.results),
    "key_derivation": Topic(key_derivation.TITLE, key_derivation.results),
    "cold_start": Topic(cold_start.TITLE, cold_start.results),
    "layer_size": Topic(layer_size.TITLE, layer_size.results),
}


def findings(run: Run, topic: Topic) -> Findings:
    """Measure one topic."""
    results = list(topic.results(run))
    return Findings(
        topic.title,
        topic.layout,
        tuple(result for result in results if isinstance(result, Line)),
        tuple(result for result in results if isinstance(result, LeftOut)),
    )
