"""What the cache saves a request: the memory tier, and the client's own copy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from .handler import get_event, lambda_handler, require_status, silent
from .harness import Run, called, limit, measure
from .results import Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Answers that need no drawing, through the handler"


def results(run: Run) -> Iterator[Result]:
    """A plain SVG from the memory tier against drawing it, and a 304 against both."""
    handler = lambda_handler()
    query = {"data": url(25)}
    draws, remembers = get_event({**query, "cache": "false"}), get_event(query)
    with silent():
        handler(remembers)
        known = handler(remembers)
        if known["headers"]["X-Cache"] != "memory":
            raise ValueError("the memory tier does not answer")
        revalidates = get_event(query, if_none_match=known["headers"]["ETag"])
        require_status(handler(revalidates), 304)
        drawn, remembered, revalidated = measure(
            run,
            [
                called("drawing it", partial(handler, draws)),
                called("memory tier", partial(handler, remembers)),
                called("304", partial(handler, revalidates)),
            ],
        )
    yield Line(what="SVG from the memory tier", ours=remembered, theirs=drawn, target=3)
    yield Line(
        what="SVG from the memory tier", ours=remembered, theirs=limit("the most that is wanted", 100e-6), target=1
    )
    yield Line(
        what="304 to a client that has it", ours=revalidated, theirs=limit("the most that is wanted", 50e-6), target=1
    )
    yield Line(what="304 to a client that has it", ours=revalidated, theirs=remembered, target=1)
    yield Line(what="304 to a client that has it", ours=revalidated, theirs=drawn)
