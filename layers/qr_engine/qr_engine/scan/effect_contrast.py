"""The contrast of a paint with the colour below it, where effects reduce it most."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

import msgspec

from ..artwork import effect_strength
from ..artwork.color import TRANSPARENT, Color, over

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..artwork.model import Effect
    from .contrast import ContrastPair

__all__ = ["with_effects"]


def with_effects(artwork: Artwork, pairs: tuple[ContrastPair, ...]) -> tuple[ContrastPair, ...]:
    """Return `pairs` as a reader sees them with the effects of the artwork.

    A reader looks at the middle of a module. A shadow, a glow and a blur take most of the contrast there in a single
    module among others, and a vintage tone in the corners of the symbol. Grain counts with its average colour.
    """
    if not artwork.effects:
        return pairs
    vignette = _vignette_share(artwork)
    return tuple([_with_effects(pair, artwork.effects, vignette) for pair in pairs])


def _vignette_share(artwork: Artwork) -> float:
    """Return how much of the vignette reaches the corners of the symbol, 0 to 1."""
    left, top = artwork.corner
    right, bottom = left + artwork.symbol.size, top + artwork.symbol.size
    x, y = artwork.width / 2, artwork.height / 2
    away = hypot(max(x - left, right - x), max(y - top, bottom - y)) / hypot(x, y)
    return max(0.0, away - effect_strength.VIGNETTE_START) / (1 - effect_strength.VIGNETTE_START)


def _with_effects(pair: ContrastPair, effects: tuple[Effect, ...], vignette: float) -> ContrastPair:
    seen, under = pair.seen, pair.under
    for effect in effects:
        if effect.kind in ("shadow", "glow"):
            halo = effect_strength.halo_of(effect)
            strength = halo.opacity * (1 - effect_strength.visible_share(halo.deviation, halo.offset))
            under = over(_fade(halo.color or seen, strength), under)
        elif effect.kind == "blur":
            rest = 1 - effect_strength.visible_share(effect_strength.blur_deviation(effect))
            seen, under = over(_fade(under, rest), seen), over(_fade(seen, rest), under)
        else:
            tone = effect_strength.tone_of(effect)
            tones = (tone.wash, _fade(tone.vignette, vignette)) if effect.kind == "vintage" else ()
            for veil in (*tones, effect_strength.average_grain(effect)):
                seen, under = over(veil, seen), over(veil, under)
    return msgspec.structs.replace(pair, seen=seen, under=under)


def _fade(color: Color, strength: float) -> Color:
    alpha = round(color.alpha * strength)
    return msgspec.structs.replace(color, alpha=alpha) if alpha else TRANSPARENT
