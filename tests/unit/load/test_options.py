from __future__ import annotations

import pytest
from scripts.load.options import read


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--url", "localhost:3000"], "http or https address"),
        (["--formats", "svg,gif"], "svg, png, webp, jpeg, avif, pdf, not gif"),
        (["--phases", ""], "cold, warm, revalidation, warmed, not nothing"),
        (["--total", "0"], "1 to 2000000"),
        (["--rate", "fast"], "must be a number"),
        (["--assert", "p95<50"], "needs a unit"),
        (["--assert", "speed>9"], "there is no figure 'speed'"),
        (["--assert", "p95=<5ms"], "not of the form"),
        (["--assert", "failed<1ms"], "has no unit"),
    ],
)
def test_a_wrong_word_is_refused_with_what_is_allowed(words: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        read(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_phases_come_in_their_order_however_they_are_given():
    options = read(["--phases", "warmed,cold"]).options
    assert options is not None
    assert options.phases == ("cold", "warmed")
