"""The photographs: each look of ours, and the same looks of other generators, in each condition."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import product
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
import numpy as np
from PIL import Image, ImageOps

from qr_engine.artwork.words import DataPattern, EffectKind, EyeShape

from .camera import photograph
from .conditions import CONDITIONS, Condition
from .drawing import KEPT, draw_all, save
from .matrix import LOGO
from .peers import NPM, PYTHON, draw_npm, draw_python

__all__ = ["OURS", "PLAIN_LOOK", "TEXT", "Look", "Photograph", "draw_looks", "photograph_all"]

TEXT: Final = "https://example.com/menu/table"
"""As large as a symbol of version 3 at level Q."""

OURS: Final = "QR Engine"
PLAIN_LOOK: Final = "plain"

_VERSION: Final = 3
_MODULES: Final = 4 * _VERSION + 17
_MARGIN: Final = 4
_SIZE: Final = 600

_SHARED_PATTERNS: Final = ("square", "dots", "rounded", "extra_rounded", "classy", "classy_rounded")
_SHARED_EYES: Final = ("square", "rounded_square", "circle", "dot")
"""What qr-code-styling draws as well."""


class Look(msgspec.Struct, frozen=True):
    """A code as one of the generators draws it.

    Attributes
    ----------
    maker, name
        The generator, and what the look is called in all of them.
    kind
        ``plain``, ``styled`` for patterns and eyes, or ``other`` for colours, effects and what else is put on them.
    file
        A grey PGM.
    module_pixels
        Of a side of a module.
    score
        ``scan.score``, where the maker is ours and gives one.
    """

    maker: str
    name: str
    kind: str
    file: str
    module_pixels: float
    score: int | None = None


class Photograph(msgspec.Struct, frozen=True):
    """A photograph of a look, and the file with it."""

    look: Look
    condition: Condition
    file: str


def draw_looks() -> tuple[list[Look], dict[str, str]]:
    """Draw every look, and return with them what had to be left out, with the reason."""
    requests = {
        name: {"data": TEXT, "size": _SIZE, "version": _VERSION, "error_correction": "Q", **fields}
        for _, name, fields in _looks()
    }
    looks, left_out = [], {}
    for (kind, name, _), drawn in zip(_looks(), draw_all(list(requests.values())), strict=True):
        if drawn.refusal:
            left_out[f"{OURS}, {name}"] = drawn.refusal
        else:
            looks.append(Look(OURS, name, kind, drawn.file, drawn.module_pixels, drawn.score))
    for maker, draw in ((NPM, draw_npm), (PYTHON, draw_python)):
        try:
            pictures = draw(TEXT, size=_SIZE, modules=_MODULES)
        except (OSError, ImportError) as error:
            left_out[maker] = str(error)
            continue
        for name, picture in pictures.items():
            file = KEPT / "peers" / f"{maker} {name}.pgm"
            file.parent.mkdir(parents=True, exist_ok=True)
            save(picture, file)
            kind = "plain" if name == "square + square" else "styled"
            looks.append(Look(maker, name, kind, str(file), _SIZE / (_MODULES + 2 * _MARGIN)))
    return looks, left_out


def photograph_all(looks: Sequence[Look], conditions: Sequence[Condition] = CONDITIONS) -> list[Photograph]:
    """Photograph each look in each condition."""
    with ProcessPoolExecutor(cpu_count(), mp_context=get_context("fork")) as pool:
        each = pool.map(_photograph_look, looks, [conditions] * len(looks), chunksize=2)
        return [photograph for some in each for photograph in some]


def _photograph_look(look: Look, conditions: Sequence[Condition]) -> list[Photograph]:
    with Image.open(look.file) as image:
        # A frame makes it wider or higher; the page around it is white.
        square = ImageOps.pad(image, (max(image.size),) * 2, color=255)
    pixels, modules = np.asarray(square, np.float32), max(square.size) / look.module_pixels
    # Other drawings, and another camera, are other files.
    folder = KEPT / _camera_digest() / hashlib.sha256(look.name.encode() + pixels.tobytes()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, condition in enumerate(conditions):
        file = folder / f"{number}.pgm"
        if not file.exists():
            # The name of a look is the same for each maker, and so are the noise and the light that it meets.
            save(Image.fromarray(photograph(pixels, look.name, condition, modules=modules)), file)
        made.append(Photograph(look, condition, str(file)))
    return made


@cache
def _camera_digest() -> str:
    files = [Path(__file__).with_name(name) for name in ("camera.py", "conditions.py")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _looks() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the kind, the name and the fields of each of our looks."""
    yield "plain", PLAIN_LOOK, {}
    pairs = dict.fromkeys(product(_SHARED_PATTERNS, _SHARED_EYES))
    pairs |= dict.fromkeys((pattern, "square") for pattern in get_args(DataPattern))
    pairs |= dict.fromkeys(("square", eye) for eye in get_args(EyeShape))
    pairs |= dict.fromkeys([(pattern, "rounded_square") for pattern in ("mosaic", "vertical", "horizontal")])
    pairs |= {("extra_rounded", "flower"): None, ("dots", "leaf"): None, ("classy", "shield"): None}
    for pattern, eye in pairs:
        yield "styled", f"{pattern} + {eye}", {"data_pattern": pattern, "eye_shape": eye}
    for name, fields in _others().items():
        yield "other", name, fields


def _others() -> dict[str, dict[str, Any]]:
    rounded = {"data_pattern": "rounded", "eye_shape": "rounded_square"}
    looks: dict[str, dict[str, Any]] = {
        "palest colour": {"colors": {"foreground": "#949494"}},
        "pale, rounded": {**rounded, "colors": {"foreground": "#8a8a8a"}},
        "inverted": {"data_pattern": "dots", "colors": {"foreground": "#fff", "background": "#000"}},
        "navy on cream": {**rounded, "colors": {"foreground": "navy", "background": "#fff4d6"}},
        "gradient": {**rounded, "gradient": {"type": "linear", "angle": 45, "colors": ["#5b2a86", "#c2185b"]}},
        "conic gradient": {"gradient": {"type": "conic", "colors": ["#0b3d91", "#5b2a86", "#b3541e"]}},
        "bubble frame": {**rounded, "frame": {"style": "bubble", "text": "SCAN ME"}},
        "badge frame": {"frame": {"style": "badge", "text": "Menu"}},
        "logo 20 %": {"logo": {"data": LOGO, "size": 20}},
        "logo 25 %": {"logo": {"data": LOGO, "size": 25}},
        "logo 20 %, dots": {"data_pattern": "dots", "eye_shape": "circle", "logo": {"data": LOGO, "size": 20}},
    }
    for kind in get_args(EffectKind):
        for intensity in (60, 100):
            looks[f"{kind} {intensity}"] = {"effects": [{"type": kind, "intensity": intensity}]}
    return looks
