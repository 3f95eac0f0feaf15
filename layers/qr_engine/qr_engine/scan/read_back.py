"""Read the finished picture back, as drawn and as a camera sees it in hard conditions.

The decoder is zxing-cpp, which many phones' scanners are based on. This module loads it and Pillow, so it is imported
only to verify a picture.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import msgspec
import zxingcpp
from PIL import Image, ImageChops

from ..errors import Issue
from .conditions import WORKING_MODULE_PIXELS, photograph, read_in_conditions
from .report import Condition
from .worst_condition import NEGATIVE_SHARE, describe_worst_condition

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

__all__ = ["Condition", "Expected", "Failure", "ReadBack", "can_read", "read_back", "read_back_issues"]

Expected: TypeAlias = tuple[str, bytes]
"""The text that a picture must contain, and its UTF-8 bytes."""

Failure = Literal["not_found", "damaged", "different_text"]

# A picture passes if it is read at one of these: how camera pixels fall on the modules changes from frame to frame.
REDUCED_MODULE_PIXELS: Final = (3.0, 2.9, 3.1, 2.8, 3.2)
_FURTHER_AWAY: Final = 0.93
# With more pixels a module, a decoder is slower and reads no more. A picture with at least twice as many is reduced.
_MOST_MODULE_PIXELS: Final = 10
_WHITE_PAGE: Final = (255, 255, 255, 255)
# The page of a dark colour scheme.
_DARK_PAGE: Final = (18, 18, 18, 255)


class ReadBack(msgspec.Struct, frozen=True):
    """The result of decoding a picture.

    Attributes
    ----------
    score
        0 to 100: the share of camera conditions in which the picture was read, a third of that where only its negative
        was; 0 where it was not read ``as_it_is`` or ``reduced``.
    conditions
        The conditions that were tried.
    worst_condition
        The most common of the failed conditions, in words; None where none failed.
    failure
        Why the picture was not read as it is or reduced: a symbol was ``not_found``, is too ``damaged``, or has a
        ``different_text``; None where the picture was read.
    """

    score: int
    conditions: tuple[Condition, ...]
    failure: Failure | None = None
    worst_condition: str | None = None


def can_read(image: Image.Image, expected: Expected) -> bool:
    """Return whether zxing-cpp reads the expected text or bytes from a picture that is dark on light."""
    text, data = expected
    return any(barcode.text == text or barcode.bytes == data for barcode in _decoder()(image))


def read_back(
    picture: Image.Image,
    text: str,
    *,
    module_pixels: float,
    reader: Callable[[Image.Image, Expected], bool] = can_read,
) -> ReadBack:
    """Decode a picture in every condition; stop where it fails as it is or reduced.

    Parameters
    ----------
    picture
        A picture of any mode; if it is not opaque, it is put on white.
    text
        The text that it must contain, compared as text and as UTF-8 bytes. Without an ECI a reader may guess another
        character set, and ``eci: never`` asks only for the right bytes.
    module_pixels
        Side of a module in `picture`.
    reader
        The decoder. If it does not read the picture, it gets the negative.
    """
    expected = (text, text.encode())

    def read(image: Image.Image) -> bool:
        return reader(image, expected)

    def read_negative(image: Image.Image) -> bool:
        return reader(ImageChops.invert(image), expected)

    layered = picture.convert("RGBA") if picture.has_transparency_data else None
    # A picture with an alpha channel may still be opaque everywhere.
    transparent = layered is not None and layered.getchannel("A").getextrema()[0] != 255
    grey = picture.convert("L") if layered is None else _place_on_page(layered, _WHITE_PAGE)
    factor = int(module_pixels / _MOST_MODULE_PIXELS)
    if factor > 1:
        grey, module_pixels = grey.reduce(factor), module_pixels / factor
    dark_on_light = any(read(image) for image in _frames_as_is(grey))
    if not dark_on_light:
        if not any(read_negative(image) for image in _frames_as_is(grey)):
            return ReadBack(0, (Condition("as_it_is", 0),), _classify_failure(grey))
        read = read_negative
    passed = {"as_it_is": True, "reduced": any(read(image) for image in _reduced_frames(grey, module_pixels))}
    if not passed["reduced"]:
        frame = _scale_down(grey, REDUCED_MODULE_PIXELS[0] / module_pixels)
        return ReadBack(0, _conditions(passed), _classify_failure(frame))
    passed["dark_on_light"] = dark_on_light
    in_camera = read_in_conditions(photograph(grey, module_pixels), read)
    if layered is not None and transparent:
        dark = _place_on_page(layered, _DARK_PAGE)
        dark = _scale_down(dark, WORKING_MODULE_PIXELS * grey.width / module_pixels / dark.width)
        in_camera["on_dark"] = read(dark) or read_negative(dark)
    passed |= in_camera
    share = sum(in_camera.values()) / len(in_camera) * (1 if dark_on_light else NEGATIVE_SHARE)
    return ReadBack(
        round(100 * share),
        _conditions(passed),
        worst_condition=describe_worst_condition([name for name in passed if not passed[name]]),
    )


def read_back_issues(
    outcome: ReadBack, fields: Collection[str], *, logo_size: float | None = None
) -> tuple[Issue, ...]:
    """Return the issue with a picture that was not read back; none when it was read.

    The issue names the field most likely to blame, and the change that mends it.

    Parameters
    ----------
    fields
        Paths of the fields that the request sets, such as ``logo.size``.
    logo_size
        Size of the logo in percent, if there is one.
    """
    if outcome.failure is None:
        return ()
    where = "" if outcome.conditions[-1].name == "as_it_is" else f" at {REDUCED_MODULE_PIXELS[0]:g} pixels a module"
    path, change, suggestion = next(
        (remedy for remedy in _REMEDIES[outcome.failure] if remedy[0] in fields), _REMEDIES[outcome.failure][-1]
    )
    if path == "logo.size" and logo_size is not None:
        suggestion = max(1, int(logo_size * 0.8))
    return (Issue(path, f"{_REASONS[outcome.failure]}{where}: {change}.", suggestion=suggestion),)


_REASONS: Final[dict[Failure, str]] = {
    "not_found": "A decoder finds no symbol in the finished picture",
    "damaged": "A decoder finds more errors in the finished picture than it can correct",
    "different_text": "A decoder reads a different text from the finished picture",
}

# The likeliest to blame first; the last one is the answer when the request sets none of these fields.
_REMEDIES: Final[dict[Failure, tuple[tuple[str, str, str | int | None], ...]]] = {
    "not_found": (
        (
            "contrast",
            "use colours with a contrast of at least 3, or set contrast to refuse to see which ones fail",
            "refuse",
        ),
        ("effects", "leave the effects out, or lower their intensity", None),
        ("stroke", "make the stroke narrower, or as light as the background", None),
        ("eye_shape", "use a plainer shape for the eyes", "square"),
        ("eye_border_style", "use a plainer border for the eyes", "square"),
        ("eye_center_style", "use a plainer centre for the eyes", "square"),
        ("gradient", "use one dark colour", None),
        ("data_pattern", "use a pattern that fills more of each module", "square"),
        ("logo.size", "make the logo smaller", None),
        ("frame", "leave the frame out", None),
        ("margin", "use a quiet zone of four modules", 4),
        ("size", "make the picture larger", 600),
    ),
    "damaged": (
        ("logo.size", "make the logo smaller", None),
        ("effects", "leave the effects out, or lower their intensity", None),
        ("stroke", "make the stroke narrower, or as light as the background", None),
        ("data_pattern", "use a pattern that fills more of each module", "square"),
        ("gradient", "use one dark colour", None),
        ("size", "make the picture larger", 600),
        ("error_correction", "raise the error correction level", "H"),
    ),
    "different_text": (("eci", "mark the text as UTF-8", "always"),),
}


def _conditions(passed: dict[str, bool]) -> tuple[Condition, ...]:
    return tuple([Condition(name, int(read)) for name, read in passed.items()])


def _frames_as_is(grey: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture as it is, in black and white, and from a little further away.

    A reader takes its thresholds from blocks of pixels, and in one of a hundred pictures it is a matter of luck whether
    they come out right. A phone tries frame after frame.
    """
    yield grey
    yield _binarize(grey)
    yield _scale_down(grey, _FURTHER_AWAY, Image.Resampling.BILINEAR)


def _reduced_frames(grey: Image.Image, module_pixels: float) -> Iterator[Image.Image]:
    """Yield the picture at each of `REDUCED_MODULE_PIXELS`, reduced in two ways, and in black and white."""
    for resampling in (Image.Resampling.BOX, Image.Resampling.BILINEAR):
        for pixels in REDUCED_MODULE_PIXELS:
            yield _scale_down(grey, pixels / module_pixels, resampling)
    yield _binarize(_scale_down(grey, REDUCED_MODULE_PIXELS[0] / module_pixels))


def _binarize(grey: Image.Image) -> Image.Image:
    extrema: Any = grey.getextrema()
    middle = sum(extrema) // 2
    return grey.point([0] * (middle + 1) + [255] * (255 - middle))


def _place_on_page(picture: Image.Image, page: tuple[int, int, int, int]) -> Image.Image:
    paper = Image.new("RGBA", picture.size, page)
    paper.alpha_composite(picture)
    return paper.convert("L")


def _scale_down(image: Image.Image, factor: float, resampling: Image.Resampling = Image.Resampling.BOX) -> Image.Image:
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, resampling)


def _classify_failure(image: Image.Image) -> Failure:
    barcodes = _decoder(errors=True)(image)
    if any(barcode.valid for barcode in barcodes):
        return "different_text"
    return "damaged" if barcodes else "not_found"


@cache
def _decoder(*, errors: bool = False) -> Callable[[Image.Image], list[zxingcpp.Barcode]]:
    """Return the decoder; with `errors`, it also returns symbols that it could not decode, and tries negatives."""
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode])

    def decode(image: Image.Image) -> list[zxingcpp.Barcode]:
        return zxingcpp.read_barcodes(
            image, formats=formats, text_mode=zxingcpp.TextMode.Plain, return_errors=errors, try_invert=errors
        )

    return decode
