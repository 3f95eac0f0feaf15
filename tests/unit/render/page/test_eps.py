"""What EPS cannot carry."""

from __future__ import annotations

import pytest
from tests.unit.render.layered import KINDS, compose_layers, gradient

from qr_engine.artwork.color import TRANSPARENT, Color
from qr_engine.artwork.model import Paint
from qr_engine.errors import InvalidRequest
from qr_engine.render import draw

CLEAR = (Color(0, 0, 0), Color(20, 30, 140, 120))


@pytest.mark.parametrize("paint", [CLEAR[1], *[gradient(kind, *CLEAR) for kind in KINDS]])
def test_eps_refuses_what_it_cannot_carry_and_names_what_can(paint: Paint) -> None:
    with pytest.raises(InvalidRequest) as refused:
        draw(compose_layers("eps", data=paint), "eps")
    assert [(issue.path, issue.suggestion) for issue in refused.value.issues] == [("format", "pdf")]


def test_eps_leaves_a_transparent_background_unpainted() -> None:
    eps = draw(compose_layers("eps", background=TRANSPARENT), "eps")
    assert eps.count(b" rg\n") == 2
