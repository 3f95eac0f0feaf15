"""``/chart?cht=qr`` as in Google's Image Charts, and ``/gchart`` as in the services that replaced it."""

from __future__ import annotations

from typing import Final

from ...errors import InvalidRequest, Issue
from .draft import Draft, Reader, Service
from .readers import (
    drawable,
    finish_text,
    hex_color,
    read_charset,
    read_data,
    read_format,
    read_level,
    read_margin,
    set_size,
    sides,
    word,
)

__all__ = ["GOOGLE"]

_LEAST: Final = 10

_FORMATS: Final = drawable({"png": "png", "gif": "gif", "svg": "svg", "jpg": "jpeg", "jpeg": "jpeg"})

_read_level = read_level("chld")
_read_margin = read_margin("chld")


def _draft() -> Draft:
    # The size has no default: it is required.
    return Draft(size=_LEAST, margin=4, scale=1, level="L")


def _read_type(_: Draft, value: bytes) -> None:
    if word(value).lower() != "qr":
        raise InvalidRequest.of(Issue("cht", "Must be qr, the only chart that this service draws.", allowed=("qr",)))


def _read_size(draft: Draft, value: bytes) -> None:
    found = sides(word(value))
    if found is None:
        raise InvalidRequest.of(Issue("chs", "Must be a width and a height in pixels, such as 300x300."))
    set_size(draft, "chs", found, _LEAST)


def _read_level_and_margin(draft: Draft, value: bytes) -> None:
    """Read ``L|4``; either part may be missing."""
    level, _, margin = value.partition(b"|")
    _read_level(draft, level)
    _read_margin(draft, margin)


def _read_color(name: str, field: str) -> Reader:
    def read(draft: Draft, value: bytes) -> None:
        color = hex_color(word(value))
        if color is not None:
            setattr(draft, field, color)
        elif value:
            draft.warn(name, "must be RRGGBB or RRGGBBAA; it is ignored.")

    return read


def _read_fill(draft: Draft, value: bytes) -> None:
    """Read ``bg,s,RRGGBB`` or ``bg,s,RRGGBBAA``; other fills do not apply to a code."""
    for fill in word(value).split("|"):
        color = hex_color(fill[5:]) if fill.startswith("bg,s,") else None
        if color is None:
            draft.warn("chf", "must be bg,s,RRGGBB or bg,s,RRGGBBAA; it is ignored.")
        else:
            draft.background = color


def _finish(draft: Draft) -> None:
    finish_text(draft, "chl")


GOOGLE: Final = Service(
    name="Image Charts",
    draft=_draft,
    parameters={
        "cht": _read_type,
        "chs": _read_size,
        "chl": read_data,
        "chld": _read_level_and_margin,
        "choe": read_charset("choe", "charset", ("utf-8", "shift_jis", "iso-8859-1")),
        "chof": read_format("chof", _FORMATS),
        "chf": _read_fill,
        "icqrf": _read_color("icqrf", "foreground"),
        "icqrb": _read_color("icqrb", "background"),
    },
    required=("cht", "chs", "chl"),
    repeated="last",
    finish=_finish,
)
