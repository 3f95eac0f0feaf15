"""Requests for every option of a styled code, taken from the request's own types, so that a new one is held as well."""

from __future__ import annotations

from base64 import b64encode
from itertools import combinations, cycle, product
from pathlib import Path
from typing import Any, get_args

from qr_engine.artwork.robust_eyes import changes_when_robust
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

__all__ = ["looks"]

Request = dict[str, Any]

_LOGOS = Path(__file__).resolve().parents[2] / "tests" / "golden" / "logos"
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 10"><style>.a{fill:url(#g)}#b{fill:gold}</style>'
    '<defs><linearGradient id="g"><stop stop-color="#c81e28"/><stop offset="1" stop-color="#102a43"/></linearGradient>'
    '<clipPath id="c"><circle cx="6" cy="5" r="4"/></clipPath></defs><path class="a" d="M0 0h12v10H0z"/>'
    '<g clip-path="url(#c)"><rect id="b" width="12" height="5"/></g>'
    '<path fill="none" stroke="#fff" stroke-width=".5" d="M2 8q4-3 8 0"/></svg>'
)
_VECTOR = {
    "colours of css": '<g color="oklch(60% 0.2 30)"><path fill="currentColor" d="M0 0h6v6H0z"/></g>'
    '<path style="fill:#00f;fill:color(display-p3 0 0.6 0.2 / 75%)" d="M6 0h6v6H6z"/>'
    '<path fill="hsl(0.6turn 80% 40%)" stroke="lab(60% 40 50)" d="M1 7h4v4H1z"/>'
    '<path fill="url(#x) rgba(255, 0, 0, 50%)" d="M6 6h6v6H6z"/>',
    "units": '<g style="transform:rotate(.125turn);transform-origin:center"><rect x="1mm" y="3pt" '
    'width=".3em" height="4" fill="#0b3d91"/></g>',
    "pattern": '<pattern id="p" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(20)">'
    '<circle cx="1.5" cy="1.5" r="1" fill="#00695c"/></pattern><path fill="url(#p)" stroke="red" d="M1 1h10v10H1z"/>',
    "filter": '<filter id="f"><feDropShadow dx=".5" dy=".6" stdDeviation=".6" flood-color="#102a43"/></filter>'
    '<switch><foreignObject/><a><path filter="url(#f)" fill="#c2185b" d="M2 2h8L6 10z"/></a></switch>',
    "dashes": '<g fill="none" stroke="#0b3d91" stroke-dasharray="1 .5">'
    '<circle cx="6" cy="6" r="5" stroke-dashoffset="-.3"/>'
    '<path style="stroke-linecap:round;stroke-dasharray:0 10%" d="M2 6h8"/><path pathLength="4" d="M3 3h6"/></g>',
    "markers": '<marker id="a" orient="auto-start-reverse" viewBox="0 0 4 4" refY="2">'
    '<path fill="#c2185b" d="M0 0l4 2-4 2z"/>'
    '</marker><marker id="b" refX="1" refY="1"><circle cx="1" cy="1" r="2" fill="gold"/></marker><path fill="none" '
    'stroke="#0b3d91" d="M2 9L5 3l3 5q3 0 2-5" style="marker:url(#a);marker-mid:url(#b)"/>',
    "markers that are cut": '<marker id="c" markerUnits="userSpaceOnUse" orient="30" refX="1" refY="1">'
    '<circle r="3" fill="#00695c"/></marker><polygon points="2 2 10 2 6 10" fill="gold" style="marker:url(#c)"/>',
    "markers on curves": '<marker id="d" orient="auto" overflow="visible"><path d="M-1-1h2v2z"/></marker>'
    '<path fill="none" stroke="#c2185b" marker-mid="url(#d)" d="M1 6A3 3 0 0 1 6 6C7 9 9 9 11 6L6 11z"/>',
    "markers with markers": '<marker id="e" viewBox="0 0 6 3">'
    '<path d="M0 0h6v3z" fill="#0b3d91" marker-end="url(#f)"/></marker>'
    '<marker id="f"><path d="M0 0h2v2z" fill="red"/></marker><path stroke="gold" d="M2 2h5v5" style="marker:url(#e)"/>',
}
"""What SVG logos consist of, beside paths in plain colours."""
_DUSK = ["#5b2a86", "#c2185b", "#b3541e"]
_SEA = ["#0b3d91", "#00695c"]
_CREAM = ["#fffdf5", "#ffe0b2"]
_STOPS = [
    {"offset": 0.2, "color": "#5b2a86"},
    {"offset": 0.5, "color": "#c2185b"},
    {"offset": 0.5, "color": "#0b3d91"},
    {"offset": 0.9, "color": "#00695ce0"},
]


def looks() -> dict[str, Request]:
    """Return requests by name, without their data and format."""
    return _shapes() | _gradients() | _colors() | _logos() | _frames() | _effects() | _for_all_readers()


def _shapes() -> dict[str, Request]:
    requests: dict[str, Request] = {}
    for pattern in get_args(DataPattern):
        requests[f"data patterns/{pattern}"] = {"data_pattern": pattern, "eye_center_style": "dot"}
    for shape in get_args(EyeShape):
        requests[f"eye shapes/{shape}"] = {"eye_shape": shape}
    for border in get_args(EyeBorderStyle):
        requests[f"eye borders/{border}"] = {"eye_border_style": border, "data_pattern": "dots"}
    for center in get_args(EyeCenterStyle):
        requests[f"eye centres/{center}"] = {"eye_center_style": center, "data_pattern": "rounded"}
    # A centre may look otherwise within a border that leaves it another hole.
    for border, center in product(("hexagon", "diamond", "circle"), ("square", "plus")):
        requests[f"eyes/{center} within {border}"] = {"eye_border_style": border, "eye_center_style": center}
    return requests


def _gradients() -> dict[str, Request]:
    types = get_args(GradientType)
    requests: dict[str, Request] = {
        "gradients/on modules alone": {"gradient": {"colors": _DUSK, "apply_to_eyes": False}},
        "gradients/on eyes alone": {"gradient": {"colors": _DUSK, "apply_to_data": False}, "eye_shape": "leaf"},
    }
    for number, kind in enumerate(types):
        requests[f"gradients/{kind}"] = {"gradient": {"type": kind, "colors": _DUSK, "angle": 30, "center": [0.4, 0.6]}}
        requests[f"gradients/{kind}, stops that fade"] = {"gradient": {"type": kind, "stops": _STOPS, "angle": 200}}
        requests[f"gradients/{kind} on eyes, {types[number - 4]} on the ground"] = {
            "data_pattern": "rounded",
            "eye_gradient": {"type": kind, "colors": _SEA},
            "background_gradient": {"type": types[number - 4], "colors": _CREAM, "angle": 70},
        }
    return requests


def _colors() -> dict[str, Request]:
    clear = {"foreground": "#102040e0", "background": "#fff4d680"}
    per_eye = [{"border": _DUSK[0]}, {"center": _SEA[1]}, {"border": _DUSK[2], "center": _SEA[0]}]
    return {
        "colours/half clear": {"data_pattern": "extra_rounded", "colors": clear},
        "colours/half clear, plain": {"colors": clear},
        "colours/no ground": {"data_pattern": "wave", "colors": {"foreground": _SEA[0], "background": "transparent"}},
        "colours/no ground, plain": {"colors": {"background": "transparent"}},
        "colours/eyes": {"eye_shape": "crystal", "colors": {"eye_border": _SEA[0], "eye_center": _DUSK[1]}},
        "colours/each eye": {"data_pattern": "classy", "colors": {"eye_border": _SEA[1], "per_eye": per_eye}},
        "strokes/thin": {"data_pattern": "rounded", "eye_shape": "flower", "stroke": {"color": "#f9a825"}},
        "strokes/half clear": {
            "data_pattern": "star",
            "stroke": {"color": "#f06292", "width": 0.3, "opacity": 0.6},
        },
        "strokes/widest": {
            "data_pattern": "vertical",
            "eye_shape": "leaf",
            "stroke": {"color": "#ffecb3", "width": 0.5},
        },
        "looks/all at once": {
            "data_pattern": "classy_rounded",
            "eye_border_style": "leaf",
            "eye_center_style": "heart",
            "gradient": {"type": "radial", "colors": _DUSK},
            "background_gradient": {"colors": _CREAM, "angle": 90},
            "stroke": {"color": "#fffbe6", "width": 0.1},
            "frame": {"style": "speech", "text": "Hi"},
            "logo": {"data": _data("half_clear.png"), "size": 15, "background": "white"},
        },
    }


def _data(name: str) -> str:
    """Return the logo of that file in base64; ``svg`` for the one that is written here."""
    return b64encode(_SVG.encode() if name == "svg" else (_LOGOS / name).read_bytes()).decode()


def _logos() -> dict[str, Request]:
    places: tuple[Request, ...] = (
        {},
        {"background": "#fff8e1", "padding": 2, "size": 16},
        {"background": "#102a4380", "clear_modules": False},
        {"padding": 0},
        {"clear_modules": False},
        {"background": "transparent", "padding": 0.5},
    )
    requests: dict[str, Request] = {}
    requests["logos/of Adobe RGB"] = {"logo": {"data": _data("adobe.png"), "size": 20}}
    names = ("half_clear.png", "grey.jpg", "half_clear.webp", "palette.png", "svg")
    turns = cycle(places)
    for name, shape in product(names, get_args(AreaShape)):
        logo = {"data": _data(name), "size": 20, "shape": shape, **next(turns)}
        requests[f"logos/{name}, {shape}"] = {"logo": logo, "error_correction": "H"}
    for number, place in enumerate(places):
        logo = {"data": _data("svg"), "size": 20, "shape": get_args(AreaShape)[number % 3], **place}
        requests[f"logos/place {number}"] = {"logo": logo, "error_correction": "H", "data_pattern": "dots"}
    for name, inside in _VECTOR.items():
        text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">{inside}</svg>'
        requests[f"logos/{name}"] = {"logo": {"data": b64encode(text.encode()).decode(), "size": 24}}
    requests["logos/repaired"] = {"logo": {"data": _data("palette.png"), "size": 30}, "error_correction": "L"}
    return requests


def _frames() -> dict[str, Request]:
    requests: dict[str, Request] = {}
    for name in get_args(FrameName):
        requests[f"frames/{name}"] = {"frame": {"style": name}}
        requests[f"frames/{name}, two lines"] = {
            "frame": {"style": name, "text": "Žižkov & Αθήνα, всегда рады вам", "color": _SEA[0]},
            "colors": {"background": "#fff4d6"},
        }
        for position in get_args(TextPosition):
            requests[f"frames/{name}, {position}"] = {
                "frame": {"style": name, "text": "SCAN ME →", "text_position": position},
                "data_pattern": "rounded",
            }
    requests["frames/colours"] = {
        "frame": {"style": "badge", "text": "Menu", "color": "#f9a825", "text_color": "#102a43"},
        "gradient": {"colors": _DUSK},
    }
    requests["frames/no ground"] = {"frame": {"style": "bubble", "text": "Hi"}, "colors": {"background": "transparent"}}
    return requests


def _effects() -> dict[str, Request]:
    types = get_args(EffectKind)
    requests: dict[str, Request] = {}
    for kind in types:
        requests[f"effects/{kind}"] = {"data_pattern": "rounded", "effects": [{"type": kind}]}
        requests[f"effects/{kind}, strong"] = {"eye_shape": "circle", "effects": [{"type": kind, "intensity": 80}]}
    for kind in ("shadow", "glow", "noise", "vintage"):
        requests[f"effects/{kind}, coloured"] = {
            "effects": [{"type": kind, "intensity": 60, "color": "#ff880080"}],
            "colors": {"foreground": _SEA[0], "background": "transparent"},
        }
    for pair in combinations(types, 2):
        requests[f"effects/{' and '.join(pair)}"] = {
            "data_pattern": "dots",
            "effects": [{"type": kind, "intensity": 50} for kind in pair],
        }
    requests["effects/three, a frame and a logo"] = {
        "frame": {"style": "bubble", "text": "Hi"},
        "logo": {"data": _data("svg"), "size": 15},
        "error_correction": "H",
        "effects": [
            {"type": "glow", "intensity": 60, "color": "#ff8800"},
            {"type": "noise", "intensity": 30},
            {"type": "vintage", "intensity": 40},
        ],
    }
    return requests


def _for_all_readers() -> dict[str, Request]:
    """Return a request for each eye that looks otherwise where all scanners are to read it."""
    requests: dict[str, Request] = {}
    for shape in get_args(EyeShape):
        if changes_when_robust(shape, "square", "square"):
            requests[f"all readers/{shape}"] = {"eye_shape": shape, "readers": "all"}
    for border, center in product(("quarter_round", "cut_corner", "double_border", "square"), ("square", "diamond")):
        if changes_when_robust(None, border, center):
            eye = {"eye_border_style": border, "eye_center_style": center}
            requests[f"all readers/{border}, {center}"] = {**eye, "data_pattern": "dots", "readers": "all"}
    return requests
