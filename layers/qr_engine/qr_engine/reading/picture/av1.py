"""Read the headers of AV1 streams (AV1 Bitstream & Decoding Process Specification, 5.3 to 5.5)."""

from __future__ import annotations

from typing import Final

from .model import refuse

__all__ = ["count_pixels"]

_MAX_FRAMES: Final = 64
"""A still picture is one frame, or a few that refine each other."""

_SEQUENCE, _FRAME_HEADER, _FRAME = 1, 3, 6
_MOST_HEADER_BYTES: Final = 256


def count_pixels(stream: bytes) -> int:
    """Add up the pixels of all frames of a stream, shown or not, up to the first invalid part.

    Raises
    ------
    InvalidRequest
        It has more frames than a picture needs.
    """
    pixels = largest = frames = position = 0
    while position < len(stream):
        head = stream[position]
        if head & 0x80:
            break
        position += 2 if head & 4 else 1
        length = len(stream) - position
        if head & 2:
            length, position = _read_length(stream, position)
        kind = head >> 3 & 15
        if kind == _SEQUENCE:
            largest = max(largest, _sequence_pixels(stream[position : position + min(length, _MOST_HEADER_BYTES)]))
        elif kind in (_FRAME, _FRAME_HEADER):
            pixels, frames = pixels + largest, frames + 1
            if frames > _MAX_FRAMES:
                refuse(f"An AVIF can have at most {_MAX_FRAMES} frames for one picture.", limit={"max": _MAX_FRAMES})
        position += length
    return pixels


def _read_length(stream: bytes, position: int) -> tuple[int, int]:
    """Read a number of seven bits per byte, lowest first, and return it with the position after it (4.10.5)."""
    length = 0
    for index, octet in enumerate(stream[position : position + 8]):
        length |= (octet & 127) << 7 * index
        if octet < 128:
            return length, position + index + 1
    return length, position + 8


def _sequence_pixels(header: bytes) -> int:
    """Read the pixels of the largest frame from a sequence header (5.5.1)."""
    bits = _Bits(header)
    bits.take(4)
    if bits.take(1):
        # A still picture with a short header.
        bits.take(5)
    else:
        _skip_operating_points(bits)
    across, down = bits.take(4) + 1, bits.take(4) + 1
    return (bits.take(across) + 1) * (bits.take(down) + 1)


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = 0
    if bits.take(1):
        bits.take(64)
        if bits.take(1):
            bits.skip_variable()
        if bits.take(1):
            delay_bits = bits.take(5) + 1
            bits.take(42)
    has_display_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay_bits and bits.take(1):
            bits.take(2 * delay_bits + 1)
        if has_display_delay and bits.take(1):
            bits.take(4)


class _Bits:
    """Reads numbers of any length in bits; beyond the end there are zeros."""

    def __init__(self, value: bytes) -> None:
        self._value, self._left = int.from_bytes(value, "big"), 8 * len(value)

    def take(self, count: int) -> int:
        self._left -= count
        shifted = self._value >> self._left if self._left >= 0 else self._value << -self._left
        return shifted & (1 << count) - 1

    def skip_variable(self) -> None:
        """Skip a number that encodes its own length (4.10.3)."""
        zeros = 0
        while zeros < 32 and not self.take(1):
            zeros += 1
        self.take(zeros)
