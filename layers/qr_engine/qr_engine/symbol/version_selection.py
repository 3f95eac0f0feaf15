"""Choose the smallest version that holds a text, and refuse a text that fits in none."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from ..errors import Issue, TooMuchData
from .charset import is_ambiguous_without_eci, is_same_in_shift_jis
from .segmentation import Run, coarse_runs, divide, fine_runs, least_bits
from .standard import HEADER_SIZES, LEVELS, MICRO_HEADER_SIZES, HeaderSize, capacities

if TYPE_CHECKING:
    from .model import Eci, Level

__all__ = ["Payload", "VersionChoice", "choose_version", "has_room"]

_ECI_BITS = 12
"""The mode indicator and a designator below 128 (7.4.2)."""

_SAFE_BYTES = 1000
"""Up to this length, dividing the text costs next to nothing, so no check whether it can fit comes first."""

_FEW_RUNS = 8
"""Up to this number of runs, dividing for every header size costs less than checking which sizes are hopeless."""


class Payload(Struct, frozen=True):
    """The text and options to encode that do not depend on version and level.

    Attributes
    ----------
    text, data
        The text, and its bytes in `charset`.
    eci, kanji, micro
        See `encode`.
    reserved_bits
        Bits in front of everything else, for structured append or for `designator`.
    charset
        The character set of the bytes.
    designator
        The ECI designator among the reserved bits; None for none.
    """

    text: str
    data: bytes
    eci: Eci
    kanji: bool
    micro: bool
    reserved_bits: int = 0
    charset: str = "utf-8"
    designator: int | None = None


class VersionChoice(Struct, frozen=True):
    """A version and a level, and the division of the text for them.

    Attributes
    ----------
    version, level
        The choice; M1 counts as level L.
    size
        The headers of the segments.
    segments
        The division of the text.
    eci
        Whether the UTF-8 ECI precedes the segments.
    bits
        Bits of the segments, their headers, the ECI and the reserved bits.
    """

    version: int
    level: Level
    size: HeaderSize
    segments: list[Run]
    eci: bool
    bits: int


def choose_version(payload: Payload, level: Level, version: int | None, *, boost: bool) -> VersionChoice:
    """Choose the smallest version that holds the payload at a level, or use the given version.

    With `boost`, raise the level as far as that version allows.

    Raises
    ------
    TooMuchData
        The payload does not fit; ``fits`` names a version and level that would do.
    """
    least = least_bits(payload.data) if len(payload.data) > _SAFE_BYTES else 0
    if least > capacities("L", micro=False)[-1]:
        raise _too_much_data(payload, level, version, least, None)
    runs = _split_runs(payload)
    choice = _smallest_choice(payload, runs, level, version)
    if choice is None:
        raise _too_much_data(
            payload, level, version, _count_needed_bits(payload, runs, version), _suggest_fit(payload, level, version)
        )
    if boost:
        for stronger in LEVELS[LEVELS.index(level) + 1 :]:
            if capacities(stronger, micro=payload.micro)[choice.version - 1] < choice.bits:
                break
            choice = structs.replace(choice, level=stronger)
    return choice


def has_room(payload: Payload, level: Level, version: int) -> bool:
    """Return whether a version holds the payload at a level."""
    least = least_bits(payload.data) if len(payload.data) > _SAFE_BYTES else 0
    if least > capacities(level, micro=payload.micro)[version - 1]:
        return False
    return _smallest_choice(payload, _split_runs(payload), level, version) is not None


def _split_runs(payload: Payload) -> list[Run]:
    if payload.charset == "shift_jis":
        # In Shift_JIS, the second byte of a character may look like a letter, and must stay with the first.
        return [Run("byte", payload.data, len(payload.data))]
    # With the UTF-8 ECI, readers take the bytes of Kanji segments for UTF-8 as well, so the two exclude each other.
    kanji = payload.kanji and payload.eci != "always"
    if kanji or payload.micro:
        return fine_runs(payload.text, kanji=kanji)
    return coarse_runs(payload.data)


def _smallest_choice(payload: Payload, runs: list[Run], level: Level, version: int | None) -> VersionChoice | None:
    room = capacities(level, micro=payload.micro)
    least = least_bits(payload.data) if len(runs) > _FEW_RUNS else 0
    for size in MICRO_HEADER_SIZES if payload.micro else HEADER_SIZES:
        if version is not None and not size.first <= version <= size.last:
            continue
        division = _divide(payload, runs, size) if least <= room[size.last - 1] else None
        if division is None:
            continue
        segments, eci, bits = division
        version_needed = max(bisect_left(room, bits) + 1, size.first)
        if version_needed <= (version or size.last):
            return VersionChoice(version or version_needed, level, size, segments, eci, bits)
    return None


def _divide(payload: Payload, runs: list[Run], size: HeaderSize) -> tuple[list[Run], bool, int] | None:
    """Return the segments, whether the UTF-8 ECI precedes them, and the total number of bits."""
    if any(run.mode == "kanji" for run in runs):
        return _divide_with_kanji(payload, runs, size)
    division = divide(runs, size.headers)
    if division is None:
        return None
    segments, bits = division
    eci = payload.eci == "always"
    if payload.eci == "auto" and not payload.micro and not payload.data.isascii():
        eci = any(run.mode == "byte" and is_ambiguous_without_eci(run.data) for run in segments)
    return segments, eci, bits + payload.reserved_bits + _ECI_BITS * eci


def _divide_with_kanji(payload: Payload, runs: list[Run], size: HeaderSize) -> tuple[list[Run], bool, int] | None:
    """Divide with every Kanji in Kanji mode, or without Kanji mode, whichever is shorter.

    Kanji in both Kanji mode and byte mode is never tried. Kanji mode is ruled out if any other character has different
    bytes in Shift_JIS: see `charset.is_same_in_shift_jis`.
    """
    without = fine_runs(payload.text, kanji=False) if payload.micro else coarse_runs(payload.data)
    plain = _divide(structs.replace(payload, kanji=False), without, size)
    if not all(run.mode == "kanji" or is_same_in_shift_jis(run.data) for run in runs):
        return plain
    division = divide(runs, size.headers, kanji_as_bytes=False)
    if division is None:
        return plain
    segments, bits = division
    bits += payload.reserved_bits
    return plain if plain is not None and plain[2] < bits else (segments, False, bits)


def _count_needed_bits(payload: Payload, runs: list[Run], version: int | None) -> int:
    """Count the bits that the payload takes with the headers of a version, or of the largest one."""
    sizes = MICRO_HEADER_SIZES if payload.micro else HEADER_SIZES
    for size in sizes:
        division = _divide(payload, runs, size)
        if division is not None and size.last >= (version or sizes[-1].last):
            return division[2]
    raise AssertionError("M4 and version 40 have byte mode")


def _suggest_fit(payload: Payload, level: Level, version: int | None) -> dict[str, Any] | None:
    """Suggest a change that makes the payload fit: another version, else a weaker level, else a full QR symbol."""
    runs = _split_runs(payload)
    levels = LEVELS[LEVELS.index(level) :: -1]
    for candidate in levels if version is not None else levels[1:]:
        if choice := _smallest_choice(payload, runs, candidate, None):
            return {"version": choice.version, "error_correction": candidate}
    if payload.micro:
        large = structs.replace(payload, micro=False)
        choice = _smallest_choice(large, _split_runs(large), level, None)
        suggestion = (
            {"version": choice.version, "error_correction": level} if choice else _suggest_fit(large, level, None)
        )
        return {"micro": False, **suggestion} if suggestion else None
    return None


def _too_much_data(
    payload: Payload, level: Level, version: int | None, needed: int, fits: dict[str, Any] | None
) -> TooMuchData:
    room = capacities(level, micro=payload.micro)
    largest = version or len(room)
    capacity = room[largest - 1]
    name = f"M{largest}" if payload.micro else f"version {largest}"
    if needed <= capacity:
        detail = f"The data has characters that {name} has no mode for."
    else:
        detail = f"The data takes {needed} bits, and {name} holds {capacity} at level {level}."
    if fits:
        where = f"M{fits['version']}" if payload.micro and "micro" not in fits else f"version {fits['version']}"
        message = f"{detail} It fits in {where} at level {fits['error_correction']}."
    else:
        message = f"{detail} No larger symbol and no lower level holds it: shorten it or divide it."
    extra: dict[str, Any] = {"capacity": capacity, "needed": needed, "unit": "bits"}
    if fits:
        extra["fits"] = fits
    issue = Issue("data", message, limit={"max_bits": capacity})
    return TooMuchData(detail, issues=(issue,), **extra)
