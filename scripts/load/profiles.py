"""What the codes of a load look like: the request of each, the same for the same seed on every machine."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal
from urllib.parse import urlencode

import msgspec

__all__ = ["FORMATS", "KINDS", "PROFILES", "Kind", "Target", "target"]

Kind = Literal["basic", "medium", "advanced"]
KINDS: tuple[Kind, ...] = ("basic", "medium", "advanced")

PROFILES: dict[str, dict[Kind, int]] = {
    "basic": {"basic": 1},
    "medium": {"medium": 1},
    "advanced": {"advanced": 1},
    "mixed": {"basic": 60, "medium": 25, "advanced": 15},
    "zipf": {"basic": 60, "medium": 25, "advanced": 15},
}
"""How many of a hundred codes are of which kind; ``zipf`` is ``mixed`` with a popularity (see `workload`)."""

FORMATS = ("svg", "png", "webp", "jpeg", "avif", "pdf")
"""Those that can be read back."""

_PALETTES = (("#1b2a4a", "#5b2a86"), ("#0b3d91", "#0b6e4f"), ("#7a1f3d", "#3e2723"), ("#004d40", "#1b2a4a"))
_PATTERNS = ("dots", "rounded", "extra_rounded", "classy", "classy_rounded", "vertical", "horizontal", "diamond")
_EYES = ("rounded_square", "circle", "leaf", "shield", "hexagon")
_FRAMES = ("simple", "rounded", "bubble", "badge")
_GRADIENTS = ("linear", "radial", "conic")
_EFFECTS = ("shadow", "glow")
_LOGOS = {"bolt.png": "image/png", "leaf.svg": "image/svg+xml"}


class Target(msgspec.Struct, frozen=True):
    """One code to ask for.

    Attributes
    ----------
    kind
        How much there is to draw.
    text
        What a reader has to find in the picture.
    fields
        The request as a JSON body has it, which is how the warm route takes it.
    path
        The same request as the path and the query string of a GET.
    """

    kind: Kind
    text: str
    fields: dict[str, Any]
    path: str


def target(chooser: Random, shares: dict[Kind, int], formats: tuple[str, ...], text: str) -> Target:
    """Choose a code for `text`, of a kind, a format and a look that `chooser` picks."""
    (kind,) = chooser.choices(tuple(shares), weights=tuple(shares.values()))
    fields = {"data": text, "format": chooser.choice(formats), **_LOOKS[kind](chooser)}
    return Target(kind, text, fields, f"/api/qr/generate?{urlencode(list(_pairs(fields)))}")


def _pairs(fields: dict[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """Return a JSON object as flat names with dots, the objects of a list numbered from 0."""
    for name, value in fields.items():
        path = within + name
        if isinstance(value, dict):
            yield from _pairs(value, f"{path}.")
        elif isinstance(value, list) and isinstance(value[0], dict):
            yield from _pairs({str(number): item for number, item in enumerate(value)}, f"{path}.")
        else:
            for item in value if isinstance(value, list) else [value]:
                yield path, item if isinstance(item, str) else json.dumps(item)


def _basic(chooser: Random) -> dict[str, Any]:
    return {"size": chooser.choice((300, 400, 600)), "error_correction": chooser.choice("MQ")}


def _medium(chooser: Random) -> dict[str, Any]:
    foreground, eyes = chooser.choice(_PALETTES)
    return {
        **_basic(chooser),
        "colors": {"foreground": foreground, "eye_center": eyes},
        "data_pattern": chooser.choice(_PATTERNS),
        "eye_shape": chooser.choice(_EYES),
    }


def _advanced(chooser: Random) -> dict[str, Any]:
    looks: dict[str, Any] = {
        "size": chooser.choice((512, 800)),
        "error_correction": "H",
        "data_pattern": chooser.choice(_PATTERNS),
        "eye_shape": chooser.choice(_EYES),
        "gradient": {"type": chooser.choice(_GRADIENTS), "colors": list(chooser.choice(_PALETTES))},
    }
    for name, (share, look) in _EXTRAS.items():
        if chooser.random() < share:
            looks[name] = look(chooser)
    return looks


def _frame(chooser: Random) -> dict[str, Any]:
    return {"style": chooser.choice(_FRAMES), "text": "SCAN ME"}


def _logo(chooser: Random) -> dict[str, Any]:
    return {"data": _logo_data(chooser.choice(tuple(_LOGOS))), "size": chooser.choice((15, 20, 22.5))}


@cache
def _logo_data(name: str) -> str:
    """Return a logo as a data URI, small enough for an address: API Gateway takes 10,240 bytes, headers included."""
    body = Path(__file__).with_name("logos").joinpath(name).read_bytes()
    return f"data:{_LOGOS[name]};base64,{b64encode(body).decode()}"


def _effects(chooser: Random) -> list[dict[str, Any]]:
    kinds = chooser.sample(_EFFECTS, chooser.choice((1, 1, 2)))
    return [{"type": kind, "intensity": chooser.choice((20, 40, 60))} for kind in kinds]


_EXTRAS = {"logo": (1 / 2, _logo), "frame": (1 / 3, _frame), "effects": (1 / 4, _effects)}
"""What part of the advanced codes has each."""

_LOOKS = {"basic": _basic, "medium": _medium, "advanced": _advanced}
