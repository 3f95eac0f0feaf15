"""The local API over HTTP, beside an application that does nothing on the same server."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from .handler import ROOT
from .harness import Contender, Run, measure
from .machine import peer
from .results import LeftOut, Line, Result
from .served import Served

__all__ = ["TITLE", "results"]

TITLE = "The local API over HTTP, processor time of its worker"

_CODE = "/api/qr/generate?data=https://example.com"
_EMPTY = "an empty WSGI application"


def results(run: Run) -> Iterator[Result]:
    """Measure a code from the memory tier and a 304, each against the floor of the same server."""
    if peer("granian") is None:
        yield LeftOut(TITLE, "needs the packages that the Makefile installs: make .venv/.dev")
        return
    if sys.platform != "linux":
        yield LeftOut(TITLE, "needs Linux, where the processor time of another process can be read")
        return
    empty = Path(__file__).with_name("empty_server.py")
    with Served(ROOT / "scripts" / "serve.py") as api, Served(empty) as floor:
        api.wait()
        floor.wait()
        status, tag = api.get(_CODE, {})
        known = {"if-none-match": tag}
        if (status, api.get(_CODE, known)[0]) != (200, 304):
            raise ValueError(f"the local API answered {status}")
        warm, unchanged, least = measure(
            run,
            [
                _answers("qr_engine", api, _CODE, {}),
                _answers("qr_engine", api, _CODE, known),
                _answers(_EMPTY, floor, "/", {}),
            ],
        )
    yield Line(what="SVG from memory", ours=warm, theirs=least, as_floor=True)
    yield Line(what="304", ours=unchanged, theirs=least, as_floor=True)


def _answers(name: str, server: Served, path: str, headers: Mapping[str, str]) -> Contender:
    return Contender(name, lambda calls: server.answer(path, headers, calls) * calls)
