"""The contrast of every paint of an artwork with the colours below it."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from ..artwork.color import WHITE, Color, contrast, luminance, over
from ..artwork.model import Gradient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..artwork.model import Artwork, Paint, Part

__all__ = [
    "CONTRAST_ADVISED",
    "CONTRAST_REQUIRED",
    "ContrastPair",
    "caption_pair",
    "colors_of",
    "contrast_pairs",
    "stroke_conflicts",
]

# Readers find a local threshold between dark and light, so a code needs less contrast than text does. Below the first
# ratio they start to fail; below the second they fail in poor light.
CONTRAST_REQUIRED: Final = 3.0
CONTRAST_ADVISED: Final = 4.5

# Samples between two stops: the channels change evenly and the luminance does not, so red to green is darkest half way.
_STEPS: Final = 8

_GRADIENTS: Final = {"data": "gradient", "background": "background_gradient"}


class ContrastPair(msgspec.Struct, frozen=True):
    """A paint and the colour below it, at the point of least contrast.

    Attributes
    ----------
    path
        The field that sets the paint, as in `Issue`.
    under_path
        The field that sets the colour below.
    paint
        The paint as requested, with its alpha.
    seen, under
        Both colours as they are seen; if they are not opaque, on a white page.
    """

    path: str
    under_path: str
    paint: Color
    seen: Color
    under: Color

    @property
    def ratio(self) -> float:
        """The contrast of the two, 1 to 21 (WCAG 2.2)."""
        return contrast(self.seen, self.under)

    @property
    def inverted(self) -> bool:
        """Whether the paint is lighter than the colour below it."""
        return luminance(self.seen) > luminance(self.under)


def contrast_pairs(artwork: Artwork) -> tuple[ContrastPair, ...]:
    """Return the lowest-contrast pair with the background for each paint, and for each stop of a gradient.

    A stop counts as meeting every colour of a background gradient, and stands for the colours on the way to its
    neighbours. A plain code has one pair. A stroke has none: see `stroke_conflicts`.
    """
    # A plate lies on modules that count as lost anyway.
    painted = [(layer.part, layer.paint) for layer in artwork.layers if layer.part not in _NOT_MODULES]
    paints = tuple(dict.fromkeys(painted))
    return _lowest_pairs(artwork.background, paints or (("data", artwork.foreground),))


def caption_pair(artwork: Artwork) -> ContrastPair | None:
    """Return the contrast pair of a caption with the ground that it lies on; None without a caption."""
    for layer in artwork.layers:
        if layer.part == "caption":
            grounds = [other.paint for other in artwork.layers if other.part == layer.on] or [artwork.background]
            under_path = "frame.color" if layer.on == "frame" else "colors.background"
            pairs = [
                ContrastPair("frame.text_color", under_path, color, over(color, under), under)
                for color in colors_of(layer.paint)
                for under in [over(ground, WHITE) for paint in grounds for ground in colors_of(paint)]
            ]
            return min(pairs, key=lambda pair: pair.ratio)
    return None


_NOT_MODULES: Final = frozenset({"plate", "stroke", "frame", "caption"})
"""Parts that are neither modules nor the ground under modules."""


# Many requests usually share a style, and each judges it twice.
@lru_cache(maxsize=64)
def _lowest_pairs(background: Color, paints: tuple[tuple[Part, Paint], ...]) -> tuple[ContrastPair, ...]:
    grounds = [("colors.background", over(background, WHITE))]
    painted: dict[tuple[str, Color], None] = {}
    for part, paint in paints:
        colors = list(_sample_colors(_field_of(part, paint, paints), paint))
        if part == "background":
            grounds = [(path, over(color, ground)) for path, color in colors for _, ground in grounds]
        else:
            painted.update(dict.fromkeys(colors))
    lowest: dict[str, ContrastPair] = {}
    for path, color in painted:
        for under_path, under in grounds:
            pair = ContrastPair(path, under_path, color, over(color, under), under)
            if path not in lowest or pair.ratio < lowest[path].ratio:
                lowest[path] = pair
    return tuple(lowest.values())


def stroke_conflicts(artwork: Artwork, pairs: tuple[ContrastPair, ...]) -> tuple[ContrastPair, ...]:
    """Return the contrast pairs whose threshold the artwork's stroke would shift.

    Readers put their threshold half way between the darkest and the lightest level that they see. A stroke between the
    two colours of a pair counts as one of them and does no harm. Any other stroke must not contrast more with the
    nearer colour than the two contrast with each other.
    """
    colors = {layer.paint for layer in artwork.layers if layer.part == "stroke" and isinstance(layer.paint, Color)}
    return tuple([pair for pair in pairs if any(_conflicts(color, pair) for color in colors)])


def _conflicts(stroke: Color, pair: ContrastPair) -> bool:
    seen = over(stroke, pair.under)
    between = sorted((pair.seen, pair.under), key=luminance)
    if luminance(seen) < luminance(between[0]):
        return contrast(seen, between[0]) > pair.ratio
    return luminance(seen) > luminance(between[1]) and contrast(seen, between[1]) > pair.ratio


def _field_of(part: Part, paint: Paint, paints: tuple[tuple[Part, Paint], ...]) -> str:
    """Name the field that sets a paint; eyes with the paint of the data have the data's field."""
    own = "data" if part != "background" and ("data", paint) in paints else part
    if isinstance(paint, Gradient):
        return _GRADIENTS.get(own, "eye_gradient")
    if own == "data":
        return "colors.foreground"
    of_this_part = [other for other in paints if other[0] == own]
    return f"colors.{own}" if len(of_this_part) == 1 else "colors.per_eye"


def colors_of(paint: Paint) -> tuple[Color, ...]:
    """Return the one colour of a paint, or the colours of a gradient's stops."""
    return tuple([stop.color for stop in paint.stops]) if isinstance(paint, Gradient) else (paint,)


def _sample_colors(field: str, paint: Paint) -> Iterator[tuple[str, Color]]:
    if not isinstance(paint, Gradient):
        yield field, paint
        return
    # If a gradient ends with its first colour, `artwork.style` may have added that stop, which no field sets.
    fields = [f"{field}.colors[{index}]" for index in range(len(paint.stops))]
    if paint.stops[-1].color == paint.stops[0].color:
        fields[-1] = fields[0]
    for (first, second), (near, far) in zip(pairwise(paint.stops), pairwise(fields), strict=True):
        for step in range(_STEPS):
            yield near if 2 * step < _STEPS else far, _interpolate(first.color, second.color, step)
    yield fields[-1], paint.stops[-1].color


def _interpolate(first: Color, second: Color, step: int) -> Color:
    def channel(start: int, end: int) -> int:
        return start + (end - start) * step // _STEPS

    return Color(
        channel(first.red, second.red),
        channel(first.green, second.green),
        channel(first.blue, second.blue),
        channel(first.alpha, second.alpha),
    )
