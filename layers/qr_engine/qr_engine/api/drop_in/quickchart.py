"""``GET /qr`` of QuickChart, by the rules of its server and of node-qrcode, which draws for it."""

from __future__ import annotations

import re
from typing import Final

from ...artwork.color import Color
from ...errors import InvalidRequest, Issue
from .draft import Draft, Service
from .readers import MOST_MARGIN, finish_text, hex_color, integer_prefix, read_data, read_level, word

__all__ = ["QUICKCHART"]

_SIZE: Final = 150
_LARGEST: Final = 3000
_LEAST: Final = 21
"""Pixels below which node-qrcode ignores a size."""

_MARGIN: Final = 4
_NO_SIZE: Final = 1
"""A size smaller than any picture, so that `scale` decides."""

_SCALE: Final = 4
"""Pixels per module if the size is ignored."""

_COLOR: Final = "must be 3, 4, 6 or 8 hex digits"


def _draft() -> Draft:
    return Draft(size=_SIZE, margin=_MARGIN, scale=_SCALE, level="M")


def _read_size(draft: Draft, value: bytes) -> None:
    size = integer_prefix(word(value)) or 0
    if size == 0:
        if value:
            draft.warn("size", f"must be a number of pixels; {_SIZE} is used instead.")
        return
    if size > _LARGEST:
        draft.warn("size", f"must be at most {_LARGEST}; {_LARGEST} is used instead.")
    draft.size = _NO_SIZE if size < _LEAST else min(size, _LARGEST)


def _read_margin(draft: Draft, value: bytes) -> None:
    margin = integer_prefix(word(value))
    if margin is None:
        raise InvalidRequest.of(Issue("margin", "Must be a whole number of modules."))
    if margin < 0:
        draft.warn("margin", f"must not be negative; {_MARGIN} is used instead.")
        margin = _MARGIN
    if margin > MOST_MARGIN:
        draft.warn("margin", f"must be at most {MOST_MARGIN}; {MOST_MARGIN} is used instead.")
    draft.margin = min(margin, MOST_MARGIN)


def _color(name: str, text: str, default: Color, draft: Draft) -> Color:
    digits = text.replace("#", "", 1)
    color = hex_color(f"#{digits}")
    if color is not None:
        return color
    if re.fullmatch("[0-9A-Fa-f]{7}", digits):
        # node-qrcode reads the seven digits as one number.
        return Color(*int(digits, 16).to_bytes(4, "big"))
    color = hex_color(text)
    if color is not None:
        draft.warn(name, f"{_COLOR}; the colour with this name is used.")
        return color
    if len(digits) < 3 or len(digits) == 5 or len(digits) > 8:
        raise InvalidRequest.of(Issue(name, f"M{_COLOR[1:]}."))
    draft.warn(name, f"{_COLOR}; {default.hex} is used instead.")
    return default


def _read_dark(draft: Draft, value: bytes) -> None:
    if value:
        draft.foreground = _color("dark", word(value), draft.foreground, draft)


def _read_light(draft: Draft, value: bytes) -> None:
    if value:
        draft.background = _color("light", word(value), draft.background, draft)


def _read_format(draft: Draft, value: bytes) -> None:
    name = word(value)
    if name == "svg":
        draft.format = "svg"
    elif name == "base64":
        draft.in_base64 = True
    elif name not in ("", "png"):
        draft.warn("format", "must be png, svg or base64; png is used instead.")


def _read_mode(draft: Draft, value: bytes) -> None:
    if word(value) == "sjis":
        draft.charset = "shift_jis"
    elif value:
        draft.warn("mode", "must be sjis; it is ignored.")


def _finish(draft: Draft) -> None:
    finish_text(draft, "text")
    if draft.size == _NO_SIZE:
        draft.warn("size", f"must be at least {_LEAST}; {_SCALE} pixels per module are used instead.")


_LOGO: Final = "is ignored: the service fetches no pictures from addresses."
_CAPTION: Final = "is ignored: the service draws no captions at this address."

QUICKCHART: Final = Service(
    name="QuickChart",
    draft=_draft,
    parameters={
        "text": read_data,
        "format": _read_format,
        "size": _read_size,
        "margin": _read_margin,
        "ecLevel": read_level("ecLevel"),
        "dark": _read_dark,
        "light": _read_light,
        "mode": _read_mode,
    },
    required=("text",),
    repeated="first",
    joined=("text",),
    ignored={
        **dict.fromkeys(("centerImageUrl", "centerImageSizeRatio", "centerImageWidth", "centerImageHeight"), _LOGO),
        **dict.fromkeys(("caption", "captionFontFamily", "captionFontSize", "captionFontColor"), _CAPTION),
    },
    finish=_finish,
    error_header="X-quickchart-error",
)
