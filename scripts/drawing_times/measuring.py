"""How much processor time pictures take, beside what is estimated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from time import process_time

from qr_engine.errors import Problem
from qr_engine.pipeline.drawing_time import work
from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import CanonicalRequest

from .fitting import Work

__all__ = ["measure"]

_QUICK, _TIMES = 0.1, 3
"""Seconds below which a picture is drawn so often, for the least of its times: what is short is easily disturbed."""


def measure(requests: Iterator[CanonicalRequest]) -> Iterator[tuple[CanonicalRequest, Work, float]]:
    """Yield each request that can be drawn, its kinds of work, and the milliseconds of processor time that it takes."""
    for request in requests:
        try:
            # The first of its kind loads modules, and computes what is kept from then on.
            draw_picture(request)
            least = _time(request)
            for _ in range(_TIMES - 1 if least < _QUICK else 0):
                least = min(least, _time(request))
        except Problem:
            continue
        amounts: Work = defaultdict(float)
        for kind, amount in work(request):
            amounts[kind] += amount
        yield request, amounts, 1000 * least


def _time(request: CanonicalRequest) -> float:
    started = process_time()
    draw_picture(request)
    return process_time() - started
