"""Requests that between them have every option of a styled code at least once, each kind of option on cards of its own.

What there is to choose from is taken from the request's own types, so that an option that is added is held as well.
"""

from __future__ import annotations

import io
from itertools import cycle
from typing import Any, get_args

from PIL import Image
from tests.unit.logo.pictures import as_base64, picture, svg

from qr_engine.artwork.words import (
    DataPattern,
    EffectKind,
    EyeBorderStyle,
    EyeCenterStyle,
    EyeShape,
    FrameName,
    GradientType,
    TextPosition,
)
from qr_engine.symbol.model import AreaShape

__all__ = ["cards"]

Card = dict[str, Any]

DUSK = ["#5b2a86", "#c2185b", "#b3541e"]
SEA = ["#0b3d91", "#00695c"]
CREAM = ["#fffdf5", "#ffe0b2"]
# Colours that change, jump and fade.
STOPS = [
    {"offset": 0.2, "color": "#5b2a86"},
    {"offset": 0.5, "color": "#c2185b"},
    {"offset": 0.5, "color": "#0b3d91"},
    {"offset": 0.9, "color": "#00695cc0"},
]


def cards() -> dict[str, Card]:
    """The requests by name, without what all of them share: data, format and margin."""
    return _shapes() | _gradients() | _colors() | _logos() | _frames() | _effects()


def _shapes() -> dict[str, Card]:
    eyes = {
        f"{pattern}, {eye}": {"data_pattern": pattern, "eye_shape": eye}
        for pattern, eye in zip(cycle(get_args(DataPattern)), get_args(EyeShape), strict=False)
    }
    parts = {
        f"{border} around {center}": {
            "data_pattern": "dots",
            "eye_border_style": border,
            "eye_center_style": center,
            "colors": {"foreground": SEA[0]},
        }
        for border, center in zip(get_args(EyeBorderStyle), cycle(get_args(EyeCenterStyle)), strict=False)
    }
    return {"plain": {}, **eyes, **parts}


def _gradients() -> dict[str, Card]:
    types = get_args(GradientType)
    found: dict[str, Card] = {
        "on data": {"gradient": {"colors": DUSK, "apply_to_eyes": False}},
        "on eyes": {"gradient": {"colors": DUSK, "apply_to_data": False}, "colors": {"background": "#fff4d6"}},
    }
    for number, kind in enumerate(types):
        found[f"{kind}, {types[number - 2]} eyes, {types[number - 4]} ground"] = {
            "data_pattern": "rounded",
            "gradient": {"type": kind, "colors": DUSK, "angle": 30, "center": [0.4, 0.6]},
            "eye_gradient": {"type": types[number - 2], "colors": SEA},
            "background_gradient": {"type": types[number - 4], "colors": CREAM, "angle": 70},
        }
        found[f"{kind}, stops"] = {"gradient": {"type": kind, "stops": STOPS, "angle": 200}}
    return found


def _colors() -> dict[str, Card]:
    clear = {"foreground": "#102040c0", "background": "#fff4d680"}
    return {
        "stroke": {
            "data_pattern": "rounded",
            "eye_shape": "flower",
            "stroke": {"color": "#f9a825", "width": 0.2},
        },
        "stroke, half clear": {
            "data_pattern": "star",
            "stroke": {"color": "#f06292", "width": 0.3, "opacity": 0.6},
        },
        "stroke, widest": {
            "data_pattern": "vertical",
            "eye_shape": "leaf",
            "stroke": {"color": "#ffecb3", "width": 0.5},
        },
        "per eye": {
            "data_pattern": "classy",
            "eye_shape": "crystal",
            "colors": {
                "eye_border": SEA[0],
                "eye_center": DUSK[1],
                "per_eye": [{"border": DUSK[0]}, {"center": SEA[1]}],
            },
        },
        "half clear": {"data_pattern": "extra_rounded", "colors": clear},
        "half clear, plain": {"colors": clear},
        "no ground": {"data_pattern": "wave", "colors": {"foreground": SEA[0], "background": "transparent"}},
    }


def _vector(first: str, second: str) -> bytes:
    """A logo whose identifiers, classes and rules are the same whatever its colours."""
    return svg(
        f"<style>path{{fill:{first}}}.a{{fill:url(#g)}}#b{{fill:{second}}}svg{{stroke:currentColor}}</style>"
        f'<defs><linearGradient id="g"><stop stop-color="{first}"/><stop offset="1" stop-color="{second}"/>'
        '</linearGradient><clipPath id="c"><circle cx="5" cy="5" r="3"/></clipPath></defs>'
        '<path class="a" stroke="none" d="M0 0h10v5H0z"/><path d="M2 6h6v3H2z"/>'
        '<g clip-path="url(#c)"><rect id="b" width="10" height="5"/></g>',
        'viewBox="0 0 10 10"',
    )


def _half_clear() -> bytes:
    image = Image.new("RGBA", (120, 90))
    image.paste((200, 30, 40, 255), (0, 0, 120, 45))
    image.paste((20, 60, 160, 128), (30, 45, 120, 90))
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _logos() -> dict[str, Card]:
    bodies = {
        "red SVG": _vector("#c81e28", "gold"),
        "green SVG": _vector("#10803c", "#102a43"),
        "PNG": _half_clear(),
        "JPEG": picture("JPEG", size=(80, 80)),
    }
    places: tuple[Card, ...] = (
        {},
        {"background": "#fff8e1", "padding": 2},
        {"background": "#102a4380", "clear_modules": False},
        {"padding": 0},
        {"clear_modules": False},
    )
    found: dict[str, Card] = {}
    turns = cycle(places)
    for name, body in bodies.items():
        for shape in get_args(AreaShape):
            logo = {"data": as_base64(body), "size": 24, "shape": shape, **next(turns)}
            found[f"{name} logo, {shape}"] = {"logo": logo, "error_correction": "H"}
    return found


def _frames() -> dict[str, Card]:
    found: dict[str, Card] = {}
    for name, position in zip(get_args(FrameName), cycle(get_args(TextPosition)), strict=False):
        asked = {"style": name, "text": "Žižkov & Αθήνα", "text_position": position, "color": SEA[0]}
        found[f"{name} frame"] = {"frame": asked, "colors": {"background": "#fff4d6"}}
        found[f"{name} frame, no text"] = {
            "frame": {"style": name},
            "colors": {"background": "transparent"},
            "data_pattern": "dots",
        }
    return found


def _effects() -> dict[str, Card]:
    found: dict[str, Card] = {
        name: {"data_pattern": "rounded", "effects": [{"type": name, "intensity": 50}]} for name in get_args(EffectKind)
    }
    found["three effects"] = {
        "frame": {"style": "bubble", "text": "Hi"},
        "effects": [
            {"type": "glow", "intensity": 60, "color": "#ff8800"},
            {"type": "noise", "intensity": 30},
            {"type": "vintage", "intensity": 40},
        ],
    }
    return found
