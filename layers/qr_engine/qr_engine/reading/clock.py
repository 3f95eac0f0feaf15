"""How much of its processor time the reading of a picture has used."""

from __future__ import annotations

from time import process_time
from typing import Final

__all__ = ["GRADING_SECONDS", "SEARCHING_SECONDS", "Clock"]

SEARCHING_SECONDS: Final = 0.8
"""Seconds of one vCPU, including decoding, after which no further pass over a picture begins; one takes at most 0.3."""

GRADING_SECONDS: Final = 1.1
"""Seconds of one vCPU, including decoding and searching, after which no further condition is tried; one takes at most
0.1."""


class Clock:
    """The processor time of all threads since a picture came in: some decoders use several threads."""

    def __init__(self) -> None:
        self._started = process_time()

    def is_past(self, seconds: float) -> bool:
        """Return whether that much time has been used."""
        return process_time() - self._started > seconds
