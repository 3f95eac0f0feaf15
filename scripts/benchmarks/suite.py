"""All topics, in the order of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from . import (
    adaptive_ttl,
    batch,
    cache_entry,
    cached_answers,
    cold_start,
    cost_by_version,
    hits_and_misses,
    key_derivation,
    layer_size,
    local_api,
    memory,
    plain_png,
    plain_svg,
    redis_hit,
    rejected_requests,
    scaling,
    styled,
    text_to_symbol,
    whole_function,
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
    note: str = ""


_BATCH = """The second line sets a batch against two processes that are there already and share it. A batch stays in one
process: a function has a second processor only from 1,769 MB of memory up, and a second engine takes memory and has a
memory tier of its own."""

_COLD = """The first lookup of an environment connects to Redis, and counts like any other: an environment that drew its
first code without asking would count as a miss, and draw, what others have stored. What it adds is the import of socket
and hiredis, the connection and the lookup. `REDIS_FIRST_LOOKUP=skip` leaves that to the second request."""

_WHOLE = """What an invocation takes besides its handler is the way through the emulator and the runtime client and
back. The last line sets that of one code against what falls to each code of a batch of 50, with the handler's time as
its own metrics line tells it. What a batch adds is mostly the way of its answer, which is compressed for that reason:
20 KB instead of 149."""

_STYLED = """Neither side reads the picture back. The PNG of qr-code-styling is left out: outside of a browser it needs
a canvas whose binary npm does not deliver. Its SVG needs a document, which jsdom makes anew for each. Round
modules take more to write than square ones: they are filled outlines, as strokes, which would be shorter, lose their
width where an editor scales shapes without them, and are followed along their middle by a cutter."""

TOPICS = {
    "text_to_symbol": Topic(text_to_symbol.TITLE, text_to_symbol.results),
    "cost_by_version": Topic(cost_by_version.TITLE, cost_by_version.results, "grid"),
    "plain_svg": Topic(plain_svg.TITLE, plain_svg.results),
    "plain_png": Topic(plain_png.TITLE, plain_png.results),
    "styled": Topic(styled.TITLE, styled.results, note=_STYLED),
    "cached_answers": Topic(cached_answers.TITLE, cached_answers.results),
    "hits_and_misses": Topic(hits_and_misses.TITLE, hits_and_misses.results),
    "batch": Topic(batch.TITLE, batch.results, note=_BATCH),
    "rejected_requests": Topic(rejected_requests.TITLE, rejected_requests.results),
    "redis_hit": Topic(redis_hit.TITLE, redis_hit.results),
    "cache_entry": Topic(cache_entry.TITLE, cache_entry.results),
    "without_redis": Topic(without_redis.TITLE, without_redis.results),
    "scaling": Topic(scaling.TITLE, scaling.results),
    "adaptive_ttl": Topic(adaptive_ttl.TITLE, adaptive_ttl.results),
    "key_derivation": Topic(key_derivation.TITLE, key_derivation.results),
    "cold_start": Topic(cold_start.TITLE, cold_start.results, note=_COLD),
    "whole_function": Topic(whole_function.TITLE, whole_function.results, note=_WHOLE),
    "memory": Topic(memory.TITLE, memory.results),
    "layer_size": Topic(layer_size.TITLE, layer_size.results),
    "local_api": Topic(local_api.TITLE, local_api.results),
}


def findings(run: Run, topic: Topic) -> Findings:
    """Measure one topic."""
    results = list(topic.results(run))
    return Findings(
        topic.title,
        topic.layout,
        tuple(result for result in results if isinstance(result, Line)),
        tuple(result for result in results if isinstance(result, LeftOut)),
        topic.note,
    )
