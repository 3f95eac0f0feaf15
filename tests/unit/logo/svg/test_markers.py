"""Markers of SVG logos are drawn at each vertex, turned and sized as SVG 2 says, and bounded as other references."""

from __future__ import annotations

import io
import re
from math import cos, radians, sin

import pytest
import resvg_py
from PIL import Image
from tests.unit.logo.pictures import clean, refusal_of, svg

BOX = 'viewBox="0 0 100 100"'
ALL = 'marker-start="url(#m)" marker-mid="url(#m)" marker-end="url(#m)"'
PATH = '<path d="M10 20h30v30" fill="none" {}/>'


def marker(attributes: str = "", inside: str = '<path d="M0 0h2v2z"/>') -> str:
    return f'<marker id="m" {attributes}>{inside}</marker>'


def matrices(inside: str) -> list[list[float]]:
    """The transformations of the markers that are drawn."""
    found = re.findall(r'href="#m" transform="matrix\(([^)]*)\)"', clean(inside, BOX))
    return [[float(number) for number in each.split()] for each in found]


def places(inside: str) -> list[tuple[float, float]]:
    return [(x, y) for *_, x, y in matrices(inside)]


def turns(attributes: str, path: str) -> list[tuple[float, float]]:
    """The cosine and the sine of the angle of each marker."""
    return [(a, b) for a, b, *_ in matrices(marker(attributes) + f'<path d="{path}" {ALL}/>')]


def turned(*angles: float) -> list[object]:
    return [pytest.approx((cos(radians(angle)), sin(radians(angle))), abs=1e-5) for angle in angles]


@pytest.mark.parametrize(
    ("shape", "drawn"),
    [
        (PATH.format('marker-start="url(#m)"'), [(10, 20)]),
        (PATH.format('marker-mid="url(#m)"'), [(40, 20)]),
        (PATH.format('style="marker-end:url(#m)"'), [(40, 50)]),
        (PATH.format('style="marker:url(#m);marker-mid:none"'), [(10, 20), (40, 50)]),
        (f"<g {ALL}>{PATH.format('')}</g>", [(10, 20), (40, 20), (40, 50)]),
        (f'<line x1="1" y1="2" x2="3" y2="4" {ALL}/>', [(1, 2), (3, 4)]),
        (f'<polyline points="1 2 3,4 5 6" {ALL}/>', [(1, 2), (3, 4), (5, 6)]),
        (f'<polygon points="1 2 3,4 5 6" {ALL}/>', [(1, 2), (3, 4), (5, 6), (1, 2)]),
        (f'<path d="M10 50A30 30 0 1 1 70 50" {ALL}/>', [(10, 50), (70, 50)]),
        (f'<rect width="9" height="9" {ALL}/>', []),
        (PATH.format('marker-end="url(#nothing)"'), []),
        (PATH.format('marker-end="url(#m)" visibility="hidden"') + '<circle r="9"/>', []),
        (PATH.format('marker-end="url(#m)" stroke-width="0"') + '<circle r="9"/>', []),
    ],
)
def test_markers_stand_at_the_vertices(shape: str, drawn: list[tuple[float, float]]) -> None:
    assert places(marker() + shape) == drawn


@pytest.mark.parametrize(
    ("attributes", "path", "angles"),
    [
        ("", "M0 0h9v9", (0, 0, 0)),
        ('orient="90"', "M0 0h9v9", (90, 90, 90)),
        ('orient=".5turn"', "M0 0h9", (180, 180)),
        ('orient="auto"', "M0 0h9v9", (0, 45, 90)),
        ('orient="auto-start-reverse"', "M0 0h9v9", (180, 45, 90)),
        ('orient="auto"', "M0 0h9v9z", (-67.5, 45, 157.5, -67.5)),
        ('orient="auto"', "M0 0C0 5 9 0 9 9", (90, 90)),
        ('orient="auto"', "M0 0C0 0 5 0 9 9", (0, 66.0375)),
        ('orient="auto"', "M0 0h9h-9", (0, 90, 180)),
        ('orient="auto"', "M0 0h9M20 0v9", (0, 0, 90, 90)),
    ],
)
def test_markers_turn_as_the_outline_goes(attributes: str, path: str, angles: tuple[float, ...]) -> None:
    found = turns(attributes, path)
    if path == "M0 0h9h-9":
        # Straight back: both ways to turn are in the middle.
        found[1] = (found[1][0], abs(found[1][1]))
    assert found == turned(*angles)


@pytest.mark.parametrize(
    ("attributes", "stroke", "scale", "moved"),
    [
        ("", 'stroke-width="2"', 2, (0, 0)),
        ('markerUnits="userSpaceOnUse"', 'stroke-width="2"', 1, (0, 0)),
        ('refX="1" refY="2px"', 'stroke-width="2"', 2, (-2, -4)),
        ('viewBox="0 0 6 6"', "", 0.5, (0, 0)),
        ('viewBox="0 0 6 6" refX="center" refY="100%"', "", 0.5, (-1.5, -3)),
        ('viewBox="0 0 6 6" markerWidth="12" markerHeight="6"', "", 1, (0, 0)),
        ('viewBox="0 0 6 6" markerWidth="12" markerHeight="6" preserveAspectRatio="xMidYMid slice"', "", 2, (0, 0)),
    ],
)
def test_markers_are_as_large_as_they_say(
    attributes: str, stroke: str, scale: float, moved: tuple[float, float]
) -> None:
    inside = marker(f'{attributes} overflow="visible"') + PATH.format(f'marker-start="url(#m)" {stroke}')
    assert matrices(inside) == [[scale, 0, 0, scale, 10 + moved[0], 20 + moved[1]]]


@pytest.mark.parametrize(
    "attributes",
    ['markerWidth="0"', 'markerHeight="0"', 'viewBox="0 0 0 9"', 'display="none"'],
)
def test_markers_of_no_size_are_not_drawn(attributes: str) -> None:
    assert matrices(marker(attributes) + PATH.format(ALL + ' stroke="red"')) == []


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('orient="left"', 'The SVG has orient="left" on a marker, which is not an angle.'),
        ('refX="far"', 'The SVG has refX="far" on a marker, which is not a length.'),
        ('markerWidth="10%"', 'The SVG has markerWidth="10%" on a marker, which is not a length.'),
        ('viewBox="0 0 9"', "The viewBox of a marker in the SVG must have four numbers."),
    ],
)
def test_what_cannot_be_read_is_refused(attributes: str, message: str) -> None:
    assert refusal_of(svg(marker(attributes) + PATH.format(ALL), BOX)).message == message


def color(inside: str, x: int, y: int) -> tuple[int, ...]:
    document = clean(inside, BOX).replace("<svg ", '<svg width="100" height="100" ', 1)
    with Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=document)))) as image:
        pixel = image.convert("RGBA").getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel


def test_markers_inherit_from_where_they_stand() -> None:
    square = marker('markerWidth="20" markerHeight="20" refX="5" refY="5"', '<path d="M0 0h10v10H0z"/>')
    used = f'<g fill="red" stroke="#00f" stroke-width="1" fill-opacity=".5">{PATH.format(ALL)}</g>'
    assert color(square + used, 40, 20) == (0, 0, 0, 255)
    assert color(f'<g fill="#0f0">{square}</g>{used}', 40, 20) == (0, 255, 0, 255)


def test_markers_are_cut_to_their_size_unless_they_overflow() -> None:
    inside = '<path fill="red" d="M-20-20h40v40h-40z"/>'
    path = PATH.format('marker-end="url(#m)"')
    assert color(marker('markerWidth="5" markerHeight="5"', inside) + path, 42, 52) == (255, 0, 0, 255)
    assert color(marker('markerWidth="5" markerHeight="5"', inside) + path, 48, 58)[3] == 0
    assert color(marker('overflow="visible"', inside) + path, 48, 58) == (255, 0, 0, 255)


def test_what_holds_for_an_element_holds_for_its_markers() -> None:
    path = PATH.format('marker-end="url(#m)" opacity=".5" transform="translate(10 10)"')
    assert color(marker("", '<path d="M0 0h3v3H0z"/>') + path, 51, 61) == (0, 0, 0, 128)


def test_a_marker_may_have_markers_but_not_itself() -> None:
    inner = '<marker id="n" overflow="visible"><path d="M0 0h1v1z"/></marker>'
    outer = marker("", '<path d="M0 0h2v2z" marker-end="url(#n)"/>')
    assert clean(inner + outer + PATH.format(ALL), BOX).count('href="#n"') == 1
    itself = f'<g marker-end="url(#m)">{marker()}{PATH.format("")}</g>'
    assert matrices(itself) == [[1, 0, 0, 1, 40, 50]]
    circle = marker("", '<path d="M0 0h2" marker-end="url(#n)"/>') + (
        '<marker id="n"><path d="M0 0h2" marker-end="url(#m)"/></marker>'
    )
    assert refusal_of(svg(circle + PATH.format(ALL), BOX)).message == "An element of the SVG refers to itself."


@pytest.mark.parametrize("path", [f"M0 0{'h1' * 10_001}", f"M0 0{'h1' * 9_000}"])
def test_too_many_markers_are_refused(path: str) -> None:
    issue = refusal_of(svg(marker() + f'<path d="{path}" marker-mid="url(#m)"/>', BOX))
    assert issue.limit is not None


def test_what_a_marker_costs_counts_at_each_vertex() -> None:
    circles = "".join(f'<circle r="{1 + index}" fill-opacity=".5"/>' for index in range(30))
    many = marker('overflow="visible" markerUnits="userSpaceOnUse"', f'<g transform="scale(9)">{circles}</g>')
    message = refusal_of(svg(many + f'<path d="M0 0{"h1v1" * 60}" marker-mid="url(#m)"/>', BOX)).message
    assert message.startswith("An SVG logo can take at most 200 ms to draw")
