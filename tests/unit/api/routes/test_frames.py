from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import get_args

import pytest
import zxingcpp
from PIL import Image
from tests.unit.render.independent import draw_any, zxing_reads

from qr_engine.artwork.words import FrameName

from .conftest import DATA, Call, draw, read_png

POST = "POST /api/qr/generate"


@pytest.mark.parametrize("frame", get_args(FrameName))
def test_every_frame_is_drawn_and_read(call: Call, frame: str):
    envelope = draw(call, frame={"style": frame, "text": "SCAN ME"}, size=480)
    assert read_png(base64.b64decode(envelope["data"])) == DATA
    metadata = envelope["metadata"]
    assert (metadata["features_used"], metadata["complexity_level"]) == (["eci", "frame"], "advanced")
    assert (metadata["height"], metadata["quiet_zone"]) == (480, 4)
    assert metadata["scan"]["score"] == 100
    shown = Image.open(io.BytesIO(base64.b64decode(envelope["data"])))
    assert shown.size == (metadata["width"], 480)
    assert 380 < metadata["width"] < 440


@pytest.mark.parametrize("form", ["webp", "jpeg", "avif"])
def test_a_frame_is_read_in_every_raster_format(call: Call, form: str):
    body = base64.b64decode(draw(call, frame={"style": "badge", "text": "Hello", "color": "#111"}, format=form)["data"])
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(body)).convert("L"), text_mode=zxingcpp.TextMode.Plain)
    assert found.text == DATA


@pytest.mark.parametrize("form", ["txt", "json"])
def test_formats_without_artwork_have_no_frame(call: Call, form: str):
    asked, plain = (draw(call, format=form, **fields)["etag"] for fields in ({"frame": {"text": "Hello"}}, {}))
    assert asked == plain


def test_a_frame_in_a_query_string(call: Call):
    query = {
        "data": DATA,
        "format": "png",
        "frame.style": "speech",
        "frame.text": "SCAN ME",
        "frame.text-position": "top",
    }
    response = call("GET /api/qr/generate", query=query)
    assert response.status == 200
    assert read_png(response.body) == DATA
    posted = draw(call, frame={"style": "speech", "text": "SCAN ME", "text_position": "top"})
    assert response.headers["ETag"] == posted["etag"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"text": "Cafe\u0301"}, {"text": "Caf\u00e9"}),
        ({"text": " Scan\n me "}, {"text": "Scan me"}),
        ({"text": "Hi", "color": "navy"}, {"text": "Hi", "color": "#000080", "style": "simple"}),
        ({"text_position": "top", "text_color": "red"}, {}),
    ],
)
def test_frames_that_mean_the_same_are_one_picture(call: Call, one: dict[str, str], other: dict[str, str]):
    assert draw(call, frame=one)["etag"] == draw(call, frame=other)["etag"]


@pytest.mark.parametrize(
    ("frame", "status", "path", "said", "suggestion"),
    [
        ({"style": "bagde"}, 400, "frame.style", "Must be one of simple, rounded, bubble, speech, badge.", "badge"),
        ({"text_positoin": "top"}, 400, "frame.text_positoin", "Is not a known field.", "text_position"),
        ({"text": "x" * 51}, 400, "frame.text", "Must have 1 to 50 characters, not 51.", None),
        ({"text": ""}, 400, "frame.text", "Must not be empty.", None),
        ({"text": " \t"}, 400, "frame.text", "Must have visible characters", None),
        ({"color": "nvay"}, 400, "frame.color", "", "navy"),
        ({"color": "transparent"}, 400, "frame.color", "Must be visible", None),
        ({"text": "שלום"}, 422, "frame.text", "the font has no “ש” (U+05E9 HEBREW LETTER SHIN)", None),
        ({"text": "Hi 🎉"}, 422, "frame.text", "the font has no “🎉” (U+1F389 PARTY POPPER)", None),
        ({"text": "a\u200db"}, 422, "frame.text", "the font has no (U+200D ZERO WIDTH JOINER)", None),
        ({"text": "a\u0007b"}, 422, "frame.text", "the font has no (U+0007)", None),
        ({"text": "W" * 50}, 422, "frame.text", "Must be shorter", None),
        ({"text": "Hi", "text_color": "#eee"}, 422, "frame.text_color", "at least 3, not 1.16", "#5f5f5f"),
        (
            {"style": "badge", "text": "Hi", "color": "navy", "text_color": "#333"},
            422,
            "frame.color",
            "Must have a contrast ratio",
            None,
        ),
    ],
)
def test_a_frame_that_cannot_be_drawn_says_why(
    call: Call, frame: dict[str, str], status: int, path: str, said: str, suggestion: str | None
):
    response = call(POST, json={"data": DATA, "frame": frame})
    assert response.status == status
    (issue, *_) = response.json["errors"]
    assert issue["path"] == path
    assert said in issue["message"]
    assert suggestion in (None, issue.get("suggestion"))


def test_a_code_in_a_frame_that_a_decoder_cannot_read_names_the_frame(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.scan.read_back._decoder", lambda **_: lambda _: [])
    response = call(POST, json={"data": DATA, "frame": {"text": "Hi"}})
    assert (response.status, response.json["errors"][0]["path"]) == (422, "frame")


def test_a_picture_too_small_for_its_frame_says_which_size_fits(call: Call):
    response = call(POST, json={"data": "1" * 3000, "format": "png", "size": 100, "frame": {"text": "Hi"}})
    (issue,) = response.json["errors"]
    assert (response.status, issue["path"]) == (422, "size")
    again = call(POST, json={"data": "1" * 3000, "format": "png", "size": issue["suggestion"], "frame": {"text": "Hi"}})
    assert again.status == 200


@pytest.mark.parametrize("form", ["png", "webp", "avif", "svg", "pdf", "eps"])
def test_a_frame_goes_with_a_logo_a_stroke_and_a_gradient(call: Call, form: str, tmp_path: Path):
    logo = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#c2185b"/></svg>'
    )
    envelope = draw(
        call,
        format=form,
        size=480,
        data_pattern="dots",
        stroke={"color": "#80cbc4"},
        gradient={"colors": ["navy", "purple"]},
        background_gradient={"type": "radial", "colors": ["white", "#fff4d6"]},
        logo={"data": base64.b64encode(logo.encode()).decode(), "background": "white", "shape": "circle"},
        frame={"style": "badge", "text": "Hello, you", "text_position": "left"},
    )
    body = envelope["data"].encode() if envelope["encoding"] == "utf-8" else base64.b64decode(envelope["data"])
    shown = draw_any(body, form, 480, tmp_path)
    assert shown.size == pytest.approx((480, envelope["metadata"]["height"]), abs=1)
    assert zxing_reads(shown) == [DATA]
    # The logo is in the middle of the code, not of the picture.
    middle = shown.convert("RGB").getpixel((480 - shown.height // 2, shown.height // 2))
    assert middle == pytest.approx((0xC2, 0x18, 0x5B), abs=12)


def test_validate_tells_the_size_of_the_whole_picture(call: Call):
    fields = {"data": DATA, "format": "png", "frame": {"style": "bubble", "text": "Hi"}}
    planned = call("POST /api/qr/validate", json=fields).json["size"]
    metadata = draw(call, frame=fields["frame"])["metadata"]
    assert (planned["width"], planned["height"]) == (metadata["width"], metadata["height"])
    assert planned["width"] < planned["height"] == 300


@pytest.mark.parametrize("field", ["color", "text_color"])
def test_eps_refuses_a_frame_that_lets_something_through_before_it_is_drawn(call: Call, field: str):
    fields = {"data": DATA, "format": "eps", "frame": {"text": "Hi", field: "#00006080"}}
    for route in (POST, "POST /api/qr/validate"):
        response = call(route, json=fields)
        assert (response.status, [issue["path"] for issue in response.json["errors"]]) == (400, ["format"])
