"""SVG logos as paths of a PDF, held against what resvg draws from the SVG, by two programs that draw PDFs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec.structs import replace
from tests.unit.logo.pictures import read, svg
from tests.unit.render.independent import draw_pdf, on_white, open_picture, poppler
from tests.unit.render.layered import compose_layers

from qr_engine.artwork.color import WHITE
from qr_engine.logo import PlacementOptions, fit_logo
from qr_engine.logo.plate import lay_logo
from qr_engine.render import draw
from qr_engine.symbol.model import AreaShape

if TYPE_CHECKING:
    from pathlib import Path

    from qr_engine.artwork import Artwork

# Compact numbers and arcs, quadratic and smooth curves, relative everything, rules, strokes, transformations.
SIMPLE = {
    "pin": '<path fill="#c2185b" d="M12 2C8.13 2 5 5.13 5 9c0 5.25 7 13 7 13s7-7.75 7-13c0-3.87-3.13-7-7-7zm0 9.5'
    'a2.5 2.5 0 110-5 2.5 2.5 0 010 5z"/>',
    "ring": '<path fill-rule="evenodd" fill="#06c" d="M12 0a12 12 0 1 0 0 24 12 12 0 0 0 0-24zM12 6a6 6 0 1 0 0 12 '
    '6 6 0 0 0 0-12"/>',
    "curves": '<path fill="teal" d="M2 12Q7 2 12 12T22 12V22H2z"/><path d="M2 6c3-6 6-6 9 0s6 6 9 0" fill="none" '
    'stroke="#b3541e" stroke-width="2" stroke-linecap="round"/>',
    "tilted": '<g transform="rotate(30 12 12) scale(1 .6)" fill="#5b2a86"><circle cx="12" cy="18" r="7"/>'
    '<path d="M4 8h16" stroke="gold" stroke-width="3"/></g>',
    "arcs": '<path fill="#0b3d91" d="M3 12A9 5 30 0 1 20 8A3 8-20 1 0 21 20z"/>',
    "basic": '<rect x="2" y="2" width="9" height="9" fill="#0a0" stroke="#030" stroke-width="1.5" '
    'stroke-linejoin="bevel"/>'
    '<ellipse cx="17" cy="7" rx="5" ry="3"/><polygon points="3,22 8,14 12,22" fill="red"/>'
    '<polyline points="14 14 18 20 22 14" fill="none" stroke="#00f"/>'
    '<line x1="1" y1="23" x2="23" y2="23" stroke="#333"/>',
    "clear": '<circle cx="9" cy="12" r="8" fill="#e00" fill-opacity=".5"/><circle cx="15" cy="12" r="7" fill="#00e8" '
    'stroke="#0a0" stroke-opacity=".4" stroke-width="2"/>',
    "styled": '<style>.a{fill:#c81e28}.b{fill:none;stroke:#222;stroke-width:2}</style><g style="fill:blue">'
    '<path class="a" d="M2 2h20v10H2z"/><path d="M2 12h20v6H2z"/><path class="b" d="M3 21h18"/></g>',
    "beyond": '<path fill="#084" d="M-9-9h22v22H-9z"/><path stroke="red" stroke-width="4" d="M0 24 24 0"/>',
    "rounded": '<rect x="1" y="2" width="22" height="8" rx="3" ry="9" fill="#0b3d91"/>'
    '<rect x="3" y="12" width="9" height="9" rx="2.5" fill="none" stroke="#c00" stroke-width="2"/>'
    '<rect x="14" y="12" width="6" height="9" ry="8" opacity=".5"/>',
    "skewed": '<path transform="matrix(.8 .2 -.1 .7 3 4) skewX(10) translate(1,1)" fill="#933" d="M4 4h12v12H4z"/>',
}
OTHERS = {
    "gradient": '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="#00f"/></linearGradient>'
    '<path fill="url(#g)" d="M2 2h20v20H2z"/>',
    "group": '<g opacity=".5"><circle cx="9" cy="12" r="8"/><circle cx="15" cy="12" r="8" fill="red"/></g>',
    "used": '<defs><path id="p" d="M2 2h8v8H2z"/></defs><use href="#p"/><use href="#p" x="10" y="10"/>',
    "two paints": '<circle cx="12" cy="12" r="8" opacity=".5" stroke="red" stroke-width="4"/>',
    "in percent": '<rect width="50%" height="9" fill="red"/>',
    "broken": '<path fill="red" d="M2 2h20v20x"/>',
}


def bearing(inside: str, shape: AreaShape = "square", box: str = "0 0 24 24") -> Artwork:
    artwork = compose_layers("a logo", version=5, size=45 * 12)
    logo = read(svg(inside, f'viewBox="{box}"'))
    wanted = PlacementOptions(size=40, shape=shape)
    return lay_logo(artwork, logo, fit_logo(artwork.symbol, logo, wanted), WHITE)


def assert_alike(artwork: Artwork, folder: Path) -> None:
    ours = on_white(open_picture(draw(artwork, "png")))
    pdf = draw(artwork, "pdf")
    for found in (draw_pdf(pdf, artwork.size), poppler(pdf, folder)):
        difference = abs(on_white(found) - ours)[170:370, 170:370].max(axis=2)
        # Edges lie up to half a pixel apart, where pictures are put on whole ones.
        assert (difference > 80).mean() < 0.01
        assert np.percentile(difference, 93) <= 12


@pytest.mark.parametrize("name", SIMPLE)
def test_a_simple_svg_is_vector_in_a_pdf(name: str, tmp_path: Path) -> None:
    artwork = bearing(SIMPLE[name])
    assert b"/Image" not in draw(artwork, "pdf")
    assert_alike(artwork, tmp_path)


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_svg_is_a_bitmap_in_a_pdf(name: str, tmp_path: Path) -> None:
    artwork = bearing(OTHERS[name])
    assert b"/Image" in draw(artwork, "pdf")
    assert_alike(artwork, tmp_path)


def test_a_vector_logo_is_cut_to_its_shape(tmp_path: Path) -> None:
    artwork = bearing(SIMPLE["beyond"], "circle", "-2 -1 26 24")
    assert b"/Image" not in draw(artwork, "pdf")
    assert_alike(artwork, tmp_path)


def test_a_logo_is_where_it_is_at_any_resolution_of_the_page(tmp_path: Path) -> None:
    artwork = replace(bearing(SIMPLE["pin"]), dpi=300)
    ours = on_white(open_picture(draw(artwork, "png")))
    assert (abs(on_white(draw_pdf(draw(artwork, "pdf"), artwork.size)) - ours).max(axis=2) > 80).mean() < 0.01


@pytest.mark.parametrize(("dpi", "pixels"), [(300, b"/Width 512"), (96, b"/Width 1110"), (20, b"/Width 2048")])
def test_a_bitmap_has_as_many_pixels_as_its_size_on_the_page_needs(dpi: int, pixels: bytes) -> None:
    assert pixels in draw(replace(bearing(OTHERS["group"]), dpi=dpi), "pdf")
