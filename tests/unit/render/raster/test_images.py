"""Logos on a finished artwork, in every format, as programs that know nothing of this project show them."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from pathlib import Path as FilePath
from xml.etree import ElementTree as ET

import msgspec
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from tests.unit.logo.pictures import picture as made
from tests.unit.logo.pictures import read, svg
from tests.unit.render.independent import draw_any, draw_svg, on_white, open_picture, zxing_reads
from tests.unit.render.layered import compose_layers

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import TRANSPARENT, WHITE, Color
from qr_engine.logo import Logo, PlacementOptions, fit_logo
from qr_engine.logo.plate import lay_logo
from qr_engine.render import FORMATS, draw
from qr_engine.symbol.model import AreaShape

PICTURES = [name for name in FORMATS if name not in ("txt", "json")]
RED = (200, 30, 40)
# Fills its box, so that whatever it is cut to shows; its styles have become attributes by the time it is drawn.
VECTOR = svg(
    "<style>path{fill:#c81e28}.a{fill:url(#g)}</style>"
    '<defs><linearGradient id="g"><stop stop-color="#c81e28"/></linearGradient></defs>'
    '<path class="a" d="M0 0h10v5H0z"/><path d="M0 4h10v6H0z"/>',
    'viewBox="0 0 10 10"',
)
LOGOS = {
    "png": read(made(size=(80, 80))),
    "jpeg": read(made("JPEG", size=(80, 80))),
    "clear": read(made(size=(80, 80), mode="RGBA")),
    "svg": read(VECTOR),
}


def bearing(
    logo: Logo, *, shape: AreaShape = "square", plate: Color | None = None, size: float = 24, background: Color = WHITE
) -> Artwork:
    """A code of 495 pixels with a logo of six modules and a plate of seven or nine, but with all of its modules."""
    artwork = compose_layers("a logo", version=2, background=background)
    return lay_logo(artwork, logo, fit_logo(artwork.symbol, logo, PlacementOptions(size=size, shape=shape)), plate)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("kind", LOGOS)
def test_a_logo_is_in_the_middle_in_its_own_colours(name: str, kind: str, tmp_path: FilePath) -> None:
    pixels = on_white(draw_any(draw(bearing(LOGOS[kind], plate=WHITE), name), name, 495, tmp_path))
    expected = (228, 142, 147) if kind == "clear" else RED
    assert abs(pixels[247, 247] - expected).max() <= 4
    # 25 modules of 15 pixels: the logo is 90 wide, its plate 9 modules or 135.
    there = (abs(pixels - expected).max(axis=2) <= 12).nonzero()
    edges = [int(edge) for axis in there for edge in (np.min(axis), np.max(axis))]
    assert edges == pytest.approx([202, 292, 202, 292], abs=2)


@pytest.mark.parametrize("kind", LOGOS)
@pytest.mark.parametrize("shape", ["circle", "rounded_square"])
def test_a_logo_is_cut_to_its_shape_in_every_format(shape: AreaShape, kind: str, tmp_path: FilePath) -> None:
    artwork = bearing(LOGOS[kind], shape=shape, plate=Color(255, 240, 200))
    ours = on_white(open_picture(draw(artwork, "png")))
    for name in ("svg", "pdf", "eps") if kind in ("png", "svg") else ("svg", "pdf"):
        other = on_white(draw_any(draw(artwork, name), name, 495, tmp_path))
        difference = abs(ours - other)[180:315, 180:315].max(axis=2)
        # But for the edges, of which PostScript's are a pixel farther out.
        assert np.percentile(difference, 85 if name == "eps" else 93) <= 12, name


@pytest.mark.parametrize("name", PICTURES)
def test_a_code_without_logo_has_no_picture(name: str) -> None:
    assert draw(compose_layers("a logo"), name) != draw(bearing(LOGOS["png"]), name)


@pytest.mark.parametrize("background", [WHITE, TRANSPARENT])
def test_what_is_clear_in_a_logo_lets_the_code_through(background: Color) -> None:
    half = Image.new("RGBA", (60, 60))
    half.paste(RED, (0, 0, 60, 30))
    out = io.BytesIO()
    half.save(out, "PNG")
    bare, borne = (
        open_picture(draw(each, "png"))
        for each in (
            compose_layers("a logo", background=background),
            bearing(read(out.getvalue()), background=background),
        )
    )
    lower = (200, 252, 290, 292)
    # The one without logo has fewer colours at the edges of its dots.
    assert abs(np.asarray(bare.crop(lower)).astype(int) - np.asarray(borne.crop(lower))).max() <= 9
    assert borne.getpixel((247, 220)) == (*RED, 255)


def test_a_bitmap_in_an_svg_needs_no_clip_path() -> None:
    text = draw(bearing(LOGOS["jpeg"], shape="circle"), "svg").decode()
    assert "clip" not in text
    assert text.count('href="data:image/png;base64,') == 1


def test_a_jpeg_stays_one_where_nothing_is_cut_off() -> None:
    assert draw(bearing(LOGOS["jpeg"]), "svg").count(b"data:image/jpeg;base64,") == 1
    assert draw(bearing(LOGOS["jpeg"]), "pdf").count(b"/DCTDecode") == 1


def test_an_svg_logo_stays_vector_in_an_svg() -> None:
    root = ET.fromstring(draw(bearing(LOGOS["svg"]), "svg"))
    (nested,) = root.findall("{http://www.w3.org/2000/svg}svg")
    assert len(nested.findall(".//{http://www.w3.org/2000/svg}path")) == 2
    assert "image" not in draw(bearing(LOGOS["svg"]), "svg").decode()


def test_an_svg_logo_is_clipped_only_where_it_reaches_beyond_its_shape() -> None:
    round_one = read(svg('<circle cx="5" cy="5" r="5"/>', 'viewBox="0 0 10 10"'))
    assert b"clipPath" not in draw(bearing(round_one, shape="circle"), "svg")
    assert draw(bearing(LOGOS["svg"], shape="circle"), "svg").count(b"<clipPath") == 1


def test_the_styles_of_a_logo_paint_nothing_else() -> None:
    borne = on_white(draw_svg(draw(bearing(LOGOS["svg"]), "svg")))
    bare = on_white(draw_svg(draw(compose_layers("a logo"), "svg")))
    outside = np.ones((495, 495), bool)
    outside[195:300, 195:300] = False
    assert (borne == bare)[outside].all()
    assert abs(borne[230, 247] - RED).max() <= 1


def identifiers(document: bytes) -> set[str]:
    return set(re.findall(r'(?:id|class)="([^"]+)"', document.decode()))


def test_identifiers_of_two_codes_never_collide() -> None:
    one, other = bearing(LOGOS["svg"], shape="circle"), bearing(LOGOS["svg"], shape="circle", size=25)
    named = [msgspec.structs.replace(each, title="A code", description="To a page") for each in (one, other)]
    first, second = (identifiers(draw(each, "svg")) for each in named)
    assert len(first) == 4
    assert not first & second
    assert draw(named[0], "svg") == draw(named[0], "svg")


@pytest.mark.parametrize("styled", [True, False])
def test_a_title_and_a_description_are_the_accessible_name(styled: bool) -> None:
    artwork = compose_layers("named")
    artwork = artwork if styled else msgspec.structs.replace(artwork, layers=())
    named = msgspec.structs.replace(artwork, title="Menu & <more>", description="Opens the menu")
    root = ET.fromstring(draw(named, "svg"))
    title, description = root[0], root[1]
    assert (title.text, description.text) == ("Menu & <more>", "Opens the menu")
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), description.get("id"))
    assert zxing_reads(draw_svg(draw(named, "svg"))) == ["named"]


def test_a_pdf_has_the_title_in_its_information() -> None:
    named = msgspec.structs.replace(compose_layers("named"), title="Menü 🍕", description="Opens the menu")
    with pypdfium2.PdfDocument(draw(named, "pdf")) as document:
        assert document.get_metadata_dict(skip_empty=True) == {"Title": "Menü 🍕", "Subject": "Opens the menu"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["svg", "clear"])
def test_another_process_gives_the_same_bytes(kind: str) -> None:
    program = """
import hashlib, sys
sys.path[:] = eval(sys.argv[1])
from qr_engine.render import draw
from tests.unit.render.raster.test_images import LOGOS, bearing
artwork = bearing(LOGOS[sys.argv[2]], shape="circle")
print(*[hashlib.sha256(draw(artwork, name)).hexdigest() for name in sys.argv[3:]])
"""
    command = [sys.executable, "-c", program, repr([path for path in sys.path if path]), kind, *PICTURES]
    other = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout.split()
    artwork = bearing(LOGOS[kind], shape="circle")
    assert other == [hashlib.sha256(draw(artwork, name)).hexdigest() for name in PICTURES]
