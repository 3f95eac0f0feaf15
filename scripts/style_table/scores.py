"""How well a decoder reads the picture that the engine gives for a request."""

from __future__ import annotations

import io
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import resvg_py
from PIL import Image
from scripts.zbar import zbar

from qr_engine.pipeline import generate
from qr_engine.request import parse
from qr_engine.scan.read_back import can_read, read_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qr_engine.scan.read_back import Expected

__all__ = ["FORMATS", "SIZE", "TEXT", "picture", "scores", "scores_of_all"]

TEXT: Final = "https://example.com/styles"
SIZE: Final = 300
FORMATS: Final = ("svg", "png", "webp", "jpeg", "avif", "pdf", "eps")


def scores_of_all(cells: Sequence[tuple[str, dict[str, Any]]], *, jobs: int | None = None) -> list[tuple[int, int]]:
    """Return the `scores` of each format and style, as many at a time as there are processors, or `jobs`."""
    with ProcessPoolExecutor(jobs or cpu_count(), mp_context=get_context("fork")) as pool:
        return list(pool.map(_scores_of_one, cells, chunksize=8))


def _scores_of_one(cell: tuple[str, dict[str, Any]]) -> tuple[int, int]:
    form, style = cell
    return scores(form, **style)


def scores(form: str, **style: Any) -> tuple[int, int]:
    """Return the scores of `qr_engine.scan.read_back`, 0 to 100, by zxing-cpp and by ZBar."""
    image, modules = picture(form, **style)
    pixels = SIZE / modules if form in ("svg", "pdf", "eps") else SIZE // modules
    first, second = (read_back(image, TEXT, module_pixels=pixels, reader=reader) for reader in (can_read, _zbar_reads))
    return first.score, second.score


def picture(form: str, **style: Any) -> tuple[Image.Image, int]:
    """Return the finished picture as another program opens it, `SIZE` pixels wide, and its modules a side."""
    _, request = parse({"data": TEXT, "format": form, "size": SIZE, "verify": False, **style})
    body, metadata = generate.draw_picture(request)
    return _open(form, body), metadata.modules + 2 * metadata.quiet_zone


def _open(form: str, body: bytes) -> Image.Image:
    if form == "pdf":
        with pypdfium2.PdfDocument(body) as document:
            page = document[0]
            page_image: Image.Image = page.render(scale=SIZE / page.get_width()).to_pil()
            return page_image
    if form == "svg":
        body = bytes(resvg_py.svg_to_bytes(svg_string=body.decode(), width=SIZE))
    if form == "eps":
        body = _ghostscript(body)
    with Image.open(io.BytesIO(body)) as image:
        image.load()
        return image


def _ghostscript(body: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "code.eps"), Path(folder, "code.png")
        source.write_bytes(body)
        # A page of 96 dots to the inch, drawn larger and made smaller, which is its antialiasing.
        options = ["-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dEPSCrop", "-r384", "-dDownScaleFactor=4"]
        command = ["gs", *options, "-sDEVICE=png16m", f"-sOutputFile={target}", str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return target.read_bytes()


def _zbar_reads(image: Image.Image, expected: Expected) -> bool:
    return zbar()(image) == expected[1]
