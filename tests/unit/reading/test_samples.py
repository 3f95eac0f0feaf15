"""Pictures that others made to test their own decoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from qr_engine.reading import read

from .given import the_symbol

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.png"))


def test_there_are_some() -> None:
    assert len(SAMPLES) == 16


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_picture_of_the_zxing_project_is_read(path: Path) -> None:
    symbol = the_symbol(read(path.read_bytes()))
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").replace("\r\n", "\n")
    assert symbol.text is not None
    assert symbol.text.replace("\r\n", "\n").strip() == expected.strip()
    assert not symbol.mirrored
