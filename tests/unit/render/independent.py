"""Symbols and pictures from other people's code, to hold ours against."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import resvg_py
import zxingcpp
from PIL import Image
from qrcodegen import QrCode, QrSegment
from tests.machine import command

from qr_engine.symbol.model import Level, Symbol

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from qr_engine.artwork import Artwork

__all__ = [
    "draw_any",
    "draw_modules",
    "draw_page",
    "draw_pdf",
    "draw_svg",
    "ghostscript",
    "on_white",
    "open_picture",
    "opencv_reads",
    "poppler",
    "symbol_of",
    "zxing_reads",
]

LEVELS: dict[Level, QrCode.Ecc] = {
    "L": QrCode.Ecc.LOW,
    "M": QrCode.Ecc.MEDIUM,
    "Q": QrCode.Ecc.QUARTILE,
    "H": QrCode.Ecc.HIGH,
}


@cache
def symbol_of(text: str, version: int = 2, level: Level = "L", mask: int = 3) -> Symbol:
    """The symbol as Nayuki's encoder makes it, in bytes mode; version, level and mask are taken as they are."""
    segments = [QrSegment.make_bytes(text.encode())]
    code = QrCode.encode_segments(segments, LEVELS[level], version, version, mask, boostecl=False)
    size = code.get_size()
    bits = "".join("".join("01"[code.get_module(x, y)] for x in range(size)) + "0000" for y in range(size))
    return Symbol(
        version=version,
        micro=False,
        error_correction=level,
        mask=mask,
        size=size,
        matrix=int(bits, 2),
        segments=(),
        eci=None,
        data_bits=0,
        capacity_bits=0,
    )


def draw_modules(artwork: Artwork) -> Image.Image:
    """The artwork as Pillow draws it, module by module, at a whole number of pixels each, centred."""
    symbol = artwork.symbol
    pixels = artwork.size // (symbol.size + 2 * artwork.margin)
    start = (artwork.size - pixels * (symbol.size + 2 * artwork.margin)) // 2 + pixels * artwork.margin
    foreground, background = artwork.foreground, artwork.background
    image = Image.new(
        "RGBA",
        (artwork.size, artwork.size),
        (background.red, background.green, background.blue, background.alpha),
    )
    paint = (foreground.red, foreground.green, foreground.blue, foreground.alpha)
    last = symbol.size * (symbol.size + 4) - 1
    for y in range(symbol.size):
        for x in range(symbol.size):
            if symbol.matrix >> (last - y * (symbol.size + 4) - x) & 1:
                left, top = start + x * pixels, start + y * pixels
                image.paste(paint, (left, top, left + pixels, top + pixels))
    return image


def open_picture(picture: bytes) -> Image.Image:
    """A picture as Pillow reads it, with alpha; without its resolution, which would make equal pixels unequal."""
    with Image.open(io.BytesIO(picture)) as image:
        pixels = image.convert("RGBA")
    pixels.info.clear()
    return pixels


def draw_svg(svg: bytes, width: int | None = None) -> Image.Image:
    """An SVG as resvg draws it, at its own size or scaled to `width` pixels."""
    return open_picture(bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), width=width)))


def draw_pdf(pdf: bytes, width: int) -> Image.Image:
    """The page of a PDF as PDFium draws it, on white."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        image: Image.Image = page.render(scale=width / page.get_width()).to_pil()
    return image.convert("RGBA")


def poppler(pdf: bytes, folder: Path, pixels_per_inch: int = 96) -> Image.Image:
    """The page of a PDF as Poppler draws it, on white."""
    program = command("pdftoppm", "install poppler-utils")
    (folder / "page.pdf").write_bytes(pdf)
    arguments = ["-r", str(pixels_per_inch), "-png", "-singlefile", str(folder / "page.pdf"), str(folder / "page")]
    subprocess.run([program, *arguments], check=True, capture_output=True, timeout=60)
    return open_picture((folder / "page.png").read_bytes())


def ghostscript(eps: bytes, folder: Path, pixels_per_inch: int = 96) -> Image.Image:
    """An EPS as Ghostscript draws it, cropped to its bounding box."""
    program = command("gs", "install ghostscript")
    (folder / "page.eps").write_bytes(eps)
    # It paints shadings without antialiasing, so everything is drawn larger and made smaller.
    scale = [f"-r{pixels_per_inch * 4}", "-dDownScaleFactor=4", "-sDEVICE=png16m"]
    arguments = ["-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dEPSCrop", *scale]
    places = [f"-sOutputFile={folder / 'page.png'}", str(folder / "page.eps")]
    subprocess.run([program, *arguments, *places], check=True, capture_output=True, timeout=60)
    return open_picture((folder / "page.png").read_bytes())


def draw_any(picture: bytes, format_name: str, width: int, folder: Path) -> Image.Image:
    """A picture in any format as an independent program draws it; a page has to measure `width` at 96 to the inch."""
    match format_name:
        case "svg":
            return draw_svg(picture, width)
        case "pdf":
            return draw_pdf(picture, width)
        case "eps":
            return ghostscript(picture, folder)
        case _:
            return open_picture(picture)


def draw_page(page: str, width: int, height: int, folder: Path) -> Image.Image:
    """An HTML page as Chromium shows it in a window of that many pixels."""
    program = command("chromium", "install chromium")
    (folder / "page.html").write_text(page)
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={width},{height}"]
    places = [f"--user-data-dir={folder / 'profile'}", f"--screenshot={folder / 'shot.png'}"]
    address = (folder / "page.html").as_uri()
    subprocess.run([program, *options, *places, address], check=True, capture_output=True, timeout=120)
    return open_picture((folder / "shot.png").read_bytes())


def on_paper(image: Image.Image) -> NDArray[np.uint8]:
    """The picture in grey, on white where it lets it through, with a hand's breadth of white around it."""
    border = image.width // 8
    paper = Image.new("RGBA", (image.width + 2 * border, image.height + 2 * border), "white")
    paper.alpha_composite(image, (border, border))
    return np.asarray(paper.convert("L"))


def on_white(image: Image.Image) -> NDArray[np.int_]:
    """Red, green and blue of each pixel, on white where the picture lets it through."""
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return np.asarray(paper.convert("RGB")).astype(int)


def zxing_reads(image: Image.Image) -> list[str]:
    return [barcode.text for barcode in zxingcpp.read_barcodes(on_paper(image))]


def opencv_reads(image: Image.Image) -> str:
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(on_paper(image))
    return str(text)
