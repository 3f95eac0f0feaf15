"""What a picture shows of how well its symbol can be read."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFilter

from qr_engine.reading import Grade
from qr_engine.scan.conditions import CONDITIONS

from .given import draw, photographed, read_image


def grade(image: Image.Image) -> Grade:
    found = read_image(image).grade
    assert found is not None
    return found


def codes(found: Grade) -> list[str]:
    return [warning.code for warning in found.warnings]


@pytest.mark.parametrize("margin", [0, 1, 2, 3, 4, 6, 8, 12])
@pytest.mark.parametrize("micro", [False, True])
def test_the_quiet_zone_is_measured_in_modules(margin: int, micro: bool):
    found = grade(draw("1234", margin=margin, micro=micro))
    assert found.quiet_zone == min(margin, 8)
    assert ("narrow_quiet_zone" in codes(found)) is (margin < (2 if micro else 4))


@pytest.mark.parametrize("side", range(4))
def test_the_narrowest_side_counts(side: int):
    image = draw("1234", margin=6, pixels=6)
    ImageDraw.Draw(image).rectangle((0, 0, image.width, 6 * 3 - 1), 0)
    assert grade(image.rotate(90 * side)).quiet_zone == 3


@pytest.mark.parametrize("pixels", [2, 3, 5, 20, 90])
def test_the_size_of_a_module_is_that_of_the_picture(pixels: int):
    found = grade(draw("1234", pixels=pixels))
    assert found.module_pixels == pytest.approx(pixels, rel=0.02)
    assert ("small_modules" in codes(found)) is (pixels < 3)


def luminance(level: int) -> float:
    """Of a grey, relative to white (WCAG 2.2)."""
    share = level / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize(("dark", "light"), [(0, 255), (60, 200), (118, 255), (150, 255)])
def test_contrast_is_that_of_the_medians(dark: int, light: int):
    image = draw("1234").point(lambda level: light if level else dark)
    # Dirt and glare on less than half of it change no median.
    ImageDraw.Draw(image).rectangle((70, 70, 90, 90), 128)
    found = grade(image)
    ratio = (luminance(light) + 0.05) / (luminance(dark) + 0.05)
    assert found.contrast == pytest.approx(ratio, abs=0.01)
    assert ("low_contrast" in codes(found)) is (ratio < 4.5)


def test_inverted_colours_have_the_same_contrast_and_quiet_zone():
    plain, inverted = draw("1234"), draw("1234").point(lambda level: 255 - level)
    one, other = grade(plain), grade(inverted)
    assert (one.contrast, one.quiet_zone) == (other.contrast, other.quiet_zone)
    assert codes(other) == ["inverted"]


def test_damage_uses_up_the_error_correction():
    image = draw("1234567890", version=3, error_correction="H", boost=False)
    shares = [grade(image).unused_error_correction]
    for width in (10, 20, 30):
        ImageDraw.Draw(image).rectangle((70, 90, 70 + width, 100), 0)
        shares.append(grade(image).unused_error_correction)
    assert shares[0] == 1
    assert shares == sorted(shares, key=lambda share: -share if share is not None else 0)
    assert len(set(shares)) > 2
    assert "damaged" not in codes(grade(draw("1234567890")))


def test_m1_has_nothing_to_correct_with():
    assert grade(draw("12", micro=True, version=1, error_correction="L")).unused_error_correction is None


@pytest.mark.parametrize("version", [1, 7, 20])
def test_a_plain_code_is_read_in_all_conditions(version: int):
    found = grade(draw("1234", version=version))
    assert [condition.name for condition in found.conditions] == list(CONDITIONS)
    assert found.score is not None
    assert found.score >= 85


def test_the_score_falls_with_contrast_and_sharpness():
    image = draw("https://example.com", pixels=8)
    faint = image.point(lambda level: 160 if level else 110)
    blurred = image.filter(ImageFilter.GaussianBlur(4))
    scores = [grade(shown).score or 0 for shown in (image, faint, blurred)]
    assert scores[0] > 80
    assert max(scores[1:]) < scores[0]


def test_a_photograph_is_graded_upright():
    from qr_engine.reading import read

    found = read(photographed(draw("https://example.com"))).grade
    assert found is not None
    assert found.module_pixels == pytest.approx(420 / 33, rel=0.25)
    assert found.quiet_zone == pytest.approx(4, abs=1)
    assert found.score is not None
    assert found.score > 0


def test_no_condition_is_tried_once_the_time_is_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.reading.grade.GRADING_SECONDS", 0.0)
    found = grade(draw("1234"))
    assert (found.score, found.conditions) == (None, ())
    assert found.contrast == 21
