"""The schema of requests for plain codes: a text in two colours.

Most requests are plain, and a cold start has to load the schema of its first request. So this schema is separate from
those of content, styles and logos. Annotations are values, not text, for the same reason.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ..artwork.words import Readers
from ..symbol import Eci

__all__ = [
    "Background",
    "Foreground",
    "FormatName",
    "LevelName",
    "PlainColors",
    "PlainRequest",
    "RequestFields",
    "StructuredAppend",
    "Text",
    "is_plain",
]

FormatName = Literal["svg", "png", "webp", "jpeg", "avif", "gif", "pdf", "eps", "txt", "json"]
LevelName = Literal["L", "M", "Q", "H", "low", "medium", "quartile", "high"]

Text = Annotated[str, Meta(min_length=1)]
_COLOR = "`#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, a CSS colour name, or `transparent`"
Foreground = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=32,
        description=_COLOR,
        examples=["#1a2b3c", "navy"],
        extra_json_schema={"format": "color"},
        extra={"color": True},
    ),
]
Background = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=32,
        description=_COLOR,
        examples=["#fffbe6", "transparent"],
        extra_json_schema={"format": "color"},
        extra={"color": True},
    ),
]


class StructuredAppend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One symbol of a sequence that readers join: `data` is always the whole message (ISO/IEC 18004:2015, 8)."""

    part: Annotated[int, Meta(ge=1, le=16, description="Which symbol of the sequence to draw, from 1.")]
    parts: Annotated[int, Meta(ge=2, le=16, description="How many symbols share the message.")]


class PlainColors(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The colours of the dark modules and the background."""

    foreground: Foreground = "#000000"
    background: Background = "#ffffff"


class RequestFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of every request; what `data` and `colors` take is for those who inherit from this."""

    data: object
    format: Annotated[
        FormatName | None,
        Meta(description="The picture format; by default `Accept` decides, otherwise `svg`."),
    ] = None
    size: Annotated[
        int, Meta(ge=16, le=4096, description="Pixels of the longer side, quiet zone and frame included.")
    ] = 300
    margin: Annotated[int, Meta(ge=0, le=20, description="Quiet zone in modules.")] = 4
    error_correction: Annotated[LevelName, Meta(description="The minimum error correction level.")] = "M"
    boost_error_correction: Annotated[
        bool, Meta(description="Raise the level as far as possible without a larger version.")
    ] = True
    version: Annotated[
        Annotated[int, Meta(ge=1, le=40)] | None,
        Meta(description="A fixed symbol version; with `micro` 1 to 4 stand for M1 to M4."),
    ] = None
    mask: Annotated[
        Annotated[int, Meta(ge=0, le=7)] | None,
        Meta(description="A fixed data mask; by default the best by the rule of the standard."),
    ] = None
    micro: Annotated[bool, Meta(description="Draw a Micro QR symbol.")] = False
    eci: Annotated[
        Eci,
        Meta(description="When to mark the text as UTF-8: only where readers would guess it wrong, always, or never."),
    ] = "auto"
    kanji: Annotated[bool, Meta(description="Allow Kanji mode, which is shorter for Japanese text.")] = False
    structured_append: StructuredAppend | None = None
    colors: object = PlainColors()
    title: Annotated[
        Annotated[str, Meta(min_length=1, max_length=200)] | None,
        Meta(description="The title of the picture, for people who cannot see it; in SVG and PDF."),
    ] = None
    description: Annotated[
        Annotated[str, Meta(min_length=1, max_length=1000)] | None,
        Meta(description="A description of the picture, for people who cannot see it; in SVG and PDF."),
    ] = None
    dpi: Annotated[
        int,
        Meta(
            ge=36, le=2400, description="Pixels per inch: sets the page size of PDF and EPS, and is stored in bitmaps."
        ),
    ] = 96
    contrast: Annotated[
        Literal["refuse", "warn"],
        Meta(description="What to do if the contrast is below 3: return a 422, or the picture with a warning."),
    ] = "refuse"
    readers: Annotated[
        Readers,
        Meta(
            description="Whom the code is for: `phones`, or `all`, which are also the scanners in kiosks, robots and "
            "microcontrollers that find an eye by its outer corners (quirc, BoofCV, OpenCV). Eyes then take a form "
            "that these read, and inverted colours and `micro` are refused."
        ),
    ] = "phones"
    verify: Annotated[
        bool, Meta(description="Read a styled picture back, and refuse it with a 422 if a decoder cannot.")
    ] = True
    cache: Annotated[bool, Meta(description="Whether to use the cache, for the lookup and for the result.")] = True
    private: Annotated[
        bool,
        Meta(
            description="Keep the picture out of Redis and of shared caches: only the caller and the memory of the "
            "function keep it. Always so for Wi-Fi networks and one-time passwords."
        ),
    ] = False
    style: Annotated[
        Annotated[
            str,
            Meta(
                min_length=1,
                max_length=64,
                pattern="^[A-Za-z0-9][A-Za-z0-9_-]*$",
                extra_json_schema={"title": "the name of a style"},
            ),
        ]
        | None,
        Meta(description="A named style of the service, whose fields apply where the request has no value."),
    ] = None


class PlainRequest(RequestFields, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A request for a plain code; `QRRequest` has all its fields, with the same meaning."""

    data: Text
    colors: PlainColors = PlainColors()


_FIELDS = frozenset(PlainRequest.__struct_fields__)
_COLORS = frozenset(PlainColors.__struct_fields__)


def is_plain(value: dict[str, Any]) -> bool:
    """Return whether `value`, valid or not, has only fields of a `PlainRequest`."""
    if not (isinstance(value.get("data"), str) and _FIELDS.issuperset(value)):
        return False
    colors = value.get("colors")
    return colors is None or (isinstance(colors, dict) and _COLORS.issuperset(colors))
