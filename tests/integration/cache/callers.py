"""What other execution environments do at the same time: functions that tests run in processes of their own."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import redis

from qr_engine.config import load
from qr_engine.pipeline import engine as engine_module
from qr_engine.pipeline import generate
from qr_engine.pipeline.engine import Engine
from qr_engine.request import format_of

from .conftest import asked


def in_processes(count: int, function: Callable[..., Any], *arguments: Any, **named: Any) -> list[Any]:
    """What `function` gives in each of `count` new processes; its first argument is the number of the process."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(function, number, *arguments, **named) for number in range(count)]
        return [found.result() for found in running]


def look_up(number: int, url: str, lookups: int, distinct: int, variables: dict[str, str]) -> int:
    """Ask for random ones of `distinct` codes; the counters are brought to Redis at the end."""
    environment = Engine(load({"REDIS_URL": url, **variables}))
    chooser = random.Random(number)
    for _ in range(lookups):
        environment.generate(asked(f"code {chooser.randrange(distinct)}"))
    environment.cache.stats(format_of)
    return lookups


def draw_together(
    _: int, url: str, threads: int, everyone: int, data: str, draw_seconds: float, **fields: Any
) -> list[tuple[str, bytes]]:
    """Ask for one code in `threads` environments as soon as `everyone` is there; where it came from, and its bytes.

    Drawing it takes `draw_seconds`; with `fields` of a heavy code it has the picture of the plain one, so that nothing
    hangs on what else the machine does.
    """
    drawn = generate.draw_picture

    def slowly(*given: Any) -> Any:
        time.sleep(draw_seconds)
        return drawn(asked(data)) if fields else drawn(*given)

    setattr(engine_module, "draw_picture", slowly)  # noqa: B010 - a process of its own, and no export of the module

    def ask(_: int) -> tuple[str, bytes]:
        # On a busy machine a hundred connections at once take longer than a request would wait.
        waits = {
            "REDIS_CONNECT_TIMEOUT_MS": "30000",
            "REDIS_FIRST_CONNECT_TIMEOUT_MS": "30000",
            "REDIS_TIMEOUT_MS": "30000",
        }
        environment = Engine(load({"REDIS_URL": url, "MEMORY_CACHE_BYTES": "0", **waits}))
        environment.cache.not_expiring(["00" * 32])
        deadline = time.monotonic() + 60
        with redis.Redis.from_url(url) as meeting:
            here = meeting.incr("meeting")
            while here < everyone:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{here} of {everyone} environments came")
                time.sleep(0.02)
                here = int(meeting.get("meeting") or 0)
        found = environment.generate(asked(data, **fields))
        return found.source, found.entry.picture()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(ask, range(threads)))
