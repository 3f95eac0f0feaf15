from __future__ import annotations

from typing import Any

import pytest

from qr_engine.config import Settings
from qr_engine.errors import TooMuchData
from qr_engine.pipeline import drawing_limit
from qr_engine.pipeline.drawing_limit import check_drawing_time
from qr_engine.pipeline.drawing_time import estimate_ms
from qr_engine.pipeline.engine import Engine
from qr_engine.request import CanonicalRequest, parse

EFFECTS = [{"type": name, "intensity": 60} for name in ("noise", "vintage", "shadow")]


def canonical(**fields: Any) -> CanonicalRequest:
    return parse({"data": "https://example.com", **fields})[1]


def refusal(request: CanonicalRequest, seconds: float) -> TooMuchData:
    with pytest.raises(TooMuchData) as caught:
        check_drawing_time(request, seconds)
    return caught.value


@pytest.mark.parametrize("form", ["png", "webp", "avif", "jpeg", "gif"])
def test_a_picture_that_takes_too_long_is_refused_with_the_largest_size_that_does_not(form: str):
    request = canonical(format=form, size=3000, effects=EFFECTS, data_pattern="rounded")
    seconds = estimate_ms(request) / 2000
    problem = refusal(request, seconds)
    assert (problem.status, problem.extra["unit"], problem.extra["limit"]) == (413, "seconds", seconds)
    (size,) = [issue.suggestion for issue in problem.issues if issue.path == "size"]
    assert isinstance(size, int)
    check_drawing_time(canonical(format=form, size=size, effects=EFFECTS, data_pattern="rounded"), seconds)
    refusal(canonical(format=form, size=size + 1, effects=EFFECTS, data_pattern="rounded"), seconds)


def test_every_change_that_is_named_is_enough_alone():
    fields = {"format": "svg", "effects": EFFECTS, "data_pattern": "rounded"}
    request = canonical(**fields)
    without = estimate_ms(canonical(format="svg", data_pattern="rounded"))
    assert without < estimate_ms(request)
    problem = refusal(request, without / 1000)
    assert [issue.path for issue in problem.issues] == ["effects"]


def test_where_no_single_change_is_enough_the_detail_says_what_helps():
    problem = refusal(canonical(format="svg", effects=EFFECTS, data_pattern="rounded"), 1e-6)
    assert problem.issues == ()
    assert problem.detail.endswith("takes less.")


def test_the_setting_refuses_before_anything_is_drawn_and_remembers_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.pipeline.engine.draw_picture", None)
    request = canonical(format="png", size=4096, effects=EFFECTS)
    engine = Engine(Settings(max_cpu_seconds=0.01))
    with pytest.raises(TooMuchData):
        engine.generate(request)
    monkeypatch.setattr(drawing_limit, "check_drawing_time", None)
    with pytest.raises(TooMuchData):
        engine.generate(request)


def test_a_plain_code_is_drawn_within_a_hundredth_of_a_second():
    assert Engine(Settings(max_cpu_seconds=0.01)).generate(canonical()).source == "miss"
