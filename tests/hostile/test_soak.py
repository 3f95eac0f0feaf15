"""Many requests in one environment while Redis fails in every way: nothing grows, and every lookup is counted.

``SOAK_REQUESTS=50000 pytest tests/hostile/test_soak.py -s`` tells what it came to.
"""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import redis
from tests.redis_server import RedisServer

from qr_engine.config import load
from qr_engine.pipeline.batch import generate_all
from qr_engine.pipeline.engine import Code, Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import CanonicalRequest, format_of, parse

from .proxy import Proxy

REQUESTS = int(os.environ.get("SOAK_REQUESTS", "4000"))
PHASES = 40
TEXTS, LARGEST_BATCH = 300, 8
GROWTH = 4 * 1024 * 1024
"""Bytes that the process may have more at the end than after the first quarter."""


def rss() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def lose_idle_connections(proxy: Proxy, client: Any) -> None:
    client.client_kill_filter(_type="normal", skipme=True)


def forget_scripts(proxy: Proxy, client: Any) -> None:
    client.script_flush()


def fill_up(proxy: Proxy, client: Any) -> None:
    client.config_set("maxmemory", 1)


def take_no_answer(proxy: Proxy, client: Any) -> None:
    proxy.mute = True
    client.client_kill_filter(_type="normal", skipme=True)


def spoil_entries(proxy: Proxy, client: Any) -> None:
    for name in list(client.scan_iter(match="*:e*:*", count=1000))[:50]:
        client.set(name, b"foreign", px=3_600_000)


def hold_up(proxy: Proxy, client: Any) -> None:
    proxy.pause = 0.001


def lose_answers(proxy: Proxy, client: Any) -> None:
    proxy.cut_after = 3000


def reset_connections(proxy: Proxy, client: Any) -> None:
    proxy.cut_after, proxy.reset = 5000, True


SURE: list[Callable[[Proxy, Any], None]] = [
    lose_idle_connections,
    forget_scripts,
    fill_up,
    take_no_answer,
    spoil_entries,
    hold_up,
]
UNSURE: list[Callable[[Proxy, Any], None]] = [lose_answers, reset_connections]
"""Faults that let a command arrive and lose its answer: what it counted, and brought along, may count once more."""


def mend(proxy: Proxy, client: Any) -> None:
    proxy.mute = proxy.reset = False
    proxy.pause, proxy.cut_after = 0.0, None
    client.config_set("maxmemory", 0)


def lookups(engine: Engine) -> int:
    stats = engine.cache.stats(format_of)
    return stats.hits + stats.misses


def soak(engine: Engine, requests: list[CanonicalRequest], chance: random.Random, count: int) -> int:
    """Ask for at least `count` codes, by the popularity that codes have, and return how many those were."""
    done = 0
    while done < count:
        chosen = [
            requests[min(int(chance.paretovariate(0.7)), TEXTS - 1)]
            for _ in range(chance.choice((1, 1, 1, LARGEST_BATCH)))
        ]
        if len(chosen) == 1:
            outcomes: list[Any] = [engine.generate(chosen[0])]
        else:
            keyed = [KeyedRequest.of(request) for request in chosen]
            outcomes = generate_all(engine, keyed, remaining_ms=lambda: 30_000.0)
        assert all(isinstance(outcome, Code) and outcome.entry.picture() for outcome in outcomes)
        done += len(chosen)
    return done


@pytest.mark.slow
def test_nothing_grows_and_every_lookup_is_counted_once(
    redis_server: RedisServer, client: redis.Redis, proxied: Callable[[int], Proxy], capsys: pytest.CaptureFixture[str]
) -> None:
    proxy = proxied(redis_server.port)
    engine = Engine(
        load(
            {
                "REDIS_URL": f"redis://127.0.0.1:{proxy.port}",
                "REDIS_TIMEOUT_MS": "200",
                "REDIS_CONNECT_TIMEOUT_MS": "200",
                "REDIS_TTL": "3600",
                "MEMORY_CACHE_BYTES": "30000",
            }
        )
    )
    requests = [parse({"data": f"soak {number}", "format": ("svg", "txt")[number % 2]})[1] for number in range(TEXTS)]
    chance = random.Random(7)
    asked = surplus = 0
    sizes: list[int] = []
    for phase in range(PHASES):
        faults = UNSURE if phase % 5 == 4 else SURE
        fault = chance.choice(faults)
        fault(proxy, client)
        asked += soak(engine, requests, chance, REQUESTS // PHASES // 2)
        mend(proxy, client)
        engine.cache.forget()
        asked += soak(engine, requests, chance, REQUESTS // PHASES // 2)
        before, surplus = surplus, lookups(engine) - asked
        assert before == surplus or (faults is UNSURE and before < surplus)
        open_connections = [each for each in client.client_list() if each["addr"] != each["laddr"]]
        assert len(open_connections) <= 3
        gc.collect()
        sizes.append(rss())
    growth = max(sizes[-3:]) - max(sizes[: PHASES // 4])
    with capsys.disabled():
        print(f"\n{asked} lookups, {surplus} of lost answers counted twice, {proxy.connections} connections,", end=" ")
        print(f"{engine.cache.counters.errors} errors not recorded yet, {sizes[0]:,} to {sizes[-1]:,} bytes", end=" ")
    assert growth < GROWTH
    assert surplus < asked / 20
