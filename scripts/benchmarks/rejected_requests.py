"""What a wrong request costs: never more than the same request put right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

from .handler import Event, get_event, lambda_handler, post_event, require_status, silent
from .harness import Run, call_in_turn, measure
from .results import Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Rejected requests, through the handler"

_NO_CACHE = {"data": url(25), "cache": "false"}


def results(run: Run) -> Iterator[Result]:
    """Each fault against the same request without it, drawn."""
    handler = lambda_handler()
    with silent():
        for what, status, wrong, right in _pairs():
            require_status(handler(wrong[0]), status)
            require_status(handler(right[0]), 200)
            accepted, rejected = measure(
                run,
                [call_in_turn("accepted", handler, right), call_in_turn("rejected", handler, wrong)],
            )
            # An <img> gets the problem as a picture, which has to be drawn.
            target = None if what.endswith("in a picture") else 1
            yield Line(what=f"{status}: {what}", ours=rejected, theirs=accepted, target=target)


def _pairs() -> Iterator[tuple[str, int, list[Event], list[Event]]]:
    """Return what is wrong, the status that it gets, the requests, and the requests that they should have been."""
    right = _gets()
    yield "misspelt value", 400, _gets(error_correction="hgih"), right
    yield "misspelt value, in a picture", 400, _gets("image/png", error_correction="hgih"), right
    yield "unknown field", 400, _gets(colour="red"), right
    yield "size out of bounds", 400, _gets(size="-1"), right
    yield "too little contrast", 422, _gets(**{"colors.foreground": "#fefefe"}), right
    most = {"error_correction": "L", "cache": "false"}
    full, too_full = (get_event({**most, "data": url(length)}, accept="*/*") for length in (2953, 2954))
    yield "one byte too many for version 40", 413, [too_full], [full]
    posted = post_event(json.dumps({"data": url(25), "cache": False}))
    yield "broken JSON", 400, [post_event(posted["body"][:-1])], [posted]
    yield "10,000 brackets", 400, [post_event("[" * 10_000)], [posted]
    yield "3 MB body", 413, [post_event(json.dumps({"data": "x" * 3_000_000}))], [posted]


def _gets(accept: str = "*/*", **fields: str) -> list[Event]:
    """Return more URLs than an environment remembers, so that each is read and checked."""
    endings = product("abcdefghi", repeat=3)
    return [get_event({**_NO_CACHE, **fields, "data": url(22) + "".join(ending)}, accept=accept) for ending in endings]
