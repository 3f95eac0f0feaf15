"""The description of a picture in modules, which every renderer prints in its format.

Coordinates count modules from the picture's top left corner, frame and quiet zone included; x grows to the right, y
down.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from ..symbol.model import Symbol
from .color import Color
from .words import EffectKind, GradientKind

__all__ = [
    "WRAPPING",
    "Artwork",
    "Command",
    "Effect",
    "EmbeddedImage",
    "Gradient",
    "Insets",
    "Layer",
    "Paint",
    "Part",
    "Path",
    "Stop",
    "Tiles",
]

Command: TypeAlias = (
    tuple[Literal["M", "L"], float, float]
    | tuple[Literal["C"], float, float, float, float, float, float]
    | tuple[Literal["Z"]]
)
"""Move, line, cubic curve (two control points and the end) or close; all coordinates absolute."""

Path: TypeAlias = tuple[Command, ...]
"""One or more closed outlines, filled by the nonzero rule: a hole runs the other way round."""

Part = Literal["background", "stroke", "data", "eye_border", "eye_center", "frame", "caption", "plate", "tone"]


class Stop(msgspec.Struct, frozen=True):
    """A colour of a gradient at an offset, 0 for its start to 1 for its end."""

    offset: float
    color: Color


WRAPPING: Final = frozenset({"conic", "spiral"})
"""Kinds of gradients that repeat past their last stop; the others keep its colour."""


class Gradient(msgspec.Struct, frozen=True):
    """One continuous change of colour over an area of the picture.

    Attributes
    ----------
    kind
        ``linear``: along the direction of `angle` through the box, from edge to edge (as CSS does it). ``radial``: from
        `center` to the farthest corner. ``conic``: around `center`, from `angle` on, clockwise. ``diamond``: as radial,
        by the sum of the distances along x and y. ``spiral``: once around while going from `center` to the farthest
        corner.
    stops
        Two to eight, offsets ascending.
    angle
        Degrees, clockwise; 0 points to the right.
    center
        Where the gradient begins, as fractions of the box.
    box
        Left, top, right and bottom of the area that the gradient spans, in modules.
    """

    kind: GradientKind
    stops: tuple[Stop, ...]
    angle: float
    center: tuple[float, float]
    box: tuple[float, float, float, float]


Paint: TypeAlias = Color | Gradient


class Tiles(msgspec.Struct, frozen=True):
    """Many copies of few shapes, each on a module.

    Attributes
    ----------
    shapes
        Paths in a unit square from (0, 0) to (1, 1); a path may reach up to half a module beyond it.
    positions
        Column, row and index of the shape for each copy; the shape's origin goes to that point, in modules.
    """

    shapes: tuple[Path, ...]
    positions: tuple[tuple[int, int, int], ...]


class Layer(msgspec.Struct, frozen=True):
    """One paint and the shape that it fills; layers are painted in their order.

    Attributes
    ----------
    part
        The part of the picture that the layer belongs to.
    shape
        The filled area.
    paint
        A colour or a gradient.
    on
        The part below the layer.
    outset
        Outset in modules, with round joins. Only for strokes: a layer with an outset has one colour and is painted
        below the shape, which hides its inner half.
    """

    part: Part
    shape: Path | Tiles
    paint: Paint
    on: Part = "background"
    outset: float = 0.0


class Insets(msgspec.Struct, frozen=True):
    """Whole modules that a frame takes between the quiet zone and each edge of the picture."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


class EmbeddedImage(msgspec.Struct, frozen=True):
    """A finished image that is painted over the layers, such as a logo.

    Attributes
    ----------
    body
        A PNG, a JPEG or an SVG document with a ``viewBox`` and neither width nor height; known to be harmless.
    content_type
        Which of the three.
    box
        Left, top, right and bottom of the area that the image fills, in modules.
    outline
        The outline to cut the image to; None for the box itself.
    layers
        For an SVG, how many separate layers a renderer needs, such as for a group with an opacity: the most at once,
        nested in each other, and in all.
    cost
        For an SVG, the cost of drawing it.
    """

    body: bytes
    content_type: Literal["image/png", "image/jpeg", "image/svg+xml"]
    box: tuple[float, float, float, float]
    outline: Path | None = None
    layers: tuple[int, int] = (0, 0)
    cost: tuple[float, float, float] = (0.0, 0.0, 0.0)


class Effect(msgspec.Struct, frozen=True):
    """A filter that makes a picture look less printed.

    Attributes
    ----------
    kind
        ``shadow`` and ``glow`` lie under the modules and the eyes, ``blur`` blurs them, ``vintage`` and ``noise`` lie
        over the whole picture.
    amount
        More than 0, at most 1.
    color
        None for the usual colour; for ``glow`` None means the colours of the shapes.
    seed
        Seed of the grain of ``noise`` and ``vintage``.
    cells
        Specks of the grain along the longer side of the picture.
    """

    kind: EffectKind
    amount: float
    color: Color | None = None
    seed: bytes = b""
    cells: int = 256


class Artwork(msgspec.Struct, frozen=True):
    """A finished description of a picture.

    Attributes
    ----------
    symbol
        The modules.
    margin
        The quiet zone on each side, in modules.
    size
        The picture's longer side, in pixels; formats without pixels pass over it.
    foreground
        The paint of the dark modules of a plain code.
    background
        The paint under everything else, quiet zone included.
    layers
        The layers over the background; empty for a plain code, whose dark modules are squares of `foreground`.
        Renderers draw these straight from the symbol, which is much faster.
    dpi
        Pixels per inch: raster formats state it, and page formats get their size from it.
    insets
        Modules between the quiet zone and the picture's edges; 0 without a frame, which makes the picture a square.
    effects
        The effects in the order in which they are painted, each kind once.
    images
        Logos and the like, painted over the layers.
    cleared
        The modules that pictures leave out, as a plane laid out like `Symbol.matrix`.
    title, description
        Name and description of the picture, for people who cannot see it; empty for none.
    padding
        Pixels to keep free of modules on each side of a raster format, within `size`.
    """

    symbol: Symbol
    margin: int
    size: int
    foreground: Color
    background: Color
    layers: tuple[Layer, ...] = ()
    dpi: int = 96
    insets: Insets = Insets()
    effects: tuple[Effect, ...] = ()
    images: tuple[EmbeddedImage, ...] = ()
    cleared: int = 0
    title: str = ""
    description: str = ""
    padding: int = 0

    @property
    def width(self) -> int:
        """Modules from the left edge of the picture to the right one."""
        return self.symbol.size + 2 * self.margin + self.insets.left + self.insets.right

    @property
    def height(self) -> int:
        """Modules from the top edge of the picture to the bottom one."""
        return self.symbol.size + 2 * self.margin + self.insets.top + self.insets.bottom

    @property
    def modules(self) -> int:
        """Modules of the longer side; without a frame both sides are equal."""
        return max(self.width, self.height)

    @property
    def corner(self) -> tuple[int, int]:
        """Column and row where the symbol begins."""
        return self.insets.left + self.margin, self.insets.top + self.margin

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture, in pixels; the longer one is `size`."""
        width, height = self.width, self.height
        longer = max(width, height)
        return (self.size * width * 2 + longer) // (2 * longer), (self.size * height * 2 + longer) // (2 * longer)

    @property
    def module_pixels(self) -> int:
        """Whole pixels a module has in a raster format; 0 when `size` is too small for the symbol."""
        return max(0, self.size - 2 * self.padding) // self.modules

    @property
    def silhouette(self) -> Path | None:
        """Outlines of a frame and its panel; None where they cover the whole picture, or where there is no panel."""
        if self.insets == Insets() or not any(layer.part == "background" for layer in self.layers):
            return None
        path: Path = ()
        for layer in self.layers:
            if layer.part in ("frame", "background") and not isinstance(layer.shape, Tiles):
                path += layer.shape
        return path
