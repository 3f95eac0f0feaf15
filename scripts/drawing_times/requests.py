"""Styled requests at random, of every format that shows styles, size, version, logo, frame, gradient and effect."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, get_args

from qr_engine.artwork.words import DataPattern, EffectKind, EyeShape, FrameName, GradientType
from qr_engine.errors import Problem
from qr_engine.request import CanonicalRequest, parse
from qr_engine.request.canonicalize import AVIF_LARGEST
from qr_engine.request.plain_schema import FormatName

from ..benchmarks.handler import ROOT

__all__ = ["random_requests"]

_LOGOS = ROOT / "scripts" / "load" / "logos"
_SMALLEST, _LARGEST = 64, 4096
_PLAIN = 0.15
"""What part of them are plain codes."""


def random_requests(count: int, seed: int) -> Iterator[CanonicalRequest]:
    """Yield so many requests, the same for the same `seed`; sizes are as often doubled as halved."""
    random = Random(seed)
    while count:
        try:
            yield parse(_fields(random))[1]
        except Problem:
            # Two fields that contradict each other, such as a text that is too long for its level.
            continue
        count -= 1


def _fields(random: Random) -> dict[str, Any]:
    form = random.choice([name for name in get_args(FormatName) if name not in ("txt", "json")])
    largest = AVIF_LARGEST if form == "avif" else _LARGEST
    fields: dict[str, Any] = {
        "data": "x" * round(8 * 2 ** random.uniform(0, 7)),
        "format": form,
        "size": min(largest, round(_SMALLEST * 2 ** random.uniform(0, 6))),
        "error_correction": random.choice("LMQH"),
    }
    if random.random() < _PLAIN:
        return fields
    fields |= {
        "data_pattern": random.choice(get_args(DataPattern)),
        "eye_shape": random.choice(get_args(EyeShape)),
        "verify": random.random() < 0.7,
    }
    if random.random() < 0.4:
        fields["gradient"] = _gradient(random, ["#5b2a86", "#0b3d91"])
    if random.random() < 0.2:
        fields["stroke"] = {"color": "gold", "width": 0.15}
    if random.random() < 0.1:
        fields["colors"] = {"background": "#ffffff"}
        fields["background_gradient"] = _gradient(random, ["#fff", "#fffbe6"])
    if random.random() < 0.4:
        fields["logo"] = {"data": _logo(random), "size": random.randint(10, 25)}
    if random.random() < 0.2:
        fields["frame"] = {"style": random.choice(get_args(FrameName)), "text": "SCAN ME"}
    kinds = random.sample(get_args(EffectKind), random.choice([0, 0, 0, 1, 1, 2, 3]))
    if kinds:
        fields["effects"] = [{"type": kind, "intensity": random.randint(10, 60)} for kind in kinds]
    return fields


def _gradient(random: Random, colors: list[str]) -> dict[str, Any]:
    return {"type": random.choice(get_args(GradientType)), "colors": colors}


def _logo(random: Random) -> str:
    from base64 import b64encode

    name, kind = random.choice([("leaf.svg", "svg+xml"), ("bolt.png", "png")])
    return f"data:image/{kind};base64,{b64encode((_LOGOS / name).read_bytes()).decode()}"
