"""Styled pictures, read back and not, beside what the codec alone takes and beside another renderer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Final

import resvg_py
from PIL import Image

from qr_engine.pipeline.generate import draw_picture, plan
from qr_engine.pipeline.style import paint
from qr_engine.scan.read_back import read_back

from .harness import Run, call, measure
from .results import Line, Result
from .styled import request_for
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "The same styled code, read back and not"

_CHARACTERS = 110

_MOST: Final = 2.4
"""What reading back added to a picture when its score was of two conditions, in saves of the picture by Pillow."""


def results(run: Run) -> Iterator[Result]:
    """Our PNG and SVG, text to file, against Pillow's save of that PNG's pixels and resvg's drawing of that SVG."""
    text = url(_CHARACTERS)
    ways = [(form, verify) for form in ("png", "svg") for verify in (False, True)]
    requests = [request_for(text, form, verify=verify) for form, verify in ways]
    pixels = Image.open(BytesIO(draw_picture(requests[0])[0])).convert("RGB")
    svg = draw_picture(requests[2])[0].decode()
    artwork, _ = plan(requests[0])
    painted = paint(artwork, "png") or pixels
    *ours, alone, pillow, resvg = measure(
        run,
        [
            *(call("qr_engine", partial(draw_picture, request)) for request in requests),
            call("qr_engine", partial(read_back, painted, text, module_pixels=artwork.module_pixels)),
            call("Pillow, save of the PNG's pixels as RGB", lambda: pixels.save(BytesIO(), "PNG")),
            call("resvg, drawing the SVG as PNG", partial(_rasterize, svg, pixels.width)),
        ],
        rounds=9,
    )
    for theirs in (pillow, resvg):
        for (form, verify), found in zip(ways, ours, strict=True):
            what = f"{form.upper()}, {'read back' if verify else 'not read back'}"
            yield Line(what=what, ours=found, theirs=theirs, as_floor=True)
    yield Line(what="the read-back alone", ours=alone, theirs=pillow, as_floor=True, target=_MOST)


def _rasterize(svg: str, width: int) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
