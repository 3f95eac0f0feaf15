"""What generate, batch and validate answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from qr_engine.request.plain_schema import FormatName
from qr_engine.scan import ScanReport
from qr_engine.symbol import Level, Mode

from .members import any_of, ref
from .problems import ProblemDocument

__all__ = [
    "BatchAnswer",
    "BatchFailure",
    "BatchSkipped",
    "BatchSuccess",
    "Envelope",
    "Health",
    "Matrix",
    "StylesAnswer",
    "ValidateAnswer",
]

ETag = Annotated[
    str,
    Meta(
        description="The cache key, in quotation marks, as the header of this name has it; null of a private code.",
        pattern='^"[0-9a-f]{64}"$',
    ),
]


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
    etag: ETag | None
    cached: bool | Literal["memory", "redis"]
    metadata: Annotated[dict[str, Any], ref("Metadata")]


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

    success: bool


class BatchSuccess(Picture):
    """A code of a batch that was made."""

    index: int
    success: bool
    id: str | UnsetType = UNSET


class BatchFailure(msgspec.Struct):
    """A code of a batch that could not be made, and why."""

    index: int
    success: bool
    problem: ProblemDocument
    id: str | UnsetType = UNSET


class BatchSkipped(msgspec.Struct):
    """A code of a batch that was not tried, because an earlier one failed and `stop_on_error` is set."""

    index: int
    success: bool
    skipped: bool
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
    results: list[Annotated[dict[str, Any], any_of("BatchSuccess", "BatchFailure", "BatchSkipped")]]
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

    success: bool
    valid: bool
    etag: ETag | None
    format: FormatName
    symbol: PlannedSymbol
    budget: Budget
    size: PlannedSize
    scan: ScanReport


class Style(msgspec.Struct):
    """A style that requests may name.

    Attributes
    ----------
    name
        What `style` has to be.
    preview
        The address of a code in this style.
    """

    name: str
    preview: str


class StylesAnswer(msgspec.Struct):
    """The named styles."""

    success: bool
    styles: list[Style]


class Health(msgspec.Struct):
    """What runs.

    Attributes
    ----------
    version
        Of the service.
    renderer_version
        Of its pictures: another one draws some of them otherwise, under other ETags.
    """

    status: Literal["ok"]
    version: str
    renderer_version: int
