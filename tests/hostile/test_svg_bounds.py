"""SVG logos of each kind with as many of it as are accepted, and how they are read and drawn."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from .bounds import KINDS, largest
from .limited import ENOUGH, Answer, answers
from .logos import svg, with_logo

GENERATE = "POST /api/qr/generate"
# A styled code is drawn from pixels with and without a logo, so that the difference is the logo's.
STYLE = {"size": 2000, "data_pattern": "rounded", "cache": False, "error_correction": "H"}
PLAIN: tuple[str, str, Any] = (GENERATE, "", {"data": "https://example.com", "format": "png", **STYLE})


@pytest.fixture(scope="module")
def answered() -> dict[str, Answer]:
    """The answers for the largest logo of each kind, and for a code without one."""
    requests = [(GENERATE, "", with_logo(largest(kind)[1], **STYLE)) for kind in KINDS]
    return dict(zip(("none", *KINDS), answers([PLAIN, *requests], seconds=20), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_logo_at_its_bound_takes_no_longer_than_any_request(kind: str, answered: dict[str, Answer]):
    answer = answered[kind]
    assert answer.status == 200, answer.messages
    assert answer.seconds < ENOUGH


@pytest.mark.slow
def test_logos_of_finder_patterns_and_repairs_of_a_large_symbol_take_no_longer_than_any_request():
    ring = '<path fill-rule="evenodd" d="M0 0h7v7h-7zM1 1v5h5v-5zM2 2h3v3h-3z" transform="translate({} {})"/>'
    rings = "".join(ring.format(9 * x, 9 * y) for x in range(11) for y in range(11))
    finders = b64encode(svg(f'<path fill="#fff" d="M0 0h99v99z"/>{rings}')).decode()
    codes: list[dict[str, Any]] = [
        {"data": "x", "version": 40, "size": 4096, "logo": {"data": finders, "size": 30}},
        {"data": "x", "version": 40, "size": 600, "logo": {"data": finders, "size": 30}},
        {"data": "x", "size": 300, "logo": {"data": finders, "size": 30}},
        {"data": "x" * 1200, "error_correction": "L", "logo": {"data": finders, "size": 50}},
        {"data": "1" * 3000, "error_correction": "L", "logo": {"data": finders, "size": 50}},
    ]
    for answer in answers([(GENERATE, "", {"format": "png", **code}) for code in codes], seconds=10):
        assert answer.status in (200, 422)
        assert answer.seconds < ENOUGH
