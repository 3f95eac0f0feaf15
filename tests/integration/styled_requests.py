"""Requests with every field of a style, most of them right by themselves, and some that contradict each other."""

from __future__ import annotations

import base64
import io
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from PIL import Image

from qr_engine.artwork.words import (
    DataPattern,
    EffectKind,
    EyeBorderStyle,
    EyeCenterStyle,
    EyeShape,
    FrameName,
    GradientType,
    Readers,
    TextPosition,
)
from qr_engine.request.logo_schema import Logo
from qr_engine.request.plain_schema import FormatName, LevelName
from qr_engine.request.schema import QRRequest
from qr_engine.request.style_schema import Colors, Effect, EyeColors, Frame, Gradient, Stop, Stroke
from qr_engine.symbol.model import AreaShape

__all__ = ["PARTS", "styled_requests"]

Fields = dict[str, SearchStrategy[Any]]


def bitmap(form: str) -> str:
    """A logo of three colours with transparent corners, as a data URI."""
    picture = Image.new("RGBA", (24, 16), (0, 0, 0, 0))
    picture.paste((194, 24, 91, 255), (4, 2, 20, 14))
    picture.paste((91, 42, 134, 128), (8, 4, 16, 12))
    written = io.BytesIO()
    (picture.convert("RGB") if form == "JPEG" else picture).save(written, form)
    return f"data:image/{form.lower()};base64,{base64.b64encode(written.getvalue()).decode()}"


SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' r='3' fill='%23c2185b'/></svg>"
LOGOS = [f"data:image/svg+xml,{SVG}", bitmap("PNG"), bitmap("JPEG"), bitmap("WEBP"), "data:image/png;base64,AAAA", "no"]
DARK = ["navy", "#000", "#1a2b3c", "#5b2a86", "#0b3d91"]
LIGHT = ["white", "#fffbe6", "#ffffffff", "beige"]
ODD = ["transparent", "yellow", "#00000080", "#abcd", "no colour", ""]


def one_of(words: Any) -> SearchStrategy[Any]:
    return st.sampled_from(get_args(words))


def mostly(*words: str) -> SearchStrategy[str]:
    """One of `words`, and now and then a colour that is none, or cannot be used."""
    return st.sampled_from([*(list(words) * 4), *ODD])


def some(fields: Fields, *required: str) -> SearchStrategy[dict[str, Any]]:
    """Objects with the `required` ones of `fields`, and any of the others."""
    optional = {name: strategy for name, strategy in fields.items() if name not in required}
    return st.fixed_dictionaries({name: fields[name] for name in required}, optional=optional)


def numbers(least: float, most: float) -> SearchStrategy[float]:
    return st.floats(least, most).map(lambda number: round(number, 3))


def fraction() -> SearchStrategy[float]:
    return numbers(0, 1)


dark, light = mostly(*DARK), mostly(*LIGHT)
stop: Fields = {"offset": fraction(), "color": dark}
stops = st.lists(some(stop, *stop), min_size=2, max_size=5)


def gradients(color: SearchStrategy[str]) -> tuple[Fields, SearchStrategy[dict[str, Any]]]:
    fields: Fields = {
        "type": one_of(GradientType),
        "colors": st.lists(color, min_size=2, max_size=5),
        "stops": stops.map(lambda found: sorted(found, key=lambda each: each["offset"])) | stops,
        "angle": numbers(-360, 360),
        "center": st.lists(fraction(), min_size=2, max_size=2),
        "apply_to_data": st.booleans(),
        "apply_to_eyes": st.booleans(),
    }
    without = {name: strategy for name, strategy in fields.items() if name != "stops"}
    stopped = {name: strategy for name, strategy in fields.items() if name != "colors"}
    return fields, some(without, "colors") | some(stopped, "stops")


eye_colors: Fields = {"border": dark, "center": dark}
colors: Fields = {
    "foreground": dark,
    "background": light,
    "eye_border": dark,
    "eye_center": dark,
    "per_eye": st.lists(some(eye_colors).filter(bool), min_size=1, max_size=3),
}
gradient, dark_gradients = gradients(dark)
_, light_gradients = gradients(light)
stroke: Fields = {"color": dark, "width": numbers(0.05, 0.5), "opacity": fraction()}
effect: Fields = {"type": one_of(EffectKind), "intensity": numbers(0, 100), "color": dark}
logo: Fields = {
    "data": st.sampled_from(LOGOS),
    "asset": st.just("brand/logo.svg"),
    "size": numbers(5, 50),
    "padding": numbers(0, 10),
    "shape": one_of(AreaShape),
    "background": light,
    "clear_modules": st.booleans(),
}
frame: Fields = {
    "style": one_of(FrameName),
    "text": st.sampled_from(["SCAN ME", "Zum Menü →", "Ж", "a" * 50, "🙂", " ", "two\nlines"]),
    "text_position": one_of(TextPosition),
    "color": dark,
    "text_color": light,
}
request: Fields = {
    "data": st.sampled_from(
        ["https://example.com", "https://example.com/a?b=1&c=%20+x", "Zürich", "12345678", "x" * 120]
    )
    | st.text(min_size=1, max_size=40),
    "format": one_of(FormatName),
    "size": st.integers(200, 420) | st.just(64),
    "margin": st.integers(0, 6),
    "error_correction": one_of(LevelName),
    "boost_error_correction": st.booleans(),
    "version": st.integers(1, 8),
    "mask": st.integers(0, 7),
    "micro": st.booleans(),
    "eci": st.sampled_from(["auto", "always", "never"]),
    "kanji": st.booleans(),
    "structured_append": st.fixed_dictionaries({"part": st.integers(1, 2), "parts": st.integers(2, 3)}),
    "colors": some(colors),
    "data_pattern": one_of(DataPattern),
    "eye_shape": one_of(EyeShape),
    "eye_border_style": one_of(EyeBorderStyle),
    "eye_center_style": one_of(EyeCenterStyle),
    "gradient": dark_gradients,
    "eye_gradient": dark_gradients,
    "background_gradient": light_gradients,
    "stroke": some(stroke, "color"),
    "effects": st.lists(some(effect, "type"), min_size=1, max_size=3, unique_by=lambda each: each["type"]),
    "logo": some({name: each for name, each in logo.items() if name != "asset"}, "data"),
    "repair": st.booleans(),
    # An empty object cannot be written in a query string.
    "frame": some(frame).filter(bool),
    "title": st.text(min_size=1, max_size=20),
    "description": st.text(min_size=1, max_size=20),
    "dpi": st.integers(36, 600),
    "contrast": st.sampled_from(["refuse", "warn"]),
    "readers": one_of(Readers),
    "private": st.booleans(),
    "verify": st.booleans(),
    "cache": st.booleans(),
}
PARTS = {
    QRRequest: request,
    Colors: colors,
    EyeColors: eye_colors,
    Gradient: gradient,
    Stop: stop,
    Stroke: stroke,
    Effect: effect,
    Logo: logo,
    Frame: frame,
}

"""By struct, what its fields are made of."""


@st.composite
def styled_requests(draw: st.DrawFn) -> dict[str, Any]:
    """A request with its data and up to six fields more: with all of them, every one would contradict itself."""
    chosen = draw(st.lists(st.sampled_from(sorted(request.keys() - {"data"})), max_size=6, unique=True))
    return draw(st.fixed_dictionaries({name: request[name] for name in ("data", *chosen)}))
