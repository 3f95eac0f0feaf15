from __future__ import annotations

import pytest
from tests.unit.render.layered import layered

from qr_engine.errors import InvalidRequest
from qr_engine.render import draw


def test_avif_is_refused_where_its_encoder_would_take_too_much_memory() -> None:
    with pytest.raises(InvalidRequest) as refused:
        draw(layered("avif", size=3073), "avif")
    assert [(issue.path, issue.limit) for issue in refused.value.issues] == [("size", {"max": 3072})]
