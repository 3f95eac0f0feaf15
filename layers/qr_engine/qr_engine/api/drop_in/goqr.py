"""``/v1/create-qr-code/`` of goqr.me's api.qrserver.com: a query string, a form, or both."""

from __future__ import annotations

import re
from typing import Final

from ...artwork.color import Color
from ...render import FORMATS
from .draft import Draft, Reader, Service
from .readers import (
    drawable,
    finish_text,
    finish_vector,
    hex_color,
    integer_prefix,
    read_charset,
    read_data,
    read_format,
    read_level,
    read_margin,
    set_size,
    sides,
    word,
)

__all__ = ["GOQR"]

_LEAST: Final = 10
_SIZE: Final = 200
_MARGIN: Final = 1
_MOST_MARGIN: Final = 50

_DECIMAL: Final = re.compile(r"([0-9]{1,3})-([0-9]{1,3})-([0-9]{1,3})")

_FORMATS: Final = drawable({"png": "png", "gif": "gif", "jpeg": "jpeg", "jpg": "jpeg", "svg": "svg", "eps": "eps"})


def _draft() -> Draft:
    return Draft(size=_SIZE, padding=_MARGIN, margin=0, scale=1, level="L")


def _read_size(draft: Draft, value: bytes) -> None:
    found = sides(word(value))
    if found is not None:
        set_size(draft, "size", found, _LEAST)
    elif value:
        draft.warn("size", f"must be in the form {_SIZE}x{_SIZE}; {_SIZE}x{_SIZE} is used instead.")


def _read_padding(draft: Draft, value: bytes) -> None:
    number = integer_prefix(word(value))
    if number is None:
        if value:
            draft.warn("margin", f"must be a whole number of pixels; {_MARGIN} is used instead.")
        return
    draft.padding = min(max(number, 0), _MOST_MARGIN)
    if draft.padding != number:
        draft.warn("margin", f"must be from 0 to {_MOST_MARGIN}; {draft.padding} is used instead.")


def _color(text: str) -> Color | None:
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return hex_color(text)
    red, green, blue = (int(channel) for channel in found.groups())
    return Color(red, green, blue) if max(red, green, blue) <= 255 else None


def _read_color(name: str, field: str) -> Reader:
    def read(draft: Draft, value: bytes) -> None:
        color = _color(word(value))
        if color is not None:
            setattr(draft, field, color)
        elif value:
            standard: Color = getattr(draft, field)
            draft.warn(name, f"must be in the form 255-0-0, f00 or ff0000; {standard.hex} is used instead.")

    return read


def _finish(draft: Draft) -> None:
    finish_text(draft, "data")
    finish_vector(draft)
    if not FORMATS[draft.format].raster:
        if draft.padding != _MARGIN:
            draft.warn("margin", f"has no effect in {draft.format}.")
        draft.padding = 0
    elif 3 * draft.padding >= draft.size:
        draft.padding = (draft.size - 1) // 3
        draft.warn("margin", f"must be below a third of the size; {draft.padding} is used instead.")


GOQR: Final = Service(
    name="goqr.me",
    draft=_draft,
    parameters={
        "data": read_data,
        "size": _read_size,
        "charset-source": read_charset("charset-source", "source", ("utf-8", "iso-8859-1")),
        "charset-target": read_charset("charset-target", "charset", ("utf-8", "iso-8859-1")),
        "ecc": read_level("ecc"),
        "color": _read_color("color", "foreground"),
        "bgcolor": _read_color("bgcolor", "background"),
        "margin": _read_padding,
        "qzone": read_margin("qzone"),
        "format": read_format("format", _FORMATS),
    },
    required=("data",),
    repeated="last",
    finish=_finish,
)
