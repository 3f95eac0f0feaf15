from __future__ import annotations

import numpy as np
from tests.unit.render.independent import open_picture
from tests.unit.render.layered import compose_layers

from qr_engine.artwork.color import TRANSPARENT
from qr_engine.render import draw


def test_jpeg_lies_on_white_where_it_is_transparent() -> None:
    picture = np.asarray(open_picture(draw(compose_layers("paper", background=TRANSPARENT), "jpeg")))
    assert picture[5, 5].min() >= 254
