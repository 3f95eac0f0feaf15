"""A picture of an artwork made by another program, so that shapes are judged apart from this project's renderers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy
import resvg_py
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from qr_engine.artwork.model import Artwork, Gradient, Path, Tiles
from qr_engine.scan.read_back import REDUCED_MODULE_PIXELS

if TYPE_CHECKING:
    from qr_engine.artwork.model import Paint

Pixels: TypeAlias = NDArray[numpy.uint8]

FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode])


def svg(artwork: Artwork) -> str:
    """The layers in one flat colour each; the renderers' own SVG is tested elsewhere."""
    shapes = [f'<path fill="{_flat(layer.paint)}" d="{_print(layer.shape)}"/>' for layer in artwork.layers]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {artwork.modules} {artwork.modules}">'
        f'<rect width="100%" height="100%" fill="{artwork.background.hex}"/>{"".join(shapes)}</svg>'
    )


def _flat(paint: Paint) -> str:
    return paint.stops[0].color.hex if isinstance(paint, Gradient) else paint.hex


def _print(shape: Path | Tiles, x: float = 0, y: float = 0) -> str:
    if isinstance(shape, Tiles):
        return "".join([_print(shape.shapes[index], x, y) for x, y, index in shape.positions])
    return "".join(
        [
            command[0] + " ".join([f"{value + (y if i % 2 else x):.4f}" for i, value in enumerate(command[1:])])
            for command in shape
        ]
    )


def pixels(artwork: Artwork, side: int) -> Pixels:
    """The artwork as grey values, `side` pixels wide and high."""
    png = resvg_py.svg_to_bytes(svg_string=svg(artwork), width=side, height=side, skip_system_fonts=True)
    return numpy.asarray(Image.open(io.BytesIO(png)).convert("L"))


def conditions(artwork: Artwork, side: int) -> dict[str, list[Pixels]]:
    """The picture as it is, reduced to about three pixels a module, of which one has to be read, and blurred."""
    picture = pixels(artwork, side)
    return {
        "as it is": [picture],
        "reduced": [_reduce(picture, round(artwork.modules * each)) for each in REDUCED_MODULE_PIXELS],
        "blurred": [numpy.asarray(cv2.GaussianBlur(picture, (0, 0), 0.3 * side / artwork.modules), numpy.uint8)],
    }


def _reduce(picture: Pixels, side: int) -> Pixels:
    return numpy.asarray(Image.fromarray(picture).resize((side, side), Image.Resampling.BOX))


def read(picture: Pixels) -> str | None:
    """What zxing-cpp reads, or None."""
    found = zxingcpp.read_barcodes(picture, formats=FORMATS)
    return found[0].text if found else None


def failures(artwork: Artwork, text: str, side: int = 300) -> list[str]:
    """The conditions under which the picture cannot be read."""
    return [name for name, pictures in conditions(artwork, side).items() if text not in map(read, pictures)]


def flatten(path: Path, steps: int = 24) -> list[list[tuple[float, float]]]:
    """The outlines of `path` as polygons, each curve as `steps` lines."""
    outlines: list[list[tuple[float, float]]] = []
    for command in path:
        if command[0] == "M":
            outlines.append([(command[1], command[2])])
        elif command[0] == "L":
            outlines[-1].append((command[1], command[2]))
        elif command[0] == "C":
            ends = [outlines[-1][-1], *zip(command[1::2], command[2::2], strict=True)]
            for step in range(1, steps + 1):
                t = step / steps
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                outlines[-1].append(
                    (
                        sum(weight * x for weight, (x, _) in zip(weights, ends, strict=True)),
                        sum(weight * y for weight, (_, y) in zip(weights, ends, strict=True)),
                    )
                )
    return outlines
