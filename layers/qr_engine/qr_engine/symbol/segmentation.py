"""The division of a text into modes that takes the fewest bits (ISO/IEC 18004:2015, 7.4 and annex J).

Dynamic programming over runs of characters of one class instead of over characters. That loses nothing: one more
character costs a numeric segment at most 4 bits, an alphanumeric one 5 or 6, a byte one 8, so where two neighbouring
segments could share out a run, the cheaper mode takes all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .kanji import kanji_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Mode
    from .standard import Header

__all__ = ["SIXTHS", "Run", "coarse_runs", "divide", "fine_runs", "least_bits", "payload_bits"]

_DIGITS = b"0123456789"
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_IS_DIGIT = bytes(ord("0" if code in _DIGITS else "x") for code in range(256))
_IS_ALPHANUMERIC = bytes(ord("A" if code in _DIGITS + _LETTERS else "x") for code in range(256))

_HOLDERS: dict[Mode, tuple[Mode, ...]] = {
    "numeric": ("numeric", "alphanumeric", "byte"),
    "alphanumeric": ("alphanumeric", "byte"),
    "byte": ("byte",),
    "kanji": ("kanji", "byte"),
}
"""Which modes can hold the characters of a class, the most compact first; a class is named after that one."""

SIXTHS: dict[Mode, int] = {"numeric": 20, "alphanumeric": 33, "byte": 48, "kanji": 78}
"""Sixths of a bit for a character; a segment ends on the next whole bit. Byte mode counts bytes."""


class Run(msgspec.Struct, frozen=True):
    """Neighbouring characters of one class, or a segment.

    Attributes
    ----------
    mode
        The most compact mode that can hold them; for a segment, the mode that does.
    data
        Their UTF-8 bytes.
    characters
        How many there are.
    """

    mode: Mode
    data: bytes
    characters: int


def payload_bits(mode: Mode, run: Run) -> int:
    """Count the bits of a run as one segment of `mode`, without its header."""
    return -(-SIXTHS[mode] * (len(run.data) if mode == "byte" else run.characters) // 6)


def least_bits(data: bytes) -> int:
    """Return a lower bound for the bits of any division: every character in its best mode, and no headers."""
    digits = len(data) - len(data.translate(None, _DIGITS))
    letters = len(data) - len(data.translate(None, _LETTERS))
    rest = len(data) - digits - letters
    # Of what UTF-8 writes in two to four bytes, Kanji mode makes 13 bits: never fewer than 3 a byte.
    return digits * 10 // 3 + letters * 11 // 2 + (8 * rest if data.isascii() else 3 * rest)


def coarse_runs(data: bytes) -> list[Run]:
    """Return the runs that a QR Code segment could gain from, without Kanji.

    Short runs are left in their surroundings, where they cost no more. Without Kanji mode, a neighbour that can hold
    them always exists, so their own segment would have to pay for its header, 13 bits or more (14 for digits): three
    digits save at most 14 bits of byte mode and fewer of alphanumeric, three alphanumeric characters at most 7.
    """
    alphanumeric = data.translate(_IS_ALPHANUMERIC)
    if b"AAAA" not in alphanumeric and b"x" in alphanumeric:
        return [_make_run("byte", data)]
    digits = data.translate(_IS_DIGIT)
    if b"x" not in digits:
        return [_make_run("numeric", data)]
    if b"x" not in alphanumeric and b"0000" not in digits:
        return [_make_run("alphanumeric", data)]
    runs: list[Run] = []
    done, end = 0, len(data)
    while done < end:
        start = _find_or_end(alphanumeric, b"AAAA", done, end)
        if start > done:
            runs.append(_make_run("byte", data[done:start]))
        done = _find_or_end(alphanumeric, b"x", start, end)
        while start < done:
            number = _find_or_end(digits, b"0000", start, done)
            if number > start:
                runs.append(_make_run("alphanumeric", data[start:number]))
            start = _find_or_end(digits, b"x", number, done)
            if start > number:
                runs.append(_make_run("numeric", data[number:start]))
    return runs


def _find_or_end(data: bytes, pattern: bytes, start: int, end: int) -> int:
    """Return the index of `pattern`, or `end` where it does not occur."""
    index = data.find(pattern, start, end)
    return end if index < 0 else index


def _make_run(mode: Mode, data: bytes) -> Run:
    return Run(mode, data, len(data))


def fine_runs(text: str, *, kanji: bool) -> list[Run]:
    """Return every run of characters of one class: for Kanji mode, and for the short headers of Micro QR."""
    runs: list[Run] = []
    last: Mode | None = None
    start = 0
    for position, character in enumerate(text):
        mode = _classify(character, kanji=kanji)
        if mode != last:
            if last is not None:
                runs.append(Run(last, text[start:position].encode(), position - start))
            last, start = mode, position
    if last is not None:
        runs.append(Run(last, text[start:].encode(), len(text) - start))
    return runs


def _classify(character: str, *, kanji: bool) -> Mode:
    if character.isascii():
        code = ord(character)
        return "numeric" if code in _DIGITS else "alphanumeric" if code in _LETTERS else "byte"
    return "kanji" if kanji and kanji_code(character) is not None else "byte"


def divide(
    runs: list[Run], headers: Mapping[Mode, Header], *, kanji_as_bytes: bool = True
) -> tuple[list[Run], int] | None:
    """Find the segments with the fewest bits, and these bits with the headers; None if no mode in `headers` holds all.

    Parameters
    ----------
    kanji_as_bytes
        Whether byte mode may hold what Kanji mode can.
    """
    if len(runs) == 1 and runs[0].mode in headers and runs[0].mode != "kanji":
        run = runs[0]
        return runs, headers[run.mode].bits + payload_bits(run.mode, run)
    opening = {mode: 6 * header.bits for mode, header in headers.items()}
    # For each mode, the fewest sixths of a bit for everything so far if the last segment has that mode; the cheapest of
    # them closed on a whole bit; and, to go back by, the mode before each run.
    costs: dict[Mode, int] = {}
    closed, cheapest = 0, runs[0].mode
    origins: list[dict[Mode, Mode]] = []
    for run in runs:
        extended: dict[Mode, int] = {}
        origin: dict[Mode, Mode] = {}
        for mode in _HOLDERS[run.mode]:
            if mode not in opening or (run.mode == "kanji" and mode == "byte" and not kanji_as_bytes):
                continue
            cost, origin[mode] = closed + opening[mode], cheapest
            if costs.get(mode, cost + 1) <= cost:
                cost, origin[mode] = costs[mode], mode
            extended[mode] = cost + SIXTHS[mode] * (len(run.data) if mode == "byte" else run.characters)
        if not extended:
            return None
        costs = extended
        cheapest = min(costs, key=costs.__getitem__)
        closed = -(-costs[cheapest] // 6) * 6
        origins.append(origin)
    return _trace_back(runs, origins, cheapest), closed // 6


def _trace_back(runs: list[Run], origins: list[dict[Mode, Mode]], mode: Mode) -> list[Run]:
    """Return the segments that end in `mode`, from the mode before each run."""
    parts: list[tuple[Mode, list[Run]]] = []
    for run, origin in zip(reversed(runs), reversed(origins), strict=True):
        if not parts or parts[-1][0] != mode:
            parts.append((mode, []))
        parts[-1][1].append(run)
        mode = origin[mode]
    return [_merge(segment_mode, segment_runs[::-1]) for segment_mode, segment_runs in reversed(parts)]


def _merge(mode: Mode, runs: list[Run]) -> Run:
    return Run(mode, b"".join([run.data for run in runs]), sum([run.characters for run in runs]))
