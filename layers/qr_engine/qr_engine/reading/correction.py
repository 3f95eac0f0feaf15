"""Error correction: Reed-Solomon over GF(256) (ISO/IEC 18004:2015, 7.5.2 and annex B)."""

from __future__ import annotations

from typing import Final

from ..symbol.reed_solomon import error_correction_codewords

__all__ = ["correct"]

_POLYNOMIAL: Final = 0x11D


def _powers() -> tuple[bytes, bytes]:
    powers, logarithms, value = bytearray(510), bytearray(256), 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logarithms[value] = exponent
        value <<= 1
        if value & 0x100:
            value ^= _POLYNOMIAL
    return bytes(powers), bytes(logarithms)


_POWERS, _LOGARITHMS = _powers()


def correct(block: bytes, count: int) -> bytes | None:
    """Return a block without its errors; None if there are more than it can correct.

    Parameters
    ----------
    block
        Data codewords, then `count` error correction codewords.
    """
    if error_correction_codewords(block[:-count], count) == block[-count:]:
        return block
    syndromes = [_evaluate(block, power) for power in _POWERS[:count]]
    locator = _find_locator(syndromes)
    errors = len(locator) - 1
    if not 0 < errors <= count // 2:
        return None
    length = len(block)
    # A root at the inverse of a power of two locates the codeword with that power.
    places = [place for place in range(length) if not _evaluate_rising(locator, _POWERS[255 - place % 255])]
    if len(places) != errors:
        return None
    evaluator = _multiply_rising(syndromes, locator)[:count]
    slope = [each if index % 2 else 0 for index, each in enumerate(locator)][1:]
    corrected = bytearray(block)
    for place in places:
        inverse = _POWERS[255 - place % 255]
        magnitude = _divide(_evaluate_rising(evaluator, inverse), _evaluate_rising(slope, inverse))
        corrected[length - 1 - place] ^= _multiply(magnitude, _POWERS[place % 255])
    whole = bytes(corrected)
    return whole if error_correction_codewords(whole[:-count], count) == whole[-count:] else None


def _find_locator(syndromes: list[int]) -> list[int]:
    """Return the error locator, lowest power first, by the method of Berlekamp and Massey."""
    locator, previous, length, shift, last = [1], [1], 0, 1, 1
    for index, syndrome in enumerate(syndromes):
        discrepancy = syndrome
        for power in range(1, min(length, len(locator) - 1) + 1):
            discrepancy ^= _multiply(locator[power], syndromes[index - power])
        if not discrepancy:
            shift += 1
            continue
        factor = _divide(discrepancy, last)
        changed = locator + [0] * (len(previous) + shift - len(locator))
        for power, each in enumerate(previous):
            changed[power + shift] ^= _multiply(factor, each)
        if 2 * length <= index:
            previous, length, last, shift = locator, index + 1 - length, discrepancy, 1
        else:
            shift += 1
        locator = changed
    while len(locator) > 1 and not locator[-1]:
        locator.pop()
    return locator


def _multiply(a: int, b: int) -> int:
    return _POWERS[_LOGARITHMS[a] + _LOGARITHMS[b]] if a and b else 0


def _divide(a: int, b: int) -> int:
    return _POWERS[_LOGARITHMS[a] + 255 - _LOGARITHMS[b]] if a and b else 0


def _evaluate(falling: bytes, x: int) -> int:
    value, step = 0, _LOGARITHMS[x]
    for each in falling:
        value = (_POWERS[_LOGARITHMS[value] + step] if value else 0) ^ each
    return value


def _evaluate_rising(rising: list[int], x: int) -> int:
    value = 0
    for each in reversed(rising):
        value = _multiply(value, x) ^ each
    return value


def _multiply_rising(a: list[int], b: list[int]) -> list[int]:
    product = [0] * (len(a) + len(b) - 1)
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            product[i + j] ^= _multiply(left, right)
    return product
