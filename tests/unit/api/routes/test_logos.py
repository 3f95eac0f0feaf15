from __future__ import annotations

import base64
import io
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.logo.pictures import as_base64, picture, svg
from tests.unit.render.independent import draw_any, open_picture, opencv_reads, zxing_reads

from qr_engine.api.answer import ANSWER_LIMIT
from qr_engine.render import FORMATS

from .conftest import Answer, Call

POST, GET, VALIDATE = "POST /api/qr/generate", "GET /api/qr/generate", "POST /api/qr/validate"
DATA = "https://example.com/žluť"
PICTURES = [name for name in FORMATS if name not in ("txt", "json")]
SVG = svg('<circle cx="5" cy="5" r="5" fill="#c2185b"/>', 'viewBox="0 0 10 10"')
PNG = picture(size=(60, 60))
LOGO = {"data": as_base64(SVG), "shape": "circle"}


def post_code(call: Call, *, route: str = POST, logo: dict[str, Any] | None = None, **fields: Any) -> Answer:
    return call(route, json={"data": DATA, "logo": LOGO if logo is None else logo, **fields})


def draw(call: Call, **fields: Any) -> Any:
    response = post_code(call, **fields)
    assert response.status == 200, response.json
    return response.json


def body(envelope: dict[str, Any]) -> bytes:
    data = envelope["data"]
    return base64.b64decode(data) if envelope["encoding"] == "base64" else str(data).encode()


def refuse(call: Call, status: int = 400, **fields: Any) -> dict[str, Any]:
    response = post_code(call, **fields)
    assert response.status == status, response.body[:300]
    (issue,) = response.json["errors"]
    return {**response.json, **issue}


@pytest.mark.parametrize("logo", [SVG, PNG, picture("JPEG", size=(90, 60))], ids=["svg", "png", "jpeg"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_code_with_a_logo_is_read_in_every_format(call: Call, name: str, logo: bytes, tmp_path: Path):
    shape = {"svg": "circle", "png": "square"}.get(name, "rounded_square")
    given = {"data": as_base64(logo), "shape": shape, "background": "#fff3e0"}
    envelope = draw(call, format=name, size=480, logo=given, data_pattern="rounded")
    image = draw_any(body(envelope), name, 480, tmp_path)
    assert zxing_reads(image) == [DATA]
    assert envelope["metadata"]["scan"]["score"] >= 75
    assert "logo" in envelope["metadata"]["features_used"]
    assert envelope["metadata"]["complexity_level"] == "advanced"


@pytest.mark.parametrize("shape", ["square", "circle", "rounded_square"])
def test_a_reader_of_another_family_reads_it_too(call: Call, shape: str):
    envelope = draw(call, format="png", size=480, logo={**LOGO, "shape": shape}, data="https://example.com")
    assert opencv_reads(open_picture(body(envelope))) == "https://example.com"


def test_text_shows_the_modules_under_it_as_light(call: Call):
    lines = body(draw(call, format="txt")).decode().splitlines()
    height, width = len(lines), len(lines[0])
    assert {line[width // 2 - 2 : width // 2 + 3] for line in lines[height // 2 - 1 : height // 2 + 1]} == {"     "}


def test_json_says_which_modules_are_left_out(call: Call):
    document = json.loads(body(draw(call, format="json")))
    middle = document["size"] // 2
    assert document["cleared"][middle][middle] == "1"
    assert len(document["cleared"]) == document["size"]
    # What a logo covers is still there as it was encoded, as without the logo.
    options = {
        "version": int(document["version"]),
        "error_correction": document["error_correction"],
        "mask": document["mask"],
        "boost_error_correction": False,
    }
    plain = json.loads(body(call(POST, json={"data": DATA, "format": "json", **options}).json))
    assert document["modules"] == plain["modules"]
    assert "cleared" not in plain


def test_repair_says_what_it_changed(call: Call):
    scan = draw(call, logo={**LOGO, "size": 25})["metadata"]["scan"]
    assert any("version was raised" in change for change in scan["changes"])
    assert scan["covered"]["touched"] <= scan["covered"]["allowed"] <= scan["covered"]["correctable"] * 0.75


def test_nothing_is_changed_where_everything_fits(call: Call):
    assert draw(call, logo={**LOGO, "size": 8})["metadata"]["scan"]["changes"] == []


def test_a_picture_says_in_a_header_what_was_changed_from_the_cache_too(call: Call):
    fields = {"data": "short text", "format": "png", "logo.data": as_base64(SVG), "logo.size": "50"}
    drawn, hit = call(GET, query=fields), call(GET, query=fields)
    assert [each.headers["X-Cache"] for each in (drawn, hit)] == ["miss", "memory"]
    assert drawn.headers["X-QR-Changes"] == hit.headers["X-QR-Changes"]
    assert "The size of the logo was reduced from 50 to " in hit.headers["X-QR-Changes"]
    envelope = draw(call, data="short text", format="png", logo={"data": as_base64(SVG), "size": 50})
    assert hit.headers["X-QR-Changes"] == " ".join(envelope["metadata"]["scan"]["changes"])


def test_a_picture_that_is_as_it_was_asked_for_says_nothing(call: Call):
    response = call(GET, query={"data": DATA, "logo.data": as_base64(SVG), "logo.size": "8"})
    assert response.status == 200
    assert "X-QR-Changes" not in response.headers


def test_nobody_looks_for_changes_of_a_plain_code(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.pipeline.engine.changes_in", lambda _: pytest.fail("looked for changes"))
    assert [call(GET, query={"data": DATA}).headers["X-Cache"] for _ in range(2)] == ["miss", "memory"]


def test_without_repair_the_numbers_are_told(call: Call):
    problem = refuse(call, 422, repair=False, logo={"data": as_base64(SVG), "size": 30})
    assert problem["path"] == "logo.size"
    assert problem["limit"]["max"] == problem["suggestion"] < 30
    assert {"version", "error_correction", "touched", "allowed", "reserve"} <= problem.keys()
    again = post_code(call, repair=False, logo={"data": as_base64(SVG), "size": problem["suggestion"]})
    assert (again.status, again.json["metadata"]["scan"]["changes"]) == (200, [])


def test_validate_reports_what_it_covers_without_drawing_it(call: Call):
    payload = post_code(call, route=VALIDATE, logo={**LOGO, "size": 25}).json
    assert payload["scan"]["covered"]["reserve"] == 0.25
    assert payload["scan"]["changes"]
    assert payload["symbol"]["version"] == draw(call, logo={**LOGO, "size": 25})["metadata"]["version"]


def test_a_query_string_nests_with_dots(call: Call):
    flat = {
        "logo.data": as_base64(SVG),
        "logo.size": "22",
        "logo.shape": "rounded-square",
        "logo.clear-modules": "true",
    }
    response = call(GET, query={"data": DATA, "format": "svg", **flat})
    nested = draw(call, format="svg", logo={"data": as_base64(SVG), "size": 22, "shape": "rounded_square"})
    assert response.body == body(nested)
    assert response.headers["ETag"] == nested["etag"]


def test_the_same_logo_has_one_key_however_it_is_wrapped(call: Call):
    uri = f"data:image/svg+xml;base64,{as_base64(SVG)}"
    one, other = (draw(call, logo={**LOGO, **spelt}) for spelt in ({}, {"data": uri, "background": "transparent"}))
    assert one["etag"] == other["etag"]
    assert other["cached"] == "memory"


@pytest.mark.parametrize(
    "other", [{"data": as_base64(PNG)}, {"size": 21}, {"padding": 2}, {"shape": "square"}, {"background": "#eee"}]
)
def test_what_shows_is_part_of_the_key(call: Call, other: dict[str, Any]):
    assert draw(call)["etag"] != draw(call, logo={**LOGO, **other})["etag"]


def test_modules_may_stay_under_a_logo(call: Call):
    ring = svg('<path fill="#c2185b" fill-rule="evenodd" d="M0 0h10v10H0zM1 1v8h8V1z"/>', 'viewBox="0 0 10 10"')
    kept, cleared = (
        open_picture(body(draw(call, format="png", logo={"data": as_base64(ring), "clear_modules": clear}, version=4)))
        for clear in (False, True)
    )
    middle = (140, 140, 160, 160)
    assert np.ptp(np.asarray(kept.crop(middle).convert("L"))) > 200
    assert np.ptp(np.asarray(cleared.crop(middle).convert("L"))) == 0


def test_a_plate_is_a_clean_shape_in_the_middle(call: Call):
    plate = {"data": as_base64(PNG), "shape": "circle", "background": "#ffcc80", "size": 20, "padding": 2}
    image = open_picture(body(draw(call, format="png", size=480, logo=plate)))
    there = (np.asarray(image)[:, :, :3] == (255, 204, 128)).all(axis=2)
    (top, bottom), (left, right) = ((int(np.min(axis)), int(np.max(axis)) + 1) for axis in there.nonzero())
    # An odd pixel that the modules leave over lies on the right and at the bottom.
    assert (left, right) == (top, bottom)
    assert (left + right) / 2 == pytest.approx(240, abs=0.5)
    there = there[top:bottom, left:right]
    assert (there == there[::-1]).all()
    assert (there == there[:, ::-1]).all()


def test_the_picture_is_verified_unless_that_is_not_wanted(call: Call):
    assert draw(call)["metadata"]["scan"]["score"] == 100
    assert draw(call, verify=False)["metadata"]["scan"]["score"] is None


def test_a_logo_is_looked_at_when_nothing_else_is_wrong(call: Call):
    broken = {"data": as_base64(b"<svg>")}
    response = call(POST, json={"data": DATA, "colors": {"foreground": "nave"}, "logo": broken})
    assert [issue["path"] for issue in response.json["errors"]] == ["colors.foreground"]
    response = call(POST, json={"data": DATA, "logo": broken})
    assert [issue["path"] for issue in response.json["errors"]] == ["logo.data"]


def test_text_that_is_no_logo_is_told_with_everything_else(call: Call):
    response = call(POST, json={"data": DATA, "colors": {"foreground": "nave"}, "logo": {"data": "%%%"}})
    assert [issue["path"] for issue in response.json["errors"]] == ["colors.foreground", "logo.data"]


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    return out.getvalue()


def make_animation() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), color) for color in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (bomb(), "4096 pixels a side"),
        (make_animation(), "animated"),
        (PNG[:-30], "truncated"),
        (picture(mode="RGBA", color=(0, 0, 0, 0)), "fully transparent"),
        (svg('<path d="M0 0h9v9" fill="none"/>'), "fully transparent"),
        (svg("<script>alert(1)</script><path d='M0 0h9v9z'/>"), "scripts"),
        (svg('<image href="https://example.com/a.png" width="9" height="9"/>'), "can only refer to itself"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(), "entities"),
        (svg('<path d="M0 0h9v9z" onclick="x()"/>'), "event handlers"),
        (b"GIF89a" + bytes(50), "neither a PNG"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
@pytest.mark.parametrize("route", [POST, VALIDATE])
def test_a_bad_logo_is_told_what_is_wrong(call: Call, route: str, given: bytes, says: str):
    problem = refuse(call, route=route, logo={"data": as_base64(given)})
    assert problem["path"] == "logo.data"
    assert says in problem["message"]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"size": 101}, "logo.size"),
        ({"size": 4}, "logo.size"),
        ({"padding": 11}, "logo.padding"),
        ({"shape": "heart"}, "logo.shape"),
        ({"background": "nave"}, "logo.background"),
        ({"url": "https://example.com/a.png"}, "logo.url"),
        ({"data": "https://example.com/a.png"}, "logo.data"),
        ({"asset": "https://example.com/a.png", "data": None}, "logo.asset"),
        ({"asset": "../secret", "data": None}, "logo.asset"),
        ({"asset": "a.png"}, "logo"),
        ({"data": None}, "logo"),
    ],
)
def test_a_field_that_breaks_its_rule_is_named(call: Call, fields: dict[str, Any], path: str):
    assert refuse(call, logo={**LOGO, **fields})["path"] == path


def test_a_logo_of_20_mb_is_a_413(call: Call):
    response = post_code(call, logo={"data": "A" * 20_000_000})
    assert (response.status, response.json["limit"]) == (413, 2816 * 1024)


def test_the_largest_logo_fits_into_a_body(call: Call):
    noise = random.Random(5).randbytes(1024 * 682 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (1024, 682), noise).save(out, "PNG", compress_level=0)
    logo = out.getvalue()
    assert 0.99 * 2**21 < len(logo) <= 2**21
    assert post_code(call, route=VALIDATE, logo={"data": as_base64(logo)}).status == 200


def test_a_micro_symbol_bears_no_logo(call: Call):
    assert refuse(call, 422, data="12345", micro=True)["path"] == "micro"


@pytest.mark.slow
def test_a_picture_that_is_too_large_to_send_says_which_size_fits(call: Call):
    noise = Image.frombytes("RGB", (512, 512), random.Random(7).randbytes(512 * 512 * 3))
    out = io.BytesIO()
    noise.save(out, "PNG")
    wanted: dict[str, Any] = {
        "logo": {"data": as_base64(out.getvalue()), "size": 50},
        "format": "png",
        "verify": False,
        "version": 40,
    }
    problem = refuse(call, 413, size=4096, **wanted)
    assert problem["path"] == "size"
    assert problem["limit"]["max"] == problem["suggestion"] < 4096
    again = post_code(call, size=problem["suggestion"], **wanted)
    assert again.status == 200
    assert len(json.dumps(again.body.decode())) <= ANSWER_LIMIT


def test_a_title_and_a_description_are_in_the_svg_and_in_the_key(call: Call):
    one, other = (
        call(POST, json={"data": DATA, "title": title, "description": "Opens the menu"}).json for title in ("A", "B")
    )
    assert 'role="img"' in one["data"]
    assert "<desc" in one["data"]
    assert one["etag"] != other["etag"]


@pytest.mark.parametrize("name", ["png", "eps", "txt"])
def test_a_format_that_carries_no_title_passes_over_it(call: Call, name: str):
    one, other = (call(POST, json={"data": DATA, "format": name, **more}).json for more in ({}, {"title": "Menu"}))
    assert one["etag"] == other["etag"]


def test_a_title_with_control_characters_is_refused(call: Call):
    response = call(POST, json={"data": DATA, "title": "a\0b", "description": "c\x1bd"})
    assert [issue["path"] for issue in response.json["errors"]] == ["title", "description"]


def test_a_browser_may_show_what_an_svg_brings_along(call: Call):
    response = call(GET, query={"data": DATA, "logo.data": as_base64(PNG)})
    assert "img-src data:" in response.headers["Content-Security-Policy"]
    assert b"data:image/png" in response.body


@pytest.mark.parametrize("name", ["svg", "png", "pdf", "eps"])
def test_a_logo_goes_with_a_frame_and_with_effects(call: Call, name: str, tmp_path: Path):
    more: dict[str, Any] = {"frame": {"style": "badge", "text": "SCAN ME"}}
    if name != "eps":
        more["effects"] = [{"type": "shadow", "intensity": 40}]
    envelope = draw(call, format=name, size=528, data_pattern="rounded", **more)
    assert {"logo", "frame"} <= set(envelope["metadata"]["features_used"])
    assert zxing_reads(draw_any(body(envelope), name, envelope["metadata"]["width"], tmp_path)) == [DATA]
