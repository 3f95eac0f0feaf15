"""Colours of SVG logos in every notation of CSS, as Chromium shows them, and alike in every format."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pytest
import resvg_py
from PIL import Image
from tests.unit.logo.pictures import as_base64, clean, read, refusal_of, svg
from tests.unit.logo.svg.notations import COLORS, NO_COLORS
from tests.unit.render.independent import draw_any, draw_page, draw_svg, on_white

from qr_engine.logo.svg.colors import parse_color
from qr_engine.pipeline.generate import plan
from qr_engine.render import draw
from qr_engine.request import parse

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

CELL, COLUMNS = 8, 16
ROWS = -(-len(COLORS) // COLUMNS)
SIZE = (COLUMNS * CELL, ROWS * CELL)
# Chromium and the formats may round a channel and an opacity otherwise.
LEVELS = 3


def chart(kind: str) -> bytes:
    """A logo with a field of each colour, in an attribute, in a style, or in a style sheet."""
    fields, rules = [], []
    for index, color in enumerate(COLORS):
        x, y = index % COLUMNS * CELL, index // COLUMNS * CELL
        given = {"attribute": f"fill={quoteattr(color)}", "style": f"style={quoteattr('fill:' + color)}"}
        fields.append(f'<rect id="a{index}" x="{x}" y="{y}" width="8" height="8" {given.get(kind, "")}/>')
        rules.append(f"#a{index}{{fill:{color}}}")
    sheet = f"<style>{escape(''.join(rules))}</style>" if kind == "sheet" else ""
    return svg(sheet + "".join(fields), f'viewBox="0 0 {SIZE[0]} {SIZE[1]}" width="{SIZE[0]}" height="{SIZE[1]}"')


def centres(pixels: NDArray[np.int_], box: tuple[float, float, float, float]) -> NDArray[np.int_]:
    """The pixel in the middle of each colour's field, of a chart that fills a box of the picture."""
    left, top, right, bottom = box
    return np.array(
        [
            pixels[
                int(top + (index // COLUMNS + 0.5) * (bottom - top) / ROWS),
                int(left + (index % COLUMNS + 0.5) * (right - left) / COLUMNS),
            ]
            for index in range(len(COLORS))
        ]
    )


def others(ours: NDArray[np.int_], theirs: NDArray[np.int_]) -> list[tuple[str, list[int], list[int]]]:
    """The colours that differ, with both."""
    far = np.abs(ours - theirs).max(axis=1) > LEVELS
    return [(COLORS[i], ours[i].tolist(), theirs[i].tolist()) for i in np.flatnonzero(far)]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.int_]:
    page = f"<!doctype html><meta charset=utf-8><style>body{{margin:0}}</style>{chart('style').decode()}"
    screen = draw_page(page, max(500, SIZE[0]), SIZE[1] + 200, tmp_path_factory.mktemp("colors"))
    return centres(on_white(screen), (0, 0, *SIZE))


@pytest.mark.parametrize("kind", ["attribute", "style", "sheet"])
def test_every_colour_is_that_of_chromium(kind: str, chromium: NDArray[np.int_]) -> None:
    document = read(chart(kind)).body
    ours = centres(on_white(draw_svg(document, SIZE[0])), (0, 0, *SIZE))
    assert others(ours, chromium) == []


@pytest.mark.parametrize("format_name", ["png", "svg", "pdf", "eps"])
def test_every_format_shows_it(format_name: str, chromium: NDArray[np.int_], tmp_path: Path) -> None:
    request: dict[str, Any] = {"data": "colours" * 12, "size": 1200, "error_correction": "H", "format": format_name}
    logo = {"data": as_base64(chart("attribute")), "size": 28, "background": "white"}
    artwork = plan(parse({**request, "verify": False, "logo": logo})[1])[0]
    image = draw_any(draw(artwork, format_name), format_name, 1200, tmp_path)
    scale = artwork.module_pixels if format_name == "png" else 1200 / artwork.modules
    edge = (1200 - artwork.modules * scale) / 2
    left, top, right, bottom = (edge + side * scale for side in artwork.images[0].box)
    assert others(centres(on_white(image), (left, top, right, bottom)), chromium) == []


def test_what_is_no_colour_is_none() -> None:
    assert [text for text in NO_COLORS if parse_color(text)] == []


@pytest.mark.parametrize("text", NO_COLORS[:-1])
def test_a_declaration_that_is_none_leaves_the_one_before(text: str) -> None:
    assert 'fill="#ff0000"' in clean(f'<path style="fill:#f00;fill:{text}" d="M0 0h9v9z"/>')
    assert 'fill="#ff0000"' in clean(f'<path fill="red" style="fill:{text}" d="M0 0h9v9z"/>')
    assert 'fill="#ff0000"' in clean(f'<style>path{{fill:red}}#p{{fill:{text}}}</style><path id="p" d="M0 0h9v9z"/>')
    assert clean(f'<g fill="red"><path style="fill:{text}" d="M0 0h9v9z"/></g>').count("fill") == 1


@pytest.mark.parametrize("name", ["fill", "stroke", "color", "stop-color"])
def test_an_attribute_that_is_none_is_refused_by_name(name: str) -> None:
    body = svg(f'<path {name}="reddish" d="M0 0h9v9z"/>')
    assert refusal_of(body).message == f'The SVG has {name}="reddish", which is not a CSS Color 4 colour.'


def test_nothing_is_black_for_want_of_a_colour() -> None:
    body = svg('<path style="fill:reddish" d="M0 0h9v9z"/>')
    assert refusal_of(body).message == "A style in the SVG has fill:reddish, which is not a CSS Color 4 colour."


def test_what_figma_writes_is_red() -> None:
    text = clean(
        '<path fill="#FF0000" style="fill:#FF0000;fill:color(display-p3 1.0000 0.0000 0.0000);fill-opacity:1;" '
        'd="M2 2h20v20H2z"/>'
    )
    assert '<path d="M2 2h20v20H2z" fill="#ff0000" />' in text


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<path fill="#f008" fill-opacity=".5" d="M0 0h9z"/>', 'fill="#ff0000" fill-opacity="0.266667"'),
        ('<path stroke="rgba(255,0,0,.5)" stroke-opacity="50%" d="M0 0h9z"/>', 'stroke-opacity="0.25"'),
        ('<g fill="#f0000080"><path fill-opacity=".5" d="M0 0h9z"/></g>', '<path d="M0 0h9z" fill-opacity="0.25098"'),
        ('<g fill="#f0000080"><path fill="lime" d="M0 0h9z"/></g>', 'fill="#00ff00" fill-opacity="1"'),
        ('<stop stop-color="hsl(0 100% 50% / .5)" stop-opacity=".5"/>', 'stop-color="#ff0000" stop-opacity="0.25"'),
        ('<path opacity="50%" d="M0 0h9z"/>', 'opacity="0.5"'),
        ('<path style="fill-opacity:.5;fill-opacity:x" d="M0 0h9z"/>', 'fill-opacity="0.5"'),
    ],
)
def test_the_opacity_of_a_colour_multiplies_the_one_beside_it(inside: str, expected: str) -> None:
    assert expected in clean(f'{inside}<path d="M0 0h9v9z"/>')


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<g color="red"><path fill="currentColor" d="M0 0h9z"/></g>', '<path d="M0 0h9z" fill="#ff0000" />'),
        (
            '<g color="red" fill="currentColor"><path color="#00f8" d="M0 0h9z"/></g>',
            '<g fill="#ff0000"><path d="M0 0h9z" fill="#0000ff" fill-opacity="0.533333" /></g>',
        ),
        ('<g color="red"><path color="currentColor" stroke="CURRENTCOLOR" d="M0 0h9z"/></g>', 'stroke="#ff0000"'),
        ('<g color="red"><stop stop-color="currentColor"/></g>', 'stop-color="#ff0000"'),
        ('<path fill="currentColor" d="M0 0h9z"/>', '<path d="M0 0h9z" fill="#000000" />'),
        ('<g fill="red"><path fill="inherit" d="M0 0h9z"/></g>', '<g fill="#ff0000"><path d="M0 0h9z" /></g>'),
        ('<g fill="red"><path fill="initial" d="M0 0h9z"/></g>', '<path d="M0 0h9z" fill="#000000" />'),
        ('<path fill="url(#x) red" d="M0 0h9z"/>', '<path d="M0 0h9z" fill="#ff0000" />'),
        ('<path fill="url(#x)" stroke="red" d="M0 0h9z"/>', 'fill="none"'),
        (
            '<linearGradient id="x"><stop/></linearGradient><path fill="url( &apos;#x&apos; ) red" d="M0 0h9z"/>',
            '<path d="M0 0h9z" fill="url(#x)" />',
        ),
    ],
)
def test_what_a_paint_stands_for_is_settled(inside: str, expected: str) -> None:
    assert expected in clean(f'{inside}<path d="M0 0h9v9z"/>')


def test_what_is_used_has_the_current_colour_of_where_it_is_used(tmp_path: Path) -> None:
    body = svg(
        '<defs><path id="p" fill="currentColor" d="M0 0h4v4H0z"/></defs><use href="#p" color="rgb(255 0 0 / 50%)"/>'
        '<g color="oklch(0.86644 0.29483 142.4953)"><use href="#p" x="4"/></g><use href="#p" y="4"/>',
        'viewBox="0 0 8 8" width="8" height="8"',
    )
    theirs = draw_page(
        f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{body.decode()}", 500, 300, tmp_path
    )
    ours = on_white(draw_svg(read(body).body, 8))[2::4, 2::4]
    assert ours.tolist() == [[[255, 127, 127], [0, 255, 0]], [[0, 0, 0], [255, 255, 255]]]
    assert np.abs(on_white(theirs)[2:8:4, 2:8:4] - ours).max() <= LEVELS


@pytest.mark.parametrize(
    ("target", "used"),
    [
        ('<path id="p" fill-opacity=".5" d="M0 0h4v4H0z"/>', 'fill="#ff000080"'),
        ('<path id="p" style="fill-opacity:50%" d="M0 0h4v4H0z"/>', 'fill="rgb(255 0 0 / 50%)" fill-opacity=".9"'),
        ('<g id="p" fill-opacity=".5"><path d="M0 0h4v4H0z"/></g>', 'style="fill:rgba(255, 0, 0, .5)"'),
        ('<path id="p" fill="none" stroke-width="8" stroke-opacity=".5" d="M0 2h4"/>', 'stroke="#ff000080"'),
    ],
)
def test_the_opacity_within_a_colour_multiplies_the_one_beside_it_of_what_is_used(target: str, used: str) -> None:
    document = clean(f'<defs>{target}</defs><use href="#p" {used}/>', 'viewBox="0 0 4 4"')
    drawn = resvg_py.svg_to_bytes(svg_string=document.replace("<svg ", '<svg width="4" height="4" ', 1))
    with Image.open(io.BytesIO(bytes(drawn))) as image:
        pixel = image.convert("RGBA").getpixel((2, 2))
    assert isinstance(pixel, tuple)
    assert pixel[:3] == (255, 0, 0)
    assert abs(pixel[3] - 64) <= 1
