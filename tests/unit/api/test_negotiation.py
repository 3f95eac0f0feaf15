from __future__ import annotations

import pytest

from qr_engine.api.negotiation import accepts_gzip, best_match, matching_etag

OFFERED = ("image/svg+xml", "image/png", "text/plain; charset=utf-8", "application/json")
CHROME_IMG = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
FIREFOX_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "image/svg+xml"),
        ("", "image/svg+xml"),
        (CHROME_IMG, "image/svg+xml"),
        (FIREFOX_PAGE, "image/svg+xml"),
        ("image/png", "image/png"),
        ("IMAGE/PNG", "image/png"),
        ("image/*;q=0.5, image/png", "image/png"),
        ("image/*, image/svg+xml;q=0.1", "image/png"),
        ("image/svg+xml;q=0, image/png;q=0.2", "image/png"),
        ("image/png, image/svg+xml;q=1", "image/svg+xml"),
        ("image/png;q=5, image/svg+xml", "image/svg+xml"),
        ("image/svg+xml;q=0.9, image/png;q=1", "image/png"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("application/json;q=0.9, image/png;q=0.8", "application/json"),
        ("video/mp4", "image/svg+xml"),
        ("image/png;q=abc, image/svg+xml;q=0.3", "image/svg+xml"),
        (";;,,q=1,/", "image/svg+xml"),
    ],
)
def test_the_highest_ranked_type_is_chosen(accept: str, chosen: str):
    assert best_match(accept, OFFERED) == chosen


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ('"abc"', '"abc"'),
        ('W/"abc"', '"abc"'),
        ('"x", "abc-gzip"', '"abc-gzip"'),
        ("*", None),
        ('"abcd"', None),
        ("abc", None),
        ("", None),
    ],
)
def test_if_none_match_compares_weakly(header: str, known: str | None):
    assert matching_etag(('"abc"', '"abc-gzip"'), header) == known


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("GZIP", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("br", False),
    ],
)
def test_gzip_is_sent_only_to_those_who_take_it(header: str, taken: bool):
    assert accepts_gzip(header) is taken
