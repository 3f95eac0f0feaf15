"""A Redis that is gone, once the breaker is open, against a service that was never given one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import partial

from qr_engine.config import Settings
from qr_engine.pipeline.engine import Engine
from qr_engine.request import parse

from .harness import Run, call, measure
from .results import Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Lookup and drawing with Redis down and the breaker open"


def results(run: Run) -> Iterator[Result]:
    """Everything that the engine does for a miss, with the memory tier off on both sides."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    _, request = parse({"data": url(25)})
    down = Engine(Settings(redis_url=f"redis://127.0.0.1:{closed}", memory_cache_bytes=0))
    none = Engine(Settings(memory_cache_bytes=0))
    down.generate(request)
    if down.cache.redis is None or down.cache.breaker != "open":
        raise ValueError("the breaker did not open")
    for breaker in down.cache.redis.client.breakers.values():
        # As after many failures: the probes are far apart, and it is the path beside them that is measured.
        for _ in range(10):
            breaker.record_failure()
    ours, floor = measure(
        run,
        [call("Redis down", partial(down.generate, request)), call("no Redis", partial(none.generate, request))],
    )
    yield Line(what="plain SVG, drawn", ours=ours, theirs=floor, as_floor=True, target=1.05)
