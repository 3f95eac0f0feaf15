"""A slice of what `make readers` measures: sixty pictures of the matrix, read by four decoders that share no code.

A picture counts for a decoder where it reads the plain code of the same symbol and size. zxing-cpp and ZBar stand for
phones, which read every style. quirc and OpenCV find an eye by its outline: they read every style with square eyes, and
every eye with ``readers: all``.
"""

from __future__ import annotations

import io
from functools import cache

import pytest
from PIL import Image
from scripts.readers.decoders.python_decoders import PYTHON_DECODERS, Read
from scripts.readers.drawing import on_white
from scripts.readers.matrix import ALL_FAMILIES, FAMILIES, PLAIN, Trial, trials
from scripts.readers.symbols import TrialSymbol
from tests import machine

from qr_engine.pipeline import generate
from qr_engine.request import parse

pytestmark = pytest.mark.slow

PICTURES = 60
SQUARE = frozenset({"square", "thick_border"})
"""Eyes whose outline is a square without more."""


@cache
def slice_of_the_matrix() -> tuple[Trial, ...]:
    """Sixty trials from all over the matrix, of each family as many as its share."""
    styled = [trial for trial in trials() if PLAIN not in trial.rows]
    return tuple([styled[number * len(styled) // PICTURES] for number in range(PICTURES)])


def has_square_outline(trial: Trial) -> bool:
    if trial.rows.keys() & set(ALL_FAMILIES):
        return True
    return trial.rows.get("eyes", trial.rows.get("borders", "square")) in SQUARE


@cache
def picture(trial_number: int) -> Image.Image:
    return draw(slice_of_the_matrix()[trial_number])


@cache
def plain(symbol: TrialSymbol, size: int) -> Image.Image:
    return draw(Trial({}, {}, symbol, size))


def draw(trial: Trial) -> Image.Image:
    _, request = parse({**trial.request, "format": "png"})
    body, _ = generate.draw_picture(request)
    with Image.open(io.BytesIO(body)) as image:
        return on_white(image)


def decoder(name: str) -> Read:
    if name == "zbar":
        machine.library("zbar", "apt-get install libzbar0, or brew install zbar")
    if name == "quirc":
        machine.package("quirc", "pip install pyquirc, which needs a C++ compiler")
    return PYTHON_DECODERS[name]()[1]


def unread(name: str, numbers: list[int]) -> list[str]:
    """Styles that a decoder does not read, though it reads the plain code."""
    read, some = decoder(name), slice_of_the_matrix()
    failures = []
    for number in numbers:
        trial = some[number]
        text = trial.symbol.text
        if text in read(plain(trial.symbol, trial.size)) and text not in read(picture(number)):
            failures.append(f"{trial.rows}, {trial.symbol}, {trial.size} px")
    return failures


def test_the_slice_has_every_family():
    some = slice_of_the_matrix()
    assert len(some) == PICTURES
    assert {family for trial in some for family in trial.rows} >= set(FAMILIES)


@pytest.mark.parametrize("name", ["zxingcpp", "zbar"])
def test_a_decoder_of_phones_reads_every_style(name: str):
    assert unread(name, list(range(PICTURES))) == []


@pytest.mark.parametrize("name", ["quirc", "opencv"])
def test_a_decoder_by_outline_reads_every_square_outline(name: str):
    square = [number for number, trial in enumerate(slice_of_the_matrix()) if has_square_outline(trial)]
    assert len(square) > 10
    assert unread(name, square) == []
