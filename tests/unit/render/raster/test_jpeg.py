from __future__ import annotations

import numpy as np
from tests.unit.render.independent import opened
from tests.unit.render.layered import layered

from qr_engine.artwork.color import TRANSPARENT
from qr_engine.render import draw


def test_jpeg_lies_on_white_where_it_is_transparent() -> None:
    picture = np.asarray(opened(draw(layered("paper", background=TRANSPARENT), "jpeg")))
    assert picture[5, 5].min() >= 254
