"""Error correction codewords: Reed-Solomon over GF(256) (ISO/IEC 18004:2015, 7.5.2 and annex A)."""

from __future__ import annotations

from functools import cache

__all__ = ["error_correction_codewords", "remainder_table"]

_REDUCE = 0x1D
"""The primitive polynomial x^8 + x^4 + x^3 + x^2 + 1, without its highest term."""


def _double(value: int, high_bits: int) -> int:
    """Multiply every byte of `value` by 2 in the field, all at once; `high_bits` has 0x80 for each byte."""
    overflow = value & high_bits
    # Each overflow becomes a 1 at the low end of its byte, and 1 times 0x1D stays inside that byte.
    return ((value ^ overflow) << 1) ^ (overflow >> 7) * _REDUCE


@cache
def remainder_table(count: int) -> tuple[int, ...]:
    """Return for each byte the term to add to a remainder of `count` bytes when that byte is shifted out at the top.

    The remainder is one integer, the highest power first.
    """
    high_bits = int.from_bytes(b"\x80" * (count + 1), "big")
    generator, root = 1, 1
    for _ in range(count):
        # Multiply by (x + root): the x term is a shift, and the other a product with a constant, bit by bit.
        product, power = 0, generator
        for bit in range(8):
            if root >> bit & 1:
                product ^= power
            power = _double(power, high_bits)
        generator = generator << 8 ^ product
        root = _double(root, 0x80)
    basis = generator ^ 1 << 8 * count
    table = [0]
    for _ in range(8):
        table += [entry ^ basis for entry in table]
        basis = _double(basis, high_bits)
    return tuple(table)


def error_correction_codewords(data: bytes, count: int) -> bytes:
    """Compute the `count` error correction codewords of one block of data codewords."""
    table = remainder_table(count)
    top = 8 * (count - 1)
    low = (1 << top) - 1
    remainder = 0
    for codeword in data:
        remainder = (remainder & low) << 8 ^ table[remainder >> top ^ codeword]
    return remainder.to_bytes(count, "big")
