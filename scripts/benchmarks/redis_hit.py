"""A hit in Redis against the barest read of the same bytes over the same kind of connection."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from qr_engine.cache import StoreRequest, compress_entry
from qr_engine.cache.entry_format import EntryFormat
from qr_engine.config import Settings
from qr_engine.pipeline.engine import Engine
from qr_engine.request import CanonicalRequest, parse

from .harness import Contender, Run, call, measure
from .local_redis import start_redis
from .machine import peer
from .results import LeftOut, Line, Result
from .symbol_makers import url

if TYPE_CHECKING:
    from redis import Redis

__all__ = ["TITLE", "results"]

TITLE = "Redis hit in the engine"


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
    settings = Settings(redis_url=start_redis(server, run), memory_cache_bytes=0, redis_timeout_ms=2000)
    bare = redis.Redis.from_url(settings.redis_url, protocol=2)
    _wait_for(bare, redis.ConnectionError)
    run.versions["redis-server"] = bare.info("server")["redis_version"]
    _, request = parse({"data": url(25)})
    counting = Engine(settings)
    silent = Engine(msgspec.structs.replace(settings, redis_enable_stats=False))
    tier = counting.cache.redis
    if tier is None:
        raise ValueError("there is no Redis")
    name = tier.entry_name(counting.generate(request).key)
    for engine in (counting, silent):
        if engine.generate(request).source != "redis":
            raise ValueError("Redis does not answer")
    counted, uncounted, floor = measure(
        run,
        [
            call("qr_engine", partial(counting.generate, request)),
            call("qr_engine", partial(silent.generate, request)),
            call("redis-py, one GET", partial(bare.get, name)),
        ],
    )
    yield Line(what="plain SVG", ours=counted, theirs=floor, as_floor=True, target=2)
    yield Line(what="plain SVG, REDIS_ENABLE_STATS=false", ours=uncounted, theirs=floor, as_floor=True, target=2)
    yield from _signatures(run)
    yield from _scripts(run, counting, request, bare, name)


def _signatures(run: Run) -> Iterator[Result]:
    """Measure an entry of 2 KB that an environment has not seen yet, signed, against the same with a checksum."""
    key = "ab" * 32
    entry = compress_entry(0, bytes(100), bytes(100), bytes(1800), text=False)
    signed, unsigned = EntryFormat(Settings(redis_entry_key="k" * 32)), EntryFormat(Settings())
    values = [signed.pack(key, entry), unsigned.pack(key, entry)]
    for what, functions in (
        (
            "entry of 2 KB read, signed",
            [partial(signed.unpack, key, values[0]), partial(unsigned.unpack, key, values[1])],
        ),
        ("entry of 2 KB written, signed", [partial(signed.pack, key, entry), partial(unsigned.pack, key, entry)]),
    ):
        ours, theirs = measure(run, [call("BLAKE2b", functions[0]), call("CRC-32", functions[1])])
        yield Line(what=what, ours=ours, theirs=theirs, as_floor=True)


def _scripts(run: Run, engine: Engine, request: CanonicalRequest, bare: Redis, name: str) -> Iterator[Result]:
    """Measure the server's own time in a script, by ``INFO commandstats``, against the command of its kind."""
    code = engine.generate(request)
    tier, value = engine.cache.redis, bare.get(name)
    if tier is None or not isinstance(value, bytes):
        raise ValueError("Redis does not have the picture")
    copy = f"{name}:copy"
    lookup, get, store, put = measure(
        run,
        [
            _in_server(bare, "EVALSHA", "evalsha", partial(engine.generate, request)),
            _in_server(bare, "GET", "get", partial(bare.get, name)),
            _in_server(bare, "EVALSHA", "evalsha", partial(tier.store, [StoreRequest(code.key, code.entry)])),
            _in_server(bare, "SET", "set", partial(bare.set, copy, value)),
        ],
    )
    yield Line(what="script of a hit, in the server", ours=lookup, theirs=get, as_floor=True)
    yield Line(what="script that stores, in the server", ours=store, theirs=put, as_floor=True)


def _in_server(client: Redis, name: str, command: str, function: Callable[[], object]) -> Contender:
    """Return a contender that takes what the server spent on `command`, with all that a script calls."""

    def batch(calls: int) -> float:
        client.config_resetstat()
        for _ in range(calls):
            function()
        spent: dict[str, int] = client.info("commandstats")[f"cmdstat_{command}"]
        if spent["calls"] != calls:
            raise ValueError(f"{calls} calls made {spent['calls']} commands")
        return spent["usec"] / 1e6

    return Contender(name, batch)


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
