"""A plain PNG: the writer alone, with the symbol's making, and against what zlib itself takes for the rows."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import parse_color
from qr_engine.render import draw
from qr_engine.symbol import encode

from .harness import Run, call, measure
from .machine import peer
from .results import LeftOut, Line, Result
from .symbol_makers import SEGNO, url

__all__ = ["TITLE", "results"]

TITLE = "Plain PNG of a version 8 symbol"

_CHARACTERS = 150
_SCALE = 10
_SIZE = 570
"""Pixels of 49 modules and a quiet zone of 4 on each side, 10 pixels each."""


def results(run: Run) -> Iterator[Result]:
    """570 pixels against segno and Pillow, and two sizes against zlib."""
    text = url(_CHARACTERS)
    artwork = _artwork(text, _SIZE)
    if artwork.symbol.version != 8:
        raise ValueError(f"{_CHARACTERS} characters make version {artwork.symbol.version}, and 8 is wanted")
    yield from _against_segno(run, text, artwork)
    yield from _against_pillow(run, artwork)
    yield _against_zlib(run, artwork)
    yield _against_zlib(run, _artwork(text, 2048), target=2)


def _artwork(text: str, size: int) -> Artwork:
    black, white = parse_color("black"), parse_color("white")
    return Artwork(encode(text), margin=4, size=size, foreground=black, background=white)


def _against_segno(run: Run, text: str, artwork: Artwork) -> Iterator[Result]:
    segno = peer("segno")
    if segno is None:
        yield LeftOut(SEGNO, "needs its package: pip install segno")
        return
    make = partial(segno.make, text, error="M", encoding="utf-8", micro=False)
    code = make()
    if _width(_segno_png(code)) != _SIZE:
        raise ValueError("segno's picture has another size")
    writer, theirs, whole, their_whole = measure(
        run,
        [
            call("qr_engine", partial(draw, artwork, "png")),
            call(SEGNO, lambda: _segno_png(code)),
            call("qr_engine", lambda: draw(_artwork(text, _SIZE), "png")),
            call(SEGNO, lambda: _segno_png(make())),
        ],
    )
    yield Line(what="570 px, writing alone", ours=writer, theirs=theirs, target=10)
    yield Line(what="570 px, text to file", ours=whole, theirs=their_whole)


def _against_pillow(run: Run, artwork: Artwork) -> Iterator[Result]:
    pillow = peer("PIL.Image")
    if pillow is None:
        yield LeftOut("Pillow", "needs its package: pip install pillow")
        return
    image = pillow.open(BytesIO(draw(artwork, "png"))).convert("1")
    ours, theirs = measure(
        run,
        [
            call("qr_engine", partial(draw, artwork, "png")),
            call("Pillow, save of a finished 1-bit image", lambda: image.save(BytesIO(), "png")),
        ],
    )
    yield Line(what="570 px, writing alone", ours=ours, theirs=theirs)


def _against_zlib(run: Run, artwork: Artwork, target: float | None = None) -> Line:
    """Measure the floor: nothing but the compression of the same rows, as hard as the renderer does it."""
    picture = draw(artwork, "png")
    compressed = _idat(picture)
    rows = zlib.decompress(compressed)
    level = next(level for level in range(1, 10) if zlib.compress(rows, level) == compressed)
    ours, theirs = measure(
        run,
        [
            call("qr_engine", partial(draw, artwork, "png")),
            call(f"zlib alone, level {level}", partial(zlib.compress, rows, level)),
        ],
    )
    return Line(what=f"{artwork.size:,} px, writing alone", ours=ours, theirs=theirs, as_floor=True, target=target)


def _segno_png(code: Any) -> bytes:
    out = BytesIO()
    code.save(out, kind="png", scale=_SCALE)
    return out.getvalue()


def _width(picture: bytes) -> int:
    # The first field of the first chunk, IHDR (ISO/IEC 15948, 11.2.2).
    width: int = struct.unpack_from(">I", picture, 16)[0]
    return width


def _idat(picture: bytes) -> bytes:
    start = picture.index(b"IDAT")
    (length,) = struct.unpack_from(">I", picture, start - 4)
    return picture[start + 4 : start + 4 + length]
