"""Hits a second with more and more processes on one Redis, against the same Redis answering bare reads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter

from qr_engine.cache import keys
from qr_engine.cache.connection import connect
from qr_engine.config import Settings
from qr_engine.engine import Engine
from qr_engine.request import parse

from .harness import Measured, Run
from .local_redis import started
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Hits from Redis by processes"

PROCESSES = (1, 2, 4, 8)


def results(run: Run) -> Iterator[Result]:
    """Seconds a hit over all processes together; a bare GET is the floor."""
    server = shutil.which("redis-server")
    if server is None:
        yield LeftOut(TITLE, "needs redis-server on PATH, for example: apt-get install redis-server")
        return
    address = started(server, run)
    seconds = 0.3 if run.quick else 3.0
    for count in PROCESSES[:2] if run.quick else PROCESSES:
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            list(pool.map(_warmed, [address] * count))
            ours = _together(pool, count, address, seconds, bare=False)
            floor = _together(pool, count, address, seconds, bare=True)
        line = f"{count} process{'es' if count > 1 else ''}: {1 / ours:,.0f} hits/s, {1 / floor:,.0f} reads/s"
        yield Line(
            what=line,
            ours=Measured("qr_engine", ours, ours),
            theirs=Measured("redis-py, one GET", floor, floor),
            as_floor=True,
        )


def _together(pool: ProcessPoolExecutor, count: int, address: str, seconds: float, *, bare: bool) -> float:
    """Seconds that one call takes, all processes calling at once."""
    done = list(pool.map(_calls, [address] * count, [seconds] * count, [bare] * count))
    return seconds / sum(done)


def _settings(address: str) -> Settings:
    return Settings(redis_url=address, memory_cache_bytes=0, redis_timeout_ms=5000)


def _warmed(address: str) -> str:
    return Engine(_settings(address)).generate(parse({"data": url(25)})[1]).source


def _calls(address: str, seconds: float, bare: bool) -> int:
    """How many calls one process makes in `seconds`."""
    settings = _settings(address)
    engine = Engine(settings)
    _, request = parse({"data": url(25)})
    key = engine.generate(request).key
    client = connect(settings)
    name = keys.entry(settings.redis_prefix, key)
    client.get(name)
    calls, end = 0, perf_counter() + seconds
    while perf_counter() < end:
        if bare:
            client.get(name)
        else:
            engine.generate(request)
        calls += 1
    return calls
