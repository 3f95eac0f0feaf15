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
    first_answers,
    footprint,
    local_api,
    plain_png,
    plain_svg,
    read_back,
    redis_hit,
    rejected_requests,
    scaling,
    signed_addresses,
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
    """A part of the report, mostly one file of this folder."""

    title: str
    results: Callable[[Run], Iterator[Result]]
    layout: Layout = "lines"
    note: str = ""


_BATCH = """The second line compares a batch with two running processes that share it. A batch stays in one
process, because a function has a second processor only above 1,769 MB of memory, and a second engine takes memory and
has its own memory tier.

A code that is drawn, kept and compressed takes about as long in a batch as in a request of its own. Three quarters of
that are drawing the code and compressing its entry, which a batch has to do as well. Compressing the response takes a
thirteenth. A batch only saves the event, the headers and the metrics line of each code."""

_REDIS_HIT = """Of the client's time, most is the system calls of one round trip. Replies are read in Python within
bounds, because hiredis allocates memory for whatever length a reply announces, and an entry is checked before its first
use. Together these take about a third more Python time than a client that trusts its server, 1.15 times the whole."""

_COLD = """The first lookup of an environment connects to Redis, so that the environment finds what others have
stored. This adds the import of socket and hiredis, the connection and the lookup. With `REDIS_FIRST_LOOKUP=skip`, the
second request connects instead."""

_WHOLE = """Besides the handler, an invocation passes through the emulator and the runtime client in both directions.
The last line compares this overhead for one code with that for each code of a batch of 50; the handler's time comes
from its metrics line. A batch mostly adds the transfer of its response, which is therefore compressed: 20 KB instead
of 149."""

_STYLED = """Neither side reads the picture back. The PNG of qr-code-styling is missing, because outside a browser it
needs a canvas whose binary is not on npm. Its SVG needs a document, which jsdom creates for each code. Round modules
take longer to write than square ones, because they are filled outlines. Strokes would be shorter, but editors can
scale shapes without their strokes, and cutters follow the middle of a stroke.

For a picture of 4,096 pixels with a shadow, noise and vintage grain, deflate takes four tenths of the time, two
layers of grain take three tenths, and shapes, shadow and masks the rest. For AVIF the encoder dominates; it takes 30
bytes a pixel."""

_PLAIN_SVG = """Of the processor time, encoding takes four tenths, half of that to choose the
mask. The path takes a seventh, a table look-up for each run of dark modules. Reading, checking and keying the request
take two tenths; the metrics line, the metadata and the headers take the rest. Each is a few operations of the
interpreter on whole symbols."""

_PLAIN_PNG = """For 570 pixels, deflate takes seven tenths of the time, and building the rows two tenths."""

_READ_BACK = """This is the code of the table above, as PNG and as SVG. It is compared with the least time that Pillow
needs to save the pixels of that PNG, and the time that resvg needs to draw that SVG and save it as a PNG. The
target allows the read-back alone, with its eight conditions, the time that two conditions used to add to a picture."""

_LOCAL = """The second line is the least time that the server needs for such an answer. Of the time beyond it, the
handler takes half, because it unpacks the picture for a client without gzip. Counting for `/metrics` takes a sixth,
the event in the format of API Gateway an eighth, and the context and the conversion of the response the rest. All of
it is Python between two answers of the server, which finds the processor's caches cold: in a loop within one process
it takes half as long."""

_SIGNED = """The target allows a signature to add 15 microseconds to a hit, however long the hit takes."""

_FIRST = """Redis runs on the same computer and has the picture. Compared with drawing the code without
Redis, such a response adds the import of the client, the connection, the login and the lookup. The server accepts every
signed token, because only ElastiCache can verify one."""

TOPICS = {
    "text_to_symbol": Topic(text_to_symbol.TITLE, text_to_symbol.results),
    "cost_by_version": Topic(text_to_symbol.BY_VERSION, text_to_symbol.by_version, "grid"),
    "plain_svg": Topic(plain_svg.TITLE, plain_svg.results, note=_PLAIN_SVG),
    "plain_png": Topic(plain_png.TITLE, plain_png.results, note=_PLAIN_PNG),
    "styled": Topic(styled.TITLE, styled.results, note=_STYLED),
    "read_back": Topic(read_back.TITLE, read_back.results, note=_READ_BACK),
    "cached_answers": Topic(cached_answers.TITLE, cached_answers.results),
    "signed_addresses": Topic(signed_addresses.TITLE, signed_addresses.results, note=_SIGNED),
    "batch": Topic(batch.TITLE, batch.results, note=_BATCH),
    "rejected_requests": Topic(rejected_requests.TITLE, rejected_requests.results),
    "redis_hit": Topic(redis_hit.TITLE, redis_hit.results, note=_REDIS_HIT),
    "cache_entry": Topic(cache_entry.TITLE, cache_entry.results),
    "without_redis": Topic(without_redis.TITLE, without_redis.results),
    "scaling": Topic(scaling.TITLE, scaling.results),
    "adaptive_ttl": Topic(adaptive_ttl.TITLE, adaptive_ttl.results),
    "cold_start": Topic(cold_start.TITLE, cold_start.results, note=_COLD),
    "first_answers": Topic(first_answers.TITLE, first_answers.results, note=_FIRST),
    "whole_function": Topic(whole_function.TITLE, whole_function.results, note=_WHOLE),
    "footprint": Topic(footprint.TITLE, footprint.results),
    "local_api": Topic(local_api.TITLE, local_api.results, note=_LOCAL),
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
