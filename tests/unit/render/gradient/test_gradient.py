from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageChops
from tests.unit.render.layered import DARK, KINDS, gradient

from qr_engine.artwork.color import Color
from qr_engine.artwork.model import Gradient, Stop
from qr_engine.artwork.words import GradientKind
from qr_engine.render.gradient.geometry import axis, end_radius, fraction_function
from qr_engine.render.gradient.pixels import draw_gradient, draw_indices, palette

STOPS = (Stop(0, Color(0, 0, 0)), Stop(1, Color(255, 255, 255)))
BOX = (10, 10, 30, 20)


def of(kind: GradientKind, *, angle: float = 0, center: tuple[float, float] = (0.5, 0.5)) -> Gradient:
    return Gradient(kind=kind, stops=STOPS, angle=angle, center=center, box=BOX)


@pytest.mark.parametrize(
    ("angle", "ends"),
    [(0, (10, 15, 30, 15)), (90, (20, 10, 20, 20)), (180, (30, 15, 10, 15)), (45, (12.5, 7.5, 27.5, 22.5))],
)
def test_a_linear_gradient_goes_from_edge_to_edge(angle: float, ends: tuple[float, ...]) -> None:
    assert axis(of("linear", angle=angle)) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("kind", "point", "expected"),
    [
        ("linear", (15, 12), 0.25),
        ("radial", (20, 15), 0),
        ("radial", (30, 20), 1),
        ("diamond", (30, 20), 1),
        ("diamond", (25, 17.5), 0.5),
        ("conic", (25, 15), 0),
        ("conic", (20, 19), 0.25),
        ("conic", (12, 15), 0.5),
        ("conic", (20, 11), 0.75),
        # A quarter of the way around, and 5 of its 11.18 modules away.
        ("spiral", (20, 20), 0.25 + 5 / 125**0.5),
    ],
)
def test_how_far_along_a_point_is(kind: GradientKind, point: tuple[float, float], expected: float) -> None:
    assert fraction_function(of(kind))(*point) % 1 == pytest.approx(expected % 1)


def test_the_farthest_corner_counts_from_where_the_gradient_begins() -> None:
    assert end_radius(of("radial", center=(0, 0))) == pytest.approx(500**0.5)
    assert end_radius(of("diamond", center=(0, 0))) == 30


@pytest.mark.parametrize("kind", KINDS)
def test_pixels_have_the_colour_of_their_place(kind: GradientKind) -> None:
    shades = gradient(kind, *DARK, size=200)
    picture, along = draw_gradient(shades, shades.box, 200, 200), fraction_function(shades)
    for x in range(5, 200, 19):
        for y in range(5, 200, 17):
            t = along(x + 0.5, y + 0.5)
            t = t % 1 if kind in ("conic", "spiral") else min(max(t, 0), 1)
            first, last = (DARK[0], DARK[1]) if t < 0.5 else (DARK[1], DARK[2])
            share = t * 2 % 1 if t < 1 else 1
            expected = [
                a + (b - a) * share
                for a, b in ((first.red, last.red), (first.green, last.green), (first.blue, last.blue))
            ]
            assert picture.getpixel((x, y)) == pytest.approx(expected, abs=4), (x, y)


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_looks_as_it_does_in_the_whole(kind: GradientKind) -> None:
    shades = gradient(kind, *DARK, size=32)
    whole = draw_gradient(shades, (0, 0, 32, 32), 320, 320).crop((160, 40, 320, 200))
    difference = ImageChops.difference(whole, draw_gradient(shades, (16, 4, 32, 20), 160, 160))
    # Of the few pixels next to the jump of a turning gradient, some may be on its other side.
    assert (np.asarray(difference) > 3).sum() <= 3 * 250


@pytest.mark.parametrize("kind", KINDS)
def test_the_palette_gives_the_same_colours_in_fewer_steps(kind: GradientKind) -> None:
    shades = gradient(kind, *DARK, size=64)
    indices = draw_indices(shades, shades.box, 64, 64)
    indices.putpalette(bytes([channel for color in palette(shades) for channel in color[:3]]))
    difference = ImageChops.difference(indices.convert("RGB"), draw_gradient(shades, shades.box, 64, 64))
    assert np.asarray(difference).max() <= 3


def test_two_stops_in_one_place_make_a_hard_edge() -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    stops = (Stop(0, black), Stop(0.5, black), Stop(0.5, white), Stop(1, white))
    edge = Gradient(kind="linear", stops=stops, angle=0, center=(0.5, 0.5), box=(0, 0, 10, 10))
    assert set(draw_gradient(edge, edge.box, 10, 1).convert("L").tobytes()) == {0, 255}


@pytest.mark.parametrize("kind", KINDS)
def test_steep_stops_have_more_than_256_colours_between_them(kind: GradientKind) -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    steep = Gradient(
        kind=kind,
        stops=(Stop(0.4, black), Stop(0.5, white), Stop(0.6, black)),
        angle=0,
        center=(0.5, 0.5),
        box=(0, 0, 10, 10),
    )
    # A step of 256 would be ten levels; all levels are there only with finer ones.
    assert len(set(draw_gradient(steep, steep.box, 1600, 1600).convert("L").tobytes())) > 200


def test_a_gradient_that_shows_through_has_its_alpha() -> None:
    fading = Gradient(
        kind="linear",
        stops=(Stop(0, Color(200, 0, 0, 255)), Stop(1, Color(0, 0, 200, 55))),
        angle=0,
        center=(0.5, 0.5),
        box=(0, 0, 10, 10),
    )
    picture = draw_gradient(fading, fading.box, 200, 2)
    assert picture.mode == "RGBA"
    for x in range(0, 200, 7):
        share = (x + 0.5) / 200
        assert picture.getpixel((x, 1)) == pytest.approx((200 - 200 * share, 0, 200 * share, 255 - 200 * share), abs=1)
