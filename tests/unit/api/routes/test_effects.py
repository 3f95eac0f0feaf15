from __future__ import annotations

import base64
import io
from typing import Any, get_args

import pytest
import zxingcpp
from PIL import Image

from qr_engine.artwork.words import EffectKind

from .conftest import Call

POST = "POST /api/qr/generate"
GET = "GET /api/qr/generate"
DATA = "https://example.com/effects"
THREE: list[dict[str, Any]] = [
    {"type": "shadow"},
    {"type": "vintage", "intensity": 60},
    {"type": "noise", "intensity": 25},
]


def draw(call: Call, *effects: dict[str, Any], **fields: Any) -> Any:
    response = call(POST, json={"data": DATA, "format": "png", "effects": list(effects), **fields})
    assert response.status == 200, response.json
    return response.json


def read(body: str) -> str:
    image = Image.open(io.BytesIO(base64.b64decode(body))).convert("L")
    (found,) = zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)
    return found.text


@pytest.mark.parametrize("kind", get_args(EffectKind))
def test_a_default_code_with_a_default_effect_is_read_in_nearly_every_condition(call: Call, kind: str):
    envelope = draw(call, {"type": kind})
    assert read(envelope["data"]) == DATA
    assert envelope["metadata"]["scan"]["score"] >= 88
    assert envelope["metadata"]["features_used"] == ["effects"]
    assert envelope["metadata"]["complexity_level"] == "advanced"


@pytest.mark.parametrize("form", ["png", "webp", "jpeg", "avif"])
def test_three_effects_are_read_in_every_raster_format(call: Call, form: str):
    assert read(draw(call, *THREE, format=form)["data"]) == DATA


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_three_effects_are_read_back_in_vector_formats(call: Call, form: str):
    assert draw(call, *THREE, format=form)["metadata"]["scan"]["score"] >= 50


def test_effects_with_a_gradient_are_ultra(call: Call):
    envelope = draw(call, {"type": "glow"}, gradient={"colors": ["#5b2a86", "#0b3d91"]})
    assert envelope["metadata"]["complexity_level"] == "ultra"


def test_effects_in_a_query_string_are_numbered(call: Call):
    query = {
        "data": DATA,
        "format": "png",
        "effects.0.type": "shadow",
        "effects.1.intensity": "25",
        "effects.1.type": "noise",
    }
    response = call(GET, query=query)
    assert response.status == 200, response.body
    body = draw(call, {"type": "shadow"}, {"type": "noise", "intensity": 25})
    assert base64.b64encode(response.body).decode() == body["data"]
    assert response.headers["ETag"] == body["etag"]


def test_no_intensity_is_no_effect_and_has_the_same_key(call: Call):
    plain = call(POST, json={"data": DATA, "format": "png"}).json
    envelope = draw(call, {"type": "glow", "intensity": 0})
    assert (envelope["etag"], envelope["data"]) == (plain["etag"], plain["data"])


@pytest.mark.parametrize("form", ["txt", "json"])
def test_formats_without_a_picture_show_none(call: Call, form: str):
    query = {"data": DATA, "format": form}
    assert call(GET, query={**query, "effects.0.type": "glow"}).body == call(GET, query=query).body


@pytest.mark.parametrize(
    ("effects", "path", "suggestion"),
    [
        ([{"type": "shadwo"}], "effects[0].type", "shadow"),
        ([{"type": "glow"}, {"intensity": 20}], "effects[1].type", None),
        ([{"type": "glow"}, {"type": "glow"}], "effects[1].type", None),
        ([{"type": "glow", "intensity": -1}], "effects[0].intensity", None),
        ([{"type": "glow", "intensity": 101}], "effects[0].intensity", None),
        ([{"type": "glow", "intensity": "much"}], "effects[0].intensity", None),
        ([{"type": "glow", "color": "rde"}], "effects[0].color", "red"),
        ([{"type": "blur", "color": "red"}], "effects[0].color", None),
        ([{"type": "blur", "colour": "red"}], "effects[0].colour", "color"),
        ([{"type": kind} for kind in get_args(EffectKind)], "effects", None),
        ([], "effects", None),
        ("shadow", "effects", None),
        ({"type": "shadow"}, "effects", None),
    ],
)
def test_bad_effects_are_a_400_that_names_the_field(call: Call, effects: Any, path: str, suggestion: str | None):
    response = call(POST, json={"data": DATA, "effects": effects})
    assert response.status == 400
    (error,) = response.json["errors"]
    assert (error["path"], error.get("suggestion")) == (path, suggestion)


@pytest.mark.parametrize("query", ["effects.1.type=glow", "effects.0.type=glow&effects.2.type=blur"])
def test_numbers_with_a_gap_are_a_400(call: Call, query: str):
    response = call(GET, query=f"data=x&{query}")
    assert (response.status, response.json["errors"][0]["path"]) == (400, "effects")


@pytest.mark.parametrize("route", [POST, "POST /api/qr/validate"])
def test_eps_is_a_422_that_says_which_formats_can(call: Call, route: str):
    response = call(route, json={"data": DATA, "format": "eps", "effects": THREE})
    assert (response.status, response.json["code"]) == (422, "cannot_be_drawn")
    (error,) = response.json["errors"]
    assert error["path"] == "format"
    assert error["allowed"] == ["svg", "png", "webp", "jpeg", "avif", "gif", "pdf"]


def test_effects_that_leave_too_little_contrast_are_a_422_that_names_them(call: Call):
    fields = {"colors": {"foreground": "#808080"}, "verify": False}
    assert call(POST, json={"data": DATA, **fields}).status == 200
    response = call(POST, json={"data": DATA, **fields, "effects": [{"type": "vintage", "intensity": 100}]})
    assert (response.status, response.json["errors"][0]["path"]) == (422, "effects")


def test_effects_that_leave_little_contrast_are_a_warning(call: Call):
    fields = {"colors": {"foreground": "#6a6a6a"}}
    (warning,) = draw(call, {"type": "glow", "intensity": 60}, **fields)["metadata"]["scan"]["warnings"]
    assert (warning["code"], warning["path"]) == ("low_contrast", "effects")


def test_a_picture_that_its_effects_make_unreadable_is_a_422_that_names_them(call: Call):
    effects = [
        {"type": "blur", "intensity": 100},
        {"type": "noise", "intensity": 100},
        {"type": "glow", "intensity": 100},
    ]
    response = call(POST, json={"data": "x" * 300, "format": "png", "size": 240, "effects": effects})
    assert (response.status, response.json["errors"][0]["path"]) == (422, "effects")


def test_the_grain_is_the_same_each_time_and_another_for_another_text(call: Call):
    first, again, other = (
        draw(call, {"type": "noise"}, data=data, cache=False, verify=False)["data"] for data in (DATA, DATA, DATA + "/")
    )
    assert first == again != other
