"""How much of its processor time the reading of a picture has used."""

from __future__ import annotations

from time import process_time
from typing import Final

__all__ = ["GRADING_SECONDS", "SEARCHING_SECONDS", "Clock"]

SEARCHING_SECONDS: Final = 0.8
"""Of one vCPU, decoding included, after which no further pass over a picture is begun; one takes 0.3 at most."""

GRADING_SECONDS: Final = 1.1
"""Of one vCPU, decoding and searching included, after which no further condition is tried; one takes 0.1 at most."""


class Clock:
    """The processor time since a picture came in, of all threads: some decoders have several."""

    def __init__(self) -> None:
        self._started = process_time()

    def is_past(self, seconds: float) -> bool:
        """Tell whether that much time has been used."""
        return process_time() - self._started > seconds
