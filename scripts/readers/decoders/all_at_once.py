"""Several decoders over the same pictures, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path
from typing import Final

import msgspec

from .process import Answers
from .table import DECODERS, Missing, start

__all__ = ["Read", "read_all"]

_SLOWEST_FIRST: Final = ("jsqr", "opencv", "wechat", "aruco", "qr", "boofcv", "zxingjs", "zbar", "rxing", "quirc")


class Read(msgspec.Struct, frozen=True):
    """What one decoder reads.

    Attributes
    ----------
    version
        Its own.
    texts
        In the order of the pictures.
    deaths
        On how many pictures it died.
    """

    version: str
    texts: list[Answers]
    deaths: int


def read_all(
    pictures: Sequence[Path], names: Iterable[str], tell: Callable[[str], object], *, jobs: int | None = None
) -> dict[str, Read | Missing]:
    """Let each of these decoders read every picture; one that is not on this machine gives the reason.

    Parameters
    ----------
    jobs
        How many read at a time; as many as there are processors where it is not said.
    """
    order = sorted(names, key=lambda name: _SLOWEST_FIRST.index(name) if name in _SLOWEST_FIRST else len(DECODERS))
    with ThreadPoolExecutor(jobs or cpu_count()) as pool:
        found = dict(zip(order, pool.map(lambda name: _read(name, pictures, tell), order), strict=True))
    return {name: found[name] for name in DECODERS if name in found}


def _read(name: str, pictures: Sequence[Path], tell: Callable[[str], object]) -> Read | Missing:
    try:
        decoder = start(name)
    except Missing as missing:
        return missing
    try:
        texts = [decoder.read(picture) for picture in pictures]
    finally:
        decoder.close()
    tell(f"{DECODERS[name].title} has read them")
    return Read(decoder.version, texts, decoder.deaths)
