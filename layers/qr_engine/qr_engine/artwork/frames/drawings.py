"""The styles of frames: a plate, a panel on it for the code, and the caption."""

from __future__ import annotations

from collections.abc import Callable
from math import asin, cos, pi, sin, tan
from typing import TYPE_CHECKING, Final

import msgspec

from ..model import Insets, Path
from ..paths import bounds, inset, polygon, rectangle, reverse, transform
from .plan import Box, Plan, plan_frame, unit

if TYPE_CHECKING:
    from ..model import Command
    from ..paths import Point
    from ..words import FrameName, TextPosition

__all__ = ["DRAWINGS", "Drawing"]


class Drawing(msgspec.Struct, frozen=True):
    """The shapes of a frame, in modules from the picture's top left corner.

    Attributes
    ----------
    insets
        Modules that the frame takes around the quiet zone.
    plate
        The area painted in the colour of the frame.
    panel
        The area painted over the plate as the background; the symbol and its quiet zone lie inside.
    caption
        The area painted in the colour of the text.
    on_plate
        Whether the caption lies on the plate; otherwise it lies on the panel.
    """

    insets: Insets
    plate: Path
    panel: Path
    caption: Path
    on_plate: bool


# How far a panel's corner has to lie outside the quiet zone, in radii, so that its rounding does not cut into it.
_ROUND: Final = 0.3


def _shrink(box: Box, distance: float) -> Box:
    left, top, right, bottom = box
    return left + distance, top + distance, right - distance, bottom - distance


def _simple(side: int, text: str | None, position: TextPosition) -> Drawing:
    """Draw a ruled line around the code, and a ruled field for the caption."""
    u = unit(side)
    line = 0.45 * u
    plan = plan_frame(side, line, 5.4 * u if text else 0, position)
    panel = rectangle(*_shrink(plan.cell, line))
    caption: Path = ()
    if text:
        left, top, right, bottom = field = plan.band(far=line, ends=line)
        panel += rectangle(left, top, right, bottom)
        caption = plan.text(text, _narrow(plan, field, 1.2 * u))
    return Drawing(plan.insets, rectangle(*plan.body), panel, caption, on_plate=False)


def _rounded(side: int, text: str | None, position: TextPosition) -> Drawing:
    """Draw a round-cornered border that widens to a filled band."""
    u = unit(side)
    line, radius = 0.9 * u, 1.7 * u
    plan = plan_frame(side, line + _ROUND * radius, 4.9 * u if text else 0, position)
    plate = rectangle(*plan.body, radius + line)
    panel = rectangle(*_shrink(plan.cell, line), radius)
    caption = plan.text(text, plan.band(near=-line, ends=2.6 * u)) if text else ()
    return Drawing(plan.insets, plate, panel, caption, on_plate=True)


def _bubble(side: int, text: str | None, position: TextPosition) -> Drawing:
    """Draw a round-cornered border and a pill for the caption, with a tail that points to the code.

    Without a caption, the border has the tail, which points downwards.
    """
    u = unit(side)
    line, radius, tail, gap = 0.7 * u, 2.2 * u, 1.5 * u, 1.9 * u
    around = line + _ROUND * radius
    if not text:
        plan = plan_frame(side, around, 0, position, below=tail)
        across, down = plan.body[2:]
        ring = transform(_pointed_rectangle(across, down, radius + line, tail), lambda x, y: (across - x, down - y))
        return Drawing(plan.insets, ring, rectangle(*_shrink(plan.cell, line), radius), (), on_plate=True)
    plan = plan_frame(side, around, gap + 4.9 * u, position)
    ring = rectangle(*plan.cell, radius + line)
    panel = rectangle(*_shrink(plan.cell, line), radius)
    box = plan.band(near=gap)
    caption = plan.text(text, _narrow(plan, box, 2.2 * u))
    left, top, right, bottom = box = _fit_box_to_caption(plan, box, caption, 2.2 * u)
    length, height = max(right - left, bottom - top), min(right - left, bottom - top)
    pill = plan.rotate(_pointed_rectangle(length, height, height / 2, tail), box)
    return Drawing(plan.insets, ring + pill, panel, caption, on_plate=True)


def _fit_box_to_caption(plan: Plan, box: Box, caption: Path, space: float) -> Box:
    """Shorten `box` to `space` at each end of the caption; it stays at least twice as long as wide."""
    left, top, right, bottom = box
    x0, y0, x1, y1 = bounds(caption) if caption else box
    if plan.position in ("top", "bottom"):
        half = max((x1 - x0) / 2 + space, bottom - top)
        return (left + right) / 2 - half, top, (left + right) / 2 + half, bottom
    half = max((y1 - y0) / 2 + space, right - left)
    return left, (top + bottom) / 2 - half, right, (top + bottom) / 2 + half


def _pointed_rectangle(length: float, height: float, radius: float, tail: float) -> Path:
    """Draw a rounded rectangle from (0, 0), with a tail that points upwards from the middle of its top."""
    middle, half = length / 2, tail * 1.15
    points = [
        (0.0, 0.0), (middle - half, 0.0), (middle, -tail), (middle + half, 0.0),
        (length, 0.0), (length, height), (0.0, height),
    ]  # fmt: skip
    return polygon(points, [radius, tail * 0.5, tail * 0.25, tail * 0.5, radius, radius, radius])


def _speech(side: int, text: str | None, position: TextPosition) -> Drawing:
    """Draw a balloon around the code and the caption, its tail going down to whoever speaks."""
    u = unit(side)
    line, radius = 0.8 * u, 3.4 * u
    plan = plan_frame(side, line + _ROUND * radius, 4.2 * u if text else 0, position, below=4 * u)
    _, _, right, bottom = plan.body
    x = radius + line + 1.6 * u
    points: list[Point] = [
        (0.0, 0.0), (right, 0.0), (right, bottom),
        (x + 4.8 * u, bottom), (x - 2 * u, float(plan.height)), (x, bottom),
        (0.0, bottom),
    ]  # fmt: skip
    outer = radius + line
    plate = polygon(points, [outer, outer, outer, 0.6 * u, 0.4 * u, 0.6 * u, outer])
    panel = polygon(inset(points, line), [radius, radius, radius, 0.6 * u, 0.2 * u, 0.6 * u, radius])
    ring = (plan.cell[2] - plan.cell[0] - side) / 2
    # Move the text a little towards the code: the line below it looks closer than the light edge of the quiet zone.
    field = plan.band(near=-ring, far=line + 0.5 * u, ends=radius + line)
    return Drawing(plan.insets, plate, panel, plan.text(text, field) if text else (), on_plate=False)


def _badge(side: int, text: str | None, position: TextPosition) -> Drawing:
    """Draw a thick plate with notched corners and a fine line along its edge."""
    u = unit(side)
    line, notch, radius = 2.3 * u, 1.8 * u, 0.5 * u
    plan = plan_frame(side, line + _ROUND * radius, 4.8 * u if text else 0, position)
    outer, fine = 0.55 * u, 0.24 * u
    keyline = _notched_rectangle(plan.body, notch, outer) + reverse(_notched_rectangle(plan.body, notch, outer + fine))
    caption = plan.text(text, plan.band(near=-line, far=outer + fine, ends=2.4 * u)) if text else ()
    panel = rectangle(*_shrink(plan.cell, line), radius)
    return Drawing(plan.insets, _notched_rectangle(plan.body, notch), panel, keyline + caption, on_plate=True)


def _notched_rectangle(box: Box, radius: float, distance: float = 0.0) -> Path:
    """Draw a rectangle with a circle cut out around each corner; `distance` moves the outline inwards."""
    left, top, right, bottom = box
    outer = radius + distance
    start = asin(distance / outer)
    # The handles of an arc of angle t are 4/3 tan(t/4) radii long.
    handle = 4 / 3 * tan((pi / 2 - 2 * start) / 4)
    far, near = outer * cos(start), distance
    far_handle = far - outer * handle * sin(start), near + outer * handle * cos(start)
    # The arc around the corner (0, 0), from the left edge to the top edge.
    arc = (near, far), far_handle[::-1], far_handle, (far, near)
    commands: list[Command] = []
    for x, y, quarters in ((left, top, 0), (right, top, 1), (right, bottom, 2), (left, bottom, 3)):
        points = [_rotate_quarters(point, quarters) for point in arc]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = [(x + px, y + py) for px, py in points]
        commands += [("L" if commands else "M", ax, ay), ("C", bx, by, cx, cy, dx, dy)]
    # This moves nothing: `transform` rounds the coordinates.
    return transform((*commands, ("Z",)), lambda x, y: (x, y))


def _rotate_quarters(point: Point, count: int) -> Point:
    x, y = point
    for _ in range(count):
        x, y = -y, x
    return x, y


def _narrow(plan: Plan, box: Box, ends: float) -> Box:
    """Shorten `box` at both ends of the side along which the text runs."""
    left, top, right, bottom = box
    if plan.position in ("top", "bottom"):
        return left + ends, top, right - ends, bottom
    return left, top + ends, right, bottom - ends


DRAWINGS: Final[dict[FrameName, Callable[[int, str | None, TextPosition], Drawing]]] = {
    "simple": _simple,
    "rounded": _rounded,
    "bubble": _bubble,
    "speech": _speech,
    "badge": _badge,
}
"""Each draws its shapes around a square of `side` modules, the symbol and its quiet zone."""
