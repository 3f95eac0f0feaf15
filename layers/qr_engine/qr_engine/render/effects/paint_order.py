"""Effects as bitmaps under, in place of and over the layers of an artwork, the same in every format.

Filters would be shorter in SVG, but editors and print programs leave them out or draw them in their own way. A blur has
no edges, so a bitmap of few pixels is enough for it at any scale.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Final

import msgspec
from PIL import Image, ImageFilter

from ...artwork import effect_strength
from ...artwork.color import TRANSPARENT, Color
from ...artwork.model import Gradient, Layer, Stop
from ...artwork.paths import rectangle
from ..raster.paint import draw_background, paint_all
from ..raster.rasterizer import rasterize
from .bitmap import Bitmap, PaintItem
from .grain import TRANSPARENT_INDEX, draw_grain

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Effect

__all__ = ["paint_order"]


_SHAPES: Final = frozenset({"stroke", "data", "eye_border", "eye_center"})
# Pixels of a module. With two pixels to the deviation of a blur, every way of enlarging gives the same.
_LEAST, _MOST = 4, 16
# Pixels of the longer side: temporary pictures take 10 MB at most.
_SIDE: Final = 1536
# 255 for each level of coverage below one half.
_EMPTY: Final = [255 * (level < 128) for level in range(256)]


def paint_order(artwork: Artwork) -> tuple[list[PaintItem], list[PaintItem]]:
    """Return the items to paint below the artwork's images, and those to paint above them, both in painting order."""
    kinds = {effect.kind: effect for effect in artwork.effects}
    shapes = tuple([layer for layer in artwork.layers if layer.part in _SHAPES])
    first = next((number for number, layer in enumerate(artwork.layers) if layer.part in _SHAPES), 0)
    under = [_draw_halo(artwork, shapes, kinds[kind]) for kind in ("shadow", "glow") if kind in kinds]
    among: list[PaintItem] = (
        [_draw_blurred(artwork, shapes, effect_strength.blur_deviation(kinds["blur"]))]
        if "blur" in kinds
        else [*shapes]
    )
    rest = [layer for layer in artwork.layers[first:] if layer.part not in _SHAPES]
    below = [*artwork.layers[:first], *under, *among, *rest]
    above: list[PaintItem] = []
    if "vintage" in kinds:
        above += [*_tone_layers(artwork, kinds["vintage"]), _draw_grain_bitmap(artwork, kinds["vintage"])]
    if "noise" in kinds:
        above.append(_draw_grain_bitmap(artwork, kinds["noise"]))
    return below, above


def _draw_halo(artwork: Artwork, shapes: tuple[Layer, ...], effect: Effect) -> Bitmap:
    halo = effect_strength.halo_of(effect)
    paint = halo.color or _single_color(shapes)
    blurred = _blur_shapes(_shapes_only(artwork, shapes), halo.deviation, halo.offset, tinted=paint is not None)
    if paint is None:
        image = blurred.image.copy()
        image.putalpha(image.getchannel("A").point([round(level * halo.opacity) for level in range(256)]))
        return Bitmap(image, blurred.box, None)
    opacity = halo.opacity * (paint.alpha / 255 if halo.color else 1)
    image = blurred.image.point([round(level * opacity) for level in range(256)])
    return Bitmap(image, blurred.box, msgspec.structs.replace(paint, alpha=255))


def _draw_blurred(artwork: Artwork, shapes: tuple[Layer, ...], deviation: float) -> Bitmap:
    paint = _single_color(shapes)
    blurred = _blur_shapes(_shapes_only(artwork, shapes), deviation, 0.0, tinted=paint is not None)
    return Bitmap(blurred.image, blurred.box, paint and msgspec.structs.replace(paint, alpha=255))


def _single_color(shapes: tuple[Layer, ...]) -> Color | None:
    paints = {layer.paint for layer in shapes}
    paint = paints.pop()
    return paint if not paints and isinstance(paint, Color) else None


def _shapes_only(artwork: Artwork, shapes: tuple[Layer, ...]) -> Artwork:
    """Return the artwork with nothing but its shapes, at a fixed size, so that `_blur_shapes` can be cached."""
    return msgspec.structs.replace(
        artwork, layers=shapes, background=TRANSPARENT, effects=(), images=(), size=artwork.modules, dpi=96
    )


# The picture that is read back and the one that is sent need the same bitmap.
@lru_cache(maxsize=4)
def _blur_shapes(bare: Artwork, deviation: float, offset: float, *, tinted: bool) -> Bitmap:
    """Draw the shapes blurred, and moved by `offset` to the right and down; with `tinted`, only their coverage."""
    modules = bare.modules
    scale = max(2, min(ceil(2 / deviation), _MOST, _SIDE // modules))
    scale = max(scale, min(_LEAST, _SIDE // modules))
    overhang = ceil(3 * deviation + offset)
    enlarged = msgspec.structs.replace(bare, size=modules * scale)
    sharp = draw_background(enlarged)
    paint_all(sharp, enlarged, enlarged.layers)
    left, top = (max(0, corner - overhang) for corner in bare.corner)
    right = min(bare.width, bare.corner[0] + bare.symbol.size + overhang)
    bottom = min(bare.height, bare.corner[1] + bare.symbol.size + overhang)
    # Pad with empty pixels: the blur would otherwise repeat the picture's edge beyond it.
    channel = sharp.getchannel("A") if tinted else sharp.convert("RGBa")
    shift = round(offset * scale)
    crop = (
        (left - overhang) * scale - shift,
        (top - overhang) * scale - shift,
        (right + overhang) * scale - shift,
        (bottom + overhang) * scale - shift,
    )
    blurred = channel.crop(crop).filter(ImageFilter.GaussianBlur(deviation * scale))
    inner = blurred.crop(
        (overhang * scale, overhang * scale, blurred.width - overhang * scale, blurred.height - overhang * scale)
    )
    return Bitmap(inner if tinted else inner.convert("RGBA"), (left, top, right, bottom), None)


def _tone_layers(artwork: Artwork, effect: Effect) -> list[PaintItem]:
    tone = effect_strength.tone_of(effect)
    whole = (0, 0, artwork.width, artwork.height)
    shape = artwork.silhouette or rectangle(*whole)
    clear = msgspec.structs.replace(tone.vignette, alpha=0)
    stops = (Stop(0, clear), Stop(effect_strength.VIGNETTE_START, clear), Stop(1, tone.vignette))
    corners = Gradient("radial", stops, 0.0, (0.5, 0.5), whole)
    return [Layer("tone", shape, tone.wash), Layer("tone", shape, corners)]


def _draw_grain_bitmap(artwork: Artwork, effect: Effect) -> Bitmap:
    longer = artwork.modules
    across, down = (max(1, round(effect.cells * side / longer)) for side in (artwork.width, artwork.height))
    image = draw_grain(
        effect.seed,
        across,
        down,
        effect_strength.grain_opacity(effect),
        effect.color if effect.kind == "noise" else None,
    )
    shape = artwork.silhouette
    if shape is not None:
        # Leave out specks around the frame, where the picture is empty.
        coverage = b"".join(rasterize(shape, across / artwork.width, 0, 0, across, down))
        image = image.copy()
        image.paste(TRANSPARENT_INDEX, None, Image.frombytes("L", (across, down), coverage).point(_EMPTY))
    return Bitmap(image, (0, 0, artwork.width, artwork.height), None, aligned=False)
