"""Styles that lock some of their fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.logo.buckets import Clock
from tests.unit.logo.pictures import as_base64

from qr_engine.assets import FRESH_SECONDS

from ..conftest import Call
from .conftest import ACME, LOGO, POST, get, put

LOCKED = {**ACME, "logo": {"asset": "logo.svg"}, "eye_shape": "circle", "lock": True}


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        ({"colors.foreground": "red"}, ["colors.foreground"]),
        ({"colors.background": "yellow"}, ["colors.background"]),
        ({"colors.foreground": "red", "data_pattern": "dots"}, ["colors.foreground", "data_pattern"]),
        ({"colors.foreground": "red", "data_pattern": "rounded"}, ["colors.foreground"]),
        ({"gradient.type": "linear", "gradient.colors": "red,blue"}, ["gradient.type", "gradient.colors"]),
        ({"eye_border_style": "rounded_square"}, ["eye_border_style"]),
        ({"logo.size": "10"}, ["logo.size"]),
        ({"logo.data": as_base64(LOGO)}, ["logo.data"]),
    ],
    ids=str,
)
def test_a_locked_field_that_differs_is_a_400_that_names_the_lock(
    call: Call, folder: Path, query: dict[str, str], paths: list[str]
):
    put(folder, LOCKED)
    (folder / "logo.svg").write_bytes(LOGO)
    response = get(call, **query)
    assert (response.status, response.json["code"]) == (400, "invalid_request")
    assert [issue["path"] for issue in response.json["errors"]] == paths
    assert {"Is locked by the style acme (" in issue["message"] for issue in response.json["errors"]} == {True}


@pytest.mark.parametrize(
    "query",
    [
        {"colors.foreground": "1a2b8c"},
        {"colors.foreground": "#1A2B8CFF"},
        {"colors.background": "white"},
        {"data_pattern": "rounded"},
        {"size": "512", "format": "png", "margin": "2"},
        {"title": "Menu", "frame.style": "badge"},
        {"verify": "false", "cache": "false"},
    ],
    ids=str,
)
def test_what_means_the_same_or_is_not_locked_is_taken(call: Call, folder: Path, query: dict[str, str]):
    put(folder, LOCKED)
    (folder / "logo.svg").write_bytes(LOGO)
    assert get(call, **query).status == 200


def test_size_format_and_margin_are_locked_where_they_are_listed(call: Call, folder: Path):
    put(folder, {"size": 400, "format": "png", "margin": 2, "lock": ["size", "format", "margin"]})
    assert get(call, size="400", format="PNG", margin="2").status == 200
    for name, value in (("size", "401"), ("format", "svg"), ("margin", "3")):
        assert [issue["path"] for issue in get(call, **{name: value}).json["errors"]] == [name]


def test_a_locked_field_that_the_style_has_not_is_locked_as_it_is_by_default(call: Call, folder: Path):
    put(folder, {"lock": ["logo", "colors.foreground"]})
    assert get(call, **{"colors.foreground": "black"}).status == 200
    assert [issue["path"] for issue in get(call, **{"logo.data": as_base64(LOGO)}).json["errors"]] == ["logo.data"]


def test_what_is_wrong_with_the_request_itself_is_told_as_ever(call: Call, folder: Path):
    put(folder, LOCKED)
    (folder / "logo.svg").write_bytes(LOGO)
    response = get(call, **{"colors.foreground": "nave", "size": "3"})
    assert [issue["path"] for issue in response.json["errors"]] == ["size", "colors.foreground"]
    response = call(POST, json={"style": "acme"})
    assert [issue["path"] for issue in response.json["errors"]] == ["data"]


def test_a_lock_that_came_later_holds_for_an_address_that_was_drawn_before(call: Call, folder: Path, clock: Clock):
    put(folder, ACME)
    assert [get(call, size="500").status for _ in range(2)] == [200, 200]
    put(folder, {**ACME, "lock": ["size"]})
    clock.now += FRESH_SECONDS
    assert [issue["path"] for issue in get(call, size="500").json["errors"]] == ["size"]
    (folder / "styles" / "acme.json").unlink()
    clock.now += FRESH_SECONDS
    assert get(call, size="500").status == 404
