"""Fifty codes in one invocation, through the handler."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from multiprocessing import get_context
from time import perf_counter
from typing import Any

from qr_engine.config import Settings
from qr_engine.pipeline.batch import generate_all
from qr_engine.pipeline.engine import Code, Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import parse

from .handler import Event, get_event, lambda_handler, post_event, prepare_environment, require_status, silent
from .harness import Contender, Run, call, call_in_turn, each_of, measure
from .local_redis import delay_redis, start_redis
from .machine import peer
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "A batch of 50 plain codes"

_CODES = 50
_TEXTS = [f"{url(20)}{number:05d}" for number in range(_CODES)]


def results(run: Run) -> Iterator[Result]:
    """Measure the codes of a batch against requests of their own, drawn and from Redis; and against two processes."""
    yield from _draw_results(run)
    yield from _draw_and_keep_results(run)
    yield from _redis_results(run)


def _draw_results(run: Run) -> Iterator[Result]:
    handler = lambda_handler()
    whole, halves = _batch(_TEXTS), [_batch(_TEXTS[: _CODES // 2]), _batch(_TEXTS[_CODES // 2 :])]
    singles = [get_event({"data": text, "cache": "false"}) for text in _TEXTS]
    with silent(), ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=prepare_environment) as pool:
        require_status(handler(whole), 200)
        list(pool.map(_answer, halves))
        batched, single, split = measure(
            run,
            [
                call("one invocation", partial(handler, whole)),
                call_in_turn("a request of its own", handler, singles),
                call("two processes, half each", lambda: list(pool.map(_answer, halves))),
            ],
        )
    yield Line(what="each code, drawn", ours=each_of(batched, _CODES), theirs=single)
    yield Line(what="all codes, drawn", ours=batched, theirs=split)


def _draw_and_keep_results(run: Run) -> Iterator[Result]:
    """Each code drawn, kept in memory and compressed for a client that takes gzip; none is asked for twice."""
    handler = lambda_handler()
    numbers = count()

    def batches(calls: int) -> list[Event]:
        return [_batch([f"{url(20)}{next(numbers):07d}" for _ in range(_CODES)], cached=True) for _ in range(calls)]

    def singles(calls: int) -> list[Event]:
        return [get_event({"data": f"{url(20)}{next(numbers):07d}", "format": "svg"}) for _ in range(calls)]

    with silent():
        for event in (*batches(1), *singles(1)):
            if handler(event)["headers"].get("Content-Encoding") != "gzip":
                raise ValueError("the answer is not compressed")
        batched, single = measure(
            run,
            [
                _with_new_events("one invocation", handler, batches),
                _with_new_events("a request of its own", handler, singles),
            ],
        )
    yield Line(what="each code, drawn, kept and compressed", ours=each_of(batched, _CODES), theirs=single)


def _with_new_events(name: str, handler: Any, events: Callable[[int], list[Event]]) -> Contender:
    """Return a contender whose every call answers an event that is made for it before the clock starts."""

    def batch(calls: int) -> float:
        made = events(calls)
        began = perf_counter()
        for event in made:
            handler(event)
        return perf_counter() - began

    return Contender(name, batch)


def _redis_results(run: Run) -> Iterator[Result]:
    server = shutil.which("redis-server")
    if server is None or peer("redis") is None:
        yield LeftOut("a batch from Redis", "needs redis-server on PATH and its package: pip install redis")
        return
    near = start_redis(server, run)
    for where, address in (("", near), (", a round trip of 1 ms away", delay_redis(run, near, 0.001))):
        engine = Engine(Settings(redis_url=address, memory_cache_bytes=0, redis_timeout_ms=2000))
        requests = [KeyedRequest.of(parse({"data": text})[1]) for text in _TEXTS]
        together = partial(generate_all, engine, requests, remaining_ms=lambda: 30_000.0)
        together()
        if any(not isinstance(code, Code) or code.source != "redis" for code in together()):
            raise ValueError("Redis does not answer")
        contenders = [
            call("one exchange", together),
            call("50 lookups, one after the other", partial(_one_by_one, engine, requests)),
        ]
        batched, single = measure(run, contenders)
        yield Line(what=f"all codes, from Redis{where}", ours=batched, theirs=single)


def _one_by_one(engine: Engine, requests: list[KeyedRequest]) -> None:
    for keyed in requests:
        engine.generate(keyed.request)


def _batch(texts: list[str], *, cached: bool = False) -> Event:
    body = json.dumps({"codes": [{"data": text, "cache": cached} for text in texts]})
    return {**post_event(body), "routeKey": "POST /api/qr/batch"}


def _answer(event: Event) -> dict[str, Any]:
    with silent():
        answer: dict[str, Any] = _handler()(event)
    return answer


def _handler() -> Any:
    global _loaded
    if _loaded is None:
        _loaded = lambda_handler()
    return _loaded


_loaded: Any = None
