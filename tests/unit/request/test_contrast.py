"""Too little contrast: refused, or drawn with a warning for those whose brand it is."""

from typing import Any

import pytest

from qr_engine.errors import WouldNotScan
from qr_engine.pipeline.generate import draw_picture, plan
from qr_engine.request import cache_key, canonical_bytes, canonical_colors, parse
from qr_engine.scan import contrast

GOLD: dict[str, Any] = {"data": "https://example.com", "colors": {"foreground": "#ffcc00"}}


def key(**fields: Any) -> str:
    return cache_key(canonical_bytes(parse(fields)[1]))


@pytest.mark.parametrize("fields", [{}, {"contrast": "refuse"}, {"data_pattern": "dots"}])
def test_it_is_refused_unasked(fields: dict[str, Any]) -> None:
    with pytest.raises(WouldNotScan):
        plan(parse({**GOLD, **fields})[1])


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "eps", "webp"])
@pytest.mark.parametrize("fields", [{}, {"data_pattern": "dots"}, {"frame": {"text": "Scan"}}])
def test_it_is_drawn_with_a_warning_and_a_score(fields: dict[str, Any], form: str) -> None:
    _, metadata = draw_picture(parse({**GOLD, "contrast": "warn", "format": form, **fields})[1])
    assert metadata.scan.contrast < 3
    warning = metadata.scan.warnings[0]
    assert (warning.code, warning.path) == ("low_contrast", "colors.foreground")
    assert "below 3" in warning.message
    assert metadata.scan.score is not None
    assert metadata.scan.score < 100


def test_the_score_falls_with_the_contrast() -> None:
    scores = []
    for foreground in ("#999", "#bbb", "#ddd", "#fafafa"):
        fields = {**GOLD, "contrast": "warn", "colors": {"foreground": foreground}}
        scores.append(draw_picture(parse(fields)[1])[1].scan.score or 0)
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_a_picture_without_the_read_back_has_no_score() -> None:
    _, metadata = draw_picture(parse({**GOLD, "contrast": "warn", "verify": False})[1])
    assert metadata.scan.score is None


def test_what_no_decoder_finds_is_refused_with_the_field() -> None:
    with pytest.raises(WouldNotScan) as caught:
        draw_picture(parse({**GOLD, "contrast": "warn", "colors": {"foreground": "#ffffff"}})[1])
    assert [issue.path for issue in caught.value.issues] == ["contrast"]


def test_dark_modules_beside_light_ones_are_refused_all_the_same() -> None:
    with pytest.raises(WouldNotScan):
        plan(parse({**GOLD, "contrast": "warn", "colors": {"background": "#888", "eye_border": "#fff"}})[1])


def test_it_is_part_of_the_key_only_where_it_changes_the_answer() -> None:
    assert key(data="x", contrast="warn") == key(data="x")
    assert key(data="x", contrast="warn", colors={"foreground": "navy"}) == key(data="x", colors={"foreground": "navy"})
    assert key(data="x", contrast="warn", format="txt", colors=GOLD["colors"]) == key(data="x", format="txt")
    assert key(**GOLD, contrast="warn") != key(**GOLD)


def test_the_limit_is_that_of_the_judgement() -> None:
    assert canonical_colors.CONTRAST_REQUIRED == contrast.CONTRAST_REQUIRED
