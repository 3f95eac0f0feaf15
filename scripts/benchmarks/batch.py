"""Fifty codes in one invocation, through the handler."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from .handler import Event, get_event, lambda_handler, post_event, prepare_environment, require_status, silent
from .harness import Run, called, called_in_turn, each_of, measure
from .results import Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "A batch of 50 plain codes, drawn"

_CODES = 50


def results(run: Run) -> Iterator[Result]:
    """A code of a batch against a request of its own; and the batch against two halves of it on two processes."""
    handler = lambda_handler()
    texts = [f"{url(20)}{number:05d}" for number in range(_CODES)]
    whole, halves = _batch(texts), [_batch(texts[: _CODES // 2]), _batch(texts[_CODES // 2 :])]
    singles = [get_event({"data": text, "cache": "false"}) for text in texts]
    with silent(), ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=prepare_environment) as pool:
        require_status(handler(whole), 200)
        list(pool.map(_answered, halves))
        batched, single, split = measure(
            run,
            [
                called("one invocation", partial(handler, whole)),
                called_in_turn("a request of its own", handler, singles),
                called("two processes, half each", lambda: list(pool.map(_answered, halves))),
            ],
        )
    yield Line(what="each code", ours=each_of(batched, _CODES), theirs=single)
    yield Line(what="all codes", ours=batched, theirs=split)


def _batch(texts: list[str]) -> Event:
    body = json.dumps({"codes": [{"data": text, "cache": False} for text in texts]})
    return {**post_event(body), "routeKey": "POST /api/qr/batch"}


def _answered(event: Event) -> dict[str, Any]:
    with silent():
        answer: dict[str, Any] = _handler()(event)
    return answer


def _handler() -> Any:
    global _loaded
    if _loaded is None:
        _loaded = lambda_handler()
    return _loaded


_loaded: Any = None
