"""Pictures as files that every decoder opens: grey, on white, drawn once and kept below ``.make``."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from os import cpu_count, getpid
from pathlib import Path
from typing import Any, Final

import msgspec
from PIL import Image

import qr_engine
from qr_engine.errors import Problem
from qr_engine.pipeline import generate
from qr_engine.request import parse

__all__ = ["KEPT", "Drawn", "draw_all", "on_white", "save"]

KEPT: Final = Path(__file__).parents[2] / ".make" / "readers" / "pictures"
_WHITE: Final = (255, 255, 255, 255)


class Drawn(msgspec.Struct, frozen=True):
    """A picture that was drawn.

    Attributes
    ----------
    file
        A grey PGM; empty where the service refuses the request.
    module_pixels
        Of a side of a module.
    score
        ``scan.score`` of the answer, where it has one.
    refusal
        Why there is no picture, or empty.
    """

    file: str
    module_pixels: int = 0
    score: int | None = None
    refusal: str = ""


def draw_all(requests: Sequence[dict[str, Any]]) -> list[Drawn]:
    """Draw what each request gives, as many at a time as there are processors."""
    # A process that shares the modules of this one, among them the layer of another checkout.
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("fork")) as pool:
        return list(pool.map(draw_one, requests, chunksize=8))


def draw_one(request: dict[str, Any]) -> Drawn:
    """Draw what a request gives, or find it where an earlier run left it."""
    digest = hashlib.sha256(msgspec.json.encode(request)).hexdigest()[:24]
    kept = KEPT / layer_digest() / f"{digest}.json"
    if kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=Drawn)
    kept.parent.mkdir(parents=True, exist_ok=True)
    drawn = _draw(request, kept.with_suffix(".pgm"))
    kept.write_bytes(msgspec.json.encode(drawn))
    return drawn


def _draw(request: dict[str, Any], file: Path) -> Drawn:
    try:
        _, canonical = parse({**request, "format": "png"})
        body, metadata = generate.draw_picture(canonical)
        artwork, _ = generate.plan(canonical)
    except Problem as problem:
        return Drawn("", refusal=str(problem))
    with Image.open(io.BytesIO(body)) as image:
        save(on_white(image), file)
    return Drawn(str(file), artwork.module_pixels, metadata.scan.score)


def on_white(image: Image.Image) -> Image.Image:
    """Return a picture in grey, with white where it is transparent."""
    paper = Image.new("RGBA", image.size, _WHITE)
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("L")


def save(grey: Image.Image, file: Path) -> None:
    """Write a picture whole or not at all: another run may look for it."""
    unfinished = file.with_suffix(f".{getpid()}")
    grey.save(unfinished, "PPM")
    unfinished.replace(file)


@cache
def layer_digest() -> str:
    """Return what the layer's files hold, in twelve digits: other drawings are other files."""
    layer = Path(qr_engine.__file__).parent
    files = [path for path in sorted(layer.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
