"""What the cache saves by kind of code: time in the engine, processor time through the handler."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from time import process_time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scripts.load.profiles import KINDS, PROFILES, Target, target

from qr_engine.config import Settings
from qr_engine.engine import Engine
from qr_engine.request import object_of_pairs, parse

from .handler import Event, get_event, lambda_handler, require_status, silent
from .harness import Contender, Run, called_in_turn, measure
from .results import Line, Result

__all__ = ["TITLE", "results"]

TITLE = "Hits in memory against drawing, by kind of code"

_TIMES_FASTER = {"advanced": 20.0}
_SHARE = 0.15
"""What a hit may take of the processor time of a miss."""


def results(run: Run) -> Iterator[Result]:
    """The codes of the load test's profiles; a styled one is read back when it is drawn, as in service."""
    engine = Engine(Settings(memory_cache_bytes=1 << 28))
    count = 4 if run.quick else 24
    for kind in KINDS:
        asked = [parse(_fields(each), strict=False)[1] for each in _targets({kind: 1}, count)]
        for request in asked:
            engine.generate(request)
        drawn, found = measure(
            run,
            [
                called_in_turn("drawing it", partial(engine.generate, cached=False), asked),
                called_in_turn("memory tier", engine.generate, asked),
            ],
            rounds=9,
        )
        yield Line(what=f"{kind}, in the engine", ours=found, theirs=drawn, target=_TIMES_FASTER.get(kind))
    handler = lambda_handler()
    mixed = _targets(PROFILES["mixed"], 3 * count)
    hits = [get_event(_query(each)) for each in mixed]
    misses = [get_event({**_query(each), "cache": "false"}) for each in mixed]
    with silent():
        for event in hits:
            require_status(handler(event), 200)
        drawn, found = measure(
            run, [_processor("drawing it", handler, misses), _processor("memory tier", handler, hits)]
        )
    yield Line(what="mixed, processor time through the handler", ours=found, theirs=drawn, target=1 / _SHARE)


def _targets(shares: Any, count: int) -> list[Target]:
    chooser = Random(1)
    return [target(chooser, shares, ("svg", "png"), f"https://example.com/{number:05d}") for number in range(count)]


def _fields(asked: Target) -> dict[str, Any]:
    return object_of_pairs(parse_qsl(urlsplit(asked.path).query))


def _query(asked: Target) -> dict[str, Any]:
    return _raw(parse_qsl(urlsplit(asked.path).query))


def _raw(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    query: dict[str, Any] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query


def _processor(name: str, handler: Any, events: list[Event]) -> Contender:
    """All of `events` once a turn; seconds of processor time for each."""

    def batch(_calls: int) -> float:
        started = process_time()
        for event in events:
            handler(event)
        return (process_time() - started) / len(events)

    return Contender(name, batch, single=True)
