from __future__ import annotations

from typing import Any

import pytest

from qr_engine.errors import InvalidRequest
from qr_engine.symbol import encode, option_issues


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ({}, []),
        ({"version": 40, "mask": 7, "error_correction": "H", "eci": "always"}, []),
        ({"version": 0}, ["version"]),
        ({"version": 41}, ["version"]),
        ({"mask": -1}, ["mask"]),
        ({"mask": 8}, ["mask"]),
        ({"error_correction": "X"}, ["error_correction"]),
        ({"eci": "perhaps"}, ["eci"]),
        ({"micro": True}, []),
        ({"micro": True, "version": 4, "mask": 3, "error_correction": "Q"}, []),
        ({"micro": True, "version": 1, "error_correction": "L"}, []),
        ({"micro": True, "version": 1, "error_correction": "M"}, ["error_correction"]),
        ({"micro": True, "version": 3, "error_correction": "Q"}, ["error_correction"]),
        ({"micro": True, "error_correction": "H"}, ["error_correction"]),
        ({"micro": True, "version": 5}, ["version"]),
        ({"micro": True, "mask": 4}, ["mask"]),
        ({"micro": True, "eci": "always"}, ["eci"]),
        (
            {"micro": True, "version": 9, "error_correction": "H", "mask": 4, "eci": "always"},
            ["version", "error_correction", "mask", "eci"],
        ),
        ({"part": 2, "parts": 2}, []),
        ({"part": 3, "parts": 2}, ["part"]),
        ({"part": 0, "parts": 2}, ["part"]),
        ({"part": 1, "parts": 1}, ["parts"]),
        ({"part": 1, "parts": 17}, ["parts"]),
        ({"part": 1, "parts": 2, "micro": True}, ["micro"]),
    ],
)
def test_everything_that_does_not_go_together_is_named(options: dict[str, Any], paths: list[str]) -> None:
    assert [issue.path for issue in option_issues(**options)] == paths


def test_a_level_that_micro_lacks_comes_with_those_it_has() -> None:
    (issue,) = option_issues(micro=True, version=3, error_correction="H")
    assert issue.allowed == ("L", "M")


def test_encode_raises_what_rejections_finds_and_what_is_wrong_with_the_text_in_one() -> None:
    with pytest.raises(InvalidRequest) as caught:
        encode("", version=41, mask=9)
    assert [issue.path for issue in caught.value.issues] == ["version", "mask", "data"]


@pytest.mark.parametrize("misspelt", ["verison", "error_corection", "mode"])
def test_an_option_that_encode_does_not_have_is_refused(misspelt: str) -> None:
    options: dict[str, Any] = {misspelt: 1}
    with pytest.raises(TypeError, match=misspelt):
        option_issues(**options)
