"""Logos that held a function for seconds or minutes, in a request of kilobytes."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from .limited import ENOUGH, answers
from .logos import jpeg_of_scans, png, svg, with_logo, with_picture, zigzag

VALIDATE = "POST /api/qr/validate"
SHAPE = '<path d="M0 0h9v9z"/>'


def uses(segments: int, *times: int) -> bytes:
    """A path that is drawn as often as the product of `times`, over groups of references."""
    inside = f'<path id="n0" d="{zigzag(segments)}"/>'
    for index, count in enumerate(times[:-1]):
        reference = f'<use href="#n{index}"/>'
        inside += f'<g id="n{index + 1}">{reference * count}</g>'
    return svg(f"<defs>{inside}</defs>" + f'<use href="#n{len(times) - 1}"/>' * times[-1])


def test_a_path_that_is_drawn_a_thousand_times_is_refused_in_a_query():
    query = urlencode(
        {"data": "x", "format": "png", "logo.data": "data:image/svg+xml," + uses(300, 10, 10, 10).decode()}
    )
    (found,) = answers([("GET /api/qr/generate", query, None)])
    assert found.status == 400
    assert found.messages[0].startswith("logo.data: The elements of an SVG logo can have at most 200000 numbers")
    assert found.seconds < 0.5


@pytest.mark.parametrize(
    ("logo", "message"),
    [
        (uses(1500, 400), "logo.data: The elements of an SVG logo can have at most 200000 numbers"),
        (uses(400, 20, 20, 21), "logo.data: An SVG logo can draw at most 10000 elements."),
        (with_picture(png(4096), "png", 20), "logo.data: An SVG logo can take at most 200 ms to draw at 256 pixels"),
        (jpeg_of_scans(1000), "logo.data: A JPEG can have at most 100 scans; this one has 1001."),
        (
            with_picture(jpeg_of_scans(500), "jpeg", 1),
            "logo.data: A JPEG can have at most 100 scans; this one has 501.",
        ),
    ],
    ids=["400 uses", "8,400 uses", "20 pictures", "1,000 scans", "500 scans within an SVG"],
)
def test_what_would_be_drawn_for_seconds_is_refused_before(logo: bytes, message: str):
    (found,) = answers([(VALIDATE, "", with_logo(logo))])
    assert found.status == 400
    assert found.messages[0].startswith(message)
    assert found.seconds < 0.5


@pytest.mark.parametrize(
    ("logo", "status"),
    [
        (svg(f'<path d="M0 0h9v9z" style="fill:red{" " * 100_000}x"/>'), 400),
        (svg(f'<path d="M0 0h9v9z" style="fill:red{" " * 100_000}!{" " * 100_000}important"/>'), 200),
        (svg(SHAPE, f'0 0 9" width="{"1" * 100_000}x'), 400),
        (svg(f'<path d="M0 0h9v9z" transform="{"scale(" * 30_000}"/>'), 400),
        (svg(f"<style>a{{}}a{' ' * 100_000}b{{fill:red}}</style>{SHAPE}"), 200),
        (svg(f"<style>a{' ' * 100_000}>{' ' * 100_000}b{{fill:red}}</style>{SHAPE}"), 200),
    ],
    ids=["spaces in a style", "spaces before important", "digits", "functions", "spaces in a selector", "children"],
)
def test_long_texts_take_no_longer_than_their_length(logo: bytes, status: int):
    (found,) = answers([(VALIDATE, "", with_logo(logo))])
    assert found.status == status
    assert found.seconds < ENOUGH


def test_logos_of_refused_codes_of_a_batch_are_not_looked_at():
    scans = jpeg_of_scans(99)
    codes = [with_logo(scans + bytes([index]), colors={"foreground": "nope"}) for index in range(50)]
    (found,) = answers([("POST /api/qr/batch", "", {"codes": codes})])
    assert found.body["summary"]["failed"] == 50
    assert found.seconds < ENOUGH
