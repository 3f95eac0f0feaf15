"""Effects in every format that can carry them, held against what resvg and PDFium draw from them."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64decode
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from tests.unit.render.independent import draw_any, draw_svg, on_white, open_picture, symbol_of, zxing_reads
from tests.unit.render.layered import even_stops

from qr_engine.artwork.color import BLACK, TRANSPARENT, WHITE, Color
from qr_engine.artwork.model import Artwork, Effect
from qr_engine.artwork.style import FrameStyle, GradientStyle, StrokeStyle, Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import EffectKind, FrameName
from qr_engine.errors import CannotBeDrawn
from qr_engine.render import draw

if TYPE_CHECKING:
    from pathlib import Path as FilePath


TEXT = "effects"
CARRYING = ("svg", "png", "webp", "jpeg", "avif", "gif", "pdf")
VIVID = Style(
    data_pattern="rounded",
    eye_shape="rounded_square",
    gradient=GradientStyle(stops=even_stops(Color(91, 42, 134), Color(194, 24, 91))),
    stroke=StrokeStyle(Color(249, 168, 37), 0.15),
)
KINDS: tuple[EffectKind, ...] = ("shadow", "glow", "blur", "noise", "vintage")


def effect(kind: EffectKind, amount: float = 0.4, color: Color | None = None, cells: int = 495) -> Effect:
    return Effect(kind, amount, color, seed=b"seed", cells=cells)


def with_effect(*effects: Effect, style: Style = VIVID, size: int = 495, margin: int = 4) -> Artwork:
    artwork = compose_styled(symbol_of(TEXT), style, margin=margin, size=size)
    return msgspec.structs.replace(artwork, effects=effects)


ALL = tuple(effect(kind) for kind in KINDS)
SHOWN = {kind: (effect(kind),) for kind in KINDS} | {
    "colours": (effect("shadow", 0.7, Color(194, 24, 91)), effect("noise", 0.5, Color(0, 90, 200))),
    "much": (effect("glow", 1.0), effect("blur", 0.6), effect("vintage", 0.8)),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "shown"),
    [(name, shown) for name in ("svg", "pdf") for shown in SHOWN]
    + [(name, "much") for name in ("webp", "jpeg", "avif")],
)
def test_every_format_shows_the_pixels_of_the_png(name: str, shown: str, tmp_path: FilePath) -> None:
    picture = with_effect(*SHOWN[shown])
    found = draw_any(draw(picture, name), name, picture.size, tmp_path)
    difference = abs(on_white(found) - on_white(open_picture(draw(picture, "png"))))
    # JPEG and AVIF lose some of the grain.
    lossy = name in ("jpeg", "avif")
    assert difference.mean() < (6 if lossy else 1.5)
    assert np.quantile(difference, 0.99) <= (30 if lossy else 24)
    assert zxing_reads(found) == [TEXT]


def test_svg_uses_no_filters_and_shows_bitmaps_under_and_over_its_paths() -> None:
    text = draw(with_effect(*ALL[:2], *ALL[3:]), "svg").decode()
    assert "filter" not in text
    order = re.findall(r"<(image|path)", text)
    # Background; shadow and glow; two strokes, the data and the eyes; tone and dusk with their grain; noise.
    assert order == ["path", "image", "image", *["path"] * 6, "image", "image"]


def test_a_bitmap_of_few_colours_is_a_palette() -> None:
    for kind in ("shadow", "noise"):
        (data,) = re.findall(r'base64,([^"]+)"', draw(with_effect(effect(kind)), "svg").decode())
        # Colour type 3 (ISO/IEC 15948, 11.2.2).
        assert b64decode(data)[25] == 3


def test_a_shadow_lies_to_the_right_and_below() -> None:
    plain, shaded = (
        on_white(open_picture(draw(with_effect(*found, style=Style()), "webp"))).mean(axis=2) for found in ((), ALL[:1])
    )
    darker = plain - shaded > 8
    places = np.argwhere(darker)
    # The symbol, four modules of quiet zone around it, begins at pixel 60 and ends at 435.
    assert np.min(places) >= 59
    assert all(np.max(places, axis=0) > 435)


def test_a_glow_has_the_colours_of_what_it_is_around() -> None:
    style = Style(eye_border=Color(200, 0, 0), eye_center=Color(200, 0, 0), foreground=Color(0, 0, 200))
    picture = on_white(open_picture(draw(with_effect(effect("glow", 1.0), style=style), "png")))
    left_of_an_eye, right_of_the_data = picture[100, 56], picture[247, 438]
    assert left_of_an_eye[0] > left_of_an_eye[2] + 20
    assert right_of_the_data[2] > right_of_the_data[0] + 20


def test_a_blur_keeps_what_lies_under_the_shapes_sharp() -> None:
    style = Style(background=Color(255, 240, 200))
    picture = on_white(open_picture(draw(with_effect(effect("blur", 1.0), style=style), "png")))
    assert np.unique(picture[:30].reshape(-1, 3), axis=0).tolist() == [[255, 240, 200]]


def test_noise_takes_as_much_as_it_gives() -> None:
    grey = Style(foreground=Color(128, 128, 128), background=Color(128, 128, 128))
    picture = on_white(open_picture(draw(with_effect(effect("noise", 1.0), style=grey), "png")))
    assert picture.mean() == pytest.approx(128, abs=1)
    assert 5 < picture.std() < 15


@pytest.mark.parametrize("kind", KINDS)
def test_a_transparent_background_stays_transparent_but_for_the_effect(kind: EffectKind, tmp_path: FilePath) -> None:
    picture = with_effect(effect(kind), style=msgspec.structs.replace(VIVID, background=TRANSPARENT))
    alphas = [
        np.asarray(draw_any(draw(picture, name), name, picture.size, tmp_path).getchannel("A")).astype(int)
        for name in ("png", "svg", "webp")
    ]
    assert alphas[0][5, 5] < 128
    for alpha in alphas[1:]:
        assert abs(alpha - alphas[0]).mean() < 1.5


def test_effects_keep_within_the_picture_where_there_is_no_quiet_zone() -> None:
    picture = with_effect(*ALL, margin=0, size=500)
    difference = abs(on_white(open_picture(draw(picture, "png"))) - on_white(draw_svg(draw(picture, "svg"))))
    assert difference.mean() < 4


@pytest.mark.parametrize("frame", ["simple", "bubble", "speech"])
def test_effects_keep_to_the_frame_and_what_is_in_it(frame: FrameName) -> None:
    caption = FrameStyle(style=frame, text="Scan me", text_position="bottom", color=Color(11, 61, 145))
    style = Style(frame=caption, foreground=Color(11, 61, 145))
    plain, found = (
        with_effect(*effects, style=style, size=660) for effects in ((), (effect("vintage", 1.0), *ALL[3:4]))
    )
    before, after = (np.asarray(open_picture(draw(each, "png"))).astype(int) for each in (plain, found))
    # But for the half of a speck that reaches over an edge.
    outside = before[..., 3] == 0
    assert after[..., 3][outside].sum() <= outside.sum() / 2
    inside = before[..., 3] == 255
    assert abs(after - before)[inside].mean() > 20
    svg = np.asarray(draw_svg(draw(found, "svg"))).astype(int)
    assert svg.shape == after.shape
    assert abs(svg[..., 3] - after[..., 3]).mean() < 1.5


def test_a_large_picture_in_bands_is_the_small_one_enlarged() -> None:
    from PIL import Image

    large, small = (open_picture(draw(with_effect(*ALL[:3], size=33 * pixels), "png")) for pixels in (64, 16))
    shrunk = large.resize(small.size, Image.Resampling.BOX)
    assert abs(on_white(shrunk) - on_white(small)).mean() < 1


def test_eps_refuses_effects_and_names_what_carries_them() -> None:
    with pytest.raises(CannotBeDrawn) as refused:
        draw(with_effect(effect("glow")), "eps")
    assert refused.value.issues[0].allowed == CARRYING


@pytest.mark.slow
def test_drawing_twice_and_in_another_process_gives_the_same_bytes() -> None:
    import hashlib

    picture = with_effect(*ALL, size=330)
    ours = [hashlib.sha256(draw(picture, name)).hexdigest() for name in ("svg", "png", "pdf") for _ in range(2)]
    program = """
import hashlib, sys
sys.path[:] = eval(sys.argv[1])
from qr_engine.render import draw
from tests.unit.render.effects.test_paint_order import ALL, with_effect
print(*[hashlib.sha256(draw(with_effect(*ALL, size=330), name)).hexdigest() for name in ("svg", "png", "pdf")])
"""
    paths = repr([path for path in sys.path if path])
    run = subprocess.run([sys.executable, "-c", program, paths], capture_output=True, check=True, text=True, timeout=60)
    assert ours[::2] == ours[1::2] == run.stdout.split()


def test_another_seed_gives_another_grain() -> None:
    first = effect("noise")
    other = msgspec.structs.replace(first, seed=b"another")
    assert draw(with_effect(first), "png") != draw(with_effect(other), "png")


def test_black_on_white_stays_so_where_an_effect_is_next_to_none() -> None:
    plain = on_white(open_picture(draw(with_effect(style=Style(foreground=BLACK, background=WHITE)), "webp")))
    for kind in KINDS:
        faint = on_white(open_picture(draw(with_effect(effect(kind, 0.001), style=Style()), "webp")))
        assert abs(faint - plain).mean() < 1, kind


@pytest.mark.slow
def test_the_largest_picture_with_three_effects_takes_less_than_512_mb() -> None:
    program = """
import sys
sys.path[:] = eval(sys.argv[1])
from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import parse
draw_picture(parse({
    "data": "https://example.com", "format": "webp", "size": 4096, "colors": {"background": "transparent"},
    "gradient": {"type": "conic", "colors": ["#5b2a86", "#0b3d91"]}, "stroke": {"color": "gold"},
    "effects": [{"type": "glow"}, {"type": "vintage"}, {"type": "noise"}],
})[1])
# Not getrusage, which starts from what the process that started this one had.
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
    paths = repr([path for path in sys.path if path])
    run = subprocess.run(
        [sys.executable, "-c", program, paths], capture_output=True, check=True, text=True, timeout=120
    )
    assert int(run.stdout) < 512
