"""What stats, clear and warm answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from qr_engine.cache.stats import CacheStats
from qr_engine.request.schema import CURSOR

from .members import any_of
from .problems import ProblemDocument

__all__ = ["ClearAnswer", "LineOutcome", "ListOutcome", "PatternOutcome", "PopularOutcome", "StatsAnswer", "WarmAnswer"]

Key = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Cursor = Annotated[str, Meta(pattern=CURSOR)]


class StatsAnswer(msgspec.Struct):
    """The cache in figures."""

    success: bool
    stats: CacheStats


class ClearAnswer(msgspec.Struct):
    """What was removed.

    Attributes
    ----------
    pattern
        As it was asked for; `*` if no pattern was.
    count, scanned
        Entries removed, and entries looked at.
    freed_bytes
        What the removed ones took, their keys and the overhead included.
    complete
        Whether the end was reached before the time ran out.
    cursor
        Where to go on from, if it was not.
    """

    success: bool
    pattern: str
    count: int
    scanned: int
    freed_bytes: int
    complete: bool
    cursor: Cursor | UnsetType = UNSET


class _Outcome(msgspec.Struct, kw_only=True):
    outcome: Literal["stored", "present", "failed"]
    problem: ProblemDocument | UnsetType = UNSET


class PatternOutcome(_Outcome):
    """What became of a pattern of the request.

    Attributes
    ----------
    pattern
        As it was sent: a text or an object.
    outcome
        Drawn and stored now, there already, or neither.
    problem
        Why not, where it failed.
    """

    pattern: Any


class PopularOutcome(_Outcome):
    """What became of a code that is asked for often; what it encodes is not told.

    Attributes
    ----------
    key
        The cache key.
    outcome
        Drawn and stored now, there already, or neither.
    problem
        Why not, where it failed.
    """

    key: Key


class LineOutcome(_Outcome):
    """What became of a line of the list in S3.

    Attributes
    ----------
    line
        Its number, from 1.
    outcome
        Drawn and stored now, there already, or neither.
    problem
        Why not, where it failed.
    """

    line: int


class ListOutcome(_Outcome):
    """That the list in S3 could not be read.

    Attributes
    ----------
    list
        Where it should lie.
    problem
        Why not.
    """

    list: str


class WarmAnswer(msgspec.Struct):
    """What became of each code: the patterns of the request, then what is popular, then the list.

    Attributes
    ----------
    count
        Codes that are in the cache now, `stored` and `present` together.
    results
        The first 1,000 outcomes, or as many as fit into 4 MiB.
    stored, present, failed
        Codes drawn and stored now, there already and not about to leave, and neither.
    complete
        Whether everything was worked on before the time ran out.
    left
        Codes that were not; the next warming goes on with the list where this one stopped.
    """

    success: bool
    count: int
    results: Annotated[
        list[Annotated[dict[str, Any], any_of("PatternOutcome", "PopularOutcome", "LineOutcome", "ListOutcome")]],
        Meta(max_length=1000),
    ]
    stored: int
    present: int
    failed: int
    complete: bool
    left: int
