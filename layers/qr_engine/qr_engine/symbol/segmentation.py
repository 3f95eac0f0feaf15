"""Divide a text into segments with the fewest bits (ISO/IEC 18004:2015, 7.4 and annex J).

This is dynamic programming over runs of characters of one class instead of over characters, and still optimal. One more
character costs a numeric segment at most 4 bits, an alphanumeric one 5 or 6, and a byte segment 8. So if two
neighbouring segments could share a run, it is cheapest to give the whole run to the one with the cheaper mode.
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
"""The modes that can hold the characters of a class, the most compact first; that one names the class."""

SIXTHS: dict[Mode, int] = {"numeric": 20, "alphanumeric": 33, "byte": 48, "kanji": 78}
"""Sixths of a bit for each character, or for each byte in byte mode; a segment is rounded up to whole bits."""


class Run(msgspec.Struct, frozen=True):
    """Neighbouring characters of one class, or a segment.

    Attributes
    ----------
    mode
        The most compact mode that can hold the characters; for a segment, its mode.
    data
        UTF-8 bytes of the characters.
    characters
        Number of the characters.
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
    # Kanji mode writes a character of two to four UTF-8 bytes in 13 bits, which is never fewer than 3 bits a byte.
    return digits * 10 // 3 + letters * 11 // 2 + (8 * rest if data.isascii() else 3 * rest)


def coarse_runs(data: bytes) -> list[Run]:
    """Return the runs that could be worth a segment in a QR Code without Kanji mode.

    Shorter runs stay in the run around them, where they cost no more: without Kanji mode, a neighbour can always hold
    them. A separate segment would need a header of 13 bits or more (14 for digits). Three digits save at most 14 bits
    against byte mode, and fewer against alphanumeric mode; three alphanumeric characters save at most 7.
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
    """Return every run of characters of one class, which Kanji mode and the short headers of Micro QR need."""
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
    """Return the segments with the fewest bits, and those bits; None if some run fits no mode in `headers`.

    Parameters
    ----------
    kanji_as_bytes
        Whether byte mode may hold characters that Kanji mode can hold.
    """
    if len(runs) == 1 and runs[0].mode in headers and runs[0].mode != "kanji":
        run = runs[0]
        return runs, headers[run.mode].bits + payload_bits(run.mode, run)
    opening = {mode: 6 * header.bits for mode, header in headers.items()}
    # `costs` has for each mode the fewest sixths of a bit so far if the last segment has that mode. `closed` is the
    # lowest of them, rounded up to whole bits. `origins` has the mode before each run, to trace the segments back.
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
    """Trace the segments back from the last one, which has `mode`, by the mode before each run."""
    parts: list[tuple[Mode, list[Run]]] = []
    for run, origin in zip(reversed(runs), reversed(origins), strict=True):
        if not parts or parts[-1][0] != mode:
            parts.append((mode, []))
        parts[-1][1].append(run)
        mode = origin[mode]
    return [_merge(segment_mode, segment_runs[::-1]) for segment_mode, segment_runs in reversed(parts)]


def _merge(mode: Mode, runs: list[Run]) -> Run:
    return Run(mode, b"".join([run.data for run in runs]), sum([run.characters for run in runs]))
