"""Hits from Redis by 1, 2, 4 and 8 processes at a time, on one server and on a cluster of three on the same cores."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter
from typing import Any

from qr_engine.config import Settings
from qr_engine.pipeline.engine import Engine
from qr_engine.request import CanonicalRequest, parse

from .harness import Measured, Run
from .local_redis import start_redis
from .machine import peer
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Hits from Redis by processes"

PROCESSES = (1, 2, 4, 8)
CODES = 64


def results(run: Run) -> Iterator[Result]:
    """Seconds a hit over all processes together; a bare GET of the same entries, on the same servers, is the floor."""
    server = shutil.which("redis-server")
    if server is None or peer("redis") is None:
        yield LeftOut(TITLE, "needs redis-server on PATH, for example: apt-get install redis-server")
        return
    places = {
        "one server": {"redis_url": start_redis(server, run)},
        "cluster": {"redis_cluster_nodes": _cluster(run)},
    }
    seconds = 0.1 if run.quick else 1.0
    for count in PROCESSES[:2] if run.quick else PROCESSES:
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            for place, address in places.items():
                list(pool.map(_warm_process, [address] * count))
                ours = _call_together(pool, count, address, seconds, bare=False)
                floor = _call_together(pool, count, address, seconds, bare=True)
                processes = f"{count} process{'es' if count > 1 else ''}"
                yield Line(
                    what=f"{place}, {processes}: {1 / ours:,.0f} hits/s, {1 / floor:,.0f} reads/s",
                    ours=Measured("qr_engine", ours, ours),
                    theirs=Measured("redis-py, one GET", floor, floor),
                    as_floor=True,
                    at=count,
                    series=place,
                )


def _cluster(run: Run) -> str:
    """Return the nodes of a new cluster: three masters, each with an idle replica."""
    from tests.redis_servers.cluster import ClusterServers

    folder = run.workspace / "cluster"
    folder.mkdir()
    servers = ClusterServers(folder)
    run.closing.callback(servers.stop)
    servers.start()
    return servers.nodes


def _call_together(
    pool: ProcessPoolExecutor, count: int, address: dict[str, str], seconds: float, *, bare: bool
) -> float:
    """Seconds that one call takes, all processes calling at once."""
    done = list(pool.map(_calls, [address] * count, [seconds] * count, [bare] * count))
    return seconds / sum(done)


def _settings(address: dict[str, str]) -> Settings:
    return Settings(**address, memory_cache_bytes=0, redis_timeout_ms=5000, redis_connect_timeout_ms=5000)  # type: ignore[arg-type]


def _requests() -> list[CanonicalRequest]:
    """Codes whose keys lie all over the cluster."""
    return [parse({"data": f"{url(22)}{number:03d}"})[1] for number in range(CODES)]


def _warm_process(address: dict[str, str]) -> None:
    engine = Engine(_settings(address))
    for request in _requests():
        engine.generate(request)


def _redis_py(settings: Settings) -> Any:
    """redis-py's client of the same server or cluster."""
    from redis import Redis
    from redis.cluster import RedisCluster

    if settings.redis_url:
        return Redis.from_url(settings.redis_url, socket_timeout=5)
    host, port = settings.cluster_nodes[0]
    return RedisCluster(host=host, port=port, socket_timeout=5)


def _calls(address: dict[str, str], seconds: float, bare: bool) -> int:
    """How many calls one process makes in `seconds`."""
    settings, requests = _settings(address), _requests()
    engine, client = Engine(settings), _redis_py(settings)
    tier = engine.cache.redis
    if tier is None:
        raise ValueError("there is no Redis")
    names = [tier.entry_name(engine.generate(request).key) for request in requests]
    for name in names:
        client.get(name)
    calls, end = 0, perf_counter() + seconds
    while perf_counter() < end:
        if bare:
            client.get(names[calls % CODES])
        else:
            engine.generate(requests[calls % CODES])
        calls += 1
    return calls
