"""Draw a few lines of text as a picture, in every picture format, for answers that have no code to show."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec

from ..artwork import Artwork
from ..artwork.color import Color
from ..artwork.lettering import missing_characters, set_lines
from ..artwork.model import Insets, Layer
from ..symbol import Symbol
from . import draw

__all__ = ["NOTICE_FORMATS", "draw_notice"]

NOTICE_FORMATS: Final = ("svg", "png", "webp", "jpeg", "avif", "gif", "pdf", "eps")

_WIDTH: Final = 400
_HEIGHT: Final = 200
_PADDING: Final = 16
_HEADING_EM: Final = 22.0
_TEXT_EM: Final = 15.0
_LINES: Final = 6
_LEADING: Final = 1.35
"""Distance of baselines, in ems."""

_PAPER: Final = Color(255, 255, 255)
_HEADING: Final = Color(176, 0, 32)
_TEXT: Final = Color(34, 34, 34)
_NO_SYMBOL: Final = Symbol(
    version=1,
    micro=False,
    error_correction="L",
    mask=0,
    size=_HEIGHT,
    matrix=0,
    segments=(),
    eci=None,
    data_bits=0,
    capacity_bits=0,
)
"""Stands in for the symbol: no modules, as high as the picture."""


# A page with a wrong URL asks for the same picture at each view. At most 1.5 MB.
@lru_cache(maxsize=64)
def draw_notice(heading: str, text: str, format_name: str) -> bytes:
    """Draw a heading and a text as a picture of 400 by 200 pixels; the same words always give the same bytes.

    Text that does not fit is cut off with an ellipsis, and characters that the font lacks become question marks.

    Parameters
    ----------
    format_name
        One of `NOTICE_FORMATS`.
    """
    width = float(_WIDTH - 2 * _PADDING)
    baseline = _PADDING + _HEADING_EM
    title = set_lines(_writable(heading), width, _HEADING_EM, lines=1, leading=_LEADING, start=(_PADDING, baseline))
    below = (_PADDING, baseline + _HEADING_EM * _LEADING)
    body = set_lines(_writable(text), width, _TEXT_EM, lines=_LINES, leading=_LEADING, start=below)
    layers = tuple([Layer("caption", path, color) for path, color in ((title, _HEADING), (body, _TEXT)) if path])
    artwork = Artwork(_NO_SYMBOL, 0, _WIDTH, _TEXT, _PAPER, layers, insets=Insets(right=_WIDTH - _HEIGHT))
    if format_name in ("svg", "pdf"):
        artwork = msgspec.structs.replace(artwork, title=_printable(f"{heading}: {text}"))
    return draw(artwork, format_name)


def _writable(text: str) -> str:
    """Put `text` on one line, and replace the characters that the font lacks."""
    line = " ".join(text.split())
    missing = set(missing_characters(line))
    return "".join(["?" if character in missing else character for character in line])


def _printable(text: str) -> str:
    """Replace the characters that XML cannot contain."""
    return "".join([character if character.isprintable() else " " for character in text])
