"""The bytes that an entry takes in Redis, everything that Redis needs for it included."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

from qr_engine.config import Settings
from qr_engine.pipeline.engine import Engine
from qr_engine.redis_client import connect
from qr_engine.request import parse

from .harness import Measured, Run
from .local_redis import start_redis
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Bytes of an entry in Redis, by MEMORY USAGE"

_ASKED: dict[str, dict[str, Any]] = {
    "plain SVG, 25 characters": {},
    "plain PNG, 512 px": {"format": "png", "size": 512},
    "styled SVG": {"data_pattern": "rounded", "gradient": {"colors": ["#5b2a86", "#0b3d91"]}, "verify": False},
}


def results(run: Run) -> Iterator[Result]:
    """Against the picture alone as it is drawn."""
    server = shutil.which("redis-server")
    if server is None:
        yield LeftOut(TITLE, "needs redis-server on PATH, for example: apt-get install redis-server")
        return
    settings = Settings(redis_url=start_redis(server, run), redis_timeout_ms=5000, redis_connect_timeout_ms=5000)
    engine, client = Engine(settings), connect(settings)
    tier = engine.cache.redis
    if tier is None:
        raise ValueError("there is no Redis")
    for what, fields in _ASKED.items():
        code = engine.generate(parse({"data": url(25), **fields})[1])
        (found,) = client.batch([("MEMORY USAGE", tier.entry_name(code.key))])
        used = float(found)
        ours = Measured("qr_engine", used, used, unit="bytes")
        alone = Measured("the picture as drawn", code.entry.length, code.entry.length, unit="bytes")
        yield Line(what=what, ours=ours, theirs=alone)
