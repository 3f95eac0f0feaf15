"""Decoders in processes of their own: what goes in, what comes out, and what becomes of one that dies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image
from scripts.readers.decoders import DECODERS, DecoderProcess, Missing, start
from tests import machine
from tests.unit.symbol.oracles import draw

from qr_engine.symbol import encode

TEXT = "https://example.com/ü"
DIES_ON_BAD = (
    "import sys\nprint('1.0', flush=True)\n"
    "for line in sys.stdin:\n  sys.exit(1) if 'bad' in line else print('[\"text\"]', flush=True)"
)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "code.pgm"
    Image.fromarray(draw(encode(TEXT, eci="always"))).save(file)
    return file


@pytest.mark.parametrize("name", ["zxingcpp", "zbar"])
def test_a_decoder_tells_its_version_and_reads_picture_after_picture(name: str, picture: Path):
    machine.library("zbar", "apt-get install libzbar0, or brew install zbar")
    decoder = start(name)
    try:
        assert decoder.version[0].isdigit()
        assert [decoder.read(picture), decoder.read(picture)] == [(TEXT,), (TEXT,)]
    finally:
        decoder.close()


def test_a_decoder_that_dies_is_started_again_for_the_next_picture():
    decoder = DecoderProcess([sys.executable, "-c", DIES_ON_BAD], {})
    try:
        assert [decoder.read(Path(name)) for name in ("good", "bad", "good")] == [("text",), (), ("text",)]
        assert decoder.deaths == 1
    finally:
        decoder.close()


def test_a_decoder_that_is_not_there_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Missing, match="node"):
        start("jsqr")


def test_every_decoder_of_a_family_is_in_the_table():
    assert {decoder.family for decoder in DECODERS.values()} == {"phones", "outline", "others"}
