"""The decoders that Python reaches: ``python -m scripts.readers.decoders.python_decoders NAME`` is one of them."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any, TypeAlias

from PIL import Image

__all__ = ["PYTHON_DECODERS"]

Read: TypeAlias = Callable[[Image.Image], Iterable[str]]


def _zxingcpp() -> tuple[str, Read]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

    def read(picture: Image.Image) -> list[str]:
        return [barcode.text for barcode in zxingcpp.read_barcodes(picture, formats=formats)]

    return version("zxing-cpp"), read


def _zbar() -> tuple[str, Read]:
    from scripts.zbar import zbar

    scan = zbar()
    library = ctypes.CDLL(ctypes.util.find_library("zbar"))
    numbers = [ctypes.c_uint() for _ in range(3)]
    library.zbar_version(*[ctypes.byref(number) for number in numbers])

    def read(picture: Image.Image) -> list[str]:
        data = scan(picture)
        return [] if data is None else [data.decode("utf-8", "replace")]

    return ".".join(str(number.value) for number in numbers), read


def _quirc() -> tuple[str, Read]:
    import quirc

    def read(picture: Image.Image) -> list[str]:
        return [data.payload.decode("utf-8", "replace") for _, data in quirc.decode(picture)]

    return version("pyquirc"), read


def _rxing() -> tuple[str, Read]:
    import rxing

    def read(picture: Image.Image) -> list[str]:
        try:
            return [rxing.decode(picture, {"TRY_HARDER": True, "POSSIBLE_FORMATS": ["QR_CODE"]}).text]
        except (ValueError, RuntimeError):
            return []

    return version("rxing"), read


def _opencv(make: Callable[[Any], Any], decode: Callable[[Any, Any], Iterable[str]]) -> tuple[str, Read]:
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    detector = make(cv2)

    def read(picture: Image.Image) -> Iterable[str]:
        try:
            return decode(detector, np.asarray(picture))
        except cv2.error:
            return []

    return cv2.__version__, read


def _one(detector: Any, pixels: Any) -> list[str]:
    return [text for text in detector.detectAndDecode(pixels)[:1] if text]


PYTHON_DECODERS: dict[str, Callable[[], tuple[str, Read]]] = {
    "zxingcpp": _zxingcpp,
    "zbar": _zbar,
    "quirc": _quirc,
    "rxing": _rxing,
    "wechat": lambda: _opencv(
        lambda cv2: cv2.wechat_qrcode.WeChatQRCode(), lambda detector, pixels: detector.detectAndDecode(pixels)[0]
    ),
    "opencv": lambda: _opencv(lambda cv2: cv2.QRCodeDetector(), _one),
    "aruco": lambda: _opencv(lambda cv2: cv2.QRCodeDetectorAruco(), _one),
}
"""By name: what gives the decoder's version, and the function that returns the texts of a grey picture."""


def main() -> None:
    """Read each picture whose path comes in, until no more come."""
    version_of, read = PYTHON_DECODERS[sys.argv[1]]()
    print(version_of, flush=True)
    for line in sys.stdin:
        with Image.open(line.rstrip("\n")) as picture:
            picture.load()
        print(json.dumps(list(read(picture))), flush=True)


if __name__ == "__main__":
    main()
