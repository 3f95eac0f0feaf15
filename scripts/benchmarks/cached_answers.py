"""What the cache saves a request: the memory tier, by kind of code, and the client's own copy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from time import process_time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scripts.load.profiles import KINDS, PROFILES, Target, target

from qr_engine.config import Settings
from qr_engine.pipeline.engine import Engine
from qr_engine.request import decode_pairs, parse

from .handler import Event, get_event, lambda_handler, require_status, silent
from .harness import Contender, Run, call, call_in_turn, measure
from .results import Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Answers that need no drawing"

_DRAWN, _HIT = "drawing it", "memory tier"


def results(run: Run) -> Iterator[Result]:
    """Measure a plain SVG through the handler, and the codes of the load test's profiles."""
    yield from _plain(run)
    count = 4 if run.quick else 24
    yield from _by_kind(run, count)
    yield _mixed(run, 3 * count)


def _plain(run: Run) -> Iterator[Result]:
    handler = lambda_handler()
    query = {"data": url(25)}
    draws, remembers = get_event({**query, "cache": "false"}), get_event(query)
    with silent():
        handler(remembers)
        remembering = handler(remembers)
        if remembering["headers"]["X-Cache"] != "memory":
            raise ValueError("the memory tier does not answer")
        revalidates = get_event(query, if_none_match=remembering["headers"]["ETag"])
        require_status(handler(revalidates), 304)
        drawn, remembered, revalidated = measure(
            run,
            [
                call(_DRAWN, partial(handler, draws)),
                call(_HIT, partial(handler, remembers)),
                call("304", partial(handler, revalidates)),
            ],
        )
    yield Line(what="SVG from the memory tier, through the handler", ours=remembered, theirs=drawn, target=3)
    yield Line(what="304 to a client that has it", ours=revalidated, theirs=remembered, target=1)
    yield Line(what="304 to a client that has it", ours=revalidated, theirs=drawn)


def _by_kind(run: Run, count: int) -> Iterator[Result]:
    """Draw a styled code, which is read back as in service."""
    engine = Engine(Settings(memory_cache_bytes=1 << 28))
    for kind in KINDS:
        requests = [parse(_fields(each), strict=False)[1] for each in _targets({kind: 1}, count)]
        for request in requests:
            engine.generate(request)
        drawn, hits = measure(
            run,
            [
                call_in_turn(_DRAWN, partial(engine.generate, cached=False), requests),
                call_in_turn(_HIT, engine.generate, requests),
            ],
            rounds=9,
        )
        yield Line(what=f"{kind}, in the engine", ours=hits, theirs=drawn)


def _mixed(run: Run, count: int) -> Line:
    handler = lambda_handler()
    mixed = _targets(PROFILES["mixed"], count)
    hits = [get_event(_query(each)) for each in mixed]
    misses = [get_event({**_query(each), "cache": "false"}) for each in mixed]
    with silent():
        for event in hits:
            require_status(handler(event), 200)
        drawn, found = measure(run, [_processor(_DRAWN, handler, misses), _processor(_HIT, handler, hits)], rounds=9)
    return Line(what="mixed, processor time through the handler", ours=found, theirs=drawn)


def _targets(shares: Any, count: int) -> list[Target]:
    chooser = Random(1)
    return [target(chooser, shares, ("svg", "png"), f"https://example.com/{number:05d}") for number in range(count)]


def _fields(target: Target) -> dict[str, Any]:
    return decode_pairs(parse_qsl(urlsplit(target.path).query))


def _query(target: Target) -> dict[str, Any]:
    query: dict[str, Any] = {}
    for name, value in parse_qsl(urlsplit(target.path).query):
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
