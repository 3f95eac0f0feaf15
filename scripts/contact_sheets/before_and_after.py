"""Pairs of pictures of one option, by the layer of an earlier commit and by the one here."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from base64 import b64decode
from pathlib import Path
from typing import Any, Final, get_args

from PIL import Image, ImageChops, ImageDraw, ImageFont

from qr_engine.artwork.words import DataPattern, EyeBorderStyle, EyeCenterStyle, EyeShape

__all__ = ["compare"]

ROOT: Final = Path(__file__).resolve().parents[2]
TEXT: Final = "https://example.com/styles"

_COLUMNS, _GAP, _LABEL = 4, 12, 22

_COLORS: Final = ["#5b2a86", "#c2185b", "#0b3d91"]

_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    **{f"data_pattern {word}": {"data_pattern": word} for word in get_args(DataPattern)},
    **{f"eye_shape {word}": {"eye_shape": word} for word in get_args(EyeShape)},
    **{f"eye_border_style {word}": {"eye_border_style": word} for word in get_args(EyeBorderStyle)},
    **{f"eye_center_style {word}": {"eye_center_style": word} for word in get_args(EyeCenterStyle)},
    "dots with circle": {"data_pattern": "dots", "eye_shape": "circle"},
    **{f"gradient {kind}": {"gradient": {"type": kind, "colors": _COLORS}} for kind in ("conic", "spiral")},
    **{
        f"{border} with {center}": {"eye_border_style": border, "eye_center_style": center}
        for border, center in (
            ("star", "cross"),
            ("star", "star"),
            ("rounded_square", "star"),
            ("rounded_square", "diamond"),
            ("rounded_square", "square"),
            ("circle", "heart"),
            ("hexagon", "cross"),
            ("quarter_round", "heart"),
        )
    },
    **{f"for all, {word}": {"eye_shape": word, "readers": "all"} for word in get_args(EyeShape)},
    **{f"for all, border {word}": {"eye_border_style": word, "readers": "all"} for word in get_args(EyeBorderStyle)},
    **{f"for all, centre {word}": {"eye_center_style": word, "readers": "all"} for word in get_args(EyeCenterStyle)},
    "vintage": {"effects": [{"type": "vintage", "intensity": 100}]},
}
"""Each option, and the fields of the request that asks for it."""

_DRAW: Final = """
import base64, json, sys
sys.path.insert(0, sys.argv[1])
from qr_engine.pipeline import generate
from qr_engine.request import parse
for line in sys.stdin:
    _, request = parse(json.loads(line))
    print(base64.b64encode(generate.draw_picture(request)[0]).decode())
"""


def compare(commit: str, side: int) -> tuple[Image.Image, int]:
    """Return a sheet of the options that look otherwise than at `commit`, `side` pixels a code, and their number."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", commit, "layers/qr_engine"], cwd=ROOT, check=True, capture_output=True
        ).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        before = _draw_all(Path(folder, "layers", "qr_engine"), side)
    after = _draw_all(ROOT / "layers" / "qr_engine", side)
    pairs = [
        (name, old, new)
        for name, old, new in zip(_OPTIONS, before, after, strict=True)
        if ImageChops.difference(old, new).getbbox()
    ]
    return _lay_out(pairs, side), len(pairs)


def _draw_all(layer: Path, side: int) -> list[Image.Image]:
    requests = [
        json.dumps({"data": TEXT, "format": "png", "size": side, "margin": 2, "verify": False, **fields})
        for fields in _OPTIONS.values()
    ]
    lines = subprocess.run(
        [sys.executable, "-c", _DRAW, str(layer)], input="\n".join(requests), text=True, check=True, capture_output=True
    ).stdout.splitlines()
    return [_open(line) for line in lines]


def _open(line: str) -> Image.Image:
    with Image.open(io.BytesIO(b64decode(line))) as image:
        return image.convert("RGB")


def _lay_out(pairs: list[tuple[str, Image.Image, Image.Image]], side: int) -> Image.Image:
    width, height = 2 * side + 2 * _GAP, side + _LABEL + _GAP
    rows = -(-len(pairs) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * width + _GAP, rows * height + _GAP), "#eceff1")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=14)
    for number, (name, old, new) in enumerate(pairs):
        left, top = _GAP + number % _COLUMNS * width, _GAP + number // _COLUMNS * height
        sheet.paste(old, (left, top + _LABEL))
        sheet.paste(new, (left + side + _GAP // 2, top + _LABEL))
        pen.text((left, top + 2), name, fill="#263238", font=font)
    return sheet
