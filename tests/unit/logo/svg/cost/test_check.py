"""What drawing an SVG costs is known before it is drawn, whatever it is made of."""

from __future__ import annotations

from math import inf
from xml.etree import ElementTree

import pytest
import resvg_py
from tests.stopwatch import Stopwatch
from tests.unit.logo.pictures import read, refusal_of, svg

from qr_engine.artwork.cost import DRAWING_SECONDS, Cost
from qr_engine.logo.svg.cost.check import costs

BOX = 'viewBox="0 0 100 100"'


def zigzag(segments: int, high: float = 100) -> str:
    return "M0 0" + "".join(f"L{37 * index % 100} {high if index % 2 else 0}" for index in range(segments))


RECTANGLE = '<rect width="100" height="100"'
FAR = '<rect x="-500" y="-500" width="1100" height="1100"/>'
STOPS = "".join(f'<stop offset="{index / 50}" stop-color="#{index % 10}a0"/>' for index in range(50))
FLAT = "M0 0" + "".join(f"L{index % 2 * 100} {7 * index % 20 * 5}" for index in range(20))
COMB = "M0 0" + "".join(f"V100H{index + 0.5}V0H{index + 1}" for index in range(99))
THIN = 'fill="none" stroke-width=".01" d="M0 0L100 20L0 40L100 60"'
GRADIENT = f'<linearGradient id="g">{STOPS}</linearGradient>'

KINDS = {
    "lines": f'<path d="{zigzag(100)}"/>',
    "small lines": f'<path d="{zigzag(400, 1)}"/>',
    "curves": '<path d="M0 0'
    + "".join(f"C9 90 {37 * index % 100} 5 80 {41 * index % 90}" for index in range(60))
    + '"/>',
    "strokes": f'<path fill="none" stroke="red" d="{zigzag(60)}"/>',
    "dashes": f'<path fill="none" stroke="red" stroke-dasharray="2 1" d="{zigzag(9)}"/>',
    "fine dashes": '<path stroke="red" stroke-width="20" stroke-dasharray=".1" d="M9 0L90 90"/>',
    "round dashes": '<path stroke="red" stroke-width="9" stroke-linecap="round" stroke-dasharray="0 1" d="M9 0v90"/>',
    "thin strokes": f'<path stroke="red" {THIN}/>',
    "thin strokes of a gradient": f'<path stroke="url(#g)" {THIN}/>',
    "thin strokes of a pattern": f'<path stroke="url(#u)" {THIN}/>',
    "thin strokes far out": f'<g opacity=".5"><path stroke="red" transform="scale(5)" {THIN}/></g>',
    "strokes of long curves": '<path fill="none" stroke="red" d="M0 0C90000 0 0 90000 90000 90000"/>',
    "mitres that are cut": '<path stroke="red" stroke-linejoin="miter-clip" stroke-miterlimit="9999"'
    ' d="M50 50L50.01 49L50.02 50"/>',
    "flat lines": f'<path d="{FLAT}"/>',
    "edges of a gradient": f'<path fill="url(#g)" d="{COMB}"/>',
    "edges of a pattern": f'<path fill="url(#u)" d="{COMB}"/>',
    "round joins": f'<path fill="none" stroke="red" stroke-width="20" stroke-linejoin="round" d="{zigzag(30)}"/>',
    "translucent": f'{RECTANGLE} fill="red" fill-opacity=".5"/>',
    "gradients": f'{RECTANGLE} fill="url(#g)"/>',
    "opacity": f'<g opacity=".5">{RECTANGLE}/><circle r="9"/></g>',
    "clips": f'<g clip-path="url(#c)">{RECTANGLE}/></g>',
    "clips far out": f'<g clip-path="url(#c)">{FAR}</g>',
    "masks": f'<g mask="url(#m)">{RECTANGLE}/></g>',
    "masks that are painted around": f'<g mask="url(#n)">{RECTANGLE}/></g>',
    "clips without a paint": f'<g clip-path="url(#d)">{RECTANGLE}/></g>',
    "masks far out": f'<g mask="url(#m)">{FAR}</g>',
    "blending": f'<g style="mix-blend-mode:luminosity">{RECTANGLE}/></g>',
    "shadows": f'<g filter="url(#f)">{RECTANGLE}/></g>',
    "shadows far out": f'<g filter="url(#f)">{FAR}</g>',
    "spreads": f'<g filter="url(#e)">{RECTANGLE}/></g>',
    "patterns": f'{RECTANGLE} fill="url(#p)"/>',
    "turned patterns": f'{RECTANGLE} fill="url(#u)"/>',
    "patterns of large tiles": '<rect width="10" height="10" fill="url(#t)"/>',
    "symbols": '<use href="#s" width="100" height="100"/>',
    "pictures in a picture": f'<svg width="100" height="100" viewBox="0 0 50 50">{FAR}</svg>',
}
REFERRED = (
    f"<defs>{GRADIENT}"
    '<clipPath id="c"><circle cx="50" cy="50" r="50"/></clipPath>'
    '<mask id="m"><rect width="90" height="90" fill="#fff"/></mask>'
    f'<mask id="n" fill="url(#u)" stroke="#fff">{RECTANGLE}/><path d="M0 0L100 20L0 40"/></mask>'
    f'<clipPath id="d"><path fill="none" d="{COMB}"/></clipPath>'
    '<filter id="f"><feGaussianBlur stdDeviation=".2"/><feBlend in2="SourceGraphic"/><feColorMatrix/></filter>'
    '<filter id="e"><feMorphology radius="2"/></filter>'
    '<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><circle cx="5" cy="5" r="3"/></pattern>'
    '<pattern id="u" patternTransform="rotate(30)" href="#p"/>'
    f'<pattern id="t" width="400" height="400" patternUnits="userSpaceOnUse">{RECTANGLE}/></pattern>'
    f'<symbol id="s" viewBox="0 0 100 100">{RECTANGLE}/></symbol></defs>'
)
SIDE = 256


def estimate(inside: str) -> Cost:
    """What the whole of a document costs."""
    root = ElementTree.fromstring(svg(inside, BOX).replace(b'xmlns="http://www.w3.org/2000/svg"', b""))
    return Cost(*map(sum, zip(Cost(), *costs(root, {}).values(), strict=True)))


def measure(inside: str) -> float:
    """The least CPU seconds, on a quiet machine, of three drawings, without those of an empty one."""

    def once(text: str) -> float:
        with Stopwatch() as watch:
            resvg_py.svg_to_bytes(svg_string=svg(text, f'{BOX} width="{SIDE}" height="{SIDE}"').decode())
        return watch.seconds

    return min(once(inside) for _ in range(3)) - min(once('<path d="M0 0h1v1z"/>') for _ in range(3))


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_takes_much_longer_than_was_computed(kind: str) -> None:
    one = estimate(REFERRED + KINDS[kind]).seconds(SIDE, SIDE)
    times = max(1, int(0.1 / one))
    many = REFERRED + KINDS[kind] * times
    assert measure(many) < 2.5 * estimate(many).seconds(SIDE, SIDE)


@pytest.mark.parametrize("kind", KINDS)
def test_too_much_of_any_kind_is_refused_with_the_limit(kind: str) -> None:
    one = estimate(REFERRED + KINDS[kind]).seconds(SIDE, SIDE)
    document = REFERRED + KINDS[kind] * (int(1.5 * DRAWING_SECONDS / one) + 2)
    issue = refusal_of(svg(document, BOX))
    assert issue.limit is not None
    if issue.limit["max"] == 200 and "can take at most" in issue.message:
        assert "An SVG logo can take at most 200 ms to draw at 256 pixels; this one takes about" in issue.message


def test_what_is_drawn_many_times_costs_as_often() -> None:
    once = estimate('<defs><path id="a" d="M0 0h50v50z"/></defs><use href="#a"/>')
    often = estimate('<defs><path id="a" d="M0 0h50v50z"/></defs>' + '<use href="#a"/>' * 10)
    assert often == pytest.approx([10 * each for each in once])


@pytest.mark.parametrize(
    "drawn",
    [
        '<rect width="-9999" height="-9999"/>',
        '<rect width="-9999" height="9999" stroke="red"/>',
        '<circle r="-9999"/>',
        '<ellipse rx="-9999" ry="-9999"/>',
        '<image width="-9999" height="9999"/>',
        f'<filter id="n" width="-900%"><feFlood/></filter><g filter="url(#n)">{RECTANGLE}/></g>',
        f'<pattern id="n" width="-9" height="9" patternUnits="userSpaceOnUse">{RECTANGLE}/></pattern>'
        '<path fill="url(#n)" d="M0 0h9v9z"/>',
        '<path fill="none" stroke="red" stroke-width="-9999" stroke-miterlimit="-9" d="M9 9L0 0"/>',
        '<symbol id="n" viewBox="0 0 9 9"><circle r="9"/></symbol><use href="#n" width="-9" height="9"/>',
    ],
)
def test_sizes_below_zero_make_nothing_cheaper(drawn: str) -> None:
    assert min(estimate(drawn)) >= 0


@pytest.mark.parametrize(
    "drawn",
    [
        '<path stroke="red" d="M0 0C200000 0 0 200000 200000 200000"/>',
        '<path stroke="red" d="M0 0c90000 0 0 90000 90000 90000c90000 0 0 90000 90000 90000"/>',
        '<path stroke="red" transform="scale(100)" d="M0 0C2000 0 0 2000 2000 2000"/>',
        '<path stroke="red" stroke-width="300000" d="M0 0C9 0 0 9 9 9"/>',
        '<path stroke="red" d="M0 0c400000 0 0 400000 400000 400000c400000 0 0 400000 400000 400000s0 0 400000 1 x"/>',
        '<circle r="200000" stroke="red"/>',
        '<mask id="o" maskContentUnits="objectBoundingBox"><path stroke="red" d="M0 0C3000 0 0 3 3 3"/></mask>'
        f'<g mask="url(#o)">{RECTANGLE}/></g>',
        '<circle r="200000%" stroke="red"/>',
    ],
)
def test_strokes_of_curves_that_go_too_far_to_be_followed_are_refused(drawn: str) -> None:
    assert "for its size" in refusal_of(svg(f"{RECTANGLE}/>{drawn}", BOX)).message


def test_straight_lines_and_fills_may_go_farther() -> None:
    read(svg('<path d="M0 0C400000 0 0 400000 400000 400000"/><path stroke="red" d="M0 0L400000 400000"/>', BOX))


def test_gradients_that_refer_to_others_without_end_are_refused() -> None:
    chain = "".join(f'<linearGradient id="g{index}" href="#g{index + 1}"/>' for index in range(11))
    assert refusal_of(svg(f'{chain}{RECTANGLE} fill="url(#g0)"/>', BOX)).limit == {"max": 8}
    read(svg(f'{chain}{RECTANGLE} fill="url(#g2)"/>{RECTANGLE}/>', BOX))


def test_what_is_small_costs_less() -> None:
    whole, part = estimate(f"{RECTANGLE}/>"), estimate(f'<g transform="scale(.1)">{RECTANGLE}/></g>')
    assert part.pixel == pytest.approx(whole.pixel / 100)


@pytest.mark.parametrize("size", ["10%", "1e", "calc(1px)"])
def test_what_is_not_known_is_taken_for_the_whole(size: str) -> None:
    assert estimate(f'<rect width="{size}" height="1"/>').pixel == estimate(f"{RECTANGLE}/>").pixel


def test_a_drawing_is_made_smaller_by_what_its_cost_allows() -> None:
    cost = Cost(1e7, 1e5, 500)
    scale = cost.scale(1000, 500, 0.1)
    assert 0 < scale < 1
    assert cost.seconds(1000 * scale, 500 * scale) == pytest.approx(0.1)
    assert cost.scale(1000, 500, inf) == 1
    assert Cost().scale(1000, 500, 0.1) == 1
    assert Cost(0, 1e6).seconds(9, 500 * Cost(0, 1e6).scale(9, 500, 0.1)) == pytest.approx(0.1)


def test_an_ordinary_logo_costs_little() -> None:
    logo = read(svg(f'{GRADIENT}<path fill="url(#g)" d="{zigzag(40)}"/>' + '<circle r="4" opacity=".5"/>' * 5, BOX))
    assert Cost(*logo.cost).seconds(1024, 1024) < DRAWING_SECONDS
