"""The sheets of patterns, eyes, gradients, colours, strokes and frames."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import parse_color
from qr_engine.artwork.style import EyeColors, FrameStyle, GradientStyle, Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import (
    DataPattern,
    EyeBorderStyle,
    EyeCenterStyle,
    EyeShape,
    FrameName,
    GradientKind,
    TextPosition,
)
from qr_engine.symbol import encode

from .paints import OCEAN, SOFT, SUNSET, even_stops, stroke

__all__ = ["SHEETS", "TEXT", "compose_styles"]

TEXT = "https://example.com/gallery"

_CAPTIONS: list[tuple[TextPosition, str | None]] = [
    ("bottom", "SCAN ME"),
    ("top", "Žluťoučký kůň → AVATAR"),
    ("left", "Free Wi-Fi for all guests of the hotel"),
    ("right", "Menu & prices"),
    ("bottom", None),
]

SHEETS: dict[str, list[tuple[str, Style]]] = {
    "patterns": [(name, Style(data_pattern=name, seed=b"gallery")) for name in get_args(DataPattern)],
    "eyes": [(name, Style(eye_shape=name)) for name in get_args(EyeShape)],
    "eye_borders": [(name, Style(eye_border_style=name)) for name in get_args(EyeBorderStyle)],
    "eye_centers": [(name, Style(eye_center_style=name)) for name in get_args(EyeCenterStyle)],
    "gradients": [
        (name, replace(SOFT, gradient=GradientStyle(kind=name, stops=even_stops(*SUNSET))))
        for name in get_args(GradientKind)
    ]
    + [
        ("diagonal", replace(SOFT, gradient=GradientStyle(angle=45, stops=even_stops(*SUNSET)))),
        ("data only", replace(SOFT, gradient=GradientStyle(stops=even_stops(*OCEAN), apply_to_eyes=False))),
        (
            "eye_gradient",
            replace(SOFT, eye_gradient=GradientStyle(kind="radial", stops=even_stops(*SUNSET))),
        ),
    ],
    "colors": [
        ("foreground", Style(data_pattern="dots", eye_shape="circle", foreground=OCEAN[0])),
        (
            "eye_border, eye_center",
            Style(data_pattern="classy", eye_shape="leaf", eye_border=OCEAN[1], eye_center=SUNSET[1]),
        ),
        (
            "per_eye",
            Style(
                data_pattern="extra_rounded",
                eye_shape="flower",
                per_eye=tuple([EyeColors(color, color) for color in SUNSET]),
            ),
        ),
        (
            "background",
            Style(
                data_pattern="wave",
                eye_shape="shield",
                foreground=OCEAN[0],
                background=parse_color("#fff4d6"),
            ),
        ),
    ],
    "strokes": [
        ("narrow", Style(data_pattern="star", eye_shape="flower", foreground=SUNSET[1], stroke=stroke("black", 0.08))),
        ("around dots", Style(data_pattern="dots", eye_shape="circle", foreground=OCEAN[0], stroke=stroke("#c2185b"))),
        (
            "around what joins",
            replace(SOFT, gradient=GradientStyle(stops=even_stops(*OCEAN)), stroke=stroke("#f9a825", 0.2)),
        ),
        ("half seen through", Style(stroke=stroke("#f06292a0", 0.3))),
        (
            "lighter than what is under it",
            Style(
                data_pattern="extra_rounded",
                eye_shape="shield",
                foreground=parse_color("#1d2b36"),
                background=parse_color("#8fc1cf"),
                stroke=stroke("white", 0.3),
            ),
        ),
        ("as dark as the shapes", Style(data_pattern="diamond", eye_shape="diamond", stroke=stroke("black", 0.12))),
        ("around notches", Style(data_pattern="classy_rounded", eye_shape="heart", stroke=stroke("#80cbc4", 0.25))),
        ("widest", Style(data_pattern="vertical", eye_shape="leaf", stroke=stroke("#ffecb3", 0.5))),
    ],
    "frames": [
        (
            f"{name}, {position}" if text else f"{name}, no text",
            Style(foreground=OCEAN[0], frame=FrameStyle(name, text, position, OCEAN[0])),
        )
        for name in get_args(FrameName)
        for position, text in _CAPTIONS
    ]
    + [
        (
            "badge, navy on cream",
            replace(
                SOFT, background=parse_color("#fff4d6"), frame=FrameStyle("badge", "Café Brêve", "bottom", OCEAN[0])
            ),
        ),
        (
            "speech, gradient",
            replace(
                SOFT,
                gradient=GradientStyle(stops=even_stops(*SUNSET), angle=45),
                frame=FrameStyle("speech", "Say hello!", "bottom", SUNSET[0]),
            ),
        ),
        (
            "bubble, transparent",
            replace(SOFT, background=parse_color("transparent"), frame=FrameStyle("bubble", "Καλώς ήρθατε", "bottom")),
        ),
        (
            "rounded, gold",
            replace(SOFT, frame=FrameStyle("rounded", "Добро пожаловать", "bottom", parse_color("gold"))),
        ),
    ],
}
"""Each sheet, and the name and the style of every code on it."""


def compose_styles(styles: list[tuple[str, Style]], side: int) -> list[tuple[str, Artwork]]:
    """Draw a code of each style, `side` pixels wide."""
    symbol = encode(TEXT, error_correction="Q")
    return [(name, compose_styled(symbol, style, margin=3, size=side)) for name, style in styles]
