from __future__ import annotations

import subprocess
import sys

import pytest
from tests.unit.render.layered import even_stops

from qr_engine.artwork.color import BLACK, Color
from qr_engine.artwork.model import Gradient, Path, Stop, Tiles
from qr_engine.artwork.paths import UNIT_SQUARE
from qr_engine.artwork.style import EyeColors, GradientStyle, Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import DataPattern, GradientKind
from qr_engine.symbol import encode
from qr_engine.symbol.roles import Role, roles

RED, GREEN, BLUE = Color(200, 0, 0), Color(0, 100, 0), Color(0, 0, 200)
SYMBOL = encode("https://example.com", version=3)


def layers_of(style: Style, symbol=SYMBOL):
    return compose_styled(symbol, style, margin=4, size=300).layers


def test_every_dark_module_that_is_not_an_eye_has_its_tile() -> None:
    (data, *_) = layers_of(Style(data_pattern="dots"))
    kinds, stride = roles(SYMBOL), SYMBOL.size + 4
    bits = f"{SYMBOL.matrix:0{SYMBOL.size * stride}b}"
    wanted = {
        (x + 4, y + 4)
        for y in range(SYMBOL.size)
        for x in range(SYMBOL.size)
        if bits[y * stride + x] == "1" and kinds[y][x] != Role.FINDER
    }
    assert isinstance(data.shape, Tiles)
    assert sorted((x, y) for x, y, _ in data.shape.positions) == sorted(wanted)


def test_only_shapes_that_occur_are_handed_on() -> None:
    (data, *_) = layers_of(Style(data_pattern="circular"))
    assert isinstance(data.shape, Tiles)
    assert {index for _, _, index in data.shape.positions} == set(range(len(data.shape.shapes)))


def test_parts_with_one_paint_share_a_layer() -> None:
    assert [layer.part for layer in layers_of(Style())] == ["data", "eye_border"]


def test_an_eye_centre_of_its_own_colour_is_a_layer() -> None:
    layers = layers_of(Style(eye_center=RED))
    assert [(layer.part, layer.paint) for layer in layers] == [
        ("data", BLACK),
        ("eye_border", BLACK),
        ("eye_center", RED),
    ]


def test_each_eye_can_have_its_colours() -> None:
    colors = (EyeColors(RED, RED), EyeColors(GREEN, GREEN), EyeColors(border=BLUE))
    layers = layers_of(Style(per_eye=colors))
    assert [layer.paint for layer in layers] == [BLACK, RED, GREEN, BLUE, BLACK]


def test_a_gradient_spans_the_symbol_once() -> None:
    data, eyes = layers_of(Style(gradient=GradientStyle(angle=45, stops=even_stops(RED, GREEN, BLUE))))
    stops = (Stop(0, RED), Stop(0.5, GREEN), Stop(1, BLUE))
    assert data.paint == Gradient("linear", stops, 45, (0.5, 0.5), (4, 4, 33, 33))
    assert eyes.paint == data.paint


@pytest.mark.parametrize("kind", ["conic", "spiral"])
def test_a_gradient_that_turns_ends_with_its_first_color(kind: GradientKind) -> None:
    data, _ = layers_of(Style(gradient=GradientStyle(kind=kind, stops=even_stops(RED, BLUE))))
    assert isinstance(data.paint, Gradient)
    assert data.paint.stops == (Stop(0, RED), Stop(0.5, BLUE), Stop(1, RED))


@pytest.mark.parametrize(
    "stops",
    [
        (Stop(0, RED), Stop(0.5, BLUE), Stop(1, RED)),
        (Stop(0.1, RED), Stop(1, BLUE)),
        (Stop(0, RED), Stop(0.9, BLUE)),
    ],
)
def test_a_gradient_that_closes_or_has_room_left_stays_as_it_is(stops: tuple[Stop, ...]) -> None:
    data, _ = layers_of(Style(gradient=GradientStyle(kind="conic", stops=stops)))
    assert isinstance(data.paint, Gradient)
    assert data.paint.stops == stops


def alignment_shapes(style: Style) -> set[Path]:
    """The shapes of the modules of the one alignment pattern of a version 3 symbol."""
    (data, *_) = layers_of(style)
    assert isinstance(data.shape, Tiles)
    return {data.shape.shapes[index] for x, y, index in data.shape.positions if 24 <= x < 29 and 24 <= y < 29}


@pytest.mark.parametrize("pattern", ["dots", "vertical", "star", "mosaic"])
def test_an_alignment_pattern_is_as_round_as_the_eyes(pattern: DataPattern) -> None:
    assert alignment_shapes(Style(data_pattern=pattern)) == {UNIT_SQUARE}
    round_shapes = alignment_shapes(Style(data_pattern=pattern, eye_shape="circle"))
    assert any(command[0] == "C" for shape in round_shapes for command in shape)


def test_a_gradient_keeps_to_the_parts_it_applies_to() -> None:
    gradient = GradientStyle(stops=even_stops(RED, BLUE), apply_to_eyes=False)
    data, eyes = layers_of(Style(gradient=gradient, foreground=GREEN))
    assert isinstance(data.paint, Gradient)
    assert eyes.paint == GREEN


def test_eyes_take_their_own_gradient_first() -> None:
    both = Style(
        gradient=GradientStyle(stops=even_stops(RED, BLUE)),
        eye_gradient=GradientStyle(kind="radial", stops=even_stops(GREEN, BLUE)),
    )
    _, eyes = layers_of(both)
    assert isinstance(eyes.paint, Gradient)
    assert eyes.paint.kind == "radial"


def test_a_background_gradient_lies_under_everything_and_spans_the_quiet_zone() -> None:
    under, *_ = layers_of(Style(background_gradient=GradientStyle(stops=even_stops(RED, BLUE))))
    assert under.part == "background"
    assert isinstance(under.paint, Gradient)
    assert under.paint.box == (0, 0, 37, 37)


def test_micro_qr_has_one_eye() -> None:
    _, eyes = layers_of(Style(), encode("12345", micro=True))
    assert isinstance(eyes.shape, tuple)
    # A border's two outlines and a centre's one.
    assert sum(command[0] == "Z" for command in eyes.shape) == 3


def test_the_same_style_gives_the_same_artwork() -> None:
    first, again = (
        compose_styled(SYMBOL, Style(data_pattern="random", seed=b"5"), margin=4, size=300) for _ in range(2)
    )
    assert first == again


def test_a_plain_code_imports_nothing_of_styles() -> None:
    code = "import sys, qr_engine.artwork, qr_engine.pipeline.engine; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_paths())
    own = {name.rpartition(".")[2] for name in loaded.stdout.split() if name.startswith("qr_engine.artwork.")}
    assert own & {"eyes", "patterns", "style", "styled", "paths", "joined", "positioned"} == set()


def _paths() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path)}
