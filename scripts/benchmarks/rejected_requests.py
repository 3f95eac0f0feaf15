"""What a wrong request costs: never more than the same request put right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from .handler import Event, get_event, lambda_handler, post_event, require_status, silent
from .harness import Run, called, measure
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
            require_status(handler(wrong), status)
            require_status(handler(right), 200)
            accepted, rejected = measure(
                run, [called("accepted", partial(handler, right)), called("rejected", partial(handler, wrong))]
            )
            yield Line(what=f"{status}: {what}", ours=rejected, theirs=accepted, target=1)


def _pairs() -> Iterator[tuple[str, int, Event, Event]]:
    """What is wrong, the status that it gets, the request, and the request that it should have been."""
    right = get_event(_NO_CACHE)
    yield "misspelt value", 400, get_event({**_NO_CACHE, "error_correction": "hgih"}), right
    yield "unknown field", 400, get_event({**_NO_CACHE, "colour": "red"}), right
    yield "size out of bounds", 400, get_event({**_NO_CACHE, "size": "-1"}), right
    yield "too little contrast", 422, get_event({**_NO_CACHE, "colors.foreground": "#fefefe"}), right
    most = {"error_correction": "L", "cache": "false"}
    full = get_event({**most, "data": url(2953)})
    yield "one byte too many for version 40", 413, get_event({**most, "data": url(2954)}), full
    posted = post_event(json.dumps({"data": url(25), "cache": False}))
    yield "broken JSON", 400, post_event(posted["body"][:-1]), posted
    yield "10,000 brackets", 400, post_event("[" * 10_000), posted
    yield "3 MB body", 413, post_event(json.dumps({"data": "x" * 3_000_000})), posted
