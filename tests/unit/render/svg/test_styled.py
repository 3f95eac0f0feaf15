"""What the SVG of a styled code consists of."""

from __future__ import annotations

import re

import pytest
from tests.unit.render.layered import DARK, KINDS, compose_layers, gradient

from qr_engine.artwork.color import Color
from qr_engine.artwork.words import GradientKind
from qr_engine.render import draw


@pytest.mark.parametrize("kind", KINDS)
def test_identifiers_come_from_the_content(kind: GradientKind) -> None:
    def identifiers(*colors: Color) -> set[str]:
        return set(re.findall(r'id="(\w+)"', draw(compose_layers("id", data=gradient(kind, *colors)), "svg").decode()))

    assert identifiers(*DARK) == identifiers(*DARK)
    assert not identifiers(*DARK) & identifiers(*DARK[:2])


def test_svg_has_one_path_a_paint_and_nothing_that_clips_or_runs() -> None:
    text = draw(compose_layers("inert", data=gradient("conic", *DARK), eyes=gradient("radial", *DARK)), "svg").decode()
    assert len(re.findall("<path", text)) == 3
    assert not re.search(r"<clipPath|<mask|<script|<style|<use|class=|style=|xlink|on\w+=", text)
