"""What effects leave of the contrast between a paint and what lies under it, where they leave least."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

import msgspec

from ..artwork import effect_strength
from ..artwork.color import TRANSPARENT, Color, over

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..artwork.model import Effect
    from .contrast import Meeting

__all__ = ["veiled"]


def veiled(artwork: Artwork, met: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Give `met` as they are seen with the effects of the artwork.

    The middle of a single module among others is what a reader looks at, and where a shadow, a glow and a blur take
    most. In the corners of the symbol, where the eyes are, a vintage tone does. Grain is taken as it looks from afar.
    """
    if not artwork.effects:
        return met
    dusk = _dusk(artwork)
    return tuple([_veiled(meeting, artwork.effects, dusk) for meeting in met])


def _dusk(artwork: Artwork) -> float:
    """How much of the dusk towards the corners of the picture reaches the symbol, 0 to 1."""
    left, top = artwork.corner
    right, bottom = left + artwork.symbol.size, top + artwork.symbol.size
    x, y = artwork.width / 2, artwork.height / 2
    away = hypot(max(x - left, right - x), max(y - top, bottom - y)) / hypot(x, y)
    return max(0.0, away - effect_strength.DUSK_BEGINS) / (1 - effect_strength.DUSK_BEGINS)


def _veiled(meeting: Meeting, found: tuple[Effect, ...], dusk: float) -> Meeting:
    seen, under = meeting.seen, meeting.under
    for effect in found:
        if effect.kind in ("shadow", "glow"):
            halo = effect_strength.halo(effect)
            strength = halo.opacity * (1 - effect_strength.share(halo.deviation, halo.offset))
            under = over(_faint(halo.color or seen, strength), under)
        elif effect.kind == "blur":
            rest = 1 - effect_strength.share(effect_strength.blur(effect))
            seen, under = over(_faint(under, rest), seen), over(_faint(seen, rest), under)
        else:
            tone = effect_strength.tone(effect)
            tones = (tone.wash, _faint(tone.dusk, dusk)) if effect.kind == "vintage" else ()
            for veil in (*tones, effect_strength.veil(effect)):
                seen, under = over(veil, seen), over(veil, under)
    return msgspec.structs.replace(meeting, seen=seen, under=under)


def _faint(color: Color, strength: float) -> Color:
    alpha = round(color.alpha * strength)
    return msgspec.structs.replace(color, alpha=alpha) if alpha else TRANSPARENT
