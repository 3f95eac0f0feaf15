"""The sheet of effects."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import parse_color
from qr_engine.artwork.model import Effect
from qr_engine.artwork.words import EffectKind

from .options import compose_styles
from .paints import BASES

__all__ = ["compose_with_effects"]

KINDS: dict[str, EffectKind] = {kind: kind for kind in get_args(EffectKind)}
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


def compose_with_effects(side: int) -> list[tuple[str, Artwork]]:
    """Draw a code with each of `EFFECTS`, `side` pixels wide."""
    bases = dict(compose_styles(list(BASES.items()), side))
    return [(", ".join(request), replace(bases[base], effects=_effects(*request))) for base, request in EFFECTS]


def _effects(*asked: str) -> tuple[Effect, ...]:
    """As many effects, each as its type, its intensity and maybe a colour: ``glow 40 gold``."""
    effects = []
    for effect in asked:
        kind, intensity, *color = effect.split()
        effects.append(
            Effect(KINDS[kind], int(intensity) / 100, parse_color(color[0]) if color else None, seed=b"gallery")
        )
    return tuple(effects)
