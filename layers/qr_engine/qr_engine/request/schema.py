"""The schema of requests: fields with their types, bounds and descriptions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ..artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape
from ..content import Content
from ..symbol import Eci
from .logo_schema import Logo
from .style_schema import Colors, Effect, Frame, Gradient, Stroke

__all__ = ["BatchOptions", "BatchRequest", "ClearRequest", "FormatName", "QRRequest", "StructuredAppend", "WarmRequest"]

FormatName = Literal["svg", "png", "webp", "jpeg", "avif", "pdf", "eps", "txt", "json"]
LevelName = Literal["L", "M", "Q", "H", "low", "medium", "quartile", "high"]

CURSOR = "^[0-9]{1,10}-[0-9]{1,5}-[0-9]{1,20}$"
"""The pattern of the cursor of a clear: a checksum of its conditions, the primary, and the cursor of that server."""


class StructuredAppend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One symbol of a sequence that readers join: `data` is always the whole message (ISO/IEC 18004:2015, 8)."""

    part: Annotated[int, Meta(ge=1, le=16, description="Which symbol of the sequence to draw, from 1.")]
    parts: Annotated[int, Meta(ge=2, le=16, description="How many symbols share the message.")]


class QRRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A request as a caller writes it, in JSON or flat in a query string."""

    data: Annotated[
        Annotated[str, Meta(min_length=1)] | Content,
        Meta(description="The text to encode, or an object that describes a contact, a network and so on."),
    ]
    format: Annotated[
        FormatName | None,
        Meta(description="The picture format; where it is not given, `Accept` decides, else `svg`."),
    ] = None
    size: Annotated[
        int, Meta(ge=64, le=4096, description="Pixels of the longer side, quiet zone and frame included.")
    ] = 300
    margin: Annotated[int, Meta(ge=0, le=20, description="Quiet zone in modules.")] = 4
    error_correction: Annotated[LevelName, Meta(description="The least error correction level.")] = "M"
    boost_error_correction: Annotated[
        bool, Meta(description="Raise the level as far as the version allows at no cost.")
    ] = True
    version: Annotated[
        Annotated[int, Meta(ge=1, le=40)] | None,
        Meta(description="A fixed symbol version; with `micro` 1 to 4 stand for M1 to M4."),
    ] = None
    mask: Annotated[
        Annotated[int, Meta(ge=0, le=7)] | None,
        Meta(description="A fixed data mask; the best by the standard's rule if not given."),
    ] = None
    micro: Annotated[bool, Meta(description="Draw a Micro QR symbol.")] = False
    eci: Annotated[
        Eci,
        Meta(description="When to mark the text as UTF-8: only where readers would guess wrong, always, or never."),
    ] = "auto"
    kanji: Annotated[bool, Meta(description="Allow Kanji mode, which is shorter for Japanese text.")] = False
    structured_append: StructuredAppend | None = None
    colors: Colors = Colors()
    data_pattern: Annotated[DataPattern, Meta(description="What a dark module looks like.")] = "square"
    eye_shape: Annotated[
        EyeShape | None, Meta(description="What the eyes look like as a whole; not together with the two that follow.")
    ] = None
    eye_border_style: Annotated[EyeBorderStyle, Meta(description="The outer part of the eyes.")] = "square"
    eye_center_style: Annotated[EyeCenterStyle, Meta(description="The inner part of the eyes.")] = "square"
    gradient: Annotated[Gradient | None, Meta(description="Instead of the foreground colour.")] = None
    eye_gradient: Annotated[Gradient | None, Meta(description="For the eyes, instead of `gradient`.")] = None
    background_gradient: Annotated[Gradient | None, Meta(description="Instead of the background colour.")] = None
    stroke: Annotated[Stroke | None, Meta(description="A line around the modules and the eyes.")] = None
    effects: Annotated[
        Annotated[list[Effect], Meta(min_length=1, max_length=3)] | None,
        Meta(description="Each type once; their order has no meaning."),
    ] = None
    logo: Logo | None = None
    repair: Annotated[
        bool,
        Meta(
            description="Raise the level or the version, or make the logo smaller, where the code would not bear it; "
            "else that is a 422."
        ),
    ] = True
    frame: Annotated[Frame | None, Meta(description="A border around the code, with a caption.")] = None
    title: Annotated[
        Annotated[str, Meta(min_length=1, max_length=200)] | None,
        Meta(description="What the picture is called, for those who cannot see it; in SVG and PDF."),
    ] = None
    description: Annotated[
        Annotated[str, Meta(min_length=1, max_length=1000)] | None,
        Meta(description="What it shows or leads to, for those who cannot see it; in SVG and PDF."),
    ] = None
    dpi: Annotated[
        int,
        Meta(ge=36, le=2400, description="Pixels per inch: the page of PDF and EPS; noted in pictures."),
    ] = 96
    contrast: Annotated[
        Literal["refuse", "warn"],
        Meta(description="What happens where the contrast is below 3: a 422, or the picture with a warning."),
    ] = "refuse"
    verify: Annotated[
        bool, Meta(description="Read a styled picture back, and refuse it with a 422 if a decoder cannot.")
    ] = True
    cache: Annotated[bool, Meta(description="Whether the cache may answer, and keep the result.")] = True


class BatchOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a batch is worked through."""

    stop_on_error: Annotated[bool, Meta(description="Leave the rest undone after the first bad item.")] = False


class BatchRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several requests in one; each item is a text, or a `QRRequest` with an optional `id` of the caller's."""

    codes: Annotated[
        list[str | dict[str, Any]],
        Meta(
            min_length=1,
            max_length=50,
            description="A text stands for a request with the defaults, an object for a whole request.",
        ),
    ]
    options: BatchOptions = BatchOptions()


class ClearRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The conditions of the entries to remove from the cache; without a condition, every entry."""

    pattern: Annotated[
        Annotated[str, Meta(min_length=1, max_length=1024)] | None,
        Meta(
            description="A glob over the data of the entries: `*`, `?`, `[a-z]`, `[!a-z]`, `\\` to escape.",
        ),
    ] = None
    format: Annotated[FormatName | None, Meta(description="Only entries of this format.")] = None
    older_than: Annotated[
        # As far back as an entry can say that it was drawn.
        Annotated[int, Meta(ge=0, le=4_294_967_295)] | None,
        Meta(description="Only entries drawn more than this many seconds ago."),
    ] = None
    cursor: Annotated[
        Annotated[
            str,
            Meta(
                pattern=CURSOR,
                extra_json_schema={"title": "a cursor that an earlier clear gave"},
            ),
        ]
        | None,
        Meta(description="Where an earlier clear with the same conditions stopped for want of time."),
    ] = None


class WarmRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes to draw and store before anyone asks for them; at least one of the three fields."""

    patterns: Annotated[
        Annotated[list[str | dict[str, Any]], Meta(min_length=1, max_length=1000)] | None,
        Meta(description="A text stands for a request with the defaults, an object for a whole request."),
    ] = None
    listed: Annotated[bool, Meta(description="Also what the list at `WARM_PATTERNS` names, if there is one.")] = False
    popular: Annotated[
        Annotated[int, Meta(ge=0, le=10_000)],
        Meta(description="Also this many of the codes that are asked for most, where they are about to expire."),
    ] = 0
