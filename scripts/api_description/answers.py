"""What the handlers answer: the shapes that `openapi.yaml` declares and that tests hold the real answers against.

The routes build their answers as plain objects. These structs only describe them, so a new member of an answer has to
be added here as well; the tests close every object and fail on one that is missing.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from qr_engine.cache import CacheStats
from qr_engine.request.model import FormatName
from qr_engine.scan import ScanReport
from qr_engine.symbol import Level, Mode

from .problems import GatewayMessage, No, ProblemDocument

__all__ = ["ANSWERS"]

ETag = Annotated[
    str,
    Meta(
        description="The cache key, in quotation marks, as the header of this name has it.", pattern='^"[0-9a-f]{64}"$'
    ),
]
Key = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Cursor = Annotated[str, Meta(pattern="^[0-9]{1,5}-[0-9]{1,20}$")]
Yes = Annotated[bool, Meta(extra_json_schema={"const": True})]


def _ref(name: str) -> Meta:
    return Meta(extra_json_schema={"$ref": f"#/components/schemas/{name}"})


def _any_of(*names: str) -> Meta:
    return Meta(extra_json_schema={"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]})


class Picture(msgspec.Struct):
    """A finished code.

    Attributes
    ----------
    data
        The picture: as it is for `svg`, `eps`, `txt` and `json`, in base64 for the other formats.
    encoding
        How `data` holds it.
    content_type
        The media type of the picture.
    cached
        The tier of the cache that had it; false if it was drawn for this request.
    """

    data: str
    encoding: Literal["utf-8", "base64"]
    content_type: str
    format: FormatName
    etag: ETag
    cached: No | Literal["memory", "redis"]
    metadata: Annotated[dict[str, Any], _ref("Metadata")]


class Matrix(msgspec.Struct):
    """The modules of a code: a picture of the format `json`.

    Attributes
    ----------
    version
        As it is usually written, such as `7` or `M3`.
    error_correction
        Null for M1.
    size
        Modules a side, without the quiet zone.
    quiet_zone
        Modules to leave empty on each side.
    modules
        A text for each row from top to bottom, a character for each module, `1` for dark.
    roles
        The same rows, with a letter for what each module is.
    legend
        What the letters of `roles` stand for.
    """

    version: str
    error_correction: Level | None
    mask: int
    size: int
    quiet_zone: int
    modules: list[str]
    roles: list[str]
    legend: dict[str, str]


class Envelope(Picture):
    """A finished code in JSON."""

    success: Yes


class BatchSuccess(Picture):
    """A code of a batch that was made."""

    index: int
    success: Yes
    id: str | UnsetType = UNSET


class BatchFailure(msgspec.Struct):
    """A code of a batch that could not be made, and why."""

    index: int
    success: No
    problem: ProblemDocument
    id: str | UnsetType = UNSET


class BatchSkipped(msgspec.Struct):
    """A code of a batch that was not tried, because an earlier one failed and `stop_on_error` is set."""

    index: int
    success: No
    skipped: Yes
    id: str | UnsetType = UNSET


class BatchSummary(msgspec.Struct):
    """A batch in figures; `cached` are those among `succeeded` that came from the cache."""

    total: int
    succeeded: int
    failed: int
    skipped: int
    cached: int


class BatchAnswer(msgspec.Struct):
    """What became of each code, in the order of the request.

    Attributes
    ----------
    success
        Whether every code was made.
    """

    success: bool
    results: list[Annotated[dict[str, Any], _any_of("BatchSuccess", "BatchFailure", "BatchSkipped")]]
    summary: BatchSummary


class PlannedSegment(msgspec.Struct):
    """A run of characters that share a mode of compaction."""

    mode: Mode
    characters: int


class PlannedSymbol(msgspec.Struct):
    """The symbol that would be drawn.

    Attributes
    ----------
    name
        The version as it is usually written, such as `7` or `M3`.
    modules
        A side, without the quiet zone.
    error_correction
        The level after the free boost; null for M1, which only detects errors.
    eci
        The ECI designator, 26 for UTF-8, or null.
    """

    version: int
    micro: bool
    name: str
    modules: int
    error_correction: Level | None
    mask: int
    eci: int | None
    segments: list[PlannedSegment]


class Budget(msgspec.Struct):
    """What the symbol holds at its level, and how much of that the data take."""

    unit: Literal["bits"]
    capacity: int
    used: int
    free: int


class PlannedSize(msgspec.Struct):
    """The picture's sides in pixels, null for formats without pixels, and its quiet zone in modules."""

    width: int | None
    height: int | None
    quiet_zone: int


class ValidateAnswer(msgspec.Struct):
    """What generate would make of the same request."""

    success: Yes
    valid: Yes
    etag: ETag
    format: FormatName
    symbol: PlannedSymbol
    budget: Budget
    size: PlannedSize
    scan: ScanReport


class StatsAnswer(msgspec.Struct):
    """The cache in figures."""

    success: Yes
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

    success: Yes
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
        As it was sent.
    outcome
        Drawn and stored now, there already, or neither.
    problem
        Why not, where it failed.
    """

    pattern: Annotated[Any, Meta(extra_json_schema={"type": ["string", "object"]})]


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

    success: Yes
    count: int
    results: Annotated[
        list[Annotated[dict[str, Any], _any_of("PatternOutcome", "PopularOutcome", "LineOutcome", "ListOutcome")]],
        Meta(max_length=1000),
    ]
    stored: int
    present: int
    failed: int
    complete: bool
    left: int


ANSWERS = (
    ProblemDocument,
    Matrix,
    Envelope,
    BatchSuccess,
    BatchFailure,
    BatchSkipped,
    BatchAnswer,
    ValidateAnswer,
    StatsAnswer,
    ClearAnswer,
    PatternOutcome,
    PopularOutcome,
    LineOutcome,
    ListOutcome,
    WarmAnswer,
    GatewayMessage,
)
