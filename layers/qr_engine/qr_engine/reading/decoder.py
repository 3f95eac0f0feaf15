"""Symbols in a picture, found by zxing-cpp within a budget of processor time.

The time for a pass over a picture grows with the square of the number of finder patterns in it, and a hostile picture
is full of them. So no pass covers more than a megapixel, and the clock is checked after each one.
"""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from .clock import SEARCHING_SECONDS
from .model import MAX_SYMBOLS, ContentType, Corners, Point
from .modules import has_whole_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..symbol.model import Level
    from .clock import Clock
    from .picture import Picture

__all__ = ["FORMATS", "Found", "find_symbols"]

_PASS_PIXELS: Final = 1024 * 1024
FORMATS: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode])
_CONTENT_TYPES: Final[dict[zxingcpp.ContentType, ContentType]] = {
    zxingcpp.ContentType.Text: "text",
    zxingcpp.ContentType.Binary: "binary",
    zxingcpp.ContentType.Mixed: "mixed",
    zxingcpp.ContentType.GS1: "gs1",
    zxingcpp.ContentType.ISO15434: "iso15434",
    zxingcpp.ContentType.UnknownECI: "unknown_eci",
}
# A smaller picture may have one pixel per module, and the detection of finder patterns needs two.
_SMALL_SIDE: Final = 512
_ENLARGED: Final = 3
_PADDING: Final = 32


class Found(msgspec.Struct, frozen=True):
    """A symbol as the decoder sees it.

    Attributes
    ----------
    text, data, content_type
        Its content; without an ECI the decoder guesses the character set.
    modules
        A byte of 0 or 1 for each module, 1 for dark, row after row, as sampled: errors are included, and a mirrored
        symbol is turned over.
    unused
        Share of the error correction that is left, 0 to 1.
    grey
        The picture that it was found in, at most `KEPT_PIXELS`.
    corners, position
        Its place in `grey`, and in the picture as displayed.
    """

    text: str
    data: bytes
    content_type: ContentType
    version: int
    micro: bool
    error_correction: Level | None
    mask: int
    modules: bytes
    unused: float
    grey: Image.Image
    corners: Corners
    position: Corners

    @property
    def size(self) -> int:
        """Modules per side."""
        return 2 * self.version + 9 if self.micro else 4 * self.version + 17


class _View(msgspec.Struct, frozen=True):
    """A part of a picture at a scale: the area of one pass.

    Attributes
    ----------
    scale, left, top
        Its pixels per pixel of `grey`, and where in `grey` it begins.
    last
        Whether to search it only if nothing else was found.
    """

    image: Image.Image
    grey: Image.Image
    across: float = 1.0
    down: float = 1.0
    left: float = 0.0
    top: float = 0.0
    last: bool = False
    binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage


def find_symbols(picture: Picture, clock: Clock) -> tuple[Found, ...]:
    """Find the symbols of a picture, the largest first, at most `MAX_SYMBOLS`."""
    found: list[Found] = []
    for index, view in enumerate(_views(picture)):
        if (found and view.last) or (index and clock.is_past(SEARCHING_SECONDS)):
            break
        for barcode in _read(view):
            each = _describe(barcode, view, picture)
            if _is_plausible(each) and not any(_is_same(each.position, other.position) for other in found):
                found.append(each)
    return tuple(sorted(found, key=lambda each: -each.position.area)[:MAX_SYMBOLS])


def _views(picture: Picture) -> Iterator[_View]:
    """Yield the views to search, most productive first."""
    pages = [picture.grey] if picture.on_dark is None else [picture.grey, picture.on_dark]
    for grey in pages:
        yield _whole(grey)
        if grey.width * grey.height > _PASS_PIXELS:
            yield from _tiles(grey)
    for grey in pages:
        yield from _with_one_threshold(grey)
        if max(grey.size) <= _SMALL_SIDE:
            yield _enlarged(grey)


def _whole(grey: Image.Image) -> _View:
    scale = min(1.0, sqrt(_PASS_PIXELS / (grey.width * grey.height)))
    if scale == 1:
        return _View(grey, grey)
    size = max(1, int(grey.width * scale)), max(1, int(grey.height * scale))
    return _View(grey.resize(size, Image.Resampling.BOX), grey, size[0] / grey.width, size[1] / grey.height)


def _tiles(grey: Image.Image) -> Iterator[_View]:
    """Yield parts that overlap by half, so that any symbol of half a part's size lies entirely within one."""
    down = min(grey.height, int(sqrt(_PASS_PIXELS)))
    across = min(grey.width, _PASS_PIXELS // down)
    for top in _starts(grey.height, down):
        for left in _starts(grey.width, across):
            yield _View(grey.crop((left, top, left + across, top + down)), grey, left=left, top=top)


def _starts(length: int, part: int) -> list[int]:
    steps = ceil((length - part) / (part / 2))
    return [round(index * (length - part) / steps) for index in range(steps + 1)] if steps else [0]


def _with_one_threshold(grey: Image.Image) -> Iterator[_View]:
    """Yield the picture with a single threshold between dark and light, as it is and with its grain removed."""
    view = _whole(grey)
    for image in (view.image, view.image.filter(ImageFilter.GaussianBlur(1))):
        yield msgspec.structs.replace(view, image=image, last=True, binarizer=zxingcpp.Binarizer.GlobalHistogram)


def _enlarged(grey: Image.Image) -> _View:
    """Return the picture with more pixels per module, and with a border around it."""
    padded = ImageOps.expand(grey, _PADDING, fill=255)
    size = padded.width * _ENLARGED, padded.height * _ENLARGED
    return _View(
        padded.resize(size, Image.Resampling.NEAREST), grey, _ENLARGED, _ENLARGED, -_PADDING, -_PADDING, last=True
    )


def _read(view: _View) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(
        view.image, formats=FORMATS, text_mode=zxingcpp.TextMode.Plain, binarizer=view.binarizer
    )


def _describe(barcode: zxingcpp.Barcode, view: _View, picture: Picture) -> Found:
    """Convert what the decoder found."""
    extra = cast("dict[str, Any]", barcode.extra)
    version = str(extra["Version"])
    micro = version.startswith("M")
    corners = _corners(barcode.position).scale(1 / view.across, 1 / view.down).shift(view.left, view.top)
    return Found(
        text=barcode.text,
        data=barcode.bytes,
        content_type=_CONTENT_TYPES[barcode.content_type],
        version=int(version.removeprefix("M")),
        micro=micro,
        error_correction=None if version == "M1" else cast("Level", barcode.ec_level),
        mask=int(extra["DataMask"]),
        modules=_modules(barcode),
        unused=float(extra["UEC"]),
        grey=view.grey,
        corners=corners,
        position=corners.scale(picture.width / view.grey.width, picture.height / view.grey.height),
    )


def _is_same(one: Corners, other: Corners) -> bool:
    """Return whether two places belong to one symbol that was found twice; there are also symbols within symbols."""
    return other.contains(one.centre) and one.area < 2 * other.area and other.area < 2 * one.area


def _is_plausible(found: Found) -> bool:
    """Return whether a symbol is more than chance: M1 has only two check codewords, so its patterns must be right."""
    return found.error_correction is not None or has_whole_patterns(found.version, found.modules)


def _corners(position: zxingcpp.Position) -> Corners:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return Corners(*[Point(corner.x, corner.y) for corner in corners])


def _modules(barcode: zxingcpp.Barcode) -> bytes:
    image = barcode.to_image(scale=1, add_quiet_zones=False)
    return bytes(memoryview(image)).translate(_DARK)


_DARK: Final = bytes([1] * 128 + [0] * 128)
