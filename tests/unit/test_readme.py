from __future__ import annotations

import json
import re
from html import unescape
from typing import get_args

import pytest
from scripts.pictures import FOLDER, PICTURES, draw
from tests.documents import ROOT, Curl, send
from tests.environment import fresh

from qr_engine.artwork.words import DataPattern, EffectKind, EyeShape, FrameName, GradientType

README = (ROOT / "README.md").read_text(encoding="utf-8")
SEGNO = 30
"""How many times as fast as segno the encoder is at least, in every line of the benchmarks that compares them."""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(monkeypatch)


def test_it_is_read_in_one_go() -> None:
    assert len(README.splitlines()) < 150


def test_the_image_element_shows_an_svg() -> None:
    (source,) = re.findall(r'<img src="(http[^"]+)"', README)
    answer = send(Curl("GET", unescape(source), {"accept": "image/avif,image/webp,image/svg+xml,image/*;q=0.8"}, ""))
    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")


def test_the_styles_are_as_many_as_is_said() -> None:
    words = {5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
    words |= {15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty"}
    kinds = (DataPattern, EyeShape, GradientType, FrameName, EffectKind)
    patterns, eyes, gradients, frames, effects = (words[len(get_args(kind))] for kind in kinds)
    said = f"{patterns} patterns, {eyes} eyes, {gradients} gradients, {frames} frames with captions, {effects} effects"
    assert said in README.lower()


def test_what_it_says_of_its_speed_is_what_was_measured() -> None:
    assert "more than thirty times as fast as segno" in README
    measured = json.loads((ROOT / "docs" / "benchmarks.json").read_text(encoding="utf-8"))
    topic = next(each for each in measured["topics"] if each["title"] == "Text to symbol")
    ratios = [line["ratio"] for line in topic["lines"] if line["theirs"]["name"] == "segno"]
    assert ratios
    assert min(ratios) >= SEGNO


def test_every_picture_is_what_the_engine_draws_now() -> None:
    committed = {path.name: path.read_bytes() for path in FOLDER.glob("*.svg")}
    assert committed == {name: draw(query) for name, query in PICTURES.items()}, "run: python scripts/pictures.py"
