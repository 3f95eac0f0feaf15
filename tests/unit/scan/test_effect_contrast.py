from __future__ import annotations

import msgspec
import numpy as np
import pytest
from tests.unit.render.independent import symbol_of

from qr_engine.artwork import Artwork, rows
from qr_engine.artwork.color import Color, contrast
from qr_engine.artwork.model import Effect
from qr_engine.artwork.style import Style
from qr_engine.artwork.styled import compose_styled
from qr_engine.artwork.words import EffectKind
from qr_engine.render.raster.compose import draw_pixels
from qr_engine.scan import report_scan

PIXELS = 12


def with_effect(*effects: Effect) -> Artwork:
    style = Style(foreground=Color(20, 30, 90))
    artwork = compose_styled(symbol_of("contrast"), style, margin=4, size=33 * PIXELS)
    return msgspec.structs.replace(artwork, effects=effects)


def lowest_contrast(artwork: Artwork) -> float:
    """The lowest contrast of a dark module's middle with the darkest of the light ones', among the pixels."""
    middles = np.asarray(draw_pixels(artwork)).astype(int)[PIXELS // 2 :: PIXELS, PIXELS // 2 :: PIXELS][4:-4, 4:-4]
    dark = np.array([[module == "1" for module in row] for row in rows(artwork.symbol)])
    light = middles[~dark]
    under = Color(*map(int, light[light.sum(axis=1).argmin()]))
    return min(contrast(Color(*map(int, middle)), under) for middle in middles[dark])


@pytest.mark.parametrize("amount", [0.2, 0.6, 1.0])
@pytest.mark.parametrize("kind", ["shadow", "glow", "blur"])
def test_the_contrast_that_effects_leave_is_no_more_than_the_pixels_show(kind: EffectKind, amount: float) -> None:
    artwork = with_effect(Effect(kind, amount))
    told, found = report_scan(artwork, "png").contrast, lowest_contrast(artwork)
    assert 0.8 * found < told < 1.08 * found


@pytest.mark.parametrize("amount", [0.2, 0.6, 1.0])
@pytest.mark.parametrize("kind", ["noise", "vintage"])
def test_grain_and_tone_leave_what_the_corners_of_the_symbol_show(kind: EffectKind, amount: float) -> None:
    artwork = with_effect(Effect(kind, amount))
    pixels = np.asarray(draw_pixels(artwork)).astype(int)
    # Single specks are averaged out; the symbol begins with the fifth module.
    light, dark = (pixels[first : first + PIXELS, first : first + PIXELS] for first in (3 * PIXELS, 4 * PIXELS))
    seen_there = contrast(*[Color(*map(round, module.mean(axis=(0, 1)))) for module in (light, dark)])
    assert report_scan(artwork, "png").contrast == pytest.approx(seen_there, rel=0.1)


def test_vintage_paper_is_light_enough_for_a_white_page_around_it() -> None:
    # jsQR and the readers made of ZXing judge by squares of eight pixels: in one with levels more than 24 apart, as at
    # the picture's edge, the lower ones count as dark.
    pixels = np.asarray(draw_pixels(with_effect(Effect("vintage", 1.0, seed=b"paper")))).astype(int)
    luma = pixels @ (0.299, 0.587, 0.114)
    quiet_zone = np.concatenate([luma[: 4 * PIXELS].ravel(), luma[-4 * PIXELS :].ravel()])
    assert 255 - 24 < quiet_zone.min() < quiet_zone.max() < 250


def test_effects_add_up() -> None:
    one, both = (
        with_effect(*found) for found in ((Effect("blur", 0.8),), (Effect("shadow", 0.8), Effect("blur", 0.8)))
    )
    assert report_scan(both, "png").contrast < report_scan(one, "png").contrast
