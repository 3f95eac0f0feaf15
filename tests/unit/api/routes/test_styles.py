from __future__ import annotations

import base64
import io
import re
from typing import Any, get_args

import numpy as np
import pytest
import resvg_py
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from qr_engine.artwork.words import DataPattern, EyeShape, GradientType

from .conftest import DATA, Call, draw, read_png

POST = "POST /api/qr/generate"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'
EVERYTHING = {
    "data_pattern": "rounded",
    "eye_border_style": "leaf",
    "eye_center_style": "circle",
    "colors": {"eye_border": "teal", "per_eye": [{"center": "#7a1f3d"}]},
    "gradient": {"type": "conic", "colors": ["navy", "purple", "#0b3d2e"]},
}


@pytest.mark.parametrize("pattern", get_args(DataPattern))
def test_every_pattern_is_drawn_and_read(call: Call, pattern: str):
    envelope = draw(call, data_pattern=pattern)
    assert read_png(base64.b64decode(envelope["data"])) == DATA
    assert ("data_pattern" in envelope["metadata"]["features_used"]) is (pattern != "square")


@pytest.mark.parametrize("shape", get_args(EyeShape))
def test_every_eye_is_drawn_and_read(call: Call, shape: str):
    assert read_png(base64.b64decode(draw(call, eye_shape=shape)["data"])) == DATA


@pytest.mark.parametrize(
    ("eye", "pattern", "number", "version", "size"),
    [("flower", "dots", 693594, 10, 314), ("star", "star", 822957, 9, 274)],
)
def test_what_a_reader_misses_by_a_hair_is_read_at_another_try(
    call: Call, eye: str, pattern: str, number: int, version: int, size: int
):
    fields = {
        "data": f"https://example.com/{number}",
        "version": version,
        "size": size,
        "boost_error_correction": False,
    }
    envelope = draw(call, **fields, eye_shape=eye, data_pattern=pattern)
    assert [each["passed"] for each in envelope["metadata"]["scan"]["conditions"][:2]] == [1, 1]


@pytest.mark.parametrize("kind", get_args(GradientType))
def test_every_gradient_is_drawn_and_read(call: Call, kind: str):
    envelope = draw(call, gradient={"type": kind, "colors": ["#102a43", "#7b1fa2"]})
    assert envelope["metadata"]["complexity_level"] == "advanced"
    assert read_png(base64.b64decode(envelope["data"])) == DATA


@pytest.mark.parametrize("form", ["webp", "jpeg", "avif"])
def test_a_style_is_the_same_in_every_raster_format(call: Call, form: str):
    body = base64.b64decode(draw(call, **EVERYTHING, format=form)["data"])
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(body)).convert("L"), text_mode=zxingcpp.TextMode.Plain)
    assert found.text == DATA


@pytest.mark.parametrize(("form", "start"), [("svg", b"<svg "), ("pdf", b"%PDF-"), ("eps", b"%!PS-Adobe-3.0 EPSF")])
def test_a_style_is_drawn_in_every_vector_format(call: Call, form: str, start: bytes):
    envelope = draw(call, **EVERYTHING, format=form)
    body = envelope["data"].encode() if envelope["encoding"] == "utf-8" else base64.b64decode(envelope["data"])
    assert body.startswith(start)


def test_a_styled_picture_says_how_well_it_was_read(call: Call):
    scan = draw(call, **EVERYTHING)["metadata"]["scan"]
    assert scan["score"] >= 50
    assert {condition["name"] for condition in scan["conditions"]} >= {"as_it_is", "reduced", "blurred", "turned"}
    assert draw(call, **EVERYTHING)["metadata"]["scan"] == scan


def test_a_plain_picture_is_not_read_back(call: Call):
    assert draw(call)["metadata"]["scan"]["score"] is None


def test_what_a_decoder_cannot_read_is_a_422_that_names_the_field(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.scan.read_back._decoder", lambda **_: lambda _: [])
    response = call(POST, json={"data": DATA, "data_pattern": "dots"})
    assert response.status == 422
    assert response.json["errors"][0]["path"] == "data_pattern"
    assert call(POST, json={"data": DATA, "data_pattern": "dots", "verify": False}).status == 200


def test_a_faint_part_is_a_422_that_names_it(call: Call):
    response = call(POST, json={"data": DATA, "colors": {"eye_border": "#eeeeee"}})
    assert response.status == 422
    assert response.json["errors"][0]["path"] == "colors.eye_border"


def test_the_resolution_is_noted_and_part_of_the_key(call: Call):
    tags = set()
    for dpi in (96, 300):
        envelope = draw(call, dpi=dpi)
        tags.add(envelope["etag"])
        written_dpi = Image.open(io.BytesIO(base64.b64decode(envelope["data"]))).info["dpi"]
        assert written_dpi == pytest.approx((dpi, dpi), abs=0.1)
    assert len(tags) == 2


def test_a_random_pattern_is_the_same_each_time(call: Call):
    first, second = (draw(call, data_pattern="random", cache=False)["data"] for _ in range(2))
    assert first == second


def test_a_random_pattern_is_the_same_in_every_format_and_at_every_size(call: Call):
    outlines = [
        re.findall(r' d="([^"]+)"', draw(call, data_pattern="random", format="svg", size=size)["data"])
        for size in (300, 900)
    ]
    assert outlines[0] == outlines[1]
    svg = draw(call, data_pattern="random", format="svg", version=3, size=370)["data"]
    png = base64.b64decode(draw(call, data_pattern="random", format="png", version=3, size=370)["data"])
    browser = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=svg, width=370, height=370))).convert("L")
    difference = ImageChops.difference(browser, Image.open(io.BytesIO(png)).convert("L"))
    assert ImageStat.Stat(difference).mean[0] < 2


def test_eps_refuses_what_it_cannot_carry(call: Call):
    response = call(POST, json={"data": DATA, "format": "eps", "colors": {"foreground": "#000000aa"}})
    assert response.status == 400
    assert response.json["errors"][0]["path"] == "format"


@pytest.mark.parametrize("form", ["png", "webp", "jpeg", "avif"])
def test_a_stroke_is_drawn_and_read(call: Call, form: str):
    fields = {"data_pattern": "dots", "colors": {"foreground": "#0b3d91"}, "stroke": {"color": "gold", "width": 0.2}}
    envelope = draw(call, **fields, format=form, size=400)
    image = Image.open(io.BytesIO(base64.b64decode(envelope["data"]))).convert("RGB")
    (read,) = zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)
    assert read.text == DATA
    assert {"data_pattern", "stroke"} < set(envelope["metadata"]["features_used"])
    red, _, blue = (np.asarray(channel).astype(int) for channel in image.split())
    assert ((red > 200) & (blue < 90)).sum() > 1000


def test_a_stroke_in_a_query_string_is_the_one_of_a_body(call: Call):
    query = {"data": DATA, "format": "svg", "stroke.color": "#ffd700", "stroke.width": "0.2", "stroke.opacity": "1"}
    response = call("GET /api/qr/generate", query=query)
    assert response.status == 200
    assert response.body.decode() == draw(call, stroke={"color": "gold", "width": 0.2}, format="svg")["data"]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"stroke": {"width": 0.2}}, "stroke.color"),
        ({"stroke": {"color": "gild"}}, "stroke.color"),
        ({"stroke": {"color": "gold", "width": 0.6}}, "stroke.width"),
        ({"stroke": {"color": "gold", "opacity": 2}}, "stroke.opacity"),
        ({"stroke": {"color": "gold", "wdth": 0.1}}, "stroke.wdth"),
        ({"stroke": {"color": "gold"}, "colors": {"foreground": "#000000cc"}}, "colors.foreground"),
        ({"stroke": {"color": "gold"}, "colors": {"per_eye": [{"border": "#000c"}]}}, "colors.per_eye"),
        ({"stroke": {"color": "gold"}, "gradient": {"colors": ["navy", "#000c"]}}, "gradient"),
    ],
)
def test_a_stroke_that_cannot_be_drawn_is_a_400_that_names_the_field(call: Call, fields: dict[str, Any], path: str):
    response = call(POST, json={"data": DATA, **fields})
    assert (response.status, response.json["errors"][0]["path"]) == (400, path)


def test_a_stroke_that_outshines_the_modules_is_a_422_that_names_it(call: Call):
    fields = {"colors": {"foreground": "#8a8a8a"}, "stroke": {"color": "black", "width": 0.1}, "verify": False}
    response = call(POST, json={"data": DATA, **fields})
    assert (response.status, response.json["errors"][0]["path"]) == (422, "stroke.color")


def test_a_stroke_that_fills_the_gaps_is_a_422_that_names_it(call: Call):
    response = call(POST, json={"data": DATA, "stroke": {"color": "black", "width": 0.5}})
    assert (response.status, response.json["errors"][0]["path"]) == (422, "stroke")


@pytest.mark.parametrize(
    "asked",
    [
        {"colors": {"eye_border": "#000080aa"}},
        {"colors": {"per_eye": [{"center": "#000080aa"}]}},
        {"gradient": {"colors": ["#000080", "#000080aa"]}},
        {"background_gradient": {"colors": ["#ffffff00", "#ffffff"]}},
        {"stroke": {"color": "gold", "opacity": 0.5}},
        {"logo": {"data": base64.b64encode(LOGO).decode(), "background": "#ffffff80"}},
    ],
)
@pytest.mark.parametrize("route", [POST, "POST /api/qr/validate"])
def test_eps_refuses_looks_that_let_something_through_before_they_are_drawn(
    call: Call, route: str, asked: dict[str, Any]
):
    response = call(route, json={"data": DATA, "format": "eps", "verify": False, **asked})
    assert response.json["errors"][0]["path"] == "format"
