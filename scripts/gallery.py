"""Draw contact sheets of every option of a styled code: ``python scripts/gallery.py [folder] [pixels of a code]``.

One sheet for each kind of option, drawn by the project's own PNG renderer; look at them after any change of a shape.
"""

from __future__ import annotations

import io
import sys
from base64 import b64encode
from pathlib import Path
from typing import get_args

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "layers" / "qr_engine"))

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import Color, parse_color
from qr_engine.artwork.eyes import EyeBorderStyle, EyeCenterStyle, EyeShape
from qr_engine.artwork.model import Effect, EffectKind
from qr_engine.artwork.patterns import DataPattern
from qr_engine.artwork.style import (
    EyeColors,
    FrameName,
    FrameStyle,
    GradientStyle,
    GradientType,
    StrokeStyle,
    Style,
    TextPosition,
)
from qr_engine.artwork.styled import compose_styled
from qr_engine.logo import Wanted, read_logo, repair
from qr_engine.logo.plate import laid_on
from qr_engine.render import draw
from qr_engine.symbol import Level, Symbol, encode

TEXT = "https://example.com/gallery"
COLUMNS = 4
GAP = 24
LABEL = 34


def _colors(*names: str) -> tuple[Color, ...]:
    return tuple([parse_color(name) for name in names])


def _stroke(color: str, width: float = 0.15) -> StrokeStyle:
    return StrokeStyle(parse_color(color), width)


def _effects(*asked: str) -> tuple[Effect, ...]:
    """As many effects, each as its type, its intensity and maybe a colour: ``glow 40 gold``."""
    found = []
    for effect in asked:
        kind, intensity, *color = effect.split()
        found.append(
            Effect(KINDS[kind], int(intensity) / 100, parse_color(color[0]) if color else None, seed=b"gallery")
        )
    return tuple(found)


KINDS: dict[str, EffectKind] = {kind: kind for kind in get_args(EffectKind)}

SUNSET = _colors("#5b2a86", "#c2185b", "#b3541e")
OCEAN = _colors("#0b3d91", "#00695c")
CREAM = _colors("#fffdf5", "#ffe0b2")
SOFT = Style(data_pattern="rounded", eye_shape="rounded_square")

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
        (name, replace(SOFT, gradient=GradientStyle(type=name, colors=SUNSET))) for name in get_args(GradientType)
    ]
    + [
        ("data only", replace(SOFT, gradient=GradientStyle(colors=OCEAN, apply_to_eyes=False))),
        (
            "eye_gradient",
            replace(SOFT, eye_gradient=GradientStyle(type="radial", colors=SUNSET)),
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
        ("narrow", Style(data_pattern="star", eye_shape="flower", foreground=SUNSET[1], stroke=_stroke("black", 0.08))),
        ("around dots", Style(data_pattern="dots", eye_shape="circle", foreground=OCEAN[0], stroke=_stroke("#c2185b"))),
        (
            "around what joins",
            replace(SOFT, gradient=GradientStyle(colors=OCEAN), stroke=_stroke("#f9a825", 0.2)),
        ),
        ("half seen through", Style(stroke=_stroke("#f06292a0", 0.3))),
        (
            "lighter than what is under it",
            Style(
                data_pattern="extra_rounded",
                eye_shape="shield",
                foreground=parse_color("#1d2b36"),
                background=parse_color("#8fc1cf"),
                stroke=_stroke("white", 0.3),
            ),
        ),
        ("as dark as the shapes", Style(data_pattern="diamond", eye_shape="diamond", stroke=_stroke("black", 0.12))),
        ("around notches", Style(data_pattern="classy_rounded", eye_shape="heart", stroke=_stroke("#80cbc4", 0.25))),
        ("widest", Style(data_pattern="vertical", eye_shape="leaf", stroke=_stroke("#ffecb3", 0.5))),
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
                gradient=GradientStyle(colors=SUNSET, angle=45),
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

NEON = Style(
    data_pattern="dots", eye_shape="circle", foreground=parse_color("aquamarine"), background=parse_color("#101820")
)
BASES = {
    "plain": Style(),
    "gradient": replace(SOFT, gradient=GradientStyle(colors=SUNSET)),
    "neon": NEON,
    "gold": replace(SOFT, foreground=OCEAN[0], stroke=_stroke("#f9a825", 0.2)),
}
EFFECTS: list[tuple[str, tuple[str, ...]]] = [
    *[
        (base, (f"{kind} {amount}",))
        for kind in KINDS
        for base, amount in (("plain", 40), ("plain", 80), ("gradient", 40))
    ],
    ("gold", ("shadow 50 #5b2a86",)),
    ("neon", ("glow 70",)),
    ("neon", ("glow 60 deepskyblue", "noise 30")),
    ("gold", ("glow 80 #4fc3f7",)),
    ("gradient", ("shadow 40", "vintage 50")),
    ("plain", ("shadow 60", "vintage 70 seagreen", "noise 20")),
    ("gold", ("noise 50 orange",)),
    ("gradient", ("glow 60", "blur 40", "vintage 40")),
]
"""The base of every code on the sheet of effects, and its effects."""


def _vector(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{inside}</svg>'.encode()


def _photograph() -> bytes:
    """A bitmap with every colour, as a photograph has."""
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
LOGOS: list[tuple[str, str, Wanted, str | None, Style]] = [
    ("circle", "play", Wanted(22, 1, "circle"), None, SOFT),
    ("square", "leaf", Wanted(22, 1, "square"), None, SOFT),
    ("rounded_square", "leaf", Wanted(20, 1.5, "rounded_square"), "#fff8e1", SOFT),
    ("wide", "wide", Wanted(28, 1, "square"), None, Style()),
    ("circle, a photograph", "photograph", Wanted(24, 1, "circle"), None, replace(SOFT, foreground=OCEAN[0])),
    ("rounded, a photograph", "photograph", Wanted(24, 0, "rounded_square"), None, Style(data_pattern="classy")),
    ("circle, a plate", "heart", Wanted(16, 2.5, "circle"), "#fce4ec", Style(data_pattern="dots", eye_shape="circle")),
    ("a dark plate", "leaf", Wanted(16, 2, "rounded_square"), "#102a43", replace(SOFT, foreground=OCEAN[0])),
    (
        "on a gradient",
        "heart",
        Wanted(22, 0.5, "square"),
        None,
        replace(SOFT, gradient=GradientStyle(colors=SUNSET), background_gradient=GradientStyle("radial", CREAM)),
    ),
    ("modules stay", "heart", Wanted(22, 1, "square", clear_modules=False), None, replace(SOFT, foreground=OCEAN[0])),
    ("stroke", "play", Wanted(22, 1, "circle"), None, BASES["gold"]),
    (
        "frame",
        "play",
        Wanted(22, 1, "circle"),
        None,
        replace(SOFT, frame=FrameStyle("badge", "SCAN ME", "bottom", OCEAN[0])),
    ),
]
"""The name of every code on the sheet of logos, its mark, where that sits, its plate, and the style of the code."""


def bearing(side: int) -> list[tuple[str, Artwork]]:
    """A code with each of `LOGOS`, `side` pixels wide."""
    found = []
    for name, mark, wanted, plate, style in LOGOS:
        logo = read_logo(b64encode(MARKS[mark]).decode())
        fitted = repair(encode(TEXT, error_correction="Q"), logo, wanted, make=_exactly, least="M")
        cleared = fitted.symbol.matrix & ~fitted.placement.cleared
        artwork = compose_styled(replace(fitted.symbol, matrix=cleared), style, margin=3, size=side)
        found.append((name, laid_on(artwork, logo, fitted.placement, parse_color(plate) if plate else None)))
    return found


def _exactly(level: Level, version: int) -> Symbol:
    return encode(TEXT, error_correction=level, version=version, boost=False)


def composed(styles: list[tuple[str, Style]], side: int) -> list[tuple[str, Artwork]]:
    """A code of each style, `side` pixels wide."""
    symbol = encode(TEXT, error_correction="Q")
    return [(name, compose_styled(symbol, style, margin=3, size=side)) for name, style in styles]


def affected(side: int) -> list[tuple[str, Artwork]]:
    """A code with each of `EFFECTS`, `side` pixels wide."""
    bases = dict(composed(list(BASES.items()), side))
    return [(", ".join(asked), replace(bases[base], effects=_effects(*asked))) for base, asked in EFFECTS]


def sheet(codes: list[tuple[str, Artwork]], side: int) -> Image.Image:
    """All the codes in rows, each `side` pixels wide, with its name below."""
    cell, step = side + GAP, side + GAP + LABEL
    rows = -(-len(codes) // COLUMNS)
    picture = Image.new("RGB", (GAP + COLUMNS * cell, GAP + rows * step), "#eceff1")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=18)
    for number, (name, artwork) in enumerate(codes):
        left, top = GAP + number % COLUMNS * cell, GAP + number // COLUMNS * step
        with Image.open(io.BytesIO(draw(artwork, "png"))) as drawn:
            shown = drawn.convert("RGBA")
        picture.paste(shown, (left + (side - shown.width) // 2, top + (side - shown.height) // 2), shown)
        pen.text((left + side / 2, top + side + LABEL / 2), name, fill="#263238", font=font, anchor="mm")
    return picture


def main(folder: str = "gallery", side: str = "310") -> None:
    """Draw every sheet into `folder`."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    sheets = {name: composed(styles, int(side)) for name, styles in SHEETS.items()}
    for name, codes in {**sheets, "effects": affected(int(side)), "logos": bearing(int(side))}.items():
        sheet(codes, int(side)).save(target / f"{name}.png", optimize=True)
        print(f"Drew {target / name}.png: {len(codes)} codes.")


if __name__ == "__main__":
    main(*sys.argv[1:3])
