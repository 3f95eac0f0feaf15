"""What the codes of a load look like: the query string of each, the same for the same seed on every machine."""

from __future__ import annotations

from random import Random
from typing import Literal
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


class Target(msgspec.Struct, frozen=True):
    """One code to ask for.

    Attributes
    ----------
    kind
        How much there is to draw.
    text
        What a reader has to find in the picture.
    path
        The request: path and query string.
    """

    kind: Kind
    text: str
    path: str


def target(chooser: Random, shares: dict[Kind, int], formats: tuple[str, ...], text: str) -> Target:
    """A code for `text`, of a kind, a format and a look that `chooser` picks."""
    (kind,) = chooser.choices(tuple(shares), weights=tuple(shares.values()))
    fields = [("data", text), ("format", chooser.choice(formats)), *_LOOKS[kind](chooser)]
    return Target(kind, text, f"/api/qr/generate?{urlencode(fields)}")


def _basic(chooser: Random) -> list[tuple[str, str]]:
    return [("size", chooser.choice(("300", "400", "600"))), ("error_correction", chooser.choice("MQ"))]


def _medium(chooser: Random) -> list[tuple[str, str]]:
    foreground, eyes = chooser.choice(_PALETTES)
    colors = [("colors.foreground", foreground), ("colors.eye_center", eyes)]
    return [
        *_basic(chooser),
        *colors,
        ("data_pattern", chooser.choice(_PATTERNS)),
        ("eye_shape", chooser.choice(_EYES)),
    ]


def _advanced(chooser: Random) -> list[tuple[str, str]]:
    looks = [("size", chooser.choice(("512", "800"))), ("error_correction", "H")]
    looks += [("data_pattern", chooser.choice(_PATTERNS)), ("eye_shape", chooser.choice(_EYES))]
    looks += [("gradient.type", chooser.choice(_GRADIENTS))]
    looks += [("gradient.colors", color) for color in chooser.choice(_PALETTES)]
    return (
        [*looks, ("frame.style", chooser.choice(_FRAMES)), ("frame.text", "SCAN ME")]
        if chooser.random() < 0.3
        else looks
    )


_LOOKS = {"basic": _basic, "medium": _medium, "advanced": _advanced}
