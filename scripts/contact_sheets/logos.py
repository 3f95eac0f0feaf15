"""The sheet of logos."""

from __future__ import annotations

import io
from base64 import b64encode
from functools import partial

from msgspec.structs import replace
from PIL import Image

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import parse_color
from qr_engine.artwork.style import FrameStyle, GradientStyle, Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.logo import PlacementOptions, read_logo, repair
from qr_engine.logo.plate import lay_logo
from qr_engine.symbol import Level, Symbol, encode, has_room_for

from .options import TEXT
from .paints import BASES, CREAM, OCEAN, SOFT, SUNSET, even_stops

__all__ = ["compose_with_logos"]


def _vector(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{inside}</svg>'.encode()


def _photograph() -> bytes:
    """Return a bitmap with every colour, as a photograph has."""
    ramps = [Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.radial_gradient("L")]
    written = io.BytesIO()
    Image.merge("RGB", ramps).save(written, "JPEG", quality=92)
    return written.getvalue()


MARKS = {
    "play": _vector('<circle cx="12" cy="12" r="12" fill="#c2185b"/><path d="M9 6.5v11l9-5.5z" fill="#fff"/>'),
    "heart": _vector('<path d="M12 22C-6 11 3-2 12 5c9-7 18 6 0 17z" fill="#c2185b"/>'),
    "leaf": _vector(
        '<linearGradient id="g" x2="1" y2="1"><stop stop-color="#7cb342"/><stop offset="1" stop-color="#00695c"/>'
        '</linearGradient><path d="M22 2C8 1 1 8 3 21 15 22 23 15 22 2z" fill="url(#g)"/>'
        '<path d="M3 21C7 13 12 9 17 7" fill="none" stroke="#fff" stroke-width="1.2"/>'
    ),
    "wide": _vector('<rect y="7" width="24" height="10" rx="5" fill="#0b3d91"/>').replace(b"0 0 24 24", b"0 7 24 10"),
    "photograph": _photograph(),
}
LOGOS: list[tuple[str, str, PlacementOptions, str | None, Style]] = [
    ("circle", "play", PlacementOptions(22, 1, "circle"), None, SOFT),
    ("square", "leaf", PlacementOptions(22, 1, "square"), None, SOFT),
    ("rounded_square", "leaf", PlacementOptions(20, 1.5, "rounded_square"), "#fff8e1", SOFT),
    ("wide", "wide", PlacementOptions(28, 1, "square"), None, Style()),
    ("circle, a photograph", "photograph", PlacementOptions(24, 1, "circle"), None, replace(SOFT, foreground=OCEAN[0])),
    (
        "rounded, a photograph",
        "photograph",
        PlacementOptions(24, 0, "rounded_square"),
        None,
        Style(data_pattern="classy"),
    ),
    (
        "circle, a plate",
        "heart",
        PlacementOptions(16, 2.5, "circle"),
        "#fce4ec",
        Style(data_pattern="dots", eye_shape="circle"),
    ),
    ("a dark plate", "leaf", PlacementOptions(16, 2, "rounded_square"), "#102a43", replace(SOFT, foreground=OCEAN[0])),
    (
        "on a gradient",
        "heart",
        PlacementOptions(22, 0.5, "square"),
        None,
        replace(
            SOFT,
            gradient=GradientStyle(stops=even_stops(*SUNSET)),
            background_gradient=GradientStyle(kind="radial", stops=even_stops(*CREAM)),
        ),
    ),
    (
        "modules stay",
        "heart",
        PlacementOptions(22, 1, "square", clear_modules=False),
        None,
        replace(SOFT, foreground=OCEAN[0]),
    ),
    ("stroke", "play", PlacementOptions(22, 1, "circle"), None, BASES["gold"]),
    (
        "frame",
        "play",
        PlacementOptions(22, 1, "circle"),
        None,
        replace(SOFT, frame=FrameStyle("badge", "SCAN ME", "bottom", OCEAN[0])),
    ),
]
"""The name of every code on the sheet of logos, its mark, where that sits, its plate, and the style of the code."""


def compose_with_logos(side: int) -> list[tuple[str, Artwork]]:
    """Draw a code with each of `LOGOS`, `side` pixels wide."""
    artworks = []
    for name, mark, options, plate, style in LOGOS:
        logo = read_logo(b64encode(MARKS[mark]).decode())
        fitted = repair(
            encode(TEXT, error_correction="Q"), logo, options, make=_encode_exactly, holds=_has_room, least="M"
        )
        cleared = fitted.symbol.matrix & ~fitted.placement.cleared
        artwork = compose_styled(replace(fitted.symbol, matrix=cleared), style, margin=3, size=side)
        artworks.append((name, lay_logo(artwork, logo, fitted.placement, parse_color(plate) if plate else None)))
    return artworks


_has_room = partial(has_room_for, TEXT)


def _encode_exactly(level: Level, version: int) -> Symbol:
    return encode(TEXT, error_correction=level, version=version, boost=False)
