from __future__ import annotations

from math import hypot, pi

import pytest
from tests.unit.artwork.picture import flatten

from qr_engine.artwork.model import Path
from qr_engine.artwork.paths import circle, inset, polygon, rectangle, reverse, rotate_quarters, star, translate

SQUARE = ((0, 0), (2, 0), (2, 2), (0, 2))


def area(path: Path) -> float:
    """Positive for outlines that run clockwise, as y grows downwards."""
    return sum(
        (ax * by - bx * ay) / 2
        for outline in flatten(path)
        for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True)
    )


def test_a_sharp_polygon_has_only_lines() -> None:
    assert polygon(SQUARE) == (("M", 0, 0), ("L", 2, 0), ("L", 2, 2), ("L", 0, 2), ("Z",))


def test_a_circle_is_round_and_whole() -> None:
    (outline,) = flatten(circle(3, 3, 2))
    assert all(hypot(x - 3, y - 3) == pytest.approx(2, abs=0.001) for x, y in outline)
    assert area(circle(3, 3, 2)) == pytest.approx(4 * pi, rel=0.002)


def test_outlines_run_clockwise_and_holes_the_other_way() -> None:
    for path in (rectangle(0, 0, 3, 2, 0.5), circle(0, 0, 1), star(0, 0, 2, 1, 5)):
        assert area(path) > 0
        assert area(reverse(path)) == pytest.approx(-area(path))


def test_each_corner_takes_its_own_radius() -> None:
    path = rectangle(0, 0, 2, 2, (0, 1, 0, 0))
    assert [command[0] for command in path] == ["M", "L", "C", "L", "L", "Z"]
    assert area(path) == pytest.approx(3 + pi / 4, rel=0.001)


def test_radii_that_do_not_fit_an_edge_share_it() -> None:
    assert rectangle(0, 0, 2, 2, 5) == rectangle(0, 0, 2, 2, 1)


def test_a_notch_is_rounded_outwards() -> None:
    sharp = star(0, 0, 2, 1, 4)
    assert area(star(0, 0, 2, 1, 4, radius=0.1)) == pytest.approx(area(sharp), rel=0.05)


def test_inset_edges_run_at_the_distance_asked_for() -> None:
    assert inset(SQUARE, 0.5) == [pytest.approx(point) for point in ((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5))]


def test_four_quarters_bring_a_path_back() -> None:
    path = polygon(((0, 0), (7, 1), (3, 5)), 0.4)
    assert rotate_quarters(path, 4, 7) == path
    assert rotate_quarters(polygon(((0, 0), (1, 0), (0, 2))), 1, 7)[0] == ("M", 7, 0)


def test_moving_keeps_the_shape() -> None:
    path = circle(0, 0, 1)
    assert translate(translate(path, 3, 4), -3, -4) == path
