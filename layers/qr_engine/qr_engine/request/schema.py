"""The schema of requests: fields with their types, bounds and descriptions."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ..artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape
from ..content import Content
from .logo_schema import Logo
from .plain_schema import FormatName, RequestFields, Text
from .style_schema import Colors, Effect, Frame, Gradient, Stroke

__all__ = ["BatchOptions", "BatchRequest", "ClearRequest", "QRRequest", "WarmRequest"]

CURSOR = "^[0-9]{1,10}-[0-9]{1,5}-[0-9]{1,20}$"
"""The pattern of a clear's cursor: a checksum of its conditions, the index of the primary, and the cursor there."""


class QRRequest(RequestFields, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A request as a caller writes it, in JSON or flat in a query string."""

    data: Annotated[
        Text | Content,
        Meta(description="The text to encode, or an object that describes a contact, a network and so on."),
    ]
    colors: Colors = Colors()
    data_pattern: Annotated[DataPattern, Meta(description="The shape of a dark module.")] = "square"
    eye_shape: Annotated[
        EyeShape | None, Meta(description="The shape of whole eyes; excludes the next two fields.")
    ] = None
    eye_border_style: Annotated[EyeBorderStyle, Meta(description="The shape of the outer part of the eyes.")] = "square"
    eye_center_style: Annotated[EyeCenterStyle, Meta(description="The shape of the inner part of the eyes.")] = "square"
    gradient: Annotated[Gradient | None, Meta(description="Instead of the foreground colour.")] = None
    eye_gradient: Annotated[Gradient | None, Meta(description="For the eyes, instead of `gradient`.")] = None
    background_gradient: Annotated[Gradient | None, Meta(description="Instead of the background colour.")] = None
    stroke: Annotated[Stroke | None, Meta(description="A line around the modules and the eyes.")] = None
    effects: Annotated[
        Annotated[list[Effect], Meta(min_length=1, max_length=3)] | None,
        Meta(description="Each type at most once, in any order."),
    ] = None
    logo: Logo | None = None
    repair: Annotated[
        bool,
        Meta(
            description="Raise the level or the version, or make the logo smaller, if the logo would cover too much; "
            "if false, answer with a 422."
        ),
    ] = True
    frame: Annotated[Frame | None, Meta(description="A border around the code, with a caption.")] = None


class BatchOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to process a batch."""

    stop_on_error: Annotated[bool, Meta(description="Skip the rest after the first bad item.")] = False


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
        # An entry's timestamp reaches back no further than this.
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
        Meta(description="The cursor of an earlier clear with the same conditions, which ran out of time."),
    ] = None


class WarmRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes to draw and store before anyone requests them; at least one of the three fields."""

    patterns: Annotated[
        Annotated[list[str | dict[str, Any]], Meta(min_length=1, max_length=1000)] | None,
        Meta(description="A text stands for a request with the defaults, an object for a whole request."),
    ] = None
    listed: Annotated[bool, Meta(description="Whether to warm the list at `WARM_PATTERNS` too, if there is one.")] = (
        False
    )
    popular: Annotated[
        Annotated[int, Meta(ge=0, le=10_000)],
        Meta(description="Also this many of the most requested codes, if they are about to expire."),
    ] = 0
