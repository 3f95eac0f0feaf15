"""A hit in Redis against the barest read of the same bytes over the same kind of connection."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from qr_engine.cache import keys
from qr_engine.config import Settings
from qr_engine.engine import Engine
from qr_engine.request import parse

from .harness import Measured, Run, called, measure
from .local_redis import started
from .machine import peer
from .results import LeftOut, Line, Result
from .symbol_makers import url

if TYPE_CHECKING:
    from redis import Redis

__all__ = ["TITLE", "results"]

TITLE = "Redis hit in the engine"

_MORE = 120e-6
"""Seconds that a hit may take beyond the GET."""


def results(run: Run) -> Iterator[Result]:
    """Key, lookup, counters and entry check against one GET, on loopback."""
    server = shutil.which("redis-server")
    if server is None:
        yield LeftOut(TITLE, "needs redis-server on PATH, for example: apt-get install redis-server")
        return
    redis = peer("redis")
    if redis is None:
        yield LeftOut(TITLE, "needs its package: pip install redis")
        return
    settings = Settings(redis_url=started(server, run), memory_cache_bytes=0, redis_timeout_ms=2000)
    bare = redis.Redis.from_url(settings.redis_url, protocol=2)
    _wait_for(bare, redis.ConnectionError)
    run.versions["redis-server"] = bare.info("server")["redis_version"]
    _, request = parse({"data": url(25)})
    counting = Engine(settings)
    silent = Engine(msgspec.structs.replace(settings, redis_enable_stats=False))
    name = keys.entry(settings.redis_prefix, counting.generate(request).key)
    for engine in (counting, silent):
        if engine.generate(request).source != "redis":
            raise ValueError("Redis does not answer")
    counted, uncounted, floor = measure(
        run,
        [
            called("qr_engine", partial(counting.generate, request)),
            called("qr_engine", partial(silent.generate, request)),
            called("redis-py, one GET", partial(bare.get, name)),
        ],
    )
    yield Line(what="plain SVG", ours=counted, theirs=floor, as_floor=True, target=2)
    wanted = Measured("one GET and 120 µs", floor.median + _MORE, floor.minimum + _MORE)
    yield Line(what="plain SVG", ours=counted, theirs=wanted, target=1)
    yield Line(what="plain SVG, REDIS_ENABLE_STATS=false", ours=uncounted, theirs=floor, as_floor=True, target=2)


def _wait_for(client: Redis, lost: type[Exception]) -> None:
    deadline = monotonic() + 10
    while True:
        try:
            client.ping()
        except lost:
            if monotonic() > deadline:
                raise
        else:
            return
