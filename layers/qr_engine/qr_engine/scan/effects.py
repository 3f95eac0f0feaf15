"""What effects leave of the contrast between a paint and what lies under it, where they leave least."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..artwork import effects
from ..artwork.color import TRANSPARENT, Color, over

if TYPE_CHECKING:
    from ..artwork import Artwork
    from ..artwork.model import Effect
    from .contrast import Meeting

__all__ = ["veiled"]


def veiled(artwork: Artwork, met: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Give `met` as they are seen with the effects of the artwork.

    The middle of a single module among others is what a reader looks at, and where a shadow, a glow and a blur take
    most. In the corners of the picture, where the eyes are, a vintage tone does. Noise takes as much as it gives.
    """
    return tuple([_veiled(meeting, artwork.effects) for meeting in met]) if artwork.effects else met


def _veiled(meeting: Meeting, found: tuple[Effect, ...]) -> Meeting:
    seen, under = meeting.seen, meeting.under
    for effect in found:
        if effect.kind in ("shadow", "glow"):
            halo = effects.halo(effect)
            strength = halo.opacity * (1 - effects.share(halo.deviation, halo.offset))
            under = over(_faint(halo.color or seen, strength), under)
        elif effect.kind == "blur":
            rest = 1 - effects.share(effects.blur(effect))
            seen, under = over(_faint(under, rest), seen), over(_faint(seen, rest), under)
        elif effect.kind == "vintage":
            tone = effects.tone(effect)
            for veil in (tone.wash, tone.dusk):
                seen, under = over(veil, seen), over(veil, under)
    return msgspec.structs.replace(meeting, seen=seen, under=under)


def _faint(color: Color, strength: float) -> Color:
    alpha = round(color.alpha * strength)
    return msgspec.structs.replace(color, alpha=alpha) if alpha else TRANSPARENT
