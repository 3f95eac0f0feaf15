"""The matrix has every word that a style chooses from, in symbols that the texts fill."""

from __future__ import annotations

from typing import get_args

import pytest
from scripts.readers.matrix import FAMILIES, PLAIN, trials
from scripts.readers.symbols import SMALL_VERSIONS, VERSIONS, TrialSymbol, choose, symbols

from qr_engine.artwork.words import DataPattern, EffectKind, EyeBorderStyle, EyeCenterStyle, EyeShape, FrameName
from qr_engine.symbol import encode

WORDS = {
    "eyes": EyeShape,
    "patterns": DataPattern,
    "borders": EyeBorderStyle,
    "centres": EyeCenterStyle,
    "frames": FrameName,
}


@pytest.mark.parametrize("symbol", symbols((*VERSIONS, *SMALL_VERSIONS)), ids=str)
def test_a_text_fits_its_symbol_and_nearly_fills_it(symbol: TrialSymbol):
    made = encode(symbol.text, version=symbol.version, error_correction=symbol.level, boost=False)
    assert made.data_bits > 0.7 * made.capacity_bits


@pytest.mark.parametrize("family", WORDS)
def test_a_family_has_a_row_for_every_word(family: str):
    rows = [trial.rows[family] for trial in trials() if family in trial.rows]
    assert set(rows) == set(get_args(WORDS[family]))


def test_every_effect_is_tried_up_to_60():
    rows = {trial.rows["effects"] for trial in trials(families=("effects",)) if "effects" in trial.rows}
    assert rows == {f"{kind} {intensity}" for kind in get_args(EffectKind) for intensity in (30, 60)}


def test_every_trial_has_its_plain_code():
    for some in (trials(), *(trials(families=(family,)) for family in FAMILIES)):
        plain = {(trial.symbol, trial.size) for trial in some if PLAIN in trial.rows}
        assert {(trial.symbol, trial.size) for trial in some} <= plain


def test_every_symbol_meets_every_style_as_designed():
    pairs = [trial for trial in trials(every=True) if {"borders", "centres"} <= trial.rows.keys()]
    assert len({(trial.symbol, trial.size) for trial in pairs}) == 36
    assert len(pairs) == 36 * len(get_args(WORDS["borders"])) * len(get_args(WORDS["centres"]))
    assert not any("readers" in trial.fields for trial in trials(every=True))


def test_a_name_meets_the_same_symbol_each_time():
    assert len({choose(f"{number}") for number in range(200)}) == len(symbols())
    assert choose("circle dots 300") == choose("circle dots 300")
