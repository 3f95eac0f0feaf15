from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from tests.unit.render.independent import draw_modules, draw_svg, symbol_of

from qr_engine.artwork import Artwork, rows
from qr_engine.artwork.color import BLACK, TRANSPARENT, WHITE, Color
from qr_engine.render import draw
from qr_engine.symbol.model import Symbol

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+")


def svg(
    symbol: Symbol, *, margin: int = 4, size: int = 300, foreground: Color = BLACK, background: Color = WHITE
) -> bytes:
    return draw(Artwork(symbol, margin=margin, size=size, foreground=foreground, background=background), "svg")


def rectangles(path: str) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each closed shape, checked to be a rectangle that ends where it began."""
    shapes = []
    x = y = 0
    for shape in re.findall(r"[Mm][^Mm]+", path):
        command, *rest = re.findall(r"[A-Za-z][^A-Za-z]*", shape)
        dx, dy = map(int, NUMBER.findall(command))
        x, y = (dx, dy) if command[0] == "M" else (x + dx, y + dy)
        (across, down, back, close) = rest
        assert (across[0], down[0], back[0], close) == ("h", "v", "h", "z")
        assert int(across[1:]) == -int(back[1:])
        corner = x + int(across[1:]), y + int(down[1:])
        shapes.append((min(x, corner[0]), min(y, corner[1]), max(x, corner[0]), max(y, corner[1])))
    return shapes


@pytest.mark.parametrize("version", [1, 2, 7, 13, 27, 40])
@pytest.mark.parametrize("margin", [0, 4, 20])
def test_the_path_covers_each_dark_module_once_and_nothing_else(version: int, margin: int) -> None:
    symbol = symbol_of("path", version)
    path = ET.fromstring(svg(symbol, margin=margin)).findall(f"{SVG}path")[-1].attrib["d"]
    covered = np.zeros((symbol.size + 2 * margin,) * 2, int)
    for left, top, right, bottom in rectangles(path):
        covered[top:bottom, left:right] += 1
    expected = np.pad(np.array([[int(module) for module in row] for row in rows(symbol)]), margin)
    assert (covered == expected).all()


@given(st.integers(1, 40), st.data())
def test_any_pattern_of_modules_is_covered_exactly(size: int, data: st.DataObject) -> None:
    # Not a symbol, but rows without dark modules and ones without light ones, which real symbols hardly have.
    lines = data.draw(st.lists(st.integers(0, 2**size - 1), min_size=size, max_size=size))
    matrix = int("".join(f"{line:0{size}b}0000" for line in lines), 2)
    symbol = Symbol(1, False, "L", 0, size, matrix, (), None, 0, 0)
    path = ET.fromstring(svg(symbol, margin=1)).findall(f"{SVG}path")[-1].attrib["d"]
    covered = [[0] * (size + 2) for _ in range(size + 2)]
    for left, top, right, bottom in rectangles(path):
        for y in range(top, bottom):
            for x in range(left, right):
                covered[y][x] += 1
    assert covered == [
        [0] * (size + 2),
        *([0, *(line >> (size - 1 - x) & 1 for x in range(size)), 0] for line in lines),
        [0] * (size + 2),
    ]


def test_all_dark_modules_are_one_path_on_one_background() -> None:
    root = ET.fromstring(svg(symbol_of("one path")))
    assert [(child.tag, child.attrib["fill"]) for child in root] == [
        (f"{SVG}path", "#ffffff"),
        (f"{SVG}path", "#000000"),
    ]


def test_size_is_in_pixels_and_the_view_box_in_modules() -> None:
    root = ET.fromstring(svg(symbol_of("a", 2), margin=3, size=512))
    assert (root.attrib["width"], root.attrib["height"], root.attrib["viewBox"]) == ("512", "512", "0 0 31 31")


def test_a_transparent_background_is_left_out() -> None:
    assert len(ET.fromstring(svg(symbol_of("a"), background=TRANSPARENT))) == 1


def test_nothing_in_it_can_run_be_styled_or_clash_in_a_page() -> None:
    text = svg(symbol_of("inert")).decode()
    assert not re.search(r"<script|<style|class=|id=|style=|href|url\(|on\w+=", text)


@pytest.mark.parametrize(
    ("foreground", "background"),
    [
        (BLACK, WHITE),
        (Color(0, 0, 128), Color(255, 250, 200)),
        (Color(0, 0, 128, 200), Color(255, 250, 200)),
        (BLACK, TRANSPARENT),
        (Color(10, 20, 30, 128), Color(200, 100, 50, 64)),
    ],
)
@pytest.mark.parametrize("margin", [0, 4])
def test_it_looks_as_pillow_draws_it(foreground: Color, background: Color, margin: int) -> None:
    symbol = symbol_of("looks", 3)
    size = (symbol.size + 2 * margin) * 5
    artwork = Artwork(symbol, margin=margin, size=size, foreground=foreground, background=background)
    # Pillow replaces what it pastes on; an SVG lays one paint over the other.
    modules = draw_modules(Artwork(symbol, margin=margin, size=size, foreground=foreground, background=TRANSPARENT))
    expected = Image.new("RGBA", modules.size, (background.red, background.green, background.blue, background.alpha))
    expected.alpha_composite(modules)
    difference = ImageChops.difference(draw_svg(draw(artwork, "svg")), expected)
    assert np.asarray(difference).max() <= 3


@pytest.mark.parametrize("width", [47, 101, 333])
def test_no_seams_show_between_modules_at_a_fractional_scale(width: int) -> None:
    # Without crispEdges, as in programs that pass over it, and all modules dark: any seam would be a light line.
    size = 25
    solid = Symbol(2, False, "L", 0, size, int(("1" * size + "0000") * size, 2), (), None, 0, 0)
    text = svg(solid, margin=0).replace(b' shape-rendering="crispEdges"', b"")
    # The last pixel of a side may be covered in part.
    inner = draw_svg(text, width).crop((1, 1, width - 1, width - 1)).convert("L")
    assert inner.getextrema() == (0, 0)


@given(st.integers(1, 255))
def test_every_alpha_can_be_told_from_its_neighbours(alpha: int) -> None:
    path = ET.fromstring(svg(symbol_of("alpha"), foreground=Color(0, 0, 0, alpha)))[-1]
    assert round(float(path.attrib.get("fill-opacity", "1")) * 255) == alpha
