"""The smallest symbol that holds a text, and what to say when there is none."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from ..errors import Issue, TooMuchData
from .charset import passes_for_another_set, same_in_shift_jis
from .segmentation import Run, coarse_runs, divide, fine_runs, least_bits
from .standard import HEADER_SIZES, LEVELS, MICRO_HEADER_SIZES, HeaderSize, capacities

if TYPE_CHECKING:
    from .model import Eci, Level

__all__ = ["Content", "Fit", "fit"]

_ECI_BITS = 12
"""The mode indicator and a designator below 128 (7.4.2)."""

_SAFE_BYTES = 1000
"""Up to here dividing the text costs next to nothing, so nobody asks first whether it could fit at all."""

_FEW_RUNS = 8
"""Up to here dividing a text for every size of header costs less than finding out for which ones it is no use."""


class Content(Struct, frozen=True):
    """What is to be encoded, as far as it does not depend on version and level.

    Attributes
    ----------
    text, data
        The text, and its UTF-8 bytes.
    eci, kanji, micro
        See `encode`.
    reserved_bits
        Bits in front of everything else, for structured append.
    """

    text: str
    data: bytes
    eci: Eci
    kanji: bool
    micro: bool
    reserved_bits: int = 0


class Fit(Struct, frozen=True):
    """A version and a level, and the text as it is divided there.

    Attributes
    ----------
    version, level
        M1 has its level under L.
    size
        The headers of the segments.
    segments
        The division of the text.
    eci
        Whether the UTF-8 ECI precedes them.
    bits
        What all of that takes.
    """

    version: int
    level: Level
    size: HeaderSize
    segments: list[Run]
    eci: bool
    bits: int


def fit(content: Content, level: Level, version: int | None, *, boost: bool) -> Fit:
    """The smallest version that holds the content at a level, or the given one; with `boost`, at the best level there.

    Raises
    ------
    TooMuchData
        It does not fit; ``fits`` says where it would.
    """
    least = least_bits(content.data) if len(content.data) > _SAFE_BYTES else 0
    if least > capacities("L", micro=False)[-1]:
        raise _too_much(content, level, version, least, None)
    runs = _runs(content)
    found = _smallest(content, runs, level, version)
    if found is None:
        raise _too_much(content, level, version, _needed(content, runs, version), _elsewhere(content, level, version))
    if boost:
        for stronger in LEVELS[LEVELS.index(level) + 1 :]:
            if capacities(stronger, micro=content.micro)[found.version - 1] < found.bits:
                break
            found = structs.replace(found, level=stronger)
    return found


def _runs(content: Content) -> list[Run]:
    # Readers that are told UTF-8 take the bytes of Kanji segments for UTF-8 as well, so it is one or the other.
    kanji = content.kanji and content.eci != "always"
    if kanji or content.micro:
        return fine_runs(content.text, kanji=kanji)
    return coarse_runs(content.data)


def _smallest(content: Content, runs: list[Run], level: Level, version: int | None) -> Fit | None:
    room = capacities(level, micro=content.micro)
    least = least_bits(content.data) if len(runs) > _FEW_RUNS else 0
    for size in MICRO_HEADER_SIZES if content.micro else HEADER_SIZES:
        if version is not None and not size.first <= version <= size.last:
            continue
        divided = _divided(content, runs, size) if least <= room[size.last - 1] else None
        if divided is None:
            continue
        segments, eci, bits = divided
        smallest = max(bisect_left(room, bits) + 1, size.first)
        if smallest <= (version or size.last):
            return Fit(version or smallest, level, size, segments, eci, bits)
    return None


def _divided(content: Content, runs: list[Run], size: HeaderSize) -> tuple[list[Run], bool, int] | None:
    """The segments, whether the UTF-8 ECI precedes them, and the bits of everything."""
    if any(run.mode == "kanji" for run in runs):
        return _divided_for_kanji(content, runs, size)
    divided = divide(runs, size.headers)
    if divided is None:
        return None
    segments, bits = divided
    eci = content.eci == "always"
    if content.eci == "auto" and not content.micro and not content.data.isascii():
        eci = any(run.mode == "byte" and passes_for_another_set(run.data) for run in segments)
    return segments, eci, bits + content.reserved_bits + _ECI_BITS * eci


def _divided_for_kanji(content: Content, runs: list[Run], size: HeaderSize) -> tuple[list[Run], bool, int] | None:
    """The division with every Kanji in Kanji mode, or without Kanji mode, whichever is shorter.

    There is none in between, and none with Kanji mode where another character would stand beside it as a byte that
    Shift_JIS has otherwise: see `charset.same_in_shift_jis`.
    """
    without = fine_runs(content.text, kanji=False) if content.micro else coarse_runs(content.data)
    plain = _divided(structs.replace(content, kanji=False), without, size)
    if not all(run.mode == "kanji" or same_in_shift_jis(run.data) for run in runs):
        return plain
    divided = divide(runs, size.headers, kanji_as_bytes=False)
    if divided is None:
        return plain
    segments, bits = divided
    bits += content.reserved_bits
    return plain if plain is not None and plain[2] < bits else (segments, False, bits)


def _needed(content: Content, runs: list[Run], version: int | None) -> int:
    """The bits it takes with the headers of a version, or of the largest one."""
    sizes = MICRO_HEADER_SIZES if content.micro else HEADER_SIZES
    for size in sizes:
        divided = _divided(content, runs, size)
        if divided is not None and size.last >= (version or sizes[-1].last):
            return divided[2]
    raise AssertionError("M4 and version 40 have byte mode")


def _elsewhere(content: Content, level: Level, version: int | None) -> dict[str, Any] | None:
    """A version and level that hold it: another version, else a weaker level, else a symbol that is not Micro QR."""
    runs = _runs(content)
    levels = LEVELS[LEVELS.index(level) :: -1]
    for candidate in levels if version is not None else levels[1:]:
        if found := _smallest(content, runs, candidate, None):
            return {"version": found.version, "error_correction": candidate}
    if content.micro:
        large = structs.replace(content, micro=False)
        found = _smallest(large, _runs(large), level, None)
        place = {"version": found.version, "error_correction": level} if found else _elsewhere(large, level, None)
        return {"micro": False, **place} if place else None
    return None


def _too_much(
    content: Content, level: Level, version: int | None, needed: int, fits: dict[str, Any] | None
) -> TooMuchData:
    room = capacities(level, micro=content.micro)
    largest = version or len(room)
    capacity = room[largest - 1]
    name = f"M{largest}" if content.micro else f"version {largest}"
    if needed <= capacity:
        detail = f"The data have characters that {name} has no mode for."
    else:
        detail = f"The data take {needed} bits, and {name} holds {capacity} at level {level}."
    if fits:
        where = f"M{fits['version']}" if content.micro and "micro" not in fits else f"version {fits['version']}"
        message = f"{detail} They fit in {where} at level {fits['error_correction']}."
    else:
        message = f"{detail} No larger symbol and no lower level holds them: shorten them or divide them."
    extra: dict[str, Any] = {"capacity": capacity, "needed": needed, "unit": "bits"}
    if fits:
        extra["fits"] = fits
    issue = Issue("data", message, limit={"max_bits": capacity})
    return TooMuchData(detail, issues=(issue,), **extra)
