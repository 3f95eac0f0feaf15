from __future__ import annotations

from typing import Any

import pytest

from qr_engine.request import CanonicalRequest, parse


def canonical(strict: bool = True, **fields: Any) -> CanonicalRequest:
    return parse({"data": "hello", **fields}, strict=strict)[1]


def test_the_defaults_are_those_of_the_contract():
    assert canonical() == CanonicalRequest(
        text="hello",
        format="svg",
        size=300,
        margin=4,
        error_correction="M",
        boost=True,
        version=None,
        mask=None,
        micro=False,
        eci="auto",
        kanji=False,
        part=0,
        parts=0,
        foreground="#000000",
        background="#ffffff",
        dpi=96,
        style=None,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"format": "svg", "size": 300, "margin": 4}),
        ({"error_correction": "Q"}, {"error_correction": "quartile"}),
        ({"colors": {"foreground": "#000"}}, {"colors": {"foreground": "Black", "background": "white"}}),
        ({"colors": {"foreground": "#ff0000ff"}}, {"colors": {"foreground": "red"}}),
        ({"error_correction": "H"}, {"error_correction": "H", "boost_error_correction": False}),
        ({"format": "txt", "size": 64}, {"format": "txt", "size": 512, "colors": {"foreground": "red"}}),
        ({"data": "https://example.com"}, {"data": {"type": "url", "url": "https://example.com"}}),
        ({"cache": False}, {"cache": True}),
        ({"verify": False}, {"verify": True}),
        ({"dpi": 300}, {"dpi": 96}),
        ({"eye_shape": "square"}, {"data_pattern": "square"}),
        ({"eye_shape": "rounded_square"}, {"eye-shape": "rounded-square"}),
        ({"data_pattern": "extra_rounded"}, {"data-pattern": "extra-rounded"}),
        ({"format": "txt", "data_pattern": "dots"}, {"format": "txt"}),
        (
            {"gradient": {"colors": ["red", "#00f"]}},
            {"gradient": {"type": "linear", "stops": [{"offset": 0, "color": "#f00"}, {"offset": 1, "color": "blue"}]}},
        ),
        (
            {"gradient": {"type": "radial", "colors": ["red", "blue"], "angle": 90}},
            {"gradient": {"type": "radial", "colors": ["red", "blue"]}},
        ),
        (
            {"gradient": {"type": "diagonal", "colors": ["red", "blue"], "center": [0, 0]}},
            {"gradient": {"type": "linear", "colors": ["red", "blue"], "angle": 45}},
        ),
        (
            {"eye_gradient": {"colors": ["red", "blue"], "apply_to_eyes": False}},
            {"eye_gradient": {"colors": ["red", "blue"]}},
        ),
        ({"colors": {"per_eye": [{"center": "red"}, {}]}}, {"colors": {"per_eye": [{"center": "red"}]}}),
        ({"colors": {"per_eye": [{}]}}, {}),
        (
            {"gradient": {"colors": ["red", "blue"], "angle": -90}},
            {"gradient": {"colors": ["red", "blue"], "angle": 270}},
        ),
    ],
)
def test_two_requests_that_mean_the_same_have_one_form(one: dict[str, Any], other: dict[str, Any]):
    assert canonical(**one) == canonical(**other)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ({"size": "512"}, {"size": 512}),
        ({"boost_error_correction": "false"}, {"boost_error_correction": False}),
        ({"micro": "1", "version": "3"}, {"micro": True, "version": 3}),
        ({"data": "123"}, {"data": "123"}),
        ({"structured_append": {"part": "1", "parts": "2"}}, {"structured_append": {"part": 1, "parts": 2}}),
    ],
)
def test_a_query_string_means_the_same_as_json(text: dict[str, Any], value: dict[str, Any]):
    assert canonical(strict=False, **text) == canonical(**value)


def test_a_style_in_a_query_string_means_the_same_as_json():
    text: dict[str, Any] = {
        "gradient": {"type": "radial", "colors": ["red", "blue"], "center": ["0.25", "0.75"]},
        "dpi": "300",
    }
    value: dict[str, Any] = {
        "gradient": {"type": "radial", "colors": ["red", "blue"], "center": [0.25, 0.75]},
        "dpi": 300,
    }
    assert canonical(strict=False, format="png", **text) == canonical(format="png", **value)
