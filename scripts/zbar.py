"""ZBar by way of its C library: a reader of another family than the one that the service is made with."""

from __future__ import annotations

import ctypes
import ctypes.util
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

__all__ = ["zbar"]


@cache
def zbar() -> Callable[[Image.Image], bytes | None]:
    """Return a function that gives what the first symbol in a picture says, in UTF-8, or None.

    Raises
    ------
    OSError
        The library is not installed (``apt-get install libzbar0``, ``brew install zbar``).
    """
    name = ctypes.util.find_library("zbar")
    if name is None:
        raise OSError("libzbar is missing: apt-get install libzbar0, or brew install zbar")
    library = ctypes.CDLL(name)
    for function, result in {
        "zbar_image_scanner_create": ctypes.c_void_p,
        "zbar_image_create": ctypes.c_void_p,
        "zbar_image_first_symbol": ctypes.c_void_p,
        "zbar_symbol_get_data": ctypes.c_char_p,
    }.items():
        getattr(library, function).restype = result

    def read(picture: Image.Image) -> bytes | None:
        # A scanner uses random numbers. A new one for each picture keeps the result independent of earlier pictures.
        scanner = ctypes.c_void_p(library.zbar_image_scanner_create())
        pixels = picture.convert("L").tobytes()
        image = ctypes.c_void_p(library.zbar_image_create())
        library.zbar_image_set_format(image, ctypes.c_ulong(int.from_bytes(b"Y800", "little")))
        library.zbar_image_set_size(image, *picture.size)
        library.zbar_image_set_data(image, pixels, ctypes.c_ulong(len(pixels)), None)
        library.zbar_scan_image(scanner, image)
        symbol = library.zbar_image_first_symbol(image)
        data: bytes | None = library.zbar_symbol_get_data(ctypes.c_void_p(symbol)) if symbol else None
        library.zbar_image_destroy(image)
        library.zbar_image_scanner_destroy(scanner)
        return data

    return read
