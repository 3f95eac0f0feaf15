"""Encoders and readers by other people, to hold ours against."""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import zxingcpp
from PIL import Image
from qrcodegen import QrCode, QrSegment
from scripts.zbar import zbar
from tests import machine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qr_engine.symbol import Level, Segment, Symbol

__all__ = ["NAYUKI_LEVELS", "draw", "nayuki", "nayuki_rows", "nayuki_score", "opencv_reads", "rows", "zxing_reads"]

NAYUKI_LEVELS: dict[Level, QrCode.Ecc] = {
    "L": QrCode.Ecc.LOW,
    "M": QrCode.Ecc.MEDIUM,
    "Q": QrCode.Ecc.QUARTILE,
    "H": QrCode.Ecc.HIGH,
}
_KANJI = QrSegment.Mode.KANJI
_STRUCTURED_APPEND = QrSegment.Mode(0x3, (0, 0, 0))
_PIXELS = 4
_QUIET_ZONE = 4


def rows(symbol: Symbol) -> list[str]:
    """The modules as text, one line for each row."""
    stride = symbol.size + 4
    text = f"{symbol.matrix:0{symbol.size * stride}b}"
    return [text[y * stride : y * stride + symbol.size] for y in range(symbol.size)]


def _bits(*fields: tuple[int, int]) -> list[int]:
    return [value >> i & 1 for value, width in fields for i in range(width - 1, -1, -1)]


def _nayuki_segment(segment: Segment) -> QrSegment:
    if segment.mode == "numeric":
        return QrSegment.make_numeric(segment.text)
    if segment.mode == "alphanumeric":
        return QrSegment.make_alphanumeric(segment.text)
    if segment.mode == "byte":
        return QrSegment.make_bytes(segment.text.encode())
    fields = []
    for character in segment.text:
        code = int.from_bytes(character.encode("shift_jis"), "big")
        code -= 0x8140 if code < 0xE000 else 0xC140
        fields.append(((code >> 8) * 0xC0 + (code & 0xFF), 13))
    return QrSegment(_KANJI, len(segment.text), _bits(*fields))


def nayuki(symbol: Symbol, *, mask: int | None = None, sequence: tuple[int, int, bytes] | None = None) -> QrCode:
    """Nayuki's symbol of the same segments, version and level.

    With the mask `mask`, or with the one that Nayuki finds best; `sequence` has position, number of symbols and the
    whole data of a structured append.
    """
    assert symbol.error_correction is not None
    segments = [_nayuki_segment(segment) for segment in symbol.segments]
    if symbol.eci is not None:
        segments.insert(0, QrSegment.make_eci(symbol.eci))
    if sequence is not None:
        part, parts, data = sequence
        header = _bits((part - 1, 4), (parts - 1, 4), (reduce(xor, data), 8))
        segments.insert(0, QrSegment(_STRUCTURED_APPEND, 0, header))
    level = NAYUKI_LEVELS[symbol.error_correction]
    version = symbol.version
    return QrCode.encode_segments(segments, level, version, version, -1 if mask is None else mask, boostecl=False)


def nayuki_rows(code: QrCode) -> list[str]:
    """The modules of Nayuki's symbol, as `rows` gives ours."""
    size = range(code.get_size())
    return ["".join("01"[code.get_module(x, y)] for x in size) for y in size]


def nayuki_score(lines: list[str]) -> int:
    """The penalty that Nayuki's rules give to any square of modules."""
    code: Any = object.__new__(QrCode)
    code._size = len(lines)
    code._modules = [[module == "1" for module in line] for line in lines]
    score: int = code._get_penalty_score()
    return score


def draw(symbol: Symbol) -> NDArray[np.uint8]:
    """A picture with four pixels a module and a quiet zone."""
    modules = np.array([[255 * (module == "0") for module in row] for row in rows(symbol)], dtype=np.uint8)
    modules = np.pad(modules, _QUIET_ZONE, constant_values=255)
    return np.kron(modules, np.ones((_PIXELS, _PIXELS), dtype=np.uint8))


def zxing_reads(symbol: Symbol) -> str | None:
    """What zxing-cpp reads."""
    found = zxingcpp.read_barcode(draw(symbol), is_pure=True, text_mode=zxingcpp.TextMode.Plain)
    return None if found is None else str(found.text)


def zbar_reads(symbol: Symbol) -> str | None:
    """What a reader sees that tries Shift_JIS and ISO-8859-1 before UTF-8."""
    machine.library("zbar", "apt-get install libzbar0, or brew install zbar")
    data = zbar()(Image.fromarray(draw(symbol)))
    return None if data is None else data.decode("utf-8", "replace")


def opencv_reads(symbol: Symbol) -> str:
    """What OpenCV reads; it is told where the symbol is, because here only its decoder is asked."""
    first, last = _QUIET_ZONE * _PIXELS, (_QUIET_ZONE + symbol.size) * _PIXELS
    corners = np.array([[[first, first], [last, first], [last, last], [first, last]]], dtype=np.float32)
    text, _ = cv2.QRCodeDetector().decode(draw(symbol), corners)
    return text
