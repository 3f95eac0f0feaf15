"""A plain SVG of a 25-character URL: event in to response out, against writers that are called directly."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import product
from typing import Any

from .handler import get_event, lambda_handler, require_status, silent
from .harness import Run, call, call_in_turn, measure
from .machine import peer
from .node_peer import NPM, node_peer
from .results import LeftOut, Line, Result
from .symbol_makers import PYTHON_QRCODE, SEGNO, url

__all__ = ["TITLE", "results"]

TITLE = "Plain SVG through the handler, no cache"

_WHAT = "25-character URL at M: event in, response out"
_WRITER_ALONE = "segno, writing alone"
_TARGETS = {SEGNO: 10.0, NPM: 1.0, PYTHON_QRCODE: 1.0}


def results(run: Run) -> Iterator[Result]:
    """Measure the whole request against text to SVG with nothing around it."""
    text = url(25)
    handler = lambda_handler()
    # More codes than an environment remembers the addresses of, so that each is read and checked.
    endings = list(product("abcdefghi", repeat=3))
    events = [get_event({"data": text[:-3] + "".join(ending), "cache": "false"}) for ending in endings]
    contenders = [call_in_turn("qr_engine, handler", handler, events)]
    segno = peer("segno")
    if segno is None:
        yield LeftOut(SEGNO, "needs its package: pip install segno")
    else:
        contenders.append(call(SEGNO, partial(_segno, segno, text)))
        contenders.append(call(_WRITER_ALONE, partial(_save, segno.make(text, error="M", micro=False))))
    qrcode, svg = peer("qrcode"), peer("qrcode.image.svg")
    if qrcode is None or svg is None:
        yield LeftOut(PYTHON_QRCODE, "needs its package: pip install qrcode")
    else:
        contenders.append(call(PYTHON_QRCODE, partial(_python_qrcode, qrcode, svg, text)))
    node = node_peer(run)
    if isinstance(node, LeftOut):
        yield node
    else:
        contenders.append(node.contender("svg", text, "M"))
    with silent():
        require_status(handler(events[0]), 200)
        ours, *others = measure(run, contenders)
    for theirs in others:
        yield Line(what=_WHAT, ours=ours, theirs=theirs, target=_TARGETS.get(theirs.name))


def _segno(segno: Any, text: str) -> bytes:
    return _save(segno.make(text, error="M", encoding="utf-8", micro=False))


def _save(code: Any) -> bytes:
    out = BytesIO()
    code.save(out, kind="svg")
    return out.getvalue()


def _python_qrcode(qrcode: Any, svg: Any, text: str) -> bytes:
    code = qrcode.make(text, error_correction=qrcode.constants.ERROR_CORRECT_M, image_factory=svg.SvgPathImage)
    out = BytesIO()
    code.save(out)
    return out.getvalue()
