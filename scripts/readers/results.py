"""What each decoder read, as it is kept in a file, and as it is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

__all__ = ["Reading", "Results", "Verdict", "load", "share", "verdict"]

Verdict: TypeAlias = Literal["read", "unread", "wrong"]


class Reading(msgspec.Struct, frozen=True):
    """A picture, and what each decoder made of it.

    Attributes
    ----------
    part
        ``matrix`` or ``photographs``.
    rows
        By family of the tables, the row in which it counts.
    symbol, size
        What the picture is of, and its pixels.
    verdicts
        By decoder; empty where the service refuses the request.
    score
        ``scan.score``, where the service gives one.
    refusal
        Why there is no picture, or empty.
    """

    part: str
    rows: dict[str, str]
    symbol: str
    size: int
    verdicts: dict[str, Verdict]
    score: int | None = None
    refusal: str = ""


class Results(msgspec.Struct, frozen=True):
    """Everything that a run found.

    Attributes
    ----------
    renderer
        The version of the renderer.
    versions
        Of decoders and generators, by name.
    left_out
        What this machine has not, and why.
    deaths
        How often a decoder died on a picture, by name.
    """

    renderer: str
    versions: dict[str, str]
    left_out: dict[str, str]
    readings: list[Reading]
    deaths: dict[str, int] = {}

    def of(self, part: str) -> list[Reading]:
        """Return the readings of a part that have a picture."""
        return [reading for reading in self.readings if reading.part == part and not reading.refusal]

    def save(self, file: Path) -> None:
        """Write everything as JSON, a reading a line."""
        text = msgspec.json.encode(self).replace(b'},{"part"', b'},\n{"part"')
        file.write_bytes(text + b"\n")


def load(file: Path) -> Results:
    """Return what an earlier run kept."""
    return msgspec.json.decode(file.read_bytes(), type=Results)


def verdict(texts: Sequence[str], expected: str) -> Verdict:
    """Compare what a decoder read with what the picture says."""
    if expected in texts:
        return "read"
    return "wrong" if any(texts) else "unread"


def share(readings: Iterable[Reading], decoders: Sequence[str]) -> float:
    """Return how much of the pictures a decoder of these reads on average, 0 to 1."""
    verdicts = [reading.verdicts[name] for reading in readings for name in decoders if name in reading.verdicts]
    return sum(each == "read" for each in verdicts) / len(verdicts) if verdicts else 0.0
