from __future__ import annotations

import pytest
from scripts.load.options import parse_command_line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--url", "localhost:3000"], "http or https address"),
        (["--url", "http://[::1"], "http or https address"),
        (["--url", "http://127.0.0.1:99999"], "http or https address"),
        (["--url", "https://example.com/?stage=v1"], "without a query"),
        (["--formats", "svg,gif"], "svg, png, webp, jpeg, avif, pdf, not gif"),
        (["--phases", ""], "cold, warm, revalidation, warmed, not nothing"),
        (["--total", "0"], "1 to 2000000"),
        (["--rate", "fast"], "must be a number"),
        (["--rate", "0"], "must be a number above 0"),
        (["--duration", "0.0"], "must be a number above 0"),
        (["--timeout", "0"], "must be a number above 0"),
        (["--rate", "50000", "--duration", "3600"], "at most 2000000"),
        (["--processes", "4", "--concurrent", "2"], "at most --concurrent, 2"),
        (["--report", __file__], "must be a folder"),
        (["--assert", "p95<50"], "needs a unit"),
        (["--assert", "speed>9"], "there is no figure 'speed'"),
        (["--assert", "p95=<5ms"], "not of the form"),
        (["--assert", "failed<1ms"], "has no unit"),
    ],
)
def test_a_wrong_word_is_refused_with_what_is_allowed(words: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        parse_command_line(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://127.0.0.1:3000/", "http://127.0.0.1:3000"),
        (
            "https://ABC.execute-api.eu-central-1.amazonaws.com:443/v1/",
            "https://abc.execute-api.eu-central-1.amazonaws.com/v1",
        ),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_an_address_is_kept_as_clients_send_it(given: str, kept: str):
    options = parse_command_line(["--url", given]).options
    assert options is not None
    assert options.url == kept


def test_phases_come_in_their_order_however_they_are_given():
    options = parse_command_line(["--phases", "warmed,cold"]).options
    assert options is not None
    assert options.phases == ("cold", "warmed")
