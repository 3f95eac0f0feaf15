"""The transformations that hold within the elements of an SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....render.page.logo_path_data import Matrix, multiply, parse_number, parse_numbers, parse_transform

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["moved", "transformed", "within"]


def transformed(matrix: Matrix | None, element: Element) -> Matrix | None:
    """Return the transformation within an element; None if it is not known."""
    text = element.get("transform", "")
    if matrix is None or not text.strip():
        return matrix
    try:
        return multiply(matrix, parse_transform(text))
    except ValueError:
        return None


def moved(matrix: Matrix | None, element: Element) -> Matrix | None:
    """Return the transformation within an element that its `x` and `y` attributes move; None if it is not known."""
    if matrix is None:
        return None
    try:
        x, y = parse_number(element.get("x", "0")), parse_number(element.get("y", "0"))
    except ValueError:
        return None
    return multiply(matrix, (1, 0, 0, 1, x, y))


def within(
    matrix: Matrix | None, element: Element, sized: Element, whole: tuple[float, float] | None
) -> tuple[Matrix | None, tuple[float, float] | None]:
    """Return the transformation within an ``svg`` or a ``symbol``, and its width and height; None for what is unknown.

    Parameters
    ----------
    sized
        The element whose ``width`` and ``height`` come first: the ``use``, or the element itself.
    whole
        Width and height where neither element sets them.
    """
    fit = element.get("preserveAspectRatio", "").split() or ["xMidYMid"]
    if matrix is None or whole is None:
        return None, None
    try:
        given = [sized.get(name) or element.get(name) for name in ("width", "height")]
        width, height = [parse_number(text) if text else side for text, side in zip(given, whole, strict=True)]
        if "viewBox" not in element.attrib:
            return matrix, (width, height)
        left, top, across, down = parse_numbers(element.attrib["viewBox"].replace(",", " "))
        scales = width / across, height / down
    except (ValueError, ZeroDivisionError):
        return None, None
    if fit[0] != "none":
        scale = max(scales) if "slice" in fit else min(scales)
        scales = (scale, scale)
    # Where in the middle does not matter for what it costs.
    x = (width - across * scales[0]) / 2 - left * scales[0]
    y = (height - down * scales[1]) / 2 - top * scales[1]
    return multiply(matrix, (scales[0], 0, 0, scales[1], x, y)), (across, down)
