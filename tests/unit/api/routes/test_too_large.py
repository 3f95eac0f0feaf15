"""Pictures that no answer has room for."""

from __future__ import annotations

import pytest

from .conftest import Call

NOISE = {"data": "1", "format": "png", "effects": [{"type": "noise", "intensity": 100}], "verify": False}


def test_a_png_that_no_answer_has_room_for_is_refused_before_it_is_drawn(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.pipeline.engine.draw_picture", None)
    answer = call("POST /api/qr/generate", json={**NOISE, "size": 4096})
    assert (answer.status, answer.json["code"]) == (413, "too_much_data")
    assert answer.json["errors"][0]["path"] == "size"
    assert answer.json["errors"][0]["suggestion"] < 4096


def test_a_picture_that_turns_out_too_large_is_not_drawn_again_to_be_refused(
    call: Call, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("qr_engine.api.answer.ANSWER_LIMIT", 100_000)
    monkeypatch.setattr("qr_engine.pipeline.answer_size.least_bytes", lambda _: 0)
    code = {**NOISE, "size": 800, "cache": False}
    first = call("POST /api/qr/generate", json=code)
    assert (first.status, first.json["code"]) == (413, "too_much_data")
    monkeypatch.setattr("qr_engine.pipeline.engine.draw_picture", None)
    again = call("POST /api/qr/generate", json=code)
    assert (again.status, again.json) == (413, first.json)
