from __future__ import annotations

import os
import subprocess
import sys
from typing import get_args

import numpy as np
import pytest
from msgspec.structs import replace
from tests.unit.render.independent import draw_any, draw_svg, open_picture, symbol_of, zxing_reads
from tests.unit.render.layered import even_stops

from qr_engine.artwork import Artwork
from qr_engine.artwork.color import TRANSPARENT, WHITE, Color, contrast, parse_color
from qr_engine.artwork.model import Effect, Layer, Path, Tiles
from qr_engine.artwork.paths import bounds
from qr_engine.artwork.style import FrameStyle, GradientStyle, Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import FrameName, TextPosition
from qr_engine.render import FORMATS, draw

STYLES = get_args(FrameName)
POSITIONS = get_args(TextPosition)
NAVY = Color(11, 61, 145)


def with_frame(
    frame: FrameName = "simple",
    text: str | None = "SCAN ME",
    position: TextPosition = "bottom",
    *,
    version: int = 2,
    margin: int = 4,
    size: int = 528,
    color: Color = NAVY,
    **style: object,
) -> Artwork:
    asked = Style(frame=FrameStyle(frame, text, position, color), **style)  # type: ignore[arg-type]
    return compose_styled(symbol_of("frame", version), asked, margin=margin, size=size)


def layer(picture: Artwork, part: str) -> Layer:
    (found,) = [layer for layer in picture.layers if layer.part == part]
    return found


def outline(picture: Artwork, part: str) -> Path:
    shape = layer(picture, part).shape
    assert not isinstance(shape, Tiles)
    return shape


def pixels(picture: Artwork) -> np.ndarray:
    return np.asarray(open_picture(draw(picture, "png"))).astype(int)


@pytest.mark.parametrize("frame", STYLES)
@pytest.mark.parametrize("position", [*POSITIONS, None])
def test_every_frame_with_its_text_on_any_side_is_read(frame: FrameName, position: TextPosition | None) -> None:
    picture = with_frame(frame, position and "Scan me", position or "bottom", size=300)
    assert zxing_reads(open_picture(draw(picture, "png"))) == ["frame"]


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("txt", "json")])
def test_every_format_has_the_whole_frame(name: str, tmp_path) -> None:
    picture = with_frame("badge", "Žižkov → Αθήνα")
    shown = draw_any(draw(picture, name), name, picture.pixels[0], tmp_path)
    expected = draw_svg(draw(picture, "svg"))
    # Ghostscript crops to whole points, and fills every pixel that a shape touches.
    assert shown.size == pytest.approx(expected.size, abs=1)
    assert zxing_reads(shown) == ["frame"]
    ours, theirs = (np.asarray(image.convert("L").resize((264, 300))).astype(int) for image in (shown, expected))
    opaque = np.asarray(expected.getchannel("A").resize((264, 300))) == 255
    assert abs(ours - theirs)[opaque].mean() < 5


@pytest.mark.parametrize("frame", STYLES)
@pytest.mark.parametrize("position", ["bottom", "left"])
def test_the_pixels_are_those_of_the_svg_but_for_antialiasing(frame: FrameName, position: TextPosition) -> None:
    picture = with_frame(frame, "Wi-Fi for guests", position)
    # Whole pixels for a module, so that the code in the middle is not smaller than in the SVG.
    picture = replace(picture, size=picture.modules * 12)
    ours, expected = pixels(picture), np.asarray(draw_svg(draw(picture, "svg"))).astype(int)
    ours, expected = (image[:, :, :3] * image[:, :, 3:] // 255 for image in (ours, expected))
    assert ours.shape == expected.shape
    assert abs(ours - expected).mean() < 0.8
    assert (abs(ours - expected).max(axis=2) > 60).mean() < 0.001


@pytest.mark.parametrize("frame", STYLES)
@pytest.mark.parametrize(
    ("margin", "version", "position"), [(0, 1, "bottom"), (4, 2, "right"), (1, 7, "left"), (0, 40, "top")]
)
def test_no_frame_touches_the_quiet_zone(frame: FrameName, margin: int, version: int, position: TextPosition) -> None:
    picture = with_frame(frame, "Scan me, please", position, margin=margin, version=version)
    side = picture.symbol.size + 2 * margin
    assert (picture.insets.left + picture.insets.right + side, picture.insets.top + picture.insets.bottom + side) == (
        picture.width,
        picture.height,
    )
    # Drawn at eight pixels a module without the code, all of the zone is the panel.
    bare = replace(picture, size=picture.modules * 8)
    bare = replace(
        bare, layers=tuple(layer for layer in bare.layers if layer.part in ("frame", "background", "caption"))
    )
    left, top = picture.insets.left * 8, picture.insets.top * 8
    zone = pixels(bare)[top : top + side * 8, left : left + side * 8]
    assert zone.min() == 255


@pytest.mark.parametrize("frame", STYLES)
def test_a_frame_is_in_proportion_to_its_code(frame: FrameName) -> None:
    small, large = with_frame(frame, version=2), with_frame(frame, version=40)
    assert small.height / small.width == pytest.approx(large.height / large.width, abs=0.04)
    assert max(small.width, small.height) <= 33 * 1.45


def test_the_styles_are_different_pictures() -> None:
    assert len({draw(with_frame(frame, text), "svg") for frame in STYLES for text in ("SCAN ME", None)}) == 10


@pytest.mark.parametrize(
    ("position", "inside"),
    [("top", "above"), ("bottom", "below"), ("left", "to the left"), ("right", "to the right")],
)
@pytest.mark.parametrize("frame", STYLES)
def test_the_caption_is_on_its_side_of_the_quiet_zone(frame: FrameName, position: TextPosition, inside: str) -> None:
    picture = with_frame(frame, "Scan me", position)
    left, top, right, bottom = bounds(_letters(picture))
    zone = (picture.insets.left, picture.insets.top, picture.insets.left + 33, picture.insets.top + 33)
    found = {
        "above": bottom <= zone[1],
        "below": top >= zone[3],
        "to the left": right <= zone[0],
        "to the right": left >= zone[2],
    }
    assert [side for side, is_there in found.items() if is_there] == [inside]
    # In the middle of that side, give or take what the ink of different letters weighs.
    if position in ("top", "bottom"):
        assert (left + right) / 2 == pytest.approx(picture.width / 2, abs=0.01)
    elif frame != "speech":
        assert (top + bottom) / 2 == pytest.approx(picture.height / 2, abs=0.01)


def _letters(picture: Artwork) -> Path:
    """The caption without the line around a badge, which is the first two outlines of it."""
    path = outline(picture, "caption")
    left, _, right, _ = bounds(path)
    if right - left > 0.9 * picture.width:
        for _ in range(2):
            path = path[path.index(("Z",)) + 1 :]
    return path


def test_at_the_left_a_caption_reads_upwards_and_at_the_right_downwards() -> None:
    # L has its weight at the bottom left: the stem comes first, the foot is at the baseline.
    feet: dict[TextPosition, str] = {"left": "right", "right": "left"}
    for position, foot in feet.items():
        left, top, right, bottom = bounds(outline(with_frame(text="L", position=position), "caption"))
        image = pixels(replace(with_frame(text="L", position=position), size=2000))
        scale = 2000 / with_frame(text="L", position=position).modules
        letter = image[int(top * scale) : int(bottom * scale), int(left * scale) : int(right * scale), 0] < 128
        columns = letter.mean(axis=0)
        rows = letter.mean(axis=1)
        assert ("left" if columns[:10].mean() > columns[-10:].mean() else "right") == foot
        assert ("bottom" if rows[-10:].mean() > rows[:10].mean() else "top") == (
            "bottom" if position == "left" else "top"
        )


def test_what_is_outside_of_the_frame_is_transparent() -> None:
    for frame in ("rounded", "bubble", "speech", "badge"):
        image = pixels(with_frame(frame))
        assert [image[0, 0, 3], image[0, -1, 3], image[-1, -1, 3]] == [0, 0, 0], frame
    assert pixels(with_frame("simple"))[:, :, 3].min() == 255


def test_the_background_stays_inside_of_the_frame() -> None:
    paper = Color(255, 244, 214)
    picture = with_frame("rounded", background=paper)
    assert picture.background == TRANSPARENT
    assert layer(picture, "background").paint == paper
    shaded = with_frame("rounded", background_gradient=GradientStyle(stops=even_stops(paper, WHITE)))
    assert layer(shaded, "background").paint.box == pytest.approx(bounds(outline(shaded, "background")))  # type: ignore[union-attr]


@pytest.mark.parametrize("background", [TRANSPARENT, Color(255, 255, 255, 120)])
@pytest.mark.parametrize("frame", STYLES)
def test_a_background_that_lets_something_through_is_not_laid_over_the_plate(
    frame: FrameName, background: Color
) -> None:
    picture = with_frame(frame, background=background, size=600)
    x, y = ((corner - 1) * 600 // picture.modules for corner in picture.corner)
    red, green, blue, alpha = pixels(picture)[y, x]
    assert alpha == background.alpha
    assert not alpha or (red, green, blue) == (255, 255, 255)


@pytest.mark.parametrize(
    ("frame", "color", "background", "text"),
    [
        ("badge", "navy", "white", "white"),
        ("badge", "navy", "#fff4d6", "#fff4d6"),
        ("badge", "gold", "white", "black"),
        ("simple", "navy", "white", "navy"),
        ("simple", "gold", "white", "black"),
        ("speech", "white", "#222", "white"),
    ],
)
def test_a_caption_without_a_colour_gets_one_that_can_be_read(
    frame: FrameName, color: str, background: str, text: str
) -> None:
    foreground = WHITE if background == "#222" else Color(0, 0, 0)
    picture = with_frame(frame, color=parse_color(color), background=parse_color(background), foreground=foreground)
    paint = layer(picture, "caption").paint
    assert paint == parse_color(text)
    under = parse_color(color) if layer(picture, "caption").on == "frame" else parse_color(background)
    assert isinstance(paint, Color)
    assert contrast(paint, under) >= 3


def test_plain_colours_make_a_palette() -> None:
    for frame in STYLES:
        # Colour type 3 (ISO/IEC 15948, 11.2.2).
        assert draw(with_frame(frame), "png")[25] == 3, frame


def test_a_palette_has_the_colours_of_the_layers_where_they_lie_on_each_other() -> None:
    image = pixels(with_frame("badge", background=Color(255, 244, 214)))
    solid = {tuple(map(int, color)) for color in np.unique(image.reshape(-1, 4), axis=0) if color[3] == 255}
    assert {(0, 0, 0, 255), (255, 244, 214, 255), (11, 61, 145, 255)} <= solid
    # Between plate and panel, and between text and plate: never darker or lighter than both.
    assert all(11 <= red <= 255 or (red, green, blue) <= (10, 244, 214) for red, green, blue, _ in solid)


def test_a_bubble_is_as_long_as_its_text() -> None:
    def length(text: str) -> float:
        path = outline(with_frame("bubble", text), "frame")
        pill = path[path.index(("Z",)) + 1 :]
        left, _, right, _ = bounds(pill)
        return right - left

    assert length("Hi") < length("Scan me") < length("Scan me, please") <= 40


def test_effects_leave_alone_what_is_outside_of_the_frame() -> None:
    worn = (Effect("vintage", 0.5, None, seed=b"x", cells=300), Effect("noise", 0.5, None, seed=b"x", cells=300))
    for frame in ("bubble", "badge"):
        bare, used = pixels(with_frame(frame, size=600)), pixels(replace(with_frame(frame, size=600), effects=worn))
        outside = bare[:, :, 3] == 0
        # The grain is coarser than the pixels, and ends where its specks do.
        assert (used[:, :, 3][outside] > 0).mean() < 0.1, frame
        assert (used[:, :, :3] != bare[:, :, :3]).any(axis=2)[~outside].mean() > 0.9, frame


def test_a_styled_code_without_a_frame_loads_neither_frames_nor_the_font() -> None:
    code = """
import sys
from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import parse
asked = {"data": "x", "format": "png", "data_pattern": "dots"}
frame, font = "qr_engine.artwork.frames", "qr_engine.artwork.lettering"
draw_picture(parse(asked)[1])
print(frame in sys.modules, font in sys.modules, "unicodedata" in sys.modules)
draw_picture(parse(asked | {"frame": {"text": "Hi"}})[1])
print(frame in sys.modules, font in sys.modules)
"""
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert run.stdout.splitlines() == ["False False False", "True True"], run.stderr
