"""What a signature costs in processor time: a hit in memory at a signed address, and the same at an unsigned one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import cycle, repeat
from time import process_time
from typing import Any

from qr_engine.api.gateway import serve
from qr_engine.api.routes import generate
from qr_engine.api.signing.guard import answer_signed, verifier
from qr_engine.api.signing.keys import keys_of, sign_address
from qr_engine.api.signing.verifier import MAX_REMEMBERED
from qr_engine.config import settings

from .handler import Event, get_event, require_status, silent
from .harness import Contender, Run, measure
from .results import Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Signed addresses"

Handler = Callable[[Event], dict[str, Any]]

ROUTE = "GET /api/qr/generate"
EXPIRES = 4_102_444_800
NEW = MAX_REMEMBERED + 200
"""More addresses than are remembered, so that each is looked at anew."""

UNSIGNED, MOST = "the same without a signature", 15e-6
"""Seconds that a signature may add."""


def results(run: Run) -> Iterator[Result]:
    """Measure one picture: at one address again and again, and at addresses that nobody has asked for yet."""
    os.environ["SIGNING_KEY"] = "a key for benchmarks, of more than 32 bytes"
    settings.cache_clear()
    verifier.cache_clear()
    try:
        with silent():
            yield from _compare(run)
    finally:
        del os.environ["SIGNING_KEY"]
        settings.cache_clear()
        verifier.cache_clear()


def _compare(run: Run) -> Iterator[Result]:
    unsigned, signed = _handler(guarded=False), _handler(guarded=True)
    event = _sign(get_event({"data": url(25)}))
    for handler in (unsigned, signed):
        require_status(handler(event), 200)
    require_status(signed({**event, "rawQueryString": event["rawQueryString"] + "A"}), 403)
    yield _compare_handlers(run, "memory hit at an address that was there before", unsigned, signed, [event])
    # What makes them different is ignored, and so the picture is the same.
    events = [_sign(get_event({"data": url(25), "exp": str(EXPIRES + number)})) for number in range(NEW)]
    yield _compare_handlers(run, "memory hit at a new address", unsigned, signed, events)


def _compare_handlers(run: Run, what: str, unsigned: Handler, signed: Handler, events: list[Event]) -> Line:
    theirs, ours = measure(run, [_processor(UNSIGNED, unsigned, events), _processor("signed", signed, events)])
    return Line(what=what, ours=ours, theirs=theirs, as_floor=True, target=round(1 + MOST / theirs.median, 2))


def _processor(name: str, handler: Handler, events: list[Event]) -> Contender:
    """Each of `events` in turn; seconds of processor time for each."""
    following = cycle(events)

    def batch(calls: int) -> float:
        started = process_time()
        for _ in repeat(None, calls):
            handler(next(following))
        return process_time() - started

    return Contender(name, batch)


def _handler(*, guarded: bool) -> Handler:
    guard = answer_signed if guarded else None
    return lambda event: serve(event, None, "generate", {ROUTE: generate.get}, guard=guard)


def _sign(event: Event) -> Event:
    (key,) = keys_of(settings())
    address = sign_address(key, "GET", f"/api/qr/generate?{event['rawQueryString']}")
    return {**event, "rawQueryString": address.partition("?")[2]}
