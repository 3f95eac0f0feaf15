"""Units, places and transformations as people write them, against Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.unit.logo.pictures import as_base64, clean, read, refusal_of, svg
from tests.unit.render.independent import draw_page, draw_svg, on_white

if TYPE_CHECKING:
    pass

SIDE = 100
SIZED = f'viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}"'
BAR = '<path fill="#d33" d="M10 10h20v10h-10z"/>'
DRAWN = {
    "origin": f'<g transform="rotate(45)" transform-origin="20 20">{BAR}</g>',
    "origin in a style": f'<g transform="rotate(45)" style="transform-origin:20px 1em">{BAR}</g>',
    "origin of the view": f'<g transform="rotate(90)" style="transform-origin:center">{BAR}</g>',
    "origin by names": f'<g style="transform:scale(.5);transform-origin:bottom right">{BAR}</g>',
    "origin in percent": f'<g style="transform-origin:25% 75%;transform:rotate(.25turn)">{BAR}</g>',
    "origin alone": f'<g style="transform-origin:center">{BAR}</g>',
    "style": f'<g transform="scale(3)" style="transform:translate(20px,10px) rotate(30deg)">{BAR}</g>',
    "one axis": f'<g style="transform:translateX(20px) translateY(1cm) scaleX(2) scaleY(.5) skewX(10deg)">{BAR}</g>',
    "radians": f'<g style="transform:rotate(0.5rad)">{BAR}</g>',
    "matrix": f'<g style="transform:matrix(1,0,.5,1,10,20)">{BAR}</g>',
    "none": f'<g transform="scale(2)" style="transform:none">{BAR}</g>',
    "attribute": f'<g transform="translate(10)rotate(10 , 20, 30),scale(1.5)">{BAR}</g>',
    "packed": f'<g transform="translate(30-5)rotate(10,.5.5) matrix(1-.2.2 1 1e1-2)">{BAR}</g>',
    "letters": '<rect x="1em" y="2em" width="2rem" height="2em" fill="#d33"/>',
    "percent": '<circle cx="50%" cy="50%" r="25%" fill="#d33" stroke="#00f" stroke-width="5%"/>',
    "units": '<rect x="2mm" y="1pc" width="20pt" height=".5in" rx="4Q" stroke="#00f" stroke-width=".1cm" fill="#d33"/>',
    "symbol": f'<symbol id="s" viewBox="0 0 40 40">{BAR}</symbol><use href="#s" x="1em" width="60" height="3pc"/>',
    "xlink": f'<defs><g id="q">{BAR}</g></defs><use xmlns:x="http://www.w3.org/1999/xlink" x:href="#q" y="9"/>',
    "clip rule": '<clipPath id="c"><path style="clip-rule:evenodd" d="M0 0h90v90h-90zM20 10h50v50h-50z"/></clipPath>'
    '<rect clip-path="url(#c)" width="100" height="100" fill="#d33"/>',
    "editors": '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/><title>x</title>'
    f'<metadata>x</metadata><view id="v"/><g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:x="x">{BAR}</g>',
}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    sources = [f"data:image/svg+xml;base64,{as_base64(svg(inside, SIZED))}" for inside in DRAWN.values()]
    images = "".join([f'<img src="{source}">' for source in sources])
    page = f"<!doctype html><style>body{{margin:0}}img{{display:block}}</style>{images}"
    screen = on_white(draw_page(page, 500, SIDE * len(DRAWN) + 200, tmp_path_factory.mktemp("geometry")))
    return {name: screen[SIDE * index : SIDE * (index + 1), :SIDE] for index, name in enumerate(DRAWN)}


@pytest.mark.parametrize("name", DRAWN)
def test_it_is_where_chromium_has_it(name: str, chromium: dict[str, Any]) -> None:
    ours = on_white(draw_svg(read(svg(DRAWN[name], SIZED)).body, SIDE))
    assert np.abs(ours - chromium[name]).mean() < 0.5
    assert (ours < 200).any()


def test_everything_is_in_plain_numbers() -> None:
    text = clean('<g style="transform:rotate(90deg)" transform-origin="1 2"><rect width="1in" height="50%"/></g>')
    assert '<g transform="translate(1 2) rotate(90) translate(-1 -2)"><rect width="96" height="50%" /></g>' in text


def test_a_size_in_letters_is_one() -> None:
    logo = read(svg(attributes='width="2em" height="1rem"'))
    assert (logo.width, logo.height) == (32, 16)


@pytest.mark.parametrize(
    "style",
    [
        "transform:rotate3d(1,1,1,10deg)",
        "transform:translate(50%)",
        "transform:rotate(10px)",
        "transform:rotate(1deg) x",
        "transform:perspective(1px)",
        "transform:rotate(1deg);transform-origin:calc(1px)",
        "transform:rotate(1deg);transform-origin:center;transform-box:fill-box",
        "rotate:10deg",
        "scale:2",
    ],
)
def test_what_cannot_be_told_is_refused_and_not_left_out(style: str) -> None:
    assert "transform" in refusal_of(svg(f'<g style="{style}">{BAR}</g>')).message
