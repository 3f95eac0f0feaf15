from __future__ import annotations

from typing import Any

import pytest

from qr_engine.pipeline.engine import engine

from .conftest import Call

VALIDATE = "POST /api/qr/validate"


def test_validate_tells_what_generate_would_make(call: Call):
    fields = {"data": "https://example.com", "format": "png", "size": 512}
    validated = call(VALIDATE, json=fields).json
    generated = call("POST /api/qr/generate", json=fields).json
    assert validated["valid"] is True
    assert validated["etag"] == generated["etag"]
    for name in ("version", "modules", "error_correction", "mask"):
        assert validated["symbol"][name] == generated["metadata"][name]
    assert validated["budget"]["capacity"] - validated["budget"]["used"] == validated["budget"]["free"]
    assert validated["scan"] == generated["metadata"]["scan"]


def test_validate_warns_of_what_some_readers_may_trip_over(call: Call):
    fields = {"data": "x", "margin": 1, "colors": {"foreground": "#ffffff", "background": "#000000"}}
    codes = {warning["code"] for warning in call(VALIDATE, json=fields).json["scan"]["warnings"]}
    assert len(codes) >= 2


@pytest.mark.parametrize(
    "asked", [{"data": ""}, {"data": "x" * 3000}, {"data": "x", "colors": {"foreground": "white"}}]
)
def test_validate_refuses_what_generate_refuses_in_the_same_words(call: Call, asked: dict[str, Any]):
    refused = call(VALIDATE, json=asked)
    assert refused.status >= 400
    assert refused.json == call("POST /api/qr/generate", json=asked).json


def test_validate_draws_nothing(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.pipeline.generate.draw", None)
    assert call(VALIDATE, json={"data": "x"}).status == 200


def test_validate_refuses_what_the_owner_finds_too_long_to_draw(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine(), "_max_cpu_seconds", 0.001)
    fields = {"data": "x", "format": "png", "size": 4096, "data_pattern": "dots"}
    refused = call(VALIDATE, json=fields)
    assert (refused.status, refused.json["unit"]) == (413, "seconds")
    assert refused.json == call("POST /api/qr/generate", json=fields).json
