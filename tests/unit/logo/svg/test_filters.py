"""Patterns and filters of SVG logos: as Chromium draws them, in every format, and within the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.stopwatch import Stopwatch
from tests.unit.logo.pictures import as_base64, clean, read, refusal_of, svg
from tests.unit.render.independent import draw_any, draw_page, draw_svg, on_white

from qr_engine.artwork.cost import DRAWING_SECONDS
from qr_engine.artwork.model import EmbeddedImage
from qr_engine.logo.svg.allowlist import ELEMENTS
from qr_engine.logo.svg.cost.filters import PRIMITIVES
from qr_engine.pipeline.generate import plan
from qr_engine.render import draw
from qr_engine.render.raster.images import draw_uncut
from qr_engine.request import parse

if TYPE_CHECKING:
    from pathlib import Path

SIDE = 100
BOX = f'viewBox="0 0 {SIDE} {SIDE}"'
SIZED = f'{BOX} width="{SIDE}" height="{SIDE}"'
BLOB = '<path fill="#d33" d="M20 20h60v60h-30z"/>'
FIGMA = """<g filter="url(#f)"><circle cx="50" cy="46" r="30" fill="#E33"/></g><defs>
<filter id="f" x="16" y="16" width="68" height="68" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB">
<feFlood flood-opacity="0" result="BackgroundImageFix"/>
<feColorMatrix in="SourceAlpha" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0" result="hardAlpha"/>
<feMorphology radius="1" operator="dilate" in="SourceAlpha" result="effect0"/><feOffset dy="4"/>
<feGaussianBlur stdDeviation="2"/><feComposite in2="hardAlpha" operator="out"/>
<feColorMatrix type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0.25 0"/>
<feBlend mode="normal" in2="BackgroundImageFix" result="effect1"/>
<feBlend mode="normal" in="SourceGraphic" in2="effect1" result="shape"/></filter></defs>"""
DOTS = '<circle cx="5" cy="5" r="3" fill="#1a7"/>'
PLACED = 'width="10" height="10" patternUnits="userSpaceOnUse"'


def filtered(primitives: str, attributes: str = "") -> str:
    return f'<filter id="f" {attributes}>{primitives}</filter><g filter="url(#f)">{BLOB}</g>'


def painted(pattern: str) -> str:
    return f'{pattern}<circle cx="50" cy="50" r="40" fill="url(#p)"/>'


DRAWN = {
    "figma": FIGMA,
    "offset": filtered('<feOffset dx="5" dy="8"/>'),
    "blur": filtered('<feGaussianBlur stdDeviation="4"/>'),
    "flood": filtered('<feFlood flood-color="hsl(200 80% 40% / .5)"/><feMerge><feMergeNode/></feMerge>'),
    "blend": filtered('<feFlood flood-color="#39c"/><feBlend mode="multiply" in2="SourceGraphic"/>'),
    "composite": filtered('<feFlood flood-color="#39c"/><feComposite operator="in" in2="SourceGraphic"/>'),
    "arithmetic": filtered(
        '<feFlood flood-color="#39c"/><feComposite operator="arithmetic" k2=".5" k3=".5" in2="SourceGraphic"/>'
    ),
    "merge": filtered(
        '<feOffset in="SourceAlpha" dx="6"/><feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge>'
    ),
    "matrix": filtered('<feColorMatrix values="0 1 0 0 0  1 0 0 0 0  0 0 1 0 .3  0 0 0 1 0"/>'),
    "hue": filtered('<feColorMatrix type="hueRotate" values="90"/>', 'color-interpolation-filters="sRGB"'),
    "saturation": filtered('<feColorMatrix type="saturate" values=".2"/>'),
    "drop shadow": filtered('<feDropShadow dx="4" dy="4" stdDeviation="3" flood-color="#00f" flood-opacity=".6"/>'),
    "transfer": filtered(
        '<feComponentTransfer><feFuncR type="linear" slope=".3" intercept=".2"/></feComponentTransfer>'
    ),
    "spread": filtered('<feMorphology operator="dilate" radius="2"/>'),
    "in boxes": filtered('<feGaussianBlur stdDeviation=".05"/>', 'primitiveUnits="objectBoundingBox"'),
    "by style": "<style>.a{filter:url(#f)}</style>"
    + filtered('<feOffset dx="9"/>').replace("<g filter=", '<g class="a" id='),
    "pattern": painted(f'<pattern id="p" {PLACED}>{DOTS}</pattern>'),
    "turned": painted(f'<pattern id="p" {PLACED} patternTransform="rotate(30) scale(1.5)">{DOTS}</pattern>'),
    "of the box": painted(f'<pattern id="p" width=".25" height="25%" viewBox="0 0 10 10">{DOTS}</pattern>'),
    "referred to": painted(
        f'<pattern id="q" {PLACED}>{DOTS}</pattern><pattern id="p" href="#q" patternTransform="scale(2)"/>'
    ),
    "stroke": f'<pattern id="p" {PLACED}>{DOTS}</pattern><path stroke="url(#p)" stroke-width="30" d="M10 50h80"/>',
}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    images = "".join(
        f'<img src="data:image/svg+xml;base64,{as_base64(svg(inside, SIZED))}">' for inside in DRAWN.values()
    )
    page = f"<!doctype html><style>body{{margin:0}}img{{display:block}}</style>{images}"
    folder = tmp_path_factory.mktemp("filters")
    screen = on_white(draw_page(page, 500, SIDE * len(DRAWN) + 200, folder))
    return {name: screen[SIDE * index : SIDE * (index + 1), :SIDE] for index, name in enumerate(DRAWN)}


@pytest.mark.parametrize("name", DRAWN)
def test_it_is_drawn_as_by_chromium(name: str, chromium: dict[str, Any]) -> None:
    ours = on_white(draw_svg(read(svg(DRAWN[name], BOX)).body, SIDE))
    assert np.abs(ours - chromium[name]).mean() < 2
    assert (ours < 200).any()


@pytest.mark.parametrize("name", ["figma", "drop shadow", "pattern", "turned"])
def test_every_format_shows_it(name: str, chromium: dict[str, Any], tmp_path: Path) -> None:
    logo = {"data": as_base64(svg(DRAWN[name], BOX)), "size": 28, "background": "white"}
    request = {"data": "filters" * 12, "size": 1200, "error_correction": "H", "verify": False, "logo": logo}
    for format_name in ("png", "svg", "pdf", "eps"):
        artwork = plan(parse({**request, "format": format_name})[1])[0]
        body = draw(artwork, format_name)
        image = draw_any(body, format_name, 1200, tmp_path)
        scale = artwork.module_pixels if format_name == "png" else 1200 / artwork.modules
        edge = (1200 - artwork.modules * scale) / 2
        left, top, right, bottom = (round(edge + side * scale) for side in artwork.images[0].box)
        ours = on_white(image.crop((left, top, right, bottom)).resize((SIDE, SIDE)))
        assert np.abs(ours - chromium[name]).mean() < 6, format_name
        assert format_name != "svg" or (b"<filter" in body or b"<pattern" in body)


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (f'<g filter="blur(2px)">{BLOB}</g>', "An SVG logo can only have filters that are elements"),
        (
            f'<g style="filter:drop-shadow(0 0 2px red)">{BLOB}</g>',
            "An SVG logo can only have filters that are elements",
        ),
        (filtered("<feTurbulence/>"), "An SVG logo must not have feTurbulence elements."),
        (filtered('<feImage href="#a"/>'), "An SVG logo must not have feImage elements."),
        (filtered("<feOffset/>" * 33), "A filter in an SVG logo can have at most 32 primitives."),
        (filtered('<feGaussianBlur stdDeviation="1"/>' * 30) * 3, "An SVG logo can take at most 200 ms to draw"),
        (filtered('<feMorphology radius="30"/>'), "An SVG logo can take at most 200 ms to draw"),
        (
            painted(f'<pattern id="p" width="9000" height="9000" patternUnits="userSpaceOnUse">{DOTS}</pattern>'),
            "A pattern tile in",
        ),
        (
            painted(f'<pattern id="p" width="calc(1px)" height="1" patternUnits="userSpaceOnUse">{DOTS}</pattern>'),
            "A pattern in",
        ),
        (
            painted(f'<pattern id="p" {PLACED}><rect width="9" height="9" fill="url(#p)"/></pattern>'),
            "An element of the SVG",
        ),
        (
            f'<g fill="url(#p)"><pattern id="p" {PLACED}><rect width="9" height="9"/></pattern>{BLOB}'
            '<rect width="9" height="9"/></g>',
            "An element of the SVG refers to itself.",
        ),
    ],
)
def test_what_goes_beyond_is_refused(inside: str, message: str) -> None:
    assert refusal_of(svg(inside, BOX)).message.startswith(message)


def test_patterns_in_patterns_are_bounded_before_they_are_followed() -> None:
    inside = '<rect width="9" height="9"/>' * 40
    chain = "".join(
        f'<pattern id="p{index}" {PLACED}><g fill="url(#p{index + 1})">{inside}</g></pattern>' for index in range(6)
    )
    with Stopwatch() as watch:
        refusal_of(
            svg(f'{chain}<pattern id="p6" {PLACED}>{DOTS}</pattern><path fill="url(#p0)" d="M0 0h99v99z"/>', BOX)
        )
    assert watch.seconds < 1


def test_a_filter_that_is_nowhere_is_left_out() -> None:
    assert "filter" not in clean(f'<g filter="url(#nowhere)">{BLOB}</g>')


def test_what_a_filter_keeps_counts_as_layers() -> None:
    many = filtered("<feFlood/>" * 30, 'x="-2" y="-2" width="4" height="4"')
    assert read(svg(many, BOX)).layers == (1 + 8, 1)
    assert read(svg(filtered('<feOffset dx="1"/>'), BOX)).layers == (2, 1)


@pytest.mark.parametrize("name", ["figma", "drop shadow", "turned"])
def test_a_large_drawing_is_made_at_a_size_that_takes_about_as_long_as_is_allowed(name: str) -> None:
    logo = read(svg(DRAWN[name], BOX))
    image = EmbeddedImage(logo.body, logo.content_type, (0, 0, 9, 9), None, logo.layers, logo.cost)
    with Stopwatch() as watch:
        draw_uncut(image, 2000, 2000)
    # Beside that, an empty drawing of the size, and enlarging it. At the whole size it would take a hundred times that.
    assert watch.seconds < 10 * DRAWING_SECONDS


def test_every_primitive_that_is_taken_has_its_price() -> None:
    priced = {name for name in ELEMENTS if name.startswith("fe") and not name.startswith("feFunc")}
    assert priced == set(PRIMITIVES)
