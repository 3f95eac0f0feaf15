"""Encapsulated PostScript 3.0: vector, for print shops and older layout programs."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from ...artwork.color import Color
from ...artwork.model import Tiles
from ...errors import CannotBeDrawn, InvalidRequest, Issue
from ..gradient.geometry import is_opaque
from ..relative_path import relative_outlines
from .content import (
    UNIT,
    page_sides,
    print_channels,
    print_fill,
    print_modules,
    print_number,
    print_shading,
    print_shape,
    unit_points,
)

if TYPE_CHECKING:
    from ...artwork import Artwork
    from ...artwork.model import Gradient, Layer, Paint, Path

__all__ = ["draw", "refuse_effects", "transparency_issue"]

# PDF's operators, defined in PostScript; `re` takes left, top, width and height.
_OPERATORS: Final = """\
/m{moveto}bind def/l{lineto}bind def/c{curveto}bind def/h{closepath}bind def/f{fill}bind def/rg{setrgbcolor}bind def
/rm{rmoveto}bind def/rl{rlineto}bind def/rc{rcurveto}bind def
/re{4 -2 roll moveto exch dup 0 rlineto exch 0 exch rlineto neg 0 rlineto closepath}bind def"""


def draw(artwork: Artwork) -> bytes:
    """Print the artwork as ASCII; its longer side measures `Artwork.size` pixels at `Artwork.dpi`.

    A fully transparent background is not painted.

    Raises
    ------
    InvalidRequest
        Something is semi-transparent, which PostScript cannot paint.
    CannotBeDrawn
        See `refuse_effects`.
    """
    refuse_effects(artwork)
    across, down = page_sides(artwork)
    unit = print_number(unit_points(artwork))
    operators = [
        f"gsave 0 {print_number(down)} translate {unit} -{unit} scale",
        _print_filled(artwork.background, f"0 0 {artwork.width * UNIT} {artwork.height * UNIT} re"),
    ]
    if not artwork.layers:
        operators.append(_print_filled(artwork.foreground, print_modules(artwork)))
    shapes: dict[Path, str] = {}
    operators += [_print_layer(layer, _print_path(layer.shape, shapes)) for layer in artwork.layers]
    if artwork.images:
        from .eps_image import print_image

        operators += [print_image(artwork, picture) for picture in artwork.images]
    procedures = "\n".join([f"/t{number}{{{text}}}bind def" for number, text in enumerate(shapes.values())])
    body = "\n".join((*operators, "grestore"))
    return f"""\
%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 {ceil(across)} {ceil(down)}
%%HiResBoundingBox: 0 0 {print_number(across)} {print_number(down)}
%%LanguageLevel: 3
%%Pages: 1
%%EndComments
save
{_OPERATORS}
{procedures}
{body}
restore
showpage
%%EOF
""".encode("ascii")


def refuse_effects(artwork: Artwork) -> None:
    """Refuse an artwork with effects.

    Raises
    ------
    CannotBeDrawn
        It has effects: these are semi-transparent, which PostScript cannot paint.
    """
    if artwork.effects:
        message = f"Must be one of {', '.join(_WITH_EFFECTS)}: EPS does not support effects."
        raise CannotBeDrawn.of(Issue("format", message, allowed=_WITH_EFFECTS, suggestion="pdf"))


_WITH_EFFECTS: Final = ("svg", "png", "webp", "jpeg", "avif", "gif", "pdf")


def _print_path(shape: Path | Tiles, procedures: dict[Path, str]) -> str:
    """Print the outlines of a layer; each shape of its tiles becomes a procedure, called with a tile's corner."""
    if not isinstance(shape, Tiles):
        return print_shape(shape)
    for path in shape.shapes:
        if path not in procedures:
            procedures[path] = _print_procedure(path)
    names = {index: f"t{list(procedures).index(path)}" for index, path in enumerate(shape.shapes)}
    return "\n".join([f"{column * UNIT} {row * UNIT} {names[index]}" for column, row, index in shape.positions])


def _print_procedure(path: Path) -> str:
    """Print a shape's outlines in coordinates relative to the corner that is on the stack."""
    operators: list[str] = []
    before = 0, 0
    for (x, y), segments in relative_outlines(path, UNIT):
        # Closing an outline returns to its start, and the move to the next outline is relative to that.
        operators.append(f"{x - before[0]} {y - before[1]} {'rm' if operators else '4 2 roll m rm'}")
        before = x, y
        operators += [f"{' '.join(map(str, segment))} {'rl' if len(segment) == 2 else 'rc'}" for segment in segments]
        operators.append("h")
    return " ".join(operators)


def _print_layer(layer: Layer, path: str) -> str:
    if not layer.outset or not isinstance(layer.paint, Color):
        return _print_paint(layer.paint, path)
    if not layer.paint.opaque:
        raise InvalidRequest.of(transparency_issue())
    # Round joins. Half of the line lies inwards, where the shapes cover it.
    return f"{print_fill(layer.paint)} {round(2 * layer.outset * UNIT)} setlinewidth 1 setlinejoin\n{path}\nstroke"


def _print_paint(paint: Paint, path: str) -> str:
    if isinstance(paint, Color):
        return _print_filled(paint, path)
    if not is_opaque(paint):
        raise InvalidRequest.of(transparency_issue())
    if paint.kind in ("linear", "radial"):
        pattern = f"<</PatternType 2/Shading<<{print_shading(paint, 'DeviceRGB', print_channels)}>>>>"
        return f"{pattern} matrix makepattern setpattern\n{path}\nf"
    return f"gsave\n{path}\nclip newpath\n{_print_gradient_bitmap(paint)}\ngrestore"


def _print_gradient_bitmap(gradient: Gradient) -> str:
    """Print a kind of gradient that PostScript lacks as a bitmap over its box."""
    from ..gradient.pixels import BITMAP_SIDE, draw_gradient
    from .eps_bitmap import print_bitmap

    return print_bitmap(draw_gradient(gradient, gradient.box, BITMAP_SIDE, BITMAP_SIDE), gradient.box)


def _print_filled(color: Color, path: str) -> str:
    if not color.alpha:
        return ""
    if not color.opaque:
        raise InvalidRequest.of(transparency_issue())
    return f"{print_fill(color)}\n{path}\nf"


def transparency_issue() -> Issue:
    """Return the issue that PostScript cannot paint a colour that is not opaque."""
    message = (
        "Must be another format, such as pdf or svg, unless the colours are opaque: EPS does not support transparency."
    )
    return Issue("format", message, suggestion="pdf")
