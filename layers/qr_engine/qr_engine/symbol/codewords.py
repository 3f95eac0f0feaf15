"""Turn the bits of the data into the final message (ISO/IEC 18004:2015, 7.4.9, 7.4.10, 7.5 and 7.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reed_solomon import error_correction_codewords

if TYPE_CHECKING:
    from .standard import Blocks

__all__ = ["final_message", "interleave"]

_PADDING = b"\xec\x11" * 1478
"""The two pad codewords in turn, enough for the 2,956 data codewords of 40-L."""


def _data_codewords(value: int, bits: int, capacity: int, terminator: int) -> bytes:
    """Append terminator and padding; a last codeword of four bits (M1, M3) is in the high half of its byte."""
    open_bits = min(terminator, capacity - bits)
    bits += open_bits
    # The four-bit codeword gets the bits that are left once the eight-bit codewords are full.
    fill = min(-bits % 8, capacity - bits)
    bits += fill
    value <<= open_bits + fill
    whole, half = divmod(capacity, 8)
    if bits <= 8 * whole:
        return value.to_bytes(bits // 8, "big") + _PADDING[: whole - bits // 8] + b"\x00" * (half > 0)
    return (value << 4).to_bytes(whole + 1, "big")


def interleave(parts: list[bytes], short: int) -> bytes:
    """Join the first bytes of all parts, then the second, and so on; the first `short` parts lack the last byte."""
    count = len(parts)
    if count == 1:
        return parts[0]
    length = len(parts[0])
    interleaved = bytearray(count * length)
    for index, part in enumerate(parts):
        interleaved[index::count] = part[:length]
    return bytes(interleaved) + b"".join([part[length:] for part in parts[short:]])


def final_message(value: int, bits: int, blocks: Blocks, terminator: int = 4) -> bytes:
    """Return the final message: "0" or "1" for each bit, without remainder bits.

    Parameters
    ----------
    value, bits
        The encoded data, and its length in bits.
    blocks
        The blocks of the version and level.
    terminator
        Bits of a whole terminator; it is shortened where the data leave less room.
    """
    data = _data_codewords(value, bits, blocks.data_bits, terminator)
    if blocks.count == 1:
        parity = error_correction_codewords(data, blocks.ec)
        if blocks.data_bits % 8:
            return (_print_bits(data)[:-4] + _print_bits(parity)).encode()
        return _print_bits(data + parity).encode()
    parts, start = [], 0
    for index in range(blocks.count):
        end = start + blocks.length + (index >= blocks.short)
        parts.append(data[start:end])
        start = end
    parities = [error_correction_codewords(part, blocks.ec) for part in parts]
    return _print_bits(interleave(parts, blocks.short) + interleave(parities, 0)).encode()


def _print_bits(codewords: bytes) -> str:
    return f"{int.from_bytes(codewords, 'big'):0{8 * len(codewords)}b}"
