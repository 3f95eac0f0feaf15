"""The local API over HTTP, beside applications that do nothing on the same server."""

from __future__ import annotations

import json
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
_CONSTANT = "a WSGI application that answers with a constant: these headers and bytes"
_OF_THE_SERVER = ("date", "connection", "server", "transfer-encoding")


def results(run: Run) -> Iterator[Result]:
    """Measure a code from the memory tier and a 304, each against floors of the same server."""
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
        status, headers, body = api.read(_CODE, {})
        known = {"if-none-match": headers.get("etag", "")}
        if (status, api.get(_CODE, known)[0]) != (200, 304):
            raise ValueError(f"the local API answered {status}")
        repeated = [[name, value] for name, value in headers.items() if name.lower() not in _OF_THE_SERVER]
        with Served(empty, {"ANSWER": json.dumps([repeated, body.decode()])}) as constant:
            constant.wait()
            warm, unchanged, least, same = measure(
                run,
                [
                    _answers("qr_engine", api, _CODE, {}),
                    _answers("qr_engine", api, _CODE, known),
                    _answers(_EMPTY, floor, "/", {}),
                    _answers(_CONSTANT, constant, _CODE, {}),
                ],
            )
    yield Line(what="SVG from memory", ours=warm, theirs=least, as_floor=True)
    yield Line(what="SVG from memory", ours=warm, theirs=same, as_floor=True)
    yield Line(what="304", ours=unchanged, theirs=least, as_floor=True)


def _answers(name: str, server: Served, path: str, headers: Mapping[str, str]) -> Contender:
    return Contender(name, lambda calls: server.answer(path, headers, calls) * calls)
